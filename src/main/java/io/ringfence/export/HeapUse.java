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

  /** Makes a heap that knows its memory, as those of drivers do. */
  static List<String> maker() {
    return CTestSource.lines(
        """
        static void make_heap(struct k_heap *heap, void *memory, size_t bytes)
        {
        	k_heap_init(heap, memory, bytes);
        	heap->heap.init_mem = memory;
        	heap->heap.init_bytes = bytes;
        }

        """);
  }

  /** Takes all memory, and gives it back. */
  static List<String> exhaustion() {
    return CTestSource.lines(
        """
        struct hoard {
        	struct hoard *next;
        };
        static struct hoard *hoards[2];

        /* There is no memory for anybody, until it is given back. */
        static void exhaust(void)
        {
        	struct k_heap *const heaps[2] = { sof_sys_heap_get(), sof_sys_user_heap_get() };

        	for (int i = 0; i < 2; i++) {
        		for (size_t bytes = 4096; heaps[i] && bytes >= 8;) {
        			struct hoard *block = sof_heap_alloc(heaps[i], 0, bytes, 0);

        			if (block) {
        				block->next = hoards[i];
        				hoards[i] = block;
        			} else {
        				bytes /= 2;
        			}
        		}
        	}
        }

        static void relent(void)
        {
        	struct k_heap *const heaps[2] = { sof_sys_heap_get(), sof_sys_user_heap_get() };

        	for (int i = 0; i < 2; i++) {
        		while (hoards[i]) {
        			struct hoard *block = hoards[i];

        			hoards[i] = block->next;
        			sof_heap_free(heaps[i], block);
        		}
        	}
        }

        """);
  }

  /** How much of all heaps is in use. */
  static List<String> all() {
    return CTestSource.lines(
        """
        static size_t all_in_use(void)
        {
        	struct k_heap *user = sof_sys_user_heap_get();

        	return in_use(sof_sys_heap_get()) + (user ? in_use(user) : 0);
        }

        """);
  }
}
