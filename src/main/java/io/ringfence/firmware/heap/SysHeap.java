package io.ringfence.firmware.heap;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelAssert;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Shadow;
import io.ringfence.machine.ShadowState;
import io.ringfence.machine.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Zephyr's chunk allocator {@code sys_heap}. Stateless: heaps lie in RAM and are named by the
 * address of their {@code struct sys_heap}.
 *
 * <p>Behaves as Zephyr {@code lib/heap/heap.c} does, chunk by chunk, defects included; where the C
 * code asserts or panics, raises {@link KernelAssert} or {@link KernelPanic}; where damaged
 * metadata sends it astray, the access raises a {@link io.ringfence.machine.MemoryFault}. Takes no
 * lock.
 */
public final class SysHeap {
  private static final Struct.Builder LAYOUT = Struct.define("sys_heap");

  /** Address of the {@code z_heap}, 0 before {@link #init}. */
  public static final Field HEAP = LAYOUT.pointer("heap");

  /** Start of the memory, as recorded by the owner; {@link #init} leaves it alone. */
  public static final Field INIT_MEM = LAYOUT.pointer("init_mem");

  /** Size of the memory, as recorded by the owner; {@link #init} leaves it alone. */
  public static final Field INIT_BYTES = LAYOUT.u32("init_bytes");

  /** Offset in the {@code z_heap} of what follows its fixed fields: statistics, or list heads. */
  private static final int AFTER_FIXED_FIELDS = 16;

  private static final int STATISTICS_BYTES = 12;

  /** The layout of {@code struct sys_heap}. */
  public static final Struct STRUCT = LAYOUT.build();

  private final Cpu cpu;
  private final HeapConfig config;
  private final Design design;
  private final @Nullable ChunkTable table;
  private final Chunks chunks;
  private final FreeLists freeLists;
  private final HeapStatistics statistics;

  /** Makes the allocator code of a build as merged; it works on any number of heaps. */
  public SysHeap(Cpu cpu, HeapConfig config) {
    this(cpu, config, Design.merged());
  }

  /**
   * Makes the allocator code of a build of any design. With {@link Fix#CHUNK_TABLE} it works on the
   * heaps of {@link #initBeside} and no others, and on small headers only.
   */
  public SysHeap(Cpu cpu, HeapConfig config, Design design) {
    this.cpu = cpu;
    this.config = config;
    this.design = design;
    int after = AFTER_FIXED_FIELDS + (config.runtimeStats() ? STATISTICS_BYTES : 0);
    this.table = design.has(Fix.METADATA_OUTSIDE) ? new ChunkTable(cpu, design, after) : null;
    this.chunks = table == null ? new Chunks(cpu, config.bigOnly(), design) : table;
    int heads = table == null ? after : after + 4;
    this.freeLists = new FreeLists(cpu, chunks, config, design, heads);
    this.statistics = new HeapStatistics(cpu, config.runtimeStats());
  }

  /**
   * Makes an area an empty heap whose headers are in a table apart from it.
   *
   * @param memory the table, which user space must not write
   * @param bytes size of the table: 8 for each line of the area, and the {@code z_heap}
   * @param area the memory for blocks, aligned to a cache line
   * @return how many bytes of the area are used
   * @throws IllegalStateException if this build has its headers in band
   */
  public int initBeside(int sysHeap, int memory, int bytes, int area) {
    if (table == null) {
      throw new IllegalStateException("this build keeps chunk headers among the blocks");
    }
    init(sysHeap, memory, bytes);
    int heap = cpu.load(HEAP, sysHeap);
    table.setArea(heap, area);
    int areaBytes = (table.endChunk() - table.size(heap, 0)) * table.unitBytes();
    cpu.ram().shadow().withhold(area, areaBytes);
    return areaBytes;
  }

