package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.Errno;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * The part of a DMA driver that takes over a configuration: each block becomes a descriptor for the
 * controller (Zephyr drivers/dma/dma_dw_common.c). It trusts what it is given: the list is as long
 * as its count says, and each pointer and field is meant.
 */
public final class DmaDriver {
  private static final Struct.Builder DESCRIPTOR = Struct.define("dw_lli");

  /** Where the controller reads. */
  public static final Field SAR = DESCRIPTOR.u32("sar");

  /** Where the controller writes. */
  public static final Field DAR = DESCRIPTOR.u32("dar");

  /** How it does: see {@link #SCATTER} and {@link #INTERRUPT}. */
  public static final Field CTRL_LO = DESCRIPTOR.u32("ctrl_lo");

  /** How many bytes. */
  public static final Field CTRL_HI = DESCRIPTOR.u32("ctrl_hi");

  /** The layout of a descriptor. */
  public static final Struct LLI = DESCRIPTOR.build();

  /** In {@link #CTRL_LO}: leave gaps at the destination. */
  public static final int SCATTER = 1 << 18;

  /** In {@link #CTRL_LO}: raise an interrupt. */
  static final int INTERRUPT = 1;

  /** {@code CONFIG_DMA_DW_LLI_POOL_SIZE}. */
  static final int POOL_SIZE = 8;

  private static final Struct.Builder LAYOUT = Struct.define("dw_dma_chan_data");

  /** How many descriptors were made. */
  public static final Field LLI_COUNT = LAYOUT.u32("lli_count");

  private static final Field POOL =
      LAYOUT.words("lli_pool", POOL_SIZE * LLI.size() / Struct.POINTER_BYTES);

  /** The data of a channel. */
  static final Struct CHANNEL = LAYOUT.build();

  private final Cpu cpu;

  DmaDriver(Cpu cpu) {
    this.cpu = cpu;
  }

  /** The address of a descriptor of a channel. */
  static int descriptor(int channel, int index) {
    return POOL.in(channel) + LLI.size() * index;
  }

  /**
   * Configures a channel.
   *
   * @param channel address of its data
   * @param config a {@code struct dma_config}
   * @return 0, or {@code -EINVAL} if there are more blocks than descriptors
   */
  int config(int channel, int config) {
    int count = cpu.load(DmaConfig.BLOCK_COUNT, config);
    if (Integer.compareUnsigned(count, POOL_SIZE) > 0) {
      return -Errno.EINVAL;
    }
    int block = cpu.load(DmaConfig.HEAD_BLOCK, config);
    for (int i = 0; i < count; i++) {
      boolean interrupt = cpu.load(DmaConfig.DMA_CALLBACK, config) != 0;
      boolean scatter = (cpu.load(DmaBlock.MODES, block) & DmaBlock.DEST_SCATTER_EN) != 0;
      int next = cpu.load(DmaBlock.NEXT_BLOCK, block);
      int descriptor = descriptor(channel, i);
      cpu.store(SAR, descriptor, cpu.load(DmaBlock.SOURCE_ADDRESS, block));
      cpu.store(DAR, descriptor, cpu.load(DmaBlock.DEST_ADDRESS, block));
      cpu.store(CTRL_LO, descriptor, (interrupt ? INTERRUPT : 0) | (scatter ? SCATTER : 0));
      cpu.store(CTRL_HI, descriptor, cpu.load(DmaBlock.BLOCK_SIZE, block));
      cpu.store(LLI_COUNT, channel, i + 1);
      block = next;
    }
    return 0;
  }
}
