package io.ringfence.firmware.thread;

import io.ringfence.machine.Ram;

/**
 * Which threads of a set may take the next step.
 *
 * <p>A thread that masks the interrupts of its core is alone on it. Beyond that, either any ready
 * thread may run, or each core runs as Zephyr schedules it: a cooperative thread keeps the
 * processor as long as it is ready.
 */
public final class Dispatch {
  /** How a core chooses among the threads that are ready. */
  public enum Discipline {
    /** One processor that a cooperative thread keeps until it waits. */
    UP_COOP,
    /** One processor that goes to the best priority at once. */
    UP,
    /** Any thread may be next. */
    SMP
  }

  private final Ram ram;
  private final Discipline discipline;

  /** Chooses by a discipline. */
  public Dispatch(Ram ram, Discipline discipline) {
    this.ram = ram;
    this.discipline = discipline;
  }

  /**
   * Whether a thread may take a step now.
   *
   * @param all the addresses of all threads, 0 for one that was not made
   */
  public boolean mayRun(int thread, int[] all) {
    if (!isReady(thread)) {
      return false;
    }
    boolean masks = masks(thread);
    for (int other : all) {
      if (other != 0 && other != thread && sameCore(thread, other)) {
        if (masks(other) || !masks && isReady(other) && keepsProcessor(other, thread)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a thread masks its core; one that died may, too (B-27). */
  public boolean masks(int thread) {
    return KThread.get(ram, thread, KThread.MASKED) != 0;
  }

  private boolean keepsProcessor(int other, int thread) {
    int prio = KThread.get(ram, other, KThread.PRIO);
    boolean preempts = discipline == Discipline.UP || discipline == Discipline.UP_COOP && prio < 0;
    return preempts
        && KThread.get(ram, other, KThread.SP) != 0
        && prio < KThread.get(ram, thread, KThread.PRIO);
  }

  private boolean isReady(int thread) {
    return KThread.state(ram, thread) == ThreadState.READY;
  }

  private boolean sameCore(int a, int b) {
    return KThread.get(ram, a, KThread.CORE) == KThread.get(ram, b, KThread.CORE);
  }
}
