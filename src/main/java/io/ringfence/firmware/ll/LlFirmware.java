package io.ringfence.firmware.ll;

import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.edf.EdfFirmware;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.kernel.EndlessLoop;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.ScheduleTarget;
import io.ringfence.firmware.schedule.SchedulerInfo;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.Sync;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;

/**
 * A firmware with the LL scheduler, booted up to its timer domains and its clients' threads. All of
 * its state is in its RAM. Confined to one Java thread.
 *
 * <p>Calls begin with the methods here, on behalf of a thread that has none in progress or is
 * inside a callback. {@link Kernel#step} takes them on, step by step; what a call returned is then
 * in {@link KThread#RESULT}. Faults are thrown in the step that makes them.
 */
public final class LlFirmware {
  /** Up to the first core: to put the timer back, and to read its user data. */
  private static final int STEPS_OF_INTERRUPT = 2;

  /** For each core: to test its handler, and to give its semaphore. */
  private static final int STEPS_OF_CORE = 2;

  private final LlConfig config;
  private final LlPlatform platform;
  private final LlMachine machine;
  private final Kernel kernel;
  private final Cpu cpu;
  private final GenericLayer generic;
  private final LlTaskInit taskInit;
  private final LlSchedulerInit schedulerInit;
  private final EdfFirmware edf;

  /** Builds the firmware and boots it. */
  public LlFirmware(LlConfig config, Tracing tracing) {
    this(config, tracing, MoreRoutines.NONE);
  }

  /** Builds the firmware with more routines, of clients, and boots it. */
  public LlFirmware(LlConfig config, Tracing tracing, MoreRoutines more) {
    LlImage image = new LlImage(config, tracing, more);
    this.config = config;
    this.platform = image.platform();
    this.machine = platform.machine();
    this.kernel = platform.kernel();
    this.cpu = platform.cpu();
    this.generic = image.generic();
    this.taskInit = image.taskInit();
    this.schedulerInit = new LlSchedulerInit(platform, generic);
    this.edf = image.edf();
  }

  /** Whether the scheduler of this design records whose callback executes. */
  public boolean knowsCurrentTask() {
    return SchedulerRun.knowsCurrent(platform.design());
  }

  // Calls that are one step.

  /** {@code zephyr_ll_scheduler_init(domain)} for the domain of a type; returns its result. */
  public int schedulerInit(int thread, int type) {
    kernel.enter(thread);
    return schedulerInit.init(domain(type));
  }

  /** {@code scheduler_init(type, ops, data)}. */
  public void registerScheduler(int thread, int type, int ops, int data) {
    kernel.enter(thread);
    generic.schedulerInit(type, ops, data);
  }

  /** {@code zephyr_ll_task_init(task, ...)} for a callback of a client; returns its result. */
  public int taskInit(int thread, int task, int type, int priority, int core) {
    return taskInit(thread, task, type, priority, core, task);
  }

  /** {@code zephyr_ll_task_init(task, ...)} for a callback of a client that takes other data. */
  public int taskInit(int thread, int task, int type, int priority, int core, int data) {
    kernel.enter(thread);
    return taskInit.init(task, type, priority, clientRun(), data, core);
  }

  /** {@code schedule_task_init(task, ...)}; returns its result. */
  public int genericTaskInit(int thread, int task, int type, int priority, int core) {
    kernel.enter(thread);
    return generic.scheduleTaskInit(task, type, priority, clientRun(), task, core);
  }

  /** {@code scheduler_get_data(type)}. */
  public int getData(int thread, int type) {
    kernel.enter(thread);
    return generic.getData(type);
  }

  /** {@code zephyr_ll_domain()}: the domain, or 0. */
  public int currentDomain(int thread) {
    int sch = getData(thread, SchedulerType.LL_TIMER.ordinal());
    return sch == 0 ? 0 : cpu.load(ZephyrLl.LL_DOMAIN, sch);
  }

