package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.RecordValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads traces of schedulers with frames of threads, and the constants of their model. */
final class LlTraces {
  /** The LL thread. */
  static final String LL = "ll0";

  private LlTraces() {}

  /** A model's constants. */
  record Constants(Map<String, Value> values) {
    String text(String name) {
      return as(StringValue.class, values.get(name), name).value();
    }

    boolean flag(String name) {
      return as(BoolValue.class, values.get(name), name).value();
    }

    List<String> names(String name) {
      return as(SetValue.class, values.get(name), name).elements().stream()
          .map(element -> as(StringValue.class, element, name).value())
          .toList();
    }

    /** The string at a key of a constant that is a function. */
    String text(String name, String key) {
      Value value = as(RecordValue.class, values.get(name), name).get(key);
      return as(StringValue.class, value, name).value();
    }

    int number(String name) {
      return as(IntValue.class, values.get(name), name).value().intValue();
    }

    int number(String name, String key) {
      Value value = as(RecordValue.class, values.get(name), name).get(key);
      return as(IntValue.class, value, name).value().intValue();
    }

    /** The number of a core, of a constant that is a function to names such as {@code c0}. */
    int core(String name, String key) {
      Value value = as(RecordValue.class, values.get(name), name).get(key);
      String core = as(StringValue.class, value, name).value();
      if (!core.matches("c[0-9]")) {
        throw new ExportException("the core '" + core + "' should be c and a digit");
      }
      return core.charAt(1) - '0';
    }
  }

  /** The value of a variable, a function to strings, at a key. */
  static String text(TraceState state, String variable, String key) {
    return as(StringValue.class, at(state, variable, key), variable).value();
  }

  private static Value at(TraceState state, String variable, String key) {
    return as(RecordValue.class, state.values().get(variable), variable).get(key);
  }

  /** The label of the innermost frame of a thread; empty if it has no call in progress. */
  static String label(TraceState state, String thread) {
    return frame(state, thread, "pc");
  }

  /** A field of the innermost frame of a thread; empty if it has no call in progress. */
  static String frame(TraceState state, String thread, String field) {
    List<Value> stack = stack(state, thread);
    if (stack.isEmpty()) {
      return "";
    }
    RecordValue frame = as(RecordValue.class, stack.get(stack.size() - 1), "stack");
    return as(StringValue.class, frame.get(field), field).value();
  }

  /** Where a thread is that has one frame only. */
  static String place(TraceState state, String thread) {
    RecordValue frame = as(RecordValue.class, at(state, "frame", thread), "frame");
    return as(StringValue.class, frame.get("pc"), "pc").value();
  }

  /** Whether a thread has a call in progress, which for the LL thread is one within a tick. */
  static boolean isInCall(TraceState state, String thread) {
    return stack(state, thread).size() > (thread.equals(LL) ? 1 : 0);
  }

  /** Whether a thread has taken the lock of the scheduler by itself. */
  static boolean isInSection(TraceState state, String thread) {
    return stack(state, thread).stream()
        .map(frame -> as(RecordValue.class, frame, "stack").get("pc"))
        .anyMatch(pc -> as(StringValue.class, pc, "pc").value().equals("K_Unlock"));
  }

  private static List<Value> stack(TraceState state, String thread) {
    return as(SeqValue.class, at(state, "stack", thread), "stack").elements();
  }

  /** The thread that takes a step; empty if no thread does. */
  static String thread(ActionCall call) {
    return call.arguments().containsKey("t") ? ActionArguments.text(call, "t") : "";
  }

  static boolean isInCallback(TraceState state) {
    return label(state, LL).equals("R2d");
  }

  static boolean isAborted(TraceState state) {
    return text(state, "status", LL).equals("aborted");
  }

  static String argument(ActionCall call, String name) {
    return as(StringValue.class, call.arguments().get(name), call + ": " + name).value();
  }

  private static <V extends Value> V as(Class<V> kind, @Nullable Value value, String what) {
    if (!kind.isInstance(value)) {
      throw new ExportException(what + " is " + value + ", which is not as in the spec");
    }
    return kind.cast(value);
  }
}
