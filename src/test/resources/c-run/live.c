/*
 * A scheduler with a thread of its own, and calls that wait for its lock. With the defect, the thread
 * never gives the lock back: it walks its list for ever (DEFECT), or returns without it (KEEPS).
 * SLEEPS: it never runs what it was woken for. SLOW: it takes its time.
 */
#include "hooks.h"
#include <sof/schedule/ll_schedule.h>
#include <zephyr/kernel.h>

static bool locked;
static bool started;
static struct task *queued;
static enum task_state (*callback)(void *data);
static struct k_thread ll;
K_THREAD_STACK_ARRAY_DEFINE(stacks, 1, 4096);

static void take_lock(void)
{
	while (locked)
		k_sleep(K_MSEC(1));
	locked = true;
}

static void tick(void)
{
	AT("R1_Lock");
	take_lock();
	AT("R2_Pick");
	if (queued) {
		AT("R2c_Unlock");
		locked = false;
		queued->state = callback(NULL);
		AT("R2e_Lock");
		take_lock();
		AT("R2f_Decide");
		AT("D1_Unlink");
		queued = NULL;
		AT("D2_CheckCount");
		AT("D3_SetFree");
		AT("D4_Give");
		AT("D5_Unregister");
		AT("R2_Pick");
	}
	AT("R3_MoveBack");
	while (IS_ENABLED(DEFECT))
		k_sleep(K_MSEC(1));
	if (IS_ENABLED(SLOW))
		k_busy_wait(1000);
	AT("R4_Unlock");
	locked = IS_ENABLED(KEEPS);
}

static void run_ll(void *p1, void *p2, void *p3)
{
	AT("L0_Take");
	if (IS_ENABLED(SLEEPS))
		k_sleep(K_FOREVER);
	AT("L1_Handler");
	tick();
}

int schedule_task_init_ll(struct task *task, const struct sof_uuid_entry *uid, uint16_t type,
			  uint16_t priority, enum task_state (*run)(void *data), void *argument,
			  uint16_t core, uint32_t flags)
{
	task->state = SOF_TASK_STATE_INIT;
	callback = run;
	return 0;
}

int schedule_task(struct task *task, uint64_t start, uint64_t period)
{
	AT("S1_Lock");
	take_lock();
	AT("S2_CheckPdata");
	AT("S3_Scan");
	AT("S5_Insert");
	task->state = SOF_TASK_STATE_QUEUED;
	queued = task;
	AT("S6_Count");
	AT("S7_Register");
	locked = false;
	if (!started) {
		started = true;
		k_thread_create(&ll, stacks[0], 4096, run_ll, NULL, NULL, NULL, 0, 0, K_FOREVER);
		k_thread_start(&ll);
	}
	return 0;
}

int schedule_task_free(struct task *task)
{
	AT("F1_Lock");
	take_lock();
	task->state = SOF_TASK_STATE_FREE;
	locked = false;
	return 0;
}
