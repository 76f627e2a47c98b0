package io.ringfence.firmware.isolation;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.UserBlocks;
import io.ringfence.firmware.isolation.CallTrace.Op;
import io.ringfence.firmware.isolation.CallTrace.Result;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * Heaps with clients: kernel code that holds at most one block each, and threads of user space,
 * which do what they like. All of it lies in RAM, what clients hold and the trace of the last call
 * included.
 *
 * <p>A client is named by a number: kernel clients first, then threads, then the one module.
 */
public final class IsolationFirmware {
  /** The functions that kernel code allocates with. */
  public enum Api {
    /** {@code rmalloc}. */
    RMALLOC,
    /** {@code rzalloc}. */
    RZALLOC,
    /** {@code rballoc_align}. */
    RBALLOC,
    /** {@code sof_heap_alloc}. */
    SOF_HEAP_ALLOC
  }

  /** What a thread asks to free, if not what somebody holds. */
  public enum Target {
    /** {@code NULL}. */
    NULL,
    /** An address inside of the block that the thread holds. */
    INTERIOR,
    /** The first byte of the LL user heap, which is its header. */
    HEADER,
    /** A variable of user space, outside of every heap. */
    OUTSIDE
  }

  private static final Struct.Builder CLIENT = Struct.define("client");
  private static final Field POINTER = CLIENT.pointer("ptr");
  private static final Field DONE = CLIENT.u32("done");
  private static final Field DEAD = CLIENT.u32("dead");
  private static final Struct CLIENT_STRUCT = CLIENT.build();

  /** Where in the sysuser partition things lie: the pointer, and what user space makes up. */
  private static final int FORGED_HEAP = 64;

  private static final int VARIABLE = 512;
  private static final int EXPOSED_POINTERS = 1024;

  /** How far into a block an address inside of it is. */
  private static final int INSIDE = 64;

  private final Design design;
  private final HeapBuild build;
  private final Cpu cpu;
  private final Ram ram;
  private final CallTrace trace;
  private final HeapMap map;
  private final int exposed;
  private final int outsiders;
  private final int clientTable;
  private final int driver;

  /**
   * Boots.
   *
   * @param kernelClients number of kernel clients
   * @param exposed how many of them, the first ones, keep their pointer in the sysuser partition,
   *     which stands for an object in the LL user heap that the kernel loads it from
   * @param threads number of threads
   * @param outsiders how many of the threads, the last ones, are not in the LL domain
   */
  public IsolationFirmware(
      Design design,
      boolean hasShared,
      boolean hasL3,
      int kernelClients,
      int exposed,
      int threads,
      int outsiders) {
    this.design = design;
    this.build = new HeapBuild(design, hasShared, hasL3);
    this.cpu = build.cpu;
    this.ram = build.machine.ram();
    this.trace = build.trace;
    this.exposed = exposed;
    this.outsiders = kernelClients + threads - outsiders;
    this.clientTable =
        build.machine.allocateStatic(CLIENT_STRUCT.size() * (kernelClients + threads));
    this.driver = build.machine.allocateStatic(4);
    this.map = new HeapMap(build, driver);
    cpu.store32(build.sysuser, build.user);
    trace.begin(0, Op.NONE);
    ram.freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return ram;
  }

  /** The heaps as a debugger sees them. */
  public HeapMap map() {
    return map;
  }

  /** The trace of the last call. */
  public CallTrace trace() {
    return trace;
  }

  // What clients hold.

  private int client(int client) {
    return clientTable + CLIENT_STRUCT.size() * client;
  }

  private int get(Field field, int client) {
    return ram.load32(client(client) + field.offset());
  }

  private void set(Field field, int client, int value) {
    ram.store32(client(client) + field.offset(), value);
  }

  /** Where a client keeps its pointer. */
  public int pointerAddress(int client) {
    return client < exposed && !design.has(Fix.KERNEL_KEEPS_POINTERS)
        ? exposedPointer(client)
        : POINTER.in(client(client));
  }

  private int exposedPointer(int client) {
    return build.sysuser + EXPOSED_POINTERS + 4 * client;
  }

  /** The address that a client holds, 0 for none. */
  public int held(int client) {
    return ram.load32(pointerAddress(client));
  }

  private void hold(int client, int address) {
    cpu.store32(pointerAddress(client), address);
  }

