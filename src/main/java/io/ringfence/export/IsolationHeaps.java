package io.ringfence.export;

import java.util.List;

/** The heaps of a test of their isolation, in C. */
final class IsolationHeaps {
  private IsolationHeaps() {}

  static List<String> declarations() {
    return CTestSource.lines(
        """
            /* The LL user heap as it was at boot, whatever user space says later. */
            ZTEST_BMEM static struct k_heap *user_heap;
            static __unused struct k_heap *driver_heap;
            ZTEST_BMEM static __unused struct k_heap forged_heap;
            static size_t before;

            static __unused bool is_in(const struct k_heap *heap, const void *at)
            {
            	const uint8_t *cached = sys_cache_cached_ptr_get((void *)at);
            	const uint8_t *first = sys_cache_cached_ptr_get(heap->heap.init_mem);

            	return cached >= first && cached < first + heap->heap.init_bytes;
            }

            static __unused void check_home(int slot, const struct k_heap *heap)
            {
            	zassert_true(!blocks[slot].live || is_in(heap, blocks[slot].at),
            		     "block %d is from another heap", slot);
            }

            /* The other address of the same block. */
            static __unused void *other_alias(void *at)
            {
            	return sys_cache_is_ptr_cached(at) ? sys_cache_uncached_ptr_get(at) :
            						sys_cache_cached_ptr_get(at);
            }

            /* A message about a chain that is not to be allocated, but enabled. */
            static __unused int send_chain(void)
            {
            	struct ipc4_chain_dma chain = { 0 };
            	struct ipc4_message_request request;
            	struct ipc_msg reply = { 0 };

            	chain.primary.r.type = SOF_IPC4_GLB_CHAIN_DMA;
            	chain.primary.r.enable = 1;
            	memcpy(&request, &chain, sizeof(request));
            	return ipc4_user_process_glb_message(&request, &reply);
            }
            """);
  }
}
