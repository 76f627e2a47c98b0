package io.ringfence.firmware.edf;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.ll.ClientCallback;
import io.ringfence.firmware.ll.LlConfig;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.firmware.thread.Tracing;
import java.util.List;
import java.util.Set;

/** A firmware with the EDF scheduler, three of its tasks and one client, driven by hand. */
final class EdfBoard {
  static final int A = 0;
  static final int B = 1;
  static final int C = 2;

  final LlFirmware firmware;
  final EdfFirmware edf;
  private final Kernel kernel;
  private final int client;

  EdfBoard(boolean byTheClock) {
    this.firmware =
        new LlFirmware(
            new LlConfig(
                new Design(Variant.MERGED, Set.of(), Set.of(), true, Set.of()),
                false,
                false,
                1,
                10,
                List.of(SchedulerType.LL_TIMER.ordinal()),
                List.of(new LlConfig.ClientThread("ipc0", 0, 1, false, false)),
                List.of(
                    new LlConfig.TaskMemory("a", true),
                    new LlConfig.TaskMemory("b", true),
                    new LlConfig.TaskMemory("c", true)),
                4,
                2,
                Set.of(),
                16),
            Tracing.NONE);
    this.edf = firmware.edf();
    this.kernel = firmware.kernel();
    this.client = firmware.thread(0);
    edf.schedulerInit(client, byTheClock);
    for (int task : new int[] {A, B, C}) {
      init(task);
    }
  }

  void init(int task) {
    edf.taskInit(client, firmware.task(task), firmware.clientRun(), 0);
  }

  /** A call of the client, from its first step to its last; returns its result. */
  int call(ScheduleOperation operation, int task) {
    return call(operation, task, 0);
  }

  int call(ScheduleOperation operation, int task, int start) {
    firmware.operate(client, operation, firmware.task(task), 0, start);
    while (!kernel.isIdle(client)) {
      kernel.step(client);
    }
    return KThread.get(firmware.ram(), client, KThread.RESULT);
  }

  int schedule(int task, int start) {
    return call(ScheduleOperation.SCHEDULE, task, start);
  }

  /** Runs the queue's thread until it waits, or is in a run callback; returns the task or -1. */
  int run() {
    int thread = edf.thread();
    while (KThread.state(firmware.ram(), thread) == ThreadState.READY) {
      String label = kernel.label(thread);
      if (label.equals(ClientCallback.At.R2D_CALLBACK.name())) {
        return indexOf(kernel.top(thread).get(ClientCallback.DATA));
      }
      if (label.equals(CompletionCallback.At.E5_CALLBACK.name())) {
        kernel.enter(thread);
        kernel.top(thread).ret(0);
      } else {
        kernel.step(thread);
      }
    }
    return -1;
  }

  /** The run callback returns, and the thread goes on as with {@link #run}. */
  int returnFromRun(int state) {
    kernel.enter(edf.thread());
    kernel.top(edf.thread()).ret(state);
    return run();
  }

  int state(int task) {
    return firmware.ram().load32(Task.STATE.in(firmware.task(task)));
  }

  List<Integer> pending() {
    return edf.pending().stream().map(this::indexOf).toList();
  }

  List<Integer> delayed() {
    return edf.delayed().stream().map(this::indexOf).toList();
  }

  private int indexOf(int address) {
    for (int task : new int[] {A, B, C}) {
      if (firmware.task(task) == address) {
        return task;
      }
    }
    throw new IllegalStateException(String.format("no task is at 0x%08x", address));
  }
}
