/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_EDF_SCHEDULE_H
#define RINGFENCE_API_EDF_SCHEDULE_H

#include <sof/schedule/schedule.h>

int schedule_task_init_edf(struct task *task, const struct sof_uuid_entry *uid,
			   const struct task_ops *ops, void *data, uint16_t core, uint32_t flags);

#endif
