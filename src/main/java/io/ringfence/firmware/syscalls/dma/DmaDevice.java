package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.Errno;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A DMA device and the functions that are in front of every driver (Zephyr
 * include/zephyr/drivers/dma.h, include/zephyr/sys/atomic.h).
 *
 * <p>Beside a real driver's data there is a record for each channel of which thread requested it
 * and which one has the transfer in hand. The merged code keeps no such record: there it serves a
 * debugger only.
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

  /** The thread that decided last how a transfer goes on, 0 while the channel is stopped. */
  private static final Field DRIVER = RECORD.pointer("driver");

  /** Whether the transfer was suspended: 0 or 1. */
  private static final Field PAUSED = RECORD.u32("paused");

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

  /**
   * By number: the alignment of a buffer's address, of its size, and of what is copied, in bytes;
   * how many blocks a transfer can have ({@code enum dma_attribute_type}).
   */
  private static final List<Integer> ATTRIBUTES = List.of(128, 32, 32, DmaDriver.POOL_SIZE);

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

  /** The thread that started, suspended, resumed or reloaded a channel last, 0 if it is stopped. */
  public int driver(int device, int channel) {
    return cpu.ram().load32(DRIVER.in(record(device, channel)));
  }

  /** Whether a channel is suspended. */
  public boolean isPaused(int device, int channel) {
    return cpu.ram().load32(PAUSED.in(record(device, channel))) != 0;
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

  // What a driver does; it returns -EINVAL for a number that is none of its channels.

  /** Starts a channel. */
  int start(int device, int channel) {
    return drive(device, channel, record -> set(record, cpu.thread(), false));
  }

  /** Stops a channel. */
  int stop(int device, int channel) {
    return drive(device, channel, record -> set(record, 0, false));
  }

  /** Suspends a channel that runs. */
  int suspend(int device, int channel) {
    return drive(
        device,
        channel,
        record -> {
          if (isDriven(record) && cpu.load(PAUSED, record) == 0) {
            set(record, cpu.thread(), true);
          }
        });
  }

  /** Resumes a channel that is suspended. */
  int resume(int device, int channel) {
    return drive(
        device,
        channel,
        record -> {
          if (cpu.load(PAUSED, record) != 0) {
            set(record, cpu.thread(), false);
          }
        });
  }

  /**
   * Tells a channel that data were written or read; one that is stopped starts at the beginning.
   */
  int reload(int device, int channel) {
    return drive(
        device,
        channel,
        record -> {
          if (isDriven(record)) {
            set(record, cpu.thread(), cpu.load(PAUSED, record) != 0);
          }
        });
  }

  private int drive(int device, int channel, IntConsumer change) {
    if (Integer.compareUnsigned(channel, cpu.load(DMA_CHANNELS, device)) >= 0) {
      return -Errno.EINVAL;
    }
    change.accept(record(device, channel));
    return 0;
  }

  private boolean isDriven(int record) {
    return cpu.load(DRIVER, record) != 0;
  }

  private void set(int record, int driver, boolean paused) {
    cpu.store(DRIVER, record, driver);
    cpu.store(PAUSED, record, paused ? 1 : 0);
  }

  /**
   * Stores an attribute of the controller.
   *
   * @return 0; or {@code -EINVAL}, and nothing was stored, if there is no such attribute
   */
  int attribute(int type, int value) {
    if (Integer.compareUnsigned(type, ATTRIBUTES.size()) >= 0) {
      return -Errno.EINVAL;
    }
    cpu.store32(value, ATTRIBUTES.get(type));
    return 0;
  }

  /** Stores what a channel has done so far, as a driver does: word by word. */
  void status(int status) {
    cpu.store(PENDING_LENGTH, status, 0);
    cpu.store(FREE, status, 0);
  }
}
