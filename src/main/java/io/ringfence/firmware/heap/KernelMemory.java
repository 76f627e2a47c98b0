package io.ringfence.firmware.heap;

/** Where an allocator gets memory for its own bookkeeping. */
public interface KernelMemory {
  /** Allocates zeroed memory, or returns 0. */
  int zeroed(int bytes);

  /** Frees it again; 0 has no effect. */
  void free(int address);
}
