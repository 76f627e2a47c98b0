package io.ringfence.firmware.isolation;

/** The heaps of a build, and how many blocks of {@link HeapBuild#BLOCK_BYTES} each has room for. */
public enum HeapName {
  /** {@code sof_heap}. */
  SYSTEM(1),
  /** {@code shared_buffer_heap}. */
  SHARED(1),
  /** {@code l3_heap}. */
  L3(1),
  /** {@code virtual_buffers_heap}, the outer heap of those that follow. */
  VIRTUAL(2),
  /** {@code ll_mem_resources.heap}. */
  USER(2),
  /** A module's heap. */
  DRIVER(1);

  private final int places;

  HeapName(int places) {
    this.places = places;
  }

  /** How many blocks of one size there is room for. */
  public int places() {
    return places;
  }
}
