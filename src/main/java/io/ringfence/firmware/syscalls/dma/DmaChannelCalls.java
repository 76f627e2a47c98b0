package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.syscalls.SyscallVerifier;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * The verifiers of the DMA system calls beside {@code sof_dma_config} (SOF
 * zephyr/syscall/sof_dma.c), and what they call (src/lib/dma.c, 12dd726529).
 *
 * <p>They run for the thread of the processor, and throw a {@link io.ringfence.firmware.KernelOops}
 * for arguments that are refused.
 */
final class DmaChannelCalls {
  private static final Struct.Builder CHANNEL = Struct.define("dma_chan_data");
  private static final Field CHANNEL_DMA = CHANNEL.pointer("dma");

  static {
    CHANNEL.words("status_direction_desc_count", 3);
  }

  private static final Field CHANNEL_INDEX = CHANNEL.u32("index");

  static {
    CHANNEL.u32("core");
    CHANNEL.u64("period");
    CHANNEL.bool("is_scheduling_source");
    CHANNEL.pointer("dev_data");
    CHANNEL.pointer("priv_data");
  }

  private static final Struct CHANNEL_STRUCT = CHANNEL.build();

  private final Cpu cpu;
  private final Design design;
  private final SyscallVerifier verifier;
  private final SofHeap heap;
  private final SofDma controllers;
  private final DmaDevice devices;

  DmaChannelCalls(Design design, DmaBoard board) {
    this.cpu = board.cpu();
    this.design = design;
    this.verifier = new SyscallVerifier(cpu);
    this.heap = board.heap();
    this.controllers = board.controllers();
    this.devices = board.devices();
  }

  /**
   * The first half of {@code sof_dma_get}: takes a reference to the only controller.
   *
   * @return the controller, or 0
   */
  int take() {
    int dma = controllers.controller(0);
    if (design.has(Fix.PERMISSION_FIRST) && !controllers.hasAccess(dma)) {
      return 0;
    }
    int references = cpu.load(SofDma.SREF, dma);
    if (references == 0 && !init(dma)) {
      return 0;
    }
    cpu.store(SofDma.SREF, dma, references + 1);
    return dma;
  }

  /** Allocates the array of channels ({@code dma_init}). */
  private boolean init(int dma) {
    int channels = devices.channels(controllers.deviceOf(dma));
    int bytes = CHANNEL_STRUCT.size() * channels;
    int chan = heap.alloc(heap.userHeap(), MemFlags.USER | MemFlags.COHERENT, bytes, 0);
    cpu.store(SofDma.CHAN, dma, chan);
    if (chan == 0) {
      return false;
    }
    cpu.store(SofDma.HEAP, dma, heap.userHeap());
    cpu.zero(chan, bytes);
    for (int i = 0; i < channels; i++) {
      cpu.store(CHANNEL_DMA, chan + i * CHANNEL_STRUCT.size(), dma);
      cpu.store(CHANNEL_INDEX, chan + i * CHANNEL_STRUCT.size(), i);
    }
    return true;
  }

  /**
   * The second half of {@code sof_dma_get}: puts the reference back if the caller has no
   * permission.
   *
   * @return the controller, or 0
   */
  int keep(int dma) {
    if (controllers.hasAccess(dma)) {
      return dma;
    }
    implPut(dma);
    return 0;
  }

  /**
   * {@code sof_dma_put}.
   *
   * @param isHolder whether the caller holds a reference
   */
  void put(int dma, boolean isHolder) {
    verifyDma(dma);
    verifier.oopsIf(
        design.has(Fix.COUNTED_PUT) && !isHolder, "sof_dma_put: the caller holds no reference");
    implPut(dma);
  }

  /** Drops a reference ({@code z_impl_sof_dma_put}). */
  void implPut(int dma) {
    int references = cpu.load(SofDma.SREF, dma) - 1;
    cpu.store(SofDma.SREF, dma, references);
    if (references == 0) {
      heap.free(cpu.load(SofDma.HEAP, dma), cpu.load(SofDma.CHAN, dma));
      cpu.store(SofDma.CHAN, dma, 0);
    }
  }

  /** {@code sof_dma_request_channel}. */
  int request(int dma) {
    verifyDma(dma);
    return devices.request(controllers.deviceOf(dma));
  }

  /** {@code sof_dma_release_channel}. */
  void release(int dma, int channel) {
    verifyChannel(dma, channel);
    int device = controllers.deviceOf(dma);
    if (design.has(Fix.CHANNEL_OWNER)) {
      // Whoever gets the channel next would find it running.
      devices.stop(device, channel);
    }
    devices.release(device, channel);
  }

  /** {@code sof_dma_start}. */
  int start(int dma, int channel) {
    verifyChannel(dma, channel);
    return devices.start(controllers.deviceOf(dma), channel);
  }

  /** {@code sof_dma_stop}. */
  int stop(int dma, int channel) {
    verifyChannel(dma, channel);
    return devices.stop(controllers.deviceOf(dma), channel);
  }

  /** {@code sof_dma_suspend}. */
  int suspend(int dma, int channel) {
    verifyChannel(dma, channel);
    return devices.suspend(controllers.deviceOf(dma), channel);
  }

  /** {@code sof_dma_resume}. */
  int resume(int dma, int channel) {
    verifyChannel(dma, channel);
    return devices.resume(controllers.deviceOf(dma), channel);
  }

  /** {@code sof_dma_reload}; how many bytes it is told is the driver's business. */
  int reload(int dma, int channel) {
    verifyChannel(dma, channel);
    return devices.reload(controllers.deviceOf(dma), channel);
  }

  /** {@code sof_dma_get_status}. */
  void getStatus(int dma, int status) {
    verifyDma(dma);
    verifyTarget(status, DmaDevice.STATUS_STRUCT.size(), DmaDevice.STATUS_STRUCT.alignment());
    devices.status(status);
  }

  /** {@code sof_dma_get_attribute}. */
  int getAttribute(int dma, int type, int value) {
    verifyDma(dma);
    verifyTarget(value, Integer.BYTES, Integer.BYTES);
    return devices.attribute(type, value);
  }

  private void verifyTarget(int pointer, int bytes, int alignment) {
    verifier.requireWritable(pointer, bytes);
    verifier.oopsIf(
        design.has(Fix.CHECK_POINTER_ALIGNMENT) && pointer % alignment != 0,
        String.format("0x%08x is not aligned to %d bytes", pointer, alignment));
  }

  private void verifyDma(int dma) {
    verifier.oopsIf(!controllers.isValid(dma), "not a DMA that the caller may use");
  }

  private void verifyChannel(int dma, int channel) {
    verifyDma(dma);
    int device = controllers.deviceOf(dma);
    boolean inRange = Integer.compareUnsigned(channel, devices.channels(device)) < 0;
    verifier.oopsIf(
        design.has(Fix.CHANNEL_RANGE) && !inRange, "there is no channel of that number");
    verifier.oopsIf(
        design.has(Fix.CHANNEL_OWNER) && inRange && !isOwner(device, channel),
        "the channel is not the caller's");
  }

  private boolean isOwner(int device, int channel) {
    return devices.isUsed(device, channel) && devices.owner(device, channel) == cpu.thread();
  }
}
