/*
 * Which fatal errors of a thread are whose. A system call is refused by an oops of its verifier,
 * which ends the thread. Any other fatal error within it, as a fault, a panic or an assertion, is
 * the kernel's: of user mode only the instruction that enters the kernel is within the call.
 */
enum ringfence_scope {
	RINGFENCE_OUTSIDE,
	RINGFENCE_SYSTEM_CALL,
	RINGFENCE_FUNCTION	/* a system call, or a function that runs in user mode itself */
};

/* Where each thread is, that of others last. */
ZTEST_BMEM static volatile enum ringfence_scope ringfence_within[THREADS + 1];

/* The first fatal error that is no refusal: where, and why. */
static volatile enum ringfence_scope ringfence_faulted;
static volatile unsigned int ringfence_reason;

static void ringfence_enter(enum ringfence_scope scope)
{
	ringfence_within[ringfence_index()] = scope;
	ztest_set_fault_valid(true);
}

/* What the thread does by itself from here on must not fault. ztest remembers one thread only. */
static void ringfence_leave(void)
{
	ringfence_within[ringfence_index()] = RINGFENCE_OUTSIDE;
	for (size_t i = 0; i <= THREADS; i++)
		if (ringfence_within[i])
			return;
	ztest_set_fault_valid(false);
}

/* ztest calls this for each fatal error that is expected, in the thread that it ends. */
void ztest_post_fatal_error_hook(unsigned int reason, const struct arch_esf *esf)
{
	size_t me = ringfence_index();

	ARG_UNUSED(esf);
	if (reason != K_ERR_KERNEL_OOPS && !ringfence_faulted) {
		ringfence_reason = reason;
		ringfence_faulted = ringfence_within[me];
	}
	ringfence_within[me] = RINGFENCE_OUTSIDE;
}

static void ringfence_check_calls(const char *property)
{
	if (ringfence_faulted == RINGFENCE_OUTSIDE)
		return;
	if (ringfence_faulted == RINGFENCE_FUNCTION && ringfence_reason != K_ERR_KERNEL_PANIC) {
		TC_PRINT("a call faulted, in user mode or in the kernel: check that yourself\n");
		ztest_test_skip();
	}
	zassert_unreachable("the kernel faulted in a system call, for reason %u: %s",
			    ringfence_reason, property);
}
