package io.ringfence.firmware.heap;

/**
 * The one place that knows how the cached and the uncached address of a byte are related.
 *
 * <p>This machine has a single window, which stands for both: a byte has one address, which is the
 * uncached one, and no address is a cached alias.
 */
final class CacheAliases {
  /** Size of a cache line in bytes. */
  static final int LINE_BYTES = 64;

  private CacheAliases() {}

  static int cached(int address) {
    return address;
  }

  static int uncached(int address) {
    return address;
  }
}
