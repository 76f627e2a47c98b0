package io.ringfence.export;

import java.util.List;

/** Memory domains of user threads, in C. */
final class UserDomains {
  private UserDomains() {}

  static List<String> declarations() {
    return CTestSource.lines(
        """
        static __unused void map(struct k_mem_domain *domain, uintptr_t start, size_t size)
        {
        	struct k_mem_partition part = { start, size, K_MEM_PARTITION_P_RW_U_RW };

        	zassert_ok(k_mem_domain_add_partition(domain, &part));
        }

        /* A domain maps the variables of the test, and what is added later. */
        static void make_domain(struct k_mem_domain *domain, k_tid_t thread)
        {
        	zassert_ok(k_mem_domain_init(domain, 0, NULL));
        	zassert_ok(k_mem_domain_add_partition(domain, &ztest_mem_partition));
        	zassert_ok(k_mem_domain_add_thread(domain, thread));
        }

        """);
  }
}
