package io.ringfence.firmware.ll;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Ram;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A firmware with some tasks, one kernel thread and the LL thread of core 0. */
final class LlBoard {
  private static final int OBJECTS = 2048;
  private static final int HEAP_PAGES = 64;
  private static final int WALK_LIMIT = 100;
  private static final int LL_TIMER = SchedulerType.LL_TIMER.ordinal();

  final LlFirmware firmware;
  final int client;
  private final Ram ram;

  /** A merged firmware with two tasks. */
  LlBoard(boolean user) {
    this(user, Variant.MERGED, 2);
  }

  LlBoard(boolean user, Variant variant, int tasks) {
    Set<SchedulerType> userTypes =
        user ? Set.of(SchedulerType.LL_TIMER, SchedulerType.DP) : Set.of();
    Design design = new Design(variant, Set.of(), Set.of(), true, userTypes);
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
                IntStream.range(0, tasks)
                    .mapToObj(i -> new LlConfig.TaskMemory("task" + i, false))
                    .toList(),
                OBJECTS,
                HEAP_PAGES,
                Set.of(),
                WALK_LIMIT),
            Tracing.NONE);
    this.ram = firmware.ram();
    this.client = firmware.thread(0);
  }

  /** Registers the scheduler and initializes all tasks; the user build makes its thread. */
  void boot(int... priorities) {
    check(firmware.schedulerInit(client, LL_TIMER));
    for (int task = 0; task < firmware.config().tasks().size(); task++) {
      init(task, task < priorities.length ? priorities[task] : 0);
      if (task == 0 && firmware.config().user()) {
        // Semaphores of tasks that are made later are granted to the thread that is there then.
        call(ScheduleOperation.INIT_CONTEXT);
        run(llThread());
      }
    }
  }

  void init(int task, int priority) {
    check(firmware.taskInit(client, firmware.task(task), LL_TIMER, priority, 0));
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
    call(operation, 0);
  }

  /** A call for a task, up to its end. */
  void call(ScheduleOperation operation, int task) {
    firmware.operate(client, operation, firmware.task(task), 0);
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

  /** The tasks on the list, followed by pointer; fails if a link does not match its reverse. */
  List<Integer> list() {
    List<Integer> tasks = new ArrayList<>();
    int head = ZephyrLl.TASKS.in(scheduler());
    int before = head;
    for (int node = next(head); ; node = next(node)) {
      if (ram.load32(ListItem.PREV.in(node)) != before) {
        throw new IllegalStateException("a link does not match its reverse");
      }
      if (node == head) {
        return tasks;
      }
      tasks.add(indexOf(Task.LIST.container(node)));
      before = node;
    }
  }

  private int next(int node) {
    return ram.load32(ListItem.NEXT.in(node));
  }

  private int indexOf(int task) {
    int index = 0;
    while (firmware.task(index) != task) {
      index++;
    }
    return index;
  }

  /** The task whose callback executes. */
  int current() {
    return indexOf(firmware.kernel().top(llThread()).get(ClientCallback.DATA));
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

  boolean llThreadMade() {
    return llThread() != 0;
  }

  boolean llThreadLives() {
    return KThread.state(ram, llThread()) != ThreadState.DEAD;
  }

  int taskState() {
    return ram.load32(Task.STATE.in(firmware.task(0)));
  }

  int taskState(int task) {
    return ram.load32(Task.STATE.in(firmware.task(task)));
  }

  int tasksOnList() {
    return ram.load32(ZephyrLl.N_TASKS.in(scheduler()));
  }

  private int scheduler() {
    String array = firmware.config().user() ? "_u_schedulers" : "_k_schedulers";
    int node = ram.load32(ram.load32(firmware.machine().address(array)));
    return ram.load32(ScheduleData.DATA.in(node));
  }
}