  /** {@code ll_sch_is_current()}. */
  public boolean isCurrent(int thread) {
    int domain = currentDomain(thread);
    int zephyrDomain = domain == 0 ? 0 : platform.zephyrDomain(domain);
    if (zephyrDomain == 0) {
      return false;
    }
    int dt = platform.domainThread(zephyrDomain, cpu.core());
    return cpu.thread() == cpu.load(DomainThread.LL_THREAD, dt);
  }

  /** {@code zephyr_ll_task_alloc()}: a task in the LL user heap, or 0. */
  public int taskAlloc(int thread) {
    kernel.enter(thread);
    int bytes = LlMachine.TASK_BYTES;
    int task = platform.memory().alloc("task", 0, platform.userHeap(), MemFlags.USER, bytes, 4);
    if (task != 0) {
      cpu.zero(task, bytes);
    }
    return task;
  }

  /** {@code arch_user_schedulers_get()}: 0 if the build has no such array. */
  public int userSchedulers(int thread) {
    kernel.enter(thread);
    if (!config.user()) {
      return 0;
    }
    platform.check(cpu.mode() == Mode.KERNEL, "the caller must not be in user mode");
    return userSchedulersOf(cpu.core());
  }

  /** {@code arch_user_schedulers_get_for_core(core)}: 0 if the build has no such array. */
  public int userSchedulersOf(int core) {
    return config.user() ? machine.element("_u_schedulers", core) : 0;
  }

  /** {@code user_ll_grant_access(grantee, core)}. */
  public void grantLock(int thread, int grantee, int core) {
    kernel.enter(thread);
    int slot = machine.element("zephyr_ll_locks", core);
    platform.check(
        core < config.cores() && cpu.load32(slot) != 0, "the core must have an LL instance");
    platform.memory().grant(grantee, cpu.load32(slot));
  }

  /** Masks, or unmasks, the interrupts of the thread's core. */
  public void maskInterrupts(int thread, boolean mask) {
    kernel.enter(thread);
    if (mask) {
      kernel.mask();
    } else {
      kernel.unmask(0);
    }
  }

  /** The timer of a domain expires; the interrupt is served on core 0. */
  public void expire(int type) {
    beginInterrupt(type, 0);
    int interrupt = interrupt(0);
    int most = STEPS_OF_INTERRUPT + STEPS_OF_CORE * config.cores();
    for (int steps = 0; !kernel.isIdle(interrupt); steps++) {
      if (steps == most) {
        throw new EndlessLoop("the interrupt spins for a lock");
      }
      kernel.step(interrupt);
    }
  }

  /** The timer of a domain, which is running, expires, and a core begins to serve the interrupt. */
  public void beginInterrupt(int type, int core) {
    int interrupt = interrupt(core);
    kernel.enter(interrupt);
    KTimer.expire(cpu, timer(type));
    kernel.call(interrupt, kernel.function(TimerInterrupt.NAME), timer(type), domain(type));
  }

  // Calls that take several steps.

  /**
   * {@code schedule_task()} or one of its siblings, up to the scheduler's operation, for a task
   * that is to start at once.
   *
   * @param reference the task to insert before or after, or 0
   * @return false if the wrapper returned at once, with its result in {@link KThread#RESULT}
   */
  public boolean operate(int thread, ScheduleOperation operation, int task, int reference) {
    return operate(thread, operation, task, reference, 0);
  }

  /**
   * {@code schedule_task()} or one of its siblings, up to the scheduler's operation.
   *
   * @param reference the task to insert before or after, or 0
   * @param startMicros when to start, from now; of no use but to an EDF task
   * @return false if the wrapper returned at once, with its result in {@link KThread#RESULT}
   */
  public boolean operate(
      int thread, ScheduleOperation operation, int task, int reference, int startMicros) {
    kernel.enter(thread);
    ScheduleTarget target =
        generic.calls().resolve(operation, lacksReference(operation, reference) ? 0 : task);
    if (target.isCall()) {
      if (inserts(operation)) {
        int third = edf.takesStart(target.function()) ? startMicros : reference;
        kernel.call(thread, target.function(), target.data(), task, third);
      } else {
        kernel.call(thread, target.function(), target.data(), task);
      }
    } else {
      ram().store32(KThread.RESULT.in(thread), target.result());
    }
    return target.isCall();
  }

