package io.ringfence.firmware.ll;

import io.ringfence.firmware.edf.EdfFirmware;
import io.ringfence.firmware.schedule.Platform;
import io.ringfence.firmware.schedule.SchedulerFunction;
import io.ringfence.firmware.schedule.SchedulerOps;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.Kernel.ThreadConfig;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.firmware.thread.Sync;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.FunctionTable;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Symbol;
import java.util.ArrayList;
import java.util.List;

/** Links the routines and boots: operation tables, timer domains, the threads of clients. */
final class LlImage {
  /** Interrupts ask nobody for permission. */
  private static final int NO_ID = 0;

  private final LlConfig config;
  private final LlMachine machine;
  private final Kernel kernel;
  private final LlPlatform platform;
  private final GenericLayer generic;
  private final LlThreads threads;
  private final LlTaskInit taskInit;
  private final EdfFirmware edf;

  LlImage(LlConfig config, Tracing tracing, MoreRoutines more) {
    this.config = config;
    this.machine = new LlMachine(config);
    Cpu cpu = machine.cpu();
    this.kernel = new Kernel(cpu, tracing);
    Sync sync = new Sync(kernel, machine.objects());
    LlMemory memory = new LlMemory(cpu, machine.sofHeap(), machine.objects(), tracing);
    this.platform = new LlPlatform(config, machine, kernel, sync, memory);
    this.generic = new GenericLayer(genericPlatform(), tracing);
    this.threads = new LlThreads(platform);
    TaskSemaphores semaphores = new TaskSemaphores(platform);
    this.taskInit = new LlTaskInit(platform, generic, semaphores);
    this.edf = new EdfFirmware(config.design(), kernel, sync, generic, edfPlaces());
    link(semaphores, more);
    boot();
  }

  private Platform genericPlatform() {
    Symbol functions = machine.map().symbol("functions");
    return new Platform(
        machine.cpu(),
        config.design(),
        machine.sofHeap(),
        new FunctionTable.Builder<SchedulerFunction>(functions.address(), 0).build(),
        machine.address("_k_schedulers"),
        machine.address("_u_schedulers"),
        machine.address("ll_mem_resources.heap"),
        machine.address("call_result"),
        config.cores());
  }

  private EdfFirmware.Places edfPlaces() {
    return new EdfFirmware.Places(
        machine.address("edf"),
        machine.address("edf_workq.thread"),
        machine.address("edf_workq_stack"),
        config.threads().size() + config.cores() * config.domains().size(),
        machine.address("schedule_edf_ops"));
  }

  private void link(TaskSemaphores semaphores, MoreRoutines more) {
    LlLock lock = new LlLock(platform);
    List<Routine> routines = new ArrayList<>(lock.routines());
    for (TaskSchedule.Insert insert : TaskSchedule.Insert.values()) {
      routines.add(new TaskSchedule(platform, lock, insert));
    }
    routines.add(new TaskCancel(platform, lock));
    routines.add(new TaskFree(platform, lock, semaphores));
    routines.add(new TaskDone(platform));
    SchedulerRun run = new SchedulerRun(platform, lock);
    routines.add(run);
    routines.add(new InitContext(platform));
    routines.add(new SchedulerFree(platform));
    routines.add(new TaskInfo(platform, generic, lock));
    routines.add(new DomainThreadFn(platform));
    routines.add(new DomainRegister(platform, threads));
    routines.add(new DomainUnregister(platform, threads));
    routines.add(new DomainRegisterUser(platform, threads));
    routines.add(new DomainUnregisterUser(platform, threads));
    routines.add(new DomainThreadInit(platform, threads));
    routines.add(new DomainThreadFree(platform, threads));
    routines.add(new TimerInterrupt(platform));
    routines.add(new ClientCallback());
    routines.add(new ClientSection(platform));
    routines.addAll(edf.routines());
    for (ClientScheduler.Operation operation : ClientScheduler.Operation.values()) {
      routines.add(new ClientScheduler(platform.tracing(), operation));
    }
    routines.addAll(more.of(platform, lock));
    Symbol text = machine.map().symbol("functions");
    FunctionTable.Builder<Routine> code =
        new FunctionTable.Builder<>(text.address(), text.elementSize() * text.count());
    routines.forEach(routine -> code.add(routine.name(), routine));
    if (routines.stream().noneMatch(routine -> routine.name().equals(SchedulerRun.HANDLER))) {
      code.add(SchedulerRun.HANDLER, run);
    }
    kernel.link(code.build());
  }

