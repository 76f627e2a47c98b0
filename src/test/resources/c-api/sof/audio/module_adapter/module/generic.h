/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_MODULE_GENERIC_H
#define RINGFENCE_API_MODULE_GENERIC_H

#include <rtos/alloc.h>
#include <sof/audio/component.h>

struct objpool_head {
	struct list_item list;
	struct k_heap *heap;
	struct vregion *vreg;
};
struct module_resources {
	struct objpool_head objpool;
	struct mod_alloc_ctx *alloc;
};
struct module_data {
	struct module_resources resources;
};
enum mod_resource_type {
	MOD_RES_UNINITIALIZED,
	MOD_RES_HEAP,
	MOD_RES_BLOB_HANDLER,
	MOD_RES_FAST_GET
};
struct module_resource {
	void *ptr;
	struct list_item list;
	size_t size;
	enum mod_resource_type type;
};
struct comp_data_blob_handler;
struct processing_module {
	struct module_data priv;
	struct comp_dev *dev;
	struct k_mem_domain *mdom;
};
struct sof_source;
struct sof_sink;
struct module_interface {
	int (*init)(struct processing_module *mod);
	int (*prepare)(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks);
	int (*process)(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks);
	int (*reset)(struct processing_module *mod);
	int (*free)(struct processing_module *mod);
};

struct comp_dev *module_adapter_new(const struct comp_driver *drv,
				    const struct comp_ipc_config *config, const void *spec);
int module_adapter_prepare(struct comp_dev *dev);
int module_adapter_copy(struct comp_dev *dev);
int module_adapter_trigger(struct comp_dev *dev, int cmd);
int module_adapter_reset(struct comp_dev *dev);
void module_adapter_free(struct comp_dev *dev);
void mod_resource_init(struct processing_module *mod);
void *mod_balloc_align(struct processing_module *mod, size_t size, size_t alignment);
void *mod_alloc_ext(struct processing_module *mod, uint32_t flags, size_t size, size_t alignment);
int mod_free(struct processing_module *mod, const void *ptr);
struct comp_data_blob_handler *mod_data_blob_handler_new(struct processing_module *mod);
void mod_free_all(struct processing_module *mod);
const void *mod_fast_get(struct processing_module *mod, const void *const dram_ptr, size_t size);

#endif
