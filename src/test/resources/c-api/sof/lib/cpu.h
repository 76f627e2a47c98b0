/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_CPU_H
#define RINGFENCE_API_CPU_H

int cpu_get_id(void);

#endif
