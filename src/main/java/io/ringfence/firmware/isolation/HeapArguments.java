package io.ringfence.firmware.isolation;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Ram;

/**
 * Which {@code struct k_heap} a heap argument is. The pointer to the LL user heap lies in memory
 * that user space may write, so the answer for that one can change.
 */
public final class HeapArguments {
  /** Where in the sysuser partition user space makes up a heap. */
  private static final int FORGED_HEAP = 64;

  private final Design design;
  private final HeapBuild build;
  private final HeapMap map;
  private final Cpu cpu;
  private final Ram ram;

  HeapArguments(Design design, HeapBuild build, HeapMap map) {
    this.design = design;
    this.build = build;
    this.map = map;
    this.cpu = build.cpu;
    this.ram = build.machine.ram();
  }

  /** {@code zephyr_ll_heap}, which lies in user-writable memory. */
  public int userHeapPointer() {
    return ram.load32(build.sysuser);
  }

  /** Address of {@code zephyr_ll_heap}. */
  public int userHeapPointerAddress() {
    return build.sysuser;
  }

  /** Whether user space wrote {@code zephyr_ll_heap}. */
  public boolean isUserHeapPointerUserWritten() {
    return ram.shadow().isUserWritten(build.sysuser);
  }

  /** Which heap argument an address of a {@code k_heap} is. */
  public HeapArgument argument(int handle) {
    for (HeapArgument argument : HeapArgument.values()) {
      if (argument != HeapArgument.NONE
          && argument != HeapArgument.RFREE
          && address(argument) == handle) {
        return argument;
      }
    }
    return HeapArgument.NONE;
  }

  /** What user space passes for an argument, whatever the kernel would make of it. */
  int address(HeapArgument argument) {
    return switch (argument) {
      case SYSTEM -> build.system;
      case USER -> build.user;
      case DRIVER -> map.driverHeap();
      case FORGED -> build.sysuser + FORGED_HEAP;
      case NULL, NONE, RFREE -> 0;
    };
  }

  /** {@code sof_sys_user_heap_get()}, called in the kernel. */
  public int sysUserHeap() {
    return design.has(Fix.KERNEL_HEAP_POINTER) ? build.user : cpu.load32(build.sysuser);
  }

  /** What kernel code passes for an argument: it asks for the LL user heap again each time. */
  int resolve(HeapArgument argument) {
    return argument == HeapArgument.USER ? sysUserHeap() : address(argument);
  }

  /** Whether there is such a heap now; a module has none before it makes one. */
  boolean exists(HeapArgument argument) {
    return argument != HeapArgument.DRIVER || map.driverHeap() != 0;
  }
}
