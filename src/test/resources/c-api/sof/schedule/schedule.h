/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_SCHEDULE_H
#define RINGFENCE_API_SCHEDULE_H

#include <stddef.h>
#include <stdint.h>

enum {
	SOF_SCHEDULE_EDF,
	SOF_SCHEDULE_LL_TIMER,
	SOF_SCHEDULE_LL_DMA,
	SOF_SCHEDULE_DP,
	SOF_SCHEDULE_TWB,
	SOF_SCHEDULE_COUNT
};

#define SOF_TASK_DEADLINE_NOW 0

enum task_state {
	SOF_TASK_STATE_INIT,
	SOF_TASK_STATE_QUEUED,
	SOF_TASK_STATE_PENDING,
	SOF_TASK_STATE_RUNNING,
	SOF_TASK_STATE_PREEMPTED,
	SOF_TASK_STATE_COMPLETED,
	SOF_TASK_STATE_FREE,
	SOF_TASK_STATE_CANCEL,
	SOF_TASK_STATE_RESCHEDULE
};

struct k_thread;

struct list_item {
	struct list_item *prev;
	struct list_item *next;
};
struct sof_uuid_entry {
	int dummy;
};
struct task_ops {
	enum task_state (*run)(void *data);
	void (*complete)(void *data);
	uint64_t (*get_deadline)(void *data);
};
struct task {
	uint16_t core;
	struct schedule_data *sch;
	enum task_state state;
	struct list_item list;
	void *priv_data;
	struct task_ops ops;
};
struct scheduler_ops {
	int (*schedule_task)(void *data, struct task *task, uint64_t start, uint64_t period);
	int (*schedule_task_cancel)(void *data, struct task *task);
	int (*schedule_task_free)(void *data, struct task *task);
};
struct schedule_data {
	struct list_item list;
	int type;
	const struct scheduler_ops *ops;
	void *data;
};
struct schedulers {
	struct list_item list;
};

struct schedulers **arch_schedulers_get(void);
struct schedulers **arch_user_schedulers_get_for_core(int core);
void *scheduler_get_data(uint16_t type);
void scheduler_init(int type, const struct scheduler_ops *ops, void *data);
int schedule_task_init(struct task *task, const struct sof_uuid_entry *uid, uint16_t type,
		       uint16_t priority, enum task_state (*run)(void *data), void *data,
		       uint16_t core, uint32_t flags);
int schedule_task(struct task *task, uint64_t start, uint64_t period);
int schedule_task_before(struct task *task, uint64_t start, uint64_t period, struct task *before);
int schedule_task_after(struct task *task, uint64_t start, uint64_t period, struct task *after);
int schedule_task_running(struct task *task);
int reschedule_task(struct task *task, uint64_t start);
int schedule_task_cancel(struct task *task);
int schedule_task_free(struct task *task);
struct k_thread *scheduler_init_context(struct task *task);
void schedule_free(uint32_t flags);

#endif
