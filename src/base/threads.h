/*
 * threads.h - one piece of work on several threads at once.
 */
#ifndef BASE_THREADS_H
#define BASE_THREADS_H

#include <stddef.h>

/* work(context, i) for every i below n, each on a thread of its own, the last one on
 * the caller's; those that cannot be started are worked on after it. Returns when all is
 * done. */
void threads_run(size_t n, void (*work)(void *context, size_t i), void *context);

#endif
