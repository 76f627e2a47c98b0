package io.ringfence.firmware.client;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.ll.ClientCallback;
import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.LlConfig;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Ram;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * A firmware with the LL scheduler of core 0 in the kernel build, and one thread that handles
 * messages. A call of the scheduler is made to its end; while it waits for a tick, ticks come.
 *
 * <p>The callbacks of tasks are functions of {@code task->data} that return the state to go on
 * with, {@code SOF_TASK_STATE_RESCHEDULE} or {@code SOF_TASK_STATE_COMPLETED}.
 */
public final class LlClient {
  private static final int LL_TIMER = SchedulerType.LL_TIMER.ordinal();
  private static final int PREEMPTIBLE = 1;
  private static final int TICK_LIMIT = 10;
  private static final int OBJECTS = 32;
  private static final int HEAP_PAGES = 4;
  private static final int LONGEST_LIST = 16;

  private final LlFirmware ll;
  private final int ipc;

  /**
   * Boots the firmware.
   *
   * @param dynamicObjects {@code CONFIG_DYNAMIC_OBJECTS}
   */
  public LlClient(Design design, boolean dynamicObjects, Tracing tracing) {
    this.ll = new LlFirmware(config(design, dynamicObjects), tracing);
    this.ipc = ll.thread(0);
    if (ll.schedulerInit(ipc, LL_TIMER) != 0) {
      throw new IllegalStateException("no LL scheduler");
    }
  }

  private static LlConfig config(Design design, boolean dynamicObjects) {
    return new LlConfig(
        design,
        false,
        dynamicObjects,
        1,
        TICK_LIMIT,
        List.of(LL_TIMER),
        List.of(new LlConfig.ClientThread("ipc0", 0, PREEMPTIBLE, false, false)),
        List.of(),
        OBJECTS,
        HEAP_PAGES,
        Set.of(ObjectType.SEM),
        LONGEST_LIST);
  }

  /** The firmware. */
  public LlFirmware ll() {
    return ll;
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return ll.ram();
  }

  /** The processor. */
  public Cpu cpu() {
    return ll.machine().cpu();
  }

  /** The processor turns to the thread of the messages. */
  public void enter() {
    ll.kernel().enter(ipc);
  }

  /**
   * {@code schedule_task_init_ll()} for core 0.
   *
   * @param data the argument of the callback
   */
  public int taskInit(int task, int priority, int data) {
    return ll.taskInit(ipc, task, LL_TIMER, priority, 0, data);
  }

  /**
   * Calls the scheduler.
   *
   * @param callback of the tasks that run in a tick that the call waits for
   */
  public int call(ScheduleOperation operation, int task, IntUnaryOperator callback) {
    ll.operate(ipc, operation, task, 0);
    while (!ll.kernel().isIdle(ipc)) {
      if (KThread.state(ram(), ipc) == ThreadState.READY) {
        ll.kernel().step(ipc);
      } else {
        tick(callback);
      }
    }
    return KThread.get(ram(), ipc, KThread.RESULT);
  }

  /** A tick, to its end. */
  public void tick(IntUnaryOperator callback) {
    int thread = DomainThread.LL_THREAD_OBJ.in(ll.domainThread(LL_TIMER, 0));
    run(thread, callback);
    ll.expire(LL_TIMER);
    run(thread, callback);
  }

  private void run(int thread, IntUnaryOperator callback) {
    while (KThread.state(ram(), thread) == ThreadState.READY && !ll.kernel().isIdle(thread)) {
      if (isInCallback(thread)) {
        ll.kernel().enter(thread);
        int data = ll.kernel().top(thread).get(ClientCallback.DATA);
        ll.kernel().returnFrom(thread, callback.applyAsInt(data));
      } else {
        ll.kernel().step(thread);
      }
    }
  }

  private boolean isInCallback(int thread) {
    return ll.kernel().label(thread).equals(ClientCallback.At.R2D_CALLBACK.name());
  }
}
