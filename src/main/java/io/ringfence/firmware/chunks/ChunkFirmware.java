package io.ringfence.firmware.chunks;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Ram;
import java.util.Objects;
import java.util.Set;

/**
 * A machine with the heap of user-space LL threads and threads that use it by system call. Behind
 * the page with the heap's metadata lies a page of the kernel with an object, and nothing is mapped
 * around the two. What the threads hold, and how the last call ended, lie in RAM.
 *
 * <p>The heap takes the first bytes of a page that user threads may write. With {@link
 * Fix#CHUNK_TABLE} that page is the kernel's and holds the table of chunks; the blocks lie in
 * another one.
 */
public final class ChunkFirmware {
  /** Size of a unit of the heap's metadata. */
  public static final int UNIT_BYTES = 8;

  /** Both words of the kernel object: the count and the limit of a semaphore. */
  public static final int SEMAPHORE_VALUE = 1;

  private static final int STATIC_PAGES = 1;
  private static final int OTHER_PAGES = 5;

  private static final int SEMAPHORE_BYTES = 8;

  private final SmallMachine machine = new SmallMachine(STATIC_PAGES, OTHER_PAGES, 1, false);
  private final Cpu cpu = machine.cpu();
  private final boolean careless;
  private final int clients;
  private final SofHeap heap;
  private final int userHeap;
  private final int clientTable;
  private final int lastCall;
  private final int budget;
  private final int metadata;
  private final int kernelPage;
  private final int domain;
  private String lastFault = "";

  /**
   * Boots.
   *
   * @param units the units of the heap before its end chunk, those of the {@code z_heap} included
   * @param debug whether assertions and moderate heap hardening are built in
   * @param careless whether threads keep the pointers that they freed
   * @param clients how many pointers the threads keep
   * @param writes how many half-words the hostile thread may store
   */
  public ChunkFirmware(
      Design design, int units, boolean debug, boolean careless, int clients, int writes) {
    this.careless = careless;
    this.clients = clients;
    HeapConfig config = new HeapConfig(false, debug ? 2 : 1, debug, true, 3);
    int systemHeap = machine.allocateStatic(KHeap.STRUCT.size());
    this.userHeap = machine.allocateStatic(KHeap.STRUCT.size());
    SofHeap.Layout layout =
        new SofHeap.Layout(systemHeap, userHeap, machine.allocateStatic(4), false, debug);
    this.heap = new SofHeap(cpu, new SysHeap(cpu, config, design), layout, design);
    this.clientTable = machine.allocateStatic(Client.STRUCT.size() * clients);
    this.lastCall = machine.allocateStatic(LastCall.STRUCT.size());
    this.budget = machine.allocateStatic(4);
    cpu.store32(budget, writes);

    unmap(machine.takePages(1));
    this.metadata = machine.takePages(1);
    this.kernelPage = machine.takePages(1);
    unmap(machine.takePages(1));
    int last = machine.takePages(1);
    int bytes = (units + 1) * UNIT_BYTES;
    boolean beside = design.has(Fix.METADATA_OUTSIDE);
    if (beside) {
      heap.initHeapBeside(userHeap, metadata, bytes, last);
    } else {
      unmap(last);
      heap.initHeap(userHeap, metadata, bytes);
    }
    machine.ram().shadow().declareStatic(kernelPage, SEMAPHORE_BYTES);
    cpu.store32(kernelPage, SEMAPHORE_VALUE);
    cpu.store32(kernelPage + 4, SEMAPHORE_VALUE);
    this.domain = machine.domains().create();
    machine
        .domains()
        .add(
            domain,
            new Partition(
                "LL heap",
                beside ? last : metadata,
                MemoryDomains.PAGE_BYTES,
                Set.of(Access.READ, Access.WRITE)));
    machine.ram().freeze();
  }

  private void unmap(int page) {
    machine.domains().unmap(page, MemoryDomains.PAGE_BYTES);
  }

  // What threads do. Each returns false, and does nothing, if it cannot be done now.

  /** Lets a thread allocate a block, if it holds none. */
  public boolean alloc(int client, int bytes, int align) {
    if (isStopped() || isLive(client)) {
      return false;
    }
    LastCall.Argument argument =
        (align & align - 1) == 0 ? LastCall.Argument.VALID : LastCall.Argument.ALIGN;
    LastCall.begin(ram(), lastCall, align, 0);
    int[] block = new int[1];
    Why why = asUser(() -> block[0] = heap.alloc(userHeap, MemFlags.USER, bytes, align));
    if (why == Why.NOTHING && block[0] != 0) {
      remember(client, block[0], bytes, align, true);
    }
    LastCall.write(ram(), lastCall, LastCall.Call.ALLOC, argument, why, block[0] == 0);
    return true;
  }

  /** Lets a thread free what lies so many bytes behind the start of what it holds, or held. */
  public boolean free(int client, int offset) {
    if (isStopped() || bytes(client) == 0) {
      return false;
    }
    int address = pointer(client) + offset;
    LastCall.Argument argument = argument(address);
    LastCall.begin(ram(), lastCall, 0, address);
    Why why = asUser(() -> heap.free(userHeap, address));
    for (int other = 0; why == Why.NOTHING && other < clients; other++) {
      if (isLive(other) && pointer(other) == address) {
        lose(other);
      }
    }
    LastCall.write(ram(), lastCall, LastCall.Call.FREE, argument, why, false);
    return true;
  }

