/*
 * intake.h - rows of a node on their way into a collector.
 */
#ifndef DESK_INTAKE_H
#define DESK_INTAKE_H

#include "desk/collect.h"
#include "run/run.h"

struct intake {
	struct chart_spec chart;
	struct collect *collect; /* the caller frees it, whatever happened */
	/* what there is so far is shown: after a tenth of a second, then each time after
	 * twice as long; NULL: nobody looks on */
	void (*show)(void *context, const struct collect *collect);
	void *context;
	double next, pause; /* its own */
};

/* All rows. */
CHECKED bool intake_all(struct intake *intake, struct flow *flow, const char *node,
			const struct run_options *options, struct error *err);
/* The first ones, which a cache may have. */
CHECKED bool intake_head(struct intake *intake, struct flow *flow, const char *node,
			 const struct run_options *options, bool *is_whole,
			 struct error *err);

#endif
