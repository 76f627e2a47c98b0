/* A registry of schedulers. With the defect, user space can write its nodes. */
#define _GNU_SOURCE
#include "hooks.h"
#include <rtos/alloc.h>
#include <sof/schedule/ll_schedule_domain.h>
#include <sof/schedule/schedule.h>
#include <sys/mman.h>
#include <zephyr/kernel.h>

#define PAGE_BYTES 4096

static struct schedulers head;
static struct schedulers *slot;
static uint8_t memory[PAGE_BYTES] __attribute__((__aligned__(PAGE_BYTES)));
static struct schedule_data *const node = (struct schedule_data *)memory;

struct schedulers **arch_user_schedulers_get_for_core(int core)
{
	return &slot;
}

struct schedulers **arch_schedulers_get(void)
{
	return &slot;
}

struct k_heap *sof_sys_user_heap_get(void)
{
	return NULL;
}

struct k_mem_domain *zephyr_ll_mem_domain(void)
{
	return NULL;
}

void scheduler_init(int type, const struct scheduler_ops *ops, void *data)
{
	AT("I2_ValidateOps");
	AT("I3_AllocNode");
	AT("I4_Zero");
	AT("I4_Fill");
	node->type = type;
	node->ops = ops;
	node->data = data;
	AT("G1_PickSlot");
	AT("G2_AllocHead");
	slot = &head;
	AT("G2_ZeroHead");
	AT("G2_InitHead");
	head.list.next = &head.list;
	head.list.prev = &head.list;
	AT("G3_Append");
	node->list.next = &head.list;
	node->list.prev = &head.list;
	head.list.next = &node->list;
	head.list.prev = &node->list;
#ifndef DEFECT
	mprotect(memory, PAGE_BYTES, PROT_READ);
#endif
}

int schedule_task_init(struct task *task, const struct sof_uuid_entry *uid, uint16_t type,
		       uint16_t priority, enum task_state (*run)(void *data), void *data,
		       uint16_t core, uint32_t flags)
{
	AT("T2_PickList");
	AT("T3_CheckList");
	AT("T4_Walk");
	task->sch = node;
	AT("T6_Store");
	task->core = core;
	return 0;
}

int schedule_task(struct task *task, uint64_t start, uint64_t period)
{
	return task->sch->ops->schedule_task(task->sch->data, task, start, period);
}

int schedule_task_cancel(struct task *task)
{
	return 0;
}
