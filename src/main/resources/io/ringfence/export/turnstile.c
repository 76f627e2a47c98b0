/*
 * One thread at a time takes a step: from its arrival there until it arrives at its next one, waits
 * or ends. A thread whose turn does not come within a second goes on, and the test knows that the
 * trace was left.
 */
#define RINGFENCE_PATIENCE K_MSEC(1000)
#define RINGFENCE_STACK 2048

struct ringfence_thread {
	k_thread_entry_t run;
	int core;
	uint32_t options;
};

K_MUTEX_DEFINE(ringfence_mutex);
K_CONDVAR_DEFINE(ringfence_moved);
K_THREAD_STACK_ARRAY_DEFINE(ringfence_stacks, THREADS, RINGFENCE_STACK);
static struct k_thread ringfence_threads[THREADS];

ZTEST_BMEM static k_tid_t ringfence_tids[THREADS];
ZTEST_BMEM static size_t ringfence_turn;
ZTEST_BMEM static const char *ringfence_holder;
ZTEST_BMEM static bool ringfence_left;

static const char *ringfence_who(void)
{
	for (size_t i = 0; i < THREADS; i++)
		if (ringfence_tids[i] == k_current_get())
			return thread_names[i];
	return ringfence_other();
}

/* Steps that nobody announces pass by themselves. */
static void ringfence_skip(void)
{
	while (ringfence_turn < ARRAY_SIZE(steps)) {
		const struct step *step = &steps[ringfence_turn];

		if (step->thread && (step->in_test || IS_ENABLED(RINGFENCE_HOOKS)))
			return;
		ringfence_turn++;
	}
}

static void ringfence_release(const char *who)
{
	if (ringfence_holder == who) {
		ringfence_holder = NULL;
		ringfence_turn++;
		k_condvar_broadcast(&ringfence_moved);
	}
	ringfence_skip();
}

static bool ringfence_mine(const char *who, const char *label)
{
	const struct step *step = &steps[ringfence_turn];

	return !ringfence_holder && !strcmp(step->thread, who) && !strcmp(step->label, label);
}

/* Waits until it is the turn of this thread and label. */
void ringfence_at(const char *label)
{
	const char *who = ringfence_who();

	k_mutex_lock(&ringfence_mutex, K_FOREVER);
	ringfence_release(who);
	while (!ringfence_left && ringfence_turn < ARRAY_SIZE(steps) &&
	       !ringfence_mine(who, label)) {
		if (k_condvar_wait(&ringfence_moved, &ringfence_mutex, RINGFENCE_PATIENCE)) {
			ringfence_left = true;
			k_condvar_broadcast(&ringfence_moved);
		}
	}
	if (!ringfence_left && ringfence_turn < ARRAY_SIZE(steps)) {
		ringfence_holder = who;
		k_mutex_unlock(&ringfence_mutex);
		return;
	}
	k_mutex_unlock(&ringfence_mutex);
#ifndef RINGFENCE_RUNS_ON
	/* The trace is over: nothing may change before the test has looked. */
	if (!ringfence_left)
		k_sleep(K_FOREVER);
#endif
}

/* This thread is about to wait for another one. */
void ringfence_waits(void)
{
	k_mutex_lock(&ringfence_mutex, K_FOREVER);
	ringfence_release(ringfence_who());
	k_mutex_unlock(&ringfence_mutex);
}

static void ringfence_end(void)
{
	ringfence_waits();
}

/* Creates all threads; none runs yet. */
static void ringfence_create(const struct ringfence_thread *threads)
{
	for (size_t i = 0; i < THREADS; i++) {
		ringfence_tids[i] = k_thread_create(&ringfence_threads[i], ringfence_stacks[i],
						    RINGFENCE_STACK, threads[i].run, NULL, NULL,
						    NULL, K_PRIO_PREEMPT(1), threads[i].options,
						    K_FOREVER);
		k_thread_access_grant(ringfence_tids[i], &ringfence_mutex, &ringfence_moved);
#ifdef CONFIG_SCHED_CPU_MASK
		k_thread_cpu_pin(ringfence_tids[i], threads[i].core);
#endif
	}
}

/* Calls in progress return, unless they wait for ever or the trace ends within them. */
static __unused void ringfence_settle(void)
{
	for (size_t i = 0; i < THREADS; i++)
		k_thread_join(ringfence_tids[i], RINGFENCE_PATIENCE);
}

/* Runs all threads, and says whether every step was taken. */
static bool ringfence_run(void)
{
	bool followed;

	for (size_t i = 0; i < THREADS; i++)
		k_thread_start(ringfence_tids[i]);

	k_mutex_lock(&ringfence_mutex, K_FOREVER);
	ringfence_skip();
	while (!ringfence_left && (ringfence_holder || ringfence_turn < ARRAY_SIZE(steps))) {
		if (k_condvar_wait(&ringfence_moved, &ringfence_mutex, RINGFENCE_PATIENCE))
			break;
		ringfence_skip();
	}
	followed = !ringfence_left && !ringfence_holder && ringfence_turn >= ARRAY_SIZE(steps);
	k_mutex_unlock(&ringfence_mutex);
	return followed;
}
