package io.ringfence.firmware.objects;

import io.ringfence.firmware.kernel.KThread;
import io.ringfence.firmware.kernel.KThread.Life;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;

/** The threads: what became of each, and which memory domain it is in. */
public final class UserThreads {
  /** A thread. The ordinal is its index in the permissions of a kernel object. */
  public enum Name {
    /** Runs {@code main()}. */
    BOOT,
    /** The start-up code of the other core. */
    CORE1,
    /** Handles commands, in user mode. */
    IPC,
    /** The LL thread of core 0, in user mode. */
    LL0,
    /** The LL thread of core 1, in user mode. */
    LL1;

    /** Whether it is a user thread. */
    public boolean isUser() {
      return this != BOOT && this != CORE1;
    }
  }

  private final Cpu cpu;
  private final int at;

  /** Makes the threads, of which those of the kernel run. */
  UserThreads(Cpu cpu, int at) {
    this.cpu = cpu;
    this.at = at;
    for (Name name : Name.values()) {
      KThread.init(cpu, address(name), name.isUser() ? Life.NONE : Life.RUNNING);
    }
  }

  /** Size of all threads, in bytes. */
  static int bytes() {
    return Name.values().length * KThread.STRUCT.size();
  }

  /** The address of a thread. */
  public int address(Name name) {
    return at + name.ordinal() * KThread.STRUCT.size();
  }

  /** What became of a thread. */
  public Life life(Name name) {
    return KThread.life(cpu.ram(), address(name));
  }

  /** The memory domain of a thread, or {@link MemoryDomains#NO_DOMAIN}. */
  public int domain(Name name) {
    return KThread.domain(cpu.ram(), address(name));
  }

  void set(Name name, Life life) {
    KThread.setLife(cpu, address(name), life);
  }

  /** {@code k_mem_domain_add_thread}. */
  void join(Name name, int domain) {
    KThread.join(cpu, address(name), domain);
  }

  void leave(Name name) {
    join(name, MemoryDomains.NO_DOMAIN);
  }

  /** Lets the processor run a thread. */
  void run(Name name) {
    cpu.enter(name.isUser() ? Mode.USER : Mode.KERNEL, domain(name), 0, address(name));
  }
}
