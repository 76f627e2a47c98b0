/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_ZTEST_H
#define RINGFENCE_API_ZTEST_H

#include <stdbool.h>

#define ZTEST_BMEM
#define ZTEST_SUITE(suite, predicate, setup, before, after, teardown)                              \
	struct ztest_suite_##suite {                                                               \
		int dummy;                                                                         \
	}
#define ZTEST(suite, fn) void suite##_##fn(struct ztest_suite_##suite *unused)

void ztest_expect(bool condition, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void ztest_print(const char *format, ...) __attribute__((format(printf, 1, 2)));
void ztest_test_skip(void);
void ztest_test_fail(void);

extern struct k_mem_partition ztest_mem_partition;

#define TC_PRINT(...) ztest_print(__VA_ARGS__)
#define ZTEST_SAYS(condition, ...) ztest_expect(condition, " " __VA_ARGS__)
#define zassert_true(condition, ...) ZTEST_SAYS(condition, __VA_ARGS__)
#define zassert_false(condition, ...) ZTEST_SAYS(!(condition), __VA_ARGS__)
#define zassert_unreachable(...) ZTEST_SAYS(false, __VA_ARGS__)
#define zassert_ok(call, ...) ZTEST_SAYS((call) == 0, __VA_ARGS__)
#define zassert_equal(a, b, ...) ZTEST_SAYS((a) == (b), __VA_ARGS__)
#define zassert_not_equal(a, b, ...) ZTEST_SAYS((a) != (b), __VA_ARGS__)
#define zassert_is_null(p, ...) ZTEST_SAYS((p) == NULL, __VA_ARGS__)
#define zassert_not_null(p, ...) ZTEST_SAYS((p) != NULL, __VA_ARGS__)

#endif
