package io.ringfence.firmware.ll;

import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.machine.Ram;
import java.util.ArrayList;
import java.util.List;

/** The call stacks of threads in the LL scheduler, as a debugger with symbols shows them. */
public final class LlView {

  /** A function of the LL scheduler. */
  public enum Function {
    /** {@code zephyr_domain_thread_fn}. */
    THREAD,
    /** {@code zephyr_ll_run}. */
    RUN,
    /** {@code zephyr_ll_task_schedule} or a sibling. */
    SCHEDULE,
    /** {@code zephyr_ll_task_cancel}. */
    CANCEL,
    /** {@code zephyr_ll_task_free}. */
    FREE,
    /** {@code zephyr_ll_task_done}. */
    DONE,
    /** A client that keeps the scheduler locked. */
    SECTION,
    /** Any other function. */
    OTHER
  }

  /**
   * A frame.
   *
   * @param name the name of the C function
   * @param label the label that comes next
   * @param task its argument or local {@code task}, or 0
   * @param reference the task to insert before or after; or the cursor of a tick; or 0
   * @param pdata its local {@code pdata}, or 0
   * @param mustWait whether a free has to wait
   * @param result what a callback, or a wait, returned
   * @param address where the frame lies
   */
  public record Level(
      Function function,
      String name,
      String label,
      int task,
      int reference,
      int pdata,
      boolean mustWait,
      int result,
      int address) {}

  private LlView() {}

  /** The frames of a thread, outermost first. */
  public static List<Level> stack(Kernel kernel, int thread) {
    List<Level> levels = new ArrayList<>();
    for (int address : kernel.frames(thread)) {
      levels.add(0, level(kernel, thread, address));
    }
    return levels;
  }

  private static Level level(Kernel kernel, int thread, int address) {
    String name = kernel.routineOf(address).name();
    Frame frame = kernel.frameAt(thread, address);
    String label = kernel.routineOf(address).label(frame.pc());
    return switch (name) {
      case DomainThreadFn.NAME -> plain(Function.THREAD, name, label, address);
      case ClientSection.NAME -> plain(Function.SECTION, name, label, address);
      case SchedulerRun.NAME ->
          new Level(
              Function.RUN,
              name,
              label,
              frame.get(SchedulerRun.TASK),
              frame.get(SchedulerRun.CURSOR),
              frame.get(SchedulerRun.PDATA),
              false,
              frame.get(SchedulerRun.STATE),
              address);
      case TaskSchedule.BY_PRIORITY, TaskSchedule.BEFORE, TaskSchedule.AFTER ->
          new Level(
              Function.SCHEDULE,
              name,
              label,
              frame.get(TaskSchedule.TASK),
              frame.get(TaskSchedule.REFERENCE),
              0,
              false,
              0,
              address);
      case TaskCancel.NAME ->
          new Level(
              Function.CANCEL, name, label, frame.get(TaskCancel.TASK), 0, 0, false, 0, address);
      case TaskFree.NAME ->
          new Level(
              Function.FREE,
              name,
              label,
              frame.get(TaskFree.TASK),
              0,
              frame.get(TaskFree.PDATA),
              frame.get(TaskFree.MUST_WAIT) != 0,
              frame.get(TaskFree.RET),
              address);
      case TaskDone.NAME ->
          new Level(
              Function.DONE,
              name,
              label,
              frame.get(TaskDone.TASK),
              0,
              frame.get(TaskDone.PDATA),
              false,
              0,
              address);
      default -> plain(Function.OTHER, name, label, address);
    };
  }

  private static Level plain(Function function, String name, String label, int address) {
    return new Level(function, name, label, 0, 0, 0, false, 0, address);
  }

  /** The task whose callback the last step of a tick started, or 0. */
  public static int startedBy(Kernel kernel, int thread) {
    String label = kernel.label(thread);
    boolean starts =
        label.equals(SchedulerRun.At.R2C_UNLOCK.name())
            || label.equals(SchedulerRun.At.R2D_RUN.name());
    return starts ? kernel.top(thread).get(SchedulerRun.TASK) : 0;
  }

  /**
   * The address of the head of the temporary list of an LL thread, whether a tick is in progress or
   * not: its frame is always at the same place.
   *
   * @param stack the lowest address of the thread's stack
   */
  public static int temporaryList(Kernel kernel, int stack) {
    int below = kernel.fetch(kernel.function(DomainThreadFn.NAME)).frame().size();
    return SchedulerRun.TASK_HEAD.in(stack + below);
  }

  /** What the kernel call returned that a thread waited in, or that ended last. */
  public static int result(Ram ram, int thread) {
    return KThread.get(ram, thread, KThread.RESULT);
  }
}
