/*
 * One thread at a time takes a step: from its arrival there until it arrives at its next one, waits
 * or ends. A thread whose turn does not come within a second goes on: the trace is left.
 *
 * Hooks stand in user mode, and where interrupts are masked or a spinlock is held. So nothing here
 * takes a lock. What is shared is atomic, and whoever has to wait asks again and again: asleep, but
 * busily where interrupts are masked, as to sleep would give up what the section protects.
 */
#define RINGFENCE_PATIENCE_MS 1000
#define RINGFENCE_PATIENCE K_MSEC(RINGFENCE_PATIENCE_MS)
#define RINGFENCE_STACK 2048

/* The place where every step was taken. */
#define RINGFENCE_OVER (2 * (atomic_val_t)ARRAY_SIZE(steps))

struct ringfence_thread {
	k_thread_entry_t run;
	int core;
	uint32_t options;
};

K_THREAD_STACK_ARRAY_DEFINE(ringfence_stacks, THREADS, RINGFENCE_STACK);
static struct k_thread ringfence_threads[THREADS];

ZTEST_BMEM static k_tid_t ringfence_tids[THREADS];
ZTEST_BMEM static k_tid_t ringfence_tester;
ZTEST_BMEM static atomic_t ringfence_runs;

/* Twice the number of the next step; one more while its thread takes it. */
ZTEST_BMEM static atomic_t ringfence_place;

/* Where the trace was left, plus one. */
ZTEST_BMEM static atomic_t ringfence_left;

/* Which steps' labels anybody announced, whether or not it was their turn. */
ZTEST_BMEM static atomic_t ringfence_seen[ARRAY_SIZE(steps)];

/* Where each thread waits for its turn, that of others last; NULL: within a step. */
ZTEST_BMEM static const char *volatile ringfence_where[THREADS + 1];
ZTEST_BMEM static const char *volatile ringfence_stranger;

/* Who of the others took a step and has come to no hook since. */
ZTEST_BMEM static volatile k_tid_t ringfence_stepper;
ZTEST_BMEM static atomic_t ringfence_ended;

static size_t ringfence_index(void)
{
	size_t i = 0;

	while (i < THREADS && ringfence_tids[i] != k_current_get())
		i++;
	return i;
}

static const char *ringfence_name(size_t thread)
{
	return thread < THREADS ? thread_names[thread] : ringfence_other();
}

/* Before the test runs its threads nobody waits, and interrupts and the test itself never do. */
static bool ringfence_takes_part(void)
{
	return atomic_get(&ringfence_runs) && (k_is_user_context() || !k_is_in_isr()) &&
	       k_current_get() != ringfence_tester;
}

static bool ringfence_may_sleep(void)
{
	unsigned int key;
	bool unmasked;

	if (k_is_user_context())
		return true;
	key = arch_irq_lock();
	unmasked = arch_irq_unlocked(key);
	arch_irq_unlock(key);
	return unmasked;
}

static void ringfence_pause(void)
{
	if (ringfence_may_sleep())
		k_sleep(K_MSEC(1));
	else
		k_busy_wait(1000);
}

/* The first step from this one on that somebody announces; the others pass by themselves. */
static size_t ringfence_next(size_t step)
{
	while (step < ARRAY_SIZE(steps) &&
	       !(steps[step].thread && (steps[step].in_test || IS_ENABLED(RINGFENCE_HOOKS))))
		step++;
	return step;
}

/* The step that a thread takes ends. */
static void ringfence_release(const char *who)
{
	atomic_val_t place = atomic_get(&ringfence_place);

	if (place % 2 && !strcmp(steps[place / 2].thread, who))
		atomic_cas(&ringfence_place, place, 2 * ringfence_next(place / 2 + 1));
}

static bool ringfence_take(atomic_val_t place, const char *who, const char *label)
{
	return place % 2 == 0 && !strcmp(steps[place / 2].thread, who) &&
	       !strcmp(steps[place / 2].label, label) &&
	       atomic_cas(&ringfence_place, place, place + 1);
}

static bool ringfence_knows(const char *label)
{
	for (size_t i = 0; i < ARRAY_SIZE(labels); i++)
		if (!strcmp(labels[i], label))
			return true;
	return false;
}

static void ringfence_see(const char *label)
{
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
		if (!strcmp(steps[i].label, label))
			atomic_set(&ringfence_seen[i], 1);
}

/* Waits until it is the turn of this thread and label. */
void ringfence_at(const char *label)
{
	size_t me = ringfence_index();
	const char *who = ringfence_name(me);
	atomic_val_t last = -1;
	int waited = 0;

	if (!ringfence_takes_part())
		return;
	/* A hook for another spec; or its name is wrong, and the right one is never reached. */
	if (!ringfence_knows(label)) {
		ringfence_stranger = label;
		return;
	}
	ringfence_see(label);
	ringfence_release(who);
	if (ringfence_stepper == k_current_get())
		ringfence_stepper = NULL;
	if (!atomic_get(&ringfence_left))
		ringfence_where[me] = label;
	while (!atomic_get(&ringfence_left)) {
		atomic_val_t place = atomic_get(&ringfence_place);

		if (place == RINGFENCE_OVER) {
#ifndef RINGFENCE_RUNS_ON
			/* The trace is over: nothing may change before the test has looked. */
			k_sleep(K_FOREVER);
#endif
			return;
		}
		if (ringfence_take(place, who, label)) {
			ringfence_where[me] = NULL;
			if (me == THREADS)
				ringfence_stepper = k_current_get();
			return;
		}
		if (place != last)
			waited = 0;
		last = place;
		if (waited++ < RINGFENCE_PATIENCE_MS)
			ringfence_pause();
		else
			atomic_cas(&ringfence_left, 0, place + 1);
	}
}

