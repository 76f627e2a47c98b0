package io.ringfence.firmware.component;

/** {@code struct comp_ops} of a driver. Components are named by their {@code struct comp_dev}. */
interface ComponentDriver {
  /** {@code create()}, which always finds memory; the component is ready then. */
  int create();

  /** {@code prepare()}, which finds memory for what it allocates. */
  void prepare(int dev);

  /** {@code copy()}. */
  void copy(int dev);

  /** {@code reset()}. */
  void reset(int dev);

  /** {@code free()}. */
  void free(int dev);
}
