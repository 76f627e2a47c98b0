package io.ringfence.firmware.userspace;

/** How much of SOF runs in user mode. */
public enum UserBuild {
  /** Nothing: {@code CONFIG_USERSPACE} is off. */
  NONE,
  /** Modules: {@code CONFIG_USERSPACE} without {@code CONFIG_SOF_USERSPACE_LL}. */
  MODULES,
  /** The LL and IPC threads too: {@code CONFIG_SOF_USERSPACE_LL}. */
  LL;

  /**
   * Stops a machine from calling what its build has not.
   *
   * @throws IllegalStateException if this build is less than that one
   */
  void require(UserBuild least, String routine) {
    if (compareTo(least) < 0) {
      throw new IllegalStateException(routine + " is not part of a build with " + this);
    }
  }
}
