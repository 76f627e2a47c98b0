package io.ringfence.firmware.l3;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import io.ringfence.machine.Struct;

/**
 * What SOF does with the L3 heap from power-on to power-off (zephyr/lib/alloc.c,
 * src/ipc/ipc4/handler-kernel.c and src/library_manager/llext_manager_dram.c, 12dd726529), with one
 * library and one module that use it.
 *
 * <p>Of the library manager's context there is here what points into heaps: the table of libraries
 * and a library's context, which has the address of the library in L3 memory.
 */
public final class L3Firmware {
  /** How far the firmware is. */
  public enum Phase {
    /** Without power. */
    OFF,
    /** {@code heap_init} was called. */
    BOOTING,
    /** Start-up is complete. */
    UP,
    /** The host asked to power off. */
    DOWN,
    /** A fault stopped it. */
    STOPPED
  }

  /** What a call did. */
  public enum Result {
    /** Power was turned on or off. */
    NONE,
    /** A block was allocated. */
    ALLOCATED,
    /** No block was allocated. */
    NULL,
    /** An allocation faulted. */
    FAULT,
    /** A block was freed. */
    FREED,
    /** A block was not freed. */
    REFUSED,
    /** All was saved for power-off. */
    SAVED,
    /** The host must not power off now. */
    BUSY,
    /** The library was restored. */
    RESTORED,
    /** There was no library to restore. */
    EMPTY,
    /** The library was given up. */
    DROPPED,
    /** The library sent a notification. */
    SENT,
    /** A pointer of before the power-off was followed. */
    STALE
  }

  /** Who has L3 memory. */
  public enum Client {
    /** A library, whose pointers are saved before power-off. */
    LIBRARY,
    /** A module, whose pointer is lost. */
    MODULE
  }

  /** Size of all blocks; two of them fit into the heap. */
  public static final int BLOCK_BYTES = 1900;

  private static final Struct.Builder SRAM = Struct.define("sram");

  /** {@code ext_library.desc[0]}, the library's context in the system heap. */
  private static final Field DESC = SRAM.pointer("desc");

  /** {@code ext_library.lib_notif_pool}, the first message of a list, in the system heap. */
  private static final Field POOL = SRAM.pointer("lib_notif_pool");

  private static final Field MODULE = SRAM.pointer("module");
  private static final Struct SRAM_STRUCT = SRAM.build();

  private static final Struct.Builder CONTEXT = Struct.define("lib_manager_mod_ctx");
  private static final Field BASE_ADDR = CONTEXT.pointer("base_addr");
  private static final Struct CONTEXT_STRUCT = CONTEXT.build();

  private static final Struct.Builder MESSAGE = Struct.define("ipc_lib_msg");
  private static final Field NEXT = MESSAGE.pointer("list.next");
  private static final Struct MESSAGE_STRUCT = MESSAGE.build();

  private static final Struct.Builder DRAM = Struct.define("lib_manager_dram_storage");
  private static final Field SAVED_DESC = DRAM.pointer("ext_lib.desc");
  private static final Field SAVED_POOL = DRAM.pointer("ext_lib.lib_notif_pool");
  private static final Field SAVED_BASE = DRAM.pointer("ctx.base_addr");
  private static final Struct DRAM_STRUCT = DRAM.build();

  private final Design design;
  private final L3Machine machine;
  private final Cpu cpu;
  private final int sram;
  private final int dram;
  private final int imrUsed;
  private final int phase;
  private final int result;
  private final CallProbe probe = new CallProbe();

  /** Wires the memory; power is off. */
  public L3Firmware(Design design) {
    this.design = design;
    this.machine = new L3Machine(design, SRAM_STRUCT.size());
    this.cpu = machine.cpu;
    this.sram = machine.sramStart;
    this.dram = machine.allocateImr(DRAM_STRUCT.size());
    this.imrUsed = machine.allocateImr(4);
    this.phase = machine.allocateImr(4);
    this.result = machine.allocateImr(4);
    machine.ram().freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return machine.ram();
  }

  /** A debugger's view of it. */
  public L3View view() {
    return new L3View(this, machine);
  }

  /** The core that took the last step. */
  public CallProbe probe() {
    return probe;
  }

  /** Sets the hardware register that {@code ace_imr_used} reads. */
  public void setImrUsed(boolean used) {
    machine.ram().store32(imrUsed, used ? 1 : 0);
  }

  /** Turns power on, which runs {@code heap_init}; false if it is on. */
  public boolean powerOn() {
    if (!begin(0, "heap_init", Phase.OFF)) {
      return false;
    }
    machine.heapInit(isImrUsed());
    return end(Phase.BOOTING, Result.NONE);
  }

