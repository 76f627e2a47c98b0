package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.RecordValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls of the heaps, and accesses to their blocks, in C. */
final class IsolationCode {
  private static final Map<String, String> FLAGS =
      Map.of(
          "COHERENT", "SOF_MEM_FLAG_COHERENT",
          "L3", "SOF_MEM_FLAG_L3",
          "SHARED", "SOF_MEM_FLAG_USER_SHARED_BUFFER",
          "LARGE", "SOF_MEM_FLAG_LARGE_BUFFER",
          "KERNEL", "SOF_MEM_FLAG_KERNEL",
          "USER", "SOF_MEM_FLAG_USER");

  /** The size of each block. */
  static final String BYTES = "64";

  private IsolationCode() {}

  /** The statements of a step. */
  static List<String> of(ActionCall call, TraceState after) {
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
              "\tringfence_enter(RINGFENCE_SYSTEM_CALL);",
              "\tat = " + sofHeapAlloc(call) + ";",
              "\tringfence_leave();",
              "\t/* what it is given it may touch */",
              "\ttake(" + slot(call, "t") + ", at, " + BYTES + ");",
              "}");
      case "UserFree" ->
          Faults.inSystemCall("sof_heap_free(" + heap(call) + ", " + target(call) + ");");
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
      default -> throw ExportException.unknown(call);
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

  /** A field of what was called last; "-" if nothing was. */
  static String field(TraceState state, String name) {
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
}
