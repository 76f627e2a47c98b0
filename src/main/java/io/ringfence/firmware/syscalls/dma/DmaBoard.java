package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.KThread;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.syscalls.KernelObjects;
import io.ringfence.firmware.userspace.UserBuild;
import io.ringfence.firmware.userspace.UserMailbox;
import io.ringfence.firmware.userspace.UserPartitions;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Ram;
import java.util.Arrays;
import java.util.Set;

/**
 * A machine with DMA controllers, a kernel heap, the LL user heap, the mailbox, and the memory
 * domain of the LL threads, in which user threads run on core 1. Who has permission on which device
 * is the caller's choice.
 */
public final class DmaBoard {
  /** Kinds of memory, from the point of view of the two threads. */
  public enum Place {
    /** The partition that they may write. */
    USER_RW,
    /** The partition that they may only read. */
    USER_RO,
    /** A kernel object. */
    KERNEL,
    /** The partition of another domain. */
    OTHER,
    /** No memory. */
    UNMAPPED,
    /** Registers of a peripheral, for the kernel only. */
    PERIPHERAL
  }

  /**
   * How much there is of everything.
   *
   * @param controllers DMA controllers
   * @param threads user threads, the first of which is the IPC thread
   * @param channels channels of each controller
   */
  record Size(int controllers, int threads, int channels) {}

  private static final int STATIC_PAGES = 2;
  private static final int OTHER_PAGES = 8;
  private static final int DOMAINS = 2;
  private static final int USER_CORE = 1;
  private static final int CORES = 2;
  private static final int NOWHERE = 0x70000000;

  private final SmallMachine machine =
      SmallMachine.withCaches(STATIC_PAGES, OTHER_PAGES, DOMAINS, CORES);
  private final Cpu cpu = machine.cpu();
  private final int domain;
  private final int[] threads;
  private final int kernelObject;
  private final int userRw = page();
  private final int userRo = page();
  private final int other = page();
  private final int peripheral = page();
  private final int systemHeap;
  private final SofHeap heap;
  private final KernelObjects objects;
  private final SofDma controllers;
  private final HostBox hostBox;
  private final DmaDevice devices = new DmaDevice(cpu);

  /** Boots. */
  DmaBoard(Design design, Size size) {
    MemoryDomains domains = machine.domains();
    this.domain = domains.create();
    Set<Access> readWrite = Set.of(Access.READ, Access.WRITE);
    int bytes = MemoryDomains.PAGE_BYTES;
    new UserPartitions(domains, UserBuild.LL).attachCommon(domain, userRw, bytes);
    domains.add(domain, new Partition("constants", userRo, bytes, Set.of(Access.READ)));
    domains.add(domains.create(), new Partition("other", other, bytes, readWrite));

    this.threads = new int[size.threads()];
    Arrays.setAll(threads, i -> machine.allocateStatic(DmaThread.STRUCT.size()));
    for (int thread : threads) {
      KThread.init(cpu, thread, KThread.Life.RUNNING);
      KThread.join(cpu, thread, domain);
    }
    this.kernelObject = machine.allocateStatic(DmaBlock.STRUCT.size());
    // As in a wait queue that is empty, the links point to the object itself.
    cpu.store(DmaBlock.SOURCE_ADDRESS, kernelObject, kernelObject);
    cpu.store(DmaBlock.DEST_ADDRESS, kernelObject, kernelObject);

    this.systemHeap = machine.allocateStatic(KHeap.STRUCT.size());
    int userHeap = machine.allocateStatic(KHeap.STRUCT.size());
    this.heap =
        new SofHeap(
            cpu,
            new SysHeap(cpu, HeapConfig.RELEASE),
            new SofHeap.Layout(systemHeap, userHeap, machine.allocateStatic(4), false));
    heap.initSystemHeap(machine.takePages(1), bytes);
    int userPage = machine.takePages(1);
    domains.addMirrored(domain, new Partition("LL user heap", userPage, bytes, readWrite));
    heap.initHeap(userHeap, userPage, bytes);
    int capacity = size.threads() + size.controllers();
    this.objects =
        new KernelObjects(
            cpu, machine.allocateStatic(KernelObjects.tableBytes(capacity)), capacity);
    this.controllers = bootControllers(design, size);
    this.hostBox = bootMailbox(design);
  }

