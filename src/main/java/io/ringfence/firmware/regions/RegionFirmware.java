package io.ringfence.firmware.regions;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.VirtualRegions;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.regions.RegionThread.Step;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Ram;

/**
 * The life of a module that has a virtual region to itself, of a buffer that lies in the region,
 * and of the user code that the region is mapped for.
 *
 * <p>Each public operation is one step of a thread. It is not done, and false, if the thread cannot
 * take that step now. A fault in the kernel stops the system, and that is the step.
 */
public final class RegionFirmware {
  /** What the last call said. */
  public enum Result {
    /** Nothing that matters. */
    NONE,
    /** An allocation failed. */
    NULL,
    /** Lifetime memory was freed, which was counted. */
    COUNTED,
    /** A block of the region was not freed. */
    REJECTED,
    /** The call was in vain, as the caller could know. */
    WARNED,
    /** A system call was refused. */
    OOPS
  }

  /** Which allocation of a creation fails. */
  public enum Failing {
    /** None. */
    NONE,
    /** The control structure's. */
    CONTROL,
    /** The pages'. */
    PAGES,
    /** The context's. */
    CONTEXT
  }

  /** The caller of {@link #probe} that is user code; a kernel thread is one by its ordinal. */
  public static final int USER = RegionThread.values().length;

  private static final String ALLOC = "vregion_alloc_align";
  private static final String FREE = "vregion_free";
  private static final String PUT = "vregion_put";
  private static final int LINE = CacheAliases.LINE_BYTES;

  private final Design design;
  private final RegionMachine machine;
  private final RegionState state;
  private final ModuleAdapter adapter;
  private final RegionAttacker attacker;
  private final RegionView view;
  private final int moduleSlots;
  private final CallProbe probe = new CallProbe();
  private final CacheAliases aliases = new CacheAliases(true);

  /**
   * Boots.
   *
   * @param pages size of the region
   * @param moduleSlots how many pointers the module keeps; they come before the buffer's
   * @param bufferSlots how many pointers the buffer keeps
   */
  public RegionFirmware(Design design, int pages, int moduleSlots, int bufferSlots) {
    this.design = design;
    this.moduleSlots = moduleSlots;
    this.machine = new RegionMachine(design, pages);
    this.state = new RegionState(machine, moduleSlots + bufferSlots);
    this.adapter = new ModuleAdapter(design, machine, state);
    this.view = new RegionView(machine, state);
    this.attacker = new RegionAttacker(design, machine, state, view);
    machine.small.ram().freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return machine.small.ram();
  }

  /** What a debugger sees. */
  public RegionView view() {
    return view;
  }

  /** Who took the last step. */
  public CallProbe probe() {
    return probe;
  }

  /** What the firmware logged in the last step, or why it stopped; empty if neither. */
  public String lastLog() {
    return machine.platform.lastMessage();
  }

  /** Makes a module with a region; one of the allocations may be told to fail. */
  public boolean create(Failing failing) {
    boolean isVacant =
        isRunning()
            && state.region(RegionThread.MODULE) == 0
            && state.region(RegionThread.BUFFER) == 0;
    boolean canFail = failing != Failing.CONTROL || !design.has(Defect.REGION_CONTROL_INSIDE);
    return isVacant
        && canFail
        && step(
            RegionThread.MODULE,
            "module_adapter_mem_alloc",
            () -> state.setResult(adapter.create(failing) ? Result.NONE : Result.NULL));
  }

  /** Makes a buffer in the region, which takes a reference. */
  public boolean bind() {
    return isReady(RegionThread.MODULE)
        && state.region(RegionThread.BUFFER) == 0
        && step(
            RegionThread.BUFFER,
            "vregion_get",
            () -> {
              int region = machine.regions.get(state.region(RegionThread.MODULE));
              state.setRegion(RegionThread.BUFFER, region);
              state.setResult(Result.NONE);
            });
  }

