package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.RecordValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A trace of {@code spec/CachedMemory.tla} as accesses of two cores to blocks of a heap. */
final class CachedCalls implements CFamily {
  private static final int BYTES = 40;

  private final Trace trace;
  private final LlTraces.Constants given;
  private final TreeSet<Long> lines = new TreeSet<>();
  private final List<Turn> turns;

  CachedCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
    this.turns =
        Turns.ofSteps(
            trace,
            call -> Plain.name(ActionArguments.text(call, "c")),
            step -> code(step.call(), step.after()));
  }

  private boolean isOf(String heap) {
    return given.text("Heap").equals(heap);
  }

  @Override
  public List<String> includes() {
    return List.of("zephyr/cache.h", "rtos/alloc.h", "sof/lib/regions_mm.h", "sof/lib/vregion.h");
  }

  private List<String> slots() {
    return List.copyOf(ActionArguments.names(trace, "s"));
  }

  @Override
  public List<String> declarations() {
    List<String> code = new ArrayList<>();
    code.add("#define LINE 64");
    code.add("");
    for (String slot : slots()) {
      code.add("static volatile uint32_t *block_" + slot + ";");
      code.add("static uint32_t last_" + slot + ";\t/* what was written last; 0: nothing */");
    }
    // Where a line of the spec is, by its cached address.
    lines.forEach(line -> code.add("static uint8_t *line_" + line + ";"));
    if (isOf("region")) {
      code.add("static struct vregion *region;");
    }
    if (isOf("virtual")) {
      code.addAll(
          CTestSource.lines(
              """
              static struct vmh_heap *heap;
              static const struct vmh_heap_config heap_config = { {
              	{ 2 * LINE, 8 },
              } };
              """));
    }
    code.add("");
    code.addAll(
        CTestSource.lines(
            """
            /* Blocks share no line, and what was written last is what is there. */
            static void check(volatile uint32_t *block, uint32_t last, const char *property)
            {
            	zassert_true(!last || *block == last, "%s: a block has %u, not %u", property,
            		     *block, last);
            }

            static __unused void check_line(volatile uint32_t *block, volatile uint32_t *other)
            {
            	uintptr_t one = (uintptr_t)sys_cache_cached_ptr_get((void *)block) / LINE;
            	uintptr_t two = (uintptr_t)sys_cache_cached_ptr_get((void *)other) / LINE;

            	zassert_true(!block || !other || one != two, "two blocks share a line");
            }
            """));
    code.add("");
    return code;
  }

  @Override
  public List<CThread> threads() {
    return ActionArguments.names(trace, "c").stream().map(core -> CThread.named(core)).toList();
  }

  @Override
  public List<String> preparation() {
    if (isOf("region")) {
      return List.of(
          "region = vregion_create(4096);",
          "zassert_not_null(region);",
          "vregion_set_interim(region);");
    }
    return isOf("virtual")
        ? List.of("heap = vmh_init_heap(&heap_config, false);", "zassert_not_null(heap);")
        : List.of();
  }

  @Override
  public List<Turn> turns() {
    return turns;
  }

  private List<String> code(ActionCall call, TraceState after) {
    return switch (call.name()) {
      case "Alloc" -> allocate(slot(call), after);
      case "Write" ->
          List.of(
              "*block_" + slot(call) + " = " + ActionArguments.number(call, "v") + ";",
              "last_" + slot(call) + " = " + ActionArguments.number(call, "v") + ";");
      case "Read" ->
          List.of("zassert_equal(*block_" + slot(call) + ", last_" + slot(call) + ", \"stale\");");
      case "HandOver" ->
          List.of(
              "/* the giver has written back, and the taker drops what it has */",
              "sys_cache_data_invd_range((void *)block_" + slot(call) + ", LINE);");
      case "Free" -> free(slot(call), "(void *)block_" + slot(call));
      case "FreeAlias" ->
          free(
              slot(call),
              given.names("Shared").contains(slot(call))
                  ? "sys_cache_cached_ptr_get((void *)block_" + slot(call) + ")"
                  : "sys_cache_uncached_ptr_get((void *)block_" + slot(call) + ")");
      case "Evict" ->
          List.of(
              "/* what a cache does when it likes */",
              "sys_cache_data_flush_and_invd_range(" + line(call) + ", LINE);");
      case "Prefetch" ->
          List.of(
              "/* what a cache does when it likes */",
              "(void)*(volatile uint32_t *)" + line(call) + ";");
      default -> throw ExportException.unknown(call);
    };
  }

  private String line(ActionCall call) {
    long line = ActionArguments.number(call, "l");
    Long known = lines.floor(line);
    if (known == null) {
      throw new ExportException(call + ": no block of the trace begins before this line");
    }
    return "line_" + known + (line == known ? "" : " + " + (line - known) + " * LINE");
  }

  private List<String> allocate(String slot, TraceState after) {
    boolean shared = given.names("Shared").contains(slot);
    String defect = slot.equals("pdata") ? "B-29" : "B-12";
    if (shared && given.names("Defects").contains(defect)) {
      throw new ExportException(
          "with "
              + defect
              + " the owner of "
              + slot
              + " asks for the wrong address, which the test is");
    }
    String allocation;
    if (isOf("virtual")) {
      String block = "vmh_alloc(heap, " + BYTES + ")";
      allocation = shared ? "sys_cache_uncached_ptr_get(" + block + ")" : block;
    } else if (isOf("region")) {
      allocation =
          (shared ? "vregion_alloc_coherent" : "vregion_alloc") + "(region, " + BYTES + ")";
    } else {
      allocation = "rmalloc(" + (shared ? "SOF_MEM_FLAG_COHERENT" : "0") + ", " + BYTES + ")";
    }
    List<String> code = new ArrayList<>();
    code.add("block_" + slot + " = " + allocation + ";");
    code.add("last_" + slot + " = 0;");
    long at = at(after, slot);
    if (at > 0) {
      lines.add(at);
      code.add("line_" + at + " = sys_cache_cached_ptr_get((void *)block_" + slot + ");");
    }
    return code;
  }

  private static long at(TraceState state, String slot) {
    return state.values().get("held") instanceof RecordValue held
            && held.get(slot) instanceof RecordValue block
            && block.get("at") instanceof IntValue at
        ? at.value().longValue()
        : 0;
  }

  private List<String> free(String slot, String pointer) {
    String call =
        isOf("virtual")
            ? "vmh_free(heap, " + pointer + ");"
            : isOf("region") ? "vregion_free(region, " + pointer + ");" : "rfree(" + pointer + ");";
    return List.of(call, "block_" + slot + " = NULL;", "last_" + slot + " = 0;");
  }

  private static String slot(ActionCall call) {
    return Plain.name(ActionArguments.text(call, "s"));
  }

  @Override
  public List<String> verdict(String property) {
    List<String> code = new ArrayList<>();
    code.add(Verdicts.returned(property));
    for (String slot : slots()) {
      code.add("check(block_" + slot + ", last_" + slot + ", \"" + property + "\");");
    }
    if (slots().size() > 1) {
      code.add("check_line(block_" + slots().get(0) + ", block_" + slots().get(1) + ");");
    } else if (property.equals("CacheLineIsolationInv") && isOf("system")) {
      String slot = slots().get(0);
      code.add("{");
      code.add("\t/* neither does the header of the chunk behind it, which is that of a block */");
      code.add("\tvoid *next = rmalloc(SOF_MEM_FLAG_COHERENT, " + BYTES + ");");
      code.add("");
      code.add("\tcheck_line(block_" + slot + ", (uint32_t *)((uint8_t *)next - 8));");
      code.add("\trfree(next);");
      code.add("}");
    }
    return code;
  }
}
