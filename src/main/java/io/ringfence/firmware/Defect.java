package io.ringfence.firmware;

import java.util.Arrays;
import java.util.Optional;

/** Historical bugs that can be put back, and seeded ones. Identifiers as in the specification. */
public enum Defect {
  /** ee77ca3418: DP a user type, its private data still in kernel memory. */
  DP_DATA_KERNEL("B-03"),
  /** 4e0105d06b: the warm-boot check looks at the kernel list only. */
  RESTORE_KERNEL_LIST_ONLY("B-04"),
  /** 9e0cadee2c: a user-mode lookup always uses the list of core 0. */
  USER_LOOKUP_CORE0("B-05"),
  /** bbef32bc42: every operation looks the scheduler up again. */
  LOOKUP_PER_OPERATION("B-06"),
  /** 393d5fc462: the task is not zeroed before it is initialized. */
  NO_ZERO_TASK("B-11"),
  /** 653e221333: the core index is a local that was never assigned. */
  UNINITIALIZED_CORE("B-13"),
  /** Seeded: a user type is linked into the kernel list as well. */
  LINK_BOTH("S-01"),
  /** Seeded: the bitmap misses the last page of a block of virtual pages. */
  BITMAP_MISSES_LAST("S-02");

  private final String id;

  Defect(String id) {
    this.id = id;
  }

  /** The identifier, for example {@code B-04}. */
  public String id() {
    return id;
  }

  /** Finds a defect by its identifier. */
  public static Optional<Defect> of(String id) {
    return Arrays.stream(values()).filter(defect -> defect.id.equals(id)).findFirst();
  }
}
