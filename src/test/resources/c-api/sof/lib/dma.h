/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_DMA_H
#define RINGFENCE_API_DMA_H

#include <stddef.h>
#include <stdint.h>

#define SOF_DMA_DEV_HOST 1
#define SOF_DMA_DEV_SSP 4
#define SOF_DMA_ACCESS_SHARED 0

struct device;
struct dma_chan_data;

struct sof_dma {
	int sref;
	struct dma_chan_data *chan;
	const struct device *z_dev;
};
struct dma_info {
	struct sof_dma *dma_array;
	size_t num_dmas;
};

const struct dma_info *dma_info_get(void);

#endif
