package io.ringfence.firmware.boot;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.kernel.CallResult;
import io.ringfence.firmware.kernel.EndlessLoop;
import io.ringfence.firmware.kernel.Label;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.schedule.Platform;
import io.ringfence.firmware.schedule.ScheduleCalls;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.ScheduleTaskInit;
import io.ringfence.firmware.schedule.SchedulerInit;
import io.ringfence.firmware.schedule.SchedulerRegister;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mark;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Symbol;
import java.util.List;

/**
 * The firmware, ready to be driven step by step. All of its state is in its RAM, so a snapshot of
 * the RAM is a snapshot of the firmware. Confined to one thread.
 *
 * <p>Each operation is one atomic step. A fault or a failed assertion kills a user thread; in
 * kernel mode it halts the firmware, and nothing runs any more.
 */
public final class Firmware {
  private static final int NO_THREAD = 0;

  private final FirmwareConfig config;
  private final MemoryLayout layout;
  private final Platform platform;
  private final Ram ram;
  private final Cpu cpu;
  private final int userDomain;
  private final int haltReason;
  private final Symbol threads;
  private final Symbol cores;
  private final SchedulerInit init;
  private final SchedulerRegister register;
  private final ScheduleTaskInit taskInit;
  private final ScheduleCalls calls;
  private String lastFault = "";

  /** Builds the firmware and boots it up to the first scheduler of the primary core. */
  public Firmware(FirmwareConfig config) {
    BootImage image = new BootImage(config);
    this.config = config;
    this.layout = image.layout();
    this.platform = image.platform();
    this.cpu = platform.cpu();
    this.ram = cpu.ram();
    this.userDomain = image.userDomain();
    this.haltReason = layout.address("halt_reason");
    this.threads = layout.map().symbol("threads");
    this.cores = layout.map().symbol("core_state");
    this.init = new SchedulerInit(platform);
    this.register = new SchedulerRegister(platform);
    this.taskInit = new ScheduleTaskInit(platform);
    this.calls = new ScheduleCalls(platform);
  }

  // Start-up.

  /** A core without work loses its power; its memory is retained. Not the primary core. */
  public Performed powerOff(int core) {
    if (core == 0 || halted() || power(core) != CoreState.Power.UP || !kernelIdle(core)) {
      return refuse("core " + core + " cannot be powered off now");
    }
    begin(kernelThread(core));
    setPower(core, CoreState.Power.OFF);
    return Performed.DONE;
  }

  /** {@code secondary_core_init()} up to {@code check_restore()}: SOF src/init/init.c. */
  public Performed checkRestore(int core) {
    CoreState.Power power = power(core);
    boolean down = power == CoreState.Power.COLD || power == CoreState.Power.OFF;
    if (halted() || power(0) != CoreState.Power.UP || !down) {
      return refuse("core " + core + " cannot be started now");
    }
    begin(kernelThread(core));
    int state = cores.element(core);
    if (cpu.load(CoreState.IDC, state) != 0 && hasSchedulers(core)) {
      setPower(core, CoreState.Power.UP);
    } else {
      cpu.store(CoreState.CURSOR, state, 0);
      setPower(core, CoreState.Power.BOOTING);
    }
    return Performed.DONE;
  }

  private boolean hasSchedulers(int core) {
    boolean kernel = cpu.load32(platform.kernelArray() + 4 * core) != 0;
    boolean user = cpu.load32(platform.userArray() + 4 * core) != 0;
    boolean looksAtUser =
        config.design().variant().singleList()
            || !config.design().has(Defect.RESTORE_KERNEL_LIST_ONLY);
    return kernel || (user && looksAtUser);
  }

  /** The core has registered all of its schedulers. */
  public Performed bootDone(int core) {
    if (halted()
        || power(core) != CoreState.Power.BOOTING
        || cursor(core) != config.bootOrder().get(core).size()
        || !kernelIdle(core)) {
      return refuse("core " + core + " has not finished its start-up");
    }
    begin(kernelThread(core));
    cpu.store(CoreState.IDC, cores.element(core), 1);
    setPower(core, CoreState.Power.UP);
    return Performed.DONE;
  }

  // Calls.

  /** Step I1: calls {@code scheduler_init(type, ops, ...)}. A kernel thread does in boot order. */
  public Performed schedulerInit(int thread, int type, int ops) {
    boolean next = isUser(thread) ? ready(thread) : isNextToBoot(thread, type);
    if (!next || label(thread) != Label.IDLE) {
      return refuse("the thread does not register this scheduler now");
    }
    begin(thread);
    if (!isUser(thread)) {
      int state = cores.element(coreOf(thread));
      cpu.store(CoreState.CURSOR, state, cursor(coreOf(thread)) + 1);
    }
    return run(thread, () -> init.i1ChooseHeap(type, ops));
  }

