package io.ringfence.firmware.ll;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code zephyr_ll_run(sch)}, a tick: SOF {@code src/schedule/zephyr_ll.c}, 12dd726529. */
final class SchedulerRun extends Routine {
  /** The steps. While the callback runs, its own frame is on top and the label is R2D_RETURNED. */
  enum At {
    R1_LOCK,
    R2_PICK,
    R2C_UNLOCK,
    R2D_RUN,
    R2D_RETURNED,
    R2E_LOCK,
    R2F_DECIDE,
    R3_MOVE_BACK,
    R4_UNLOCK,
    RETURN
  }

  /** The function that the domain calls in each tick. */
  static final String HANDLER = "schedule_ll_callback";

  private static final int ENDLESS = 1000;

  private static final Struct.Builder LAYOUT = Frame.define("zephyr_ll_run");
  private static final Field SCH = LAYOUT.pointer("sch");
  private static final Field TASK = LAYOUT.pointer("task");
  private static final Field PDATA = LAYOUT.pointer("pdata");
  private static final Field STATE = LAYOUT.u32("state");
  private static final Field FLAGS = LAYOUT.u32("flags");
  private static final Field TASK_HEAD = LAYOUT.struct("task_head", ListItem.STRUCT);
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlLock lock;
  private final Cpu cpu;

  SchedulerRun(LlPlatform platform, LlLock lock) {
    super(FRAME, At.values());
    this.platform = platform;
    this.lock = lock;
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    switch (At.values()[frame.pc()]) {
      case R1_LOCK -> {
        ListItem.init(cpu, frame.in(TASK_HEAD));
        lock.lock(frame, sch, FLAGS, At.R2_PICK);
      }
      case R2_PICK -> pick(frame, sch);
      case R2C_UNLOCK -> lock.unlock(frame, sch, FLAGS, At.R2D_RUN);
      case R2D_RUN -> run(frame, frame.get(TASK));
      case R2D_RETURNED -> {
        int state = frame.result();
        if (state != Task.STATE_COMPLETED && state != Task.STATE_RESCHEDULE) {
          platform.tracing().error("invalid return state");
          state = Task.STATE_RESCHEDULE;
        }
        frame.set(STATE, state);
        frame.go(platform.user() ? At.R2F_DECIDE : At.R2E_LOCK);
      }
      case R2E_LOCK -> lock.lock(frame, sch, FLAGS, At.R2F_DECIDE);
      case R2F_DECIDE -> decide(frame, sch, frame.get(TASK));
      case R3_MOVE_BACK -> {
        moveBack(frame.in(TASK_HEAD), ZephyrLl.TASKS.in(sch));
        frame.go(At.R4_UNLOCK);
      }
      case R4_UNLOCK -> lock.unlock(frame, sch, FLAGS, At.RETURN);
      case RETURN -> frame.ret(0);
    }
  }

  private void pick(Frame frame, int sch) {
    int tasks = ZephyrLl.TASKS.in(sch);
    int item = ListItem.next(cpu, tasks);
    if (ListItem.isEmpty(cpu, tasks)) {
      frame.go(At.R3_MOVE_BACK);
      return;
    }
    int task = Task.LIST.container(item);
    int pdata = cpu.load(Task.PRIV_DATA, task);
    frame.set(TASK, task);
    frame.set(PDATA, pdata);
    if (cpu.load(Task.STATE, task) == Task.STATE_CANCEL) {
      frame.call(platform.kernel().function(TaskDone.NAME), At.R2_PICK, sch, task);
      return;
    }
    cpu.store(LlPdata.RUN, pdata, 1);
    cpu.store(Task.STATE, task, Task.STATE_RUNNING);
    ListItem.delete(cpu, item);
    ListItem.append(cpu, item, frame.in(TASK_HEAD));
    // The user build keeps the lock: there, nothing else keeps the IPC thread out of the callback.
    frame.go(platform.user() ? At.R2D_RUN : At.R2C_UNLOCK);
  }

  /** {@code task_run(task)}. */
  private void run(Frame frame, int task) {
    int callback = cpu.load(Task.RUN, task);
    platform.check(callback != 0, "the task must have a callback");
    frame.call(callback, At.R2D_RETURNED, cpu.load(Task.DATA, task));
  }

  /** Goes by the private data that was loaded before the callback. */
  private void decide(Frame frame, int sch, int task) {
    boolean freeing = cpu.load(LlPdata.FREEING, frame.get(PDATA)) != 0;
    if (freeing
        || frame.get(STATE) == Task.STATE_COMPLETED
        || cpu.load(Task.STATE, task) == Task.STATE_CANCEL) {
      frame.call(platform.kernel().function(TaskDone.NAME), At.R2_PICK, sch, task);
    } else {
      frame.go(At.R2_PICK);
    }
  }

  private void moveBack(int from, int to) {
    int steps = 0;
    int item = ListItem.next(cpu, from);
    int next = ListItem.next(cpu, item);
    while (item != from) {
      ListItem.delete(cpu, item);
      ListItem.append(cpu, item, to);
      EndlessWalk.check(++steps < ENDLESS);
      item = next;
      next = ListItem.next(cpu, item);
    }
  }
}
