package io.ringfence.binding.domain;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Operation;
import io.ringfence.firmware.domain.ChosenTick.Choice;
import io.ringfence.firmware.domain.FreeWaiting;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;

/** The spec's actions as operations of the firmware. */
final class DomainActions {
  private static final List<String> RESULTS = List.of("ok", "no_mem");
  private static final int MOST_CORE = 0xffff;
  private static final int NO_REFERENCE = 0;

  /** The steps whose names do not begin with what {@code pc} is at them. */
  private static final Map<String, String> SECOND_STEPS =
      Map.of(
          "S7_Registered", "S7b",
          "P6_StartTimer", "P6b",
          "Q3_StopTimer", "Q3b",
          "V9_CheckTimer", "V9b",
          "V9_StartTimer", "V9c",
          "V9_Unlock", "V9d");

  private final DomainModel model;
  private final LlFirmware firmware;
  private final DomainThreads threads;
  private final DomainMemory memory;
  private final DomainDispatch dispatch;
  private final DomainStepper stepper;

  DomainActions(
      DomainModel model,
      LlFirmware firmware,
      DomainThreads threads,
      DomainMemory memory,
      DomainDispatch dispatch,
      DomainStepper stepper) {
    this.model = model;
    this.firmware = firmware;
    this.threads = threads;
    this.memory = memory;
    this.dispatch = dispatch;
    this.stepper = stepper;
  }

  Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "S0_Schedule" -> schedule(thread(given), given.number("c", 0, DomainModel.CORES - 1));
      case "F0_Free" -> free(thread(given), given.number("c", 0, DomainModel.CORES - 1));
      case "V0_InitContext" -> initContext(thread(given), given.number("c", 0, MOST_CORE));
      case "X0_Free" -> freeScheduler(thread(given));
      case "I1_Expire" -> {
        String interrupt = threads.names().get(given.index("i", threads.names()));
        yield () -> stepper.interrupt(interrupt);
      }
      case "R2_Done" -> choose(thread(given), Choice.DONE);
      case "R2d_Block" -> choose(thread(given), Choice.BLOCK);
      case "R4_Unlock" -> choose(thread(given), Choice.END);
      case "R2d_Resume" -> {
        String thread = thread(given);
        yield () -> stepper.resume(thread);
      }
      case "V4_AllocSem" -> allocate(given, "V4", "tick_sem");
      case "V5_AllocThread" -> allocate(given, "V5", "thread");
      default -> step(action, given);
    };
  }

  private Operation step(String action, NamedValues given) {
    int end = action.indexOf('_');
    String pc = SECOND_STEPS.getOrDefault(action, end < 0 ? "" : action.substring(0, end));
    if (!DomainSymbols.isStep(pc)) {
      throw new BindingException("LlDomain has no action '" + action + "'");
    }
    String thread =
        pc.startsWith("I") ? threads.names().get(given.index("i", threads.names())) : thread(given);
    return () -> stepper.step(thread, pc);
  }

  private String thread(NamedValues given) {
    return threads.names().get(given.index("t", threads.names()));
  }

  private Operation choose(String thread, Choice choice) {
    return () -> stepper.choose(thread, choice);
  }

  private Operation allocate(NamedValues given, String pc, String what) {
    String thread = thread(given);
    boolean fails = given.index("r", RESULTS) > 0;
    return () -> stepper.allocate(thread, pc, what, fails);
  }

  private boolean isServed(String thread, int core) {
    return model.coresOf(thread).contains(core)
        && (!model.user() || memory.hasMutex(core))
        && dispatch.nobodySetsUp(core);
  }

  private Operation schedule(String thread, int core) {
    return () ->
        isServed(thread, core)
                && memory.tasks(core) < model.maxTasks()
                && !dispatch.someClientLinks(core)
            ? stepper.begin(
                thread,
                () ->
                    firmware.operate(
                        threads.address(thread),
                        ScheduleOperation.SCHEDULE,
                        memory.unlistedTask(core),
                        NO_REFERENCE))
            : stepper.refuse("the client does not schedule on this core now");
  }

  private Operation free(String thread, int core) {
    return () ->
        isServed(thread, core) && memory.tasks(core) > 0
            ? stepper.begin(
                thread,
                () ->
                    firmware
                        .kernel()
                        .call(
                            threads.address(thread),
                            firmware.kernel().function(FreeWaiting.NAME),
                            memory.scheduler(core)))
            : stepper.refuse("the client does not free on this core now");
  }

  private Operation initContext(String thread, int core) {
    boolean exists = core < DomainModel.CORES;
    int ofScheduler = exists ? core : DomainModel.core(thread);
    return () -> {
      boolean asks =
          memory.hasMutex(ofScheduler)
              && (!exists
                  || model.setups().contains(new DomainModel.Setup(thread, core))
                      && dispatch.clientsRest(core)
                      && dispatch.nobodySetsUp(core));
      if (!asks) {
        return stepper.refuse("nobody sets up this core now");
      }
      int task = firmware.task(model.taskOf(thread));
      return stepper.begin(
          thread,
          () -> {
            firmware.machine().cpu().store(Task.CORE, task, core);
            int scheduler = memory.scheduler(ofScheduler);
            firmware.initContext(threads.address(thread), scheduler, task);
          });
    };
  }

  private Operation freeScheduler(String thread) {
    int core = DomainModel.core(thread);
    return () ->
        model.teardown()
                && memory.hasMutex(core)
                && threads.isAlive(core)
                && memory.tasks(core) == 0
                && dispatch.clientsRest(core)
                && dispatch.nobodySetsUp(core)
            ? stepper.begin(
                thread,
                () -> firmware.schedulerFree(threads.address(thread), memory.scheduler(core)))
            : stepper.refuse("nobody tears down this core now");
  }
}