  private boolean isNextToBoot(int thread, int type) {
    int core = coreOf(thread);
    List<SchedulerType> order = config.bootOrder().get(core);
    return !halted()
        && power(core) == CoreState.Power.BOOTING
        && cursor(core) < order.size()
        && order.get(cursor(core)).ordinal() == type;
  }

  /** Step T1: calls {@code schedule_task_init(task, ..., type, ..., core, ...)}. */
  public Performed scheduleTaskInit(int thread, int task, int type, int core) {
    if (!ready(thread)) {
      return refuse("the thread cannot call now");
    }
    begin(thread);
    return run(thread, () -> taskInit.t1CheckType(task, type, core));
  }

  /** Calls {@code scheduler_get_data(type)}. */
  public Performed getData(int thread, int type) {
    if (!ready(thread)) {
      return refuse("the thread cannot call now");
    }
    begin(thread);
    return run(thread, () -> calls.getData(type));
  }

  /** Calls {@code schedule_task(task, ...)} or one of its siblings. */
  public Performed operate(int thread, ScheduleOperation operation, int task) {
    if (!ready(thread)) {
      return refuse("the thread cannot call now");
    }
    begin(thread);
    Performed performed = run(thread, () -> calls.operate(operation, task));
    if (label(thread) == Label.DEAD) {
      Threads.set(ram, thread, Threads.TASK, task);
    }
    return performed;
  }

  /** Runs the next step of a call in progress, which involves no choice of the environment. */
  public Performed step(int thread, Label label) {
    if (!isAt(thread, label)) {
      return refuse("the thread is not at " + label.text());
    }
    begin(thread);
    return run(thread, stepOf(thread, label));
  }

  private Runnable stepOf(int thread, Label label) {
    return switch (label) {
      case I2_VALIDATE_OPS -> init::i2ValidateOps;
      case I4_ZERO -> init::i4Zero;
      case I4_FILL -> () -> init.i4Fill(dataOf(thread));
      case G2_ZERO_HEAD -> register::g2ZeroHead;
      case G2_INIT_HEAD -> register::g2InitHead;
      case G3_APPEND -> register::g3Append;
      case T2_PICK_LIST -> taskInit::t2PickList;
      case T3_CHECK_LIST -> taskInit::t3CheckList;
      case T4_WALK -> taskInit::t4Walk;
      case T5_NOT_FOUND -> taskInit::t5NotFound;
      case T6_STORE -> taskInit::t6Store;
      case IDLE, DEAD, I3_ALLOC_NODE, G1_PICK_SLOT, G2_ALLOC_HEAD ->
          throw new IllegalArgumentException(label + " needs to know what the environment chooses");
    };
  }

  private int dataOf(int thread) {
    return layout.privateData(coreOf(thread), Threads.get(ram, thread, Threads.TYPE));
  }

  /**
   * Runs step I3 or G2, which allocates.
   *
   * @param succeeds what the allocator is to do; refused if it does otherwise
   */
  public Performed allocate(int thread, Label label, boolean succeeds) {
    if (!isAt(thread, label)) {
      return refuse("the thread is not at " + label.text());
    }
    Mark before = ram.mark();
    begin(thread);
    platform.sofHeap().failAllocation(succeeds ? 0 : 1);
    run(thread, label == Label.I3_ALLOC_NODE ? init::i3AllocNode : register::g2AllocHead);
    platform.sofHeap().failAllocation(0);
    boolean refused = succeeds && outOfMemory(thread, label);
    if (refused) {
      ram.undoTo(before);
    }
    ram.forgetMarks();
    return refused ? refuse("the heap has no room") : Performed.DONE;
  }

  /** Without memory the step before panics, and the one for the list head returns. */
  private boolean outOfMemory(int thread, Label label) {
    if (label == Label.I3_ALLOC_NODE) {
      return haltReason() == Why.PANIC || why(thread) == Why.PANIC;
    }
    return ram.load32(platform.callResult() + CallResult.THREAD.offset()) == thread;
  }

  /**
   * Runs step G1.
   *
   * @param index what the local {@code core} holds; refused if it cannot hold that
   */
  public Performed pickSlot(int thread, int index) {
    if (!isAt(thread, Label.G1_PICK_SLOT)) {
      return refuse("the thread is not at " + Label.G1_PICK_SLOT.text());
    }
    enter(thread);
    if (!register.canIndex(index)) {
      return refuse("the local core is assigned; it is not " + index);
    }
    begin(thread);
    return run(thread, () -> register.g1PickSlot(index));
  }

  /** A thread of the LL memory domain stores a word somewhere. Refused if it may not. */
  public Performed adversaryStore(int address, int value) {
    if (halted() || power(0) != CoreState.Power.UP) {
      return refuse("there are no user threads now");
    }
    cpu.enter(Mode.USER, userDomain, 0, NO_THREAD);
    lastFault = "";
    try {
      cpu.store32(address, value);
    } catch (MemoryFault fault) {
      return refuse(fault.describe(layout.map()));
    }
    CallResult.clear(ram, platform.callResult());
    return Performed.DONE;
  }

