package io.ringfence.firmware.heap;

/**
 * The allocation flags {@code SOF_MEM_FLAG_*} (SOF zephyr/include/rtos/alloc.h, 12dd726529). Only
 * COHERENT, L3, USER_SHARED_BUFFER and LARGE_BUFFER influence where memory comes from.
 */
public final class MemFlags {
  /** Memory for DMA; ignored by the allocator. */
  public static final int DMA = 1 << 2;

  /** A reallocation need not keep the content. */
  public static final int NO_COPY = 1 << 3;

  /** Return the uncached alias. */
  public static final int COHERENT = 1 << 4;

  /** Use the L3 heap. */
  public static final int L3 = 1 << 5;

  /** Memory that stays powered in low power modes; ignored by the allocator. */
  public static final int LOW_POWER = 1 << 6;

  /** Memory for the kernel; ignored by the allocator, refused by the system call verifier. */
  public static final int KERNEL = 1 << 7;

  /** Memory for user space; ignored by the allocator. */
  public static final int USER = 1 << 8;

  /** Use the shared buffer heap, if it is built. */
  public static final int USER_SHARED_BUFFER = 1 << 9;

  /** Use the virtual heap, if it is built and no heap is named. */
  public static final int LARGE_BUFFER = 1 << 10;

  /** What user space may ask for (zephyr/syscall/alloc.c). */
  static final int ALLOWED_TO_USER = USER | COHERENT | DMA | LARGE_BUFFER;

  private MemFlags() {}
}
