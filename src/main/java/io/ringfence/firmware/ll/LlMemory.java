package io.ringfence.firmware.ll;

import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.objects.ObjectTable;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;
import io.ringfence.machine.ShadowState;

/**
 * Blocks and kernel objects for the LL scheduler, from SOF's allocators and the kernel's table.
 *
 * <p>Like AddressSanitizer, it puts what is freed into quarantine: a freed block is never handed
 * out again, so that an access through a stale pointer is seen and does not hit a newer object.
 */
public final class LlMemory {
  private final Cpu cpu;
  private final SofHeap heap;
  private final ObjectTable objects;
  private final Tracing tracing;

  LlMemory(Cpu cpu, SofHeap heap, ObjectTable objects, Tracing tracing) {
    this.cpu = cpu;
    this.heap = heap;
    this.objects = objects;
    this.tracing = tracing;
  }

  /**
   * {@code sof_heap_alloc(heap, flags, bytes, align)}; in user mode a system call.
   *
   * @param what the kind of object, for the tracer
   * @param subject what it is for
   * @return the block, or 0
   */
  int alloc(String what, int subject, int heapAddress, int flags, int bytes, int align) {
    boolean fails = tracing.failsAllocation(what, subject);
    heap.failAllocation(fails ? 1 : 0);
    int block = heap.alloc(heapAddress, flags, bytes, align);
    heap.failAllocation(0);
    if (block == 0) {
      tracing.allocationFailed(what, subject, heapAddress);
    } else {
      tracing.allocated(what, subject, block, heapAddress, flags);
    }
    return block;
  }

  /** Frees a block; 0 has no effect. */
  void free(int block) {
    if (block == 0) {
      return;
    }
    if (cpu.ram().shadow().state(block) == ShadowState.FREED) {
      throw new InvalidFree(block);
    }
    int bytes = 0;
    while (cpu.ram().contains(block + bytes, 1) && isAllocated(block + bytes)) {
      bytes++;
    }
    cpu.ram().shadow().release(block, bytes);
    tracing.released(block);
  }

  /** Blocks do not touch: between any two of them lies a chunk header. */
  private boolean isAllocated(int address) {
    ShadowState state = cpu.ram().shadow().state(address);
    return state == ShadowState.LIVE || state == ShadowState.UNINITIALIZED;
  }

  /** {@code k_object_alloc} by the current thread; in user mode a system call. */
  int allocObject(String what, int subject, ObjectType type) {
    if (tracing.failsAllocation(what, subject)) {
      tracing.allocationFailed(what, subject, Tracing.OBJECT_POOL);
      return 0;
    }
    Mode caller = cpu.raise();
    int object = objects.alloc(type, cpu.ram().load32(KThread.ID.in(cpu.thread())));
    cpu.lower(caller);
    if (object == 0) {
      throw new IllegalStateException("the table of kernel objects is full; give it more room");
    }
    tracing.allocated(what, subject, object, Tracing.OBJECT_POOL, 0);
    return object;
  }

  /** {@code k_object_free}: ignores what is no object. */
  void freeObject(int object) {
    if (objects.isObject(object)) {
      objects.free(object);
      tracing.released(object);
    }
  }

  /** {@code k_thread_access_grant}: has no effect for what is no thread. */
  void grant(int thread, int object) {
    if (thread != 0) {
      objects.grant(object, cpu.load(KThread.ID, thread));
    }
    tracing.granted(object, thread);
  }
}
