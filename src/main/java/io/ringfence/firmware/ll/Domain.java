package io.ringfence.firmware.ll;

import io.ringfence.machine.Cpu;

/** What the inline functions of SOF {@code ll_schedule_domain.h} at 12dd726529 count. */
public final class Domain {
  private Domain() {}

  /** {@code atomic_add(&domain->total_num_tasks, change)}. */
  public static void count(Cpu cpu, int domain, int change) {
    cpu.store(
        LlScheduleDomain.TOTAL_NUM_TASKS,
        domain,
        cpu.load(LlScheduleDomain.TOTAL_NUM_TASKS, domain) + change);
  }
}
