package io.ringfence.firmware.edf;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.thread.Sync;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * Zephyr's work queue with delayable work items (kernel/work.c). Each method holds the lock of work
 * items from its first to its last access, so it is atomic.
 *
 * <p>What is in the list of the queue stays there when it is scheduled again: it runs, and then
 * again when the delay is over.
 */
final class WorkQueue {
  private static final int STARTED = 1;
  private static final int BY_THE_CLOCK = 1 << 1;

  private static final Struct.Builder LAYOUT = Struct.define("k_work_q");
  private static final Field HEAD = LAYOUT.pointer("pending.head");
  private static final Field TAIL = LAYOUT.pointer("pending.tail");
  private static final Field NOTIFY_Q = LAYOUT.struct("notifyq", ListItem.STRUCT);
  private static final Field FLAGS = LAYOUT.u32("flags");

  /** {@code struct k_work_q}. */
  static final Struct STRUCT = LAYOUT.build();

  private static final Struct.Builder CANCELLER = Struct.define("z_work_canceller");
  private static final Field NODE = CANCELLER.struct("node", ListItem.STRUCT);
  private static final Field WORK = CANCELLER.pointer("work");
  private static final Field SEM = CANCELLER.struct("sem", Semaphore.STRUCT);

  /** Who waits for the end of a cancelled handler; lies on its stack. */
  static final Struct CANCELLER_STRUCT = CANCELLER.build();

  private final Cpu cpu;
  private final Sync sync;
  private final TimeoutList timeouts;
  private final int queue;
  private final int cancels;

  /**
   * Uses a queue in memory.
   *
   * @param queue where it lies
   * @param cancels the head of the list of those who wait for the end of a handler
   */
  WorkQueue(Cpu cpu, Sync sync, TimeoutList timeouts, int queue, int cancels) {
    this.cpu = cpu;
    this.sync = sync;
    this.timeouts = timeouts;
    this.queue = queue;
    this.cancels = cancels;
  }

  /**
   * {@code k_work_queue_start}, but for its thread.
   *
   * @param byTheClock whether what has no delay waits for the next tick instead of going into the
   *     list of the queue at once
   */
  void start(boolean byTheClock) {
    cpu.zero(queue, STRUCT.size());
    ListItem.init(cpu, NOTIFY_Q.in(queue));
    ListItem.init(cpu, cancels);
    cpu.store(FLAGS, queue, byTheClock ? STARTED | BY_THE_CLOCK : STARTED);
  }

  private boolean has(int flag) {
    return (cpu.load(FLAGS, queue) & flag) != 0;
  }

  /** {@code k_work_reschedule_for_queue}: {@code -EBUSY} while a cancelled handler runs. */
  int reschedule(int work, long ticks) {
    unschedule(work);
    if (ticks == Ticks.NO_WAIT && !has(BY_THE_CLOCK)) {
      return submit(work);
    }
    Work.set(cpu, work, Work.DELAYED);
    cpu.store(Work.DELAYED_QUEUE, work, queue);
    if (ticks != Ticks.FOREVER) {
      timeouts.add(work, Ticks.due(timeouts.now(), ticks));
    }
    return 1;
  }

  private void unschedule(int work) {
    if ((Work.busy(cpu, work) & Work.DELAYED) != 0) {
      Work.clear(cpu, work, Work.DELAYED);
      timeouts.remove(work);
    }
  }

  private int submit(int work) {
    int busy = Work.busy(cpu, work);
    if ((busy & Work.CANCELING) != 0) {
      return -Errno.EBUSY;
    }
    if ((busy & Work.QUEUED) != 0) {
      return 0;
    }
    if (!has(STARTED)) {
      return -Errno.ENODEV;
    }
    append(work);
    sync.wakeFirst(NOTIFY_Q.in(queue));
    Work.set(cpu, work, Work.QUEUED);
    cpu.store(Work.QUEUE, work, queue);
    return (busy & Work.RUNNING) == 0 ? 1 : 2;
  }

