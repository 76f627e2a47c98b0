package io.ringfence.firmware.syscalls.dma;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code struct dma_block_config}: one block of a transfer list (Zephyr
 * include/zephyr/drivers/dma.h) on a 32-bit target.
 */
public final class DmaBlock {
  private static final Struct.Builder LAYOUT = Struct.define("dma_block_config");

  /** Where the controller reads. */
  public static final Field SOURCE_ADDRESS = LAYOUT.u32("source_address");

  /** Where the controller writes. */
  public static final Field DEST_ADDRESS = LAYOUT.u32("dest_address");

  static final Field SOURCE_GATHER_INTERVAL = LAYOUT.u32("source_gather_interval");

  /** How far apart what is scattered is. */
  public static final Field DEST_SCATTER_INTERVAL = LAYOUT.u32("dest_scatter_interval");

  static final Field DEST_SCATTER_COUNT = LAYOUT.u16("dest_scatter_count");
  static final Field SOURCE_GATHER_COUNT = LAYOUT.u16("source_gather_count");

  /** Bytes of the block. */
  public static final Field BLOCK_SIZE = LAYOUT.u32("block_size");

  /** The next block of the list, or 0. */
  public static final Field NEXT_BLOCK = LAYOUT.pointer("next_block");

  /** The bit fields from {@code source_gather_en} on. */
  public static final Field MODES = LAYOUT.u16("modes");

  /** Of the modes: {@code dest_scatter_en}. */
  public static final int DEST_SCATTER_EN = 1 << 1;

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private DmaBlock() {}
}
