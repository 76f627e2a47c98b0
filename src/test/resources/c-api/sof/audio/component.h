/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_COMPONENT_H
#define RINGFENCE_API_COMPONENT_H

#include <sof/schedule/schedule.h>
#include <stdbool.h>

enum sof_comp_type {
	SOF_COMP_MODULE_ADAPTER
};
enum {
	COMP_STATE_READY = 1
};
enum {
	COMP_PROCESSING_DOMAIN_LL,
	COMP_PROCESSING_DOMAIN_DP
};
enum {
	COMP_TRIGGER_STOP,
	COMP_TRIGGER_START
};

struct comp_dev;
struct comp_driver;
struct module_interface;
struct processing_module;

struct ipc_config_process {
	uint32_t size;
};
struct comp_ipc_config {
	uint32_t core;
	uint32_t id;
	uint32_t pipeline_id;
	uint32_t proc_domain;
	enum sof_comp_type type;
};
struct comp_ops {
	struct comp_dev *(*create)(const struct comp_driver *drv,
				   const struct comp_ipc_config *ipc_config, const void *spec);
	void (*free)(struct comp_dev *dev);
	int (*trigger)(struct comp_dev *dev, int cmd);
	int (*prepare)(struct comp_dev *dev);
	int (*reset)(struct comp_dev *dev);
	int (*copy)(struct comp_dev *dev);
};
struct comp_driver {
	uint32_t type;
	struct comp_ops ops;
	const struct module_interface *adapter_ops;
};
struct comp_dev {
	uint16_t state;
	struct task *task;
	bool is_shared;
	struct comp_ipc_config ipc_config;
	const struct comp_driver *drv;
	struct processing_module *mod;
};

struct comp_dev *comp_alloc(const struct comp_driver *drv, size_t bytes);
void comp_free_device(struct comp_dev *dev);

#endif
