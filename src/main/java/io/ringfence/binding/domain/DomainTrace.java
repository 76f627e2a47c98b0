package io.ringfence.binding.domain;

import io.ringfence.firmware.thread.Tracing;

/** Decides, for one step at a time, which allocation fails. */
final class DomainTrace implements Tracing {
  private String failing = "";

  /** The next allocations of this kind fail; none for an empty name. */
  void fail(String what) {
    failing = what;
  }

  @Override
  public boolean failsAllocation(String what, int subject) {
    return what.equals(failing);
  }
}