  private Performed run(int thread, Runnable step) {
    try {
      step.run();
    } catch (MemoryFault fault) {
      stop(thread, Why.of(fault), fault.describe(layout.map()));
    } catch (FirmwareStop stop) {
      stop(thread, Why.of(stop), String.valueOf(stop.getMessage()));
    } catch (EndlessLoop loop) {
      stop(thread, Why.HANG, String.valueOf(loop.getMessage()));
    }
    return Performed.DONE;
  }

  private void stop(int thread, Why why, String message) {
    lastFault = why + ": " + message;
    if (isUser(thread)) {
      Threads.set(ram, thread, Threads.WHY, why.ordinal());
      Threads.jump(ram, thread, Label.DEAD);
    } else {
      ram.store32(haltReason, why.ordinal());
    }
  }

  private Performed refuse(String message) {
    lastFault = message;
    return Performed.REFUSED;
  }

  private void begin(int thread) {
    lastFault = "";
    CallResult.clear(ram, platform.callResult());
    enter(thread);
  }

  private void enter(int thread) {
    boolean user = isUser(thread);
    cpu.enter(
        user ? Mode.USER : Mode.KERNEL,
        user ? userDomain : MemoryDomains.NO_DOMAIN,
        coreOf(thread),
        thread);
  }

  // What a debugger sees.

  /** The RAM: all state of the firmware. */
  public Ram ram() {
    return ram;
  }

  /** Names and places of what the linker placed. */
  public MemoryLayout layout() {
    return layout;
  }

  /** What the firmware was built from. */
  public FirmwareConfig config() {
    return config;
  }

  /** Describes the last fault or refusal; empty if the last operation met none. */
  public String lastFault() {
    return lastFault;
  }

  /** Whether the firmware stopped for good. */
  public boolean halted() {
    return ram.load32(haltReason) != 0;
  }

  /** Why it stopped. */
  public Why haltReason() {
    return Why.at(ram.load32(haltReason));
  }

  /** The address of the record of the thread that the processor runs, 0 for none. */
  public int currentThread() {
    return cpu.thread();
  }

  /** The address of a thread's record. */
  public int thread(int index) {
    return threads.element(index);
  }

  /** The power state of a core. */
  public CoreState.Power power(int core) {
    return CoreState.Power.at(ram.load32(cores.element(core) + CoreState.POWER.offset()));
  }

  /** How many schedulers a core has begun to register since it started. */
  public int cursor(int core) {
    return ram.load32(cores.element(core) + CoreState.CURSOR.offset());
  }

  /** The address of a task. */
  public int task(String name) {
    return layout.address("task_" + name);
  }

  /**
   * The addresses that a heap has for registry objects, lowest first.
   *
   * @param heap name of the heap's {@code k_heap}
   */
  public List<Integer> blocks(String heap) {
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, NO_THREAD);
    return BlockProbe.blocks(ram, platform.sofHeap(), layout.address(heap));
  }

  /** Whether user threads of the LL domain may read, or write, a word. */
  public boolean userMay(int address, boolean write) {
    return write ? cpu.mayWrite(userDomain, address, 4) : cpu.mayRead(userDomain, address, 4);
  }

  private Label label(int thread) {
    return Threads.label(ram, thread);
  }

  private Why why(int thread) {
    return Why.at(Threads.get(ram, thread, Threads.WHY));
  }

  private boolean isAt(int thread, Label label) {
    return !halted() && label(thread) == label;
  }

  /** Whether a thread can make a call: user threads run once the primary core is up. */
  private boolean ready(int thread) {
    int core = isUser(thread) ? 0 : coreOf(thread);
    return isAt(thread, Label.IDLE) && power(core) == CoreState.Power.UP;
  }

  private FirmwareConfig.ThreadConfig configOf(int thread) {
    return config.threads().get((thread - threads.address()) / threads.elementSize());
  }

  private boolean isUser(int thread) {
    return configOf(thread).user();
  }

  private int coreOf(int thread) {
    return configOf(thread).core();
  }

  private int kernelThread(int core) {
    for (int index = 0; index < config.threads().size(); index++) {
      FirmwareConfig.ThreadConfig thread = config.threads().get(index);
      if (!thread.user() && thread.core() == core) {
        return threads.element(index);
      }
    }
    throw new IllegalStateException("core " + core + " has no kernel thread");
  }

  private boolean kernelIdle(int core) {
    return label(kernelThread(core)) == Label.IDLE;
  }

  private void setPower(int core, CoreState.Power power) {
    cpu.store(CoreState.POWER, cores.element(core), power.ordinal());
  }
}
