package io.ringfence.firmware.heap;

import io.ringfence.firmware.Errno;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** Zephyr's {@code sys_mem_blocks}: blocks of one size, each with a bit that says it is taken. */
final class MemBlocks {
  private static final Struct.Builder LAYOUT = Struct.define("sys_mem_blocks");

  /** Number of blocks. */
  static final Field NUM_BLOCKS = LAYOUT.u32("num_blocks");

  /** Binary logarithm of the block size in bytes. */
  static final Field BLOCK_SHIFT = LAYOUT.u32("blk_sz_shift");

  /** Address of the first block. */
  static final Field BUFFER = LAYOUT.pointer("buffer");

  /** Address of the {@code sys_bitarray}. */
  static final Field BITMAP = LAYOUT.pointer("bitmap");

  static final Struct STRUCT = LAYOUT.build();

  private final Cpu cpu;
  private final BitArray bits;

  MemBlocks(Cpu cpu, BitArray bits) {
    this.cpu = cpu;
    this.bits = bits;
  }

  int blockBytes(int blocks) {
    return 1 << cpu.load(BLOCK_SHIFT, blocks);
  }

  int count(int blocks) {
    return cpu.load(NUM_BLOCKS, blocks);
  }

  int buffer(int blocks) {
    return cpu.load(BUFFER, blocks);
  }

  int bitmap(int blocks) {
    return cpu.load(BITMAP, blocks);
  }

  /** Takes adjacent blocks and returns the index of the first one, or a negative error number. */
  int allocate(int blocks, int count) {
    return count > count(blocks) ? -Errno.ENOMEM : bits.allocate(bitmap(blocks), count);
  }

  /** Gives adjacent blocks back; any address within the first one will do. */
  int free(int blocks, int address, int count) {
    if (Integer.compareUnsigned(address, buffer(blocks)) < 0) {
      return -Errno.EFAULT;
    }
    int first = address - buffer(blocks) >>> cpu.load(BLOCK_SHIFT, blocks);
    if (first >= count(blocks)) {
      return -Errno.EFAULT;
    }
    return bits.free(bitmap(blocks), first, count);
  }

  /** Whether no block in a range is taken; not so for a range that holds no whole block. */
  boolean isFree(int blocks, int address, int bytes) {
    int shift = cpu.load(BLOCK_SHIFT, blocks);
    return bits.isCleared(bitmap(blocks), address - buffer(blocks) >>> shift, bytes >>> shift);
  }
}
