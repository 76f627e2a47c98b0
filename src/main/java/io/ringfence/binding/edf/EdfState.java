package io.ringfence.binding.edf;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.edf.EdfFrame;
import io.ringfence.firmware.edf.EdfFrame.Kind;
import io.ringfence.firmware.edf.Work;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.ll.Halt;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** Reads the variables of the spec out of RAM. */
final class EdfState {
  static final List<String> VARIABLES =
      List.of(
          "mem", "state", "run", "flags", "pending", "delayed", "held", "order", "ret", "status",
          "stack", "halt");

  private static final String NOTHING = "-";

  private final EdfModel model;
  private final LlFirmware firmware;
  private final EdfView view;
  private final ClientNotes notes;
  private final int halt;

  EdfState(EdfModel model, LlFirmware firmware, EdfView view, ClientNotes notes) {
    this.model = model;
    this.firmware = firmware;
    this.view = view;
    this.notes = notes;
    this.halt = firmware.machine().address("halt");
  }

  Value[] read() {
    return new Value[] {
      ofTasks(task -> StringValue.of(life(task))),
      ofTasks(task -> StringValue.of(view.isLive(task) ? stateName(view.state(task)) : NOTHING)),
      ofTasks(task -> BoolValue.of(view.isLive(task) && view.hasRun(task))),
      ofTasks(this::flags),
      sequence(view.edf().pending()),
      sequence(view.edf().delayed()),
      ofTasks(task -> BoolValue.of(notes.isHeld(task))),
      ofTasks(task -> StringValue.of(lower(notes.order(task)))),
      each(model.clients(), client -> StringValue.of(result(notes.result(client)))),
      each(model.threads(), thread -> StringValue.of(status(view.thread(thread)))),
      each(model.threads(), thread -> stack(view.thread(thread))),
      halt()
    };
  }

  private Value ofTasks(IntFunction<Value> value) {
    return each(model.tasks(), value);
  }

  private static Value each(List<String> names, IntFunction<Value> value) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int index = 0; index < names.size(); index++) {
      values.put(names.get(index), value.apply(index));
    }
    return Values.record(values);
  }

  /** What became of the memory of a task. */
  String life(int task) {
    return view.isGone(task) ? "gone" : view.isInitialized(task) ? "live" : "none";
  }

  /** The name of a task state. */
  static String stateName(int state) {
    return switch (state) {
      case Task.STATE_INIT -> "INIT";
      case Task.STATE_QUEUED -> "QUEUED";
      case Task.STATE_RUNNING -> "RUNNING";
      case Task.STATE_COMPLETED -> "COMPLETED";
      case Task.STATE_FREE -> "FREE";
      case Task.STATE_CANCEL -> "CANCEL";
      case Task.STATE_RESCHEDULE -> "RESCHEDULE";
      default -> String.valueOf(state);
    };
  }

  /** The names of the flags of a task's work item. */
  List<String> flagNames(int task) {
    int flags = view.isLive(task) ? view.flags(task) : 0;
    List<String> names = new ArrayList<>();
    addIf(names, flags, Work.DELAYED, "delayed");
    addIf(names, flags, Work.QUEUED, "queued");
    addIf(names, flags, Work.RUNNING, "running");
    addIf(names, flags, Work.CANCELING, "canceling");
    return names;
  }

  private static void addIf(List<String> names, int flags, int flag, String name) {
    if ((flags & flag) != 0) {
      names.add(name);
    }
  }

  private Value flags(int task) {
    return SetValue.of(flagNames(task).stream().map(StringValue::of).toList());
  }

  private Value sequence(List<Integer> addresses) {
    return SeqValue.of(
        addresses.stream().<Value>map(address -> StringValue.of(taskName(address))).toList());
  }

  /** The name of the task at an address. */
  String taskName(int address) {
    int task = view.taskAt(address);
    return task < 0 ? NOTHING : model.tasks().get(task);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String result(int result) {
    return result == 0 ? "0" : result == -Errno.EBUSY ? "EBUSY" : "flags";
  }

  private String status(int thread) {
    boolean pended = KThread.state(firmware.ram(), thread) == ThreadState.PENDING;
    return pended ? "pended" : "ready";
  }

  private Value stack(int thread) {
    return SeqValue.of(view.frames(thread).stream().map(this::frame).toList());
  }

  private Value frame(EdfFrame frame) {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("fn", StringValue.of(lower(frame.kind())));
    values.put("pc", StringValue.of(label(frame)));
    values.put("task", StringValue.of(taskName(frame.task())));
    values.put("arg", StringValue.of(argument(frame)));
    return Values.record(values);
  }

  /** The label of a frame as the spec has it: {@code E1_RUNNING} is {@code E1_Running}. */
  static String label(EdfFrame frame) {
    if (frame.kind() == Kind.RUN || frame.kind() == Kind.COMPLETE) {
      return "Callback";
    }
    StringBuilder label = new StringBuilder();
    for (String part : frame.label().split("_", -1)) {
      label
          .append(label.isEmpty() ? "" : "_")
          .append(part.charAt(0))
          .append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return label.toString();
  }

  private static String argument(EdfFrame frame) {
    if (!frame.isSet()) {
      return NOTHING;
    }
    return switch (frame.kind()) {
      case SCHEDULE -> frame.value() == 0 ? "now" : "later";
      case CANCEL -> result(frame.value());
      case HANDLER -> frame.isKept() ? "KEPT" : stateName(frame.value());
      default -> frame.value() == 0 ? NOTHING : "called";
    };
  }

  private Value halt() {
    Why why = Why.at(firmware.ram().load32(Halt.WHY.in(halt)));
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("why", StringValue.of(reason(why)));
    values.put("by", StringValue.of(why == Why.NOTHING ? NOTHING : by()));
    return Values.record(values);
  }

  private static String reason(Why why) {
    return switch (why.ofSpec()) {
      case NOTHING -> "no";
      case NULL_DEREFERENCE -> "null";
      case UNMAPPED -> "uaf";
      default -> lower(why);
    };
  }

  private String by() {
    int thread = view.threads().indexOf(firmware.ram().load32(Halt.THREAD.in(halt)));
    return thread < 0 ? "timer" : model.threads().get(thread);
  }
}
