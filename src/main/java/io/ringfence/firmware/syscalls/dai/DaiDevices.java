package io.ringfence.firmware.syscalls.dai;

import io.ringfence.firmware.syscalls.DeviceList;
import io.ringfence.firmware.syscalls.KernelObjects;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Struct;
import java.util.Optional;

/**
 * The DAI devices of a build, and the call that looks for one (SOF src/lib/dai.c and
 * zephyr/syscall/dai.c, 12dd726529). Their configuration lies in kernel memory.
 */
public final class DaiDevices implements DeviceList {
  private static final Struct.Builder LAYOUT = Struct.define("dai_config");
  private static final Field TYPE = LAYOUT.u32("type");
  private static final Field INDEX = LAYOUT.u32("dai_index");

  /** One device, as far as its driver tells of it. */
  private static final Struct STRUCT = LAYOUT.build();

  /** {@code SOF_DAI_INTEL_DMIC}: the one type that is asked for its receiving side only. */
  private static final int IPC_INTEL_DMIC = 2;

  private final Cpu cpu;
  private final KernelObjects objects;
  private final int array;
  private final int count;

  /**
   * Wraps devices, each of which has yet to be set up.
   *
   * @param array where they lie, {@link #bytes} in kernel memory
   */
  public DaiDevices(Cpu cpu, KernelObjects objects, int array, int count) {
    this.cpu = cpu;
    this.objects = objects;
    this.array = array;
    this.count = count;
  }

  /** How many bytes so many devices take. */
  public static int bytes(int count) {
    return count * STRUCT.size();
  }

  /** Sets a device up, and makes it a kernel object. */
  public void setUp(int index, DaiType type, int daiIndex) {
    cpu.store(TYPE, device(index), type.ordinal());
    cpu.store(INDEX, device(index), daiIndex);
    objects.add(device(index), KernelObjects.Type.DRIVER_DAI);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int device(int index) {
    return array + index * STRUCT.size();
  }

  /**
   * Looks for a device ({@code dai_get_device}). In user mode a system call, whose verifier looks
   * first and asks then: the caller is told of no device that it may not use.
   *
   * @param ipcType a number of {@code enum sof_ipc_dai_type}, checked by the call itself
   * @return the address of the device, or 0
   */
  public int get(int ipcType, int daiIndex) {
    Mode caller = cpu.raise();
    int device = find(ipcType, daiIndex);
    boolean hidden =
        caller == Mode.USER
            && device != 0
            && !objects.isValid(device, KernelObjects.Type.DRIVER_DAI);
    cpu.lower(caller);
    return hidden ? 0 : device;
  }

  private int find(int ipcType, int daiIndex) {
    Optional<DaiType> wanted = DaiType.ofIpc(ipcType);
    for (int i = 0; wanted.isPresent() && i < count; i++) {
      if (answers(device(i), ipcType == IPC_INTEL_DMIC)
          && cpu.load(TYPE, device(i)) == wanted.get().ordinal()
          && cpu.load(INDEX, device(i)) == daiIndex) {
        return device(i);
      }
    }
    return 0;
  }

  /**
   * Whether a driver tells of a device: one that only receives does not if asked for both sides.
   */
  private boolean answers(int device, boolean onlyReceives) {
    return onlyReceives || cpu.load(TYPE, device) != DaiType.INTEL_DMIC.ordinal();
  }
}
