package io.ringfence.firmware.edf;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.SchedulerOps;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.Kernel.ThreadConfig;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.firmware.thread.Sync;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import io.ringfence.machine.Struct;
import java.util.ArrayList;
import java.util.List;

/**
 * The EDF scheduler in a firmware whose threads, and whose generic scheduler layer, others provide.
 * All of its state is in their RAM.
 *
 * <p>Tasks are scheduled, cancelled and freed through the generic layer, as those of any type. The
 * thread of the work queue is one of the kernel's: {@link Kernel#step} takes it on.
 */
public final class EdfFirmware {
  /** {@code CONFIG_EDF_THREAD_PRIORITY}. */
  public static final int PRIORITY = 1;

  /** How long after its run a task is due that goes on, unless its client says otherwise. */
  private static final int USUAL_DEADLINE = 1000;

  private static final int MOST_ITEMS = 64;

  private static final Struct.Builder LAYOUT = Struct.define("edf");
  private static final Field QUEUE = LAYOUT.struct("edf_workq", WorkQueue.STRUCT);
  private static final Field CANCELS = LAYOUT.struct("pending_cancels", ListItem.STRUCT);
  private static final Field TIMEOUTS = LAYOUT.struct("timeout_list", ListItem.STRUCT);
  private static final Field UPTIME = LAYOUT.u64("curr_tick");
  private static final Field DEADLINE = LAYOUT.struct("client_deadline", DeadlineCallback.STRUCT);
  private static final Struct STATICS = LAYOUT.build();

  private final Kernel kernel;
  private final Cpu cpu;
  private final GenericScheduler generic;
  private final Places places;
  private final EdfPlatform platform;
  private final DeadlineCallback deadline;

  /**
   * Where the static objects lie.
   *
   * @param memory at least {@link #bytes()}, for all but the thread
   * @param thread a {@code struct k_thread}
   * @param stack its stack
   * @param threadId its bit in the permissions of kernel objects
   * @param ops a {@link SchedulerOps} in read-only memory
   */
  public record Places(int memory, int thread, int stack, int threadId, int ops) {}

  /** Makes the scheduler; its {@link #routines} are to be linked before it is booted. */
  public EdfFirmware(
      Design design, Kernel kernel, Sync sync, GenericScheduler generic, Places places) {
    this.kernel = kernel;
    this.cpu = kernel.cpu();
    this.generic = generic;
    this.places = places;
    TimeoutList timeouts =
        new TimeoutList(cpu, TIMEOUTS.in(places.memory()), UPTIME.in(places.memory()));
    WorkQueue queue =
        new WorkQueue(cpu, sync, timeouts, QUEUE.in(places.memory()), CANCELS.in(places.memory()));
    this.platform = new EdfPlatform(design, kernel, timeouts, queue);
    this.deadline = new DeadlineCallback(platform, DEADLINE.in(places.memory()));
  }

  /** Size of the static objects but the thread, in bytes. */
  public static int bytes() {
    return STATICS.size();
  }

  /** The functions to link. */
  public List<Routine> routines() {
    return List.of(
        new WorkThread(platform),
        new WorkHandler(platform),
        new TaskSchedule(platform),
        new TaskCancel(platform),
        new TaskFree(platform),
        new TaskRunning(platform),
        new CompletionCallback(),
        deadline);
  }

  /** Fills the table of operations, and starts the clock. */
  public void boot() {
    platform.timeouts().init();
    deadline.set(USUAL_DEADLINE, true);
    int ops = places.ops();
    cpu.store(SchedulerOps.SCHEDULE_TASK, ops, kernel.function(TaskSchedule.NAME));
    cpu.store(SchedulerOps.SCHEDULE_TASK_RUNNING, ops, kernel.function(TaskRunning.NAME));
    cpu.store(SchedulerOps.SCHEDULE_TASK_CANCEL, ops, kernel.function(TaskCancel.NAME));
    cpu.store(SchedulerOps.SCHEDULE_TASK_FREE, ops, kernel.function(TaskFree.NAME));
  }

