package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.Errno;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * A DMA device and the functions that are in front of every driver (Zephyr
 * include/zephyr/drivers/dma.h, include/zephyr/sys/atomic.h).
 *
 * <p>Beside a real driver's data there is a record for each channel of which thread requested it
 * and which one started it. The merged code keeps no such record: there it serves a debugger only.
 */
public final class DmaDevice {
  private static final Struct.Builder CONTEXT = Struct.define("dma_context");
  private static final Field MAGIC = CONTEXT.u32("magic");
  private static final Field DMA_CHANNELS = CONTEXT.s32("dma_channels");
  private static final Field ATOMIC = CONTEXT.pointer("atomic");
  private static final Field CHANNELS_ATOMIC = CONTEXT.u32("channels_atomic");
  private static final Struct CONTEXT_STRUCT = CONTEXT.build();

  private static final Struct.Builder RECORD = Struct.define("dma_channel_record");

  /** The thread that requested a channel. */
  private static final Field OWNER = RECORD.pointer("owner");

  /** The thread that started a channel, 0 while it is stopped. */
  private static final Field STARTER = RECORD.pointer("starter");

  private static final Struct RECORD_STRUCT = RECORD.build();

  private static final Struct.Builder STATUS = Struct.define("dma_status");

  static {
    STATUS.bool("busy");
    STATUS.u32("dir");
  }

  private static final Field PENDING_LENGTH = STATUS.u32("pending_length");
  private static final Field FREE = STATUS.u32("free");

  static {
    STATUS.u32("write_position");
    STATUS.u32("read_position");
    STATUS.u64("total_copied");
  }

  /** The layout of {@code struct dma_status}. */
  static final Struct STATUS_STRUCT = STATUS.build();

  private static final int DMA_MAGIC = 0x47494749;
  private static final int ATOMIC_BITS = 32;

  private final Cpu cpu;

  DmaDevice(Cpu cpu) {
    this.cpu = cpu;
  }

  /** How many bytes the data of a device with so many channels take. */
  static int bytes(int channels) {
    return CONTEXT_STRUCT.size() + channels * RECORD_STRUCT.size();
  }

  /** Makes zeroes a device with up to 32 channels, all free. */
  void init(int device, int channels) {
    cpu.store(MAGIC, device, DMA_MAGIC);
    cpu.store(DMA_CHANNELS, device, channels);
    cpu.store(ATOMIC, device, CHANNELS_ATOMIC.in(device));
  }

  /** How many channels a device has. */
  public int channels(int device) {
    return cpu.ram().load32(DMA_CHANNELS.in(device));
  }

  /** Whether a channel was given out. */
  public boolean isUsed(int device, int channel) {
    return (cpu.ram().load32(CHANNELS_ATOMIC.in(device)) & 1 << channel) != 0;
  }

  /** The thread that a channel was given to last. */
  public int owner(int device, int channel) {
    return cpu.ram().load32(OWNER.in(record(device, channel)));
  }

  /** The thread that started a channel, 0 if it is stopped. */
  public int starter(int device, int channel) {
    return cpu.ram().load32(STARTER.in(record(device, channel)));
  }

  private static int record(int device, int channel) {
    return device + CONTEXT_STRUCT.size() + channel * RECORD_STRUCT.size();
  }

  /**
   * Gives out the first channel that is free ({@code dma_request_channel}).
   *
   * @return its number, or {@code -EINVAL}
   */
  int request(int device) {
    int bitmap = cpu.load(ATOMIC, device);
    for (int channel = 0; channel < cpu.load(DMA_CHANNELS, device); channel++) {
      int bits = cpu.load32(bitmap);
      if ((bits & 1 << channel) == 0) {
        cpu.store32(bitmap, bits | 1 << channel);
        cpu.store(OWNER, record(device, channel), cpu.thread());
        return channel;
      }
    }
    return -Errno.EINVAL;
  }

  /**
   * Takes a channel back ({@code dma_release_channel}).
   *
   * @param channel compared as a signed number, but then used as an unsigned one: whoever passes a
   *     negative number makes it clear a bit somewhere from 256 to 512 MB behind the bitmap
   */
  void release(int device, int channel) {
    if (channel < cpu.load(DMA_CHANNELS, device)) {
      int word = cpu.load(ATOMIC, device) + Integer.divideUnsigned(channel, ATOMIC_BITS) * 4;
      cpu.store32(word, cpu.load32(word) & ~(1 << channel));
    }
  }

  /** Starts a channel; a driver returns {@code -EINVAL} for a number that is none. */
  int start(int device, int channel) {
    return setStarter(device, channel, cpu.thread());
  }

  /** Stops a channel; a driver returns {@code -EINVAL} for a number that is none. */
  int stop(int device, int channel) {
    return setStarter(device, channel, 0);
  }

  private int setStarter(int device, int channel, int thread) {
    if (Integer.compareUnsigned(channel, cpu.load(DMA_CHANNELS, device)) >= 0) {
      return -Errno.EINVAL;
    }
    cpu.store(STARTER, record(device, channel), thread);
    return 0;
  }

  /** Stores what a channel has done so far, as a driver does: word by word. */
  void status(int status) {
    cpu.store(PENDING_LENGTH, status, 0);
    cpu.store(FREE, status, 0);
  }
}
