package io.ringfence.firmware.syscalls;

import io.ringfence.firmware.KernelOops;
import io.ringfence.machine.Cpu;

/**
 * What the verifier of a system call checks its arguments with, for the thread that the processor
 * runs (Zephyr include/zephyr/internal/syscall_handler.h, kernel/userspace.c).
 *
 * <p>The checks ask the page tables of the thread's memory domain. They say nothing of what lies
 * there, or of its alignment: a check that passes is no promise that the kernel's access does.
 */
public final class SyscallVerifier {
  private final Cpu cpu;

  /** Checks for the threads of a processor. */
  public SyscallVerifier(Cpu cpu) {
    this.cpu = cpu;
  }

  /**
   * Kills the calling thread if an argument is refused ({@code K_OOPS}).
   *
   * @throws KernelOops if so
   */
  public void oopsIf(boolean refused, String why) {
    if (refused) {
      throw new KernelOops(why);
    }
  }

  /**
   * Whether the caller may read a range that does not wrap ({@code K_SYSCALL_MEMORY_READ}).
   *
   * @param bytes its length; none that the C code would take for negative
   */
  public boolean mayRead(int address, int bytes) {
    return cpu.mayRead(cpu.domain(), address, bytes);
  }

  /** Whether the caller may write a range that does not wrap ({@code K_SYSCALL_MEMORY_WRITE}). */
  public boolean mayWrite(int address, int bytes) {
    return cpu.mayWrite(cpu.domain(), address, bytes);
  }

  /**
   * Kills the caller unless it may write a range.
   *
   * @throws KernelOops if so
   */
  public void requireWritable(int address, int bytes) {
    if (!mayWrite(address, bytes)) {
      throw new KernelOops(
          String.format("the caller may not write %d bytes at 0x%08x", bytes, address));
    }
  }

  /**
   * Kills the caller unless it may read a range.
   *
   * @throws KernelOops if so
   */
  public void requireReadable(int address, int bytes) {
    if (!mayRead(address, bytes)) {
      throw new KernelOops(
          String.format("the caller may not read %d bytes at 0x%08x", bytes, address));
    }
  }

  /**
   * Copies from the caller's memory into the kernel's ({@code k_usermode_from_copy}).
   *
   * @return false, and nothing was copied, if the caller may not read it
   */
  public boolean copyFromUser(int target, int source, int bytes) {
    if (!mayRead(source, bytes)) {
      return false;
    }
    cpu.copy(target, source, bytes);
    return true;
  }
}
