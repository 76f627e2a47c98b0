package io.ringfence.firmware.userspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.kernel.KThread;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.syscalls.KernelObjects;
import io.ringfence.firmware.syscalls.dai.DaiDevices;
import io.ringfence.firmware.syscalls.dai.DaiType;
import io.ringfence.firmware.syscalls.dma.SofDma;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thread that is granted all devices of a kind may use these, no other, and nobody else may. */
class DeviceGrantsTest {
  private static final int DEVICES = 3;
  private static final int OBJECTS = 2 * DEVICES + 3;
  private static final KernelObjects.Type DMA = KernelObjects.Type.DRIVER_DMA;
  private static final KernelObjects.Type DAI = KernelObjects.Type.DRIVER_DAI;

  private final SmallMachine machine = new SmallMachine(1, 0, 1, false);
  private final Cpu cpu = machine.cpu();
  private final KernelObjects objects =
      new KernelObjects(cpu, machine.allocateStatic(KernelObjects.tableBytes(OBJECTS)), OBJECTS);
  private final int thread = machine.allocateStatic(KThread.STRUCT.size());
  private final int other = machine.allocateStatic(KThread.STRUCT.size());
  private final int elsewhere = machine.allocateStatic(8);
  private final DaiDevices dais =
      new DaiDevices(cpu, objects, machine.allocateStatic(DaiDevices.bytes(DEVICES)), DEVICES);
  private final SofDma dmas =
      new SofDma(
          cpu,
          objects,
          Design.merged(),
          machine.allocateStatic(DEVICES * SofDma.STRUCT.size()),
          DEVICES);

  @BeforeEach
  void register() {
    objects.add(thread, KernelObjects.Type.THREAD);
    objects.add(other, KernelObjects.Type.THREAD);
    objects.add(elsewhere, DMA);
    for (int i = 0; i < DEVICES; i++) {
      dais.setUp(i, DaiType.INTEL_SSP, i);
      int device = machine.allocateStatic(8);
      objects.add(device, DMA);
      dmas.setDevice(i, device);
    }
  }

  private int usable(int someThread, KernelObjects.Type type) {
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, someThread);
    return (int) objects.all(type).filter(object -> objects.isValid(object, type)).count();
  }

  @Test
  void grantsAllDmasOfTheArrayAndNothingElse() {
    new DeviceGrants(objects, UserBuild.LL).grantAllDmas(thread, dmas);
    assertThat(usable(thread, DMA)).isEqualTo(DEVICES);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, thread);
    assertThat(objects.isValid(elsewhere, DMA)).isFalse();
    assertThat(usable(thread, DAI)).isZero();
    assertThat(usable(other, DMA)).isZero();
  }

  @Test
  void grantsAllDaisAndNothingElse() {
    new DeviceGrants(objects, UserBuild.LL).grantAllDais(thread, dais);
    assertThat(usable(thread, DAI)).isEqualTo(DEVICES);
    assertThat(usable(thread, DMA)).isZero();
    assertThat(usable(other, DAI)).isZero();
  }

  @Test
  void isThereOnlyWhereTheLlThreadsRunInUserMode() {
    DeviceGrants modules = new DeviceGrants(objects, UserBuild.MODULES);
    assertThatThrownBy(() -> modules.grantAllDais(thread, dais))
        .hasMessageContaining("user_grant_dai_access_all");
    assertThatThrownBy(() -> modules.grantAllDmas(thread, dmas))
        .hasMessageContaining("user_grant_dma_access_all");
  }
}
