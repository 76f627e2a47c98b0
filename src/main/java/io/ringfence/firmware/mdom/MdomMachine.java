package io.ringfence.firmware.mdom;

import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.ObjectPool;
import io.ringfence.firmware.heap.OtherHeaps;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.KMemDomain;
import io.ringfence.firmware.kernel.KThread;
import io.ringfence.firmware.kernel.KThread.Life;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;
import java.util.ArrayList;
import java.util.List;

/**
 * What the calls work on: the pool of domains, modules with a thread, a heap and a shared copy
 * each, and what a debugger sees of them. All state is in RAM.
 */
public final class MdomMachine {
  /** What was done last. The ordinal is what lies in RAM. */
  public enum Outcome {
    /** Nothing yet. */
    NONE,
    /** A call returned 0. */
    DONE,
    /** A call returned an error. */
    FAILED,
    /** A thread touched memory. */
    TOUCHED,
    /** A thread was killed when it touched memory. */
    FAULT
  }

  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int STATIC_PAGES = 2;
  private static final int SYSTEM_PAGES = 2;

  private static final Struct.Builder MODULE = Struct.define("processing_module");

  /** The structure of the module's domain; after a failure it may lead to one that is free. */
  static final Field MDOM = MODULE.pointer("mdom");

  /** The shared copy that the module has, or 0. */
  static final Field COPY = MODULE.pointer("priv.copy");

  static final Field THREAD = MODULE.struct("thread", KThread.STRUCT);
  private static final Struct MODULE_STRUCT = MODULE.build();

  private static final Struct.Builder RECORD = Struct.define("last_call");
  private static final Field BY = RECORD.u32("by");
  private static final Field WHAT = RECORD.u32("what");
  private static final Field ON = RECORD.s32("on");
  private static final Struct RECORD_STRUCT = RECORD.build();

  final SmallMachine machine;
  final Cpu cpu;
  final ObjectPool pools;

  /** {@code dp_mdom_head}. */
  final int head;

  private final Ram ram;
  private final int modules;
  private final int count;
  private final int record;
  private final int mailbox;
  private final List<Integer> heaps = new ArrayList<>();
  private final List<Integer> copies = new ArrayList<>();

  MdomMachine(int count, int pageTables) {
    this.count = count;
    this.machine = new SmallMachine(STATIC_PAGES, SYSTEM_PAGES + 1 + 2 * count, pageTables, true);
    this.cpu = machine.cpu();
    this.ram = machine.ram();
    int systemHeap = machine.allocateStatic(KHeap.STRUCT.size());
    int failCountdown = machine.allocateStatic(Integer.BYTES);
    SofHeap sofHeap =
        new SofHeap(
            cpu,
            new SysHeap(cpu, HeapConfig.RELEASE),
            new SofHeap.Layout(systemHeap, 0, failCountdown, true),
            OtherHeaps.NONE,
            HeapPlatform.PLAIN,
            false);
    sofHeap.initSystemHeap(machine.takePages(SYSTEM_PAGES), SYSTEM_PAGES * PAGE);
    this.pools = new ObjectPool(cpu, sofHeap, null);
    this.head = machine.allocateStatic(ObjectPool.HEAD.size());
    pools.init(head);
    this.mailbox = page();
    this.modules = machine.allocateStatic(count * MODULE_STRUCT.size());
    for (int module = 0; module < count; module++) {
      heaps.add(page());
      copies.add(page());
      KThread.init(cpu, thread(module), Life.NONE);
    }
    this.record = machine.allocateStatic(RECORD_STRUCT.size());
    note(0, Outcome.NONE, -1);
    ram.freeze();
  }

  private int page() {
    int page = machine.takePages(1);
    ram.shadow().declareStatic(page, PAGE);
    return page;
  }

  int module(int number) {
    return modules + number * MODULE_STRUCT.size();
  }

  int thread(int module) {
    return THREAD.in(module(module));
  }

  void note(int module, Outcome outcome, int address) {
    ram.store32(BY.in(record), module);
    ram.store32(WHAT.in(record), outcome.ordinal());
    ram.store32(ON.in(record), address);
  }

  // What a debugger reads.

  /** The RAM that all state is in. */
  public Ram ram() {
    return ram;
  }

  /** How many modules there are. */
  public int modules() {
    return count;
  }

  /** Where the host's messages lie. */
  public int mailbox() {
    return mailbox;
  }

  /** The heap of a module. */
  public int heap(int module) {
    return heaps.get(module);
  }

  /** Where the shared copy lies that a module can have. */
  public int copy(int module) {
    return copies.get(module);
  }

  /** The structures of domains, taken or not, in the order in which they are searched. */
  public List<Integer> structures() {
    List<Integer> structures = new ArrayList<>();
    for (int set : pools.sets(head)) {
      structures.addAll(pools.objects(set));
    }
    return structures;
  }

  /** Whether a structure is taken. */
  public boolean isTaken(int structure) {
    for (int set : pools.sets(head)) {
      int index = pools.objects(set).indexOf(structure);
      if (index >= 0) {
        return pools.isTaken(set, index);
      }
    }
    throw new IllegalArgumentException(String.format("0x%08x is in no set", structure));
  }

  /** The modules whose threads are members of a domain. */
  public List<Integer> members(int structure) {
    List<Integer> threads = KMemDomain.members(ram, structure);
    List<Integer> members = new ArrayList<>();
    for (int module = 0; module < count; module++) {
      if (threads.contains(thread(module))) {
        members.add(module);
      }
    }
    return members;
  }

  /** What became of the thread of a module. */
  public Life life(int module) {
    return KThread.life(ram, thread(module));
  }

  /** The structure of the domain of a module's task; 0 without a task or without a domain. */
  public int mdom(int module) {
    return life(module) == Life.NONE ? 0 : ram.load32(MDOM.in(module(module)));
  }

  /** Whether a module has its shared copy. */
  public boolean holdsCopy(int module) {
    return ram.load32(COPY.in(module(module))) != 0;
  }

  /** What was done last. */
  public Outcome outcome() {
    return Outcome.values()[ram.load32(WHAT.in(record))];
  }

  /** The module that it was done for, or by. */
  public int caller() {
    return ram.load32(BY.in(record));
  }

  /** The memory that was touched, or -1. */
  public int touched() {
    return ram.load32(ON.in(record));
  }
}
