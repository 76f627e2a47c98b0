package io.ringfence.firmware.schedule;

/** Error numbers that the scheduler layer returns, negated. */
public final class Errno {
  /** Not permitted. */
  public static final int EPERM = 1;

  /** No memory. */
  public static final int ENOMEM = 12;

  /** No such device: here, no such scheduler. */
  public static final int ENODEV = 19;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  private Errno() {}
}
