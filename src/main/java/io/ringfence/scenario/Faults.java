package io.ringfence.scenario;

import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.firmware.kernel.EndlessLoop;
import io.ringfence.machine.FaultKind;
import io.ringfence.machine.MemoryFault;
import java.util.Locale;

/** Faults of the firmware as the corpus names them. */
final class Faults {
  private Faults() {}

  /** Returns the name of a fault; what is none goes on its way. */
  static String name(RuntimeException fault) {
    if (fault instanceof FirmwareStop stop) {
      return stop.reason().name().toLowerCase(Locale.ROOT);
    }
    if (fault instanceof EndlessLoop) {
      return "endless-loop";
    }
    if (fault instanceof MemoryFault memoryFault) {
      return memoryFault.kind() == FaultKind.NULL_DEREFERENCE ? "null-dereference" : "wild-access";
    }
    throw fault;
  }

  /** Whether the C code logs an error before it stops. */
  static boolean isLogged(RuntimeException fault) {
    return fault instanceof KernelPanic panic && panic.isLogged();
  }
}
