/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_COMPONENT_H
#define RINGFENCE_API_COMPONENT_H

#include <sof/schedule/schedule.h>
#include <stdbool.h>

struct processing_module;

struct comp_dev {
	struct task *task;
	struct processing_module *mod;
};

#endif
