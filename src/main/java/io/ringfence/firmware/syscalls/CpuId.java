package io.ringfence.firmware.syscalls;

import io.ringfence.firmware.kernel.PrivilegedInstruction;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/** Which core a thread runs on (SOF zephyr/include/sof/lib/cpu.h, 12dd726529). */
public final class CpuId {
  private CpuId() {}

  /**
   * Reads the register that tells ({@code arch_proc_id}).
   *
   * @throws PrivilegedInstruction in user mode
   */
  public static int read(Cpu cpu) {
    PrivilegedInstruction.execute(cpu, "read the CPU id");
    return cpu.core();
  }

  /**
   * {@code cpu_get_id}; in user mode a system call, whose verifier has nothing to verify: there is
   * no argument, and the answer is no secret.
   */
  public static int get(Cpu cpu) {
    Mode caller = cpu.raise();
    int core = read(cpu);
    cpu.lower(caller);
    return core;
  }
}
