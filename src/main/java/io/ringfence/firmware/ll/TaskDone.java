package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code zephyr_ll_task_done(sch, task)}: SOF {@code src/schedule/zephyr_ll.c}, 12dd726529. */
final class TaskDone extends Routine {
  /** The steps, with the lock held. */
  enum At {
    D1_UNLINK,
    D2_CHECK_COUNT,
    D3_SET_FREE,
    D4_GIVE,
    D5_UNREGISTER,
    D5_UNREGISTERED
  }

  /** The name of the function. */
  static final String NAME = "zephyr_ll_task_done";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field SCH = LAYOUT.pointer("sch");
  static final Field TASK = LAYOUT.pointer("task");
  static final Field PDATA = LAYOUT.pointer("pdata");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LateUpdates late;
  private final Cpu cpu;

  TaskDone(LlPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
    this.late = new LateUpdates(platform);
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    int task = frame.get(TASK);
    switch (At.values()[frame.pc()]) {
      case D1_UNLINK -> {
        frame.set(PDATA, cpu.load(Task.PRIV_DATA, task));
        ListItem.delete(cpu, Task.LIST.in(task));
        frame.go(At.D2_CHECK_COUNT);
      }
      case D2_CHECK_COUNT -> {
        if (cpu.load(ZephyrLl.N_TASKS, sch) == 0) {
          throw new KernelPanic("task count underrun");
        }
        frame.go(At.D3_SET_FREE);
      }
      case D3_SET_FREE -> {
        cpu.store(Task.STATE, task, Task.STATE_FREE);
        frame.go(givesLast() ? At.D5_UNREGISTER : At.D4_GIVE);
      }
      case D4_GIVE -> {
        give(frame.get(PDATA));
        if (givesLast()) {
          frame.ret(0);
        } else {
          frame.go(At.D5_UNREGISTER);
        }
      }
      case D5_UNREGISTER -> unregister(frame, sch, task);
      case D5_UNREGISTERED -> {
        if (frame.result() < 0) {
          Domain.count(cpu, cpu.load(ZephyrLl.LL_DOMAIN, sch), 1);
        }
        if (givesLast()) {
          frame.go(At.D4_GIVE);
        } else {
          frame.ret(0);
        }
      }
    }
  }

  /** The end of the last task does not return, so the semaphore has to be given before. */
  private boolean givesLast() {
    return platform.design().has(Defect.GIVE_AFTER_UNREGISTER);
  }

  private void give(int pdata) {
    boolean mayLack =
        platform.design().has(Fix.PROPOSED_PDATA_AGAIN)
            || platform.design().has(Fix.PROPOSED_NO_PDATA_IS_CANCELLED);
    if (pdata == 0 && mayLack) {
      return;
    }
    if (cpu.load(LlPdata.FREEING, pdata) != 0) {
      platform.sync().give(cpu.load(LlPdata.SEM_P, pdata));
    }
  }

  /** {@code domain_unregister(sch->ll_domain, task, --sch->n_tasks)}; may not return. */
  private void unregister(Frame frame, int sch, int task) {
    int left = cpu.load(ZephyrLl.N_TASKS, sch) - 1;
    cpu.store(ZephyrLl.N_TASKS, sch, left);
    int domain = cpu.load(ZephyrLl.LL_DOMAIN, sch);
    late.beforeCall(domain);
    int ops = cpu.load(LlScheduleDomain.OPS, domain);
    frame.call(cpu.load(DomainOps.DOMAIN_UNREGISTER, ops), At.D5_UNREGISTERED, domain, task, left);
  }
}
