/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_ZTEST_ERROR_HOOK_H
#define RINGFENCE_API_ZTEST_ERROR_HOOK_H

#include <stdbool.h>

struct arch_esf;

void ztest_set_fault_valid(bool valid);
void ztest_post_fatal_error_hook(unsigned int reason, const struct arch_esf *esf);

#endif
