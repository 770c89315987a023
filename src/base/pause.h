/*
 * pause.h - work that is held back for a while, whatever the number of its threads.
 *
 * Who works asks work_is_over() again and again, where it holds no lock: as long as it
 * runs that is a look at two flags. While the work is held, whoever asks waits inside.
 * Time held is no time of work: pause_clock() stands still.
 */
#ifndef BASE_PAUSE_H
#define BASE_PAUSE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

struct pause {
	atomic_bool is_held;
	atomic_uint_least64_t held; /* nanoseconds; not this time */
	pthread_mutex_t lock;       /* of what follows */
	pthread_cond_t moved;
	uint64_t since; /* when it was held this time */
	unsigned waiting;
};

void pause_init(struct pause *pause);
void pause_release(struct pause *pause); /* nobody waits any more */

/* Hold the work, or let it go on: by whoever looks on. Let go of it after it was
 * cancelled, so that it sees that. */
void pause_hold(struct pause *pause, bool held);
/* Nanoseconds of the clock without those that it was held; stands still meanwhile. */
uint64_t pause_clock(struct pause *pause);
/* Threads that wait now. */
unsigned pause_waiting(struct pause *pause);

/* Wait as long as it is held. */
void pause_wait(struct pause *pause);

/* The same for who works, which costs no more than the clock. It goes back when the work
 * goes on: by as long as this thread did not notice that it was held. */
static inline uint64_t
work_clock(struct pause *pause)
{
	return clock_nanoseconds() -
	       (pause ? atomic_load_explicit(&pause->held, memory_order_relaxed) : 0);
}

/* Is it cancelled? Waits first, if it is held. Either may be NULL. */
static inline bool
work_is_over(const atomic_bool *cancel, struct pause *pause)
{
	if (pause && atomic_load_explicit(&pause->is_held, memory_order_relaxed))
		pause_wait(pause);
	return cancel && atomic_load_explicit(cancel, memory_order_relaxed);
}

#endif
