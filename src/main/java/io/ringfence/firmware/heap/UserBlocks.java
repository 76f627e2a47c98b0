package io.ringfence.firmware.heap;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/**
 * The kernel's own record of the blocks of the LL user heap: a byte for each cache line of that
 * heap, since each block begins with a line. It lies in kernel memory, unlike the chunk headers of
 * that heap, so a system call's verifier can believe it. No such record exists upstream: the
 * repairs O-27 and R-30 keep it.
 */
public final class UserBlocks {
  /** Who allocated the block that begins at a cache line. */
  public enum Owner {
    /** No block begins there. */
    NOBODY,
    /** Kernel code. */
    KERNEL,
    /** User space, by a system call. */
    USER
  }

  private final Cpu cpu;
  private final CacheAliases aliases;
  private final int userHeap;
  private final int table;

  /**
   * Keeps the record at an address.
   *
   * @param userHeap the {@code k_heap} of the LL user heap
   * @param table address of {@link #tableBytes}, zeroed, or 0 in a design that keeps no record
   */
  UserBlocks(Cpu cpu, CacheAliases aliases, int userHeap, int table) {
    this.cpu = cpu;
    this.aliases = aliases;
    this.userHeap = userHeap;
    this.table = table;
  }

  /** Size of the record for a heap of so many bytes. */
  public static int tableBytes(int heapBytes) {
    return heapBytes / CacheAliases.LINE_BYTES;
  }

  /** Whether this design keeps the record. */
  boolean isKept() {
    return table != 0;
  }

  /** Tells who allocated the block that begins at an address. */
  public Owner owner(int address) {
    return isLine(address) ? Owner.values()[cpu.load8(entry(address))] : Owner.NOBODY;
  }

  /** Remembers a block that was allocated for code of a mode, if it is in the user heap. */
  void add(int address, Mode mode) {
    if (isLine(address)) {
      cpu.store8(entry(address), (mode == Mode.USER ? Owner.USER : Owner.KERNEL).ordinal());
    }
  }

  /** Forgets a block that was freed, if it was in the user heap. */
  void remove(int address) {
    if (isLine(address)) {
      cpu.store8(entry(address), Owner.NOBODY.ordinal());
    }
  }

  /** Whether there is an entry for an address. */
  private boolean isLine(int address) {
    return table != 0
        && offset(address) % CacheAliases.LINE_BYTES == 0
        && Integer.compareUnsigned(offset(address), cpu.load(SysHeap.INIT_BYTES, userHeap)) < 0;
  }

  private int entry(int address) {
    return table + offset(address) / CacheAliases.LINE_BYTES;
  }

  private int offset(int address) {
    return aliases.uncached(address) - cpu.load(SysHeap.INIT_MEM, userHeap);
  }
}
