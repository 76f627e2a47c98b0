/* How long something that the trace waits for in vain has time to happen, without hooks. */
#define RINGFENCE_LIVENESS_MS 1000

#define RINGFENCE_WAIT_WHILE(condition)                                                            \
	for (int waited = 0; waited < RINGFENCE_LIVENESS_MS && (condition); waited++)              \
		ringfence_pause()

/* Whether all calls of a thread return, or end it. */
static __unused bool ringfence_returns(size_t thread)
{
	return !k_thread_join(ringfence_tids[thread], K_MSEC(RINGFENCE_LIVENESS_MS));
}

/* Whether the thread that the test did not create is still within the last step that it took. */
static __unused bool ringfence_stands(void)
{
	return ringfence_stepper != NULL;
}

/* Whether every step was taken. The last one may have no end, which is to leave the trace there. */
static __unused bool ringfence_came_to_end(void)
{
	atomic_val_t left = atomic_get(&ringfence_left);

	return !left ||
	       (left % 2 == 0 && ringfence_next((left - 1) / 2 + 1) == ARRAY_SIZE(steps));
}
