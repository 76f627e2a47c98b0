/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_ALLOC_H
#define RINGFENCE_API_ALLOC_H

#include <sof/lib/vregion.h>
#include <zephyr/kernel.h>

#define SOF_MEM_FLAG_COHERENT BIT(4)
#define SOF_MEM_FLAG_L3 BIT(5)
#define SOF_MEM_FLAG_KERNEL BIT(7)
#define SOF_MEM_FLAG_USER BIT(8)
#define SOF_MEM_FLAG_USER_SHARED_BUFFER BIT(9)
#define SOF_MEM_FLAG_LARGE_BUFFER BIT(10)

struct mod_alloc_ctx {
	struct k_heap *heap;
	struct vregion *vreg;
};

struct k_heap *sof_sys_heap_get(void);
struct k_heap *sof_sys_user_heap_get(void);
void *sof_heap_alloc(struct k_heap *heap, uint32_t flags, size_t bytes, size_t alignment);
void *rmalloc(uint32_t flags, size_t bytes);
void *rzalloc(uint32_t flags, size_t bytes);
void *rballoc(uint32_t flags, size_t bytes);
void rfree(void *ptr);
uintptr_t get_shared_buffer_heap_start(void);
size_t get_shared_buffer_heap_size(void);
void sof_heap_free(struct k_heap *heap, void *addr);

#endif
