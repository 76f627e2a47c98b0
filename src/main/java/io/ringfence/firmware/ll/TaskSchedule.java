package io.ringfence.firmware.ll;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code zephyr_ll_task_schedule(sch, task, ...)} and its siblings that insert before or after a
 * reference: SOF {@code src/schedule/zephyr_ll.c}, 12dd726529.
 */
final class TaskSchedule extends Routine {
  /** The steps; those after S1 up to the unlock have the lock. */
  enum At {
    S0_ENTER,
    S1_LOCK,
    S2_CHECK_PDATA,
    S3_SCAN,
    S4_REQUEUE,
    S5_INSERT,
    S6_COUNT,
    S7_REGISTER,
    S7_REGISTERED,
    RETURN
  }

  /** Where to insert the task. */
  enum Insert {
    BY_PRIORITY("zephyr_ll_task_schedule"),
    BEFORE("zephyr_ll_task_schedule_before"),
    AFTER("zephyr_ll_task_schedule_after");

    private final String function;

    Insert(String function) {
      this.function = function;
    }

    String function() {
      return function;
    }
  }

  private static final int ENDLESS = 1000;

  private static final Struct LAYOUT = layout("schedule");
  private static final Field SCH = LAYOUT.field("sch");
  private static final Field TASK = LAYOUT.field("task");
  private static final Field REFERENCE = LAYOUT.field("reference");
  private static final Field FLAGS = LAYOUT.field("flags");
  private static final Field RET = LAYOUT.field("ret");

  private final LlPlatform platform;
  private final LlLock lock;
  private final Cpu cpu;
  private final Insert insert;

  TaskSchedule(LlPlatform platform, LlLock lock, Insert insert) {
    super(layout(insert.function()), At.values());
    this.platform = platform;
    this.lock = lock;
    this.cpu = platform.cpu();
    this.insert = insert;
  }

  private static Struct layout(String function) {
    Struct.Builder layout = Frame.define(function);
    layout.pointer("sch");
    layout.pointer("task");
    layout.pointer("reference");
    layout.u32("flags");
    layout.s32("ret");
    return layout.build();
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    int task = frame.get(TASK);
    switch (At.values()[frame.pc()]) {
      case S0_ENTER -> {
        CoreCheck.check(platform, sch);
        frame.go(At.S1_LOCK);
      }
      case S1_LOCK -> lock.lock(frame, sch, FLAGS, At.S2_CHECK_PDATA);
      case S2_CHECK_PDATA -> {
        int pdata = cpu.load(Task.PRIV_DATA, task);
        if (pdata == 0 || cpu.load(LlPdata.FREEING, pdata) != 0) {
          unlockAndReturn(frame, sch, -Errno.EDEADLK);
        } else {
          frame.go(At.S3_SCAN);
        }
      }
      case S3_SCAN -> scan(frame, sch, task);
      case S4_REQUEUE -> {
        if (cpu.load(Task.STATE, task) == Task.STATE_CANCEL) {
          cpu.store(Task.STATE, task, Task.STATE_QUEUED);
          unlockAndReturn(frame, sch, 0);
        } else {
          frame.go(At.S5_INSERT);
        }
      }
      case S5_INSERT -> {
        insert(sch, task, frame.get(REFERENCE));
        frame.go(At.S6_COUNT);
      }
      case S6_COUNT -> {
        cpu.store(ZephyrLl.N_TASKS, sch, cpu.load(ZephyrLl.N_TASKS, sch) + 1);
        lock.unlock(frame, sch, FLAGS, At.S7_REGISTER);
      }
      case S7_REGISTER -> register(frame, sch, task);
      case S7_REGISTERED -> {
        if (frame.result() == 0) {
          Domain.count(cpu, cpu.load(ZephyrLl.LL_DOMAIN, sch), 1);
        } else if (frame.result() < 0) {
          platform.tracing().error("cannot register domain");
        }
        frame.ret(0);
      }
      case RETURN -> frame.ret(frame.get(RET));
    }
  }

  private void unlockAndReturn(Frame frame, int sch, int value) {
    frame.set(RET, value);
    lock.unlock(frame, sch, FLAGS, At.RETURN);
  }

  /** Is it on the list already? Tasks of a tick in progress are on another one. */
  private void scan(Frame frame, int sch, int task) {
    int head = ZephyrLl.TASKS.in(sch);
    int node = Task.LIST.in(task);
    int steps = 0;
    for (int item = ListItem.next(cpu, head); item != head; item = ListItem.next(cpu, item)) {
      if (item == node) {
        if (cpu.load(Task.STATE, task) == Task.STATE_CANCEL) {
          break;
        }
        platform.tracing().warning("task already scheduled");
        unlockAndReturn(frame, sch, 0);
        return;
      }
      EndlessWalk.check(++steps < ENDLESS);
    }
    frame.go(At.S4_REQUEUE);
  }

  private void insert(int sch, int task, int reference) {
    int node = Task.LIST.in(task);
    switch (insert) {
      case BY_PRIORITY -> insertByPriority(sch, task);
      case BEFORE -> ListItem.append(cpu, node, Task.LIST.in(reference));
      case AFTER -> ListItem.prepend(cpu, node, Task.LIST.in(reference));
    }
  }

  private void insertByPriority(int sch, int task) {
    cpu.store(Task.STATE, task, Task.STATE_QUEUED);
    int head = ZephyrLl.TASKS.in(sch);
    int item = ListItem.next(cpu, head);
    int steps = 0;
    while (item != head && priority(task) >= priority(Task.LIST.container(item))) {
      item = ListItem.next(cpu, item);
      EndlessWalk.check(++steps < ENDLESS);
    }
    ListItem.append(cpu, Task.LIST.in(task), item);
  }

  private int priority(int task) {
    return cpu.load(Task.PRIORITY, task);
  }

  /** {@code domain_register(sch->ll_domain, task, &schedule_ll_callback, sch)}, without lock. */
  private void register(Frame frame, int sch, int task) {
    int domain = cpu.load(ZephyrLl.LL_DOMAIN, sch);
    int ops = cpu.load(LlScheduleDomain.OPS, domain);
    frame.call(
        cpu.load(DomainOps.DOMAIN_REGISTER, ops),
        At.S7_REGISTERED,
        domain,
        task,
        platform.kernel().function(SchedulerRun.HANDLER),
        sch);
  }
}
