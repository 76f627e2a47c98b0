/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_VREGION_H
#define RINGFENCE_API_VREGION_H

#include <stddef.h>
#include <stdint.h>

struct vregion;

struct vregion *vregion_create(size_t memsize);
void vregion_set_interim(struct vregion *vr);
struct vregion *vregion_get(struct vregion *vr);
struct vregion *vregion_put(struct vregion *vr);
void *vregion_alloc(struct vregion *vr, size_t size);
void *vregion_alloc_coherent(struct vregion *vr, size_t size);
void *vregion_alloc_align(struct vregion *vr, size_t size, size_t alignment);
void vregion_free(struct vregion *vr, void *ptr);
void vregion_mem_info(struct vregion *vr, size_t *size, uintptr_t *start);

#endif
