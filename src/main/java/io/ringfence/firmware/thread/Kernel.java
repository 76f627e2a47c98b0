package io.ringfence.firmware.thread;

import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.FunctionTable;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a kernel that runs threads: creation, call stacks, abort, and the interrupt mask of
 * each core. Which thread runs next is not decided here.
 */
public final class Kernel {
  private final Cpu cpu;
  private final Ram ram;
  private final WaitQueue queues;
  private final Tracing tracing;
  private FunctionTable<Routine> code;

  /** Makes a kernel whose code is to be linked. */
  public Kernel(Cpu cpu, Tracing tracing) {
    this.cpu = cpu;
    this.ram = cpu.ram();
    this.code = new FunctionTable.Builder<Routine>(0, 0).build();
    this.queues = new WaitQueue(cpu);
    this.tracing = tracing;
  }

  /** Says what function pointers lead to. */
  public void link(FunctionTable<Routine> functions) {
    this.code = functions;
  }

  /** The processor. */
  public Cpu cpu() {
    return cpu;
  }

  /** Who is told. */
  public Tracing tracing() {
    return tracing;
  }

  WaitQueue queues() {
    return queues;
  }

  // Threads.

  /**
   * What a thread is created with.
   *
   * @param id its bit in the permissions of kernel objects
   * @param stack the lowest address of its stack, which grows upward here
   * @param prio lower is better, negative is cooperative
   * @param user whether it runs in user mode
   */
  public record ThreadConfig(int id, int stack, int prio, int core, boolean user) {}

  /** Makes memory a thread that was not started ({@code k_thread_create}). */
  public void create(int thread, ThreadConfig config) {
    cpu.zero(thread, KThread.STRUCT.size());
    Threads.clear(ram, thread);
    ListItem.init(cpu, KThread.WAIT_NODE.in(thread));
    cpu.store(KThread.STATE, thread, ThreadState.CREATED.ordinal());
    cpu.store(KThread.PRIO, thread, config.prio());
    cpu.store(KThread.CORE, thread, config.core());
    cpu.store(KThread.USER, thread, config.user() ? 1 : 0);
    cpu.store(KThread.DOMAIN, thread, MemoryDomains.NO_DOMAIN);
    cpu.store(KThread.ID, thread, config.id());
    cpu.store(KThread.STACK, thread, config.stack());
  }

  /** Lets a thread run ({@code k_thread_start}). */
  public void start(int thread) {
    cpu.store(KThread.STATE, thread, ThreadState.READY.ordinal());
    tracing.threadStarted(thread);
  }

  /** Adds a thread to a memory domain ({@code k_mem_domain_add_thread}). */
  public void join(int thread, int domain) {
    cpu.store(KThread.DOMAIN, thread, domain);
  }

  /**
   * Ends a thread wherever it is ({@code k_thread_abort}): it never runs again, its stack is gone,
   * and mutexes that it owns stay owned. A dead thread stays dead.
   */
  public void abort(int thread) {
    ThreadState state = ThreadState.at(cpu.load(KThread.STATE, thread));
    if (state == ThreadState.DEAD) {
      return;
    }
    tracing.threadAborted(thread);
    if (state == ThreadState.PENDING) {
      queues.remove(thread);
    }
    cpu.store(KThread.MASKED, thread, 0);
    cpu.store(KThread.STATE, thread, ThreadState.DEAD.ordinal());
    ram.store32(KThread.SP.in(thread), 0);
  }

  /** Lets the current thread wait for something outside of the model. */
  public void block(int thread) {
    cpu.store(KThread.STATE, thread, ThreadState.BLOCKED.ordinal());
    WaitQueue.swapOut(cpu, thread);
  }

  /** Lets a thread go on that waited for something outside of the model. */
  public void unblock(int thread) {
    cpu.store(KThread.STATE, thread, ThreadState.READY.ordinal());
  }

  // The interrupt mask. While a thread waits, its core is not masked: swapping it in restores that.

  /**
   * Masks the interrupts of this core ({@code irq_local_disable}), and returns the state before.
   */
  public int mask() {
    int thread = cpu.thread();
    int key = cpu.load(KThread.MASKED, thread);
    cpu.store(KThread.MASKED, thread, 1);
    return key;
  }

  /** Restores the state before ({@code irq_local_enable}). */
  public void unmask(int key) {
    cpu.store(KThread.MASKED, cpu.thread(), key);
  }

  // Calls.

  /** The routine that a function pointer leads to, checked as a call is. */
  public Routine fetch(int function) {
    return cpu.fetch(code, function);
  }

