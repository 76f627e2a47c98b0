package io.ringfence.binding.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.LlView;
import io.ringfence.firmware.ll.LlView.Level;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Ram;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The call stack of a thread as the spec has it: functions that it does not have are left out. */
final class LlFrames {
  private static final String NONE = "-";
  private static final Set<String> WITH_TASK =
      Set.of("R2c_Unlock", "R2d", "R2e_Lock", "R2f_Decide");
  private static final Set<String> WITH_RESULT = Set.of("R2e_Lock", "R2f_Decide");

  private final LlModel model;
  private final LlFirmware firmware;
  private final LlTrace trace;
  private final LlNames names;
  private final Ram ram;

  LlFrames(LlModel model, LlFirmware firmware, LlTrace trace, LlNames names) {
    this.model = model;
    this.firmware = firmware;
    this.trace = trace;
    this.names = names;
    this.ram = firmware.ram();
  }

  Value stack(int thread) {
    List<Value> frames = new ArrayList<>();
    if (thread != 0) {
      for (Level level : LlView.stack(firmware.kernel(), thread)) {
        if (level.function() != LlView.Function.OTHER) {
          frames.add(frame(thread, level));
        }
      }
    }
    return SeqValue.of(frames);
  }

  private Value frame(int thread, Level level) {
    String known = LlLabels.shown(level.label());
    Map<String, Value> fields = blank();
    switch (level.function()) {
      case THREAD -> put(fields, "thread", known);
      case SECTION -> put(fields, "section", known);
      case RUN -> run(fields, level, known == null ? "R2d" : known);
      case SCHEDULE -> {
        put(fields, "schedule", known);
        set(fields, "task", names.task(level.task()));
        if (level.reference() != 0) {
          set(fields, "ref", names.task(level.reference()));
          set(fields, "where", level.name().endsWith("before") ? "before" : "after");
        }
      }
      case CANCEL -> {
        put(fields, "cancel", known);
        set(fields, "task", names.task(level.task()));
      }
      case FREE -> free(fields, thread, level, known);
      case DONE -> {
        put(fields, "done", known);
        set(fields, "task", names.task(level.task()));
        if (!"D1_Unlink".equals(known)) {
          set(fields, "pdata", names.pdata(level.pdata()));
        }
      }
      case OTHER -> throw new IllegalArgumentException(level.name());
    }
    return Values.record(fields);
  }

  private void run(Map<String, Value> fields, Level level, String label) {
    put(fields, "run", label);
    if (WITH_TASK.contains(label)) {
      set(fields, "task", names.task(level.task()));
      set(fields, "pdata", names.pdata(level.pdata()));
    }
    if (WITH_RESULT.contains(label)) {
      set(fields, "result", level.result() == Task.STATE_COMPLETED ? "COMPLETED" : "RESCHEDULE");
    }
    boolean cursor =
        model.design().has(Defect.CURSOR) || model.design().has(Defect.ALL_MOVED_FIRST);
    if (cursor && !label.equals("R1_Lock")) {
      set(fields, "ref", names.node(level.reference()));
    }
    List<Value> ran = new ArrayList<>();
    for (int i = 0; i < model.tasks().size(); i++) {
      if ((trace.ran() & 1 << i) != 0) {
        ran.add(StringValue.of(model.tasks().get(i)));
      }
    }
    fields.put("ran", SetValue.of(ran));
  }

  private void free(Map<String, Value> fields, int thread, Level level, @Nullable String label) {
    put(fields, "free", label);
    set(fields, "task", names.task(level.task()));
    set(fields, "pdata", names.pdata(level.pdata()));
    fields.put("wait", BoolValue.of(level.mustWait()));
    boolean waited = "F7_LOCK".equals(level.label()) && level.mustWait();
    int result = waited ? LlView.result(ram, thread) : level.result();
    if (result == -Errno.EAGAIN) {
      set(fields, "result", "EAGAIN");
    }
  }

  private static Map<String, Value> blank() {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (String field : List.of("fn", "pc", "task", "ref", "where", "pdata", "result")) {
      set(fields, field, NONE);
    }
    fields.put("wait", BoolValue.FALSE);
    fields.put("ran", SetValue.of(List.of()));
    return fields;
  }

  private static void put(Map<String, Value> fields, String function, @Nullable String label) {
    set(fields, "fn", function);
    set(fields, "pc", label == null ? NONE : label);
  }

  private static void set(Map<String, Value> fields, String field, String value) {
    fields.put(field, StringValue.of(value));
  }
}
