package io.ringfence.firmware.syscalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.kernel.PrivilegedInstruction;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import org.junit.jupiter.api.Test;

/** ISO-12: user mode learns its core by a system call, and cannot read the register. */
class CpuIdTest {
  private final Cpu cpu = new SmallMachine(1, 0, 1, false).cpu();

  @Test
  void aSystemCallTellsWhatTheRegisterMayNotTellUserMode() {
    cpu.enter(Mode.USER, MemoryDomains.NO_DOMAIN, 1, 0);
    assertThat(CpuId.get(cpu)).isEqualTo(1);
    assertThat(cpu.mode()).isEqualTo(Mode.USER);
    assertThatThrownBy(() -> CpuId.read(cpu)).isInstanceOf(PrivilegedInstruction.class);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 2, 0);
    assertThat(CpuId.get(cpu)).isEqualTo(2);
    assertThat(CpuId.read(cpu)).isEqualTo(2);
  }
}
