/*
 * rail.h - a flow as rows, one a step, with a lane for every branch that is open.
 *
 *	⌂   bookings.csv
 *	●   Impute
 *	├─▣ Insight
 *	│ ⌂ countries.csv
 *	├─╯
 *	●   Join country
 *
 * Rows stand in the order of a walk (walk.h); analyses right behind what they show, the
 * fourth and those after it as one row unless they are opened. A lane beyond RAIL_LANES
 * is not drawn.
 */
#ifndef WIDGET_RAIL_H
#define WIDGET_RAIL_H

#include "desk/states.h"
#include "flow/flow.h"
#include "term/surface.h"

enum { RAIL_LANES = 16, RAIL_ANALYSES = 3 };

enum rail_kind { RAIL_STEP, RAIL_MERGE, RAIL_FOLD };

struct rail_row {
	enum rail_kind kind;
	size_t node;   /* of a fold: the first that is folded; of a merge: what follows */
	size_t folded; /* how many */
	int lane;
	uint8_t strokes[2 * RAIL_LANES]; /* lanes at even columns */
	const char *name;
};

struct rail {
	const struct flow *flow;
	size_t n;
	struct rail_row *rows;
	size_t *row_of; /* by place of node */
	int lanes;      /* the most that are open at once, up to RAIL_LANES */
};

/* open: by place, a step whose analyses are all shown; NULL: none. In the arena; the flow
 * must outlive it. */
void rail_make(const struct flow *flow, const bool *open, struct rail *rail,
	       struct arena *arena);

/* The row that `by` rows up or down of the node's has a step, or the node if none. */
size_t rail_next(const struct rail *rail, size_t node, int by);

/* Rows from `first` on below a header row. selected: place of a node, FLOW_NONE: none;
 * standings: by place, NULL: unknown. */
void rail_draw(struct pane pane, const struct rail *rail, size_t first, size_t selected,
	       const struct step_standing *standings);

/* The node at a row of what rail_draw() drew; FLOW_NONE: there is none. */
size_t rail_at(const struct rail *rail, size_t first, int row);

#endif
