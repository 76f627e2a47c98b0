package io.ringfence.firmware.tasks;

import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Cpu;

/**
 * The semaphores of the DP scheduler: {@code dp_lock}, one for each CPU that there can be (SOF
 * src/schedule/zephyr_dp_schedule.c, 12dd726529), and {@code dp_sync}, one for each core that is
 * configured (zephyr_dp_schedule_application.c). The linker sorts static kernel objects by name, so
 * that {@code dp_sync} lies behind {@code dp_lock}, and another object of the kernel behind that.
 * No index is checked.
 */
final class DpSemaphores {
  private static final int BYTES = TaskRecords.SEMAPHORE.size();

  private final Cpu cpu;
  private final int locks;
  private final int syncs;
  private final KernelObject behind;

  /**
   * Makes the semaphores: each lock free, no thread started.
   *
   * @param cpuCount {@code CONFIG_MP_MAX_NUM_CPUS}
   * @param coreCount {@code CONFIG_CORE_COUNT}
   */
  DpSemaphores(SmallMachine machine, int cpuCount, int coreCount) {
    this.cpu = machine.cpu();
    this.locks = machine.allocateStatic(BYTES * (cpuCount + coreCount) + KernelObject.BYTES);
    this.syncs = locks + BYTES * cpuCount;
    this.behind = KernelObject.at(cpu, sync(coreCount));
    for (int core = 0; core < cpuCount; core++) {
      cpu.store(TaskRecords.COUNT, lock(core), 1);
    }
  }

  /** The object behind them. */
  KernelObject behind() {
    return behind;
  }

  /** The address of an element of {@code dp_lock}, in range or not. */
  int lock(int core) {
    return locks + core * BYTES;
  }

  /** The address of an element of {@code dp_sync}, in range or not. */
  int sync(int core) {
    return syncs + core * BYTES;
  }

  /** {@code k_sem_take} of what is there now: false if the count is 0. */
  boolean take(int semaphore) {
    int count = cpu.load(TaskRecords.COUNT, semaphore);
    if (count == 0) {
      return false;
    }
    cpu.store(TaskRecords.COUNT, semaphore, count - 1);
    return true;
  }

  /** {@code k_sem_give}. */
  void give(int semaphore) {
    cpu.store(TaskRecords.COUNT, semaphore, cpu.load(TaskRecords.COUNT, semaphore) + 1);
  }

  /** Whether a debugger sees a semaphore whose count is 0. */
  boolean isTaken(int semaphore) {
    return cpu.ram().load32(TaskRecords.COUNT.in(semaphore)) == 0;
  }
}
