package io.ringfence.firmware.isolation;

import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.isolation.CallTrace.Op;
import io.ringfence.firmware.isolation.CallTrace.Result;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;

/** What goes around each call: it is traced, and what ends it early becomes its result. */
final class Calls {
  private final CallTrace trace;
  private final Cpu cpu;

  Calls(HeapBuild build) {
    this.trace = build.trace;
    this.cpu = build.cpu;
  }

  /**
   * Starts the trace of a call that has a heap argument.
   *
   * @param argument the heap that the caller means
   * @param given the heap that it passes
   * @param function the function in C
   */
  void begin(int by, Op op, HeapArgument argument, HeapArgument given, String function) {
    trace.begin(by, op, function);
    trace.set(CallTrace.ARG, argument.ordinal());
    trace.set(CallTrace.HANDLE, given.ordinal());
  }

  /** Runs a call, and says how it ended if it did not come back. */
  void run(Runnable call) {
    try {
      call.run();
    } catch (MemoryFault fault) {
      trace.probe().ended(Why.of(fault));
      trace.error(fault.getMessage());
      trace.end(fault.mode() == Mode.KERNEL ? Result.CRASH : Result.FAULT);
    } catch (FirmwareStop stop) {
      trace.probe().ended(Why.of(stop));
      trace.error(String.valueOf(stop.getMessage()));
      trace.end(stop instanceof KernelOops ? Result.OOPS : Result.PANIC);
    }
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
  }
}
