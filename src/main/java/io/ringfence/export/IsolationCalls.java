package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.RecordValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A trace of {@code spec/HeapIsolation.tla} as calls of kernel clients and of user threads. */
final class IsolationCalls implements CFamily {
  private static final Map<String, String> FLAGS =
      Map.of(
          "COHERENT", "SOF_MEM_FLAG_COHERENT",
          "L3", "SOF_MEM_FLAG_L3",
          "SHARED", "SOF_MEM_FLAG_USER_SHARED_BUFFER",
          "LARGE", "SOF_MEM_FLAG_LARGE_BUFFER",
          "KERNEL", "SOF_MEM_FLAG_KERNEL",
          "USER", "SOF_MEM_FLAG_USER");
  private static final String BYTES = "64";

  private final Trace trace;
  private final LlTraces.Constants given;
  private final List<Turn> turns = new ArrayList<>();

  IsolationCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
    for (TraceState state : ActionArguments.steps(trace)) {
      ActionCall call = ActionArguments.action(state);
      turns.add(
          new Turn(
              thread(call), call.name(), Plain.comment(call.toString()), true, code(call, state)));
    }
  }

  private static String thread(ActionCall call) {
    for (String argument : List.of("t", "m")) {
      if (call.arguments().containsKey(argument)) {
        return Plain.name(ActionArguments.text(call, argument));
      }
    }
    return Plain.name(ActionArguments.text(call, "c"));
  }

  private boolean uses(String text) {
    return turns.stream().anyMatch(turn -> turn.code().stream().anyMatch(c -> c.contains(text)));
  }

  @Override
  public List<String> includes() {
    return List.of(
        "ipc4/handler.h",
        "ipc4/pipeline.h",
        "rtos/alloc.h",
        "rtos/userspace_helper.h",
        "sof/schedule/ll_schedule_domain.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(HeapUse.declarations());
    lines.addAll(HeapUse.all());
    lines.addAll(
        UserDomains.llDeclarations(
            threads().stream().filter(thread -> !thread.name().equals("dp")).toList()));
    lines.addAll(UserDomains.sharedWords());
    if (uses("exhaust();")) {
      lines.addAll(HeapUse.exhaustion());
    }
    lines.addAll(HeapBlocks.declarations(slots()));
    lines.addAll(
        CTestSource.lines(
            """
            /* The LL user heap as it was at boot, whatever user space says later. */
            ZTEST_BMEM static struct k_heap *user_heap;
            static __unused struct k_heap *driver_heap;
            ZTEST_BMEM static __unused struct k_heap forged_heap;
            static size_t before;

            static __unused bool is_in(const struct k_heap *heap, const void *at)
            {
            	const uint8_t *cached = sys_cache_cached_ptr_get((void *)at);
            	const uint8_t *first = sys_cache_cached_ptr_get(heap->heap.init_mem);

            	return cached >= first && cached < first + heap->heap.init_bytes;
            }

            static __unused void check_home(int slot, const struct k_heap *heap)
            {
            	zassert_true(!blocks[slot].live || is_in(heap, blocks[slot].at),
            		     "block %d is from another heap", slot);
            }

            /* The other address of the same block. */
            static __unused void *other_alias(void *at)
            {
            	return sys_cache_is_ptr_cached(at) ? sys_cache_uncached_ptr_get(at) :
            						sys_cache_cached_ptr_get(at);
            }

            /* A message about a chain that is not to be allocated, but enabled. */
            static __unused int send_chain(void)
            {
            	struct ipc4_chain_dma chain = { 0 };
            	struct ipc4_message_request request;
            	struct ipc_msg reply = { 0 };

            	chain.primary.r.type = SOF_IPC4_GLB_CHAIN_DMA;
            	chain.primary.r.enable = 1;
            	memcpy(&request, &chain, sizeof(request));
            	return ipc4_user_process_glb_message(&request, &reply);
            }
            """));
    lines.add("");
    return lines;
  }

  /** Who holds a block. */
  private Set<String> slots() {
    Set<String> slots = new LinkedHashSet<>();
    for (ActionCall call :
        ActionArguments.steps(trace).stream().map(ActionArguments::action).toList()) {
      if (!call.arguments().containsKey("m")) {
        slots.add(thread(call));
      }
    }
    return slots;
  }

  @Override
  public List<CThread> threads() {
    Set<String> names = new LinkedHashSet<>();
    turns.forEach(turn -> names.add(turn.thread()));
    return names.stream().map(name -> new CThread(name, isUser(name), 0)).toList();
  }

  private boolean isUser(String thread) {
    return given.names("UserThreads").contains(thread);
  }

  @Override
  public List<String> preparation() {
    List<String> lines = new ArrayList<>();
    lines.add("user_heap = sof_sys_user_heap_get();");
    List<CThread> threads = threads();
    for (int i = 0; i < threads.size(); i++) {
      // This one is outside of the domain.
      if (threads.get(i).user() && !threads.get(i).name().equals("dp")) {
        lines.add("join_ll_domain(ringfence_tids[" + i + "]);");
      }
    }
    lines.add("before = all_in_use();");
    return lines;
  }

  @Override
  public List<Turn> turns() {
    return turns;
  }

  private static List<String> code(ActionCall call, TraceState after) {
    return switch (call.name()) {
      case "KernelAlloc" -> kernelAlloc(call, after);
      case "KernelFree" -> List.of(kernelFree(call), "check_blocks();");
      case "ChainDmaFails" -> List.of("zassert_not_equal(send_chain(), IPC4_SUCCESS);");
      case "DriverInit" ->
          List.of("driver_heap = module_driver_heap_init();", "zassert_not_null(driver_heap);");
      case "DriverRemove" -> List.of("module_driver_heap_remove(driver_heap);");
      case "UserAlloc" ->
          List.of(
              "{",
              "\tvoid *at;",
              "",
              "\tztest_set_fault_valid(true);",
              "\tat = " + sofHeapAlloc(call) + ";",
              "\t/* what it is given it may touch */",
              "\tztest_set_fault_valid(false);",
              "\ttake(" + slot(call, "t") + ", at, " + BYTES + ");",
              "}");
      case "UserFree" ->
          List.of(
              "ztest_set_fault_valid(true);",
              "sof_heap_free(" + heap(call) + ", " + target(call) + ");",
              "ztest_set_fault_valid(false);");
      case "Touch" ->
          List.of(
              "*(volatile uint8_t *)blocks["
                  + slot(call, "t")
                  + "].at = 0xa0 + "
                  + slot(call, "t")
                  + ";");
      case "WritePointer" ->
          List.of(
              "replace_word(user_heap, "
                  + (ActionArguments.text(call, "value").equals("forged") ? "&forged_heap" : "NULL")
                  + ");");
      case "WriteHeld" ->
          throw new ExportException(
              call + ": the pointer that is overwritten is chain DMA's, which no test names");
      case "FastGetFails" ->
          throw new ExportException(
              call + ": a test of fast_get() is what a trace of FastGet becomes");
      default -> throw new ExportException(call + " has no counterpart in C");
    };
  }

  private static List<String> kernelAlloc(ActionCall call, TraceState after) {
    String slot = slot(call, "c");
    String allocation =
        switch (ActionArguments.text(call, "api")) {
          case "rmalloc" -> "rmalloc(" + flags(call) + ", " + BYTES + ")";
          case "rzalloc" -> "rzalloc(" + flags(call) + ", " + BYTES + ")";
          case "rballoc" -> "rballoc(" + flags(call) + ", " + BYTES + ")";
          case "sof_heap_alloc" -> sofHeapAlloc(call);
          default -> throw new ExportException(call + ": no such function");
        };
    List<String> lines = new ArrayList<>();
    boolean full = !field(after, "via").equals("forged") && isNothing(field(after, "result"));
    if (full) {
      lines.add("exhaust();");
    }
    lines.add("take(" + slot + ", " + allocation + ", " + BYTES + ");");
    if (full) {
      lines.add("relent();");
    }
    String named = ActionArguments.text(call, "h");
    boolean shared = flags(call).contains("SHARED");
    if (named.equals("user") && flags(call).contains("KERNEL")) {
      lines.add("/* kernel memory does not come from the user heap */");
      lines.add(
          "zassert_false(blocks[" + slot + "].live && is_in(user_heap, blocks[" + slot + "].at));");
    } else if ((named.equals("user") || named.equals("driver")) && !shared) {
      lines.add("check_home(" + slot + ", " + named + "_heap);");
    } else if (shared) {
      lines.add(
          "zassert_true((uintptr_t)blocks[" + slot + "].at >= get_shared_buffer_heap_start() &&");
      lines.add("\t     (uintptr_t)blocks[" + slot + "].at <");
      lines.add("\t     get_shared_buffer_heap_start() + get_shared_buffer_heap_size());");
    }
    return lines;
  }

  private static boolean isNothing(String result) {
    return result.equals("NULL") || result.equals("crash");
  }

  private static String field(TraceState state, String name) {
    return state.values().get("call") instanceof RecordValue call
            && call.get(name) instanceof StringValue text
        ? text.value()
        : "-";
  }

  private static String slot(ActionCall call, String argument) {
    return HeapBlocks.slot(ActionArguments.text(call, argument));
  }

  private static String sofHeapAlloc(ActionCall call) {
    return "sof_heap_alloc(" + heap(call) + ", " + flags(call) + ", " + BYTES + ", 0)";
  }

  private static String heap(ActionCall call) {
    return switch (ActionArguments.text(call, "h")) {
      case "NULL" -> "NULL";
      case "system" -> "sof_sys_heap_get()";
      case "user" -> "sof_sys_user_heap_get()";
      case "driver" -> "driver_heap";
      case "forged" -> "&forged_heap";
      default -> throw new ExportException(call + ": no such heap");
    };
  }

  private static String flags(ActionCall call) {
    if (!(call.arguments().get("flags") instanceof SetValue set)) {
      throw new ExportException(call + ": the flags should be a set");
    }
    List<String> flags = new ArrayList<>();
    for (Value flag : set.elements()) {
      String name = flag instanceof StringValue text ? FLAGS.get(text.value()) : null;
      if (name == null) {
        throw new ExportException(call + ": there is no flag " + flag);
      }
      flags.add(name);
    }
    return flags.isEmpty() ? "0" : String.join(" | ", flags);
  }

  private static String kernelFree(ActionCall call) {
    String block = "give(" + slot(call, "c") + ")";
    if (call.arguments().get("flip") instanceof BoolValue flip && flip.value()) {
      block = "other_alias(" + block + ")";
    }
    return ActionArguments.text(call, "h").equals("rfree")
        ? "rfree(" + block + ");"
        : "sof_heap_free(" + heap(call) + ", " + block + ");";
  }

  private static String target(ActionCall call) {
    String target = ActionArguments.text(call, "target");
    String own = "blocks[" + slot(call, "t") + "].at";
    return switch (target) {
      case "NULL" -> "NULL";
      case "interior" -> own + " + 16";
      case "header" -> "(uint8_t *)user_heap->heap.init_mem + 8";
      case "wild" -> "(void *)16";
      default ->
          target.equals(ActionArguments.text(call, "t"))
              ? "give(" + HeapBlocks.slot(target) + ")"
              : "blocks[" + HeapBlocks.slot(target) + "].at";
    };
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    String result = field(end, "result");
    if (List.of("panic", "crash").contains(result)) {
      lines.addAll(Verdicts.survived(result));
    } else {
      lines.add("/* a call that is refused ends its thread, and with it the way of the trace */");
      lines.add("ARG_UNUSED(followed);");
    }
    lines.add("check_blocks();");
    switch (property) {
      case "NoLeakAfterTeardownInv", "OopsHoldsNothingProp", "VerifyBeforeEffectProp" ->
          lines.add(
              "zassert_equal(all_in_use(), before, \"a call left something: " + property + "\");");
      case "AliasRoundTripInv" -> {
        lines.add("/* the lists of the heap are in order: it gives out more */");
        lines.add(
            "zassert_not_null(rballoc(SOF_MEM_FLAG_L3, " + BYTES + "), \"" + property + "\");");
      }
      default -> lines.add("ARG_UNUSED(before);");
    }
    return lines;
  }
}
