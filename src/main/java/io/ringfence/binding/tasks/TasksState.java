package io.ringfence.binding.tasks;

import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.tasks.TaskCall;
import io.ringfence.firmware.tasks.TaskFirmware;
import io.ringfence.firmware.tasks.TaskFrame;
import io.ringfence.firmware.tasks.TaskRecords;
import io.ringfence.firmware.tasks.TaskView;
import io.ringfence.trace.IntValue;
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
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Reads the spec's variables out of the firmware's RAM. */
final class TasksState {
  static final List<String> VARIABLES =
      List.of(
          "frame", "mutex", "priv", "semp", "list", "taken", "core", "started", "locked", "handle",
          "alive", "kernel", "forged", "stop");

  private static final List<String> THREAD_OBJECTS = List.of("mine", "theirs");

  private final TasksModel model;
  private final TaskFirmware firmware;
  private final TaskRecords records;
  private final TaskView view;

  TasksState(TasksModel model, TaskFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.records = firmware.records();
    this.view = firmware.view();
  }

  Value[] read() {
    int holder = firmware.threads().mutexHolder();
    return new Value[] {
      byName(model.threads(), this::frame),
      StringValue.of(holder == StepThreads.NONE ? "-" : model.threads().get(holder)),
      byName(model.tasks(), task -> StringValue.of(target(view.privData(task)))),
      handles(),
      list(),
      taken(),
      byName(model.tasks(), task -> IntValue.of(view.core(task))),
      cores(model.coreCount(), view::isStarted),
      cores(model.cpuCount(), view::isLocked),
      StringValue.of(THREAD_OBJECTS.get(view.threadObject(view.threadHandle()))),
      alive(),
      StringValue.of(view.isKernelWhole() ? "whole" : "damaged"),
      IntValue.of(model.maxForgeries() - firmware.forgeriesLeft()),
      StringValue.of(
          switch (firmware.threads().stopped()) {
            case NOTHING -> "-";
            case VERIFY -> "halt";
            default -> "fault";
          })
    };
  }

  private static Value byName(List<String> names, IntFunction<Value> value) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), value.apply(i));
    }
    return Values.record(values);
  }

  private Value handles() {
    Map<String, Value> handles = new LinkedHashMap<>();
    for (int i = 0; i < model.tasks().size(); i++) {
      handles.put(model.tasks().get(i), handle(view.pdata(i)));
    }
    handles.put("other", handle(view.otherObject()));
    return Values.record(handles);
  }

  private Value handle(int pdata) {
    return IntValue.of(records.number(view.handleIn(pdata)));
  }

  private Value frame(int thread) {
    int call = firmware.threads().frame(thread, TaskFrame.CALL);
    int task = firmware.threads().frame(thread, TaskFrame.TASK);
    int ts = firmware.threads().frame(thread, TaskFrame.RECORD);
    int tail = firmware.threads().frame(thread, TaskFrame.TAIL);
    return Values.record(
        Map.of(
            "pc",
            StringValue.of(firmware.threads().label(thread).name().toLowerCase(Locale.ROOT)),
            "call",
            StringValue.of(call == StepThreads.NONE ? "-" : TaskCall.values()[call].text()),
            "task",
            StringValue.of(task == StepThreads.NONE ? "-" : model.tasks().get(task)),
            "core",
            IntValue.of(firmware.threads().frame(thread, TaskFrame.CORE)),
            "seen",
            pointer(thread, firmware.threads().frame(thread, TaskFrame.SEEN)),
            "used",
            pointer(thread, firmware.threads().frame(thread, TaskFrame.USED)),
            "sem",
            IntValue.of(ts == StepThreads.NONE ? 0 : records.semaphoreOf(ts)),
            "tail",
            IntValue.of(tail == StepThreads.NONE ? 0 : records.semaphoreAt(tail))));
  }

  private Value pointer(int thread, int pointer) {
    if (pointer == StepThreads.NONE) {
      return StringValue.of("-");
    }
    boolean isThread =
        firmware.threads().frame(thread, TaskFrame.CALL)
            == TaskCall.SCHEDULER_DP_TASK_FREE.ordinal();
    return StringValue.of(
        isThread ? THREAD_OBJECTS.get(view.threadObject(pointer)) : target(pointer));
  }

  private String target(int pointer) {
    TaskView.Target target = view.target(pointer);
    return target == TaskView.Target.NULL ? "NULL" : target.name().toLowerCase(Locale.ROOT);
  }

  private Value list() {
    List<Value> list = new ArrayList<>();
    for (int ts : records.records()) {
      list.add(
          Values.record(
              Map.of(
                  "task",
                  StringValue.of(taskAt(records.taskOf(ts))),
                  "sem",
                  IntValue.of(records.semaphoreOf(ts)))));
    }
    return SeqValue.of(list);
  }

  private String taskAt(int address) {
    for (int i = 0; i < model.tasks().size(); i++) {
      if (view.task(i) == address) {
        return model.tasks().get(i);
      }
    }
    return String.format("0x%08x", address);
  }

  private Value taken() {
    List<Value> taken = new ArrayList<>();
    for (int i = 0; i < records.count(); i++) {
      if (records.isAllocated(i)) {
        taken.add(IntValue.of(i + 1));
      }
    }
    return SetValue.of(taken);
  }

  private static Value cores(int count, IntPredicate isOne) {
    return SetValue.of(
        IntStream.range(0, count).filter(isOne).<Value>mapToObj(IntValue::of).toList());
  }

  private Value alive() {
    List<Value> alive = new ArrayList<>();
    for (int i = 0; i < THREAD_OBJECTS.size(); i++) {
      if (view.isAlive(i)) {
        alive.add(StringValue.of(THREAD_OBJECTS.get(i)));
      }
    }
    return SetValue.of(alive);
  }
}
