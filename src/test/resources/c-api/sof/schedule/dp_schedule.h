/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_DP_SCHEDULE_H
#define RINGFENCE_API_DP_SCHEDULE_H

#include <sof/schedule/schedule.h>
#include <zephyr/kernel.h>

struct processing_module;
union scheduler_dp_thread_ipc_param;

int scheduler_dp_task_init(struct task **task, const struct sof_uuid_entry *uid,
			   const struct task_ops *ops, struct processing_module *mod,
			   uint16_t core, size_t stack_size, uint32_t task_priority);
int scheduler_dp_thread_ipc(struct processing_module *pmod, unsigned int cmd,
			    const union scheduler_dp_thread_ipc_param *param);

#endif
