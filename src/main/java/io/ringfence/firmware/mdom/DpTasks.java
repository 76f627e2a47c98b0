package io.ringfence.firmware.mdom;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.KMemDomain;
import io.ringfence.firmware.kernel.KThread;
import io.ringfence.firmware.kernel.KThread.Life;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.mdom.MdomMachine.Outcome;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Ram;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How a DP task gets a memory domain, uses it, and gives it back (SOF
 * src/schedule/zephyr_dp_schedule_application.c, 12dd726529). A step that is not the next one of
 * its module returns false, and changes nothing.
 */
public final class DpTasks {
  /** The caller of {@link #probe} that makes and ends tasks; the thread of a module comes after. */
  public static final int IPC = 0;

  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final Set<Access> READ = EnumSet.of(Access.READ);
  private static final Set<Access> READ_WRITE = EnumSet.of(Access.READ, Access.WRITE);

  private final MdomMachine machine;
  private final Cpu cpu;
  private final boolean clears;
  private final boolean abortsFirst;
  private final boolean joinsFirst;
  private final CallProbe probe = new CallProbe();
  private String lastFault = "";

  /**
   * Starts without tasks.
   *
   * @param modules how many modules there are
   * @param pageTables how many domains there can be at a time
   */
  public DpTasks(Design design, int modules, int pageTables) {
    this.machine = new MdomMachine(modules, pageTables);
    this.cpu = machine.cpu;
    this.clears = !design.has(Defect.DOMAIN_NOT_CLEARED);
    this.abortsFirst = !design.has(Defect.DELETE_BEFORE_ABORT);
    this.joinsFirst = !design.has(Defect.DP_START_BEFORE_JOIN);
  }

  /** Memory, modules and domains. */
  public MdomMachine machine() {
    return machine;
  }

  /** Who took the last step. */
  public CallProbe probe() {
    return probe;
  }

  /** What went wrong in the last call, in words; empty if nothing did. */
  public String lastFault() {
    return lastFault;
  }

  /** {@code k_thread_create()}, {@code objpool_alloc()} and {@code k_mem_domain_init()}. */
  public boolean takeDomain(int module) {
    if (machine.life(module) != Life.NONE) {
      return false;
    }
    enter(IPC, "scheduler_dp_task_init");
    KThread.setLife(cpu, machine.thread(module), Life.CREATED);
    int mdom = machine.pools.alloc(machine.head, KMemDomain.STRUCT.size(), MemFlags.COHERENT);
    if (mdom != 0) {
      cpu.store(MdomMachine.MDOM, machine.module(module), mdom);
      if (KMemDomain.hasTables(ram(), mdom) || KMemDomain.init(cpu, mdom) == 0) {
        machine.note(module, Outcome.DONE, -1);
        return true;
      }
      machine.pools.free(machine.head, mdom);
      lastFault = "there are no more page tables";
    }
    KThread.setLife(cpu, machine.thread(module), Life.NONE);
    machine.note(module, Outcome.FAILED, -1);
    return true;
  }

  /** Adds the heap of the module and the mailbox, each at both of its addresses. */
  public boolean addPartitions(int module) {
    if (machine.life(module) != Life.CREATED || isFilled(module)) {
      return false;
    }
    enter(IPC, "k_mem_domain_add_partition");
    for (Partition partition : partitions(module)) {
      KMemDomain.addPartition(cpu, machine.mdom(module), partition);
    }
    machine.note(module, Outcome.DONE, -1);
    return true;
  }

  private List<Partition> partitions(int module) {
    int heap = machine.heap(module);
    return List.of(
        new Partition("heap", heap, PAGE, READ_WRITE),
        new Partition("cached heap", ram().mirror(heap), PAGE, READ_WRITE),
        new Partition("mailbox", machine.mailbox(), PAGE, READ),
        new Partition("cached mailbox", ram().mirror(machine.mailbox()), PAGE, READ));
  }

  private boolean isFilled(int module) {
    int mdom = machine.mdom(module);
    return mdom != 0 && KMemDomain.hasPartitionAt(ram(), mdom, machine.heap(module));
  }

