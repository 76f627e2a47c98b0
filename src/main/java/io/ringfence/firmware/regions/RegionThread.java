package io.ringfence.firmware.regions;

/** The kernel threads that use a region. */
public enum RegionThread {
  /** Makes the module and unloads it. */
  MODULE,
  /** Has a buffer in the module's region. */
  BUFFER;

  /** What a thread does next. */
  public enum Step {
    /** Anything: no call is in progress. */
    IDLE,
    /** Take the lifetime memory that it found. */
    TAKING,
    /** Free the pages of the region. */
    PAGES,
    /** Free the control structure. */
    CONTROL,
    /** Free the module's context. */
    CONTEXT
  }
}
