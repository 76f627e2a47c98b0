package io.ringfence.scenario;

import io.ringfence.firmware.heap.MemFlags;
import org.jspecify.annotations.Nullable;

/** A way to ask for memory, and the heap that has to answer (domain brief, 6.3). */
enum HeapSource {
  SYSTEM(Call.RMALLOC, 0),
  SYSTEM_COHERENT(Call.RMALLOC, MemFlags.COHERENT),
  SYSTEM_BY_DEFAULT(Call.SOF_HEAP_ALLOC, 0),
  SHARED(Call.RMALLOC, MemFlags.USER_SHARED_BUFFER),
  SHARED_BUFFER(Call.RBALLOC, MemFlags.USER_SHARED_BUFFER | MemFlags.COHERENT),
  SHARED_WHATEVER_IS_NAMED(Call.SOF_HEAP_ALLOC, MemFlags.USER_SHARED_BUFFER, Home.USER),
  L3(Call.RMALLOC, MemFlags.L3),
  L3_BUFFER(Call.RBALLOC, MemFlags.L3 | MemFlags.COHERENT),
  BUFFER(Call.RBALLOC, 0),
  BUFFER_COHERENT(Call.RBALLOC, MemFlags.COHERENT),
  LARGE(Call.SOF_HEAP_ALLOC, MemFlags.LARGE_BUFFER),
  USER_HEAP(Call.SOF_HEAP_ALLOC, 0, Home.USER),
  USER_HEAP_COHERENT(Call.SOF_HEAP_ALLOC, MemFlags.COHERENT, Home.USER),
  USER_HEAP_LARGE(Call.SOF_HEAP_ALLOC, MemFlags.LARGE_BUFFER, Home.USER),
  USER_HEAP_BY_USER(Call.SYSCALL, MemFlags.USER | MemFlags.COHERENT, Home.USER),
  DRIVER_HEAP(Call.SOF_HEAP_ALLOC, 0, Home.DRIVER),
  DRIVER_HEAP_COHERENT(Call.SOF_HEAP_ALLOC, MemFlags.COHERENT, Home.DRIVER);

  /** The function that is called. */
  enum Call {
    RMALLOC,
    RBALLOC,
    SOF_HEAP_ALLOC,
    SYSCALL
  }

  /** A heap; the last two are blocks of another one. */
  enum Home {
    SYSTEM,
    SHARED,
    L3,
    VIRTUAL,
    USER,
    DRIVER
  }

  final Call call;
  final int flags;

  /** The heap that the call names, or null. */
  final @Nullable Home named;

  HeapSource(Call call, int flags) {
    this(call, flags, null);
  }

  HeapSource(Call call, int flags, @Nullable Home named) {
    this.call = call;
    this.flags = flags;
    this.named = named;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** The heap that must answer in a build. */
  Home home(boolean hasShared, boolean hasVirtual) {
    if (has(MemFlags.L3)) {
      return Home.L3;
    }
    if (has(MemFlags.USER_SHARED_BUFFER) && hasShared) {
      return Home.SHARED;
    }
    if (named != null) {
      return named;
    }
    boolean isBuffer = call == Call.RBALLOC || has(MemFlags.LARGE_BUFFER);
    return isBuffer && hasVirtual ? Home.VIRTUAL : Home.SYSTEM;
  }
}
