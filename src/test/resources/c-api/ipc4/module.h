/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_IPC4_MODULE_H
#define RINGFENCE_API_IPC4_MODULE_H

enum {
	SOF_IPC4_MOD_INIT_INSTANCE = 0,
	SOF_IPC4_MOD_BIND = 5
};

#endif
