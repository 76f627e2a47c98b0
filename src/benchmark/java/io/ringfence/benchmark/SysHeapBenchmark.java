package io.ringfence.benchmark;

import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.MemoryDomains;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast the firmware's {@code sys_heap} is with all memory checks on: a pair is one allocation
 * and one free. The heap is half full of blocks of 1 to 256 bytes, and each pair replaces a random
 * one of them by a block of another size, so that chunks are split and merged.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class SysHeapBenchmark {
  private static final int PAIRS = 4096;
  private static final int BLOCKS = 128;
  private static final int MOST_BYTES = 256;
  private static final int PAGES = 8;

  private final int[] sizes = new int[PAIRS];
  private final int[] victims = new int[PAIRS];
  private final int[] blocks = new int[BLOCKS];
  private SysHeap allocator;
  private int heap;

  /** Makes the heap and fills half of it. */
  @Setup
  public void fill() {
    SmallMachine machine = new SmallMachine(1, PAGES, 1, false);
    allocator = new SysHeap(machine.cpu(), HeapConfig.RELEASE);
    heap = machine.allocateStatic(SysHeap.STRUCT.size());
    allocator.init(heap, machine.takePages(PAGES), PAGES * MemoryDomains.PAGE_BYTES);
    Random random = new Random(1);
    for (int i = 0; i < PAIRS; i++) {
      sizes[i] = 1 + random.nextInt(MOST_BYTES);
      victims[i] = random.nextInt(BLOCKS);
    }
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = allocator.alloc(heap, sizes[i]);
    }
  }

  /** Replaces blocks; fails if an allocation does, as then it would measure something else. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public int replaceBlocks() {
    int last = 0;
    for (int i = 0; i < PAIRS; i++) {
      allocator.free(heap, blocks[victims[i]]);
      last = allocator.alloc(heap, sizes[i]);
      if (last == 0) {
        throw new IllegalStateException("The heap is full");
      }
      blocks[victims[i]] = last;
    }
    return last;
  }
}
