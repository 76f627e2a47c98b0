/* A bit of Zephyr on POSIX threads, see README.md. Build with -DTEST=the function of the test. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zephyr/kernel.h>
#include <zephyr/ztest.h>
#include <zephyr/ztest_error_hook.h>

#define MAX_THREADS 8

static struct {
	k_tid_t id;
	k_thread_entry_t run;
	bool ready;
} threads[MAX_THREADS] = { { .ready = true } };
static int count = 1;	/* the first one is the test's own */
static int running;
static __thread int me;
static k_tid_t fault_valid;
static struct k_thread main_thread;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;

static void end(const char *outcome, int code)
{
	puts(outcome);
	fflush(stdout);
	_exit(code);
}

/* The next thread that is ready runs. */
static void pass_on(void)
{
	int next = running;

	do
		next = (next + 1) % count;
	while (!threads[next].ready && next != running);
	if (!threads[next].ready)
		end("DEADLOCK", 2);
	running = next;
	pthread_cond_broadcast(&moved);
}

static void wait_for_turn(void)
{
	while (running != me)
		pthread_cond_wait(&moved, &lock);
}

static void yield(void)
{
	pass_on();
	wait_for_turn();
}

/* All that a thread does it does with the lock; to wait for its turn releases that. */
static void *run(void *number)
{
	me = (int)(intptr_t)number;
	pthread_mutex_lock(&lock);
	wait_for_turn();
	threads[me].run(NULL, NULL, NULL);
	threads[me].ready = false;
	pass_on();
	pthread_mutex_unlock(&lock);
	return NULL;
}

k_tid_t k_current_get(void)
{
	return me ? threads[me].id : &main_thread;
}

k_tid_t k_thread_create(struct k_thread *thread, k_thread_stack_t *stack, size_t stack_size,
			k_thread_entry_t entry, void *p1, void *p2, void *p3, int prio,
			uint32_t options, k_timeout_t delay)
{
	if (count == MAX_THREADS)
		end("TOO MANY THREADS", 2);
	threads[count].id = thread;
	threads[count].run = entry;
	count++;
	return thread;
}

void k_thread_start(k_tid_t thread)
{
	pthread_t started;
	int i = 1;

	while (threads[i].id != thread)
		i++;
	threads[i].ready = true;
	if (pthread_create(&started, NULL, run, (void *)(intptr_t)i))
		end("NO THREAD", 2);
}

static void sleep_for_ever(void)
{
	threads[me].ready = false;
	yield();
}

int32_t k_sleep(k_timeout_t timeout)
{
	if (timeout.ticks < 0)
		sleep_for_ever();
	yield();
	return 0;
}

/* A thread that sleeps for ever counts as ended. */
int k_thread_join(k_tid_t thread, k_timeout_t timeout)
{
	int i = 1;

	while (threads[i].id != thread)
		i++;
	for (int64_t waited = 0; waited < timeout.ticks && threads[i].ready; waited++)
		yield();
	return threads[i].ready ? -EAGAIN : 0;
}

/* The threads are on cores of their own. */
void k_busy_wait(uint32_t microseconds)
{
	yield();
}

bool k_is_in_isr(void)
{
	return false;
}

bool k_is_user_context(void)
{
	return false;
}

static __thread bool masked;

unsigned int arch_irq_lock(void)
{
	bool before = masked;

	masked = true;
	return before;
}

void arch_irq_unlock(unsigned int key)
{
	masked = key;
}

bool arch_irq_unlocked(unsigned int key)
{
	return !key;
}

atomic_val_t atomic_get(const atomic_t *target)
{
	return *target;
}

atomic_val_t atomic_set(atomic_t *target, atomic_val_t value)
{
	atomic_val_t old = *target;

	*target = value;
	return old;
}

atomic_val_t atomic_inc(atomic_t *target)
{
	return (*target)++;
}

bool atomic_cas(atomic_t *target, atomic_val_t old_value, atomic_val_t new_value)
{
	if (*target != old_value)
		return false;
	*target = new_value;
	return true;
}

struct k_mem_partition ztest_mem_partition;

int k_mem_domain_add_partition(struct k_mem_domain *domain, struct k_mem_partition *part)
{
	return 0;
}

int k_mem_domain_add_thread(struct k_mem_domain *domain, k_tid_t thread)
{
	return 0;
}

void ztest_expect(bool condition, const char *format, ...)
{
	va_list arguments;

	if (condition)
		return;
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	end("\nFAIL", 1);
}

void ztest_print(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
}

void ztest_test_skip(void)
{
	end("SKIP", 0);
}

void ztest_set_fault_valid(bool valid)
{
	fault_valid = valid ? k_current_get() : NULL;
}

__attribute__((weak)) void ztest_post_fatal_error_hook(unsigned int reason,
						       const struct arch_esf *esf)
{
}

/* A fatal error that is expected ends its thread. */
void fatal_error(unsigned int reason)
{
	if (fault_valid != k_current_get())
		end("FAULT", 1);
	fault_valid = NULL;
	ztest_post_fatal_error_hook(reason, NULL);
	sleep_for_ever();
}

static void fault(int signal)
{
	fatal_error(K_ERR_CPU_EXCEPTION);
}

void TEST(void *unused);

int main(void)
{
	signal(SIGSEGV, fault);
	pthread_mutex_lock(&lock);
	TEST(NULL);
	end("PASS", 0);
}
