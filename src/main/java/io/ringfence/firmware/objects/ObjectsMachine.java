package io.ringfence.firmware.objects;

import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.KThread.Life;
import io.ringfence.firmware.kernel.PrivilegedInstruction;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.objects.UserThreads.Name;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;
import java.util.Set;

/**
 * What the calls work on: kernel objects and threads in kernel memory, handles and the task in user
 * memory, and what a debugger sees of it. All state is in RAM.
 */
public final class ObjectsMachine {
  /** The next step of the boot thread. The ordinal is what lies in RAM. */
  public enum Boot {
    /** {@code zephyr_domain_init()}. */
    DOMAIN,
    /** {@code zephyr_ll_scheduler_init()}. */
    SCHEDULER,
    /** {@code ipc_user_init_thread()}. */
    IPC,
    /** {@code scheduler_init_context()}. */
    CONTEXT,
    /** The end of {@code main()}. */
    END,
    /** None. */
    ENDED
  }

  /** The state of the task. */
  public enum TaskState {
    /** Not initialized. */
    NONE,
    /** Initialized. */
    INIT,
    /** Scheduled, and not run yet. */
    QUEUED,
    /** It ran. */
    RAN,
    /** It ran, and somebody waits for its end. */
    FREEING,
    /** It was taken off the list for whoever waits. */
    DONE,
    /** It was taken off the list. */
    FREE
  }

  /** What the last call did. */
  public enum Outcome {
    /** There was none yet. */
    NONE,
    /** It returned. */
    DONE,
    /** A system call killed the thread. */
    OOPS,
    /** A privileged instruction killed the thread. */
    PRIVILEGED,
    /** The memory protection killed the thread. */
    PROTECTION,
    /** It waited in vain. */
    TIMEOUT
  }

  private static final Struct.Builder TASK = Struct.define("task");
  static final Field STATE = TASK.u32("state");
  static final Field HAS_PDATA = TASK.bool("priv_data");
  static final Field FREEING = TASK.bool("freeing");
  static final Field EMBEDDED_SEM = TASK.struct("sem", Semaphore.STRUCT);
  static final Struct TASK_STRUCT = TASK.build();

  static final int STATE_INIT = 0;
  static final int STATE_QUEUED = 1;
  static final int STATE_RUNNING = 3;
  static final int STATE_FREE = 6;

  private static final Struct.Builder RECORD = Struct.define("last_call");
  private static final Field BY = RECORD.u32("by");
  private static final Field WHAT = RECORD.u32("what");
  private static final Field ON = RECORD.s32("on");
  private static final Struct RECORD_STRUCT = RECORD.build();

  private static final int OBJECTS = 8;
  static final int NO_HANDLE = -1;

  private final SmallMachine machine = new SmallMachine(1, 1, 1, false);
  final Cpu cpu = machine.cpu();
  private final Ram ram = machine.ram();
  private final ObjectTable table;
  private final UserThreads threads;
  final int domain;
  private final int heap;
  final int handles;
  final int task;
  private final int boot;
  private final int record;
  private final CallProbe probe = new CallProbe();
  private String lastFault = "";

  ObjectsMachine() {
    this.table = new ObjectTable(cpu, machine.allocateStatic(ObjectTable.bytes(OBJECTS)), OBJECTS);
    this.threads = new UserThreads(cpu, machine.allocateStatic(UserThreads.bytes()));
    this.boot = machine.allocateStatic(4);
    this.record = machine.allocateStatic(RECORD_STRUCT.size());
    this.heap = machine.takePages(1);
    ram.shadow().declareStatic(heap, MemoryDomains.PAGE_BYTES);
    this.domain = machine.domains().create();
    machine
        .domains()
        .add(
            domain,
            new Partition(
                "ll_user_heap", heap, MemoryDomains.PAGE_BYTES, Set.of(Access.READ, Access.WRITE)));
    this.handles = heap;
    this.task = heap + Handle.STRUCT.size();
    note(Name.BOOT, Outcome.NONE, NO_HANDLE);
    ram.freeze();
  }

  // The kernel.

  /** Loads a handle in user mode, and enters a system call, whose verifier checks it. */
  int checked(Handle handle, Name thread) {
    int object = cpu.load(handle.field(), handles);
    note(thread, Outcome.OOPS, handle.ordinal());
    cpu.raise();
    table.check(object, handle.type(), thread.ordinal());
    return object;
  }

