/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_IPC4_PIPELINE_H
#define RINGFENCE_API_IPC4_PIPELINE_H

#include <stdint.h>

struct ipc4_pipeline_create {
	union {
		uint32_t dat;
	} primary;
	union {
		uint32_t dat;
		struct {
			uint32_t lp : 1;
			uint32_t rsvd1 : 3;
			uint32_t attributes : 16;
			uint32_t core_id : 4;
			uint32_t rsvd2 : 6;
			uint32_t _reserved_2 : 2;
		} r;
	} extension;
};
struct ipc4_chain_dma {
	union {
		uint32_t dat;
		struct {
			uint32_t host_dma_id : 5;
			uint32_t rsvd4 : 3;
			uint32_t link_dma_id : 5;
			uint32_t rsvd3 : 3;
			uint32_t allocate : 1;
			uint32_t enable : 1;
			uint32_t scs : 1;
			uint32_t rsvd2 : 5;
			uint32_t type : 5;
			uint32_t rsp : 1;
			uint32_t msg_tgt : 1;
			uint32_t _reserved_0 : 1;
		} r;
	} primary;
	union {
		uint32_t dat;
		struct {
			uint32_t fifo_size : 24;
			uint32_t rsvd1 : 6;
			uint32_t _reserved_2 : 2;
		} r;
	} extension;
};

#endif
