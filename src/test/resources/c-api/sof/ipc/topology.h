/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_IPC_TOPOLOGY_H
#define RINGFENCE_API_IPC_TOPOLOGY_H

#include <stdint.h>

struct comp_dev;
struct ipc;

typedef void ipc_pipe_new;

struct ipc *ipc_get(void);
int ipc4_add_comp_dev(struct comp_dev *dev);
int ipc_pipeline_new(struct ipc *ipc, ipc_pipe_new *pipeline);
int ipc_comp_free(struct ipc *ipc, uint32_t comp_id);

#endif
