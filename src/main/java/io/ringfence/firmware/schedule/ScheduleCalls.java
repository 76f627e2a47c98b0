package io.ringfence.firmware.schedule;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelAssert;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/**
 * The inline functions of SOF {@code sof/schedule/schedule.h} at 12dd726529: {@code
 * scheduler_get_data()} and the wrappers around the operations. Each runs as one step.
 */
public final class ScheduleCalls {
  private final Platform platform;
  private final Design design;
  private final Cpu cpu;
  private final SchedulerLists lists;
  private final Frame frame;

  /** Links the functions. */
  public ScheduleCalls(Platform platform) {
    this.platform = platform;
    this.design = platform.design();
    this.cpu = platform.cpu();
    this.lists = new SchedulerLists(platform);
    this.frame = new Frame(platform);
  }

  /** {@code scheduler_get_data(type)}: upstream knows the kernel list only. */
  public void getData(int type) {
    int head = cpu.load32(lists.slotToLookUp(type));
    int node = head == 0 ? 0 : lists.find(head, type);
    int data = node == 0 ? 0 : cpu.load(ScheduleData.DATA, node);
    frame.ret(data, 0, type, 0);
  }

  /** {@code schedule_task(task, ...)} or one of its siblings. */
  public void operate(ScheduleOperation operation, int task) {
    ScheduleTarget target = resolve(operation, task);
    if (target.isCall()) {
      int result = call(target.function(), target.data(), task);
      frame.ret(result, task, Threads.NONE, target.sch());
    } else if (target.sch() == 0) {
      frame.ret(target.result());
    } else {
      frame.ret(target.result(), task, Threads.NONE, target.sch());
    }
  }

  /** What a wrapper does up to the call of the scheduler's operation. */
  public ScheduleTarget resolve(ScheduleOperation operation, int task) {
    if (task == 0) {
      switch (operation) {
        case INIT_CONTEXT -> check(false, "the task must be bound to a scheduler");
        case RUNNING, RESCHEDULE -> check(false, "there must be a task");
        default -> {
          return ScheduleTarget.result(-Errno.EINVAL, 0);
        }
      }
    }
    int sch = cpu.load(Task.SCH, task);
    if (design.has(Defect.LOOKUP_PER_OPERATION)) {
      int type = cpu.load(Task.TYPE, task);
      int head = cpu.load32(lists.slotToOperate(type));
      sch = head == 0 ? 0 : lists.find(head, type);
      if (sch == 0) {
        return ScheduleTarget.result(operation.checked() ? -Errno.EINVAL : -Errno.ENODEV, 0);
      }
    }
    if (sch == 0 && (operation.checked() || design.has(Fix.CHECK_BINDING))) {
      return ScheduleTarget.result(-Errno.EINVAL, 0);
    }
    if (operation == ScheduleOperation.INIT_CONTEXT) {
      check(sch != 0, "the task must be bound to a scheduler");
    }
    return through(sch, operation);
  }

  private ScheduleTarget through(int sch, ScheduleOperation operation) {
    int ops = cpu.load(ScheduleData.OPS, sch);
    int function = cpu.load(operation.function(), ops);
    if (function == 0) {
      switch (operation.absent()) {
        case RETURNS_ZERO -> {
          return ScheduleTarget.result(0, sch);
        }
        case SCHEDULES -> function = cpu.load(SchedulerOps.SCHEDULE_TASK, ops);
        case NEVER -> {
          // A call through NULL faults.
        }
      }
    }
    return ScheduleTarget.call(function, cpu.load(ScheduleData.DATA, sch), sch);
  }

  /** A user thread may run what it likes in memory that is executable for it. */
  private int call(int function, int data, int task) {
    if (cpu.mode() == Mode.USER
        && platform.functions().at(function) == null
        && cpu.domains().allows(cpu.domain(), function, 1, Access.EXECUTE)) {
      return 0;
    }
    return cpu.fetch(platform.functions(), function).call(cpu, data, task);
  }

  private void check(boolean condition, String message) {
    if (!condition && design.asserts()) {
      throw new KernelAssert(message);
    }
  }
}
