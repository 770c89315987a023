/*
 * gather.h - the numbers behind a chart, gathered behind the screen's back.
 *
 * A flow is run up to a node; first its first rows give a chart that is provisional, then
 * all rows one that is exact, with steps in between while that takes long. Only the
 * columns that the chart needs are read.
 */
#ifndef DESK_GATHER_H
#define DESK_GATHER_H

#include "desk/collect.h"
#include "desk/wake.h"
#include "run/run.h"

enum { GATHER_FIRST = 5000 }; /* rows of the first chart */

struct gather_spec {
	const struct flow *flow;
	const char *node; /* its id */
	const struct run_options *options;
	struct chart_spec chart;
	const struct wake *wake;
};

/* On this thread, waiting for it; flow learns what it has to. */
CHECKED bool gather_now(struct flow *flow, const char *node,
			const struct run_options *options, const struct chart_spec *chart,
			struct chart_data *out, struct error *err);

struct gather;

/* All of the spec is copied. */
CHECKED bool gather_start(const struct gather_spec *spec, struct gather **out,
			  struct error *err);
void gather_stop(struct gather *gather); /* NULL is fine; does not wait */

/* The newest numbers, until the next call; NULL: none yet. */
const struct chart_data *gather_data(struct gather *gather);
/* More is to come. False with *failed set to the reason, or NULL. */
bool gather_is_busy(struct gather *gather, const struct error **failed);

#endif
