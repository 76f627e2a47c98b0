package io.ringfence.export;

import java.util.List;

/** What the end of a test asks about memory domains of modules, in C. */
final class DpDomainChecks {
  private DpDomainChecks() {}

  /** The functions, of the modules in {@code modules}. */
  static List<String> declarations() {
    return CTestSource.lines(
        """
        static __unused void check_member(const struct module *m, const char *property)
        {
        	const struct task *task = m->mod->dev->task;
        	/* what the scheduler keeps of a DP task begins with its thread */
        	const struct k_thread *thread = task ? *(const k_tid_t *)task->priv_data : NULL;

        	zassert_true(!thread || thread->mem_domain_info.mem_domain == m->mod->mdom,
        		     "%s: a thread runs outside of the domain of its module", property);
        }

        static __unused bool is_taken(const struct k_mem_domain *domain)
        {
        	for (size_t i = 0; i < ARRAY_SIZE(modules); i++)
        		if (modules[i]->mod->mdom == domain)
        			return true;
        	return false;
        }

        static __unused void check_empty(const struct module *m, const char *property)
        {
        	zassert_true(!m->domain || is_taken(m->domain) ||
        		     sys_dlist_is_empty(&m->domain->thread_mem_domain_list),
        		     "%s: a domain was deleted with a thread in it", property);
        }

        static __unused bool is_same(uintptr_t start, const void *at)
        {
        	return sys_cache_cached_ptr_get((void *)start) == sys_cache_cached_ptr_get((void *)at);
        }

        static __unused void check_partitions(const struct module *m, const char *property)
        {
        	const struct k_mem_domain *mdom = m->mod->mdom;

        	for (size_t i = 0; mdom && i < ARRAY_SIZE(mdom->partitions); i++) {
        		uintptr_t start = mdom->partitions[i].start;

        		zassert_true(!mdom->partitions[i].size || is_same(start, m->region) ||
        			     is_same(start, (const void *)MAILBOX_HOSTBOX_BASE) ||
        			     (m->holds_copy && is_same(start, m->copy)),
        			     "%s: partition %zu was not added for the module", property, i);
        	}
        }

        static __unused void check_tables(const struct module *m, const char *property)
        {
        	zassert_true(!m->domain || !m->domain->arch.ptables,
        		     "%s: the page tables of a domain are left", property);
        }

        static __unused void check_touch(const struct module *m, const char *property)
        {
        	zassert_false(m->touched, "%s: a thread touched what is not its module's", property);
        }

        """);
  }

  /** The function that asks whether a property holds for a module. */
  static String check(String property) {
    return switch (property) {
      case "RunsInDomainInv" -> "check_member";
      case "DeletedEmptyInv" -> "check_empty";
      case "NewDomainInv" -> "check_partitions";
      case "UserNeverTouchesKernelInv" -> "check_touch";
      case "NoLeakAfterTeardownInv" -> "check_tables";
      default -> throw new ExportException(property + " is not asked of a test in C");
    };
  }
}
