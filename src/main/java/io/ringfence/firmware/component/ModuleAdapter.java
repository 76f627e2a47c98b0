package io.ringfence.firmware.component;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import java.util.function.IntConsumer;

/**
 * The driver of modules, for one that reads one stream and writes one: SOF {@code
 * src/audio/module_adapter/module_adapter.c}, 12dd726529.
 */
final class ModuleAdapter implements ComponentDriver {
  private final Design design;
  private final Cpu cpu;
  private final SofHeap heap;
  private final IntConsumer scheduleTaskFree;

  ModuleAdapter(Design design, Cpu cpu, SofHeap heap, IntConsumer scheduleTaskFree) {
    this.design = design;
    this.cpu = cpu;
    this.heap = heap;
    this.scheduleTaskFree = scheduleTaskFree;
  }

  /** {@code module_adapter_new()}. */
  @Override
  public int create() {
    int mod = heap.rzalloc(MemFlags.USER, ProcessingModule.STRUCT.size());
    int dev = heap.rzalloc(MemFlags.COHERENT, CompDev.STRUCT.size());
    cpu.store(ProcessingModule.DEV, mod, dev);
    cpu.store(CompDev.MOD, dev, mod);
    cpu.store(CompDev.STATE, dev, CompDev.STATE_READY);
    return dev;
  }

  /** {@code module_adapter_prepare(dev)}. */
  @Override
  public void prepare(int dev) {
    int mod = cpu.load(CompDev.MOD, dev);
    cpu.store(CompDev.STATE, dev, CompDev.STATE_PREPARE);
    cpu.store(ProcessingModule.INPUT_BUFFERS, mod, buffer());
    cpu.store(ProcessingModule.OUTPUT_BUFFERS, mod, buffer());
  }

  private int buffer() {
    return heap.rzalloc(MemFlags.USER, ProcessingModule.BUFFER.size());
  }

  /** {@code module_adapter_audio_stream_copy_1to1(dev)}. */
  @Override
  public void copy(int dev) {
    int mod = cpu.load(CompDev.MOD, dev);
    int input = cpu.load(ProcessingModule.INPUT_BUFFERS, mod);
    cpu.store(ProcessingModule.SIZE, input, 0);
    cpu.store(ProcessingModule.CONSUMED, input, 0);
    int output = cpu.load(ProcessingModule.OUTPUT_BUFFERS, mod);
    cpu.store(ProcessingModule.SIZE, output, 0);
  }

  /** {@code module_adapter_reset(dev)}. */
  @Override
  public void reset(int dev) {
    int mod = cpu.load(CompDev.MOD, dev);
    freeBuffer(mod, ProcessingModule.OUTPUT_BUFFERS);
    freeBuffer(mod, ProcessingModule.INPUT_BUFFERS);
    cpu.store(CompDev.STATE, dev, CompDev.STATE_READY);
  }

  private void freeBuffer(int mod, Field pointer) {
    heap.rfree(cpu.load(pointer, mod));
    if (design.has(Fix.FORGET_FREED_BUFFERS)) {
      cpu.store(pointer, mod, 0);
    }
  }

  /** {@code module_adapter_free(dev)}. */
  @Override
  public void free(int dev) {
    int task = cpu.load(CompDev.TASK, dev);
    if (task != 0) {
      scheduleTaskFree.accept(task);
    }
    int mod = cpu.load(CompDev.MOD, dev);
    heap.rfree(dev);
    heap.rfree(mod);
  }
}
