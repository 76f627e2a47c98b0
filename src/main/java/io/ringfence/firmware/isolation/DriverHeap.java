package io.ringfence.firmware.isolation;

import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.isolation.CallTrace.Op;
import io.ringfence.firmware.isolation.CallTrace.Result;
import io.ringfence.machine.Cpu;

/** The heap of the one module, which lies in two blocks of another heap while there is one. */
public final class DriverHeap {
  private static final int HEAP_ALIGNMENT = 64;

  private final HeapBuild build;
  private final int driver;
  private final Clients clients;
  private final HeapMap map;
  private final Calls calls;
  private final Cpu cpu;
  private final CallTrace trace;

  /**
   * Makes the functions of a module without a heap.
   *
   * @param driver address of the word that points to the driver heap
   */
  DriverHeap(HeapBuild build, int driver, Clients clients, HeapMap map, Calls calls) {
    this.build = build;
    this.driver = driver;
    this.clients = clients;
    this.map = map;
    this.calls = calls;
    this.cpu = build.cpu;
    this.trace = build.trace;
  }

  /** {@code module_driver_heap_init}; not done, and false, if the module has a heap. */
  public boolean init(int module) {
    if (trace.isHalted() || map.driverHeap() != 0) {
      return false;
    }
    trace.begin(module, Op.INIT, "module_driver_heap_init");
    calls.run(
        () -> {
          int heap = build.sofHeap.rballocAlign(MemFlags.USER, KHeap.STRUCT.size(), HEAP_ALIGNMENT);
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
  public boolean remove(int module, int clientCount) {
    if (trace.isHalted() || map.driverHeap() == 0) {
      return false;
    }
    for (int client = 0; client < clientCount; client++) {
      if (map.isIn(HeapName.DRIVER, clients.held(client))) {
        return false;
      }
    }
    trace.begin(module, Op.REMOVE, "module_driver_heap_remove");
    calls.run(
        () -> {
          int heap = map.driverHeap();
          build.sofHeap.rfree(cpu.load(SysHeap.INIT_MEM, heap));
          build.sofHeap.rfree(heap);
          cpu.store32(driver, 0);
          trace.end(Result.FREED);
        });
    return true;
  }
}
