package io.ringfence.firmware.edf;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * {@code struct k_work_delayable}: a work item that is in the list of a queue, in the list of
 * timeouts, in both or in neither.
 */
public final class Work {
  /** {@code K_WORK_RUNNING}: its handler runs. */
  public static final int RUNNING = 1;

  /** {@code K_WORK_CANCELING}: it cannot be submitted until its handler has returned. */
  public static final int CANCELING = 1 << 1;

  /** {@code K_WORK_QUEUED}: it is in the list of its queue. */
  public static final int QUEUED = 1 << 2;

  /** {@code K_WORK_DELAYED}: it is in the list of timeouts. */
  public static final int DELAYED = 1 << 3;

  private static final int BUSY = RUNNING | CANCELING | QUEUED | DELAYED;

  private static final Struct.Builder LAYOUT = Struct.define("k_work_delayable");

  /** The next work item in the list of the queue. */
  public static final Field NEXT = LAYOUT.pointer("work.node.next");

  /** What the thread of the queue calls. */
  public static final Field HANDLER = LAYOUT.function("work.handler");

  /** The queue that it was submitted to last. */
  public static final Field QUEUE = LAYOUT.pointer("work.queue");

  /** The flags. */
  public static final Field FLAGS = LAYOUT.u32("work.flags");

  /** Link in the list of timeouts. */
  public static final Field TIMEOUT = LAYOUT.struct("timeout.node", ListItem.STRUCT);

  /** When it is due, in ticks. */
  public static final Field DUE = LAYOUT.u64("timeout.due");

  /** The queue that it goes to when it is due. */
  public static final Field DELAYED_QUEUE = LAYOUT.pointer("queue");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private Work() {}

  /** {@code k_work_init_delayable}: forgets its links, whether or not it is in a list. */
  static void init(Cpu cpu, int work, int handler) {
    cpu.zero(work, STRUCT.size());
    cpu.store(HANDLER, work, handler);
  }

  /** {@code k_work_delayable_busy_get}: the flags that say what it is doing. */
  static int busy(Cpu cpu, int work) {
    return cpu.load(FLAGS, work) & BUSY;
  }

  static void set(Cpu cpu, int work, int flag) {
    cpu.store(FLAGS, work, cpu.load(FLAGS, work) | flag);
  }

  static void clear(Cpu cpu, int work, int flag) {
    cpu.store(FLAGS, work, cpu.load(FLAGS, work) & ~flag);
  }

  /** When it is due, in ticks, as a debugger sees it. */
  static long due(Ram ram, int work) {
    return Ticks.peek(ram, DUE.in(work));
  }
}
