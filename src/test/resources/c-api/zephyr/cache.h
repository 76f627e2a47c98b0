/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_CACHE_H
#define RINGFENCE_API_CACHE_H

#include <zephyr/kernel.h>

int sys_cache_data_invd_range(void *addr, size_t size);
int sys_cache_data_flush_and_invd_range(void *addr, size_t size);

#endif
