package io.ringfence.export;

import java.util.List;

/** What the kernel works on in a test of words that it trusts, in C, and what it must not touch. */
final class TrustObjects {
  private TrustObjects() {}

  static List<String> declarations() {
    return CTestSource.lines(
        """
            #define OBJECT_WORDS 64

            /* Objects that are none of the kernel's business, and one of its own. */
            ZTEST_BMEM static void *other[OBJECT_WORDS];
            ZTEST_BMEM static void *freed[OBJECT_WORDS];
            ZTEST_BMEM static void *forged[OBJECT_WORDS];
            static void *kernel[OBJECT_WORDS];
            ZTEST_BMEM static bool astray;

            static const __unused struct sof_uuid_entry task_uid;
            ZTEST_BMEM static struct task task;
            ZTEST_BMEM static __unused struct task context;
            ZTEST_BMEM static __unused struct task dp_task;

            /* As zephyr_ll.c and zephyr_domain.c lay it out. */
            struct ll_words {
            	struct list_item tasks;
            	unsigned int n_tasks;
            	struct ll_schedule_domain *ll_domain;
            	unsigned int core;
            	struct k_mutex *lock;
            	struct k_heap *heap;
            };
            struct core_words {
            	struct k_thread *ll_thread;
            	struct k_sem *sem;
            	void *handler;
            	void *arg;
            };
            struct domain_words {
            	struct k_timer *timer;
            	struct core_words cores[1];
            };

            static __unused struct ll_words *ll(void)
            {
            	return task.sch->data;
            }

            static __unused struct core_words *core_data(void)
            {
            	return ((struct domain_words *)timer_domain_get()->priv_data)->cores;
            }

            static int call_astray(void)
            {
            	astray = true;
            	return 0;
            }

            /* Each word of a table is a function that nobody should call. */
            static __unused void *table(void **object)
            {
            	for (int i = 0; i < OBJECT_WORDS; i++)
            		object[i] = call_astray;
            	return object;
            }

            static __unused enum task_state run_task(void *data)
            {
            	return SOF_TASK_STATE_RESCHEDULE;
            }

            static void init_task(void)
            {
            	schedule_task_init_ll(&task, &task_uid, SOF_SCHEDULE_LL_TIMER, 0, run_task, NULL, 0, 0);
            }

            /* The kernel wrote nowhere but where it should, and called nothing else. */
            static void check_objects(const char *property)
            {
            	zassert_false(astray, "%s: a function of user space was called", property);
            	for (int i = 0; i < OBJECT_WORDS; i++) {
            		zassert_true(!kernel[i] || kernel[i] == call_astray,
            			     "%s: an object of the kernel was written", property);
            		zassert_true(!other[i] || other[i] == call_astray,
            			     "%s: an object of another thread was written", property);
            		zassert_true(!freed[i] || freed[i] == call_astray,
            			     "%s: a freed object was written", property);
            	}
            }
            """);
  }
}
