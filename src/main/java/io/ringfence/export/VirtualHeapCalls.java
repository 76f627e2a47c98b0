package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A trace of {@code spec/VirtualHeap.tla} as calls of a virtual heap. */
final class VirtualHeapCalls implements CFamily {
  private static final int PAGE_BYTES = 4096;

  private final Trace trace;
  private final Map<String, Value> constants;
  private final long unitBytes;

  VirtualHeapCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.constants = constants;
    this.unitBytes = PAGE_BYTES / number(constants.get("PageUnits"));
  }

  private static long number(@Nullable Value value) {
    if (value instanceof IntValue number
        && number.value().bitLength() < Integer.SIZE
        && number.value().signum() > 0) {
      return number.value().intValue();
    }
    throw new ExportException(value + " should be a number above 0");
  }

  private List<Value> sequence(String constant) {
    if (constants.get(constant) instanceof SeqValue sequence) {
      return sequence.elements();
    }
    throw new ExportException(constant + " should be a sequence of numbers");
  }

  @Override
  public List<String> includes() {
    return List.of("sof/lib/regions_mm.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines =
        new ArrayList<>(HeapBlocks.declarations(ActionArguments.names(trace, "s")));
    lines.add("static const struct vmh_heap_config config = { {");
    List<Value> units = sequence("BlockUnits");
    List<Value> counts = sequence("BlockCounts");
    for (int i = 0; i < Math.min(units.size(), counts.size()); i++) {
      long bytes = unitBytes * number(units.get(i));
      // Sizes that there are no blocks of are in no table.
      if (!counts.get(i).equals(IntValue.of(0))) {
        lines.add("\t{ " + bytes + ", " + number(counts.get(i)) + " },");
      }
    }
    lines.add("} };");
    lines.add("static struct vmh_heap *the_heap;");
    lines.add("");
    lines.addAll(
        CTestSource.lines(
            """
            /* The first caller makes the heap. */
            static struct vmh_heap *heap(void)
            {
            	if (!the_heap)
            		the_heap = vmh_init_heap(&config, CONTIGUOUS);
            	zassert_not_null(the_heap);
            	return the_heap;
            }
            """
                .replace("CONTIGUOUS", String.valueOf(contiguous()))));
    lines.add("");
    return lines;
  }

  private boolean contiguous() {
    return "TRUE".equals(String.valueOf(trace.states().get(0).values().get("contiguous")));
  }

  @Override
  public List<CThread> threads() {
    return ActionArguments.names(trace, "t").stream()
        .map(thread -> new CThread(thread, false, 0))
        .toList();
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(trace, call -> ActionArguments.text(call, "t"), this::code);
  }

  private List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "Alloc" -> {
        String slot = HeapBlocks.slot(ActionArguments.text(call, "s"));
        long bytes = unitBytes * ActionArguments.number(call, "n");
        yield List.of("take(" + slot + ", vmh_alloc(heap(), " + bytes + "), " + bytes + ");");
      }
      case "Free" -> {
        String slot = HeapBlocks.slot(ActionArguments.text(call, "s"));
        yield List.of("vmh_free(heap(), give(" + slot + "));", "check_blocks();");
      }
      case "FreeInside" -> {
        String slot = HeapBlocks.slot(ActionArguments.text(call, "s"));
        long offset = unitBytes * ActionArguments.number(call, "offset");
        yield List.of(
            "zassert_not_equal(vmh_free(heap(), blocks[" + slot + "].at + " + offset + "), 0,",
            "\t\t  \"a pointer into a block was taken for one\");",
            "check_blocks();");
      }
      default -> List.of();
    };
  }

  @Override
  public List<String> verdict(String property) {
    return List.of("check_blocks();", "ARG_UNUSED(followed);");
  }
}
