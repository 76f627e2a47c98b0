package io.ringfence.firmware.kernel;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/** User mode came to an instruction that only kernel mode may execute; the thread is killed. */
public final class PrivilegedInstruction extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Carries no stack trace: such stops are ordinary events of an exploration. */
  private PrivilegedInstruction(String message) {
    super(message, null, false, false);
  }

  /** Executes such an instruction. */
  public static void execute(Cpu cpu, String instruction) {
    if (cpu.mode() == Mode.USER) {
      throw new PrivilegedInstruction("user mode may not " + instruction);
    }
  }
}
