package io.ringfence.firmware.heap;

/**
 * Build options of Zephyr's {@code sys_heap}.
 *
 * @param bigOnly use chunk headers of 8 bytes always, not only for heaps above 0x7fff units
 * @param hardening level of consistency checks: 0 none, 1 basic (the default), 2 moderate (the
 *     default of builds with assertions)
 * @param asserts whether {@code __ASSERT} checks
 * @param runtimeStats whether statistics are kept ({@code CONFIG_SYS_HEAP_RUNTIME_STATS})
 * @param allocLoops how many chunks of the best bucket are tried ({@code
 *     CONFIG_SYS_HEAP_ALLOC_LOOPS})
 */
public record HeapConfig(
    boolean bigOnly, int hardening, boolean asserts, boolean runtimeStats, int allocLoops) {
  /** The options of a release build. */
  public static final HeapConfig RELEASE = new HeapConfig(false, 1, false, false, 3);

  /** The options of a build with assertions. */
  public static final HeapConfig DEBUG = new HeapConfig(false, 2, true, false, 3);

  /** Checks the ranges. */
  public HeapConfig {
    if (hardening < 0 || hardening > 2) {
      throw new IllegalArgumentException("Heap hardening level " + hardening + " is not 0, 1 or 2");
    }
    if (allocLoops < 1) {
      throw new IllegalArgumentException("allocLoops is " + allocLoops + ", must be at least 1");
    }
  }
}
