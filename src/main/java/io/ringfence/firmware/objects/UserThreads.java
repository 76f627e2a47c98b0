package io.ringfence.firmware.objects;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Struct;

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
    LL1
  }

  /** What became of a thread. The ordinal is what lies in RAM. */
  public enum Life {
    /** It was not created. */
    NONE,
    /** It was created and not started. */
    CREATED,
    /** It was started. */
    RUNNING,
    /** It ended, or was killed. */
    ENDED
  }

  private static final Struct.Builder LAYOUT = Struct.define("k_thread");
  private static final Field STATE = LAYOUT.u32("thread_state");
  private static final Field MEM_DOMAIN = LAYOUT.s32("mem_domain");

  /** One thread. */
  public static final Struct STRUCT = LAYOUT.build();

  private final Cpu cpu;
  private final int at;

  /** Makes the threads, of which those of the kernel run. */
  UserThreads(Cpu cpu, int at) {
    this.cpu = cpu;
    this.at = at;
    for (Name name : Name.values()) {
      set(name, name == Name.BOOT || name == Name.CORE1 ? Life.RUNNING : Life.NONE);
      leave(name);
    }
  }

  /** Size of all threads, in bytes. */
  static int bytes() {
    return Name.values().length * STRUCT.size();
  }

  /** The address of a thread. */
  public int address(Name name) {
    return at + name.ordinal() * STRUCT.size();
  }

  /** What became of a thread. */
  public Life life(Name name) {
    return Life.values()[cpu.ram().load32(STATE.in(address(name)))];
  }

  /** The memory domain of a thread, or {@link MemoryDomains#NO_DOMAIN}. */
  public int domain(Name name) {
    return cpu.ram().load32(MEM_DOMAIN.in(address(name)));
  }

  void set(Name name, Life life) {
    cpu.store(STATE, address(name), life.ordinal());
  }

  /** {@code k_mem_domain_add_thread}. */
  void join(Name name, int domain) {
    cpu.store(MEM_DOMAIN, address(name), domain);
  }

  void leave(Name name) {
    join(name, MemoryDomains.NO_DOMAIN);
  }

  /** Lets the processor run a thread. */
  void run(Name name) {
    boolean kernel = name == Name.BOOT || name == Name.CORE1;
    cpu.enter(kernel ? Mode.KERNEL : Mode.USER, domain(name), 0, address(name));
  }
}
