package io.ringfence.binding.tasks;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.tasks.DpCommand;
import io.ringfence.firmware.tasks.TaskCall;
import io.ringfence.firmware.tasks.TaskFirmware;
import io.ringfence.firmware.tasks.TaskForgery;
import io.ringfence.trace.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** The firmware's system calls about tasks, bound to {@code spec/TaskSyscalls.tla}. */
public final class TasksBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = TasksModel.CONSTANTS;

  private static final List<String> CALLS =
      Arrays.stream(TaskCall.values()).map(TaskCall::text).toList();
  private static final int MOST_CORE = 0xffff;

  private final TasksModel model;
  private final TaskFirmware firmware;
  private final TasksState state;

  private TasksBinding(TasksModel model, TaskFirmware firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
    this.state = new TasksState(model, firmware);
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static TasksBinding open(Map<String, Value> constants, Switches switches) {
    TasksModel model = TasksModel.read(constants, switches);
    return new TasksBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return TasksState.VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "Call" -> {
        int thread = given.index("t", model.threads());
        TaskCall call = TaskCall.values()[given.index("call", CALLS)];
        int task = given.index("k", model.tasks());
        yield () -> Outcome.of(isUser(thread) && firmware.call(thread, call, task));
      }
      case "CallTick" -> {
        int thread = given.index("t", model.threads());
        int core = given.number("c", 0, MOST_CORE);
        yield () -> Outcome.of(isUser(thread) && firmware.callTick(thread, core));
      }
      case "CallIpc" -> {
        int thread = given.index("t", model.threads());
        int task = given.index("k", model.tasks());
        DpCommand command = DpCommand.values()[given.index("cmd", DpCommand.texts())];
        yield () -> Outcome.of(!isUser(thread) && firmware.callIpc(thread, task, command));
      }
      case "CallPipeline" -> {
        int thread = given.index("t", model.threads());
        int core = given.number("c", 0, MOST_CORE);
        yield () -> Outcome.of(!isUser(thread) && firmware.callPipeline(thread, core));
      }
      case "ForgeCore" -> {
        int task = given.index("k", model.tasks());
        int core = given.number("c", 0, MOST_CORE);
        yield () -> Outcome.of(firmware.forgeCore(task, core));
      }
      case "Forge" -> {
        int task = given.index("k", model.tasks());
        TaskForgery forgery = TaskForgery.values()[given.index("x", TaskForgery.texts())];
        yield () -> Outcome.of(firmware.forge(task, forgery));
      }
      case "Verify" -> step(given, firmware::verify);
      case "Make" -> step(given, firmware::make);
      case "Link" -> step(given, firmware::link);
      case "Find" -> step(given, firmware::find);
      case "Unlink" -> step(given, firmware::unlink);
      case "Dispose" -> step(given, firmware::dispose);
      case "Finish" -> step(given, firmware::finish);
      case "Sync" -> step(given, firmware::sync);
      case "Send" -> step(given, firmware::send);
      case "Lock" -> step(given, firmware::lockCore);
      case "Unlock" -> step(given, firmware::unlockCore);
      default -> throw new BindingException("TaskSyscalls has no action '" + action + "'");
    };
  }

  private boolean isUser(int thread) {
    return !model.isKernel(thread);
  }

  private Operation step(NamedValues given, IntPredicate step) {
    int thread = given.index("t", model.threads());
    return () -> Outcome.of(step.test(thread));
  }

  @Override
  public Value[] state() {
    return state.read();
  }

  @Override
  public String lastFault() {
    return firmware.threads().lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return TasksPicture.draw(model, firmware);
  }

  @Override
  public ThreadPicture threads() {
    return TasksThreadPicture.draw(model, firmware);
  }
}
