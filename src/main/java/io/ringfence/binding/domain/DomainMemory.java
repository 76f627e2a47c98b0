package io.ringfence.binding.domain;

import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.Halt;
import io.ringfence.firmware.ll.KTimer;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.LlScheduleDomain;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the cores share, as a debugger reads it in RAM. Names of threads are those of the spec. */
final class DomainMemory {
  static final String NONE = "none";

  private static final int LL_TIMER = DomainBoot.LL_TIMER;

  private final DomainModel model;
  private final LlFirmware firmware;
  private final DomainThreads threads;
  private final Ram ram;
  private final int domain;
  private final int halt;
  private final int[] schedulers = new int[DomainModel.CORES];

  DomainMemory(DomainModel model, LlFirmware firmware, DomainThreads threads) {
    this.model = model;
    this.firmware = firmware;
    this.threads = threads;
    this.ram = firmware.ram();
    this.domain = firmware.domain(LL_TIMER);
    this.halt = firmware.machine().address("halt");
    String array = model.user() ? "_u_schedulers" : "_k_schedulers";
    for (int core = 0; core < DomainModel.CORES; core++) {
      int node = ram.load32(ram.load32(firmware.machine().element(array, core)));
      schedulers[core] = ram.load32(ScheduleData.DATA.in(node));
    }
  }

  private int load(Field field, int base) {
    return ram.load32(field.in(base));
  }

  int domain() {
    return domain;
  }

  /** The {@code struct zephyr_ll} of a core, which teardown frees. */
  int scheduler(int core) {
    return schedulers[core];
  }

  int domainThread(int core) {
    return firmware.domainThread(LL_TIMER, core);
  }

  int tasks(int core) {
    return load(ZephyrLl.N_TASKS, schedulers[core]);
  }

  /** The first task of a core that is on no list. */
  int unlistedTask(int core) {
    return IntStream.range(0, model.maxTasks())
        .map(i -> firmware.task(model.taskOf(core, i)))
        .filter(task -> load(Task.STATE, task) != Task.STATE_QUEUED)
        .findFirst()
        .orElseThrow();
  }

  int total() {
    return load(LlScheduleDomain.TOTAL_NUM_TASKS, domain);
  }

  boolean handler(int core) {
    return load(DomainThread.HANDLER, domainThread(core)) != 0;
  }

  /** How many ticks the LL thread of a core can take. */
  int ticks(int core) {
    int sem = load(DomainThread.SEM, domainThread(core));
    return sem == 0 ? 0 : load(Semaphore.COUNT, sem);
  }

  /** The semaphore that belongs to a core, whether or not it is the one that is used; or 0. */
  int semaphore(int core) {
    int dt = domainThread(core);
    return model.user() ? load(DomainThread.SEM, dt) : DomainThread.SEM_OBJ.in(dt);
  }

  String semaphoreLife(int core) {
    int sem = semaphore(core);
    if (sem == 0) {
      return NONE;
    }
    return load(Semaphore.LIMIT, sem) == 0 ? "raw" : "live";
  }

  int semaphoreCount(int core) {
    int sem = semaphore(core);
    return sem == 0 ? 0 : load(Semaphore.COUNT, sem);
  }

  String timer() {
    int state = load(KTimer.STATE, firmware.timer(LL_TIMER));
    return switch (state) {
      case KTimer.STOPPED -> "stopped";
      case KTimer.RUNNING -> "running";
      case KTimer.EXPIRING -> "expiring";
      default -> String.valueOf(state);
    };
  }

  boolean userData() {
    return load(KTimer.USER_DATA, firmware.timer(LL_TIMER)) != 0;
  }

  /** Whether the watchdog of a core runs. */
  boolean watchdog(int core) {
    return ram.load32(firmware.machine().element("watchdog", core)) != 0;
  }

  /** Whether the mutex of a core exists, which the user build has. */
  boolean hasMutex(int core) {
    return model.user() && ram.load32(firmware.machine().element("zephyr_ll_locks", core)) != 0;
  }

  String owner(int core) {
    if (!model.user()) {
      return masker(core);
    }
    return hasMutex(core) ? nameOf(load(Mutex.OWNER, load(ZephyrLl.LOCK, schedulers[core]))) : NONE;
  }

  /** Who masks a core as the LL lock of the kernel build does, not only by a spin lock. */
  private String masker(int core) {
    for (String name : threads.names()) {
      boolean masks =
          DomainModel.core(name) == core && !DomainThreads.isInterrupt(name) && threads.masks(name);
      if (masks && !masksBySpinLockOnly(name)) {
        return name;
      }
    }
    return NONE;
  }

  private boolean masksBySpinLockOnly(String name) {
    return domainOwner().equals(name) && threads.local(threads.stepFrame(name), "key") == 0;
  }

  String domainOwner() {
    int lock = load(LlScheduleDomain.LOCK, domain);
    return nameOf(model.user() ? load(Mutex.OWNER, lock) : lock);
  }

  private String nameOf(int thread) {
    return thread == 0 ? NONE : threads.name(thread);
  }

  boolean ownsCallbackLock(int core) {
    return ram.load32(firmware.machine().element("callback_locks", core)) != 0;
  }

  /** Whether a thread may use the LL lock of a core. */
  boolean mayLock(String name, int core) {
    int thread = threads.address(name);
    if (thread == 0 || !hasMutex(core)) {
      return false;
    }
    int permissions = firmware.sync().objects().permissions(load(ZephyrLl.LOCK, schedulers[core]));
    return (permissions & 1 << KThread.get(ram, thread, KThread.ID)) != 0;
  }

  // The stop of the firmware.

  boolean halted() {
    return why() != Why.NOTHING;
  }

  Why why() {
    return Why.at(load(Halt.WHY, halt));
  }

  String fault() {
    Why why = why();
    return switch (why) {
      case NOTHING -> "no";
      case NULL_DEREFERENCE -> "null";
      case VERIFY -> "oops";
      case MISUSE -> ObjectType.at(load(Halt.OBJECT, halt)).name().toLowerCase(Locale.ROOT);
      default -> why.ofSpec().name();
    };
  }

  boolean isCulprit(String name) {
    int thread = threads.address(name);
    return halted() && thread != 0 && load(Halt.THREAD, halt) == thread;
  }

  void stop(int thread, Why why, ObjectType object) {
    ram.store32(Halt.WHY.in(halt), why.ordinal());
    ram.store32(Halt.THREAD.in(halt), thread);
    ram.store32(Halt.OBJECT.in(halt), object.ordinal());
  }
}
