/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_USERSPACE_HELPER_H
#define RINGFENCE_API_USERSPACE_HELPER_H

struct k_heap;

struct k_heap *module_driver_heap_init(void);
void module_driver_heap_remove(struct k_heap *mod_drv_heap);

#endif
