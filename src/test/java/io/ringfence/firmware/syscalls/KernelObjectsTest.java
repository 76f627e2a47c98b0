package io.ringfence.firmware.syscalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kernel object is valid for a thread if it is known, of the type, and granted to the thread. */
class KernelObjectsTest {
  private static final int CAPACITY = 3;

  private final SmallMachine machine = new SmallMachine(1, 0, 1, false);
  private final Cpu cpu = machine.cpu();
  private final KernelObjects objects =
      new KernelObjects(cpu, machine.allocateStatic(KernelObjects.tableBytes(CAPACITY)), CAPACITY);
  private final int first = machine.allocateStatic(8);
  private final int second = machine.allocateStatic(8);
  private final int device = machine.allocateStatic(8);

  @BeforeEach
  void register() {
    objects.add(first, KernelObjects.Type.THREAD);
    objects.add(second, KernelObjects.Type.THREAD);
    objects.add(device, KernelObjects.Type.DRIVER_DMA);
    objects.grant(device, second);
  }

  private boolean isValid(int thread, int object, KernelObjects.Type type) {
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, thread);
    return objects.isValid(object, type);
  }

  @Test
  void isValidOnlyForTheThreadThatItIsGrantedTo() {
    assertThat(isValid(second, device, KernelObjects.Type.DRIVER_DMA)).isTrue();
    assertThat(isValid(first, device, KernelObjects.Type.DRIVER_DMA)).isFalse();
    objects.grant(device, first);
    assertThat(isValid(first, device, KernelObjects.Type.DRIVER_DMA)).isTrue();
    assertThat(isValid(second, device, KernelObjects.Type.DRIVER_DMA)).isTrue();
  }

  @Test
  void isNotValidAsAnotherTypeOrAtAnotherAddress() {
    assertThat(isValid(second, device, KernelObjects.Type.THREAD)).isFalse();
    assertThat(isValid(second, device + 4, KernelObjects.Type.DRIVER_DMA)).isFalse();
    assertThat(isValid(second, 0, KernelObjects.Type.DRIVER_DMA)).isFalse();
  }

  @Test
  void refusesWhatItHasNoRoomForOrDoesNotKnow() {
    assertThatThrownBy(() -> objects.add(device + 8, KernelObjects.Type.THREAD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("full");
    assertThatThrownBy(() -> objects.grant(first + 4, second))
        .hasMessageContaining("no kernel object");
    assertThatThrownBy(() -> objects.grant(device, device)).hasMessageContaining("no thread");
  }
}
