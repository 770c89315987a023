/*
 * analysis.h - charts as nodes of a flow: Data Wrangler's analyses.
 *
 * An analysis shows the rows of the node that it reads, and changes nothing. Charts that
 * Data Wrangler has as well can be kept in the flow, and its own are shown.
 */
#ifndef DESK_ANALYSIS_H
#define DESK_ANALYSIS_H

#include "desk/chart_spec.h"
#include "flow/edit.h"

/* A node behind the one at a place. plan: what came of the spec. A chart that Data
 * Wrangler does not have is refused. */
CHECKED bool analysis_add(struct flow *flow, size_t behind, const char *name,
			  const struct chart_spec *spec, const struct chart_plan *plan,
			  struct error *err);

/* The chart of a node; false: it is none that is known here. Names in the arena. */
bool analysis_read(const struct node *node, struct chart_spec *spec, struct arena *arena);

#endif
