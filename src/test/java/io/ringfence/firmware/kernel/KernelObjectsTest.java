package io.ringfence.firmware.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Errno;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import org.junit.jupiter.api.Test;

/** Semaphores, mutexes and events return what Zephyr's return. */
class KernelObjectsTest {
  private final SmallMachine machine = new SmallMachine(1, 0, 1, false);
  private final Cpu cpu = machine.cpu();

  private void enter(int thread) {
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, thread);
  }

  @Test
  void aSemaphoreIsGivenUpToItsLimitAndTakenDownToNothing() {
    int sem = machine.allocateStatic(Semaphore.STRUCT.size());
    Semaphore.init(cpu, sem, 0, 2);
    assertThat(Semaphore.take(cpu, sem)).isEqualTo(-Errno.EAGAIN);
    for (int i = 0; i < 3; i++) {
      Semaphore.give(cpu, sem);
    }
    assertThat(cpu.load(Semaphore.COUNT, sem)).isEqualTo(2);
    assertThat(Semaphore.take(cpu, sem)).isZero();
    assertThat(Semaphore.take(cpu, sem)).isZero();
    assertThat(Semaphore.take(cpu, sem)).isEqualTo(-Errno.EAGAIN);
  }

  @Test
  void aMutexCanBeLockedAgainByItsOwnerOnly() {
    int mutex = machine.allocateStatic(Mutex.STRUCT.size());
    Mutex.init(cpu, mutex);
    enter(0x1000);
    assertThat(Mutex.unlock(cpu, mutex)).isEqualTo(-Errno.EINVAL);
    assertThat(Mutex.lock(cpu, mutex)).isZero();
    assertThat(Mutex.lock(cpu, mutex)).isZero();
    enter(0x2000);
    assertThat(Mutex.lock(cpu, mutex)).isEqualTo(-Errno.EBUSY);
    assertThat(Mutex.unlock(cpu, mutex)).isEqualTo(-Errno.EPERM);
    enter(0x1000);
    assertThat(Mutex.unlock(cpu, mutex)).isZero();
    assertThat(cpu.load(Mutex.OWNER, mutex)).isEqualTo(0x1000);
    assertThat(Mutex.unlock(cpu, mutex)).isZero();
    enter(0x2000);
    assertThat(Mutex.lock(cpu, mutex)).isZero();
  }

  @Test
  void anEventKeepsTheBitsThatNobodyAskedFor() {
    int event = machine.allocateStatic(Event.STRUCT.size());
    Event.set(cpu, event, 0b11);
    assertThat(Event.takeBits(cpu, event, 0b01)).isEqualTo(0b01);
    assertThat(Event.takeBits(cpu, event, 0b01)).isZero();
    assertThat(cpu.load(Event.EVENTS, event)).isEqualTo(0b10);
    Event.set(cpu, event, 0b100);
    assertThat(cpu.load(Event.EVENTS, event)).as("set replaces").isEqualTo(0b100);
  }
}
