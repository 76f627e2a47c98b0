package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;
import java.util.EnumSet;
import java.util.Set;

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

  /** The name of the function. */
  static final String NAME = "zephyr_ll_run";

  /** The function that the domain calls in each tick. */
  static final String HANDLER = "schedule_ll_callback";

  private static final Set<Fix> NEED_CURRENT =
      EnumSet.of(
          Fix.FREE_CAN_FAIL,
          Fix.KNOW_CURRENT_TASK,
          Fix.REFUSE_OWN_FREE,
          Fix.SCHEDULE_OUTLIVES_RUN,
          Fix.NEXT_TICK);

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field SCH = LAYOUT.pointer("sch");
  static final Field TASK = LAYOUT.pointer("task");
  static final Field PDATA = LAYOUT.pointer("pdata");
  static final Field STATE = LAYOUT.u32("state");
  private static final Field FLAGS = LAYOUT.u32("flags");
  static final Field CURSOR = LAYOUT.pointer("list");
  static final Field TASK_HEAD = LAYOUT.struct("task_head", ListItem.STRUCT);
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlLock lock;
  private final Cpu cpu;
  private final Design design;
  private final Insertion insertion;
  private final boolean knowsCurrent;

  /** With B-25 the cursor is the head of the list to take tasks from. */
  private final boolean allMovedFirst;

  SchedulerRun(LlPlatform platform, LlLock lock) {
    super(FRAME, At.values());
    this.platform = platform;
    this.lock = lock;
    this.cpu = platform.cpu();
    this.design = platform.design();
    this.insertion = new Insertion(platform);
    this.allMovedFirst = design.has(Defect.ALL_MOVED_FIRST);
    this.knowsCurrent = knowsCurrent(design);
  }

  /** Whether the scheduler records whose callback executes. */
  static boolean knowsCurrent(Design design) {
    return NEED_CURRENT.stream().anyMatch(design::has);
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    switch (At.values()[frame.pc()]) {
      case R1_LOCK -> {
        if (!design.has(Fix.SCAN_RAN_TASKS)) {
          ListItem.init(cpu, frame.in(TASK_HEAD));
        }
        if (design.has(Defect.CURSOR)) {
          frame.set(CURSOR, ListItem.next(cpu, ZephyrLl.TASKS.in(sch)));
        } else if (allMovedFirst) {
          frame.set(CURSOR, ZephyrLl.TASKS.in(sch));
        }
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
        frame.go(dropsLock() ? At.R2E_LOCK : At.R2F_DECIDE);
      }
      case R2E_LOCK -> {
        if (design.has(Defect.UNLOCKED_AFTER_RUN)) {
          frame.go(At.R2F_DECIDE);
        } else {
          lock.lock(frame, sch, FLAGS, At.R2F_DECIDE);
        }
      }
      case R2F_DECIDE -> decide(frame, sch, frame.get(TASK));
      case R3_MOVE_BACK -> {
        if (!design.has(Defect.LOSES_RAN_TASKS)) {
          moveBack(ran(frame, sch), ZephyrLl.TASKS.in(sch));
        }
        frame.go(At.R4_UNLOCK);
      }
      case R4_UNLOCK -> lock.unlock(frame, sch, FLAGS, At.RETURN);
      case RETURN -> frame.ret(0);
    }
  }

  /** The head of the list of the tasks that ran in this tick. */
  private int ran(Frame frame, int sch) {
    return design.has(Fix.SCAN_RAN_TASKS) ? ZephyrLl.RAN.in(sch) : frame.in(TASK_HEAD);
  }

  /** The user build keeps the lock: nothing else keeps the IPC thread out of a callback. */
  private boolean dropsLock() {
    return !platform.user() || design.has(Defect.USER_DROPS_LOCK);
  }

  private void pick(Frame frame, int sch) {
    int tasks = ZephyrLl.TASKS.in(sch);
    boolean cursor = design.has(Defect.CURSOR);
    int head = allMovedFirst ? frame.get(CURSOR) : tasks;
    boolean moves = allMovedFirst && head == tasks;
    int item = cursor ? frame.get(CURSOR) : ListItem.next(cpu, head);
    if (item == head) {
      if (moves) {
        frame.set(CURSOR, ran(frame, sch));
      } else {
        frame.go(cursor || allMovedFirst ? At.R4_UNLOCK : At.R3_MOVE_BACK);
      }
      return;
    }
    int task = Task.LIST.container(item);
    int pdata = cpu.load(Task.PRIV_DATA, task);
    if (cpu.load(Task.STATE, task) == Task.STATE_CANCEL
        || pdata == 0 && design.has(Fix.PROPOSED_NO_PDATA_IS_CANCELLED)) {
      if (cursor) {
        frame.set(CURSOR, ListItem.next(cpu, item));
      }
      frame.call(platform.kernel().function(TaskDone.NAME), At.R2_PICK, sch, task);
      return;
    }
    if (moves || design.has(Fix.NEXT_TICK) && cpu.load(LlPdata.RUN, pdata) != 0) {
      // With the repair: it was scheduled in this tick, and its turn is the next one.
      ListItem.delete(cpu, item);
      ListItem.append(cpu, item, ran(frame, sch));
      return;
    }
    start(frame, sch, task, pdata);
  }

  private void start(Frame frame, int sch, int task, int pdata) {
    frame.set(TASK, task);
    frame.set(PDATA, pdata);
    cpu.store(LlPdata.RUN, pdata, 1);
    cpu.store(Task.STATE, task, Task.STATE_RUNNING);
    if (knowsCurrent) {
      cpu.store(ZephyrLl.CURRENT, sch, task);
    }
    if (!design.has(Defect.CURSOR) && !allMovedFirst) {
      ListItem.delete(cpu, Task.LIST.in(task));
      ListItem.append(cpu, Task.LIST.in(task), ran(frame, sch));
    }
    frame.go(dropsLock() ? At.R2C_UNLOCK : At.R2D_RUN);
  }

  /** {@code task_run(task)}. */
  private void run(Frame frame, int task) {
    int callback = cpu.load(Task.RUN, task);
    platform.check(callback != 0, "the task must have a callback");
    frame.call(callback, At.R2D_RETURNED, cpu.load(Task.DATA, task));
  }

  /** Goes by the private data that was loaded before the callback. */
  private void decide(Frame frame, int sch, int task) {
    boolean again = design.has(Fix.PROPOSED_PDATA_AGAIN);
    int pdata = again ? cpu.load(Task.PRIV_DATA, task) : frame.get(PDATA);
    boolean gone = again && pdata == 0;
    boolean freeing = !gone && cpu.load(LlPdata.FREEING, pdata) != 0;
    boolean done = gone || freeing || isDone(frame.get(STATE), cpu.load(Task.STATE, task));
    if (knowsCurrent) {
      cpu.store(ZephyrLl.CURRENT, sch, 0);
    }
    if (design.has(Defect.CURSOR)) {
      frame.set(CURSOR, ListItem.next(cpu, Task.LIST.in(task)));
    }
    if (done) {
      frame.call(platform.kernel().function(TaskDone.NAME), At.R2_PICK, sch, task);
    } else {
      if (allMovedFirst) {
        ListItem.delete(cpu, Task.LIST.in(task));
        ListItem.append(cpu, Task.LIST.in(task), insertion.place(sch, task));
      }
      frame.go(At.R2_PICK);
    }
  }

  private boolean isDone(int returned, int state) {
    boolean stays = design.has(Fix.SCHEDULE_OUTLIVES_RUN) && state == Task.STATE_QUEUED;
    return returned == Task.STATE_COMPLETED && !stays || state == Task.STATE_CANCEL;
  }

  private void moveBack(int from, int to) {
    int steps = 0;
    int item = ListItem.next(cpu, from);
    int next = ListItem.next(cpu, item);
    while (item != from) {
      EndlessWalk.check(steps++ < platform.config().walkLimit());
      if (design.has(Fix.NEXT_TICK)) {
        cpu.store(LlPdata.RUN, cpu.load(Task.PRIV_DATA, Task.LIST.container(item)), 0);
      }
      ListItem.delete(cpu, item);
      ListItem.append(cpu, item, to);
      item = next;
      next = ListItem.next(cpu, item);
    }
  }
}
