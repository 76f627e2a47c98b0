package io.ringfence.firmware.virtualheap;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.firmware.heap.KernelMemory;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.VirtualHeap;
import io.ringfence.firmware.kernel.EndlessLoop;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.virtualheap.HeapThreads.Pc;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import java.util.List;

/**
 * A machine with a virtual heap, clients that keep pointers into it, and threads that allocate and
 * free for them. A call is two steps, so that threads can come between one another; the mutex of
 * the heap is what keeps them from it. A thread that finds the mutex taken does not start its call.
 */
public final class VirtualHeapFirmware {
  /** What the last step returned, if it ended a call. */
  public enum Result {
    /** No call ended. */
    NONE,
    /** A block was allocated. */
    ALLOCATED,
    /** No block was allocated. */
    NULL,
    /** A block was freed. */
    FREED,
    /** {@code vmh_free} returned {@code -EINVAL}, and its caller panicked. */
    EINVAL,
    /** {@code vmh_free} returned {@code -EFAULT}, and its caller panicked. */
    EFAULT
  }

  private static final int STATIC_PAGES = 3;

  /** Where the virtual region is; no client reads or writes its block, so it needs no RAM. */
  private static final int REGION = 0xa0300000;

  private final SmallMachine machine = new SmallMachine(STATIC_PAGES, 0, 1, false);
  private final Cpu cpu = machine.cpu();
  private final int regionBytes;
  private final PageDriver driver;
  private final VirtualHeap functions;
  private final int heap;
  private final HeapClients clients;
  private final int clientCount;
  private final HeapThreads threads;
  private final int threadCount;
  private final int result;
  private String lastStop = "";

  /**
   * Boots.
   *
   * @param bundles the blocks; bundles of 0 bytes leave slots empty
   * @param clientCount how many pointers there are
   * @param threadCount how many threads call
   * @throws IllegalArgumentException if the bundles do not make a heap
   */
  public VirtualHeapFirmware(
      Design design,
      List<VirtualHeap.Bundle> bundles,
      int physicalPages,
      int clientCount,
      int threadCount) {
    this.regionBytes = bundles.stream().mapToInt(b -> b.blockBytes() * b.count()).sum();
    this.clientCount = clientCount;
    this.threadCount = threadCount;
    int pages = regionBytes / PageDriver.PAGE_BYTES;
    this.driver =
        new PageDriver(
            cpu,
            machine.allocateStatic(PageDriver.tableBytes(pages, physicalPages)),
            REGION,
            pages,
            physicalPages);
    this.functions = new VirtualHeap(cpu, driver, new Mutexes(), design);
    this.heap = functions.init(REGION, regionBytes, bundles, false, new BootMemory());
    if (heap == 0) {
      throw new IllegalArgumentException("no heap can be made of " + bundles);
    }
    this.clients =
        new HeapClients(cpu, machine.allocateStatic(HeapClients.tableBytes(clientCount)));
    this.threads =
        new HeapThreads(machine.ram(), machine.allocateStatic(HeapThreads.tableBytes(threadCount)));
    this.result = machine.allocateStatic(4);
    for (int thread = 0; thread < threadCount; thread++) {
      threads.idle(thread);
    }
    machine.ram().freeze();
  }

  /** Mutexes as Zephyr has them: the word holds the thread that owns the mutex, 0 for none. */
  private final class Mutexes implements HeapPlatform {
    @Override
    public void lockMutex(int mutex) {
      cpu.store32(mutex, cpu.thread());
    }

    @Override
    public void unlockMutex(int mutex) {
      cpu.store32(mutex, 0);
    }
  }

  /** Memory for the objects of the heap, which stay for good. */
  private final class BootMemory implements KernelMemory {
    @Override
    public int zeroed(int bytes) {
      return machine.allocateStatic(bytes);
    }

    @Override
    public void free(int address) {
      // Only a heap that cannot be made is released, and then the boot ends.
    }
  }

  /** Lets the heap put adjacent blocks together, or not; done before the first call. */
  public void setContiguous(boolean contiguous) {
    cpu.store(VirtualHeap.CONTIGUOUS, heap, contiguous ? 1 : 0);
  }

  // Steps.

  /**
   * Lets a thread begin to allocate for a client.
   *
   * @param align a power of two
   * @return whether that is possible; if not, nothing has changed
   */
  public boolean alloc(int thread, int client, int bytes, int align) {
    if (!mayEnter(thread) || clients.bytes(client) != 0 || isBusy(client)) {
      return false;
    }
    threads.begin(thread, client, 0, align);
    return perform(
        thread,
        () -> {
          functions.lock(heap);
          VirtualHeap.Blocks taken = functions.takeBlocks(heap, bytes, align);
          if (taken.error() == 0) {
            threads.proceed(thread, Pc.MAP, taken);
          } else {
            functions.unlock(heap);
            finish(thread, Result.NULL);
          }
        });
  }

  /** Lets a thread map the blocks that it has taken, and return to the client. */
  public boolean map(int thread) {
    if (isStopped() || threads.pc(thread) != Pc.MAP) {
      return false;
    }
    return perform(
        thread,
        () -> {
          int client = threads.client(thread);
          int bytes = threads.bytes(thread);
          int align = threads.align(thread);
          int address = functions.mapBlocks(heap, threads.blocks(thread));
          functions.unlock(heap);
          if (address != 0) {
            clients.hold(client, address, bytes, align);
          }
          finish(thread, address == 0 ? Result.NULL : Result.ALLOCATED);
        });
  }

