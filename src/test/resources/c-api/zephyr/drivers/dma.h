/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_DRIVERS_DMA_H
#define RINGFENCE_API_DRIVERS_DMA_H

#include <stdint.h>

enum dma_channel_direction {
	MEMORY_TO_MEMORY,
	MEMORY_TO_PERIPHERAL,
	PERIPHERAL_TO_MEMORY,
	PERIPHERAL_TO_PERIPHERAL,
	HOST_TO_MEMORY,
	MEMORY_TO_HOST
};
enum dma_attribute_type {
	DMA_ATTR_BUFFER_ADDRESS_ALIGNMENT,
	DMA_ATTR_BUFFER_SIZE_ALIGNMENT
};

struct dma_block_config {
	uint32_t source_address;
	uint32_t dest_address;
	uint32_t block_size;
	struct dma_block_config *next_block;
	uint16_t source_gather_en : 1;
	uint16_t dest_scatter_en : 1;
};
struct dma_config {
	uint32_t channel_direction : 3;
	uint32_t block_count;
	struct dma_block_config *head_block;
	void *user_data;
};
struct dma_status {
	uint32_t pending_length;
	uint32_t free;
};

#endif
