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

/**
 * A trace of {@code spec/ModuleMemory.tla} as memory calls of a module in user mode, with an
 * attacker that overwrites what the kernel follows.
 */
final class ModuleCalls implements CFamily {
  private static final String ATTACKER = "attacker";

  private final Trace trace;
  private final LlTraces.Constants given;

  ModuleCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
  }

  @Override
  public List<String> includes() {
    return List.of(
        "rtos/alloc.h", "sof/audio/module_adapter/module/generic.h", "sof/lib/vregion.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(HeapUse.declarations());
    lines.addAll(HeapUse.all());
    lines.addAll(HeapUse.maker());
    lines.addAll(UserDomains.declarations());
    lines.addAll(
        CTestSource.lines(
            """
            #define HEAP_BYTES (4 * 4096)

            /* All of it is where the module may write. */
            ZTEST_BMEM static struct processing_module mod;
            ZTEST_BMEM static struct mod_alloc_ctx ctx;
            ZTEST_BMEM static struct k_heap own_heap;
            static uint8_t own_memory[HEAP_BYTES] __aligned(4096);
            static struct k_mem_domain domain;
            ZTEST_BMEM static size_t region_size;
            ZTEST_BMEM static uintptr_t region_start;
            static size_t before;

            /* Memory that is not the module's. */
            static struct k_heap other_heap;
            static uint8_t other_memory[HEAP_BYTES] __aligned(4096);
            static uint8_t kernel_data[256];

            /* What the attacker puts together in its own memory. */
            ZTEST_BMEM static __unused struct k_heap forged_heap;
            ZTEST_BMEM static __unused void *forged_region[64];
            ZTEST_BMEM static __unused void *handler;
            ZTEST_BMEM static bool astray;
            static __unused const uint8_t constants[3000] = { 1 };
            static __unused struct k_mem_domain other_domain;
            """));
    Set<String> slots = new LinkedHashSet<>(ActionArguments.names(trace, "s"));
    slots.add("p");
    for (String slot : slots) {
      lines.add("ZTEST_BMEM static __unused void *slot_" + slot + ";");
    }
    lines.add("");
    lines.addAll(
        CTestSource.lines(
            """
            static void make_module(bool has_heap, bool has_region)
            {
            	make_heap(&own_heap, own_memory, HEAP_BYTES);
            	make_heap(&other_heap, other_memory, HEAP_BYTES);
            	ctx.heap = has_heap ? &own_heap : NULL;
            	ctx.vreg = has_region ? vregion_create(HEAP_BYTES) : NULL;
            	if (ctx.vreg)
            		vregion_mem_info(ctx.vreg, &region_size, &region_start);
            	mod.priv.resources.alloc = &ctx;
            	mod_resource_init(&mod);
            }

            /* What the module is given lies in its heap, or in its region. */
            static __unused void check_home(void *block)
            {
            	uintptr_t at = (uintptr_t)block;

            	zassert_true(!block ||
            		     (at >= (uintptr_t)own_memory &&
            		      at < (uintptr_t)own_memory + HEAP_BYTES) ||
            		     (at >= region_start && at < region_start + region_size),
            		     "memory that is not the module's");
            }

            /* Each word of a structure, whatever the kernel takes it for, is the same pointer. */
            static __unused void fill(void *start, void *word)
            {
            	for (int i = 0; i < 16; i++)
            		((void **)start)[i] = word;
            }

            static __unused void call_astray(void *data)
            {
            	astray = true;
            }

            /* The pool lies in the module's memory, and with it what says which block is whose. */
            static __unused struct module_resource *container(void)
            {
            	uint8_t *start = ctx.vreg ? (uint8_t *)region_start : own_memory;

            	for (size_t i = 0; i + sizeof(struct module_resource) <= HEAP_BYTES; i += 4) {
            		struct module_resource *at = (struct module_resource *)(start + i);

            		if (at->ptr == slot_p && at->type == MOD_RES_HEAP)
            			return at;
            	}
            	ztest_test_fail();
            	return NULL;
            }

            static void check_kernel(const char *property)
            {
            	for (size_t i = 0; i < sizeof(kernel_data); i++)
            		zassert_equal(kernel_data[i], 0, "%s: the kernel wrote byte %zu", property, i);
            	zassert_false(astray, "%s: the kernel called a function of the module", property);
            	zassert_equal(in_use(&other_heap), 0, "%s: of another module's heap", property);
            }
            """));
    lines.add("");
    return lines;
  }

  @Override
  public List<CThread> threads() {
    List<CThread> threads = new ArrayList<>();
    ActionArguments.names(trace, "t").forEach(name -> threads.add(new CThread(name, true, 0)));
    if (turns().stream().anyMatch(turn -> turn.thread().equals(ATTACKER))) {
      threads.add(new CThread(ATTACKER, true, 0));
    }
    return threads;
  }

  @Override
  public List<String> preparation() {
    List<String> lines = new ArrayList<>();
    String context = given.text("Context");
    lines.add("make_module(" + !context.equals("region") + ", " + !context.equals("heap") + ");");
    lines.add("mod.mdom = &domain;");
    lines.add("make_domain(&domain, ringfence_tids[0]);");
    lines.add("map(&domain, (uintptr_t)own_memory, HEAP_BYTES);");
    if (!context.equals("heap")) {
      lines.add("map(&domain, region_start, region_size);");
    }
    for (int i = 1; i < threads().size(); i++) {
      lines.add("k_mem_domain_add_thread(&domain, ringfence_tids[" + i + "]);");
    }
    lines.add("before = all_in_use() + in_use(&own_heap);");
    return lines;
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(
        trace,
        call -> call.name().equals("Forge") ? ATTACKER : ActionArguments.text(call, "t"),
        ModuleCalls::code);
  }

  private static List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "CallAlloc" -> {
        List<String> lines =
            new ArrayList<>(Faults.inSystemCall(slot(call) + " = " + allocation(call) + ";"));
        lines.add("check_home(" + slot(call) + ");");
        yield lines;
      }
      case "CallFastGet" ->
          Faults.inSystemCall(
              slot(call) + " = (void *)mod_fast_get(&mod, constants, sizeof(constants));");
      case "CallBlobHandler" ->
          Faults.inSystemCall(slot(call) + " = handler = mod_data_blob_handler_new(&mod);");
      case "CallFree" -> Faults.inSystemCall("mod_free(&mod, " + slot(call) + ");");
      case "CallFreeAll" -> Faults.inSystemCall("mod_free_all(&mod);");
      case "Forge" -> forge(call);
      case "Verify", "GetContainer", "Take", "Record", "Release", "ReleaseAll", "Reset" ->
          List.of();
      default -> throw ExportException.unknown(call);
    };
  }

  private static String slot(ActionCall call) {
    return "slot_" + Plain.name(ActionArguments.text(call, "s"));
  }

  private static String allocation(ActionCall call) {
    String bytes =
        switch (ActionArguments.text(call, "n")) {
          case "none" -> "0";
          case "block" -> "64";
          case "huge" -> "64 * HEAP_BYTES";
          default -> throw new ExportException(call + ": no such size");
        };
    return switch (ActionArguments.text(call, "call")) {
      case "mod_alloc_ext" -> "mod_alloc_ext(&mod, SOF_MEM_FLAG_USER, " + bytes + ", 0)";
      case "mod_balloc_align" -> "mod_balloc_align(&mod, " + bytes + ", 0)";
      default -> throw new ExportException(call + ": no such system call");
    };
  }

  private static List<String> forge(ActionCall call) {
    return switch (ActionArguments.text(call, "x")) {
      case "alloc=NULL" -> List.of("mod.priv.resources.alloc = NULL;");
      case "heap=NULL" -> List.of("ctx.heap = NULL;");
      case "heap=other" -> List.of("ctx.heap = &other_heap;");
      case "heap=forged" ->
          List.of(
              "/* a heap whose free lists are those of the system heap */",
              "forged_heap = own_heap;",
              "forged_heap.heap.heap = sof_sys_heap_get()->heap.heap;",
              "ctx.heap = &forged_heap;");
      case "vreg=forged" ->
          List.of("fill(forged_region, kernel_data);", "ctx.vreg = (void *)forged_region;");
      case "pool=forged" ->
          List.of(
              "fill(forged_region, kernel_data);",
              "mod.priv.resources.objpool.vreg = (void *)forged_region;");
      case "container=victim" -> List.of("container()->ptr = kernel_data;");
      case "container=outside" -> List.of("container()->ptr = (void *)16;");
      case "container=handler" ->
          List.of(
              "/* the block itself becomes the handler, with another function to call */",
              "fill(container()->ptr, call_astray);",
              "container()->type = MOD_RES_BLOB_HANDLER;");
      case "handler=forged" ->
          List.of("/* the function that it calls is another one */", "fill(handler, call_astray);");
      case "mdom=NULL" -> List.of("mod.mdom = NULL;");
      case "mdom=other" -> List.of("mod.mdom = &other_domain;");
      case "mdom=outside" -> List.of("mod.mdom = (void *)16;");
      default -> throw new ExportException(call + ": no such word");
    };
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    lines.add("check_kernel(\"" + property + "\");");
    String stop = Verdicts.text(end, "stop");
    if (!stop.equals("-")) {
      lines.addAll(Verdicts.survived(stop));
      return lines;
    }
    if (List.of("FreeToOriginInv", "NoLeakAfterTeardownInv").contains(property)) {
      lines.add("mod_free_all(&mod);");
      lines.add("zassert_equal(all_in_use() + in_use(&own_heap), before,");
      lines.add("\t      \"memory of the module is left: " + property + "\");");
    }
    lines.addAll(Verdicts.anotherWay(property, List.of()));
    return lines;
  }
}
