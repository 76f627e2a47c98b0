package io.ringfence.firmware.heap;

/** What the allocators ask of the hardware and the kernel around them, beside memory. */
public interface HeapPlatform {
  /** A platform without caches whose log nobody reads. */
  HeapPlatform PLAIN = new HeapPlatform() {};

  /** Drops the cached copy of a range ({@code sys_cache_data_invd_range}). */
  default void invalidate(int address, int bytes) {}

  /** Writes the cached copy of a range back and drops it. */
  default void flushAndInvalidate(int address, int bytes) {}

  /** Writes the cached copy of a range back. */
  default void writeBack(int address, int bytes) {}

  /** Logs an error. */
  default void error(String message) {}

  /** Logs a warning. */
  default void warning(String message) {}

  /** Takes a spinlock. */
  default void lockSpin(int lock) {}

  /** Releases a spinlock. A fault in between leaves it taken, as on the real machine. */
  default void unlockSpin(int lock) {}

  /** Takes a mutex. */
  default void lockMutex(int mutex) {}

  /** Releases a mutex. */
  default void unlockMutex(int mutex) {}
}