  /** Makes a range of memory an empty heap ({@code sys_heap_init}). */
  public void init(int sysHeap, int memory, int bytes) {
    int footer = chunks.isBigFor(bytes >>> 3) ? 8 : 4;
    require(Integer.compareUnsigned(bytes, footer) > 0, "heap size is too small");
    int heap = memory + Chunks.UNIT_BYTES - 1 & -Chunks.UNIT_BYTES;
    int end = memory + bytes - footer & -Chunks.UNIT_BYTES;
    int units = end - heap >>> 3;
    require(
        Integer.compareUnsigned(units, toUnits(freeLists.headerBytes(0))) > 0,
        "heap size is too small");
    if (cpu.ram().contains(memory, bytes)) {
      cpu.ram().shadow().withhold(memory, bytes);
    }
    cpu.store(HEAP, sysHeap, heap);
    chunks.setEndChunk(heap, units);
    statistics.clear(heap);
    int buckets = chunks.bucket(units) + 1;
    int first = toUnits(freeLists.headerBytes(buckets));
    require(
        Integer.compareUnsigned(first + chunks.minUnits(), units) <= 0, "heap size is too small");
    freeLists.clear(heap, buckets);

    chunks.setSize(heap, 0, first);
    chunks.setLeftSize(heap, 0, 0);
    chunks.setUsed(heap, 0, true);
    chunks.setSize(heap, first, units - first);
    chunks.setLeftSize(heap, first, first);
    chunks.setSize(heap, units, 0);
    chunks.setLeftSize(heap, units, units - first);
    chunks.setUsed(heap, units, true);
    freeLists.add(heap, first);
  }

  /**
   * Allocates a block ({@code sys_heap_alloc}).
   *
   * @return its address, or 0 if bytes is 0 or there is no room
   */
  public int alloc(int sysHeap, int bytes) {
    int heap = open(sysHeap);
    if (bytes == 0) {
      return 0;
    }
    int units = chunks.units(bytes, 0);
    int chunk = freeLists.take(heap, units);
    if (chunk == 0) {
      return 0;
    }
    if (Integer.compareUnsigned(chunks.size(heap, chunk), units) > 0) {
      chunks.split(heap, chunk, chunk + units);
      freeLists.add(heap, chunk + units);
    }
    return use(heap, chunk, chunks.memory(heap, chunk), bytes);
  }

  /**
   * Allocates a block whose address is a multiple of {@code align} ({@code
   * sys_heap_aligned_alloc}). If align has two bits set, e.g. 64 + 4, the block begins the lower
   * amount before a multiple of the higher. More bits are an assertion, or give whatever the
   * arithmetic gives.
   *
   * @return its address, or 0 if bytes is 0 or there is no room
   */
  public int alignedAlloc(int sysHeap, int align, int bytes) {
    int heap = open(sysHeap);
    int alignment = chunks.alignment();
    int rewind = align & -align;
    int boundary = align;
    int gap;
    if (align != rewind) {
      boundary -= rewind;
      gap = Integer.compareUnsigned(rewind, alignment) < 0 ? rewind : alignment;
    } else {
      if (Integer.compareUnsigned(align, alignment) <= 0) {
        return alloc(sysHeap, bytes);
      }
      rewind = 0;
      gap = alignment;
    }
    requirePowerOfTwo(boundary);
    if (bytes == 0) {
      return 0;
    }
    int padding = design.has(Defect.FORGET_ALIGNMENT_GAP) ? 0 : boundary - gap;
    int padded = chunks.units(bytes, padding);
    int taken = freeLists.take(heap, padded);
    if (taken == 0) {
      return 0;
    }
    int memory = roundUp(chunks.memory(heap, taken) + rewind, boundary) - rewind;
    int chunk = chunks.chunkOf(heap, memory);
    int end = chunks.unitAfter(heap, memory + bytes);
    if (Integer.compareUnsigned(chunk, taken) > 0) {
      chunks.split(heap, taken, chunk);
      freeLists.add(heap, taken);
    }
    if (Integer.compareUnsigned(chunks.right(heap, chunk), end) > 0) {
      chunks.split(heap, chunk, end);
      freeLists.add(heap, end);
    }
    return use(heap, chunk, memory, bytes);
  }

  /** Frees a block ({@code sys_heap_free}); freeing 0 has no effect. */
  public void free(int sysHeap, int pointer) {
    if (pointer == 0) {
      return;
    }
    int heap = open(sysHeap);
    int chunk = chunks.chunkOf(heap, pointer);
    checkUsed(heap, chunk, pointer);
    chunks.setUsed(heap, chunk, false);
    statistics.released(heap, chunks.usableBytes(heap, chunk));
    releaseShadow(heap, chunk);
    freeChunk(heap, chunk);
  }

  /**
   * Changes the size of a block, in place if that is possible ({@code sys_heap_realloc}). Pointer 0
   * allocates, bytes 0 frees.
   *
   * @return the address of the block, or 0; if 0 for want of room, the old block stays
   */
  public int realloc(int sysHeap, int pointer, int bytes) {
    return alignedRealloc(sysHeap, pointer, 0, bytes);
  }

