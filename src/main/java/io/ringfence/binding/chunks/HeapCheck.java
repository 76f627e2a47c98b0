package io.ringfence.binding.chunks;

import io.ringfence.firmware.chunks.ChunkFirmware;
import java.util.HashSet;
import java.util.Set;

/**
 * Holds the heap's headers, lists and counts against each other, and against what the threads hold:
 * which words of them contradict the rest.
 */
final class HeapCheck {
  private final ChunksModel model;
  private final ChunkFirmware firmware;
  private final HeapView view;
  private final Set<Integer> chunks;
  private final Set<Integer> free = new HashSet<>();

  HeapCheck(ChunksModel model, ChunkFirmware firmware, HeapView view) {
    this.model = model;
    this.firmware = firmware;
    this.view = view;
    this.chunks = view.walk();
    for (int chunk : chunks) {
      if (!view.isUsed(chunk)) {
        free.add(chunk);
      }
    }
  }

  private boolean isBlock(int chunk) {
    return chunk != 0 && chunk != model.units() && chunks.contains(chunk) && view.isUsed(chunk);
  }

  /** Whether the left neighbor of a chunk is not where its header says. */
  boolean isLeftAstray(int chunk) {
    int left = chunk - view.left(chunk);
    return chunk != 0 && !(chunks.contains(left) && left + view.size(left) == chunk);
  }

  /** Whether a chunk has no end in the heap, is free beside a free one, or is nobody's block. */
  boolean isSizeAstray(int chunk) {
    int right = chunk + view.size(chunk);
    if (chunk == model.units()) {
      return false;
    }
    return right == chunk
        || right > model.units()
        || free.contains(chunk) && free.contains(right)
        || isBlock(chunk) && holders(chunk) != 1;
  }

  private int holders(int chunk) {
    int holders = 0;
    for (int client = 0; client < model.slots().size(); client++) {
      boolean isHere = view.chunkOf(firmware.pointer(client)) == chunk;
      holders += firmware.isLive(client) && isHere ? 1 : 0;
    }
    return holders;
  }

  private boolean isOfBucket(int chunk, int bucket) {
    return free.contains(chunk) && HeapView.bucket(view.size(chunk)) == bucket;
  }

  /** Whether the list of a free chunk leads on to what is not of the list. */
  boolean isNextAstray(int chunk) {
    int next = view.next(chunk);
    return !isOfBucket(next, HeapView.bucket(view.size(chunk))) || view.prev(next) != chunk;
  }

  /** Whether the list of a free chunk leads back to what is not of the list. */
  boolean isPrevAstray(int chunk) {
    int prev = view.prev(chunk);
    return !isOfBucket(prev, HeapView.bucket(view.size(chunk))) || view.next(prev) != chunk;
  }

  /** Whether the head of a bucket is not one of its free chunks, or there are others. */
  boolean isHeadAstray(int bucket) {
    Set<Integer> listed = new HashSet<>();
    int chunk = view.head(bucket);
    while (chunk != 0 && isOfBucket(chunk, bucket) && listed.add(chunk)) {
      chunk = view.next(chunk);
    }
    boolean isStray = view.head(bucket) != 0 && !isOfBucket(view.head(bucket), bucket);
    return isStray
        || free.stream().anyMatch(other -> isOfBucket(other, bucket) && !listed.contains(other));
  }

  /** Whether the bits that tell which buckets have chunks are not right. */
  boolean isAvailableAstray() {
    int bits = 0;
    for (int chunk : free) {
      bits |= 1 << HeapView.bucket(view.size(chunk));
    }
    return bits != view.word(HeapView.AVAILABLE);
  }

  /** Whether the count of free bytes is not that of the free chunks. */
  boolean isFreeBytesAstray() {
    return view.word(HeapView.FREE_BYTES) != free.stream().mapToInt(view::usable).sum();
  }

  /** Whether the count of allocated bytes is not that of the blocks. */
  boolean isAllocatedBytesAstray() {
    int bytes = chunks.stream().filter(this::isBlock).mapToInt(view::usable).sum();
    return view.word(HeapView.ALLOCATED_BYTES) != bytes;
  }

  /** Whether a live block of a thread is no block of its own, or not aligned as it asked. */
  boolean isPointerAstray(int client) {
    if (!firmware.isLive(client)) {
      return false;
    }
    int pointer = firmware.pointer(client);
    int chunk = view.chunkOf(pointer);
    int align = firmware.align(client);
    return !isBlock(chunk)
        || holders(chunk) != 1
        || pointer < view.memory(chunk)
        || align != 0 && Integer.remainderUnsigned(pointer - firmware.origin(), align) != 0;
  }

  /** Whether a live block is shorter than what the thread asked for. */
  boolean isLengthAstray(int client) {
    int pointer = firmware.pointer(client);
    int chunk = view.chunkOf(pointer);
    long end = pointer + Integer.toUnsignedLong(firmware.bytes(client));
    return firmware.isLive(client)
        && isBlock(chunk)
        && end > (long) view.memory(chunk) + view.usable(chunk);
  }
}