  // Calls that are one step.

  /**
   * {@code scheduler_init_edf()}.
   *
   * @param byTheClock whether a task without delay waits for the clock as all others do, so that it
   *     can still be moved; in Zephyr it goes into the queue at once
   */
  public int schedulerInit(int thread, boolean byTheClock) {
    kernel.enter(thread);
    generic.schedulerInit(SchedulerType.EDF.ordinal(), places.ops(), 0);
    platform.queue().start(byTheClock);
    kernel.create(
        places.thread(), new ThreadConfig(places.threadId(), places.stack(), PRIORITY, 0, false));
    kernel.call(places.thread(), kernel.function(WorkThread.NAME));
    cpu.store(KThread.STATE, places.thread(), ThreadState.READY.ordinal());
    return 0;
  }

  /** {@code schedule_task_init_edf(task, ...)}, all of whose callbacks get the task; its result. */
  public int taskInit(int thread, int task, int run, int core) {
    kernel.enter(thread);
    int status = generic.scheduleTaskInit(task, SchedulerType.EDF.ordinal(), 0, run, task, core);
    if (status < 0) {
      return status;
    }
    cpu.store(Task.COMPLETE, task, kernel.function(CompletionCallback.NAME));
    cpu.store(Task.GET_DEADLINE, task, kernel.function(DeadlineCallback.NAME));
    Work.init(cpu, EdfPlatform.work(task), kernel.function(WorkHandler.NAME));
    return 0;
  }

  /**
   * Says what the {@code get_deadline} callbacks of all tasks return from now on.
   *
   * @param fromNow whether it is to be added to the time of the call
   */
  public void setDeadline(long ticks, boolean fromNow) {
    kernel.enterInterrupt(0);
    deadline.set(ticks, fromNow);
  }

  /**
   * The time passes until the first task is due, and the timer's interrupt submits it.
   *
   * @return false if no task waits for its time
   */
  public boolean expire() {
    kernel.enterInterrupt(0);
    return platform.queue().expire();
  }

  // What a debugger sees.

  /** Whether the scheduler was initialized, and so has its thread. */
  public boolean isRegistered() {
    return KThread.state(ram(), places.thread()) != ThreadState.NONE;
  }

  /** The thread of the work queue. */
  public int thread() {
    return places.thread();
  }

  /** Whether a function takes the start time as its third argument. */
  public boolean takesStart(int function) {
    return function == kernel.function(TaskSchedule.NAME);
  }

  /** The time, in ticks. */
  public long now() {
    return Ticks.peek(ram(), UPTIME.in(places.memory()));
  }

  /** The tasks in the list of the queue, along the links, through released memory as well. */
  public List<Integer> pending() {
    List<Integer> tasks = new ArrayList<>();
    int work = WorkQueue.first(cpu, QUEUE.in(places.memory()));
    while (work != 0 && tasks.size() < MOST_ITEMS) {
      tasks.add(EdfTask.WORK.container(work));
      work = ram().load32(Work.NEXT.in(work));
    }
    return tasks;
  }

  /** The tasks in the list of timeouts, along the links, through released memory as well. */
  public List<Integer> delayed() {
    List<Integer> tasks = new ArrayList<>();
    int head = TIMEOUTS.in(places.memory());
    int at = ram().load32(ListItem.NEXT.in(head));
    while (at != head && at != 0 && tasks.size() < MOST_ITEMS) {
      tasks.add(EdfTask.WORK.container(Work.TIMEOUT.container(at)));
      at = ram().load32(ListItem.NEXT.in(at));
    }
    return tasks;
  }

  /** When a task that is in a list is due, or was, in ticks. */
  public long due(int task) {
    return Work.due(ram(), EdfTask.WORK.in(task));
  }

  /** Whether the memory of a task was released. */
  public boolean isDead(int task) {
    return ram().shadow().state(EdfTask.WORK.in(task)) == ShadowState.FREED;
  }

  private Ram ram() {
    return cpu.ram();
  }
}