  /** Without a task to insert before or after, these return what they return without a task. */
  private static boolean lacksReference(ScheduleOperation operation, int reference) {
    return reference == 0 && inserts(operation) && operation != ScheduleOperation.SCHEDULE;
  }

  private static boolean inserts(ScheduleOperation operation) {
    return operation == ScheduleOperation.SCHEDULE
        || operation == ScheduleOperation.BEFORE
        || operation == ScheduleOperation.AFTER;
  }

  /** {@code user_ll_lock_sched(core)}. */
  public void lockScheduler(int thread, int core) {
    kernel.call(thread, kernel.function("user_ll_lock_sched"), core);
  }

  /** {@code user_ll_unlock_sched(core)}. */
  public void unlockScheduler(int thread, int core) {
    kernel.call(thread, kernel.function("user_ll_unlock_sched"), core);
  }

  /** {@code scheduler_get_task_info_ll()}, into a buffer of the kernel. */
  public void taskInfo(int thread) {
    int size = machine.address("scheduler_props_size");
    ram().store32(size, 0);
    kernel.call(thread, kernel.function(TaskInfo.NAME), machine.address("scheduler_props"), size);
  }

  /** How many tasks the last {@link #taskInfo} counted. */
  public int taskInfoCount() {
    return ram().load32(SchedulerInfo.TASK_COUNT.in(machine.address("scheduler_props")));
  }

  /** {@code zephyr_ll_init_context(sch, task)} of the user build. */
  public void initContext(int thread, int sch, int task) {
    kernel.call(thread, kernel.function(InitContext.NAME), sch, task);
  }

  /** {@code zephyr_ll_scheduler_free(sch)} of test builds. */
  public void schedulerFree(int thread, int sch) {
    kernel.call(thread, kernel.function(SchedulerFree.NAME), sch);
  }

  // What a debugger sees.

  /** What the firmware was built from. */
  public LlConfig config() {
    return config;
  }

  /** Where everything lies. */
  public LlMachine machine() {
    return machine;
  }

  /** What runs the threads. */
  public Kernel kernel() {
    return kernel;
  }

  /** The EDF scheduler. */
  public EdfFirmware edf() {
    return edf;
  }

  /** What threads wait for. */
  public Sync sync() {
    return platform.sync();
  }

  /** The RAM. */
  public Ram ram() {
    return machine.ram();
  }

  /** The address of a client's thread. */
  public int thread(int index) {
    return machine.element("threads", index);
  }

  /** What stands for the interrupts of a core; steps like a thread, and is none. */
  public int interrupt(int core) {
    return machine.element("interrupts", core);
  }

  /** The address of the memory of a task. */
  public int task(int index) {
    boolean kernelTask = config.tasks().get(index).kernel();
    return kernelTask
        ? machine.element("kernel_tasks", index)
        : machine.address("tasks") + index * LlMachine.TASK_BYTES;
  }

  /** The domain of a type of scheduler. */
  public int domain(int type) {
    return ram().load32(machine.element("platform_domain", config.domains().indexOf(type)));
  }

  /** The timer of a domain. */
  public int timer(int type) {
    int zephyrDomain = ram().load32(LlScheduleDomain.PRIV_DATA.in(domain(type)));
    return ram().load32(ZephyrDomain.TIMER.in(zephyrDomain));
  }

  /** The element of {@code domain_thread[]} of a core. */
  public int domainThread(int type, int core) {
    int zephyrDomain = ram().load32(LlScheduleDomain.PRIV_DATA.in(domain(type)));
    return platform.domainThread(zephyrDomain, core);
  }

  /** The address of the callback of clients. */
  public int clientRun() {
    return kernel.function(ClientCallback.NAME);
  }
}
