/*
 * meter.h - what a run tells of its nodes while it goes. Private to this folder.
 *
 * Threads keep their own counts and add what is new to the meters (run.h) every few
 * batches; nothing is done where nobody looks on.
 */
#ifndef RUN_METER_H
#define RUN_METER_H

#include "run/plan.h"

/* Of one thread and knot. */
struct tally_of {
	uint64_t came;        /* rows that reached it, not told yet */
	uint64_t rows, spent; /* of the thread's counts, told already */
};

/* A pass begins, or has ended: what is served then is done. */
void meter_start(const struct plan *plan, bool head);
void meter_end(const struct plan *plan);
void meter_set(const struct plan *plan, size_t k, enum run_state state);

/* The meter that knot k's rows in and rows out are told to; NULL: not this knot. */
struct run_meter *meter_in(const struct plan *plan, size_t k);
struct run_meter *meter_out(const struct plan *plan, size_t k);
struct run_meter *meter_of(const struct plan *plan, size_t k);

/* So many more of a source, whose file has them. */
void meter_bytes(const struct plan *plan, size_t k, size_t more);

/* Nobody else tells the rows of a table that is made at once. */
void meter_whole(const struct plan *plan, size_t k, uint64_t nanoseconds);

#endif