  /** {@code k_mem_domain_add_thread()}. */
  public boolean addThread(int module) {
    Life next = joinsFirst ? Life.CREATED : Life.RUNNING;
    if (machine.life(module) != next || !isFilled(module) || isMember(module)) {
      return false;
    }
    enter(IPC, "k_mem_domain_add_thread");
    KMemDomain.addThread(cpu, machine.mdom(module), machine.thread(module));
    machine.note(module, Outcome.DONE, -1);
    return true;
  }

  private boolean isMember(int module) {
    int mdom = machine.mdom(module);
    return mdom != 0 && machine.members(mdom).contains(module);
  }

  /** {@code k_thread_start()}. */
  public boolean startThread(int module) {
    if (machine.life(module) != Life.CREATED
        || !(joinsFirst ? isMember(module) : isFilled(module))) {
      return false;
    }
    enter(IPC, "k_thread_start");
    KThread.setLife(cpu, machine.thread(module), Life.RUNNING);
    machine.note(module, Outcome.DONE, -1);
    return true;
  }

  /** The thread of a module reads a byte, in user mode. */
  public boolean touch(int module, int address) {
    int thread = machine.thread(module);
    if (machine.life(module) != Life.RUNNING) {
      return false;
    }
    enter(module + 1, "");
    cpu.enter(Mode.USER, KThread.domain(ram(), thread), 0, thread);
    try {
      cpu.load8(address);
      machine.note(module, Outcome.TOUCHED, address);
    } catch (MemoryFault fault) {
      probe.ended(Why.of(fault));
      lastFault = String.valueOf(fault.getMessage());
      cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
      end(module);
      machine.note(module, Outcome.FAULT, address);
    }
    return true;
  }

  /** A module asks for a shared copy, which is granted to its domain ({@code fast_get()}). */
  public boolean getCopy(int module) {
    if (machine.life(module) != Life.RUNNING || !isMember(module) || machine.holdsCopy(module)) {
      return false;
    }
    enter(module + 1, "fast_get");
    int copy = machine.copy(module);
    Partition partition = new Partition("copy", copy, PAGE, READ);
    if (KMemDomain.addPartition(cpu, machine.mdom(module), partition) < 0) {
      machine.note(module, Outcome.FAILED, -1);
    } else {
      cpu.store(MdomMachine.COPY, machine.module(module), copy);
      machine.note(module, Outcome.DONE, -1);
    }
    return true;
  }

  /** {@code scheduler_dp_task_stop()} and {@code k_thread_abort()}. */
  public boolean abortThread(int module) {
    if (machine.life(module) != Life.RUNNING || !abortsFirst && machine.mdom(module) != 0) {
      return false;
    }
    enter(IPC, "k_thread_abort");
    end(module);
    machine.note(module, Outcome.DONE, -1);
    return true;
  }

  private void end(int module) {
    KMemDomain.exitThread(cpu, machine.thread(module));
    boolean hasTask = machine.mdom(module) != 0;
    KThread.setLife(cpu, machine.thread(module), hasTask ? Life.ENDED : Life.NONE);
  }

  /** {@code scheduler_dp_domain_free()}, whose caller forgets the task. */
  public boolean freeDomain(int module) {
    int mdom = machine.mdom(module);
    boolean over = machine.life(module) == Life.ENDED;
    if (mdom == 0 || !over && (abortsFirst || machine.life(module) != Life.RUNNING)) {
      return false;
    }
    enter(IPC, "scheduler_dp_domain_free");
    for (Partition partition : partitions(module)) {
      KMemDomain.removePartition(cpu, mdom, partition.start(), partition.size());
    }
    if (clears) {
      KMemDomain.removeAllPartitions(cpu, mdom);
    }
    cpu.store(MdomMachine.MDOM, machine.module(module), 0);
    if (clears) {
      KMemDomain.deinit(cpu, mdom);
    }
    machine.pools.free(machine.head, mdom);
    cpu.store(MdomMachine.COPY, machine.module(module), 0);
    if (over) {
      KThread.setLife(cpu, machine.thread(module), Life.NONE);
    }
    machine.note(module, Outcome.DONE, -1);
    return true;
  }

  private void enter(int caller, String function) {
    lastFault = "";
    probe.called(caller, function);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
  }

  private Ram ram() {
    return machine.ram();
  }
}