  /**
   * Completes start-up: restores the library if one was saved ({@code
   * llext_manager_restore_from_dram}).
   *
   * @param ok whether the system heap has room for the library's context
   * @return false if start-up is not at that point, or there is nothing that could fail
   */
  public boolean restore(boolean ok) {
    int base = cpu.load(SAVED_BASE, dram);
    if (!ok && base == 0 || !begin(0, "llext_manager_restore_from_dram", Phase.BOOTING)) {
      return false;
    }
    if (base == 0) {
      return end(Phase.UP, Result.EMPTY);
    }
    machine.heaps.failAllocation(ok ? 0 : 1);
    if (!design.has(Fix.RESTORE_NO_SRAM_POINTERS)) {
      // The C code copies all of struct ext_library.
      cpu.store(DESC, sram, cpu.load(SAVED_DESC, dram));
      cpu.store(POOL, sram, cpu.load(SAVED_POOL, dram));
    }
    int context = machine.heaps.rmalloc(MemFlags.KERNEL | MemFlags.COHERENT, CONTEXT_STRUCT.size());
    if (context == 0) {
      return giveUp(base);
    }
    cpu.store(BASE_ADDR, context, base);
    cpu.store(DESC, sram, context);
    forgetSaved();
    return end(Phase.UP, Result.RESTORED);
  }

  private boolean giveUp(int base) {
    try {
      int context = cpu.load(DESC, sram);
      if (context != 0) {
        // As in the C code, which reads more of the context and then frees it.
        cpu.load(BASE_ADDR, context);
        machine.heaps.rfree(context);
        cpu.store(DESC, sram, 0);
      }
    } catch (MemoryFault fault) {
      probe.ended(Why.of(fault));
      machine.log = String.valueOf(fault.getMessage());
      return end(Phase.STOPPED, Result.STALE);
    }
    machine.heaps.rfree(base);
    forgetSaved();
    return end(Phase.UP, Result.DROPPED);
  }

  private void forgetSaved() {
    cpu.store(SAVED_DESC, dram, 0);
    cpu.store(SAVED_POOL, dram, 0);
    cpu.store(SAVED_BASE, dram, 0);
  }

  /** Lets a client allocate on a core; false if it does not run or has a block already. */
  public boolean alloc(Client client, int core) {
    boolean isLibrary = client == Client.LIBRARY;
    if (!runs(client, isLibrary ? "rballoc_align" : "rmalloc", core) || pointer(client) != 0) {
      return false;
    }
    int flags = MemFlags.KERNEL | MemFlags.L3;
    int block;
    try {
      block =
          isLibrary
              ? machine.heaps.rballocAlign(flags, BLOCK_BYTES, 0)
              : machine.heaps.rmalloc(flags, BLOCK_BYTES);
      if (block != 0) {
        cpu.store32(block, mark(client));
      }
    } catch (MemoryFault fault) {
      probe.ended(Why.of(fault));
      machine.log = String.valueOf(fault.getMessage());
      return end(Phase.STOPPED, Result.FAULT);
    }
    if (block != 0) {
      keep(client, block);
    }
    return end(phase(), block == 0 ? Result.NULL : Result.ALLOCATED);
  }

  private void keep(Client client, int block) {
    if (client == Client.MODULE) {
      cpu.store(MODULE, sram, block);
      return;
    }
    int context = machine.heaps.rmalloc(MemFlags.KERNEL | MemFlags.COHERENT, CONTEXT_STRUCT.size());
    cpu.store(BASE_ADDR, context, block);
    cpu.store(DESC, sram, context);
  }

  /** Lets the module free its block on a core; false if it has none. */
  public boolean free(int core) {
    if (!runs(Client.MODULE, "rfree", core) || pointer(Client.MODULE) == 0) {
      return false;
    }
    machine.heaps.rfree(pointer(Client.MODULE));
    if (core != 0) {
      return end(phase(), Result.REFUSED);
    }
    cpu.store(MODULE, sram, 0);
    return end(phase(), Result.FREED);
  }

  /**
   * Lets the library send a notification ({@code lib_notif_msg_init}); false if there is none
   * loaded.
   */
  public boolean sendNotification() {
    if (!begin(0, "lib_notif_msg_init", Phase.UP) || pointer(Client.LIBRARY) == 0) {
      return false;
    }
    int pool = cpu.load(POOL, sram);
    if (pool == 0) {
      pool = machine.heaps.rmalloc(MemFlags.USER | MemFlags.COHERENT, MESSAGE_STRUCT.size());
      cpu.store(NEXT, pool, pool);
      cpu.store(POOL, sram, pool);
      return end(Phase.UP, Result.SENT);
    }
    try {
      cpu.load(NEXT, pool);
    } catch (MemoryFault fault) {
      probe.ended(Why.of(fault));
      machine.log = String.valueOf(fault.getMessage());
      return end(Phase.STOPPED, Result.STALE);
    }
    return end(Phase.UP, Result.SENT);
  }

