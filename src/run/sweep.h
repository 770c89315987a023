/*
 * sweep.h - one pass over the data of a root, on several threads.
 *
 * A thread takes a chunk, pushes its batches down the tree of active knots, and hands
 * in what came out; results are put together in the order of chunks, so the outcome is
 * the same for any number of threads. When several chunks fail, the first one's error
 * is reported.
 */
#ifndef RUN_SWEEP_H
#define RUN_SWEEP_H

#include "run/deliver.h"
#include "run/plan.h"

/* Fill the sinks that plan_next() marked. deliveries: by knot. head: one thread, and no
 * further than the learners look. */
CHECKED bool sweep_run(struct plan *plan, size_t root, bool head,
		       struct deliver **deliveries, struct error *err);

#endif
