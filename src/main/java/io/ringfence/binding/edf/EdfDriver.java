package io.ringfence.binding.edf;

import io.ringfence.binding.Outcome;
import io.ringfence.binding.edf.ClientNotes.Order;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.edf.CompletionCallback;
import io.ringfence.firmware.edf.EdfFirmware;
import io.ringfence.firmware.edf.EdfFrame;
import io.ringfence.firmware.edf.EdfFrame.Kind;
import io.ringfence.firmware.edf.EdfTask;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.ll.ClientCallback;
import io.ringfence.firmware.ll.Halt;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.thread.Dispatch;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.machine.Mark;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Ram;
import java.util.List;

/**
 * Runs the firmware step by step, as clients that keep their part of the contract: each method is a
 * step of the spec, and false if it cannot be taken now.
 */
final class EdfDriver {
  /** How long after a call a task is due that is due later, in microseconds. */
  static final int LATER = 1000;

  private static final String RETURN = "RETURN";
  private static final String IN_RUN = ClientCallback.At.R2D_CALLBACK.name();
  private static final String IN_COMPLETE = CompletionCallback.At.E5_CALLBACK.name();

  private final EdfModel model;
  private final LlFirmware firmware;
  private final Kernel kernel;
  private final EdfFirmware edf;
  private final Ram ram;
  private final EdfView view;
  private final ClientNotes notes;
  private final Dispatch dispatch;
  private final int halt;
  private final int[] threads;
  private String lastFault = "";

  EdfDriver(EdfModel model, LlFirmware firmware, EdfView view, ClientNotes notes) {
    this.model = model;
    this.firmware = firmware;
    this.kernel = firmware.kernel();
    this.edf = firmware.edf();
    this.ram = firmware.ram();
    this.view = view;
    this.notes = notes;
    this.dispatch = new Dispatch(ram, model.discipline());
    this.halt = firmware.machine().address("halt");
    this.threads = view.threads().stream().mapToInt(Integer::intValue).toArray();
  }

  String lastFault() {
    return lastFault;
  }

  // Who may run.

  private boolean isAlive() {
    return ram.load32(Halt.WHY.in(halt)) == Why.NOTHING.ordinal();
  }

  private boolean mayRun(int thread) {
    return isAlive() && dispatch.mayRun(view.thread(thread), threads);
  }

  private boolean isClient(int thread) {
    return thread < model.clients().size();
  }

  private List<EdfFrame> frames(int thread) {
    return view.frames(view.thread(thread));
  }

  private EdfFrame top(int thread) {
    List<EdfFrame> frames = frames(thread);
    return frames.get(frames.size() - 1);
  }

  private boolean isAt(int thread, String label) {
    return kernel.label(view.thread(thread)).equals(label);
  }

  private boolean isInCallback(int thread) {
    return isAt(thread, IN_RUN) || isAt(thread, IN_COMPLETE);
  }

  private boolean calling(int thread, String call) {
    boolean can =
        isClient(thread)
            ? kernel.isIdle(view.thread(thread)) && model.calls().contains(call)
            : isAt(thread, IN_RUN) && model.runCalls().contains(call)
                || isAt(thread, IN_COMPLETE) && model.completeCalls().contains(call);
    return can && mayRun(thread);
  }

  private boolean mayCall(int thread, String call) {
    return calling(thread, call) && (isClient(thread) || top(thread).value() == 0);
  }

  /** A callback notes that it made its call. */
  private void note(int thread) {
    if (!isClient(thread)) {
      boolean runs = isAt(thread, IN_RUN);
      kernel
          .top(view.thread(thread))
          .set(runs ? ClientCallback.PROGRESS : CompletionCallback.PROGRESS, 1);
    }
  }

  // Calls.

  Outcome init(int thread, int task) {
    if (!calling(thread, "init")
        || notes.isHeld(task)
        || view.isGone(task)
        || view.isCalled(task, 0)) {
      return Outcome.REFUSED;
    }
    return run(
        view.thread(thread),
        () -> {
          edf.taskInit(view.thread(thread), firmware.task(task), firmware.clientRun(), 0);
          notes.setHeld(task, true);
          notes.setOrder(task, Order.NONE);
        });
  }

  Outcome destroy(int thread, int task) {
    if (!calling(thread, "destroy")
        || notes.isHeld(task)
        || !view.isLive(task)
        || view.isCalled(task, 0)
        || !isClient(thread) && isAt(thread, IN_RUN) && view.taskAt(top(thread).task()) == task) {
      return Outcome.REFUSED;
    }
    ram.shadow().release(firmware.task(task), EdfTask.STRUCT.size());
    return Outcome.DONE;
  }

