package io.ringfence.binding.ll;

import io.ringfence.binding.Outcome;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.kernel.EndlessLoop;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.ll.ClientSection;
import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.Halt;
import io.ringfence.firmware.ll.InvalidFree;
import io.ringfence.firmware.ll.KTimer;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.LlView;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Dispatch;
import io.ringfence.firmware.thread.Dispatch.Discipline;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Mark;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import java.util.Arrays;

/**
 * Takes the firmware from one label of the spec to the next. Labels that the spec does not have are
 * parts of the step before them.
 */
final class LlStepper {
  private static final int UNLOCK = LlLabels.number("K_Unlock");
  private static final int TICK = LlLabels.number("L1_Handler");
  private static final int PICK = LlLabels.number("R2_Pick");
  private static final int AFTER_WAIT = LlLabels.number("F7_Lock");
  private static final int LL_TIMER = SchedulerType.LL_TIMER.ordinal();
  private static final String NOT_THERE = "the thread is not at this label, or may not run";

  private final LlModel model;
  private final LlFirmware firmware;
  private final LlTrace trace;
  private final Kernel kernel;
  private final Ram ram;
  private final Dispatch dispatch;
  private final LlLabels labels;
  private final int scheduler;
  private final int halt;
  private final int domainThread;
  private final int[] threads;
  private String lastFault = "";

  LlStepper(LlModel model, LlFirmware firmware, LlTrace trace, int scheduler) {
    this.model = model;
    this.firmware = firmware;
    this.trace = trace;
    this.kernel = firmware.kernel();
    this.ram = firmware.ram();
    this.dispatch = new Dispatch(ram, model.discipline());
    this.labels = new LlLabels(kernel);
    this.scheduler = scheduler;
    this.halt = firmware.machine().address("halt");
    this.domainThread = firmware.domainThread(LL_TIMER, 0);
    this.threads = new int[model.clients().size() + 1];
    for (int i = 0; i < model.clients().size(); i++) {
      threads[i] = firmware.thread(i);
    }
  }

  String lastFault() {
    return lastFault;
  }

  // Threads.

  /** The address of a thread; 0 for an LL thread that was never made. */
  int thread(int index) {
    return index == model.clients().size() ? llThread() : threads[index];
  }

  private int llThread() {
    return model.user()
        ? ram.load32(DomainThread.LL_THREAD.in(domainThread))
        : DomainThread.LL_THREAD_OBJ.in(domainThread);
  }

  private int[] threads() {
    threads[threads.length - 1] = llThread();
    return threads;
  }

  private boolean halted() {
    return ram.load32(Halt.WHY.in(halt)) != 0;
  }

  private boolean mayRun(int thread) {
    return !halted() && thread != 0 && dispatch.mayRun(thread, threads());
  }

  /** The label of the spec that a thread is at; empty if it has no call in progress. */
  String labelOfSpec(int thread) {
    return LlLabels.name(labels.ofThread(thread));
  }

  private boolean inCallback(int thread) {
    return !kernel.isIdle(thread) && labels.at(kernel.frame(thread)) == LlLabels.IN_CALLBACK;
  }

  /** Who waited for the lock may still be on the way out of the call that took it. */
  private boolean inSection(int thread) {
    return labels.ofThread(thread) == UNLOCK;
  }

  private boolean canCall(int thread) {
    return mayRun(thread)
        && (kernel.isIdle(thread) ? thread != llThread() : inSection(thread) || inCallback(thread));
  }

  // Steps.

  Outcome step(int index, int label) {
    int thread = thread(index);
    if (thread == 0 || labels.ofThread(thread) != label || !mayRun(thread)) {
      return refuse(NOT_THERE);
    }
    return run(
        thread,
        () -> {
          runUnseen(thread);
          kernel.step(thread);
          note(thread, label);
          runUnseen(thread);
        });
  }

  /** Keeps the trace buffer: which callbacks a tick starts. */
  private void note(int thread, int label) {
    if (label == TICK) {
      trace.beginTick();
    } else if (label == PICK) {
      int started = LlView.startedBy(kernel, thread);
      if (started != 0) {
        trace.starts(started);
      }
    }
  }

  /** Runs up to the next label of the spec, or until the thread waits, ends or is in a callback. */
  private void runUnseen(int thread) {
    while (KThread.state(ram, thread) == ThreadState.READY
        && !kernel.isIdle(thread)
        && labels.at(kernel.frame(thread)) == LlLabels.UNSEEN) {
      kernel.step(thread);
    }
  }

  Outcome init(int index, int task, int type, int priority, String failing, int expected) {
    int thread = thread(index);
    int address = firmware.task(task);
    if (!canCall(thread)
        || ram.load32(Task.PRIV_DATA.in(address)) != 0
        || trace.count(task) == model.maxInits()) {
      return refuse("the client does not initialize the task now");
    }
    Mark before = ram.mark();
    trace.failNext(failing);
    int[] result = new int[1];
    Outcome outcome =
        run(
            thread,
            () -> {
              runUnseen(thread);
              result[0] = firmware.taskInit(thread, address, type, priority, 0);
            });
    trace.failNext("");
    boolean asChosen = halted() || result[0] == expected;
    if (!asChosen) {
      ram.undoTo(before);
    }
    ram.forgetMarks();
    return asChosen ? outcome : refuse("zephyr_ll_task_init returns " + result[0]);
  }

