/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_KERNEL_H
#define RINGFENCE_API_KERNEL_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
	int64_t ticks;
} k_timeout_t;

enum k_fatal_error_reason {
	K_ERR_CPU_EXCEPTION,
	K_ERR_SPURIOUS_IRQ,
	K_ERR_STACK_CHK_FAIL,
	K_ERR_KERNEL_OOPS,
	K_ERR_KERNEL_PANIC
};

typedef long atomic_t;
typedef long atomic_val_t;

#define K_MSEC(ms) ((k_timeout_t){ ms })
#define K_NO_WAIT ((k_timeout_t){ 0 })
#define K_FOREVER ((k_timeout_t){ -1 })
#define K_PRIO_PREEMPT(x) (x)
#define K_USER 4
#define K_INHERIT_PERMS 8

struct k_thread {
	struct {
		struct k_mem_domain *mem_domain;
	} mem_domain_info;
};
struct k_mutex {
	int dummy;
};
struct k_sem;
struct k_event;
struct k_timer;
struct k_work {
	void (*handler)(struct k_work *work);
};
struct k_work_delayable {
	struct k_work work;
};
struct sys_heap {
	void *heap;
	void *init_mem;
	size_t init_bytes;
};
struct k_heap {
	struct sys_heap heap;
};
struct sys_memory_stats {
	size_t free_bytes;
	size_t allocated_bytes;
	size_t max_allocated_bytes;
};
typedef struct {
	uint32_t attributes;
} k_mem_partition_attr_t;
struct k_mem_partition {
	uintptr_t start;
	size_t size;
	k_mem_partition_attr_t attr;
};
typedef struct {
	void *head;
	void *tail;
} sys_dlist_t;
struct k_mem_domain {
	struct {
		uint32_t *ptables;
	} arch;
	struct k_mem_partition partitions[8];
	sys_dlist_t thread_mem_domain_list;
	uint8_t num_partitions;
};
struct k_msgq {
	int dummy;
};
typedef char k_thread_stack_t;
typedef struct k_thread *k_tid_t;
typedef void (*k_thread_entry_t)(void *p1, void *p2, void *p3);

#define K_MUTEX_DEFINE(name) struct k_mutex name
#define K_MSGQ_DEFINE(name, size, count, align)                                                    \
	struct k_msgq name;                                                                        \
	_Static_assert((size) > 0 && (count) > 0 && (align) > 0, "a queue of messages")
#define K_THREAD_STACK_ARRAY_DEFINE(name, count, size) k_thread_stack_t name[count][size]
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define CONFIG_MAX_DOMAIN_PARTITIONS 8
#define CONFIG_SOF_STACK_SIZE 4096
#define K_MEM_PARTITION_P_RW_U_RW ((k_mem_partition_attr_t){ 1 })
#define __aligned(x) __attribute__((__aligned__(x)))
#define __unused __attribute__((__unused__))
#define ARG_UNUSED(x) (void)(x)
#define BIT(n) (1ul << (n))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define CONTAINER_OF(ptr, type, field) ((type *)((char *)(ptr) - offsetof(type, field)))

/* 1 if the option is defined as 1: only then does the second argument come to the front. */
#define RINGFENCE_SHIFT_1 ~, 1
#define RINGFENCE_SECOND(a, b, ...) b
#define RINGFENCE_PICK(...) RINGFENCE_SECOND(__VA_ARGS__, 0, 0)
#define RINGFENCE_SHIFT(value) RINGFENCE_PICK(RINGFENCE_SHIFT_##value)
#define IS_ENABLED(option) RINGFENCE_SHIFT(option)

k_tid_t k_current_get(void);
k_tid_t k_thread_create(struct k_thread *thread, k_thread_stack_t *stack, size_t stack_size,
			k_thread_entry_t entry, void *p1, void *p2, void *p3, int prio,
			uint32_t options, k_timeout_t delay);
void k_thread_start(k_tid_t thread);
int k_thread_cpu_pin(k_tid_t thread, int cpu);
int k_thread_join(k_tid_t thread, k_timeout_t timeout);
void k_object_access_grant(const void *object, k_tid_t thread);
void k_object_access_all_grant(const void *object);
int k_msgq_put(struct k_msgq *msgq, const void *data, k_timeout_t timeout);
int k_msgq_get(struct k_msgq *msgq, void *data, k_timeout_t timeout);
void k_msgq_purge(struct k_msgq *msgq);
bool sys_dlist_is_empty(sys_dlist_t *list);
int k_mutex_lock(struct k_mutex *mutex, k_timeout_t timeout);
int k_mutex_unlock(struct k_mutex *mutex);
int32_t k_sleep(k_timeout_t timeout);
void k_busy_wait(uint32_t microseconds);
bool k_is_in_isr(void);
bool k_is_user_context(void);
unsigned int arch_irq_lock(void);
void arch_irq_unlock(unsigned int key);
bool arch_irq_unlocked(unsigned int key);
atomic_val_t atomic_get(const atomic_t *target);
atomic_val_t atomic_set(atomic_t *target, atomic_val_t value);
atomic_val_t atomic_inc(atomic_t *target);
bool atomic_cas(atomic_t *target, atomic_val_t old_value, atomic_val_t new_value);
bool sys_cache_is_ptr_cached(void *ptr);
void *sys_cache_uncached_ptr_get(void *ptr);
void *sys_cache_cached_ptr_get(void *ptr);
int k_work_reschedule(struct k_work_delayable *dwork, k_timeout_t delay);
int64_t k_uptime_ticks(void);
void k_heap_init(struct k_heap *heap, void *mem, size_t bytes);
int sys_heap_runtime_stats_get(struct sys_heap *heap, struct sys_memory_stats *stats);
int k_mem_domain_init(struct k_mem_domain *domain, uint8_t num_parts,
		      struct k_mem_partition *parts[]);
int k_mem_domain_add_partition(struct k_mem_domain *domain, struct k_mem_partition *part);
int k_mem_domain_add_thread(struct k_mem_domain *domain, k_tid_t thread);
uint64_t k_ms_to_ticks_ceil64(uint64_t ms);

#endif
