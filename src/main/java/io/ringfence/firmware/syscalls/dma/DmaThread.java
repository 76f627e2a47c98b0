package io.ringfence.firmware.syscalls.dma;

import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * The record of a user thread in RAM: whether it lives, and what it knows of its DMA controller.
 * Written by the simulated compiler and kernel, so past the memory checks.
 */
public final class DmaThread {
  private static final Struct.Builder LAYOUT = Struct.define("dma_thread");

  /** Whether it was killed: 0 or 1. */
  public static final Field DEAD = LAYOUT.u32("dead");

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
