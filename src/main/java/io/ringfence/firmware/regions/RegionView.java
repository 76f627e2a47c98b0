package io.ringfence.firmware.regions;

import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import org.jspecify.annotations.Nullable;

/** What a debugger sees of a region and its clients: walks the RAM and remembers nothing. */
public final class RegionView {
  /** Where the context of the module is. */
  public enum Context {
    /** There is none. */
    NONE,
    /** In the LL user heap. */
    LIVE,
    /** On a free list of the system heap, to which it does not belong. */
    LOST
  }

  private static final int UNIT = 8;

  private final RegionMachine machine;
  private final RegionState state;
  private final Ram ram;
  private final CacheAliases aliases = new CacheAliases(true);

  RegionView(RegionMachine machine, RegionState state) {
    this.machine = machine;
    this.state = state;
    this.ram = machine.small.ram();
  }

  // The region.

  /** First address of the pages, cached. */
  public int regionBase() {
    return machine.regionBase;
  }

  /** Size of the region in bytes. */
  public int regionBytes() {
    return machine.regionBytes();
  }

  /** How far an address, cached or not, is from the start of the region, in bytes. */
  public int offset(int address) {
    return aliases.cached(address) - machine.regionBase;
  }

  private boolean isInRegion(int address) {
    return Integer.compareUnsigned(offset(address), regionBytes()) < 0;
  }

  /** Address of the control structure of the newest region, whether it exists or not. */
  public int control() {
    return state.newest();
  }

  /** Whether the control structure exists. */
  public boolean isControlLive() {
    int control = state.newest();
    return control != 0
        && (isInRegion(control)
            ? arePagesMapped()
            : ram.shadow().state(control) == ShadowState.LIVE);
  }

  /** Whether the pages are allocated and mapped. */
  public boolean arePagesMapped() {
    return machine.pages.isTaken(0) && machine.driver.isMapped(machine.regionBase);
  }

  /** A word of the control structure, 0 if that does not exist. */
  public int get(Field field) {
    return isControlLive() ? ram.load32(state.newest() + field.offset()) : 0;
  }

  /** The mode of the region, null if it does not exist. */
  public Vregion.@Nullable Mode mode() {
    return isControlLive() ? Vregion.Mode.values()[get(Vregion.TYPE)] : null;
  }

  /** Address of the {@code z_heap} of the interim heap, 0 if there is none. */
  public int interimHeap() {
    return mode() == Vregion.Mode.INTERIM
        ? ram.load32(state.newest() + Vregion.INTERIM.offset() + SysHeap.HEAP.offset())
        : 0;
  }

  /** What the module has overwritten, null if nothing. */
  public RegionAttacker.@Nullable Target forged() {
    if (!arePagesMapped()) {
      return null;
    }
    if (isControlLive() && isUserWritten(Vregion.LIFETIME_PTR.in(state.newest()))) {
      return RegionAttacker.Target.CONTROL;
    }
    if (interimHeap() != 0 && isUserWritten(interimHeap() + RegionAttacker.HEADS)) {
      return RegionAttacker.Target.HEAP;
    }
    return state.device() != 0 && isUserWritten(state.device())
        ? RegionAttacker.Target.DRIVER
        : null;
  }

  /** Whether the last store to a word was made in user mode. */
  public boolean isUserWritten(int address) {
    return ram.shadow().isUserWritten(address);
  }

  // The clients.

  /** The number of pointers that the clients keep. */
  public int slots() {
    return state.slots();
  }

  /** The block that a client keeps a pointer to, 0 if none. */
  public int pointer(int slot) {
    return state.pointer(slot);
  }

  /** The size of that block in lines. */
  public int lines(int slot) {
    return state.bytes(slot) >>> 6;
  }

  /** Whether a client's block is one of the interim heap; so is what that heap gave away. */
  public boolean isInterim(int slot) {
    return mode() == Vregion.Mode.INTERIM
        && pointer(slot) != 0
        && Integer.compareUnsigned(offset(pointer(slot)), get(Vregion.LIFETIME_SIZE)) >= 0;
  }

  /** Whether a block of the interim heap is allocated. */
  boolean isInterimUsed() {
    for (int slot = 0; slot < slots(); slot++) {
      if (isInterim(slot)) {
        return true;
      }
    }
    return false;
  }

  /** The region that a thread refers to, 0 if none. */
  public int region(RegionThread thread) {
    return state.region(thread);
  }

  /** What a thread does next. */
  public RegionThread.Step step(RegionThread thread) {
    return state.step(thread);
  }

  /** The slot that a thread found memory for. */
  public int takingSlot(RegionThread thread) {
    return state.takingSlot(thread);
  }

  /** The memory that a thread found, 0 if none. */
  public int found(RegionThread thread) {
    return state.roomAddress(thread);
  }

  /** The size of the memory that a thread found, in lines. */
  public int foundLines(RegionThread thread) {
    return state.roomBytes(thread) >>> 6;
  }

  /** Address of the module's context, 0 if there is none. */
  public int contextAddress() {
    return state.context();
  }

  /** Address of the module's {@code comp_dev}, 0 if there is none. */
  public int device() {
    return state.device();
  }

  /** Where the module's context is. */
  public Context context() {
    if (state.context() != 0) {
      return Context.LIVE;
    }
    return isUserHeapOnSystemLists() ? Context.LOST : Context.NONE;
  }

  private boolean isUserHeapOnSystemLists() {
    int system = ram.load32(SysHeap.HEAP.in(machine.systemHeap));
    int first = (ram.load32(SysHeap.INIT_MEM.in(machine.userHeap)) - system) / UNIT;
    int end = first + ram.load32(SysHeap.INIT_BYTES.in(machine.userHeap)) / UNIT;
    for (var bucket : HeapDump.of(ram, system, false, false).buckets()) {
      for (Object id : (Iterable<?>) bucket.get(1)) {
        long chunk = (Long) id;
        if (chunk >= first && chunk < end) {
          return true;
        }
      }
    }
    return false;
  }

  /** Why the system stopped. */
  public Why stopped() {
    return state.stopped();
  }

  /** The address of the fault that stopped the system, or else the argument of the call. */
  public int culprit() {
    return state.culprit();
  }

  /** Whether a word was allocated and never written. */
  public boolean isRaw(int address) {
    return ram.shadow().state(address) == ShadowState.UNINITIALIZED;
  }

  /** Address of the lock of the interim heap, in the control structure. */
  public int interimLock() {
    return KHeap.LOCK.in(Vregion.INTERIM.in(state.newest()));
  }

  /** What the last call said. */
  public RegionFirmware.Result result() {
    return state.result();
  }
}
