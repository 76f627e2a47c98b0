package io.ringfence.export;

import java.util.ArrayList;
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

  /** What {@link #joinLl} calls, if there is a user thread. */
  static List<String> llDeclarations(List<CFamily.CThread> threads) {
    if (threads.stream().noneMatch(CFamily.CThread::user)) {
      return List.of();
    }
    return CTestSource.lines(
        """
        /* A user thread joins the LL domain, which maps the variables of the test then, too. */
        static void join_ll_domain(k_tid_t thread)
        {
        	static bool mapped;

        	if (!mapped)
        		zassert_ok(k_mem_domain_add_partition(zephyr_ll_mem_domain(),
        						      &ztest_mem_partition));
        	mapped = true;
        	zassert_ok(k_mem_domain_add_thread(zephyr_ll_mem_domain(), thread));
        }

        """);
  }

  /** All user threads join the LL domain. */
  static List<String> joinLl(List<CFamily.CThread> threads) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < threads.size(); i++) {
      if (threads.get(i).user()) {
        lines.add("join_ll_domain(ringfence_tids[" + i + "]);");
      }
    }
    return lines;
  }

  /** Finds words of the memory that all user code of the firmware shares. */
  static List<String> sharedWords() {
    return CTestSource.lines(
        """
        extern struct k_mem_partition sysuser_partition;

        /* A word of the memory that user code shares is found by what it holds. */
        static __unused void replace_word(const void *old, void *value)
        {
        	void **words = (void **)sysuser_partition.start;

        	for (size_t i = 0; i < sysuser_partition.size / sizeof(*words); i++)
        		if (words[i] == old)
        			words[i] = value;
        }

        """);
  }
}
