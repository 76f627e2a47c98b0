package io.ringfence.firmware.component;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Cpu;
import java.util.function.IntUnaryOperator;

/**
 * What the core of a component does with it for the pipeline of another core: {@code idc_prepare()}
 * and {@code comp_task()}, SOF {@code src/idc/idc.c}, and {@code comp_trigger_local()}, {@code
 * comp_reset()} and {@code comp_free()}, {@code src/include/sof/audio/component_ext.h}, 12dd726529.
 */
final class ComponentCalls {
  /** {@code dev->priority} of a component that no pipeline gave another. */
  private static final int PRIORITY = 0;

  private final Design design;
  private final ComponentBoard board;
  private final ComponentDriver driver;
  private final Cpu cpu;

  ComponentCalls(Design design, ComponentBoard board, boolean module) {
    this.design = design;
    this.board = board;
    this.cpu = board.cpu();
    this.driver =
        module
            ? new ModuleAdapter(
                design, cpu, board.heap(), task -> schedule(ScheduleOperation.FREE, task))
            : new NativeDriver(cpu, board.heap());
  }

  /** {@code comp_new()}. */
  int create() {
    return driver.create();
  }

  /** {@code idc_prepare()}. */
  int prepare(int dev, Failing failing) {
    if (cpu.load(CompDev.TASK, dev) == 0) {
      int made = makeTask(dev, failing);
      if (made < 0) {
        return made;
      }
    }
    if (failing == Failing.COMPONENT) {
      return -Errno.EINVAL;
    }
    driver.prepare(dev);
    return 0;
  }

  private int makeTask(int dev, Failing failing) {
    board.heap().failAllocation(failing == Failing.TASK ? 1 : 0);
    int task = board.allocTask();
    cpu.store(CompDev.TASK, dev, task);
    if (task == 0) {
      return -Errno.ENOMEM;
    }
    cpu.zero(task, Task.STRUCT.size());
    board.failPrivateData(failing == Failing.PRIVATE_DATA);
    int ret = board.client().taskInit(task, PRIORITY, dev);
    if (ret < 0) {
      board.freeTask(task);
      cpu.store(CompDev.TASK, dev, 0);
    }
    return ret;
  }

  /** {@code comp_task(data)}. */
  private int run(int data, boolean error) {
    cpu.load(CompDev.CORE, data);
    driver.copy(data);
    return error ? Task.STATE_COMPLETED : Task.STATE_RESCHEDULE;
  }

  /** The callback of tasks, for a tick. */
  IntUnaryOperator callback(boolean error) {
    return data -> run(data, error);
  }

  private int schedule(ScheduleOperation operation, int task) {
    return board.client().call(operation, task, callback(false));
  }

  /** {@code comp_trigger_local(dev, COMP_TRIGGER_START)}. */
  int start(int dev) {
    cpu.store(CompDev.STATE, dev, CompDev.STATE_ACTIVE);
    int task = cpu.load(CompDev.TASK, dev);
    return task == 0 ? 0 : schedule(ScheduleOperation.SCHEDULE, task);
  }

  /** {@code comp_trigger_local(dev, COMP_TRIGGER_STOP)}. */
  void stop(int dev) {
    cpu.store(CompDev.STATE, dev, CompDev.STATE_PREPARE);
  }

  /** {@code comp_reset(dev)}. */
  void reset(int dev) {
    int task = cpu.load(CompDev.TASK, dev);
    if (task != 0 && design.has(Fix.RESET_CANCELS_TASK)) {
      schedule(ScheduleOperation.CANCEL, task);
    }
    driver.reset(dev);
  }

  /** {@code comp_free(dev)}. */
  void free(int dev) {
    int task = cpu.load(CompDev.TASK, dev);
    if (task != 0 && design.has(Fix.FREE_TASK_OF_COMPONENT)) {
      schedule(ScheduleOperation.FREE, task);
      board.freeTask(task);
      cpu.store(CompDev.TASK, dev, 0);
    }
    driver.free(dev);
  }
}