  private void boot() {
    machine.cpu().enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
    fillOperations();
    edf.boot();
    for (int index = 0; index < config.threads().size(); index++) {
      LlConfig.ClientThread client = config.threads().get(index);
      int thread = machine.element("threads", index);
      int stack = machine.element("client_stacks", index);
      kernel.create(
          thread, new ThreadConfig(index, stack, client.prio(), client.core(), client.user()));
      machine.cpu().store(KThread.ISR, thread, client.isr() ? 1 : 0);
      if (client.user()) {
        kernel.join(thread, machine.userDomain());
      }
      machine.cpu().store(KThread.STATE, thread, ThreadState.READY.ordinal());
    }
    for (int core = 0; core < config.cores(); core++) {
      createInterrupt(core);
    }
    kernel.enter(machine.element("boot_thread", 0));
    DomainInit domains = new DomainInit(platform);
    for (int index = 0; index < config.domains().size(); index++) {
      int domain = domains.init(config.domains().get(index));
      machine.cpu().store32(machine.element("platform_domain", index), domain);
    }
    machine.ram().freeze();
  }

  /** What stands for the interrupts of a core: no thread, though it has a stack like one. */
  private void createInterrupt(int core) {
    int interrupt = machine.element("interrupts", core);
    int stack = machine.element("interrupt_stacks", core);
    kernel.create(interrupt, new ThreadConfig(NO_ID, stack, 0, core, false));
    machine.cpu().store(KThread.ISR, interrupt, 1);
    machine.cpu().store(KThread.STATE, interrupt, ThreadState.READY.ordinal());
  }

  private void fillOperations() {
    int ops = machine.address("zephyr_ll_ops");
    set(SchedulerOps.SCHEDULE_TASK, ops, TaskSchedule.Insert.BY_PRIORITY.function());
    set(SchedulerOps.SCHEDULE_TASK_BEFORE, ops, TaskSchedule.Insert.BEFORE.function());
    set(SchedulerOps.SCHEDULE_TASK_AFTER, ops, TaskSchedule.Insert.AFTER.function());
    set(SchedulerOps.SCHEDULE_TASK_CANCEL, ops, TaskCancel.NAME);
    set(SchedulerOps.SCHEDULE_TASK_FREE, ops, TaskFree.NAME);
    int domain = machine.address("zephyr_domain_ops");
    if (config.user()) {
      set(SchedulerOps.SCHEDULER_INIT_CONTEXT, ops, InitContext.NAME);
      set(DomainOps.DOMAIN_REGISTER, domain, DomainRegisterUser.NAME);
      set(DomainOps.DOMAIN_UNREGISTER, domain, DomainUnregisterUser.NAME);
      set(DomainOps.DOMAIN_THREAD_INIT, domain, DomainThreadInit.NAME);
      set(DomainOps.DOMAIN_THREAD_FREE, domain, DomainThreadFree.NAME);
    } else {
      set(DomainOps.DOMAIN_REGISTER, domain, DomainRegister.NAME);
      set(DomainOps.DOMAIN_UNREGISTER, domain, DomainUnregister.NAME);
    }
  }

  private void set(Field operation, int table, String function) {
    machine.cpu().store(operation, table, kernel.function(function));
  }

  LlPlatform platform() {
    return platform;
  }

  GenericLayer generic() {
    return generic;
  }

  LlTaskInit taskInit() {
    return taskInit;
  }

  EdfFirmware edf() {
    return edf;
  }
}
