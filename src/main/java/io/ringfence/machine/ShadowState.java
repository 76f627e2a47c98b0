package io.ringfence.machine;

/** What the allocation shadow knows about a byte of RAM. */
public enum ShadowState {
  /** Was never part of a block or of a static object. */
  UNALLOCATED,
  /** Belongs to a block or static object, and was written. */
  LIVE,
  /** Belongs to a block in which this byte was never written. */
  UNINITIALIZED,
  /** Belonged to a block that was freed. */
  FREED
}
