/*
 * inspector.h - all that is known about one step, in a box: settings, sizes, what it
 * changes, what is wrong with it, what somebody noted.
 */
#ifndef WIDGET_INSPECTOR_H
#define WIDGET_INSPECTOR_H

#include "desk/preview.h"
#include "desk/states.h"
#include "flow/flow.h"
#include "term/surface.h"

struct inspector {
	const struct flow *flow;
	size_t place;         /* of the step; FLOW_NONE: a box without one */
	size_t number, count; /* "step 5/9"; 0: it has none */
	const struct step_standing *standings; /* by place; NULL: unknown */
	const struct preview *preview;         /* of the step; NULL: none yet */
	const char *note;                      /* "" */
	int skipped;                           /* lines scrolled over */
	bool is_used;                          /* the user is there */
};

/* What is longer than the box scrolls; returns the lines there are. */
int inspector_draw(struct pane pane, const struct inspector *inspector,
		   struct arena *arena);

#endif
