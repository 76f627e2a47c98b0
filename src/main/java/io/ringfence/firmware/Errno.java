package io.ringfence.firmware;

/** Error numbers that the firmware returns, negated. */
public final class Errno {
  /** Not permitted. */
  public static final int EPERM = 1;

  /** No such entry. */
  public static final int ENOENT = 2;

  /** Try again: a time-out. */
  public static final int EAGAIN = 11;

  /** No memory. */
  public static final int ENOMEM = 12;

  /** Bad address: here, a block that is not allocated, or a page that is not mapped. */
  public static final int EFAULT = 14;

  /** Somebody else has it. */
  public static final int EBUSY = 16;

  /** Something is there already. */
  public static final int EEXIST = 17;

  /** No such device: here, no such scheduler. */
  public static final int ENODEV = 19;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  /** No space left. */
  public static final int ENOSPC = 28;

  /** A deadlock would be the result. */
  public static final int EDEADLK = 35;

  /** Not empty. */
  public static final int ENOTEMPTY = 39;

  private Errno() {}
}
