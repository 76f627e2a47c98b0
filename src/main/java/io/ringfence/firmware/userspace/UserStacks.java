package io.ringfence.firmware.userspace;

import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SofHeap;
import org.jspecify.annotations.Nullable;

/** Stacks of threads that are made at run time (SOF zephyr/lib/userspace_helper.c, 12dd726529). */
public final class UserStacks {
  /** {@code Z_KERNEL_STACK_OBJ_ALIGN} of a build without memory protection: a cache line. */
  private static final int KERNEL_ALIGNMENT = 64;

  private final SofHeap heap;
  private final @Nullable ThreadStacks stacks;

  private UserStacks(SofHeap heap, @Nullable ThreadStacks stacks) {
    this.heap = heap;
    this.stacks = stacks;
  }

  /** The functions of a build without user mode: stacks are buffers. */
  public static UserStacks ofKernel(SofHeap heap) {
    return new UserStacks(heap, null);
  }

  /** The functions of a build with user mode. */
  public static UserStacks ofUserSpace(SofHeap heap, ThreadStacks stacks) {
    return new UserStacks(heap, stacks);
  }

  /**
   * Returns a stack, or 0 ({@code user_stack_allocate}).
   *
   * @param user whether the thread will be in user mode; a build without knows no difference
   */
  public int allocate(int bytes, boolean user) {
    if (stacks != null) {
      return stacks.alloc(bytes, user);
    }
    int rounded = bytes + KERNEL_ALIGNMENT - 1 & -KERNEL_ALIGNMENT;
    return heap.rballocAlign(MemFlags.USER, rounded, KERNEL_ALIGNMENT);
  }

  /**
   * Frees a stack; 0 has no effect ({@code user_stack_free}).
   *
   * @return 0 or what {@link ThreadStacks#free} returns; always 0 in a build without user mode
   */
  public int free(int stack) {
    if (stacks != null) {
      return stack == 0 ? 0 : stacks.free(stack);
    }
    heap.rfree(stack);
    return 0;
  }
}
