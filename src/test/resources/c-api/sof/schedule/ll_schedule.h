/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_LL_SCHEDULE_H
#define RINGFENCE_API_LL_SCHEDULE_H

#include <sof/schedule/schedule.h>

int schedule_task_init_ll(struct task *task, const struct sof_uuid_entry *uid, uint16_t type,
			  uint16_t priority, enum task_state (*run)(void *data), void *data,
			  uint16_t core, uint32_t flags);
void user_ll_lock_sched(int core);
void user_ll_unlock_sched(int core);

#endif
