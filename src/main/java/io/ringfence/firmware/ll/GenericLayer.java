package io.ringfence.firmware.ll;

import io.ringfence.firmware.edf.GenericScheduler;
import io.ringfence.firmware.kernel.CallResult;
import io.ringfence.firmware.kernel.Label;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.schedule.Platform;
import io.ringfence.firmware.schedule.ScheduleCalls;
import io.ringfence.firmware.schedule.ScheduleTaskInit;
import io.ringfence.firmware.schedule.SchedulerInit;
import io.ringfence.firmware.schedule.SchedulerRegister;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import java.util.function.IntSupplier;

/**
 * The functions of the generic scheduler layer, each from its first step to its last without
 * another thread in between.
 */
final class GenericLayer implements GenericScheduler {
  private final Platform platform;
  private final Tracing tracing;
  private final Cpu cpu;
  private final Ram ram;
  private final SchedulerInit init;
  private final SchedulerRegister register;
  private final ScheduleTaskInit taskInit;
  private final ScheduleCalls calls;

  GenericLayer(Platform platform, Tracing tracing) {
    this.platform = platform;
    this.tracing = tracing;
    this.cpu = platform.cpu();
    this.ram = cpu.ram();
    this.init = new SchedulerInit(platform);
    this.register = new SchedulerRegister(platform);
    this.taskInit = new ScheduleTaskInit(platform);
    this.calls = new ScheduleCalls(platform);
  }

  ScheduleCalls calls() {
    return calls;
  }

  @Override
  public void schedulerInit(int type, int ops, int data) {
    init.i1ChooseHeap(type, ops);
    for (Label at = label(); at != Label.IDLE; at = label()) {
      switch (at) {
        case I2_VALIDATE_OPS -> init.i2ValidateOps();
        case I3_ALLOC_NODE ->
            allocate("schedule_data", type, init::i3AllocNode, () -> get(Threads.NODE));
        case I4_ZERO -> init.i4Zero();
        case I4_FILL -> init.i4Fill(data);
        case G1_PICK_SLOT -> register.g1PickSlot(cpu.core());
        case G2_ALLOC_HEAD -> allocate("sched_list", type, register::g2AllocHead, () -> slotHead());
        case G2_ZERO_HEAD -> register.g2ZeroHead();
        case G2_INIT_HEAD -> register.g2InitHead();
        default -> register.g3Append();
      }
    }
  }

  private int slotHead() {
    int array = get(Threads.HEAP) == 0 ? platform.kernelArray() : platform.userArray();
    return ram.load32(array + 4 * cpu.core());
  }

  private void allocate(String what, int type, Runnable step, IntSupplier block) {
    int heap = get(Threads.HEAP);
    int flags = "schedule_data".equals(what) ? get(Threads.FLAG) : 0;
    if (tracing.failsAllocation(what, type)) {
      platform.sofHeap().failAllocation(1);
      tracing.allocationFailed(what, type, heap);
      tracing.error("allocation failed");
      step.run();
      return;
    }
    step.run();
    tracing.allocated(what, type, block.getAsInt(), heap, flags);
  }

  @Override
  public int scheduleTaskInit(int task, int type, int priority, int run, int data, int core) {
    Threads.set(ram, cpu.thread(), Threads.PRIORITY, priority);
    Threads.set(ram, cpu.thread(), Threads.RUN, run);
    Threads.set(ram, cpu.thread(), Threads.DATA, data);
    taskInit.t1CheckType(task, type, core);
    if (label() == Label.IDLE) {
      tracing.error("invalid task type");
    }
    for (Label at = label(); at != Label.IDLE; at = label()) {
      switch (at) {
        case T2_PICK_LIST -> taskInit.t2PickList();
        case T3_CHECK_LIST -> taskInit.t3CheckList();
        case T4_WALK -> taskInit.t4Walk();
        case T5_NOT_FOUND -> {
          tracing.error("unable to bind a scheduler to the task");
          taskInit.t5NotFound();
        }
        default -> taskInit.t6Store();
      }
    }
    return result();
  }

  /** {@code scheduler_get_data(type)}. */
  int getData(int type) {
    calls.getData(type);
    return result();
  }

  private int result() {
    return ram.load32(CallResult.RET.in(platform.callResult()));
  }

  private Label label() {
    return Threads.label(ram, cpu.thread());
  }

  private int get(Field field) {
    return Threads.get(ram, cpu.thread(), field);
  }
}