  private HostBox bootMailbox(Design design) {
    int registers = page();
    int box = page();
    new UserMailbox(
            cpu,
            design,
            UserBuild.LL,
            UserMailbox.IpcMajor.IPC4,
            new CacheAliases(true),
            new UserMailbox.Windows(registers, box, MemoryDomains.PAGE_BYTES, 0))
        .grant(domain, threads[0]);
    return new HostBox(cpu, machine.cache(), USER_CORE, domain, box);
  }

  private SofDma bootControllers(Design design, Size size) {
    for (int thread : threads) {
      objects.add(thread, KernelObjects.Type.THREAD);
    }
    int array = machine.allocateStatic(size.controllers() * SofDma.STRUCT.size());
    SofDma all = new SofDma(cpu, objects, design, array, size.controllers());
    for (int i = 0; i < size.controllers(); i++) {
      int device = machine.allocateStatic(DmaDevice.bytes(size.channels()));
      devices.init(device, size.channels());
      objects.add(device, KernelObjects.Type.DRIVER_DMA);
      all.setDevice(i, device);
    }
    return all;
  }

  private int page() {
    int page = machine.takePages(1);
    machine.ram().shadow().declareStatic(page, MemoryDomains.PAGE_BYTES);
    return page;
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return machine.ram();
  }

  /** The processor. */
  Cpu cpu() {
    return cpu;
  }

  /** Places a static object of the kernel. */
  int allocateStatic(int bytes) {
    return machine.allocateStatic(bytes);
  }

  /** The allocation functions. */
  SofHeap heap() {
    return heap;
  }

  /** The address of the kernel heap's {@code z_heap}. */
  public int kernelHeap() {
    return ram().load32(SysHeap.HEAP.in(systemHeap));
  }

  /** The DMA controllers. */
  public SofDma controllers() {
    return controllers;
  }

  /** The address of the first byte of a kind of memory. */
  public int address(Place place) {
    return switch (place) {
      case USER_RW -> userRw;
      case USER_RO -> userRo;
      case KERNEL -> kernelObject;
      case OTHER -> other;
      case UNMAPPED -> NOWHERE;
      case PERIPHERAL -> peripheral;
    };
  }

  /** Whether an address is a register of a peripheral. */
  boolean isPeripheral(int address) {
    return Integer.compareUnsigned(address - peripheral, MemoryDomains.PAGE_BYTES) < 0;
  }

  /** Whether user threads may have a controller access memory: it is theirs, or a peripheral's. */
  public boolean isForUser(int address, int bytes, boolean write) {
    Access access = write ? Access.WRITE : Access.READ;
    return isPeripheral(address) || machine.domains().allows(domain, address, bytes, access);
  }

  /** Whether a thread has permission on the device of what is, or is said to be, a controller. */
  public boolean mayUse(int thread, int dma) {
    for (int i = 0; i < controllers.count(); i++) {
      if (controllers.controller(i) == dma) {
        return objects.permits(ram().load32(SofDma.Z_DEV.in(dma)), threads[thread]);
      }
    }
    return false;
  }

  /** The address of a thread's record. */
  public int thread(int index) {
    return threads[index];
  }

  /** What the drivers do. */
  DmaDevice devices() {
    return devices;
  }

  /** Who has permission on what. */
  KernelObjects objects() {
    return objects;
  }

  /** The host's part of the mailbox. */
  public HostBox hostBox() {
    return hostBox;
  }

  /** Runs a system call of a thread from here on. */
  void enterCall(int thread) {
    enter(Mode.KERNEL, 0, threads[thread]);
  }

  /** Runs a thread in user mode, on another core, from here on. */
  void enterUser(int thread) {
    enter(Mode.USER, USER_CORE, threads[thread]);
  }

  private void enter(Mode mode, int core, int thread) {
    cpu.enter(mode, KThread.domain(ram(), thread), core, thread);
  }
}