  /**
   * Allocates a block for a client, who clears the first line of it.
   *
   * @param lines 1 to 2^26, in cache lines
   */
  public boolean alloc(int slot, int lines) {
    return isFree(slot)
        && !takesTwoSteps()
        && step(
            owner(slot),
            ALLOC,
            () -> keep(slot, machine.regions.alloc(region(slot), lines * LINE, LINE), lines));
  }

  /** Whether memory for a lifetime is found in one step and taken in another. */
  private boolean takesTwoSteps() {
    return design.has(Defect.REGION_NOT_COUNTED) && view.mode() == Vregion.Mode.LIFETIME;
  }

  /** Finds memory for a lifetime, where no lock makes that one step with {@link #take}. */
  public boolean find(int slot, int lines) {
    return isFree(slot)
        && takesTwoSteps()
        && step(owner(slot), ALLOC, () -> findLifetime(slot, lines));
  }

  private void findLifetime(int slot, int lines) {
    VirtualRegions.Room room = machine.regions.findLifetime(region(slot), lines * LINE, LINE);
    if (room.address() != 0) {
      state.setRoom(owner(slot), slot, room.address(), room.bytes());
      state.setStep(owner(slot), Step.TAKING);
    }
    state.setResult(room.address() == 0 ? Result.NULL : Result.NONE);
  }

  /** Takes what {@link #find} found. */
  public boolean take(RegionThread thread) {
    return isAt(thread, Step.TAKING) && step(thread, ALLOC, () -> takeLifetime(thread));
  }

  private void takeLifetime(RegionThread thread) {
    int slot = state.takingSlot(thread);
    VirtualRegions.Room room =
        new VirtualRegions.Room(state.roomAddress(thread), state.roomBytes(thread));
    state.setRoom(thread, 0, 0, 0);
    state.setStep(thread, Step.IDLE);
    machine.regions.takeLifetime(state.region(thread), room);
    keep(slot, room.address(), room.bytes() / LINE);
  }

  private void keep(int slot, int address, int lines) {
    if (address == 0) {
      state.setResult(Result.NULL);
      return;
    }
    state.hold(slot, address, lines * LINE);
    machine.cpu.zero(address, LINE);
    state.setResult(Result.NONE);
  }

  /** Asks for an alignment of three lines, as the module may do by a system call. */
  public boolean allocOdd(int slot) {
    return isFree(slot)
        && owner(slot) == RegionThread.MODULE
        && view.mode() == Vregion.Mode.LIFETIME
        && step(
            USER,
            ALLOC,
            3 * LINE,
            () -> keep(slot, machine.regions.alloc(region(slot), LINE, 3 * LINE), 1));
  }

  /** Frees a block by one of its two addresses. */
  public boolean free(int slot, boolean cached) {
    int pointer = state.pointer(slot);
    int address = cached ? aliases.cached(pointer) : aliases.uncached(pointer);
    return isReady(owner(slot))
        && pointer != 0
        && step(
            owner(slot).ordinal(),
            FREE,
            address,
            () -> {
              int before = countedFrees(region(slot));
              machine.regions.free(region(slot), address);
              forget(slot, before);
            });
  }

  private int countedFrees(int region) {
    return machine.cpu.load(Vregion.LIFETIME_FREES, region);
  }

  private void forget(int slot, int countedBefore) {
    boolean isCounted = countedFrees(region(slot)) != countedBefore;
    state.hold(slot, 0, 0);
    state.setResult(
        machine.platform.hasError() ? Result.REJECTED : isCounted ? Result.COUNTED : Result.NONE);
  }

  /** Frees memory that is not the region's. */
  public boolean freeForeign(RegionThread thread) {
    return isReady(thread)
        && view.isControlLive()
        && step(
            thread,
            FREE,
            () -> {
              machine.regions.free(state.region(thread), machine.guard);
              state.setResult(machine.platform.hasError() ? Result.WARNED : Result.NONE);
            });
  }

