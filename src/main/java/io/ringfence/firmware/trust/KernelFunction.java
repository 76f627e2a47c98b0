package io.ringfence.firmware.trust;

/** Code of the kernel that a function pointer can lead to. */
@FunctionalInterface
interface KernelFunction {
  /** Runs it up to the routine's next step. */
  void call();
}