  Outcome schedule(int thread, int task, boolean later) {
    if (!mayCall(thread, "schedule") || !notes.isHeld(task)) {
      return Outcome.REFUSED;
    }
    notes.setOrder(task, Order.RUN);
    return enter(thread, ScheduleOperation.SCHEDULE, task, later ? LATER : 0);
  }

  Outcome cancel(int thread, int task) {
    if (!mayCall(thread, "cancel") || !notes.isHeld(task)) {
      return Outcome.REFUSED;
    }
    if (!view.isBeingScheduled(task)) {
      notes.setOrder(task, Order.STOPPING);
    }
    return enter(thread, ScheduleOperation.CANCEL, task, 0);
  }

  Outcome free(int thread, int task) {
    if (!mayCall(thread, "free")
        || !notes.isHeld(task)
        || view.isCalled(task, view.thread(thread))) {
      return Outcome.REFUSED;
    }
    int depth = frames(thread).size();
    Outcome outcome = enter(thread, ScheduleOperation.FREE, task, 0);
    boolean refused = frames(thread).size() == depth;
    if (!refused) {
      notes.setHeld(task, false);
      notes.setOrder(task, Order.NONE);
    }
    return outcome;
  }

  /** Calls the generic layer, and takes the step that enters the scheduler's operation. */
  private Outcome enter(int thread, ScheduleOperation operation, int task, int start) {
    note(thread);
    return run(
        view.thread(thread),
        () -> {
          firmware.operate(view.thread(thread), operation, firmware.task(task), 0, start);
          kernel.step(view.thread(thread));
        });
  }

  // Steps.

  /** Takes the step at a label, if the thread is there. */
  Outcome step(int thread, String label) {
    if (!isAt(thread, label) || !mayRun(thread)) {
      return Outcome.REFUSED;
    }
    EdfFrame before = top(thread);
    int depth = frames(thread).size();
    Outcome outcome = run(view.thread(thread), () -> kernel.step(view.thread(thread)));
    if (isAlive() && before.isCall() && frames(thread).size() < depth) {
      returned(thread, before);
    }
    return outcome;
  }

  private void returned(int thread, EdfFrame call) {
    int task = view.taskAt(call.task());
    if (call.kind() == Kind.CANCEL && notes.order(task) == Order.STOPPING) {
      notes.setOrder(task, Order.STOP);
    }
    if (isClient(thread)) {
      notes.setResult(thread, KThread.get(ram, view.thread(thread), KThread.RESULT));
    }
  }

  /** Takes the step at a label with a deadline that the client says. */
  Outcome submit(int thread, String label, boolean later) {
    if (!isAt(thread, label) || !mayRun(thread)) {
      return Outcome.REFUSED;
    }
    edf.setDeadline(later ? LATER : 0, true);
    return step(thread, label);
  }

  /** A callback returns, and with it the handler if it has nothing left to do. */
  Outcome returnFrom(int thread, Kind callback, int result) {
    if (!isInCallback(thread) || top(thread).kind() != callback || !mayRun(thread)) {
      return Outcome.REFUSED;
    }
    return run(
        view.thread(thread),
        () -> {
          kernel.enter(view.thread(thread));
          kernel.top(view.thread(thread)).ret(result);
          if (top(thread).label().equals(RETURN)) {
            kernel.step(view.thread(thread));
          }
        });
  }

  Outcome expire() {
    if (!isAlive() || edf.delayed().isEmpty()) {
      return Outcome.REFUSED;
    }
    return run(0, edf::expire);
  }

  /** A step that faults has no other effect than that the firmware stands. */
  private Outcome run(int thread, Runnable step) {
    lastFault = "";
    Mark mark = ram.mark();
    try {
      step.run();
    } catch (MemoryFault fault) {
      ram.undoTo(mark);
      stop(thread, Why.of(fault), fault.describe(firmware.machine().map()));
    } catch (FirmwareStop stop) {
      ram.undoTo(mark);
      stop(thread, Why.of(stop), String.valueOf(stop.getMessage()));
    }
    ram.forgetMarks();
    return Outcome.DONE;
  }

  private void stop(int thread, Why why, String message) {
    ram.store32(Halt.WHY.in(halt), why.ordinal());
    ram.store32(Halt.THREAD.in(halt), thread);
    lastFault = message;
  }
}
