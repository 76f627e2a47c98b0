package io.ringfence.firmware.edf;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;

/** The list of what waits for its time, earliest first (Zephyr kernel/timeout.c). */
final class TimeoutList {
  private final Cpu cpu;
  private final int head;
  private final int uptime;

  /**
   * Uses a list in memory.
   *
   * @param head its head
   * @param uptime where the time lies, in ticks
   */
  TimeoutList(Cpu cpu, int head, int uptime) {
    this.cpu = cpu;
    this.head = head;
    this.uptime = uptime;
  }

  void init() {
    ListItem.init(cpu, head);
  }

  /** {@code k_uptime_ticks}. */
  long now() {
    return Ticks.load(cpu, uptime);
  }

  /** Behind whatever is due no later. */
  void add(int work, long due) {
    int position = ListItem.next(cpu, head);
    while (position != head
        && Ticks.load(cpu, Work.DUE.in(Work.TIMEOUT.container(position))) <= due) {
      position = ListItem.next(cpu, position);
    }
    Ticks.store(cpu, Work.DUE.in(work), due);
    ListItem.append(cpu, Work.TIMEOUT.in(work), position);
  }

  void remove(int work) {
    ListItem.delete(cpu, Work.TIMEOUT.in(work));
  }

  /** Takes what is due first, and lets the time pass until then; 0 if nothing waits. */
  int takeFirst() {
    if (ListItem.isEmpty(cpu, head)) {
      return 0;
    }
    int work = Work.TIMEOUT.container(ListItem.next(cpu, head));
    long due = Ticks.load(cpu, Work.DUE.in(work));
    remove(work);
    Ticks.store(cpu, uptime, Math.max(now(), due));
    return work;
  }
}
