/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_ALLOC_H
#define RINGFENCE_API_ALLOC_H

#include <sof/lib/vregion.h>
#include <zephyr/kernel.h>

#define SOF_MEM_FLAG_USER BIT(8)

struct mod_alloc_ctx {
	struct k_heap *heap;
	struct vregion *vreg;
};

struct k_heap *sof_sys_heap_get(void);
struct k_heap *sof_sys_user_heap_get(void);
void *sof_heap_alloc(struct k_heap *heap, uint32_t flags, size_t bytes, size_t alignment);
void sof_heap_free(struct k_heap *heap, void *addr);

#endif
