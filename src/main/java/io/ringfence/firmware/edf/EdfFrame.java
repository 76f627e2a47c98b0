package io.ringfence.firmware.edf;

import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import java.util.Optional;

/**
 * A frame of the EDF scheduler on the stack of a thread, as a debugger sees it.
 *
 * @param label the name of the next step
 * @param task the address of the task that it is about, or 0
 * @param value the delay of a schedule, what a cancel is going to return, or the result of a run,
 *     how many calls a callback has made
 * @param isSet whether the value is known yet
 * @param isKept whether the handler has nothing more to store
 */
public record EdfFrame(
    Kind kind, String label, int task, int value, boolean isSet, boolean isKept) {
  /** The function. */
  public enum Kind {
    /** The thread of the work queue. */
    QUEUE,
    /** The work handler. */
    HANDLER,
    /** The run callback. */
    RUN,
    /** The completion callback. */
    COMPLETE,
    /** The schedule operation. */
    SCHEDULE,
    /** The cancel operation. */
    CANCEL,
    /** The free operation. */
    FREE
  }

  /** Whether it is a call of the scheduler by a client. */
  public boolean isCall() {
    return kind == Kind.SCHEDULE || kind == Kind.CANCEL || kind == Kind.FREE;
  }

  /** The same frame, said to be about a task. */
  public EdfFrame about(int address) {
    return new EdfFrame(kind, label, address, value, isSet, isKept);
  }

  /**
   * Reads a frame.
   *
   * @param isTop whether the thread is in this function, and in no other that it called
   * @return empty if it is of no function of the EDF scheduler, as a run callback is
   */
  public static Optional<EdfFrame> read(Kernel kernel, int thread, int address, boolean isTop) {
    Ram ram = kernel.cpu().ram();
    Frame frame = kernel.frameAt(thread, address);
    Routine routine = kernel.routineOf(address);
    String label = routine.label(frame.pc());
    return Optional.ofNullable(
        switch (routine.name()) {
          case WorkThread.NAME -> queue(frame, label);
          case WorkHandler.NAME -> handler(ram, thread, frame, label, isTop);
          case CompletionCallback.NAME ->
              new EdfFrame(
                  Kind.COMPLETE, label, 0, frame.get(CompletionCallback.PROGRESS), true, false);
          case TaskSchedule.NAME ->
              call(Kind.SCHEDULE, frame, label, TaskSchedule.TASK, TaskSchedule.START, true);
          case TaskCancel.NAME ->
              call(
                  Kind.CANCEL,
                  frame,
                  label,
                  TaskCancel.TASK,
                  TaskCancel.RET,
                  frame.pc() == TaskCancel.At.C3_STATE.ordinal());
          case TaskFree.NAME -> call(Kind.FREE, frame, label, TaskFree.TASK, TaskFree.TASK, false);
          default -> null;
        });
  }

  private static EdfFrame queue(Frame frame, String label) {
    int work = frame.get(WorkThread.WORK);
    int task = work == 0 ? 0 : EdfTask.WORK.container(work);
    return new EdfFrame(Kind.QUEUE, label, task, 0, false, false);
  }

  private static EdfFrame handler(Ram ram, int thread, Frame frame, String label, boolean isTop) {
    boolean returned = frame.pc() == WorkHandler.At.E3_STORE.ordinal() && isTop;
    int result =
        returned ? KThread.get(ram, thread, KThread.RESULT) : frame.get(WorkHandler.RESULT);
    return new EdfFrame(
        Kind.HANDLER,
        label,
        EdfTask.WORK.container(frame.get(WorkHandler.WORK)),
        result,
        returned || frame.pc() > WorkHandler.At.E3_STORE.ordinal(),
        frame.get(WorkHandler.KEPT) != 0);
  }

  private static EdfFrame call(
      Kind kind, Frame frame, String label, Field task, Field value, boolean isSet) {
    return new EdfFrame(kind, label, frame.get(task), frame.get(value), isSet, false);
  }
}