/* This thread is about to wait for another one. */
void ringfence_waits(void)
{
	if (ringfence_takes_part())
		ringfence_release(ringfence_name(ringfence_index()));
}

static void ringfence_end(void)
{
	if (!atomic_get(&ringfence_left))
		ringfence_where[ringfence_index()] = "its end";
	ringfence_waits();
	atomic_inc(&ringfence_ended);
}

/* Creates all threads; none runs yet. */
static void ringfence_create(const struct ringfence_thread *threads)
{
	for (size_t i = 0; i < THREADS; i++) {
		ringfence_tids[i] = k_thread_create(&ringfence_threads[i], ringfence_stacks[i],
						    RINGFENCE_STACK, threads[i].run, NULL, NULL,
						    NULL, K_PRIO_PREEMPT(1), threads[i].options,
						    K_FOREVER);
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

/* The step that was waited for when the trace was left; none if a thread's last one has no end. */
static size_t ringfence_awaited(void)
{
	size_t place = atomic_get(&ringfence_left) - 1;
	size_t step = place / 2;

	if (place % 2) {
		do
			step = ringfence_next(step + 1);
		while (step < ARRAY_SIZE(steps) &&
		       strcmp(steps[step].thread, steps[place / 2].thread));
	}
	return step;
}

/* Where the thread of a step was when the trace was left. */
static const char *ringfence_instead(size_t step)
{
	size_t thread = 0;

	while (thread < THREADS && strcmp(thread_names[thread], steps[step].thread))
		thread++;
	return ringfence_where[thread];
}

static void ringfence_tell(void)
{
	size_t place = atomic_get(&ringfence_left) - 1;
	const struct step *step = &steps[place / 2];
	const char *where;

	if (!atomic_get(&ringfence_left)) {
		TC_PRINT("went the way of the trace\n");
		return;
	}
	where = ringfence_instead(place / 2);
	if (place % 2 || !where)
		TC_PRINT("left the trace at step %zu, %s: %s %s\n", place / 2 + 1, step->label,
			 step->thread, place % 2 ? "did not come back from it" : "never came");
	else
		TC_PRINT("left the trace at step %zu, %s: %s came to %s instead\n", place / 2 + 1,
			 step->label, step->thread, where);
}

/* Runs all threads, and says whether every step was taken. */
static bool ringfence_run(void)
{
	atomic_val_t last = -1;
	int waited = 0;

	ringfence_tester = k_current_get();
	atomic_set(&ringfence_place, 2 * ringfence_next(0));
	atomic_set(&ringfence_runs, 1);
	for (size_t i = 0; i < THREADS; i++)
		k_thread_start(ringfence_tids[i]);

	while (!atomic_get(&ringfence_left)) {
		atomic_val_t place = atomic_get(&ringfence_place);

		if (place == RINGFENCE_OVER)
			break;
		if (place != last)
			waited = 0;
		last = place;
		/* Those that wait for their turn give up first. */
		if (waited++ < 2 * RINGFENCE_PATIENCE_MS)
			ringfence_pause();
		else
			atomic_cas(&ringfence_left, 0, place + 1);
	}
	/* Who left the trace goes on, and may reach what was waited for. */
	for (waited = 0; atomic_get(&ringfence_left) && waited < RINGFENCE_PATIENCE_MS &&
			 atomic_get(&ringfence_ended) < THREADS; waited++)
		ringfence_pause();
	ringfence_tell();
	return !atomic_get(&ringfence_left);
}

/*
 * Code that leaves the trace where a hook is missing looks like code that was repaired. So what was
 * waited for has to be a hook that somebody reached, or one that this test reached when it failed.
 */
static void ringfence_check_hooks(bool followed)
{
	size_t step = followed ? ARRAY_SIZE(steps) : ringfence_awaited();
	bool reached = false;

	if (!IS_ENABLED(RINGFENCE_HOOKS) || step == ARRAY_SIZE(steps) || steps[step].in_test)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
		reached = reached || (!steps[i].in_test && atomic_get(&ringfence_seen[i]));
	zassert_true(reached, "no hook was ever reached: are they in the source?");
	if (atomic_get(&ringfence_seen[step]) || IS_ENABLED(RINGFENCE_HOOKS_PROVEN))
		return;
	if (ringfence_stranger)
		TC_PRINT("there is a hook %s: is this name right?\n", ringfence_stranger);
	zassert_unreachable("the hook %s was never reached: is it in the source, at its place?",
			    steps[step].label);
}