  /** Lets a thread begin to free what a client holds; the client forgets it. */
  public boolean free(int thread, int client) {
    if (!mayEnter(thread) || clients.bytes(client) == 0) {
      return false;
    }
    int pointer = clients.pointer(client);
    clients.forget(client);
    return beginFree(thread, client, pointer);
  }

  /** Lets a thread begin to free an address inside of what a client holds, and goes on to hold. */
  public boolean freeInside(int thread, int client, int offset) {
    if (!mayEnter(thread) || offset >= clients.bytes(client)) {
      return false;
    }
    return beginFree(thread, HeapThreads.NOBODY, clients.pointer(client) + offset);
  }

  private boolean beginFree(int thread, int client, int pointer) {
    threads.begin(thread, client, pointer, 0);
    return perform(
        thread,
        () -> {
          functions.lock(heap);
          VirtualHeap.Blocks freed = functions.freeBlocks(heap, pointer);
          if (freed.error() == 0) {
            threads.proceed(thread, Pc.UNMAP, freed);
          } else {
            functions.unlock(heap);
            panic(pointer, freed.error());
          }
        });
  }

  /** Lets a thread unmap the pages of the blocks that it has freed, and return. */
  public boolean unmap(int thread) {
    if (isStopped() || threads.pc(thread) != Pc.UNMAP) {
      return false;
    }
    return perform(
        thread,
        () -> {
          int error = functions.unmapBlocks(heap, threads.blocks(thread));
          functions.unlock(heap);
          if (error != 0) {
            panic(threads.pointer(thread), error);
          }
          finish(thread, Result.FREED);
        });
  }

  /** {@code virtual_heap_free()} panics over every error. */
  private void panic(int pointer, int error) {
    setResult(error == -Errno.EINVAL ? Result.EINVAL : Result.EFAULT);
    throw new KernelPanic(String.format("Unable to free 0x%08x! %d", pointer, error), true);
  }

  private void finish(int thread, Result what) {
    threads.idle(thread);
    setResult(what);
  }

  /** Runs a step on behalf of a thread, and stops the thread if the step does not end well. */
  private boolean perform(int thread, Runnable step) {
    lastStop = "";
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, threads.address(thread));
    setResult(Result.NONE);
    try {
      step.run();
    } catch (FirmwareStop stop) {
      stop(thread, Why.of(stop), stop);
    } catch (MemoryFault fault) {
      stop(thread, Why.of(fault), fault);
    } catch (EndlessLoop loop) {
      stop(thread, Why.HANG, loop);
    }
    return true;
  }

  private void stop(int thread, Why why, RuntimeException cause) {
    threads.stop(thread, why);
    lastStop = String.valueOf(cause.getMessage());
  }

  private boolean mayEnter(int thread) {
    return !isStopped() && threads.pc(thread) == Pc.IDLE && cpu.load(VirtualHeap.LOCK, heap) == 0;
  }

  /** A panic or a fault in the kernel stops all threads; an endless loop only its own. */
  private boolean isStopped() {
    for (int thread = 0; thread < threadCount; thread++) {
      if (threads.pc(thread) == Pc.STOPPED && threads.why(thread) != Why.HANG) {
        return true;
      }
    }
    return false;
  }

  private boolean isBusy(int client) {
    for (int thread = 0; thread < threadCount; thread++) {
      if (threads.client(thread) == client) {
        return true;
      }
    }
    return false;
  }

  private void setResult(Result what) {
    cpu.store32(result, what.ordinal());
  }

  // What a debugger sees.

  /** The RAM that all state is in. */
  public Ram ram() {
    return machine.ram();
  }

  /** Address of the record of the thread that the processor runs. */
  public int currentThread() {
    return cpu.thread();
  }

  /** The functions of the heap. */
  public VirtualHeap functions() {
    return functions;
  }

  /** The heap's address. */
  public int heap() {
    return heap;
  }

  /** The threads. */
  public HeapThreads threads() {
    return threads;
  }

  /** Whether the heap may put adjacent blocks together. */
  public boolean isContiguous() {
    return cpu.load(VirtualHeap.CONTIGUOUS, heap) != 0;
  }

  /** The thread that owns the mutex, as the address of its record; 0 for none. */
  public int mutexOwner() {
    return cpu.load(VirtualHeap.LOCK, heap);
  }

  /** The address of the first virtual page. */
  public int region() {
    return REGION;
  }

  /** The number of virtual pages. */
  public int pageCount() {
    return regionBytes / PageDriver.PAGE_BYTES;
  }

  /** Whether a virtual page has a physical one. */
  public boolean isMapped(int page) {
    return driver.isMapped(REGION + page * PageDriver.PAGE_BYTES);
  }

  /** How many physical pages are free. */
  public int freePhysicalPages() {
    return driver.freePages();
  }

  /** The clients. */
  public HeapClients clients() {
    return clients;
  }

  /** The number of clients. */
  public int clientCount() {
    return clientCount;
  }

  /** The number of threads. */
  public int threadCount() {
    return threadCount;
  }

  /** What the last step returned. */
  public Result result() {
    return Result.values()[cpu.load32(result)];
  }

  /** Why the last step stopped its thread; empty if it did not. */
  public String lastStop() {
    return lastStop;
  }
}
