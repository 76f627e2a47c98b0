package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A trace of {@code spec/VirtualRegion.tla} as calls for a module, a buffer, and user code. */
final class RegionCalls implements CFamily {
  private static final int LINE = 64;
  private static final String MODULE = "module";
  private static final String BUFFER = "buffer";

  /** The module's own code, in user mode. */
  private static final String USER = "user";

  private final Trace trace;
  private final LlTraces.Constants given;

  RegionCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
  }

  @Override
  public List<String> includes() {
    List<String> includes = new ArrayList<>(TestModule.includes());
    includes.add("sof/lib/vregion.h");
    return includes;
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(HeapUse.declarations());
    lines.addAll(HeapUse.all());
    lines.addAll(UserDomains.declarations());
    lines.addAll(TestModule.unwatched());
    lines.addAll(TestModule.declarations("DP"));
    lines.addAll(HeapBlocks.declarations(slots()));
    lines.addAll(
        CTestSource.lines(
            """
            ZTEST_BMEM static struct comp_dev *dev;
            ZTEST_BMEM static struct mod_alloc_ctx *ctx;
            ZTEST_BMEM static struct vregion *region;
            ZTEST_BMEM static size_t region_size;
            ZTEST_BMEM static uintptr_t region_start;
            ZTEST_BMEM static bool astray;
            static struct k_mem_domain domain;
            static __unused struct comp_buffer *buffer;
            static size_t before;

            /* What a driver that user code made up would be called for, in the kernel. */
            static void free_astray(struct comp_dev *freed)
            {
            	astray = true;
            }

            static const __unused struct comp_driver forged_driver = {
            	.ops = {
            		.free = free_astray,
            	},
            };

            static void create(void)
            {
            	dev = make_component(0);
            	ctx = dev->mod->priv.resources.alloc;
            	region = ctx->vreg;
            	vregion_mem_info(region, &region_size, &region_start);
            	map(&domain, region_start, region_size);
            }

            /* What is in use of the region ends here: the component, and all blocks. */
            static __unused uint8_t *end_of_use(void)
            {
            	uint8_t *end = (uint8_t *)(dev + 1);

            	for (int i = 0; i < SLOTS; i++)
            		if (blocks[i].live)
            			end = MAX(end, blocks[i].at + blocks[i].bytes);
            	return end;
            }

            static __unused void check_size(int slot)
            {
            	zassert_true(!blocks[slot].live || blocks[slot].bytes <= region_size,
            		     "block %d is larger than the region", slot);
            }
            """));
    lines.add("");
    return lines;
  }

  private Set<String> slots() {
    Set<String> slots = ActionArguments.names(trace, "s");
    return slots.isEmpty() ? Set.of("none") : slots;
  }

  @Override
  public List<CThread> threads() {
    return List.of(
        new CThread(MODULE, false, 0), new CThread(BUFFER, false, 0), new CThread(USER, true, 0));
  }

  @Override
  public List<String> preparation() {
    return List.of("make_domain(&domain, ringfence_tids[2]);", "before = all_in_use();");
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(trace, this::thread, this::code);
  }

  private String thread(ActionCall call) {
    return switch (call.name()) {
      case "Bind" -> BUFFER;
      case "AllocOdd", "Forge", "UserFree" -> USER;
      case "Alloc", "AllocBegin", "Free" -> owner(ActionArguments.text(call, "s"));
      default ->
          call.arguments().containsKey("t") ? Plain.name(ActionArguments.text(call, "t")) : MODULE;
    };
  }

  private String owner(String slot) {
    return given.names("BufferSlots").contains(slot) ? BUFFER : MODULE;
  }

  private List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "Create" -> {
        if (!ActionArguments.text(call, "failing").equals("-")) {
          throw ExportException.noFailure(call);
        }
        yield List.of("create();");
      }
      case "Bind" -> List.of("buffer = buffer_alloc(ctx, 64, SOF_MEM_FLAG_USER, 64, false);");
      case "Alloc", "AllocBegin" -> {
        String slot = slot(call);
        String bytes = LINE * ActionArguments.number(call, "n") + "u";
        yield List.of(
            "take(" + slot + ", vregion_alloc(region, " + bytes + "), " + bytes + ");",
            "check_size(" + slot + ");");
      }
      case "AllocOdd" ->
          Faults.inSystemCall(
              "mod_alloc_ext(dev->mod, SOF_MEM_FLAG_USER, " + LINE + ", " + 3 * LINE + ");");
      case "Free" -> {
        String block = "give(" + slot(call) + ")";
        boolean own = ActionArguments.text(call, "alias").equals("cached");
        yield List.of(
            "vregion_free(region, "
                + (own ? block : "sys_cache_uncached_ptr_get(" + block + ")")
                + ");",
            "check_blocks();");
      }
      case "FreeForeign" -> List.of("vregion_free(region, &before);");
      case "SetInterim" -> List.of("vregion_set_interim(region);");
      case "Drop" ->
          List.of(
              ActionArguments.text(call, "t").equals(MODULE)
                  ? "comp_free(dev);"
                  : "buffer_free(buffer);");
      case "Forge" -> forge(call);
      case "UserFree" -> userFree(call);
      default -> List.of();
    };
  }

  private static String slot(ActionCall call) {
    return HeapBlocks.slot(ActionArguments.text(call, "s"));
  }

  /** What user code stores; a fault is the right answer, and ends its thread. */
  private static List<String> forge(ActionCall call) {
    return switch (ActionArguments.text(call, "w")) {
      case "heap" ->
          List.of(
              "/* the free lists of the interim heap, which begins behind what was taken */",
              "ztest_set_fault_valid(true);",
              "memset(end_of_use(), 0xa5, (uint8_t *)region_start + region_size - end_of_use());",
              "astray = true;");
      case "control" ->
          List.of(
              "/* the control structure, if it begins the region */",
              "ztest_set_fault_valid(true);",
              "memset((void *)region_start, 0xa5, " + 2 * LINE + ");");
      case "driver" ->
          List.of(
              "/* the component lies in the region, and so does its pointer to the driver */",
              "ztest_set_fault_valid(true);",
              "dev->drv = &forged_driver;");
      default -> throw new ExportException(call + ": no such word");
    };
  }

  private static List<String> userFree(ActionCall call) {
    String block = "blocks[" + slot(call) + "].at";
    String named =
        switch (ActionArguments.text(call, "p")) {
          case "region" -> "region";
          case "forged" -> "(struct vregion *)" + block;
          case "wild" -> "(struct vregion *)" + LINE;
          default -> throw new ExportException(call + ": no such region");
        };
    return Faults.inFunction("vregion_free(" + named + ", " + block + ");");
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    lines.add(
        "zassert_false(astray, \"user code wrote what the kernel trusts: " + property + "\");");
    String stopped = Verdicts.text(end, "stopped");
    if (!stopped.equals("-") && !stopped.equals("HIJACK")) {
      lines.addAll(Verdicts.survived(stopped));
      return lines;
    }
    if (given.names("Defects").contains("B-75")) {
      lines.addAll(Verdicts.anotherWay(property, List.of()));
      return lines;
    }
    if (turns().stream().anyMatch(turn -> turn.thread().equals(USER))) {
      lines.add("/* a fault ends the thread of the user code, and with it the way of the trace */");
      lines.add("ARG_UNUSED(followed);");
    } else if (turns().stream().anyMatch(Turn::isHook)) {
      lines.addAll(Verdicts.anyWay());
    } else {
      lines.add(Verdicts.returned(property));
    }
    lines.add("check_blocks();");
    if ("{}".equals(String.valueOf(end.values().get("refs")))) {
      lines.add("zassert_equal(all_in_use(), before,");
      lines.add("\t      \"memory of the region is left: " + property + "\");");
    }
    return lines;
  }
}
