package io.ringfence.firmware;

/**
 * The designs of the scheduler registry, by the names that the specification uses.
 *
 * <p>Source: SOF {@code src/schedule/schedule.c} and {@code zephyr/schedule.c} at 12dd726529, and
 * the commits named below.
 */
public enum Variant {
  /** Before the change: one list for each core, all in the kernel. */
  ORIG,
  /** b502d8d8bd: the pointer to that list moved to user memory, its objects did not. */
  B502,
  /** Pull request 10821, version 1: list, nodes and pointer in user memory, for every type. */
  V1_ALL_USER,
  /** 9011deae4c: a kernel and a user list, all objects still from the kernel heap. */
  SPLIT_KHEAP,
  /** Version 2: two lists, the heap chosen by the type, any set of user types. */
  V2_SPLIT,
  /** 12dd726529, as merged upstream. */
  MERGED,
  /** Merged, with every fix. */
  HARDENED;

  /** Whether there is one list of each core for all types. */
  public boolean singleList() {
    return this == ORIG || this == B502 || this == V1_ALL_USER;
  }
}
