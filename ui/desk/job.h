/*
 * job.h - work behind the screen's back: one thread that makes one thing.
 *
 * A job gets a struct of its caller's, works on it until it is done or sees that it was
 * cancelled, and wakes the screen. Until then the struct is the job's alone.
 */
#ifndef DESK_JOB_H
#define DESK_JOB_H

#include <stdatomic.h>

#include "base/error.h"
#include "desk/wake.h"

struct job;

/* work: is called on another thread; cancel is set when nobody wants the outcome.
 * release: frees the struct when the job was dropped before it was done; on that thread.
 * A struct whose job was never dropped is its caller's again after job_is_done(). */
struct job_spec {
	void (*work)(void *context, const atomic_bool *cancel);
	void (*release)(void *context);
	void *context;
	const struct wake *wake; /* NULL: nobody */
	bool is_idle; /* it only looks: the end of the program does not wait for it once it
		       * was dropped */
};

CHECKED bool job_start(const struct job_spec *spec, struct job **out, struct error *err);
bool job_is_done(struct job *job);
/* So many milliseconds at most, -1: as long as it takes. Not for the screen's thread while
 * a user looks on. True: it is done. */
bool job_wait(struct job *job, int milliseconds);
/* In the work of a job: wait so many milliseconds; false: nobody wants it any more. */
bool job_pause(int milliseconds, const atomic_bool *cancel);
/* Let go of it, done or not: it is cancelled, and its struct released as soon as it ends;
 * does not wait. Done: the struct is released at once. NULL is fine. */
void job_drop(struct job *job);
/* Let go of one that is done and take its struct back. */
void *job_take(struct job *job);
/* Wait until all dropped jobs have ended, but for idle ones, which a disk that does not
 * answer may hold for ever: before the program does. */
void job_settle(void);

#endif