  /**
   * As {@link #realloc}, and moves a block that is not aligned ({@code sys_heap_aligned_realloc}).
   */
  public int alignedRealloc(int sysHeap, int pointer, int align, int bytes) {
    if (pointer == 0) {
      return alignedAlloc(sysHeap, align, bytes);
    }
    if (bytes == 0) {
      free(sysHeap, pointer);
      return 0;
    }
    requirePowerOfTwo(align);
    int heap = open(sysHeap);
    boolean aligned = align == 0 || (pointer & align - 1) == 0;
    if (aligned && resizeInPlace(heap, pointer, bytes)) {
      return pointer;
    }
    int moved = alignedAlloc(sysHeap, align, bytes);
    if (moved != 0) {
      int old = usableSize(sysHeap, pointer);
      copyBlock(moved, pointer, Integer.compareUnsigned(old, bytes) < 0 ? old : bytes);
      free(sysHeap, pointer);
    }
    return moved;
  }

  /** Returns how many bytes from a block's address on belong to its chunk. */
  public int usableSize(int sysHeap, int pointer) {
    int heap = open(sysHeap);
    int chunk = chunks.chunkOf(heap, pointer);
    return chunks.usableBytes(heap, chunk) - chunks.gap(heap, chunk, pointer);
  }

  /** Tells whether a block that is in use begins at a pointer. */
  public boolean isBlock(int sysHeap, int pointer) {
    int heap = open(sysHeap);
    int chunk = chunks.chunkOf(heap, pointer);
    return chunks.isChunk(heap, chunk)
        && chunks.isUsed(heap, chunk)
        && chunks.begins(heap, chunk, pointer);
  }

  private int open(int sysHeap) {
    int heap = cpu.load(HEAP, sysHeap);
    chunks.use(heap);
    return heap;
  }

  /** Tells whether the lists of free chunks name chunks of the heap only, as a debugger does. */
  public boolean isInOrder(int sysHeap) {
    return freeLists.nameChunks(open(sysHeap));
  }

  private boolean resizeInPlace(int heap, int pointer, int bytes) {
    int chunk = chunks.chunkOf(heap, pointer);
    checkUsed(heap, chunk, pointer);
    int needed = chunks.units(bytes, chunks.gap(heap, chunk, pointer));
    int present = chunks.size(heap, chunk);
    if (Integer.compareUnsigned(present, needed) > 0) {
      statistics.released(heap, (present - needed) * chunks.unitBytes());
      chunks.split(heap, chunk, chunk + needed);
      chunks.setUsed(heap, chunk, true);
      releaseShadow(heap, chunk + needed);
      freeChunk(heap, chunk + needed);
    } else if (present != needed && !growInPlace(heap, chunk, needed - present)) {
      return false;
    }
    resizeShadow(heap, chunk, pointer, bytes);
    return true;
  }

  private boolean growInPlace(int heap, int chunk, int more) {
    int right = chunks.right(heap, chunk);
    if (chunks.isUsed(heap, right) || Integer.compareUnsigned(chunks.size(heap, right), more) < 0) {
      return false;
    }
    statistics.allocated(heap, more * chunks.unitBytes());
    freeLists.remove(heap, right);
    if (Integer.compareUnsigned(more, chunks.size(heap, right)) < 0) {
      chunks.split(heap, right, right + more);
      freeLists.add(heap, right + more);
    }
    chunks.merge(heap, chunk, right);
    chunks.setUsed(heap, chunk, true);
    return true;
  }

  /** Merges a chunk that is no longer used with its free neighbors and adds the result. */
  private void freeChunk(int heap, int chunk) {
    int right = chunks.right(heap, chunk);
    if (!chunks.isUsed(heap, right)) {
      freeLists.remove(heap, right);
      chunks.merge(heap, chunk, right);
    }
    int left = chunks.left(heap, chunk);
    if (!chunks.isUsed(heap, left) && !design.has(Defect.NO_LEFT_MERGE)) {
      freeLists.remove(heap, left);
      chunks.merge(heap, left, chunk);
      freeLists.add(heap, left);
    } else {
      freeLists.add(heap, chunk);
    }
  }

