package io.ringfence.firmware.userspace;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.heap.BitArray;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.KThread;
import io.ringfence.firmware.syscalls.KernelObjects;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;

/**
 * Zephyr's dynamic thread stacks (kernel/dynamic.c): some static ones that are given out, and
 * others from the kernel's heap. The stack of a user thread from the heap is a kernel object. All
 * state is in RAM.
 */
public final class ThreadStacks {
  /** A stack takes whole pages where there is memory protection. */
  static final int ALIGNMENT = MemoryDomains.PAGE_BYTES;

  /**
   * What is built in.
   *
   * @param alloc whether stacks may come from the heap ({@code CONFIG_DYNAMIC_THREAD_ALLOC})
   * @param prefersAlloc whether the heap is asked first ({@code
   *     CONFIG_DYNAMIC_THREAD_PREFER_ALLOC}, which needs {@code alloc})
   * @param poolSize how many static stacks there are ({@code CONFIG_DYNAMIC_THREAD_POOL_SIZE})
   * @param poolStackBytes how large each is, whole pages ({@code CONFIG_DYNAMIC_THREAD_STACK_SIZE})
   */
  public record Build(boolean alloc, boolean prefersAlloc, int poolSize, int poolStackBytes) {
    /** Checks what the configuration of Zephyr checks. */
    public Build {
      if (prefersAlloc && !alloc) {
        throw new IllegalArgumentException("a heap that is not there cannot be preferred");
      }
    }
  }

  private final Cpu cpu;
  private final Build build;
  private final KernelObjects objects;
  private final SysHeap sysHeap;
  private final int heap;
  private final BitArray bits;
  private final int pool;
  private final int used;

  /**
   * Makes the functions; all static stacks are free.
   *
   * @param heap address of the kernel's {@code k_heap}: the resource pool of the calling thread
   * @param pool where the static stacks lie, whole pages
   * @param used where the record of them lies, {@link #recordBytes} of zeroes
   */
  public ThreadStacks(
      Cpu cpu, Build build, KernelObjects objects, SysHeap sysHeap, int heap, int pool, int used) {
    this.cpu = cpu;
    this.build = build;
    this.objects = objects;
    this.sysHeap = sysHeap;
    this.heap = heap;
    this.bits = new BitArray(cpu);
    this.pool = pool;
    this.used = used;
    bits.init(used, used + BitArray.STRUCT.size(), build.poolSize());
  }

  /** How many bytes the record of static stacks takes. */
  public static int recordBytes(int poolSize) {
    return BitArray.STRUCT.size() + BitArray.bundleBytes(poolSize);
  }

  /**
   * Returns a stack of at least so many bytes, or 0 if there is none ({@code
   * k_thread_stack_alloc}).
   *
   * @param user whether it is for a thread in user mode ({@code K_USER})
   */
  public int alloc(int bytes, boolean user) {
    int stack = build.prefersAlloc() ? fromHeap(bytes, user) : fromPool(bytes);
    if (stack != 0) {
      return stack;
    }
    return build.prefersAlloc() ? fromPool(bytes) : fromHeap(bytes, user);
  }

  private int fromPool(int bytes) {
    if (Integer.compareUnsigned(bytes, build.poolStackBytes()) > 0) {
      return 0;
    }
    int index = bits.allocate(used, 1);
    return index < 0 ? 0 : pool + index * build.poolStackBytes();
  }

  private int fromHeap(int bytes, boolean user) {
    if (!build.alloc()) {
      return 0;
    }
    int stack = sysHeap.alignedAlloc(heap, ALIGNMENT, bytes + ALIGNMENT - 1 & -ALIGNMENT);
    if (stack != 0 && user) {
      objects.addForCaller(stack, KernelObjects.Type.THREAD_STACK_ELEMENT);
    }
    return stack;
  }

  /**
   * Takes a stack back ({@code k_thread_stack_free}).
   *
   * @return 0; {@code -EBUSY} if a thread that did not end has it; {@code -EINVAL} if it is a
   *     static stack that is free, or no static one and stacks do not come from the heap. What the
   *     heap is given is not checked.
   */
  public int free(int stack) {
    if (isInUse(stack)) {
      return -Errno.EBUSY;
    }
    int offset = stack - pool;
    int poolBytes = build.poolSize() * build.poolStackBytes();
    if (Integer.compareUnsigned(offset, poolBytes) < 0 && offset % build.poolStackBytes() == 0) {
      return bits.free(used, offset / build.poolStackBytes(), 1) == 0 ? 0 : -Errno.EINVAL;
    }
    if (!build.alloc()) {
      return -Errno.EINVAL;
    }
    objects.remove(stack);
    sysHeap.free(heap, stack);
    return 0;
  }

  private boolean isInUse(int stack) {
    return objects
        .all(KernelObjects.Type.THREAD)
        .anyMatch(
            thread ->
                KThread.stack(cpu.ram(), thread) == stack
                    && KThread.life(cpu.ram(), thread) != KThread.Life.ENDED);
  }
}
