package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.syscalls.KernelObjects;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Ram;
import java.util.Arrays;
import java.util.Set;

/**
 * A machine with DMA controllers, a kernel heap, the LL user heap, and a memory domain in which
 * user threads run. The first threads have permission on the device of the first controller; nobody
 * has it on another device.
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
   * @param threads user threads
   * @param granted those of them with permission
   * @param channels channels of each controller
   */
  record Size(int controllers, int threads, int granted, int channels) {}

  private static final int STATIC_PAGES = 2;
  private static final int OTHER_PAGES = 8;
  private static final int DOMAINS = 2;
  private static final int NOWHERE = 0x70000000;

  private final SmallMachine machine = new SmallMachine(STATIC_PAGES, OTHER_PAGES, DOMAINS, false);
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
  private final SofDma controllers;
  private final DmaDevice devices = new DmaDevice(cpu);

  /** Boots. */
  DmaBoard(Design design, Size size) {
    MemoryDomains domains = machine.domains();
    this.domain = domains.create();
    Set<Access> readWrite = Set.of(Access.READ, Access.WRITE);
    int bytes = MemoryDomains.PAGE_BYTES;
    domains.add(domain, new Partition("user", userRw, bytes, readWrite));
    domains.add(domain, new Partition("constants", userRo, bytes, Set.of(Access.READ)));
    domains.add(domains.create(), new Partition("other", other, bytes, readWrite));

    this.threads = new int[size.threads()];
    Arrays.setAll(threads, i -> machine.allocateStatic(DmaThread.STRUCT.size()));
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
    domains.add(domain, new Partition("LL user heap", userPage, bytes, readWrite));
    heap.initHeap(userHeap, userPage, bytes);
    this.controllers = bootControllers(design, size);
  }

  private SofDma bootControllers(Design design, Size size) {
    int capacity = size.threads() + size.controllers();
    KernelObjects objects =
        new KernelObjects(
            cpu, machine.allocateStatic(KernelObjects.tableBytes(capacity)), capacity);
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
      for (int thread = 0; i == 0 && thread < size.granted(); thread++) {
        objects.grant(device, threads[thread]);
      }
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

  /** The address of a thread's record. */
  public int thread(int index) {
    return threads[index];
  }

  /** What the drivers do. */
  DmaDevice devices() {
    return devices;
  }

  /** Takes a page that the threads may access in the given way, zeroed. */
  int shareWithThreads(String name, Set<Access> rights) {
    int page = page();
    machine.domains().add(domain, new Partition(name, page, MemoryDomains.PAGE_BYTES, rights));
    return page;
  }

  /** Whether the threads may write at an address. */
  boolean mayThreadsWrite(int address) {
    return cpu.mayWrite(domain, address, 1);
  }

  /** Runs a system call of a thread from here on. */
  void enterCall(int thread) {
    cpu.enter(Mode.KERNEL, domain, 0, threads[thread]);
  }

  /** Runs a thread in user mode, on another core, from here on. */
  void enterUser(int thread) {
    cpu.enter(Mode.USER, domain, 1, threads[thread]);
  }
}
