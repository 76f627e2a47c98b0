package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.kernel.KThread;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * The record of a user thread in RAM: the kernel's {@link KThread}, and what the thread knows of
 * its DMA controller. The latter is written by the simulated compiler, so past the memory checks.
 */
public final class DmaThread {
  private static final Struct.Builder LAYOUT = Struct.define("dma_thread");

  static {
    // First, so that the address of the record is that of the kernel's thread.
    LAYOUT.struct("thread", KThread.STRUCT);
  }

  /** The controller that {@code sof_dma_get} chose and has not returned yet, or 0. */
  public static final Field GETTING = LAYOUT.pointer("getting");

  /** The controller that it got and did not put, or 0. */
  public static final Field REFERENCE = LAYOUT.pointer("reference");

  /** The whole record. */
  static final Struct STRUCT = LAYOUT.build();

  private DmaThread() {}

  /** Reads a field. */
  public static int get(Ram ram, int thread, Field field) {
    return ram.load32(field.in(thread));
  }

  static void set(Ram ram, int thread, Field field, int value) {
    ram.store32(field.in(thread), value);
  }
}
