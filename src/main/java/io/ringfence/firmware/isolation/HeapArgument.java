package io.ringfence.firmware.isolation;

/** The heap that a caller means when it allocates or frees. */
public enum HeapArgument {
  /** The call has no heap argument. */
  NONE,
  /** {@code NULL}. */
  NULL,
  /** {@code sof_sys_heap_get()}. */
  SYSTEM,
  /** The LL user heap: in the kernel {@code sof_sys_user_heap_get()}. */
  USER,
  /** What {@code module_driver_heap_init()} returned. */
  DRIVER,
  /** A {@code struct k_heap} that user space made up in its own memory. */
  FORGED,
  /** No argument: the call is {@code rfree()}. */
  RFREE
}
