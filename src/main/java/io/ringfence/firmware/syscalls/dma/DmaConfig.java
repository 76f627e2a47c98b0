package io.ringfence.firmware.syscalls.dma;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct dma_config} (Zephyr include/zephyr/drivers/dma.h) on a 32-bit target. */
public final class DmaConfig {
  private static final Struct.Builder LAYOUT = Struct.define("dma_config");

  /** The bit fields {@code dma_slot} (8 bits), {@code channel_direction} (3 bits) and others. */
  public static final Field ATTRIBUTES = LAYOUT.u32("channel_direction");

  static final Field SOURCE_DATA_SIZE = LAYOUT.u16("source_data_size");
  static final Field DEST_DATA_SIZE = LAYOUT.u16("dest_data_size");
  static final Field SOURCE_BURST_LENGTH = LAYOUT.u16("source_burst_length");
  static final Field DEST_BURST_LENGTH = LAYOUT.u16("dest_burst_length");

  /** How many blocks the list has. */
  public static final Field BLOCK_COUNT = LAYOUT.u32("block_count");

  /** The first block of the list. */
  public static final Field HEAD_BLOCK = LAYOUT.pointer("head_block");

  static final Field USER_DATA = LAYOUT.pointer("user_data");

  /** What the driver calls when a transfer is complete, or 0. */
  public static final Field DMA_CALLBACK = LAYOUT.function("dma_callback");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private static final int DIRECTION_SHIFT = 8;
  private static final int DIRECTION_BITS = 7;
  private static final int CYCLIC_BIT = 1 << 29;

  /** The attributes that user space may choose: {@code dma_slot}, direction and {@code cyclic}. */
  static final int USER_ATTRIBUTES = 0xff | DIRECTION_BITS << DIRECTION_SHIFT | CYCLIC_BIT;

  /** {@code enum dma_channel_direction}; the ordinal is the value. */
  public enum Direction {
    /** Both sides are memory. */
    MEMORY_TO_MEMORY,
    /** The destination is a peripheral. */
    MEMORY_TO_PERIPHERAL,
    /** The source is a peripheral. */
    PERIPHERAL_TO_MEMORY,
    /** No side is memory. */
    PERIPHERAL_TO_PERIPHERAL,
    /** The source is memory of the host. */
    HOST_TO_MEMORY,
    /** The destination is memory of the host. */
    MEMORY_TO_HOST,
    /** Values that no common driver has a meaning for. */
    PRIVATE_6,
    /** The greatest value of the bit field. */
    PRIVATE_7
  }

  private DmaConfig() {}

  /** Reads the direction out of the attributes. */
  public static Direction direction(int attributes) {
    return Direction.values()[attributes >>> DIRECTION_SHIFT & DIRECTION_BITS];
  }

  /** Puts a direction into attributes. */
  public static int withDirection(int attributes, Direction direction) {
    return attributes & ~(DIRECTION_BITS << DIRECTION_SHIFT)
        | direction.ordinal() << DIRECTION_SHIFT;
  }
}
