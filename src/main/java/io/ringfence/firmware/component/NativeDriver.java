package io.ringfence.firmware.component;

import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.machine.Cpu;

/**
 * A driver that is no module, such as the key phrase buffer: SOF {@code src/audio/kpb.c},
 * 12dd726529. It does not know {@code dev->task}.
 */
final class NativeDriver implements ComponentDriver {
  private final Cpu cpu;
  private final SofHeap heap;

  NativeDriver(Cpu cpu, SofHeap heap) {
    this.cpu = cpu;
    this.heap = heap;
  }

  /** {@code comp_alloc(drv, bytes)}. */
  @Override
  public int create() {
    int dev = heap.rzalloc(MemFlags.COHERENT, CompDev.STRUCT.size());
    cpu.store(CompDev.STATE, dev, CompDev.STATE_READY);
    return dev;
  }

  @Override
  public void prepare(int dev) {
    cpu.store(CompDev.STATE, dev, CompDev.STATE_PREPARE);
  }

  /** What it copies is of no interest here. */
  @Override
  public void copy(int dev) {
    cpu.load(CompDev.STATE, dev);
  }

  @Override
  public void reset(int dev) {
    cpu.store(CompDev.STATE, dev, CompDev.STATE_READY);
  }

  /** {@code comp_free_device(dev)}. */
  @Override
  public void free(int dev) {
    heap.rfree(dev);
  }
}
