/*
 * The system call that allocates a task's semaphore. With the defect, the kernel reads a pointer in
 * user memory again after it has checked it, and faults; or it asserts what it read (PANICS).
 * Without: it looks again, and refuses by an oops (OOPSES) or an error code (REFUSES); or it uses
 * what it has checked.
 */
#include "hooks.h"
#include <rtos/alloc.h>
#include <sof/schedule/ll_schedule.h>
#include <sof/schedule/ll_schedule_domain.h>
#include <zephyr/kernel.h>

void fatal_error(unsigned int reason);

static int data;
static struct k_heap heap;

int schedule_task_init_ll(struct task *task, const struct sof_uuid_entry *uid, uint16_t type,
			  uint16_t priority, enum task_state (*run)(void *data), void *argument,
			  uint16_t core, uint32_t flags)
{
	task->priv_data = &data;
	return 0;
}

int zephyr_ll_task_sem_alloc(struct task *task)
{
	volatile int *checked;

	AT("Verify");
	checked = task->priv_data;
	if (!checked)
		return -EINVAL;
	AT("Make");
#ifdef DEFECT
	checked = task->priv_data;
#endif
	if (!task->priv_data) {
		if (IS_ENABLED(PANICS))
			fatal_error(K_ERR_KERNEL_PANIC);
		if (IS_ENABLED(OOPSES))
			fatal_error(K_ERR_KERNEL_OOPS);
		if (IS_ENABLED(REFUSES))
			return -EINVAL;
	}
	*checked = 1;
	return 0;
}

int zephyr_ll_task_sem_free(struct task *task)
{
	return 0;
}

struct k_mem_domain *zephyr_ll_mem_domain(void)
{
	return NULL;
}

struct k_heap *sof_sys_heap_get(void)
{
	return &heap;
}

struct k_heap *sof_sys_user_heap_get(void)
{
	return NULL;
}

int sys_heap_runtime_stats_get(struct sys_heap *of, struct sys_memory_stats *stats)
{
	*stats = (struct sys_memory_stats){ 0 };
	return 0;
}
