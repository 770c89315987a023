/*
 * census.h - the work behind states.h: every step of one flow is judged, then counted.
 *
 * A census is a copy of the flow and what was found about its nodes. It is worked on in
 * two goes, each a job of its own: verdicts and columns first, then rows.
 */
#ifndef DESK_CENSUS_H
#define DESK_CENSUS_H

#include <stdatomic.h>

#include "desk/states.h"

struct census {
	struct arena arena;
	struct flow flow; /* a copy */
	struct run_options options;
	int delay;                /* milliseconds to wait before the first go */
	bool is_large;            /* count on the first rows of the sources */
	bool is_checked;          /* the first go is done */
	bool is_counted;          /* and the second */
	struct step_standing *at; /* by place */
};

/* flow and options are copied; NULL: failed. */
CHECKED struct census *census_new(const struct flow *flow,
				  const struct run_options *options, bool is_trusted,
				  struct error *err);
/* The next go; for job.h. */
void census_work(void *census, const atomic_bool *cancel);
void census_release(void *census);

/* By place: a hash of all that a node's table depends on in the document. */
CHECKED bool census_prints(const struct flow *flow, uint64_t *prints, struct error *err);

#endif
