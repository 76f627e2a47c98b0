/* Hooks in what stands for the firmware. */
#ifndef RINGFENCE_RUN_HOOKS_H
#define RINGFENCE_RUN_HOOKS_H

void ringfence_at(const char *label);

#ifdef HOOKS
#define AT(label) ringfence_at(label)
#else
#define AT(label) (void)0
#endif

#endif
