package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Cpu;

/**
 * Where a task goes in the list of an LL scheduler, with the lock held: {@code
 * zephyr_ll_task_insert_unlocked()} and its siblings of SOF {@code src/schedule/zephyr_ll.c},
 * 12dd726529.
 */
final class Insertion {
  private static final int UNSIGNED = 0xffff;

  private final Cpu cpu;
  private final Design design;
  private final int limit;

  Insertion(LlPlatform platform) {
    this.cpu = platform.cpu();
    this.design = platform.design();
    this.limit = platform.config().walkLimit();
  }

  /** Whether a walk along the scheduler's list comes to a task. */
  boolean isListed(int sch, int task) {
    return isIn(ZephyrLl.TASKS.in(sch), task)
        || design.has(Fix.SCAN_RAN_TASKS) && isIn(ZephyrLl.RAN.in(sch), task);
  }

  private boolean isIn(int head, int task) {
    int node = Task.LIST.in(task);
    int steps = 0;
    int item = ListItem.next(cpu, head);
    while (item != head && item != node) {
      EndlessWalk.check(steps++ < limit);
      item = ListItem.next(cpu, item);
    }
    return item == node;
  }

  void insert(TaskSchedule.Insert where, int sch, int task, int reference) {
    boolean byPriority =
        where == TaskSchedule.Insert.BY_PRIORITY
            || design.has(Fix.CHECK_REFERENCE) && !isListed(sch, reference);
    if (where == TaskSchedule.Insert.BY_PRIORITY || design.has(Fix.REFERENCE_SETS_STATE)) {
      cpu.store(Task.STATE, task, Task.STATE_QUEUED);
    }
    int node = Task.LIST.in(task);
    if (byPriority) {
      ListItem.append(cpu, node, place(sch, task));
    } else if (where == TaskSchedule.Insert.BEFORE) {
      ListItem.append(cpu, node, Task.LIST.in(reference));
    } else {
      ListItem.prepend(cpu, node, Task.LIST.in(reference));
    }
    if (design.has(Fix.NEXT_TICK)) {
      int waits = cpu.load(ZephyrLl.CURRENT, sch) == 0 ? 0 : 1;
      cpu.store(LlPdata.RUN, cpu.load(Task.PRIV_DATA, task), waits);
    }
  }

  /** The node to go in front of; the head to go to the tail. */
  int place(int sch, int task) {
    if (design.has(Fix.NEXT_TICK) && cpu.load(ZephyrLl.CURRENT, sch) != 0) {
      int ran = ZephyrLl.RAN.in(sch);
      int place = placeIn(ran, task);
      if (place != ran) {
        return place;
      }
    }
    return placeIn(ZephyrLl.TASKS.in(sch), task);
  }

  private int placeIn(int head, int task) {
    int steps = 0;
    int item = ListItem.next(cpu, head);
    while (item != head && !precedes(task, Task.LIST.container(item))) {
      EndlessWalk.check(steps++ < limit);
      item = ListItem.next(cpu, item);
    }
    return item;
  }

  private boolean precedes(int task, int other) {
    int priority = priority(task);
    int otherPriority = priority(other);
    return priority < otherPriority
        || priority == otherPriority && design.has(Defect.FIRST_AMONG_EQUALS);
  }

  private int priority(int task) {
    int priority = cpu.load(Task.PRIORITY, task);
    return design.has(Defect.UNSIGNED_PRIORITY) ? priority & UNSIGNED : priority;
  }
}
