package io.ringfence.firmware.thread;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;

/**
 * {@code _wait_q_t}: the threads that wait for a kernel object, best priority first, and first come
 * first served among equals (Zephyr kernel/sched.c).
 */
final class WaitQueue {
  private final Cpu cpu;

  WaitQueue(Cpu cpu) {
    this.cpu = cpu;
  }

  /** A list that was only zeroed has nobody in it either. */
  boolean isEmpty(int queue) {
    return ListItem.next(cpu, queue) == 0 || ListItem.isEmpty(cpu, queue);
  }

  /** Lets a thread wait. */
  void add(int queue, int thread, int object) {
    int prio = cpu.load(KThread.PRIO, thread);
    int position = ListItem.next(cpu, queue);
    while (position != queue && cpu.load(KThread.PRIO, threadOf(position)) <= prio) {
      position = ListItem.next(cpu, position);
    }
    ListItem.append(cpu, KThread.WAIT_NODE.in(thread), position);
    cpu.store(KThread.PENDED_ON, thread, object);
    cpu.store(KThread.STATE, thread, ThreadState.PENDING.ordinal());
    swapOut(cpu, thread);
  }

  /** The processor goes to another thread, without this one's mask. */
  static void swapOut(Cpu cpu, int thread) {
    cpu.store(KThread.SWAPPED_MASK, thread, cpu.load(KThread.MASKED, thread));
    cpu.store(KThread.MASKED, thread, 0);
  }

  /** Takes the thread that is first, or 0, and lets it run. */
  int takeFirst(int queue) {
    if (isEmpty(queue)) {
      return 0;
    }
    int thread = threadOf(ListItem.next(cpu, queue));
    remove(thread);
    return thread;
  }

  /**
   * Takes a thread out of the queue that it waits in, and lets it run. The object with the queue
   * may have been freed meanwhile; the kernel writes there all the same.
   */
  void remove(int thread) {
    int node = KThread.WAIT_NODE.in(thread);
    int next = cpu.loadUntracked32(ListItem.NEXT.in(node));
    int prev = cpu.loadUntracked32(ListItem.PREV.in(node));
    cpu.storeUntracked32(ListItem.PREV.in(next), prev);
    cpu.storeUntracked32(ListItem.NEXT.in(prev), next);
    ListItem.init(cpu, node);
    cpu.store(KThread.PENDED_ON, thread, 0);
    cpu.store(KThread.STATE, thread, ThreadState.READY.ordinal());
  }

  private static int threadOf(int node) {
    return KThread.WAIT_NODE.container(node);
  }
}
