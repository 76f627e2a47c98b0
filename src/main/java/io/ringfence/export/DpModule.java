package io.ringfence.export;

import java.util.List;

/** A module whose DP thread does in user mode what the test tells it to, in C. */
final class DpModule {
  private DpModule() {}

  static List<String> includes() {
    return List.of(
        "ipc4/module.h",
        "platform/lib/mailbox.h",
        "rtos/alloc.h",
        "sof/audio/component.h",
        "sof/audio/module_adapter/module/generic.h",
        "sof/lib/vregion.h",
        "sof/schedule/dp_schedule.h",
        "sof/schedule/schedule.h");
  }

  /** What all modules of a test share. */
  static List<String> shared() {
    return CTestSource.lines(
        """
        /*
         * Where the hooks stand. In scheduler_dp_task_init(): AddPartitions, AddThread and
         * StartThread. In scheduler_dp_task_free(): AbortThread, before the task is stopped. In
         * scheduler_dp_domain_free(): FreeDomain.
         */

        #define REGION_BYTES (28 * 1024)

        /* A copy of more than half a page gets a page of its own. */
        #define CONSTANT_BYTES 3000

        static const struct sof_uuid_entry task_uid;

        enum what { TOUCH, GET_COPY, END };
        struct order {
        	enum what what;
        	const void *at;
        };

        struct module {
        	struct processing_module *mod;
        	const struct comp_driver *driver;
        	struct k_msgq *orders;
        	struct k_msgq *answers;
        	const void *region;
        	const void *copy;	/* NULL: it never had one */
        	bool holds_copy;
        	bool touched;		/* as it was last told to; false: the thread was killed */
        	struct k_mem_domain *domain;	/* the one that its task had last */
        };

        /*
         * The thread of a module, in user mode. It needs no memory but its stack: the orders come by
         * system calls, and anything else may be unmapped at any time.
         */
        static int serve(struct processing_module *mod, struct k_msgq *orders,
        		 struct k_msgq *answers, const void *constants)
        {
        	struct order order;

        	while (!k_msgq_get(orders, &order, K_FOREVER) && order.what != END) {
        		ztest_set_fault_valid(true);
        		if (order.what == GET_COPY)
        			order.at = mod_fast_get(mod, constants, CONSTANT_BYTES);
        		else
        			(void)*(const volatile uint8_t *)order.at;
        		k_msgq_put(answers, &order, K_NO_WAIT);
        	}
        	return 0;
        }

        /* Tells the thread of a module what to do. There is no answer if that killed it. */
        static bool tell(struct module *m, enum what what, const void *at, struct order *answer)
        {
        	const struct order order = { what, at };
        	bool answered;

        	k_msgq_put(m->orders, &order, K_NO_WAIT);
        	answered = !k_msgq_get(m->answers, answer, K_MSEC(100));
        	ztest_set_fault_valid(false);
        	return answered;
        }

        static __unused void touch(struct module *m, const void *at)
        {
        	struct order answer;

        	m->touched = tell(m, TOUCH, at, &answer);
        }

        static __unused void get_copy(struct module *m)
        {
        	struct order answer;

        	if (tell(m, GET_COPY, NULL, &answer) && answer.at) {
        		m->copy = answer.at;
        		m->holds_copy = true;
        	}
        }

        /* Lets its thread return to the scheduler, where it can be joined, and waits for that. */
        static __unused void end_service(struct module *m)
        {
        	const struct order order = { END, NULL };

        	k_msgq_put(m->orders, &order, K_NO_WAIT);
        	k_sleep(K_MSEC(10));
        }

        /*
         * The memory of a module, with all that its thread follows. The module is in no library,
         * so that this is for a build without CONFIG_LLEXT.
         */
        static void make_module(struct module *m)
        {
        	struct vregion *region = vregion_create(REGION_BYTES);
        	struct mod_alloc_ctx *ctx = vregion_alloc_coherent(region, sizeof(*ctx));
        	struct comp_dev *dev = vregion_alloc_coherent(region, sizeof(*dev));
        	uintptr_t start;
        	size_t size;

        	m->mod = vregion_alloc_coherent(region, sizeof(*m->mod));
        	zassert_true(ctx && dev && m->mod);
        	memset(ctx, 0, sizeof(*ctx));
        	memset(dev, 0, sizeof(*dev));
        	memset(m->mod, 0, sizeof(*m->mod));
        	vregion_mem_info(region, &size, &start);
        	m->region = (const void *)start;
        	ctx->heap = sof_sys_user_heap_get();
        	ctx->vreg = region;
        	m->mod->priv.resources.alloc = ctx;
        	mod_resource_init(m->mod);
        	m->mod->dev = dev;
        	dev->mod = m->mod;
        	k_object_access_all_grant(m->orders);
        	k_object_access_all_grant(m->answers);
        }

        static __unused enum task_state run_nothing(void *data)
        {
        	return SOF_TASK_STATE_RESCHEDULE;
        }

        static void init_task(struct module *m)
        {
        	const struct task_ops ops = { .run = run_nothing };

        	k_msgq_purge(m->orders);
        	k_msgq_purge(m->answers);
        	/* the last task had a copy of the driver, and took it along */
        	m->mod->dev->drv = m->driver;
        	zassert_ok(scheduler_dp_task_init(&m->mod->dev->task, &task_uid, &ops, m->mod, 0,
        					  CONFIG_SOF_STACK_SIZE, K_USER));
        	m->domain = m->mod->mdom;
        	/* The thread serves until it is told to end, so that this call stops waiting for it. */
        	scheduler_dp_thread_ipc(m->mod, SOF_IPC4_MOD_INIT_INSTANCE, NULL);
        }

        /* The end of module_adapter_free(), in its order. */
        static __unused void free_task(struct module *m)
        {
        	schedule_task_free(m->mod->dev->task);
        	m->mod->dev->task = NULL;
        	mod_free_all(m->mod);
        	m->holds_copy = false;
        }

        """);
  }

  /** A module. */
  static List<String> declarations(String module) {
    return CTestSource.lines(
        """
        static const uint8_t constants_$M[CONSTANT_BYTES] = { 1 };
        K_MSGQ_DEFINE(orders_$M, sizeof(struct order), 2, sizeof(void *));
        K_MSGQ_DEFINE(answers_$M, sizeof(struct order), 2, sizeof(void *));

        static int serve_$M(struct processing_module *mod)
        {
        	return serve(mod, &orders_$M, &answers_$M, constants_$M);
        }

        static const struct module_interface interface_$M = { .init = serve_$M };
        static const struct comp_driver driver_$M = { .adapter_ops = &interface_$M };
        static struct module module_$M = {
        	.driver = &driver_$M,
        	.orders = &orders_$M,
        	.answers = &answers_$M,
        };

        """
            .replace("$M", module));
  }
}
