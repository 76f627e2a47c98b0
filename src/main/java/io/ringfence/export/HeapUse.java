package io.ringfence.export;

import java.util.List;

/** How much of a heap is in use, in C. */
final class HeapUse {
  private HeapUse() {}

  static List<String> declarations() {
    return CTestSource.lines(
        """
        static size_t in_use(struct k_heap *heap)
        {
        	struct sys_memory_stats stats;

        	zassert_ok(sys_heap_runtime_stats_get(&heap->heap, &stats));
        	return stats.allocated_bytes;
        }

        """);
  }
}
