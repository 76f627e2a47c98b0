package io.ringfence.firmware.schedule;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.FunctionTable;
import io.ringfence.machine.Ram;

/**
 * What the scheduler layer is linked against. Nothing here changes after boot: all state is in RAM.
 *
 * @param sofHeap the allocator functions
 * @param functions the kernel's code
 * @param kernelArray address of {@code _k_schedulers[]}
 * @param userArray address of {@code _u_schedulers[]}
 * @param registryHeap the {@code k_heap} that user-side registry objects come from
 * @param callResult address of the trace buffer, a {@code struct call_result}
 * @param cores {@code CONFIG_CORE_COUNT}
 */
public record Platform(
    Cpu cpu,
    Design design,
    SofHeap sofHeap,
    FunctionTable<SchedulerFunction> functions,
    int kernelArray,
    int userArray,
    int registryHeap,
    int callResult,
    int cores) {

  Ram ram() {
    return cpu.ram();
  }
}
