package io.ringfence.firmware.objects;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.kernel.KThread.Life;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.objects.ObjectsMachine.Boot;
import io.ringfence.firmware.objects.UserThreads.Name;
import io.ringfence.machine.Cpu;

/** What the boot thread and the start-up code of the other core do. */
public final class BootCalls {
  private static final int TICK_LIMIT = 10;

  private final Design design;
  private final ObjectsMachine machine;
  private final Cpu cpu;
  private final UserThreads threads;

  BootCalls(Design design, ObjectsMachine machine) {
    this.design = design;
    this.machine = machine;
    this.cpu = machine.cpu;
    this.threads = machine.threads();
  }

  /** {@code domain_init()} and {@code zephyr_domain_init()}. */
  public boolean initDomain() {
    return bootStep(
        Boot.DOMAIN,
        Boot.SCHEDULER,
        "domain_init",
        () -> {
          Mutex.init(cpu, machine.alloc(Handle.DOMAIN, Name.BOOT));
          machine.alloc(Handle.TIMER, Name.BOOT);
          if (design.has(Defect.SEMAPHORES_BY_BOOT)) {
            Semaphore.init(cpu, machine.alloc(Handle.TICK0, Name.BOOT), 0, TICK_LIMIT);
            Semaphore.init(cpu, machine.alloc(Handle.TICK1, Name.BOOT), 0, TICK_LIMIT);
          }
        });
  }

  /** {@code zephyr_ll_scheduler_init()}. */
  public boolean initScheduler() {
    return bootStep(
        Boot.SCHEDULER,
        Boot.IPC,
        "zephyr_ll_scheduler_init",
        () -> Mutex.init(cpu, machine.alloc(Handle.LOCK, Name.BOOT)));
  }

  /** {@code ipc_user_init_thread()} and {@code user_ll_grant_access()}. */
  public boolean initIpc() {
    return bootStep(
        Boot.IPC,
        Boot.CONTEXT,
        "ipc_user_init_thread",
        () -> {
          threads.join(Name.IPC, machine.domain);
          machine.grant(Handle.LOCK, Name.IPC);
          if (design.has(Fix.GRANT_DOMAIN_MUTEX)) {
            machine.grant(Handle.DOMAIN, Name.IPC);
          }
          threads.set(Name.IPC, Life.RUNNING);
        });
  }

  /** {@code main()} returns. */
  public boolean endBoot() {
    return bootStep(Boot.END, Boot.ENDED, "main", () -> machine.end(Name.BOOT));
  }

  private boolean bootStep(Boot now, Boot next, String function, Runnable step) {
    return machine.boot() == now
        && machine.run(
            Name.BOOT,
            function,
            () -> {
              step.run();
              machine.setBoot(next);
            });
  }

  // zephyr_domain_thread_init().

  private static Name llThread(int core) {
    return core == 0 ? Name.LL0 : Name.LL1;
  }

  private static Name starter(int core) {
    return core == 0 ? Name.BOOT : Name.CORE1;
  }

  private boolean canStart(int core) {
    return core == 0
        ? machine.boot() == Boot.CONTEXT
        : machine.boot() == Boot.END || machine.boot() == Boot.ENDED;
  }

  /** Creates the LL thread of a core, and grants it what it needs. */
  public boolean createThread(int core) {
    Name thread = llThread(core);
    Handle tick = core == 0 ? Handle.TICK0 : Handle.TICK1;
    return threads.life(thread) == Life.NONE
        && canStart(core)
        && machine.run(
            starter(core),
            "k_thread_create",
            () -> {
              if (!design.has(Defect.SEMAPHORES_BY_BOOT)) {
                Semaphore.init(cpu, machine.alloc(tick, starter(core)), 0, TICK_LIMIT);
              }
              threads.set(thread, Life.CREATED);
              machine.grant(tick, thread);
              machine.grant(Handle.DOMAIN, thread);
              machine.grant(Handle.TIMER, thread);
              if (core == 0) {
                machine.grant(Handle.LOCK, thread);
              }
            });
  }

  /** {@code k_mem_domain_add_thread()}. */
  public boolean joinDomain(int core) {
    Name thread = llThread(core);
    boolean late = design.has(Defect.START_BEFORE_JOIN);
    return threads.life(thread) == (late ? Life.RUNNING : Life.CREATED)
        && !machine.isMember(thread)
        && machine.run(
            starter(core),
            "k_mem_domain_add_thread",
            () -> {
              threads.join(thread, machine.domain);
              if (late && core == 0) {
                machine.setBoot(Boot.END);
              }
            });
  }

  /** {@code k_thread_start()}. */
  public boolean startThread(int core) {
    Name thread = llThread(core);
    boolean early = design.has(Defect.START_BEFORE_JOIN);
    return threads.life(thread) == Life.CREATED
        && (early || machine.isMember(thread))
        && machine.run(
            starter(core),
            "k_thread_start",
            () -> {
              threads.set(thread, Life.RUNNING);
              if (!early && core == 0) {
                machine.setBoot(Boot.END);
              }
            });
  }
}