  /** Whether a thread has freed what it holds. */
  public boolean isDone(int client) {
    return get(DONE, client) != 0;
  }

  /** Whether a thread was killed. */
  public boolean isDead(int client) {
    return get(DEAD, client) != 0;
  }

  /** Whether a thread is in the LL domain. */
  public boolean isInLlDomain(int client) {
    return client < outsiders;
  }

  /** Whether an address is the cached one of its byte. */
  public boolean isCached(int address) {
    return build.aliases.isCached(address);
  }

  /** Who allocated a block of the user heap, as far as the kernel keeps a record. */
  public UserBlocks.Owner owner(int address) {
    return build.sofHeap.userBlocks().owner(address);
  }

  // Heap arguments.

  /** {@code zephyr_ll_heap}, which lies in user-writable memory. */
  public int userHeapPointer() {
    return ram.load32(build.sysuser);
  }

  /** Address of {@code zephyr_ll_heap}. */
  public int userHeapPointerAddress() {
    return build.sysuser;
  }

  /** Whether user space wrote {@code zephyr_ll_heap}. */
  public boolean isUserHeapPointerUserWritten() {
    return ram.shadow().isUserWritten(build.sysuser);
  }

  /** Which heap argument an address of a {@code k_heap} is. */
  public HeapArgument argument(int handle) {
    for (HeapArgument argument : HeapArgument.values()) {
      if (argument != HeapArgument.NONE
          && argument != HeapArgument.RFREE
          && address(argument) == handle) {
        return argument;
      }
    }
    return HeapArgument.NONE;
  }

  private int address(HeapArgument argument) {
    return switch (argument) {
      case SYSTEM -> build.system;
      case USER -> build.user;
      case DRIVER -> map.driverHeap();
      case FORGED -> build.sysuser + FORGED_HEAP;
      case NULL, NONE, RFREE -> 0;
    };
  }

  /** {@code sof_sys_user_heap_get()}, called in the kernel. */
  private int sysUserHeap() {
    return design.has(Fix.KERNEL_HEAP_POINTER) ? build.user : cpu.load32(build.sysuser);
  }

  private int resolve(HeapArgument argument) {
    return argument == HeapArgument.USER ? sysUserHeap() : address(argument);
  }

  private void begin(int by, Op op, HeapArgument argument, HeapArgument given) {
    trace.begin(by, op);
    trace.set(CallTrace.ARG, argument.ordinal());
    trace.set(CallTrace.HANDLE, given.ordinal());
  }

  private boolean exists(HeapArgument argument) {
    return argument != HeapArgument.DRIVER || map.driverHeap() != 0;
  }

  // Kernel code.

  /** Runs a call, and says how it ended if it did not come back. */
  private void run(Runnable call) {
    try {
      call.run();
    } catch (MemoryFault fault) {
      trace.error(fault.getMessage());
      trace.end(fault.mode() == Mode.KERNEL ? Result.CRASH : Result.FAULT);
    } catch (FirmwareStop stop) {
      trace.error(String.valueOf(stop.getMessage()));
      trace.end(stop instanceof KernelOops ? Result.OOPS : Result.PANIC);
    }
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
  }

  /** Lets a kernel client allocate; not done, and false, if it holds a block. */
  public boolean kernelAlloc(int client, Api api, int flags, HeapArgument heap) {
    if (trace.isHalted()
        || held(client) != 0
        || api != Api.SOF_HEAP_ALLOC && heap != HeapArgument.NULL
        || !exists(heap)) {
      return false;
    }
    boolean drop = heap == HeapArgument.USER && design.has(Fix.DROP_KERNEL_FLAG);
    int asked = drop ? flags & ~MemFlags.KERNEL : flags;
    int handle = resolve(heap);
    begin(client, Op.ALLOC, heap, argument(handle));
    trace.set(CallTrace.FLAGS, asked);
    run(
        () -> {
          int block =
              switch (api) {
                case RMALLOC -> build.sofHeap.rmalloc(asked, HeapBuild.BLOCK_BYTES);
                case RZALLOC -> build.sofHeap.rzalloc(asked, HeapBuild.BLOCK_BYTES);
                case RBALLOC -> build.sofHeap.rballocAlign(asked, HeapBuild.BLOCK_BYTES, 0);
                case SOF_HEAP_ALLOC -> build.sofHeap.alloc(handle, asked, HeapBuild.BLOCK_BYTES, 0);
              };
          hold(client, block);
          trace.end(block == 0 ? Result.NULL : Result.ALLOCATED);
        });
    return true;
  }

