package io.ringfence.firmware.kernel;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/** {@code struct k_thread}, as far as memory protection asks for it. */
public final class KThread {
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
  private static final Field STATE = LAYOUT.u32("base.thread_state");
  private static final Field STACK = LAYOUT.pointer("stack_info.start");

  /** Its node in the list of those that are members of the same domain. */
  static final Field DOMAIN_NODE =
      LAYOUT.struct("mem_domain_info.thread_mem_domain_node", ListItem.STRUCT);

  private static final Field MEM_DOMAIN = LAYOUT.s32("mem_domain_info.mem_domain");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private KThread() {}

  /** Makes a thread that runs on no stack that anybody asks for, and is in no memory domain. */
  public static void init(Cpu cpu, int thread, Life life) {
    setLife(cpu, thread, life);
    setStack(cpu, thread, 0);
    join(cpu, thread, MemoryDomains.NO_DOMAIN);
  }

  /** What became of a thread. */
  public static Life life(Ram ram, int thread) {
    return Life.values()[ram.load32(STATE.in(thread))];
  }

  /** Says what became of a thread. */
  public static void setLife(Cpu cpu, int thread, Life life) {
    cpu.store(STATE, thread, life.ordinal());
  }

  /** The stack that a thread was created with, also after its end. */
  public static int stack(Ram ram, int thread) {
    return ram.load32(STACK.in(thread));
  }

  /** Says which stack a thread is created with. */
  public static void setStack(Cpu cpu, int thread, int stack) {
    cpu.store(STACK, thread, stack);
  }

  /** The memory domain of a thread, or {@link MemoryDomains#NO_DOMAIN}. */
  public static int domain(Ram ram, int thread) {
    return ram.load32(MEM_DOMAIN.in(thread));
  }

  /** Lets a thread run in a memory domain. */
  public static void join(Cpu cpu, int thread, int domain) {
    cpu.store(MEM_DOMAIN, thread, domain);
  }
}
