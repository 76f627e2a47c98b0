/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_BUFFER_H
#define RINGFENCE_API_BUFFER_H

#include <rtos/alloc.h>

struct comp_buffer;

struct comp_buffer *buffer_alloc(struct mod_alloc_ctx *alloc, size_t size, uint32_t flags,
				 uint32_t align, bool is_shared);
void buffer_free(struct comp_buffer *buffer);

#endif
