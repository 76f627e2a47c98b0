/*
 * Two threads free one task. With the defect, both release its private data.
 * REFUSES: a repair that frees no task that is not scheduled.
 */
#include "hooks.h"
#include <sof/schedule/ll_schedule.h>
#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

static int data;

int schedule_task_init_ll(struct task *task, const struct sof_uuid_entry *uid, uint16_t type,
			  uint16_t priority, enum task_state (*run)(void *data), void *argument,
			  uint16_t core, uint32_t flags)
{
	task->state = SOF_TASK_STATE_INIT;
	task->priv_data = &data;
	return 0;
}

int schedule_task_free(struct task *task)
{
	static __unused bool freeing;
	unsigned int key;

	AT("F1_Lock");
	key = arch_irq_lock();
	AT("F2_Decide");
#ifndef DEFECT
	if (freeing || IS_ENABLED(REFUSES)) {
		arch_irq_unlock(key);
		return -EDEADLK;
	}
#endif
#ifdef MISSPELLED
	AT("F4_SetFreeng");
#elif !defined(FORGOTTEN)
	AT("F4_SetFreeing");
#endif
	freeing = true;
	AT("F5_Unlock");
	arch_irq_unlock(key);
	AT("F7_Lock");
	key = arch_irq_lock();
	AT("F7_Release");
	task->priv_data = NULL;
	AT("F7_Unlock");
	arch_irq_unlock(key);
	return 0;
}
