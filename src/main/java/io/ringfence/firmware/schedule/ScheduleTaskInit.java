package io.ringfence.firmware.schedule;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.kernel.Label;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.machine.Cpu;

/** {@code schedule_task_init(task, ...)}: SOF {@code src/schedule/schedule.c}, 12dd726529. */
public final class ScheduleTaskInit {
  private final Platform platform;
  private final Design design;
  private final Cpu cpu;
  private final SchedulerLists lists;
  private final Frame frame;

  /** Links the function. */
  public ScheduleTaskInit(Platform platform) {
    this.platform = platform;
    this.design = platform.design();
    this.cpu = platform.cpu();
    this.lists = new SchedulerLists(platform);
    this.frame = new Frame(platform);
  }

  /** Enters the function and checks the type. */
  public void t1CheckType(int task, int type, int core) {
    if (design.has(Fix.CHECK_BINDING)) {
      cpu.store(Task.SCH, task, 0);
    }
    if (type >= SchedulerType.COUNT || (design.has(Fix.CHECK_CORE) && core >= platform.cores())) {
      frame.ret(-Errno.EINVAL, task, Threads.NONE, 0);
      return;
    }
    frame.set(Threads.TASK, task);
    frame.set(Threads.TYPE, type);
    frame.set(Threads.CORE, core);
    frame.jump(Label.T2_PICK_LIST);
  }

  /** Picks the list by the type and reads its pointer. */
  public void t2PickList() {
    int type = frame.get(Threads.TYPE);
    int core = frame.get(Threads.CORE);
    int slot = lists.slotToBind(type, core);
    if (design.has(Fix.CHECK_CURRENT_CORE)
        && lists.bindsOnCurrentCore(type)
        && core != cpu.core()) {
      fail(-Errno.EINVAL);
      return;
    }
    frame.set(Threads.LIST, cpu.load32(slot));
    frame.jump(Label.T3_CHECK_LIST);
  }

  /** Is there a list at all? */
  public void t3CheckList() {
    if (frame.get(Threads.LIST) == 0) {
      fail(-Errno.ENODEV);
      return;
    }
    frame.jump(Label.T4_WALK);
  }

  /** Unbinds the task, walks the list, and binds the task to the first scheduler of the type. */
  public void t4Walk() {
    int task = frame.get(Threads.TASK);
    cpu.store(Task.SCH, task, 0);
    int node = lists.find(frame.get(Threads.LIST), frame.get(Threads.TYPE));
    if (node != 0) {
      cpu.store(Task.SCH, task, node);
    }
    frame.set(Threads.LIST, 0);
    frame.jump(node == 0 ? Label.T5_NOT_FOUND : Label.T6_STORE);
  }

  /** No scheduler of the type. */
  public void t5NotFound() {
    fail(-Errno.ENODEV);
  }

  /** Stores the arguments. {@code list}, {@code priv_data} and two callbacks stay as they are. */
  public void t6Store() {
    int task = frame.get(Threads.TASK);
    cpu.store(Task.UID, task, 0);
    cpu.store(Task.TYPE, task, frame.get(Threads.TYPE));
    cpu.store(Task.PRIORITY, task, frame.get(Threads.PRIORITY));
    cpu.store(Task.CORE, task, frame.get(Threads.CORE));
    cpu.store(Task.FLAGS, task, 0);
    cpu.store(Task.STATE, task, Task.STATE_INIT);
    cpu.store(Task.RUN, task, frame.get(Threads.RUN));
    cpu.store(Task.DATA, task, frame.get(Threads.DATA));
    frame.ret(0, task, Threads.NONE, 0);
  }

  private void fail(int errno) {
    frame.ret(errno, frame.get(Threads.TASK), Threads.NONE, 0);
  }
}