  /**
   * Prepares power-off, as the host asks with {@code SET_DX}.
   *
   * @param ok whether L3 memory has room for the library manager's context
   * @return false if start-up is not complete, or there is nothing that could fail
   */
  public boolean setDx(boolean ok) {
    if (!begin(0, "ipc4_module_process_dx", Phase.UP)) {
      return false;
    }
    int context = cpu.load(DESC, sram);
    if (!ok) {
      if (context == 0) {
        return false;
      }
      machine.log = "Error saving LLEXT context. Resume might fail.";
    }
    if (design.has(Fix.BUSY_WITH_L3) && (!ok || pointer(Client.MODULE) != 0)) {
      return end(Phase.UP, Result.BUSY);
    }
    if (ok && context != 0) {
      cpu.store(SAVED_DESC, dram, context);
      cpu.store(SAVED_POOL, dram, cpu.load(POOL, sram));
      cpu.store(SAVED_BASE, dram, cpu.load(BASE_ADDR, context));
    }
    machine.saveL3();
    return end(Phase.DOWN, Result.SAVED);
  }

  /** Turns power off; false if it is off, or the firmware did not yet save what it saved before. */
  public boolean powerOff() {
    boolean neverSaved = cpu.load(SysHeap.HEAP, machine.l3HeapCopy) == 0;
    boolean may =
        phase() == Phase.DOWN || neverSaved && (phase() == Phase.UP || phase() == Phase.BOOTING);
    if (!may) {
      return false;
    }
    machine.log = "";
    probe.called(CallProbe.NOBODY, "");
    machine.powerOff();
    return end(Phase.OFF, Result.NONE);
  }

  private boolean begin(int core, String function, Phase expected) {
    machine.log = "";
    probe.called(core, function);
    machine.enter(core);
    return phase() == expected;
  }

  private boolean runs(Client client, String function, int core) {
    return begin(core, function, Phase.UP) || client == Client.MODULE && phase() == Phase.DOWN;
  }

  private boolean end(Phase next, Result what) {
    machine.ram().store32(phase, next.ordinal());
    machine.ram().store32(result, what.ordinal());
    return true;
  }

  /** What a client writes into its block. */
  static int mark(Client client) {
    return 0x4c330000 + client.ordinal();
  }

  /** The address of the block that a client has, 0 if it has none. */
  int pointer(Client client) {
    Ram ram = machine.ram();
    if (client == Client.MODULE) {
      return ram.load32(modulePointer());
    }
    return isContextLive() ? ram.load32(context() + BASE_ADDR.offset()) : 0;
  }

  /** Where the module keeps its pointer. */
  int modulePointer() {
    return sram + MODULE.offset();
  }

  /** Whether the table of libraries names a context that exists. */
  boolean isContextLive() {
    return isLive(context());
  }

  private boolean isLive(int address) {
    return address != 0 && machine.ram().shadow().state(address) == ShadowState.LIVE;
  }

  /** The address of the message that is kept for the next notification, 0 if none is. */
  int pool() {
    return machine.ram().load32(sram + POOL.offset());
  }

  /** Whether that message exists. */
  boolean isPoolLive() {
    return isLive(pool());
  }

  /** The address of that message in the saved context, 0 if there is none. */
  int savedPool() {
    return machine.ram().load32(dram + SAVED_POOL.offset());
  }

  /** The address of the library's context as the table of libraries has it, 0 if it has none. */
  int context() {
    return machine.ram().load32(sram + DESC.offset());
  }

  /** The address of the library that is saved, 0 if none is. */
  int savedBase() {
    return machine.ram().load32(dram + SAVED_BASE.offset());
  }

  /** Whether the host gave the DSP memory ({@code ace_imr_used}). */
  public boolean isImrUsed() {
    return machine.ram().load32(imrUsed) != 0;
  }

  /** How far the firmware is. */
  public Phase phase() {
    return Phase.values()[machine.ram().load32(phase)];
  }

  /** What the last call did. */
  public Result result() {
    return Result.values()[machine.ram().load32(result)];
  }

  /** What went wrong in the last call, as it is logged; empty if nothing did. */
  public String lastError() {
    return machine.log;
  }
}
