package io.ringfence.firmware.ll;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Ram;
import java.util.List;
import java.util.Set;

/** A firmware with two tasks, one kernel thread and the LL thread of core 0. */
final class LlBoard {
  private static final int LL_TIMER = SchedulerType.LL_TIMER.ordinal();

  final LlFirmware firmware;
  final int client;
  private final Ram ram;

  LlBoard(boolean user) {
    Set<SchedulerType> userTypes =
        user ? Set.of(SchedulerType.LL_TIMER, SchedulerType.DP) : Set.of();
    Design design = new Design(Variant.MERGED, Set.of(), Set.of(), true, userTypes);
    this.firmware =
        new LlFirmware(
            new LlConfig(
                design,
                user,
                user,
                2,
                10,
                List.of(LL_TIMER),
                List.of(new LlConfig.ClientThread("ipc0", 0, 1, false, false)),
                List.of(new LlConfig.TaskMemory("a", false), new LlConfig.TaskMemory("b", false)),
                16,
                4),
            Tracing.NONE);
    this.ram = firmware.ram();
    this.client = firmware.thread(0);
  }

  /** Registers the scheduler and initializes both tasks; the user build makes its thread. */
  void boot() {
    check(firmware.schedulerInit(client, LL_TIMER));
    check(firmware.taskInit(client, firmware.task(0), LL_TIMER, 0, 0));
    check(firmware.taskInit(client, firmware.task(1), LL_TIMER, 0, 0));
    if (firmware.config().user()) {
      call(ScheduleOperation.INIT_CONTEXT);
      run(llThread());
    }
  }

  private static void check(int status) {
    if (status != 0) {
      throw new IllegalStateException("status " + status);
    }
  }

  void begin(ScheduleOperation operation) {
    firmware.operate(client, operation, firmware.task(0), 0);
  }

  /** A call for the first task, up to its end. */
  void call(ScheduleOperation operation) {
    begin(operation);
    run(client);
    if (!firmware.kernel().isIdle(client)) {
      throw new IllegalStateException("the call waits");
    }
  }

  /** Schedules the second task. */
  void other() {
    firmware.operate(client, ScheduleOperation.SCHEDULE, firmware.task(1), 0);
    run(client);
  }

  /** Runs a thread until it waits, ends or is in a callback. */
  void run(int thread) {
    while (KThread.state(ram, thread) == ThreadState.READY
        && !firmware.kernel().isIdle(thread)
        && !firmware.kernel().label(thread).equals("R2D_CALLBACK")) {
      firmware.kernel().step(thread);
    }
  }

  void tick() {
    run(llThread());
    firmware.expire(LL_TIMER);
    run(llThread());
  }

  boolean inCallback() {
    return firmware.kernel().label(llThread()).equals("R2D_CALLBACK");
  }

  void returnFromCallback(int result) {
    firmware.kernel().enter(llThread());
    firmware.kernel().top(llThread()).ret(result);
    run(llThread());
  }

  int llThread() {
    return ram.load32(DomainThread.LL_THREAD.in(firmware.domainThread(LL_TIMER, 0)));
  }

  boolean llThreadLives() {
    return KThread.state(ram, llThread()) != ThreadState.DEAD;
  }

  int taskState() {
    return ram.load32(Task.STATE.in(firmware.task(0)));
  }

  int tasksOnList() {
    int sch = firmware.getData(client, LL_TIMER);
    if (sch == 0) {
      int list = ram.load32(firmware.machine().address("_u_schedulers"));
      sch = ram.load32(io.ringfence.firmware.schedule.ScheduleData.DATA.in(ram.load32(list)));
    }
    return ram.load32(ZephyrLl.N_TASKS.in(sch));
  }
}
