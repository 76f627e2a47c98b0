package io.ringfence.firmware.heap;

/**
 * A {@code struct mod_alloc_ctx} as somebody read it: what memory to use.
 *
 * @param heap address of a {@code struct k_heap}, or 0 for the system heap
 * @param region address of a {@code struct vregion}, or 0
 */
public record AllocContext(int heap, int region) {
  /** The system heap. */
  public static final AllocContext SYSTEM = new AllocContext(0, 0);
}