  /**
   * Lets a kernel client free what it holds; not done, and false, if it holds nothing.
   *
   * @param flip whether it gives the other alias of the address
   */
  public boolean kernelFree(int client, HeapArgument heap, boolean flip) {
    if (trace.isHalted() || held(client) == 0 || !exists(heap)) {
      return false;
    }
    int block = cpu.load32(pointerAddress(client));
    int other =
        build.aliases.isCached(block) ? build.aliases.uncached(block) : build.aliases.cached(block);
    return kernelFrees(client, heap, flip ? other : block);
  }

  private boolean kernelFrees(int client, HeapArgument heap, int address) {
    int handle = heap == HeapArgument.RFREE ? 0 : resolve(heap);
    begin(client, Op.FREE, heap, heap == HeapArgument.RFREE ? heap : argument(handle));
    trace.set(CallTrace.ADDRESS, address);
    int block = held(client);
    hold(client, 0);
    run(
        () -> {
          if (heap == HeapArgument.RFREE) {
            build.sofHeap.rfree(address);
          } else {
            build.sofHeap.free(handle, address);
          }
          trace.end(trace.lastError().isEmpty() ? Result.FREED : Result.REFUSED);
        });
    if (trace.result() == Result.REFUSED) {
      hold(client, block);
    }
    return true;
  }

  /**
   * Whether a careful client frees so what it holds: it names the heap that the block came from. An
   * exposed client allocates from the LL user heap only, and names it whatever it holds now.
   */
  public boolean isCareful(int client, HeapArgument heap) {
    if (client < exposed && heap == HeapArgument.USER) {
      return true;
    }
    HeapArgument right =
        holds(client, HeapName.USER)
            ? HeapArgument.USER
            : holds(client, HeapName.DRIVER) ? HeapArgument.DRIVER : HeapArgument.RFREE;
    return heap == right;
  }

  private boolean holds(int client, HeapName heap) {
    HeapMap.Spot spot = map.spot(held(client));
    return spot != null && spot.heap() == heap;
  }

  /**
   * The end of {@code ipc4_process_chain_dma} after a failure: frees its entry, which was allocated
   * from {@code sof_sys_user_heap_get()}.
   */
  public boolean chainDmaFails(int client) {
    if (trace.isHalted() || !holds(client, HeapName.USER)) {
      return false;
    }
    return kernelFrees(
        client,
        design.has(Fix.FREE_ENTRY_TO_ITS_HEAP) ? HeapArgument.USER : HeapArgument.RFREE,
        held(client));
  }

  /** The end of {@code fast_get} after a failure: frees the copy, which is in a module's heap. */
  public boolean fastGetFails(int client) {
    if (trace.isHalted() || !holds(client, HeapName.DRIVER)) {
      return false;
    }
    return kernelFrees(
        client,
        design.has(Defect.FREE_NULL_HEAP) ? HeapArgument.NULL : HeapArgument.DRIVER,
        held(client));
  }

  /** {@code module_driver_heap_init}; not done, and false, if the module has a heap. */
  public boolean driverInit(int module) {
    if (trace.isHalted() || map.driverHeap() != 0) {
      return false;
    }
    trace.begin(module, Op.INIT);
    run(
        () -> {
          int heap = build.sofHeap.rballocAlign(MemFlags.USER, KHeap.STRUCT.size(), INSIDE);
          int memory =
              build.sofHeap.rballocAlign(
                  MemFlags.USER | MemFlags.COHERENT,
                  HeapBuild.DRIVER_HEAP_BYTES,
                  PageDriver.PAGE_BYTES);
          if (memory == 0) {
            build.sofHeap.rfree(heap);
          } else {
            build.sofHeap.initHeap(heap, memory, HeapBuild.DRIVER_HEAP_BYTES);
            cpu.store32(driver, heap);
          }
          trace.end(memory == 0 ? Result.NULL : Result.ALLOCATED);
        });
    return true;
  }

