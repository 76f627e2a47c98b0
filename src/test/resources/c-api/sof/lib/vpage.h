/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_VPAGE_H
#define RINGFENCE_API_VPAGE_H

void *vpage_alloc(unsigned int pages);
void vpage_free(void *ptr);

#endif
