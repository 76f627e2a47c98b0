package io.ringfence.firmware;

import java.util.Arrays;
import java.util.Optional;

/** Repairs of open defects. The identifiers are those of the specification. */
public enum Fix {
  /** Look up user types in the user list. */
  LOOK_UP_USER_LIST("O-01"),
  /** Refuse a core number that is out of range. */
  CHECK_CORE("O-04"),
  /** Do not ask the user heap for kernel memory. */
  DROP_KERNEL_FLAG("O-06"),
  /** Move the last entry of the page table over the freed one. */
  MOVE_LAST_ENTRY("O-07"),
  /** Unbind before anything can fail; refuse an unbound task. */
  CHECK_BINDING("O-14"),
  /** Tell the caller that nothing was registered, and free the node. */
  REPORT_FAILURE("O-15"),
  /** User space may read its registry but not write it. */
  READ_ONLY_REGISTRY("O-24"),
  /** Publish a list head after it is initialized. */
  PUBLISH_LAST("R-01"),
  /** Refuse to register from user context, whatever the assertions. */
  CHECK_CONTEXT("R-02"),
  /** Refuse a core that is not the one whose kernel list is used. */
  CHECK_CURRENT_CORE("R-03"),
  /** Unmap what was mapped when the mapping of virtual pages fails. */
  UNMAP_AFTER_FAILURE("R-05");

  private final String id;

  Fix(String id) {
    this.id = id;
  }

  /** The identifier, for example {@code O-15}. */
  public String id() {
    return id;
  }

  /** Finds a fix by its identifier. */
  public static Optional<Fix> of(String id) {
    return Arrays.stream(values()).filter(fix -> fix.id.equals(id)).findFirst();
  }
}
