/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_FAST_GET_H
#define RINGFENCE_API_FAST_GET_H

#include <stddef.h>

struct k_mem_domain;
struct mod_alloc_ctx;

const void *fast_get(struct mod_alloc_ctx *alloc, const void *dram_ptr, size_t size);
void fast_put(struct mod_alloc_ctx *alloc, struct k_mem_domain *mdom, const void *sram_ptr);

#endif
