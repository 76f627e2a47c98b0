package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;

/** A trace of {@code spec/VirtualPages.tla} as calls of the allocator of virtual pages. */
final class PageCalls implements CFamily {
  private static final String THREAD = "client";

  private final Trace trace;

  PageCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
  }

  @Override
  public List<String> includes() {
    return List.of("sof/lib/vpage.h");
  }

  @Override
  public List<String> declarations() {
    return HeapBlocks.declarations(ActionArguments.names(trace, "s"));
  }

  @Override
  public List<CThread> threads() {
    return List.of(new CThread(THREAD, false, 0));
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(trace, call -> THREAD, PageCalls::code);
  }

  private static List<String> code(ActionCall call) {
    String slot = HeapBlocks.slot(ActionArguments.text(call, "s"));
    return switch (call.name()) {
      case "Alloc" -> {
        long pages = ActionArguments.number(call, "n");
        yield List.of("take(" + slot + ", vpage_alloc(" + pages + "), 4096 * " + pages + "u);");
      }
      case "Free" -> List.of("vpage_free(give(" + slot + "));", "check_blocks();");
      default -> throw new ExportException(call + " is no call of a client");
    };
  }

  @Override
  public List<String> verdict(String property) {
    return List.of(Verdicts.returned(property), "check_blocks();");
  }
}
