package io.ringfence.firmware.regions;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.regions.RegionThread.Step;
import io.ringfence.machine.FunctionTable;
import java.util.function.IntConsumer;

/**
 * How a module with a region of its own begins and ends: {@code module_adapter_mem_alloc}, {@code
 * comp_free}, {@code module_adapter_mem_free} and {@code comp_buffer_free} (SOF 12dd726529).
 */
final class ModuleAdapter {
  /** Bytes of a {@code mod_alloc_ctx}, and of what there is of a {@code comp_dev}. */
  private static final int SMALL_BYTES = 16;

  private static final String FREE = "module_adapter_free";

  private final Design design;
  private final RegionMachine machine;
  private final RegionState state;
  private final FunctionTable<IntConsumer> code;
  private final int driver;

  ModuleAdapter(Design design, RegionMachine machine, RegionState state) {
    this.design = design;
    this.machine = machine;
    this.state = state;
    this.code = machine.code(FREE, this::freeDevice);
    this.driver = machine.small.allocateStatic(4);
    machine.cpu.store32(driver, code.address(FREE));
  }

  /** Makes a module; false, and nothing is left, if memory is short. */
  boolean create(RegionFirmware.Failing failing) {
    int hog = failing == RegionFirmware.Failing.PAGES ? machine.pages.alloc(machine.pageCount) : 0;
    if (failing == RegionFirmware.Failing.CONTROL) {
      machine.heap.failAllocation(1);
    }
    int region = machine.regions.create(machine.regionBytes());
    if (hog != 0) {
      machine.pages.free(hog);
    }
    if (region == 0) {
      return false;
    }
    if (failing == RegionFirmware.Failing.CONTEXT) {
      machine.heap.failAllocation(1);
    }
    int context = machine.heap.alloc(machine.userHeap, MemFlags.COHERENT, SMALL_BYTES, 0);
    if (context == 0) {
      machine.regions.put(region);
      return false;
    }
    machine.cpu.zero(context, SMALL_BYTES);
    int device =
        design.has(Fix.DEVICE_OUTSIDE)
            ? machine.heap.rmalloc(MemFlags.COHERENT, SMALL_BYTES)
            : machine.regions.allocCoherent(region, SMALL_BYTES, 0);
    machine.cpu.zero(device, SMALL_BYTES);
    machine.cpu.store32(device, driver);
    machine.small.domains().addMirrored(machine.domain, machine.partition);
    state.setNewest(region);
    state.setContext(context);
    state.setDevice(device);
    state.setRegion(RegionThread.MODULE, region);
    return true;
  }

  /** Unloads the module or frees the buffer, up to the count of references. */
  void drop(RegionThread thread) {
    if (thread == RegionThread.MODULE) {
      int operations = machine.cpu.load32(state.device());
      int free = machine.cpu.load32(operations);
      machine.cpu.fetch(code, free).accept(state.device());
    }
    boolean destroys = thread == RegionThread.MODULE || !design.has(Defect.REGION_NOT_COUNTED);
    if (destroys && machine.regions.release(state.region(thread)) == 0) {
      state.setStep(thread, Step.PAGES);
    } else {
      state.setRegion(thread, 0);
    }
  }

  /** What the driver's function does. */
  private void freeDevice(int device) {
    machine.small.domains().removeMirrored(machine.domain, machine.partition);
    if (design.has(Fix.DEVICE_OUTSIDE)) {
      machine.heap.rfree(device);
    } else {
      machine.regions.free(state.region(RegionThread.MODULE), device);
    }
    state.setDevice(0);
  }

  void freePages(RegionThread thread) {
    machine.regions.freePages(state.region(thread));
    boolean isInside = design.has(Defect.REGION_CONTROL_INSIDE);
    state.setStep(thread, isInside ? Step.CONTEXT : Step.CONTROL);
  }

  void freeControl(RegionThread thread) {
    machine.regions.freeControl(state.region(thread));
    state.setStep(thread, Step.CONTEXT);
  }

  /** The module names the heap of the context; the buffer does not, unless that is repaired. */
  void freeContext(RegionThread thread) {
    if (thread == RegionThread.MODULE || design.has(Fix.CONTEXT_TO_ITS_HEAP)) {
      machine.heap.free(machine.userHeap, state.context());
    } else {
      machine.heap.rfree(state.context());
    }
    state.setContext(0);
    state.setRegion(thread, 0);
    state.setStep(thread, Step.IDLE);
  }
}