  /**
   * {@code module_driver_heap_remove}; not done, and false, if there is no heap or a client has a
   * block of it.
   */
  public boolean driverRemove(int module, int clients) {
    if (trace.isHalted() || map.driverHeap() == 0) {
      return false;
    }
    for (int client = 0; client < clients; client++) {
      if (holds(client, HeapName.DRIVER)) {
        return false;
      }
    }
    trace.begin(module, Op.REMOVE);
    run(
        () -> {
          int heap = map.driverHeap();
          build.sofHeap.rfree(cpu.load(SysHeap.INIT_MEM, heap));
          build.sofHeap.rfree(heap);
          cpu.store32(driver, 0);
          trace.end(Result.FREED);
        });
    return true;
  }

  // User space.

  private boolean mayRun(int thread) {
    return !trace.isHalted() && !isDead(thread);
  }

  private void runThread(int thread, Runnable call) {
    cpu.enter(
        Mode.USER, isInLlDomain(thread) ? build.llDomain : build.otherDomain, 0, client(thread));
    run(call);
    if (trace.result() == Result.OOPS || trace.result() == Result.FAULT) {
      set(DEAD, thread, 1);
    }
  }

  /** Lets a thread call {@code sof_heap_alloc}; not done, and false, if it holds a block. */
  public boolean userAlloc(int thread, HeapArgument heap, int flags) {
    if (!mayRun(thread) || held(thread) != 0 && !isDone(thread)) {
      return false;
    }
    begin(thread, Op.ALLOC, heap, heap);
    trace.set(CallTrace.FLAGS, flags);
    runThread(
        thread,
        () -> {
          int block = build.sofHeap.alloc(address(heap), flags, HeapBuild.BLOCK_BYTES, 0);
          if (block != 0) {
            set(POINTER, thread, block);
            set(DONE, thread, 0);
          }
          trace.end(block == 0 ? Result.NULL : Result.ALLOCATED);
        });
    return true;
  }

  /** Lets a thread free what a client holds; not done, and false, if that is nothing. */
  public boolean userFree(int thread, HeapArgument heap, int holder) {
    if (!mayRun(thread) || held(holder) == 0) {
      return false;
    }
    userFrees(thread, heap, held(holder));
    if (holder == thread && trace.result() == Result.FREED) {
      set(DONE, thread, 1);
    }
    return true;
  }

  /** Lets a thread free something else. */
  public boolean userFree(int thread, HeapArgument heap, Target target) {
    if (!mayRun(thread) || target == Target.INTERIOR && held(thread) == 0) {
      return false;
    }
    userFrees(
        thread,
        heap,
        switch (target) {
          case NULL -> 0;
          case INTERIOR -> held(thread) + INSIDE;
          case HEADER -> cpu.load(SysHeap.INIT_MEM, build.user);
          case OUTSIDE -> build.sysuser + VARIABLE;
        });
    return true;
  }

  private void userFrees(int thread, HeapArgument heap, int address) {
    begin(thread, Op.FREE, heap, heap);
    trace.set(CallTrace.ADDRESS, address);
    runThread(
        thread,
        () -> {
          build.sofHeap.free(address(heap), address);
          trace.end(Result.FREED);
        });
  }

  /** Lets a thread write and read the last word of its block, which no list of the heap uses. */
  public boolean touch(int thread) {
    if (!mayRun(thread) || held(thread) == 0 || isDone(thread)) {
      return false;
    }
    trace.begin(thread, Op.TOUCH);
    trace.set(CallTrace.ADDRESS, held(thread));
    runThread(
        thread,
        () -> {
          int word = held(thread) + HeapBuild.BLOCK_BYTES - 4;
          cpu.storeUntracked32(word, cpu.loadUntracked32(word));
          trace.end(Result.TOUCHED);
        });
    return true;
  }

  /**
   * Lets a thread of the LL domain write what one client holds over the pointer of another, exposed
   * one; not done, and false, if one of them holds nothing.
   */
  public boolean writeHeld(int thread, int client, int other) {
    if (!mayRun(thread)
        || !isInLlDomain(thread)
        || client == other
        || held(client) == 0
        || held(other) == 0) {
      return false;
    }
    trace.begin(thread, Op.WRITE);
    runThread(thread, () -> cpu.store32(exposedPointer(client), held(other)));
    return true;
  }

  /** Lets a thread of the LL domain overwrite the pointer to the user heap. */
  public boolean writePointer(int thread, HeapArgument value) {
    if (!mayRun(thread) || !isInLlDomain(thread)) {
      return false;
    }
    trace.begin(thread, Op.WRITE);
    runThread(thread, () -> cpu.store32(build.sysuser, address(value)));
    return true;
  }
}
