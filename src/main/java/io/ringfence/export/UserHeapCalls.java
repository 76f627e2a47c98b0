package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A trace of {@code spec/SysHeap.tla} as system calls of a user thread. */
final class UserHeapCalls implements CFamily {
  private static final String THREAD = "user";

  /** The half-words of a chunk's header, in their order. */
  private static final List<String> FIELDS =
      List.of("LEFT_SIZE", "SIZE_AND_USED", "FREE_PREV", "FREE_NEXT");

  private final Trace trace;

  UserHeapCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
  }

  @Override
  public List<String> includes() {
    return List.of("rtos/alloc.h", "sof/schedule/ll_schedule_domain.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(UserDomains.llDeclarations(threads()));
    lines.addAll(HeapBlocks.declarations(ActionArguments.names(trace, "s")));
    lines.add("static struct k_heap *heap(void)");
    lines.add("{");
    lines.add("\treturn sof_sys_user_heap_get();");
    lines.add("}");
    lines.add("");
    return lines;
  }

  @Override
  public List<CThread> threads() {
    return List.of(new CThread(THREAD, true, 0));
  }

  @Override
  public List<String> preparation() {
    return UserDomains.joinLl(threads());
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(trace, call -> THREAD, UserHeapCalls::code);
  }

  private static List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "Alloc" -> alloc(call);
      case "Free" -> free(call);
      case "Overwrite" -> overwrite(call);
      default -> throw new ExportException(call + " is no call of a user thread");
    };
  }

  private static List<String> alloc(ActionCall call) {
    String slot = HeapBlocks.slot(ActionArguments.text(call, "s"));
    // The spec says -1 for the largest size.
    String bytes = "(uint32_t)" + ActionArguments.number(call, "n");
    long align = ActionArguments.number(call, "a");
    return List.of(
        "take("
            + slot
            + ", sof_heap_alloc(heap(), SOF_MEM_FLAG_USER, "
            + bytes
            + ", "
            + align
            + "), "
            + bytes
            + ");");
  }

  private static List<String> free(ActionCall call) {
    String slot = HeapBlocks.slot(ActionArguments.text(call, "s"));
    long offset = ActionArguments.number(call, "o");
    String what = offset == 0 ? "give(" + slot + ")" : "blocks[" + slot + "].at + " + offset;
    return List.of("sof_heap_free(heap(), " + what + ");", "check_blocks();");
  }

  private static List<String> overwrite(ActionCall call) {
    int field = FIELDS.indexOf(ActionArguments.text(call, "field"));
    if (field < 0) {
      throw new ExportException(call + ": no field of a chunk");
    }
    return List.of(
        "/* what any user thread may do, if the headers lie in user memory */",
        "((volatile uint16_t *)heap()->heap.init_mem)[4 * "
            + ActionArguments.number(call, "c")
            + " + "
            + field
            + "] = "
            + ActionArguments.number(call, "v")
            + ";");
  }

  @Override
  public List<String> verdict(String property) {
    return List.of(Verdicts.returned(property), "check_blocks();");
  }
}
