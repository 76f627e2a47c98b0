package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A trace of {@code spec/DmaSyscalls.tla}: a user thread configures a DMA channel, and another one
 * of its domain overwrites what the call reads.
 */
final class DmaConfigCalls implements CFamily {
  private static final String CALLER = "caller";
  private static final String ATTACKER = "attacker";

  /** The size of a block's description in the spec. */
  private static final int BLOCK_BYTES = 32;

  private final Trace trace;
  private final LlTraces.Constants given;

  DmaConfigCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
  }

  @Override
  public List<String> includes() {
    return List.of("zephyr/drivers/dma.h", "rtos/alloc.h", "sof/lib/dma.h", "sof/lib/sof_dma.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(HeapUse.declarations());
    lines.addAll(
        CTestSource.lines(
            """
            ZTEST_BMEM static struct dma_config config;
            ZTEST_BMEM static struct dma_block_config blocks[2];
            ZTEST_BMEM static uint8_t data[2][64] __aligned(64);
            ZTEST_BMEM static struct sof_dma *granted;
            ZTEST_BMEM static struct sof_dma *denied;
            ZTEST_BMEM static bool returned;
            static const uint8_t constants[64] = { 1 };
            static __unused struct dma_config kernel_config;
            static __unused uint8_t kernel_data[64];
            static __unused struct dma_block_config kernel_block;
            static __unused uint8_t foreign_data[4096] __aligned(4096);
            static size_t before;

            /* The data register of a peripheral. */
            #define FIFO 0x71d00u
            #define UNMAPPED 0x10u

            static bool is_within(uint32_t address, const void *start, size_t size)
            {
            	return address >= (uint32_t)(uintptr_t)start &&
            	       address < (uint32_t)(uintptr_t)start + size;
            }

            /* The DMA driver of the test build gives what it is told to do. */
            void ringfence_dma_config(const struct dma_config *told)
            {
            	const struct dma_block_config *block = told->head_block;

            	zassert_equal(told->user_data, NULL, "a field that nobody passes on");
            	for (uint32_t i = 0; i < told->block_count; i++, block = block->next_block) {
            		zassert_not_null(block, "%u blocks, and told %u", i, told->block_count);
            		zassert_false(is_within((uint32_t)(uintptr_t)block, blocks, sizeof(blocks)),
            			      "a pointer to user memory");
            		zassert_false(block->source_gather_en || block->dest_scatter_en,
            			      "a field that nobody checked");
            		zassert_not_equal(block->block_size, 0, "a block of no bytes");
            		zassert_true(block->source_address == FIFO ||
            			     is_within(block->source_address, data, sizeof(data)) ||
            			     is_within(block->source_address, constants, sizeof(constants)),
            			     "a source that the caller may not read");
            		zassert_true(block->dest_address == FIFO ||
            			     is_within(block->dest_address, data, sizeof(data)),
            			     "a destination that the caller may not write");
            	}
            }

            static void make_config(void)
            {
            	config.block_count = 2;
            	config.head_block = &blocks[0];
            	config.channel_direction = $DIRECTION;
            	for (int i = 0; i < 2; i++) {
            		blocks[i].source_address = $SOURCE;
            		blocks[i].dest_address = $DEST;
            		blocks[i].block_size = sizeof(data[0]);
            		blocks[i].next_block = i ? NULL : &blocks[1];
            	}
            }
            """
                .replace("$DIRECTION", direction(given.text("Honest")))
                .replace("$SOURCE", given.text("Honest").equals("p2m") ? "FIFO" : address("rw"))
                .replace("$DEST", given.text("Honest").equals("m2p") ? "FIFO" : address("rw"))));
    lines.add("");
    return lines;
  }

  private static String direction(String direction) {
    return switch (direction) {
      case "m2m" -> "MEMORY_TO_MEMORY";
      case "m2p" -> "MEMORY_TO_PERIPHERAL";
      case "p2m" -> "PERIPHERAL_TO_MEMORY";
      case "p2p" -> "PERIPHERAL_TO_PERIPHERAL";
      case "h2m" -> "HOST_TO_MEMORY";
      case "m2h" -> "MEMORY_TO_HOST";
      default -> throw new ExportException("'" + direction + "' is no direction of a transfer");
    };
  }

  private static String address(String kind) {
    return switch (kind) {
      case "rw" -> "(uint32_t)(uintptr_t)data[0]";
      case "ro" -> "(uint32_t)(uintptr_t)constants";
      case "kernel" -> "(uint32_t)(uintptr_t)kernel_data";
      case "other" -> "(uint32_t)(uintptr_t)foreign_data";
      case "unmapped" -> "UNMAPPED";
      case "fifo" -> "FIFO";
      default -> throw new ExportException("'" + kind + "' is no kind of address");
    };
  }

  private static String pointer(String name) {
    return switch (name) {
      case "NULL" -> "NULL";
      case "kernel" -> "&kernel_block";
      case "unmapped" -> "(struct dma_block_config *)UNMAPPED";
      default -> "&" + block(name);
    };
  }

  private static String block(String name) {
    return switch (name) {
      case "b1" -> "blocks[0]";
      case "b2" -> "blocks[1]";
      default -> throw new ExportException("'" + name + "' is no block");
    };
  }

  @Override
  public List<CThread> threads() {
    return List.of(new CThread(CALLER, true, 0), new CThread(ATTACKER, true, 0));
  }

  @Override
  public List<String> preparation() {
    return List.of(
        "granted = sof_dma_get(0, 0, SOF_DMA_DEV_SSP, SOF_DMA_ACCESS_SHARED);",
        "denied = sof_dma_get(0, 0, SOF_DMA_DEV_HOST, SOF_DMA_ACCESS_SHARED);",
        "zassert_true(granted && denied && granted != denied);",
        "k_object_access_grant(granted->z_dev, ringfence_tids[0]);",
        "make_config();",
        "before = in_use(sof_sys_heap_get());");
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(
        trace, call -> call.name().startsWith("Forge") ? ATTACKER : CALLER, DmaConfigCalls::code);
  }

  private static List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "Call" -> {
        List<String> lines =
            new ArrayList<>(
                Faults.inSystemCall(
                    "sof_dma_config(" + device(call) + ", 0, " + config(call) + ");"));
        lines.add("returned = true;");
        yield lines;
      }
      case "ForgeCount" -> List.of("config.block_count = " + count(call) + ";");
      case "ForgeHead" ->
          List.of("config.head_block = " + pointer(ActionArguments.text(call, "p")) + ";");
      case "ForgeDirection" ->
          List.of("config.channel_direction = " + direction(ActionArguments.text(call, "d")) + ";");
      case "ForgeNext" ->
          List.of(field(call) + "next_block = " + pointer(ActionArguments.text(call, "p")) + ";");
      case "ForgeSource" ->
          List.of(
              field(call) + "source_address = " + address(ActionArguments.text(call, "a")) + ";");
      case "ForgeDest" ->
          List.of(field(call) + "dest_address = " + address(ActionArguments.text(call, "a")) + ";");
      case "ForgeSize" -> List.of(field(call) + "block_size = 0;");
      case "ForgeScatter" -> List.of(field(call) + "dest_scatter_en = 1;");
      case "AllocFails" -> throw ExportException.noFailure(call);
      case "Alloc", "CopyBlock", "CheckBlock", "LinkBlock", "DriverConfig", "Return" -> List.of();
      default -> throw ExportException.unknown(call);
    };
  }

  private static String field(ActionCall call) {
    return block(ActionArguments.text(call, "b")) + ".";
  }

  private static String device(ActionCall call) {
    return switch (ActionArguments.text(call, "d")) {
      case "granted" -> "granted";
      case "denied" -> "denied";
      case "between" -> "(struct sof_dma *)((char *)granted + sizeof(void *))";
      case "past" -> "granted + 100";
      default -> throw new ExportException(call + ": no such device");
    };
  }

  private static String config(ActionCall call) {
    return ActionArguments.text(call, "config").equals("cfg") ? "&config" : "&kernel_config";
  }

  /** A number that makes the size wrap in the spec makes it wrap in C. */
  private static String count(ActionCall call) {
    long count = ActionArguments.number(call, "n");
    return count > 4
        ? "(uint32_t)(SIZE_MAX / sizeof(struct dma_block_config)) + "
            + (count * BLOCK_BYTES % 4 + 2)
        : String.valueOf(count);
  }

  @Override
  public List<String> verdict(String property) {
    List<String> lines = new ArrayList<>();
    lines.add("ARG_UNUSED(followed);");
    lines.add("ringfence_settle();");
    lines.add(Faults.check(property));
    ActionArguments.calls(trace).stream()
        .filter(call -> mustBeRefused(call))
        .findFirst()
        .ifPresent(
            call -> {
              lines.add("/* " + Plain.comment(call.toString()) + " */");
              lines.add("zassert_false(returned, \"the call was not refused: " + property + "\");");
            });
    lines.add("zassert_equal(in_use(sof_sys_heap_get()), before,");
    lines.add("\t      \"memory of a call is left: " + property + "\");");
    if (needsHooks()) {
      lines.add(
          "/* the driver said what it should not have been told, which it is with hooks only */");
      lines.addAll(Verdicts.skippedWithoutHooks());
    }
    return lines;
  }

  private static boolean mustBeRefused(ActionCall call) {
    return switch (call.name()) {
      case "ForgeCount" -> true;
      case "Call" -> !ActionArguments.text(call, "d").equals("granted");
      default -> false;
    };
  }

  /** What the driver is told is what counts, which is when the trace may be over. */
  @Override
  public boolean runsOn() {
    return needsHooks();
  }

  /** Whether somebody writes while the call is in progress. */
  private boolean needsHooks() {
    boolean called = false;
    for (Turn turn : turns()) {
      if (called && turn.thread().equals(ATTACKER)) {
        return true;
      }
      called |= turn.label().equals("Call");
    }
    return false;
  }
}
