/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_SOF_DMA_H
#define RINGFENCE_API_SOF_DMA_H

#include <sof/lib/dma.h>

struct dma_config;
struct dma_status;

struct sof_dma *sof_dma_get(uint32_t dir, uint32_t caps, uint32_t dev, uint32_t flags);
void sof_dma_put(struct sof_dma *dma);
int sof_dma_get_attribute(struct sof_dma *dma, uint32_t type, uint32_t *value);
int sof_dma_request_channel(struct sof_dma *dma, uint32_t stream_tag);
void sof_dma_release_channel(struct sof_dma *dma, uint32_t channel);
int sof_dma_config(struct sof_dma *dma, uint32_t channel, struct dma_config *config);
int sof_dma_start(struct sof_dma *dma, uint32_t channel);
int sof_dma_stop(struct sof_dma *dma, uint32_t channel);
int sof_dma_get_status(struct sof_dma *dma, uint32_t channel, struct dma_status *stat);
int sof_dma_reload(struct sof_dma *dma, uint32_t channel, size_t size);
int sof_dma_suspend(struct sof_dma *dma, uint32_t channel);
int sof_dma_resume(struct sof_dma *dma, uint32_t channel);

#endif
