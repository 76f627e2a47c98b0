package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.syscalls.DeviceList;
import io.ringfence.firmware.syscalls.KernelObjects;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * The array of DMA controllers that {@code dma_info_get()} tells about, and the check that a
 * pointer from user space is one of them (SOF zephyr/syscall/sof_dma.c, 12dd726529).
 */
public final class SofDma implements DeviceList {
  private static final Struct.Builder LAYOUT = Struct.define("sof_dma");

  /** The heap that the channel array is from. */
  static final Field HEAP = LAYOUT.pointer("heap");

  static {
    LAYOUT.words("plat_data", 11);
    LAYOUT.u32("lock");
  }

  /** How many references there are to the controller. */
  public static final Field SREF = LAYOUT.s32("sref");

  static {
    LAYOUT.pointer("ops");
    LAYOUT.u32("num_channels_busy");
  }

  /** The array of channels, or 0. */
  public static final Field CHAN = LAYOUT.pointer("chan");

  /** The device: a kernel object of its own. */
  static final Field Z_DEV = LAYOUT.pointer("z_dev");

  static {
    LAYOUT.pointer("priv_data");
  }

  /** The layout of {@code struct sof_dma}. */
  public static final Struct STRUCT = LAYOUT.build();

  private final Cpu cpu;
  private final KernelObjects objects;
  private final Design design;
  private final int array;
  private final int count;

  /**
   * Wraps an array.
   *
   * @param array where it lies, zeroed
   * @param count how many controllers there are
   */
  public SofDma(Cpu cpu, KernelObjects objects, Design design, int array, int count) {
    this.cpu = cpu;
    this.objects = objects;
    this.design = design;
    this.array = array;
    this.count = count;
  }

  /** The address of a controller, also of one that is not there. */
  public int controller(int index) {
    return array + STRUCT.size() * index;
  }

  /** Says which device a controller is. */
  public void setDevice(int index, int device) {
    cpu.store(Z_DEV, controller(index), device);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int device(int index) {
    return deviceOf(controller(index));
  }

  /** The device of a controller. */
  int deviceOf(int dma) {
    return cpu.load(Z_DEV, dma);
  }

  /** Whether the caller may use what a pointer points to ({@code sof_dma_is_valid}). */
  boolean isValid(int dma) {
    int offset = dma - array;
    if (Integer.compareUnsigned(dma, array) < 0
        || Integer.compareUnsigned(dma, controller(count)) >= 0
        || offset % STRUCT.size() != 0) {
      return false;
    }
    return hasAccess(dma);
  }

  /** Whether the caller has permission on a controller's device ({@code sof_dma_has_access}). */
  boolean hasAccess(int dma) {
    return design.has(Defect.NO_PERMISSION_CHECK)
        || objects.isValid(deviceOf(dma), KernelObjects.Type.DRIVER_DMA);
  }
}
