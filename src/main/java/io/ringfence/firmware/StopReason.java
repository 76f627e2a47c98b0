package io.ringfence.firmware;

/** The ways in which firmware stops. */
public enum StopReason {
  /** {@code k_panic}: the system stops. */
  PANIC,
  /** A failed {@code __ASSERT}: the system stops. Only builds with assertions check. */
  ASSERT,
  /** {@code K_OOPS}: the calling user thread is killed. */
  OOPS
}