  private void append(int work) {
    cpu.store(Work.NEXT, work, 0);
    int tail = cpu.load(TAIL, queue);
    if (tail == 0) {
      cpu.store(HEAD, queue, work);
    } else {
      cpu.store(Work.NEXT, tail, work);
    }
    cpu.store(TAIL, queue, work);
  }

  private void remove(int work) {
    int previous = 0;
    int at = cpu.load(HEAD, queue);
    while (at != 0 && at != work) {
      previous = at;
      at = cpu.load(Work.NEXT, at);
    }
    if (at == 0) {
      return;
    }
    int next = cpu.load(Work.NEXT, work);
    if (previous == 0) {
      cpu.store(HEAD, queue, next);
    } else {
      cpu.store(Work.NEXT, previous, next);
    }
    if (cpu.load(TAIL, queue) == work) {
      cpu.store(TAIL, queue, previous);
    }
    cpu.store(Work.NEXT, work, 0);
  }

  /** {@code k_work_cancel_delayable}: what is left of its flags. */
  int cancel(int work) {
    unschedule(work);
    if ((Work.busy(cpu, work) & (Work.CANCELING | Work.QUEUED)) == Work.QUEUED) {
      Work.clear(cpu, work, Work.QUEUED);
      remove(work);
    }
    if (Work.busy(cpu, work) != 0) {
      Work.set(cpu, work, Work.CANCELING);
    }
    return Work.busy(cpu, work);
  }

  /**
   * {@code k_work_cancel_delayable_sync}: the current thread waits if the handler runs.
   *
   * @param canceller memory on its stack
   * @return whether the work item was anywhere
   */
  boolean cancelSync(int work, int canceller) {
    boolean pending = Work.busy(cpu, work) != 0;
    if (pending && (cancel(work) & Work.CANCELING) != 0) {
      cpu.store(WORK, canceller, work);
      Semaphore.init(cpu, SEM.in(canceller), 0, 1);
      ListItem.append(cpu, NODE.in(canceller), cancels);
      sync.take(SEM.in(canceller), Sync.FOREVER);
    }
    return pending;
  }

  /** Whether the work item cannot be submitted until its handler has returned. */
  boolean isCanceling(int work) {
    return (Work.busy(cpu, work) & Work.CANCELING) != 0;
  }

  /** Whether the work item is to run, or to run again. */
  boolean isPending(int work) {
    return (Work.busy(cpu, work) & (Work.QUEUED | Work.DELAYED)) != 0;
  }

  /** {@code work_timeout} for what is due first, if anything waits. */
  boolean expire() {
    int work = timeouts.takeFirst();
    if (work == 0) {
      return false;
    }
    Work.clear(cpu, work, Work.DELAYED);
    submit(work);
    return true;
  }

  // The thread of the queue.

  /** Takes the first work item; 0, and the thread waits, if there is none. */
  int take() {
    int work = cpu.load(HEAD, queue);
    if (work == 0) {
      sync.waitIn(NOTIFY_Q.in(queue), queue);
      return 0;
    }
    int next = cpu.load(Work.NEXT, work);
    cpu.store(HEAD, queue, next);
    if (cpu.load(TAIL, queue) == work) {
      cpu.store(TAIL, queue, next);
    }
    Work.set(cpu, work, Work.RUNNING);
    Work.clear(cpu, work, Work.QUEUED);
    return work;
  }

  /** The handler returned: whoever waits for that goes on. */
  void done(int work) {
    Work.clear(cpu, work, Work.RUNNING);
    if (isCanceling(work)) {
      Work.clear(cpu, work, Work.CANCELING);
      release(work);
    }
  }

  private void release(int work) {
    for (int at = ListItem.next(cpu, cancels); at != cancels; at = ListItem.next(cpu, at)) {
      int canceller = NODE.container(at);
      if (cpu.load(WORK, canceller) == work) {
        ListItem.delete(cpu, at);
        sync.give(SEM.in(canceller));
        return;
      }
    }
  }

  // What a debugger sees.

  /** The first work item in the list of a queue, or 0. */
  static int first(Cpu cpu, int queue) {
    return cpu.ram().load32(HEAD.in(queue));
  }
}
