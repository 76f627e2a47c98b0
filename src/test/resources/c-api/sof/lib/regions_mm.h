/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_REGIONS_MM_H
#define RINGFENCE_API_REGIONS_MM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_MEMORY_ALLOCATORS_COUNT 10

struct vmh_block_bundle_descriptor {
	size_t block_size;
	size_t number_of_blocks;
};
struct vmh_heap_config {
	struct vmh_block_bundle_descriptor block_bundles_table[MAX_MEMORY_ALLOCATORS_COUNT];
};
struct vmh_heap;

struct vmh_heap *vmh_init_heap(const struct vmh_heap_config *cfg, bool allocating_continuously);
void *vmh_alloc(struct vmh_heap *heap, uint32_t alloc_size);
int vmh_free(struct vmh_heap *heap, void *ptr);

#endif