  int alloc(Handle handle, Name thread) {
    int object = table.alloc(handle.type(), thread.ordinal());
    cpu.store(handle.field(), handles, object);
    return object;
  }

  void grant(Handle handle, Name thread) {
    table.grant(handle(handle), thread.ordinal());
  }

  void end(Name thread) {
    table.threadEnds(thread.ordinal());
    threads.leave(thread);
    threads.set(thread, Life.ENDED);
  }

  boolean run(Name thread, String function, Runnable call) {
    lastFault = "";
    probe.called(thread.ordinal(), function);
    threads.run(thread);
    try {
      note(thread, Outcome.DONE, NO_HANDLE);
      call.run();
      if (outcome() == Outcome.OOPS) {
        note(thread, Outcome.DONE, NO_HANDLE);
      }
    } catch (KernelOops oops) {
      kill(thread, Outcome.OOPS, Why.VERIFY, oops);
    } catch (PrivilegedInstruction instruction) {
      kill(thread, Outcome.PRIVILEGED, Why.PROTECTION, instruction);
    } catch (MemoryFault fault) {
      kill(thread, Outcome.PROTECTION, Why.of(fault), fault);
    }
    return true;
  }

  private void kill(Name thread, Outcome outcome, Why why, RuntimeException cause) {
    probe.ended(why);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
    if (outcome != Outcome.OOPS) {
      note(thread, outcome, NO_HANDLE);
    }
    end(thread);
    lastFault = String.valueOf(cause.getMessage());
  }

  /** Notes what a call does, as a debugger's trace buffer does. */
  void note(Name thread, Outcome outcome, int handle) {
    ram.store32(BY.in(record), thread.ordinal());
    ram.store32(WHAT.in(record), outcome.ordinal());
    ram.store32(ON.in(record), handle);
  }

  void setBoot(Boot next) {
    cpu.store32(boot, next.ordinal());
  }

  // What a debugger sees.

  /** The RAM that all state is in. */
  public Ram ram() {
    return ram;
  }

  /** The kernel objects. */
  public ObjectTable table() {
    return table;
  }

  /** The threads. */
  public UserThreads threads() {
    return threads;
  }

  /** The next step of the boot thread. */
  public Boot boot() {
    return Boot.values()[ram.load32(boot)];
  }

  /** Whether a thread is in the memory domain of the LL threads. */
  public boolean isMember(Name thread) {
    return threads.domain(thread) == domain;
  }

  /** The value of a handle, 0 if there is none. */
  public int handle(Handle handle) {
    return ram.load32(handle.field().in(handles));
  }

  /** The address of a handle. */
  public int address(Handle handle) {
    return handle.field().in(handles);
  }

  /** Whether user threads can write to an address. */
  public boolean isUserWritable(int address) {
    return machine.domains().allows(domain, address, 1, Access.WRITE);
  }

  /** The state of the task. */
  public TaskState taskState() {
    if (ram.load8(HAS_PDATA.in(task)) == 0) {
      return TaskState.NONE;
    }
    boolean freeing = ram.load8(FREEING.in(task)) != 0;
    return switch (ram.load32(STATE.in(task))) {
      case STATE_INIT -> TaskState.INIT;
      case STATE_QUEUED -> TaskState.QUEUED;
      case STATE_RUNNING -> freeing ? TaskState.FREEING : TaskState.RAN;
      default -> freeing ? TaskState.DONE : TaskState.FREE;
    };
  }

  /** Whether the task's semaphore was given and not taken since. */
  public boolean isGiven() {
    int sem = handle(Handle.SEM);
    return sem != 0 && ram.load32(Semaphore.COUNT.in(sem)) != 0;
  }

  /** What the last call did. */
  public Outcome outcome() {
    return Outcome.values()[ram.load32(WHAT.in(record))];
  }

  /** Who made the last call. */
  public Name caller() {
    return Name.values()[ram.load32(BY.in(record))];
  }

  /** The index of the handle that the last call was refused, or -1. */
  public int refused() {
    return ram.load32(ON.in(record));
  }

  /** Who took the last step. */
  public CallProbe probe() {
    return probe;
  }

  /** What went wrong in the last call, in words; empty if nothing did. */
  public String lastFault() {
    return lastFault;
  }
}