  Outcome call(int index, ScheduleOperation operation, int task, int reference) {
    int thread = thread(index);
    int address = firmware.task(task);
    boolean asks =
        ram.load32(Task.SCH.in(address)) != 0
            && (operation != ScheduleOperation.FREE || ram.load32(Task.PRIV_DATA.in(address)) != 0);
    boolean schedules =
        operation != ScheduleOperation.CANCEL && operation != ScheduleOperation.FREE;
    if (!canCall(thread) || !asks || (schedules && isFull())) {
      return refuse("the client does not call now");
    }
    return run(
        thread,
        () -> {
          runUnseen(thread);
          firmware.operate(
              thread, operation, address, reference < 0 ? 0 : firmware.task(reference));
          runUnseen(thread);
        });
  }

  /** Whether so many tasks are counted that the model has nobody schedule another one. */
  private boolean isFull() {
    return ram.load32(ZephyrLl.N_TASKS.in(scheduler)) > model.maxCount();
  }

  Outcome lockScheduler(int index) {
    int thread = thread(index);
    if (!model.user() || !mayRun(thread) || !kernel.isIdle(thread)) {
      return refuse("the client does not lock now");
    }
    return run(
        thread,
        () -> {
          kernel.call(thread, kernel.function(ClientSection.NAME), 0);
          runUnseen(thread);
        });
  }

  Outcome timeOut(int index) {
    int thread = thread(index);
    boolean waits =
        !halted()
            && thread != 0
            && KThread.state(ram, thread) == ThreadState.PENDING
            && !kernel.isIdle(thread)
            && labels.at(kernel.frame(thread)) == AFTER_WAIT;
    if (!waits) {
      return refuse("the thread does not wait for a task's semaphore");
    }
    lastFault = "";
    firmware.sync().timeOut(thread);
    return Outcome.DONE;
  }

  Outcome returnFromCallback(int result) {
    int thread = llThread();
    if (!mayRun(thread) || !inCallback(thread)) {
      return refuse("no callback executes");
    }
    return run(
        thread,
        () -> {
          kernel.returnFrom(thread, result);
          runUnseen(thread);
        });
  }

  Outcome block() {
    int thread = llThread();
    if (!mayRun(thread) || !inCallback(thread)) {
      return refuse("no callback executes");
    }
    return run(
        thread,
        () -> {
          Mode mode = kernel.cpu().raise();
          kernel.block(thread);
          kernel.cpu().lower(mode);
        });
  }

  Outcome resume() {
    int thread = llThread();
    if (halted() || thread == 0 || KThread.state(ram, thread) != ThreadState.BLOCKED) {
      return refuse("no callback waits");
    }
    lastFault = "";
    kernel.enterInterrupt(0);
    kernel.unblock(thread);
    return Outcome.DONE;
  }

  /** The timer expires, unless nothing would change. */
  Outcome interrupt() {
    int dt = firmware.domainThread(LL_TIMER, 0);
    boolean registered = ram.load32(DomainThread.HANDLER.in(dt)) != 0;
    boolean running = ram.load32(KTimer.STATE.in(firmware.timer(LL_TIMER))) == KTimer.RUNNING;
    if (halted() || !running || !registered || isMasked() || isFull(dt)) {
      return refuse("no interrupt comes now, or it changes nothing");
    }
    lastFault = "";
    firmware.expire(LL_TIMER);
    return Outcome.DONE;
  }

  private boolean isMasked() {
    return model.discipline() == Discipline.UP_COOP
        && Arrays.stream(threads())
            .anyMatch(
                thread ->
                    thread != 0
                        && KThread.get(ram, thread, KThread.CORE) == 0
                        && dispatch.masks(thread));
  }

  private boolean isFull(int dt) {
    int sem = ram.load32(DomainThread.SEM.in(dt));
    return ram.load32(Semaphore.COUNT.in(sem)) == model.tickLimit();
  }

  private Outcome run(int thread, Runnable part) {
    lastFault = "";
    try {
      kernel.enter(thread);
      part.run();
    } catch (MemoryFault fault) {
      stop(thread, Why.of(fault), fault.describe(firmware.machine().map()));
    } catch (FirmwareStop stop) {
      stop(thread, Why.of(stop), Why.of(stop) + ": " + stop.getMessage());
    } catch (EndlessLoop loop) {
      stop(thread, Why.HANG, Why.HANG + ": " + loop.getMessage());
    } catch (InvalidFree free) {
      stop(thread, Why.INVALID_FREE, Why.INVALID_FREE + ": " + free.getMessage());
    }
    return Outcome.DONE;
  }

  private void stop(int thread, Why why, String message) {
    lastFault = message;
    ram.store32(Halt.WHY.in(halt), why.ordinal());
    ram.store32(Halt.THREAD.in(halt), thread);
  }

  private Outcome refuse(String message) {
    lastFault = message;
    return Outcome.REFUSED;
  }
}
