/*
 * flow_screen.h - the flow on the screen, for those who draw it and those who act on it.
 *
 * Below 100 columns it is a rail with an inspector beside it. What is selected is the
 * current node of the work; what is laid out is made anew whenever the document is
 * another one, and only then.
 */
#ifndef SCREEN_FLOW_SCREEN_H
#define SCREEN_FLOW_SCREEN_H

#include "screen/app.h"
#include "widget/rail.h"
#include "work/states.h"

struct flow_screen {
	struct states *states;
	const struct json *document; /* that is laid out */
	struct arena arena;          /* of the layout */
	struct rail rail;
	size_t *numbers; /* of steps by place, from 1; 0: an analysis has none */
	size_t n_steps;
	size_t first;  /* row of the rail on top */
	int skipped;   /* lines of the inspector scrolled over */
	int rail_rows; /* as it was drawn */
	struct pane rail_pane, inspector_pane;
	char inspected[80];    /* id of the node that the inspector showed */
	struct names unfolded; /* ids of steps whose groups are shown whole */
	struct arena unfolded_arena;
	char sought[80];    /* by the last search */
	struct flow copied; /* with the node that was copied; n 0: none */
	char copied_node[80];
};

struct flow_screen *flow_screen_of(struct app *app);

/* Lay out what the work holds, if that is not done yet. */
void flow_screen_layout(struct flow_screen *screen, struct app *app);
/* The groups of a step are shown whole, or not any more. */
void flow_screen_fold(struct flow_screen *screen, const char *id);

#endif
