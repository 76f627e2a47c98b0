package io.ringfence.machine;

/** The privilege of the running code. */
public enum Mode {
  /** May access every mapped page. */
  KERNEL,
  /** May access only what its memory domain grants. */
  USER
}
