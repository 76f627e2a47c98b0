package io.ringfence.firmware.syscalls.dai;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.kernel.KThread;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.syscalls.KernelObjects;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dai_get_device()} finds a device by type and index, and hides it from strangers. */
class DaiDevicesTest {
  private static final int IPC_SSP = 1;
  private static final int IPC_DMIC = 2;
  private static final int OBJECTS = 8;
  private static final DaiType[] TYPES = {
    DaiType.INTEL_SSP, DaiType.INTEL_SSP, DaiType.INTEL_DMIC, DaiType.AMD_TDM
  };

  private final SmallMachine machine = new SmallMachine(1, 0, 1, false);
  private final Cpu cpu = machine.cpu();
  private final KernelObjects objects =
      new KernelObjects(cpu, machine.allocateStatic(KernelObjects.tableBytes(OBJECTS)), OBJECTS);
  private final int thread = machine.allocateStatic(KThread.STRUCT.size());
  private final DaiDevices dais =
      new DaiDevices(
          cpu, objects, machine.allocateStatic(DaiDevices.bytes(TYPES.length)), TYPES.length);

  @BeforeEach
  void register() {
    objects.add(thread, KernelObjects.Type.THREAD);
    for (int i = 0; i < TYPES.length; i++) {
      dais.setUp(i, TYPES[i], i);
    }
  }

  @Test
  void findsADeviceByTypeAndIndex() {
    assertThat(dais.get(IPC_SSP, 1)).isEqualTo(dais.device(1));
    assertThat(dais.get(IPC_SSP, 2)).as("that index is another type's").isZero();
    assertThat(dais.get(IPC_DMIC, 2)).isEqualTo(dais.device(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 11, 12, 13, 17})
  void severalTypesOfTheHostAreTheSameKindOfDevice(int ipcType) {
    assertThat(dais.get(ipcType, 3)).isEqualTo(dais.device(3));
  }

  @ParameterizedTest
  @CsvSource({"0", "18", "-1", "2147483647", "-2147483648"})
  void aNumberThatIsNoTypeFindsNothing(int ipcType) {
    assertThat(dais.get(ipcType, 0)).isZero();
  }

  @Test
  void userModeIsToldOnlyOfWhatItMayUse() {
    objects.grant(dais.device(0), thread);
    cpu.enter(Mode.USER, MemoryDomains.NO_DOMAIN, 0, thread);
    assertThat(dais.get(IPC_SSP, 0)).isEqualTo(dais.device(0));
    assertThat(dais.get(IPC_SSP, 1)).isZero();
    assertThat(cpu.mode()).isEqualTo(Mode.USER);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, thread);
    assertThat(dais.get(IPC_SSP, 1)).as("the kernel is not asked").isEqualTo(dais.device(1));
  }
}
