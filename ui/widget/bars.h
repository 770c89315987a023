/*
 * bars.h - how values are spread, in a few cells.
 *
 * Eighth blocks: a row of bars tells eight heights, two rows sixteen. A bar that would
 * round to nothing is drawn as a sliver, so that what is rare is not taken for what is
 * not there.
 */
#ifndef WIDGET_BARS_H
#define WIDGET_BARS_H

#include "data/summary.h"
#include "term/surface.h"

enum { BARS_MOST = 64 };

struct bars {
	int n;
	double at[BARS_MOST]; /* how much: only what they are to each other counts */
	/* Of intervals: bar i is from edge[i] up to edge[i + 1], the last one with it. Of
	 * single values (is_single) edge[i] is that of bar i. */
	bool has_edges, is_single;
	double edge[BARS_MOST + 1];
	uint64_t off; /* rows that are beyond, when a few values far away are left out */
};

/* Bars of a column, at most so many: intervals of numbers and moments in order, or the
 * most frequent values of others. n 0: it is not known. */
void bars_of(const struct summary_result *found, int most, struct bars *out);

/* Where bar i ends. */
static inline double
bars_end(const struct bars *bars, int i)
{
	return bars->edge[bars->is_single ? i : i + 1];
}

/* Upright, a column each `wide` cells wide with `gap` cells behind, from the bottom of
 * the pane up. */
void bars_draw(struct pane pane, const struct bars *bars, int wide, int gap,
	       struct paint paint);

/* One that lies: in a row, up to `width` cells for a share of 1; a sliver at least if
 * there is any. */
void bar_draw(struct pane pane, int row, int column, int width, double share,
	      struct paint paint);

#endif
