package io.ringfence.firmware.heap;

import org.jspecify.annotations.Nullable;

/**
 * Heaps that a build may have beside the system heap and the LL user heap.
 *
 * @param shared address of the shared buffer heap's {@code k_heap}, 0 in a build without
 * @param l3 address of the L3 heap's {@code k_heap}, 0 in a build without
 * @param virtual the virtual heap's functions, null in a build without
 * @param virtualHeap address of the word {@code virtual_buffers_heap}
 * @param virtualStart first cached address that counts as the virtual heap's
 * @param virtualBytes size of that range
 */
public record OtherHeaps(
    int shared,
    int l3,
    @Nullable VirtualHeap virtual,
    int virtualHeap,
    int virtualStart,
    int virtualBytes) {
  /** None of them. */
  public static final OtherHeaps NONE = new OtherHeaps(0, 0, null, 0, 0, 0);
}
