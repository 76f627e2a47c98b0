package io.ringfence.firmware.kernel;

import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.StopReason;
import io.ringfence.machine.MemoryFault;

/** Why a thread or the firmware stopped. The ordinal is what lies in RAM. */
public enum Why {
  /** Nothing stopped. */
  NOTHING,
  /** {@code k_panic}, for example when the node of a scheduler cannot be allocated. */
  PANIC,
  /** A failed assertion. */
  ASSERT,
  /** A system call's verifier refused its arguments. */
  VERIFY,
  /** NULL was dereferenced. */
  NULL_DEREFERENCE,
  /** Memory outside of the thread's domain was touched. */
  PROTECTION,
  /** An address was touched that no memory is behind, or that an access may not have. */
  UNMAPPED,
  /** Memory was read that nobody wrote. */
  UNINITIALIZED,
  /** A loop never ends. */
  HANG,
  /** The kernel called a function through a pointer to memory that is no kernel code. */
  HIJACK,
  /** A kernel object was initialized that is in use. */
  MISUSE,
  /** Memory was touched that is free again. Hardware does not notice. */
  USE_AFTER_FREE,
  /** Memory was touched that is no part of a block. Hardware does not notice. */
  OUT_OF_BOUNDS,
  /** What is no allocated block was freed. Hardware does not notice. */
  INVALID_FREE;

  private static final Why[] VALUES = values();

  /** Reads a reason back from RAM. */
  public static Why at(int ordinal) {
    return VALUES[ordinal];
  }

  /** Classifies a fault of the memory checks. */
  public static Why of(MemoryFault fault) {
    return switch (fault.kind()) {
      case NULL_DEREFERENCE -> NULL_DEREFERENCE;
      case PROTECTION_READ, PROTECTION_WRITE -> PROTECTION;
      case UNMAPPED, MISALIGNED -> UNMAPPED;
      case USE_AFTER_FREE -> USE_AFTER_FREE;
      case OUT_OF_BOUNDS -> OUT_OF_BOUNDS;
      case UNINITIALIZED_READ -> UNINITIALIZED;
      case EXECUTE_DATA -> HIJACK;
    };
  }

  /** The same as the specs have it, which do not tell why memory is not allocated. */
  public Why ofSpec() {
    return switch (this) {
      case USE_AFTER_FREE, OUT_OF_BOUNDS, INVALID_FREE -> UNMAPPED;
      default -> this;
    };
  }

  /** Classifies a stop by the firmware's own decision. */
  public static Why of(FirmwareStop stop) {
    StopReason reason = stop.reason();
    return switch (reason) {
      case PANIC -> PANIC;
      case ASSERT -> ASSERT;
      case OOPS -> VERIFY;
    };
  }
}
