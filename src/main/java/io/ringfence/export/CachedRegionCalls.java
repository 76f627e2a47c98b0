package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A trace of {@code spec/CachedRegion.tla}: a virtual region that two cores use. */
final class CachedRegionCalls implements CFamily {
  private static final String BYTES = "40";

  private final Trace trace;

  CachedRegionCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
  }

  @Override
  public List<String> includes() {
    return List.of("zephyr/cache.h", "sof/lib/vregion.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>();
    lines.add("static struct vregion *region;");
    lines.addAll(HeapBlocks.declarations(blocks()));
    return lines;
  }

  private Set<String> blocks() {
    Set<String> blocks = ActionArguments.names(trace, "b");
    return blocks.isEmpty() ? Set.of("none") : blocks;
  }

  /** The region is made on core 0. */
  @Override
  public List<CThread> threads() {
    Set<String> cores = new LinkedHashSet<>(ActionArguments.names(trace, "c"));
    return cores.stream().map(core -> CThread.named(core)).toList();
  }

  @Override
  public List<String> preparation() {
    return List.of(
        "/* by a thread of core 0 */",
        "region = vregion_create(4096);",
        "zassert_not_null(region);");
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(trace, call -> ActionArguments.text(call, "c"), CachedRegionCalls::code);
  }

  private static List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "Get" -> List.of("zassert_not_null(vregion_get(region));");
      case "Put" -> List.of("zassert_not_null(vregion_put(region), \"others have a reference\");");
      case "SetInterim" -> List.of("vregion_set_interim(region);");
      case "Alloc" -> {
        String slot = HeapBlocks.slot(ActionArguments.text(call, "b"));
        yield List.of(
            "take(" + slot + ", vregion_alloc(region, " + BYTES + "), " + BYTES + ");",
            "zassert_true(blocks[" + slot + "].live, \"the region has room\");");
      }
      case "Evict" ->
          List.of(
              "/* what a cache does when it likes */",
              "sys_cache_data_flush_and_invd_range(" + line(call) + ", 64);");
      case "Prefetch" ->
          List.of(
              "/* what a cache does when it likes */",
              "(void)*(volatile uint32_t *)" + line(call) + ";");
      default -> throw ExportException.unknown(call);
    };
  }

  private static String line(ActionCall call) {
    if (!ActionArguments.text(call, "l").equals("control")) {
      throw new ExportException(call + ": a test does not know where the heap's headers are");
    }
    return "(void *)region";
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    lines.add(Verdicts.returned(property));
    if (Verdicts.text(end, "result").equals("raw")) {
      lines.add("/* who has a reference can use it, which needs what creation wrote */");
    }
    lines.add("zassert_true(vregion_put(vregion_get(region)) == region, \"" + property + "\");");
    lines.add("check_blocks();");
    return lines;
  }
}
