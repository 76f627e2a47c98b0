package io.ringfence.firmware.boot;

/** Whether the firmware did what it was asked to. */
public enum Performed {
  /** It did, be it up to a fault. */
  DONE,
  /** It refused, or could not start it now; the RAM is as it was. */
  REFUSED
}
