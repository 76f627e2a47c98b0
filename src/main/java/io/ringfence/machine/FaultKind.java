package io.ringfence.machine;

/** Why the CPU refused an access. Listed in the order in which the checks are made. */
public enum FaultKind {
  /** The address lies in page 0. */
  NULL_DEREFERENCE("the address lies in the NULL page"),
  /** The address lies outside of RAM or in a page that is not mapped. */
  UNMAPPED("no memory is mapped there"),
  /** The running code may not read the page. */
  PROTECTION_READ("the page may not be read"),
  /** The running code may not write the page. */
  PROTECTION_WRITE("the page may not be written"),
  /** The call target is not the entry of a function. */
  EXECUTE_DATA("no function starts there"),
  /** The address is not a multiple of the access size. */
  MISALIGNED("the address is not a multiple of the access size"),
  /** The byte belongs to a released block. */
  USE_AFTER_FREE("the block there was freed"),
  /** The byte was never part of a block. */
  OUT_OF_BOUNDS("the address lies outside of any allocated block"),
  /** The byte is allocated, but nothing was stored there yet. */
  UNINITIALIZED_READ("the memory there was allocated but never written");

  private final String reason;

  FaultKind(String reason) {
    this.reason = reason;
  }

  /** Returns the reason as a clause for a message. */
  public String reason() {
    return reason;
  }
}
