/*
 * chart_screen.h - what the files of the chart screen know of each other.
 *
 * What the chart shall show is a spec (desk/chart_spec.h) with names of its own; whoever
 * changes it calls chart_changed(), and the numbers are gathered anew behind the screen's
 * back. The old ones stay until there are new ones.
 */
#ifndef SCREEN_CHART_SCREEN_H
#define SCREEN_CHART_SCREEN_H

#include "desk/analysis.h"
#include "desk/gather.h"
#include "screen/app.h"
#include "widget/chart.h"

enum { CHART_NAME = 256 };

struct chart_screen {
	struct chart_spec spec; /* whose names these are */
	char x[CHART_NAME], y[CHART_NAME], colour[CHART_NAME], facet[CHART_NAME];
	bool is_stale;     /* the spec is another one than was asked for */
	unsigned version;  /* of the document that was asked for */
	char node[80];     /* and its node */
	char analysis[80]; /* the node that was current when it was last looked at */
	struct gather *gather, *coming;
	const struct chart_data *data; /* of gather; NULL: none yet. chart_look() */
	const struct error *failed;    /* of the newest one */
	bool has_brush, moves_high;    /* which end the arrows move */
	double low, high;
	struct pane area;           /* where the chart was drawn, */
	bool is_dragged;            /* and the mouse goes over it */
	double from_low, from_high; /* what it was over when it was pressed */
};

struct chart_screen *chart_of(struct app *app);

/* See to it that what is on view is gathered, and take what has come. */
void chart_look(struct app *app, struct chart_screen *chart);
/* The place of the node whose rows are shown; FLOW_NONE: there is none. */
size_t chart_place(const struct work *work);
/* Another spec: names are copied. */
void chart_set(struct chart_screen *chart, const struct chart_spec *spec);
void chart_changed(struct chart_screen *chart);

/* A box to choose from: a column for one of the four, or a mark. */
enum chart_slot { SLOT_X, SLOT_Y, SLOT_COLOUR, SLOT_FACET, SLOT_MARK };
void chart_pick_open(struct app *app, enum chart_slot slot);
char *chart_name(struct chart_screen *chart, enum chart_slot slot); /* not of a mark */

#endif