  private int use(int heap, int chunk, int memory, int bytes) {
    chunks.setUsed(heap, chunk, true);
    statistics.allocated(heap, chunks.usableBytes(heap, chunk));
    if (withinHeap(heap, chunk)) {
      Shadow shadow = cpu.ram().shadow();
      int start = chunks.start(heap, chunk);
      int blockEnd = blockEnd(heap, chunk, memory, bytes);
      shadow.withhold(start, memory - start);
      shadow.allocate(memory, blockEnd - memory);
      shadow.withhold(blockEnd, start + chunks.size(heap, chunk) * chunks.unitBytes() - blockEnd);
    }
    return memory;
  }

  /** The end of a block: a damaged or undersized chunk may be shorter than what was asked for. */
  private int blockEnd(int heap, int chunk, int memory, int bytes) {
    int chunkEnd = chunks.memory(heap, chunk) + chunks.usableBytes(heap, chunk);
    int room = chunkEnd - memory;
    return Integer.compareUnsigned(bytes, room) < 0 ? memory + bytes : chunkEnd;
  }

  /** Marks a chunk as freed, with its header: that of a cut-off rest was part of the block. */
  private void releaseShadow(int heap, int chunk) {
    if (withinHeap(heap, chunk)) {
      cpu.ram()
          .shadow()
          .release(chunks.start(heap, chunk), chunks.size(heap, chunk) * chunks.unitBytes());
    }
  }

  /** Keeps the state of bytes that stay in the block; new ones were never written. */
  private void resizeShadow(int heap, int chunk, int pointer, int bytes) {
    if (!withinHeap(heap, chunk)) {
      return;
    }
    Shadow shadow = cpu.ram().shadow();
    int blockEnd = blockEnd(heap, chunk, pointer, bytes);
    for (int at = pointer; at != blockEnd; at++) {
      ShadowState state = shadow.state(at);
      if (state != ShadowState.LIVE && state != ShadowState.UNINITIALIZED) {
        shadow.allocate(at, 1);
      }
    }
    int chunkEnd = chunks.memory(heap, chunk) + chunks.usableBytes(heap, chunk);
    shadow.withhold(blockEnd, chunkEnd - blockEnd);
  }

  /** Tells whether a chunk lies in its heap, which it does unless its header was damaged. */
  private boolean withinHeap(int heap, int chunk) {
    int end = chunks.endChunk();
    return Integer.compareUnsigned(chunk, end) < 0
        && Integer.compareUnsigned(chunks.right(heap, chunk), end) <= 0
        && chunks.size(heap, chunk) != 0;
  }

  /**
   * Moves content; the C code copies by chunk size, past what was asked for, so without the shadow.
   */
  private void copyBlock(int target, int source, int bytes) {
    Shadow shadow = cpu.ram().shadow();
    for (int i = 0; i < bytes; i++) {
      cpu.storeUntracked8(target + i, cpu.loadUntracked8(source + i));
      if (shadow.state(source + i) == ShadowState.LIVE) {
        shadow.declareStatic(target + i, 1);
      }
    }
  }

  private void checkUsed(int heap, int chunk, int pointer) {
    if (config.hardening() >= 1) {
      if (!chunks.isUsed(heap, chunk)) {
        throw new KernelPanic(
            String.format("double free? No block is allocated at 0x%08x", pointer), true);
      }
      if (chunks.left(heap, chunks.right(heap, chunk)) != chunk) {
        throw new KernelPanic(
            String.format("overflow? The right neighbor of block 0x%08x is damaged", pointer),
            true);
      }
    }
    if (config.hardening() >= 2 && chunks.right(heap, chunks.left(heap, chunk)) != chunk) {
      throw new KernelPanic(
          String.format("underflow? The left neighbor of block 0x%08x is damaged", pointer), true);
    }
  }

  private void requirePowerOfTwo(int align) {
    require((align & align - 1) == 0, "align must be a power of 2");
  }

  private void require(boolean condition, String message) {
    if (config.asserts() && !condition) {
      throw new KernelAssert(message);
    }
  }

  private static int toUnits(int bytes) {
    return bytes + Chunks.UNIT_BYTES - 1 >>> 3;
  }

  /** Rounds up by division, as {@code ROUND_UP} does, so that any boundary gives a result. */
  private static int roundUp(int value, int boundary) {
    return Integer.divideUnsigned(value + boundary - 1, boundary) * boundary;
  }
}
