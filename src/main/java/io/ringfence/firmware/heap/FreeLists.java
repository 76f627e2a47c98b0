package io.ringfence.firmware.heap;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.machine.Cpu;

/**
 * The buckets of free chunks of a {@code z_heap}: circular lists linked through the free memory,
 * and a word with a bit per bucket that is not empty. Source: Zephyr {@code lib/heap/heap.c}.
 */
final class FreeLists {
  private static final int AVAILABLE = 12;
  private static final int FREE_BYTES = 16;

  private final Cpu cpu;
  private final Chunks chunks;
  private final HeapConfig config;
  private final Design design;
  private final int heads;

  /**
   * Makes the code for the lists of a build.
   *
   * @param heads where in the {@code z_heap} the heads of the lists lie
   */
  FreeLists(Cpu cpu, Chunks chunks, HeapConfig config, Design design, int heads) {
    this.cpu = cpu;
    this.chunks = chunks;
    this.config = config;
    this.design = design;
    this.heads = heads;
  }

  /** Bytes of a {@code z_heap} with so many buckets. */
  int headerBytes(int buckets) {
    return heads + 4 * buckets;
  }

  void clear(int heap, int buckets) {
    setAvailable(heap, 0);
    for (int bucket = 0; bucket < buckets; bucket++) {
      setHead(heap, bucket, 0);
    }
  }

  /** Adds a free chunk at the tail of its bucket; an undersized chunk is in none. */
  void add(int heap, int chunk) {
    if (chunks.isUndersized(heap, chunk)) {
      return;
    }
    int bucket = chunks.bucket(chunks.size(heap, chunk));
    int head = head(heap, bucket);
    if (head == 0) {
      setAvailable(heap, available(heap) | 1 << bucket);
      setHead(heap, bucket, chunk);
      chunks.setFreePrev(heap, chunk, chunk);
      chunks.setFreeNext(heap, chunk, chunk);
    } else {
      int tail = chunks.freePrev(heap, head);
      if (config.hardening() >= 2 && chunks.freeNext(heap, tail) != head) {
        throw new KernelPanic(
            String.format("heap 0x%08x is damaged: the list of chunk %d is not closed", heap, head),
            true);
      }
      chunks.setFreePrev(heap, chunk, tail);
      chunks.setFreeNext(heap, chunk, head);
      chunks.setFreeNext(heap, tail, chunk);
      chunks.setFreePrev(heap, head, chunk);
    }
    countFree(heap, chunks.usableBytes(heap, chunk));
  }

  /** Tells whether each list names chunks of the heap only. */
  boolean nameChunks(int heap) {
    int end = chunks.endChunk();
    for (int bucket = 0; bucket <= chunks.bucket(end); bucket++) {
      int head = head(heap, bucket);
      int chunk = head;
      // A damaged list may never come back to its head.
      for (int steps = 0; chunk != 0 && steps < end; steps++) {
        if (!chunks.isChunk(heap, chunk)) {
          return false;
        }
        int next = chunks.freeNext(heap, chunk);
        chunk = next == head ? 0 : next;
      }
    }
    return true;
  }

  /** Removes a free chunk from its bucket. */
  void remove(int heap, int chunk) {
    if (!chunks.isUndersized(heap, chunk)) {
      remove(heap, chunk, chunks.bucket(chunks.size(heap, chunk)));
    }
  }

  /**
   * Takes a free chunk of at least so many units: one of the first few of the bucket of that size,
   * else the head of the lowest bucket above, where all fit.
   *
   * @return the chunk, removed from its list, or 0
   */
  int take(int heap, int units) {
    int bucket = chunks.bucket(units);
    int first = head(heap, bucket);
    if (first != 0) {
      int tries = config.allocLoops();
      do {
        int chunk = head(heap, bucket);
        if (Integer.compareUnsigned(chunks.size(heap, chunk), units) >= 0) {
          remove(heap, chunk, bucket);
          return chunk;
        }
        if (design.has(Defect.DROP_MISFIT)) {
          remove(heap, chunk, bucket);
          first = 0;
        } else {
          setHead(heap, bucket, chunks.freeNext(heap, chunk));
        }
        tries--;
      } while (tries > 0 && head(heap, bucket) != first);
    }
    // A shift by 32 would be a shift by 0 in Java; there is no bucket above 31.
    int above = bucket >= 31 ? 0 : available(heap) & -1 << bucket + 1;
    if (above == 0) {
      return 0;
    }
    int lowest = Integer.numberOfTrailingZeros(above);
    int chunk = head(heap, lowest);
    remove(heap, chunk, lowest);
    return chunk;
  }

  private void remove(int heap, int chunk, int bucket) {
    int next = chunks.freeNext(heap, chunk);
    int prev = chunks.freePrev(heap, chunk);
    if (config.hardening() >= 2) {
      checkFree(heap, chunk, prev, next);
    }
    if (next == chunk) {
      if (!design.has(Defect.BUCKET_BIT_STAYS)) {
        setAvailable(heap, available(heap) & ~(1 << bucket));
      }
      setHead(heap, bucket, 0);
    } else {
      setHead(heap, bucket, next);
      chunks.setFreeNext(heap, prev, next);
      chunks.setFreePrev(heap, next, prev);
    }
    if (!design.has(Defect.TAKEN_COUNTS_AS_FREE)) {
      countFree(heap, -chunks.usableBytes(heap, chunk));
    }
  }

  private void checkFree(int heap, int chunk, int prev, int next) {
    if (chunks.isUsed(heap, chunk)
        || chunks.left(heap, chunks.right(heap, chunk)) != chunk
        || chunks.freeNext(heap, prev) != chunk
        || chunks.freePrev(heap, next) != chunk) {
      throw new KernelPanic(
          String.format(
              "heap 0x%08x is damaged: free chunk %d does not fit its neighbors", heap, chunk),
          true);
    }
  }

  private void countFree(int heap, int bytes) {
    if (config.runtimeStats()) {
      cpu.storeUntracked32(heap + FREE_BYTES, cpu.loadUntracked32(heap + FREE_BYTES) + bytes);
    }
  }

  private int available(int heap) {
    return cpu.loadUntracked32(heap + AVAILABLE);
  }

  private void setAvailable(int heap, int bits) {
    cpu.storeUntracked32(heap + AVAILABLE, bits);
  }

  private int head(int heap, int bucket) {
    return cpu.loadUntracked32(heap + heads + 4 * bucket);
  }

  private void setHead(int heap, int bucket, int chunk) {
    cpu.storeUntracked32(heap + heads + 4 * bucket, chunk);
  }
}
