package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
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

  /** The name of the plain function. */
  static final String BY_PRIORITY = "zephyr_ll_task_schedule";

  /** The name of the function that inserts before a reference. */
  static final String BEFORE = "zephyr_ll_task_schedule_before";

  /** The name of the function that inserts after a reference. */
  static final String AFTER = "zephyr_ll_task_schedule_after";

  /** Where to insert the task. */
  enum Insert {
    BY_PRIORITY(TaskSchedule.BY_PRIORITY),
    BEFORE(TaskSchedule.BEFORE),
    AFTER(TaskSchedule.AFTER);

    private final String function;

    Insert(String function) {
      this.function = function;
    }

    String function() {
      return function;
    }
  }

  private static final Struct LAYOUT = layout("schedule");
  private static final Field SCH = LAYOUT.field("sch");
  static final Field TASK = LAYOUT.field("task");
  static final Field REFERENCE = LAYOUT.field("reference");
  private static final Field FLAGS = LAYOUT.field("flags");
  static final Field RET = LAYOUT.field("ret");
  private static final Field WARNS = LAYOUT.field("warns");

  private final LlPlatform platform;
  private final LlLock lock;
  private final Cpu cpu;
  private final Design design;
  private final Insertion insertion;
  private final Insert insert;

  TaskSchedule(LlPlatform platform, LlLock lock, Insert insert) {
    super(layout(insert.function()), At.values());
    this.platform = platform;
    this.lock = lock;
    this.cpu = platform.cpu();
    this.design = platform.design();
    this.insertion = new Insertion(platform);
    this.insert = insert;
  }

  private static Struct layout(String function) {
    Struct.Builder layout = Frame.define(function);
    layout.pointer("sch");
    layout.pointer("task");
    layout.pointer("reference");
    layout.u32("flags");
    layout.s32("ret");
    layout.u32("warns");
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
        if (pdata == 0 || cpu.load(LlPdata.FREEING, pdata) != 0 || refusesCompleted(task)) {
          refuse(frame, sch);
        } else {
          frame.go(At.S3_SCAN);
        }
      }
      case S3_SCAN -> scan(frame, sch, task);
      case S4_REQUEUE -> {
        cpu.store(Task.STATE, task, Task.STATE_QUEUED);
        unlockAndReturn(frame, sch, 0);
      }
      case S5_INSERT -> {
        insertion.insert(insert, sch, task, frame.get(REFERENCE));
        frame.go(At.S6_COUNT);
      }
      case S6_COUNT -> {
        cpu.store(ZephyrLl.N_TASKS, sch, cpu.load(ZephyrLl.N_TASKS, sch) + 1);
        lock.unlock(frame, sch, FLAGS, registersFirst() ? At.RETURN : At.S7_REGISTER);
      }
      case S7_REGISTER -> register(frame, sch, task);
      case S7_REGISTERED -> registered(frame, sch);
      case RETURN -> {
        // Only now that the lock is free.
        if (frame.get(WARNS) != 0) {
          platform.tracing().warning("task already scheduled");
        }
        frame.ret(frame.get(RET));
      }
    }
  }

  private boolean refusesCompleted(int task) {
    return design.has(Defect.REFUSES_COMPLETED) && cpu.load(Task.STATE, task) == Task.STATE_FREE;
  }

  private void refuse(Frame frame, int sch) {
    if (design.has(Defect.REFUSES_LOCKED)) {
      frame.ret(-Errno.EDEADLK);
    } else {
      unlockAndReturn(frame, sch, -Errno.EDEADLK);
    }
  }

  private void unlockAndReturn(Frame frame, int sch, int value) {
    frame.set(RET, value);
    lock.unlock(frame, sch, FLAGS, At.RETURN);
  }

  /** Is it on the list already? Tasks of a tick in progress are on another one. */
  private void scan(Frame frame, int sch, int task) {
    boolean cancelled = cpu.load(Task.STATE, task) == Task.STATE_CANCEL;
    if (insertion.isListed(sch, task)) {
      if (cancelled && !design.has(Defect.SCHEDULE_IGNORES_CANCEL) || outlivesRun(sch, task)) {
        frame.go(At.S4_REQUEUE);
      } else {
        frame.set(WARNS, 1);
        unlockAndReturn(frame, sch, 0);
      }
    } else if (cancelled) {
      frame.go(At.S4_REQUEUE);
    } else {
      frame.go(registersFirst() ? At.S7_REGISTER : At.S5_INSERT);
    }
  }

  /** Does its callback execute, which may be about to complete? */
  private boolean outlivesRun(int sch, int task) {
    return design.has(Fix.SCHEDULE_OUTLIVES_RUN) && cpu.load(ZephyrLl.CURRENT, sch) == task;
  }

  /** With this repair the domain is asked under the lock, before the task is linked. */
  private boolean registersFirst() {
    return design.has(Fix.REGISTER_FIRST);
  }

  /** {@code domain_register(sch->ll_domain, task, &schedule_ll_callback, sch)}. */
  private void register(Frame frame, int sch, int task) {
    int domain = cpu.load(ZephyrLl.LL_DOMAIN, sch);
    int ops = cpu.load(LlScheduleDomain.OPS, domain);
    if (countsFirst()) {
      Domain.count(cpu, domain, 1);
    }
    frame.call(
        cpu.load(DomainOps.DOMAIN_REGISTER, ops),
        At.S7_REGISTERED,
        domain,
        task,
        platform.kernel().function(SchedulerRun.HANDLER),
        sch);
  }

  /** With this repair a core that unregisters sees that this one is about to register. */
  private boolean countsFirst() {
    return design.has(Fix.COUNT_BEFORE_REGISTER);
  }

  private void registered(Frame frame, int sch) {
    int result = frame.result();
    boolean succeeds = result == 0;
    if (succeeds != countsFirst()) {
      Domain.count(cpu, cpu.load(ZephyrLl.LL_DOMAIN, sch), succeeds ? 1 : -1);
    }
    if (result < 0) {
      platform.tracing().error("cannot register domain");
    }
    if (!registersFirst()) {
      frame.ret(0);
    } else if (result < 0) {
      unlockAndReturn(frame, sch, result);
    } else {
      frame.go(At.S5_INSERT);
    }
  }
}