  /** The address of a function. */
  public int function(String name) {
    return code.address(name);
  }

  /** Lets a thread enter a routine; its arguments are the first words of the frame. */
  public void call(int thread, int function, int... arguments) {
    Routine callee = fetch(function);
    int caller = ram.load32(KThread.SP.in(thread));
    int frame =
        caller == 0
            ? ram.load32(KThread.STACK.in(thread))
            : caller + routineOf(caller).frame().size();
    ram.store32(Frame.FUNCTION.in(frame), function);
    ram.store32(Frame.PC.in(frame), 0);
    ram.store32(Frame.CALLER.in(frame), caller);
    Struct layout = callee.frame();
    for (Field local : layout.fields()) {
      // A structure is initialized by its function, and keeps what lay there until then.
      if (local.offset() >= Frame.argument(layout, 0).offset() && local.struct() == null) {
        ram.fill(local.in(frame), local.size(), 0);
      }
    }
    for (int i = 0; i < arguments.length; i++) {
      ram.store32(Frame.argument(layout, i).in(frame), arguments[i]);
    }
    ram.store32(KThread.SP.in(thread), frame);
  }

  void ret(int thread, int value) {
    int frame = ram.load32(KThread.SP.in(thread));
    ram.store32(KThread.RESULT.in(thread), value);
    ram.store32(KThread.SP.in(thread), ram.load32(Frame.CALLER.in(frame)));
  }

  /** Lets the processor run a thread. */
  public void enter(int thread) {
    boolean user = ram.load32(KThread.USER.in(thread)) != 0;
    cpu.enter(
        user ? Mode.USER : Mode.KERNEL,
        ram.load32(KThread.DOMAIN.in(thread)),
        ram.load32(KThread.CORE.in(thread)),
        thread);
    if (ram.load32(KThread.SWAPPED_MASK.in(thread)) != 0) {
      ram.store32(KThread.MASKED.in(thread), 1);
      ram.store32(KThread.SWAPPED_MASK.in(thread), 0);
    }
  }

  /** Lets the processor serve an interrupt. */
  public void enterInterrupt(int core) {
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, core, 0);
  }

  /** Runs the next step of a thread that has a call in progress. */
  public void step(int thread) {
    enter(thread);
    Frame frame = top(thread);
    Routine routine = routineOf(frame(thread));
    routine.step(frame);
  }

  // What a debugger sees.

  /** Whether a thread has no call in progress. */
  public boolean isIdle(int thread) {
    return frame(thread) == 0;
  }

  /** The frame of the routine that a thread is in, which must be in one. */
  public Frame top(int thread) {
    return new Frame(this, thread, frame(thread));
  }

  /** The name of the label that a thread is at; empty if it has no call in progress. */
  public String label(int thread) {
    int frame = frame(thread);
    return frame == 0 ? "" : routineOf(frame).label(pcOf(frame));
  }

  /** Lets the routine return that a thread is in, with a result that is up to the driver. */
  public void returnFrom(int thread, int value) {
    ret(thread, value);
  }

  /** The frames of a thread, innermost first. */
  public List<Integer> frames(int thread) {
    List<Integer> frames = new ArrayList<>();
    for (int at = frame(thread); at != 0; at = callerOf(at)) {
      frames.add(at);
    }
    return frames;
  }

  /** The names of the routines that a thread is in, outermost first. */
  public List<String> calls(int thread) {
    List<String> calls = new ArrayList<>();
    for (int at = frame(thread); at != 0; at = callerOf(at)) {
      calls.add(0, routineOf(at).name());
    }
    return calls;
  }

  /** The address of the frame that a thread is in, or 0. */
  public int frame(int thread) {
    return ram.load32(KThread.SP.in(thread));
  }

  /** The function that a frame is of. */
  public int functionOf(int frame) {
    return ram.load32(Frame.FUNCTION.in(frame));
  }

  /** The ordinal of the label that a frame is at. */
  public int pcOf(int frame) {
    return ram.load32(Frame.PC.in(frame));
  }

  /** The frame of the caller, or 0. */
  public int callerOf(int frame) {
    return ram.load32(Frame.CALLER.in(frame));
  }

  /** The frame at an address. */
  public Frame frameAt(int thread, int address) {
    return new Frame(this, thread, address);
  }

  /** The routine that a frame is of. */
  public Routine routineOf(int frame) {
    Routine routine = code.at(functionOf(frame));
    if (routine == null) {
      throw new IllegalStateException(String.format("no routine has the frame at 0x%08x", frame));
    }
    return routine;
  }
}
