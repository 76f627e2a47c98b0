package io.ringfence.firmware.syscalls;

/** The devices of one kind that a build has. */
public interface DeviceList {
  /** How many there are. */
  int count();

  /** The address of one: a kernel object. */
  int device(int index);
}
