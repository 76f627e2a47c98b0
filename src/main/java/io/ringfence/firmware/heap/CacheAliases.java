package io.ringfence.firmware.heap;

/**
 * The one place that knows how the cached and the uncached address of a byte are related.
 *
 * @param twoWindows whether memory is seen at two places; if not, a byte has one address, which
 *     counts as uncached
 */
public record CacheAliases(boolean twoWindows) {
  /** Size of a cache line in bytes. */
  public static final int LINE_BYTES = 64;

  private static final int WINDOW = 0xe0000000;
  private static final int CACHED = 0xa0000000;
  private static final int UNCACHED = 0x40000000;

  /** Whether an address is of the cached window. */
  public boolean isCached(int address) {
    return twoWindows && (address & WINDOW) == CACHED;
  }

  /** The cached address of a byte ({@code sys_cache_cached_ptr_get}). */
  public int cached(int address) {
    return twoWindows ? address & ~WINDOW | CACHED : address;
  }

  /** The uncached address of a byte ({@code sys_cache_uncached_ptr_get}). */
  public int uncached(int address) {
    return twoWindows ? address & ~WINDOW | UNCACHED : address;
  }
}
