/*
 * forecast.h - what a run still has before it, as far as that can be seen. Private to this
 * folder.
 *
 * The plan decides pass by pass, because columns may be known only when something has been
 * learned. So the passes to come are found by a plan of its own, in which each pass leaves
 * what it is meant to leave. Passes weigh what has to be read for them: the bytes of the
 * source that the rows come from. A look at first rows weighs nothing, and what comes
 * after it is not foreseen: it is made to find columns and types.
 */
#ifndef RUN_FORECAST_H
#define RUN_FORECAST_H

#include "run/plan.h"

struct forecast {
	uint64_t weight; /* of the pass at hand */
	uint64_t ahead;  /* of all that is to come */
	/* Nothing is to come but passes over sources, or over the table that is read now:
	 * their pace can be told from this one's. */
	bool is_even;
};

/* The plan as plan_next() has left it. It stays as it is. */
void forecast_make(const struct plan *plan, size_t root, bool head, struct forecast *out);

/* Of the rows of knot k. */
uint64_t forecast_weight(const struct plan *plan, size_t k);

#endif