  /**
   * Lets a hostile thread store a half-word where the header of a chunk is, or would be.
   *
   * @param field which of the four half-words of the unit
   */
  public boolean overwrite(int unit, int field, int value) {
    int left = cpu.load32(budget);
    if (isStopped() || left == 0) {
      return false;
    }
    cpu.store32(budget, left - 1);
    LastCall.begin(ram(), lastCall, 0, 0);
    Why why = asUser(() -> cpu.storeUntracked16(unitAddress(unit) + 2 * field, value));
    LastCall.write(ram(), lastCall, LastCall.Call.WRITE, LastCall.Argument.NONE, why, false);
    return true;
  }

  private Why asUser(Runnable call) {
    lastFault = "";
    cpu.enter(Mode.USER, domain, 0, 0);
    try {
      call.run();
      return Why.NOTHING;
    } catch (MemoryFault fault) {
      lastFault = fault.getMessage();
      return Why.of(fault);
    } catch (FirmwareStop stop) {
      lastFault = Objects.toString(stop.getMessage(), "");
      return Why.of(stop);
    } finally {
      cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
    }
  }

  private LastCall.Argument argument(int address) {
    LastCall.Argument argument = LastCall.Argument.STRAY;
    for (int client = 0; client < clients; client++) {
      if (isLive(client)) {
        if (pointer(client) == address) {
          return LastCall.Argument.VALID;
        }
        int into = address - pointer(client);
        if (into > 0 && into < bytes(client)) {
          argument = LastCall.Argument.INSIDE;
        }
      }
    }
    return argument;
  }

  /** A careless thread keeps the pointer. */
  private void lose(int client) {
    if (careless) {
      cpu.store(Client.LIVE, client(client), 0);
    } else {
      remember(client, 0, 0, 0, false);
    }
  }

  private void remember(int client, int address, int bytes, int align, boolean live) {
    cpu.store(Client.POINTER, client(client), address);
    cpu.store(Client.BYTES, client(client), bytes);
    cpu.store(Client.ALIGN, client(client), align);
    cpu.store(Client.LIVE, client(client), live ? 1 : 0);
  }

  private int client(int client) {
    return clientTable + Client.STRUCT.size() * client;
  }

  // What a debugger sees.

  /** The RAM that all state is in. */
  public Ram ram() {
    return machine.ram();
  }

  /** What went wrong in the last step, in words; empty if nothing did. */
  public String lastFault() {
    return lastFault;
  }

  /** The address of a unit of the heap's metadata, or behind it. */
  public int unitAddress(int unit) {
    return metadata + unit * UNIT_BYTES;
  }

  /** How many units are mapped from the first one of the heap's metadata on. */
  public int mappedUnits() {
    return 2 * MemoryDomains.PAGE_BYTES / UNIT_BYTES;
  }

  /** The unit that the kernel object is in. */
  public int kernelUnit() {
    return (kernelPage - metadata) / UNIT_BYTES;
  }

  /** Tells whether user threads may write a unit. */
  public boolean isWritable(int unit) {
    return cpu.mayWrite(domain, unitAddress(unit), UNIT_BYTES);
  }

  /** Where the addresses of blocks are counted from: the start of the memory that has them. */
  public int origin() {
    return cpu.load(SysHeap.INIT_MEM, userHeap);
  }

  /** The pointer that a thread keeps. */
  public int pointer(int client) {
    return cpu.load(Client.POINTER, client(client));
  }

  /** The size that it asked for, 0 if it keeps no pointer. */
  public int bytes(int client) {
    return cpu.load(Client.BYTES, client(client));
  }

  /** The alignment that it asked for. */
  public int align(int client) {
    return cpu.load(Client.ALIGN, client(client));
  }

  /** Whether it did not free the block yet. */
  public boolean isLive(int client) {
    return cpu.load(Client.LIVE, client(client)) != 0;
  }

  /** How many half-words the hostile thread may still store. */
  public int budget() {
    return cpu.load32(budget);
  }

  /** What the last step was. */
  public LastCall.Call lastCall() {
    return LastCall.call(ram(), lastCall);
  }

  /** What its argument was. */
  public LastCall.Argument lastArgument() {
    return LastCall.argument(ram(), lastCall);
  }

  /** The alignment that it asked for, if it was an allocation. */
  public int lastAlign() {
    return LastCall.align(ram(), lastCall);
  }

  /** The address that it was to free, if it was a free. */
  public int lastAddress() {
    return LastCall.address(ram(), lastCall);
  }

  /** What ended it, or that nothing did. */
  public Why lastWhy() {
    return LastCall.why(ram(), lastCall);
  }

  /** Whether it was an allocation that gave NULL. */
  public boolean lastIsNull() {
    return LastCall.isNull(ram(), lastCall);
  }

  /** Whether the kernel stopped, or crashed; not if it killed a thread. */
  public boolean isStopped() {
    return switch (lastWhy()) {
      case NOTHING, VERIFY, PROTECTION -> false;
      default -> true;
    };
  }
}
