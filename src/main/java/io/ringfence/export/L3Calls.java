package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;

/** A trace of {@code spec/L3Heap.tla} up to the first time that the power goes off. */
final class L3Calls implements CFamily {
  private static final String THREAD = "client";

  private final Trace trace;

  L3Calls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
  }

  @Override
  public List<String> includes() {
    return List.of("rtos/alloc.h");
  }

  @Override
  public List<String> declarations() {
    return List.of(
        "static __unused void *block_library;", "static __unused void *block_module;", "");
  }

  @Override
  public List<CThread> threads() {
    return List.of(new CThread(THREAD, false, 0));
  }

  @Override
  public List<String> preparation() {
    boolean imr =
        trace.states().get(0).values().get("imr") instanceof BoolValue given && given.value();
    return List.of(
        "/* the platform "
            + (imr ? "has" : "must have no")
            + " memory for this heap; ace_imr_used() says so */");
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(trace, L3Calls::thread, L3Calls::code);
  }

  /** What happens at boot has happened before the test runs. */
  private static String thread(ActionCall call) {
    return List.of("PowerOn", "Restore").contains(call.name()) ? "" : THREAD;
  }

  private static List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "PowerOn", "Restore" -> List.of();
      case "Alloc" -> {
        if (ActionArguments.number(call, "core") != 0) {
          throw new ExportException(call + ": the test has one thread, on core 0");
        }
        yield List.of(
            "block_"
                + Plain.name(ActionArguments.text(call, "c"))
                + " = rballoc(SOF_MEM_FLAG_L3, 64);");
      }
      default ->
          throw new ExportException(
              call + ": a test in C is over when the power goes off, and this is on the way there");
    };
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    String result = Verdicts.text(end, "result");
    return List.of("fault", "stale").contains(result)
        ? Verdicts.survived(result)
        : List.of(Verdicts.returned(property));
  }
}