  /** Makes the rest of the region a heap. */
  public boolean setInterim() {
    return isReady(RegionThread.MODULE)
        && step(
            RegionThread.MODULE,
            "vregion_set_interim",
            () -> {
              machine.regions.setInterim(state.region(RegionThread.MODULE));
              state.setResult(lastLog().isEmpty() ? Result.NONE : Result.WARNED);
            });
  }

  /** Lets a thread give up the region when it holds no block; the last one has to free it. */
  public boolean drop(RegionThread thread) {
    return isReady(thread)
        && holdsNothing(thread)
        && step(
            thread,
            function(thread),
            () -> {
              adapter.drop(thread);
              state.setResult(Result.NONE);
            });
  }

  /** Frees the pages of a region that nobody else refers to. */
  public boolean freePages(RegionThread thread) {
    return isAt(thread, Step.PAGES) && step(thread, PUT, () -> adapter.freePages(thread));
  }

  /** Frees the control structure. */
  public boolean freeControl(RegionThread thread) {
    return isAt(thread, Step.CONTROL) && step(thread, PUT, () -> adapter.freeControl(thread));
  }

  /** Frees the module's context, which the last one does. */
  public boolean freeContext(RegionThread thread) {
    return isAt(thread, Step.CONTEXT)
        && step(thread, function(thread), () -> adapter.freeContext(thread));
  }

  /** Lets the module overwrite words of its region; false if it cannot. */
  public boolean forge(RegionAttacker.Target target) {
    boolean isForged = isRunning() && view.forged() == null && attacker.forge(target);
    if (isForged) {
      probe.called(USER, "");
    }
    return isForged;
  }

  /**
   * Lets the module free one of its blocks by a system call.
   *
   * @param named what it says its region is
   */
  public boolean userFree(int slot, RegionAttacker.Named named) {
    return isReady(RegionThread.MODULE)
        && owner(slot) == RegionThread.MODULE
        && state.pointer(slot) != 0
        && step(
            USER,
            FREE,
            attacker.address(slot, named),
            () -> {
              int before = countedFrees(region(slot));
              if (attacker.free(slot, named)) {
                forget(slot, before);
              } else {
                state.setResult(Result.OOPS);
              }
            });
  }

  private RegionThread owner(int slot) {
    return slot < moduleSlots ? RegionThread.MODULE : RegionThread.BUFFER;
  }

  private int region(int slot) {
    return state.region(owner(slot));
  }

  private boolean isRunning() {
    machine.platform.clear();
    return state.stopped() == Why.NOTHING;
  }

  private boolean isAt(RegionThread thread, Step step) {
    return isRunning() && state.step(thread) == step;
  }

  private boolean isReady(RegionThread thread) {
    return isAt(thread, Step.IDLE) && state.region(thread) != 0;
  }

  private boolean isFree(int slot) {
    return isReady(owner(slot)) && state.pointer(slot) == 0;
  }

  private boolean holdsNothing(RegionThread thread) {
    for (int slot = 0; slot < view.slots(); slot++) {
      if (owner(slot) == thread && state.pointer(slot) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The function that frees what a thread has. */
  public static String function(RegionThread thread) {
    return thread == RegionThread.MODULE ? "module_adapter_mem_free" : "comp_buffer_free";
  }

  private boolean step(RegionThread thread, String function, Runnable step) {
    return step(thread.ordinal(), function, 0, step);
  }

  /**
   * Takes a step; if the kernel faults in it, the system stops.
   *
   * @param caller who takes it, {@link #USER} or the ordinal of a thread
   * @param function what it calls
   * @param argument what the caller chose, to be noted if the kernel stops for no address
   */
  private boolean step(int caller, String function, int argument, Runnable step) {
    probe.called(caller, function);
    try {
      step.run();
    } catch (MemoryFault fault) {
      state.setStopped(Why.of(fault), fault.address());
      machine.platform.log(fault.getMessage());
    } catch (FirmwareStop stop) {
      state.setStopped(Why.of(stop), argument);
      machine.platform.log(String.valueOf(stop.getMessage()));
    }
    return true;
  }
}
