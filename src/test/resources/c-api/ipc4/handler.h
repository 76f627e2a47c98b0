/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_IPC4_HANDLER_H
#define RINGFENCE_API_IPC4_HANDLER_H

#include <stdint.h>

enum ipc4_status {
	IPC4_SUCCESS = 0
};
enum {
	SOF_IPC4_GLB_CHAIN_DMA = 14
};

struct ipc4_message_request {
	union {
		uint32_t dat;
		struct {
			uint32_t rsvd0 : 24;
			uint32_t type : 5;
			uint32_t rsp : 1;
			uint32_t msg_tgt : 1;
			uint32_t _reserved_0 : 1;
		} r;
	} primary;
	union {
		uint32_t dat;
	} extension;
};
struct ipc_msg {
	uint32_t header;
};

int ipc4_user_process_glb_message(struct ipc4_message_request *ipc4, struct ipc_msg *reply);

#endif
