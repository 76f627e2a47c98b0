package io.ringfence.firmware.thread;

import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * {@code struct k_thread}, and what the simulated processor keeps of a thread: its stack pointer,
 * its return register and whether it masks interrupts.
 */
public final class KThread {
  private static final Struct.Builder LAYOUT = Struct.define("k_thread");

  /** The frame of a call into the generic scheduler layer; first member. */
  public static final Field GENERIC = LAYOUT.struct("generic", Threads.STRUCT);

  /** A {@link ThreadState}. */
  public static final Field STATE = LAYOUT.u32("thread_state");

  /** Priority: lower is better, negative is cooperative. */
  public static final Field PRIO = LAYOUT.s32("prio");

  /** The core that it is pinned to. */
  public static final Field CORE = LAYOUT.u32("core");

  /** Whether it runs in user mode ({@code K_USER}). */
  public static final Field USER = LAYOUT.u32("user");

  /** Its memory domain, or {@link io.ringfence.machine.MemoryDomains#NO_DOMAIN}. */
  public static final Field DOMAIN = LAYOUT.s32("mem_domain");

  /** Its bit in the permissions of kernel objects. */
  public static final Field ID = LAYOUT.u32("id");

  /** Link in the wait queue that it waits in. */
  public static final Field WAIT_NODE = LAYOUT.struct("qnode_dlist", ListItem.STRUCT);

  /** The kernel object that it waits for, or 0. */
  public static final Field PENDED_ON = LAYOUT.pointer("pended_on");

  /** Whether it masks the interrupts of its core. */
  public static final Field MASKED = LAYOUT.u32("masked");

  /** Whether it masks them as soon as it runs again: a mask belongs to who has the processor. */
  public static final Field SWAPPED_MASK = LAYOUT.u32("swap_key");

  /** Whether it stands for an interrupt handler ({@code k_is_in_isr()}). */
  public static final Field ISR = LAYOUT.u32("isr");

  /** What the routine returned that returned last. */
  public static final Field RESULT = LAYOUT.s32("result");

  /** The lowest address of its stack. */
  public static final Field STACK = LAYOUT.pointer("stack");

  /** The frame of the routine that runs, or 0. */
  public static final Field SP = LAYOUT.pointer("sp");

  /** The whole record. */
  public static final Struct STRUCT = LAYOUT.build();

  private KThread() {}

  /** What the thread is doing, as a debugger sees it. */
  public static ThreadState state(Ram ram, int thread) {
    return ThreadState.at(ram.load32(STATE.in(thread)));
  }

  /** Reads a word of the record as a debugger does. */
  public static int get(Ram ram, int thread, Field field) {
    return ram.load32(field.in(thread));
  }
}
