/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_LL_SCHEDULE_DOMAIN_H
#define RINGFENCE_API_LL_SCHEDULE_DOMAIN_H

#include <sof/schedule/schedule.h>
#include <zephyr/kernel.h>

struct ll_schedule_domain_ops;
struct ll_schedule_domain {
	struct k_mutex *lock;
	void *priv_data;
	const struct ll_schedule_domain_ops *ops;
	atomic_t total_num_tasks;
};

struct ll_schedule_domain *timer_domain_get(void);
struct k_heap *zephyr_ll_user_heap(void);
struct k_mem_domain *zephyr_ll_mem_domain(void);
struct k_thread *zephyr_domain_thread_tid_for_core(int core);
struct task *zephyr_ll_task_alloc(void);
void user_ll_grant_access(struct k_thread *thread, int core);
int zephyr_ll_task_sem_alloc(struct task *task);
int zephyr_ll_task_sem_free(struct task *task);

#endif
