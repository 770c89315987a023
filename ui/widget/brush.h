/*
 * brush.h - a part of a column that is marked on its bars, to make a filter of.
 *
 * A brush spans whole bars, from `from` to `to`, and keeps those that it was made on: bars
 * that are drawn elsewhere, or by a newer profile, may be fewer or more. So what it covers
 * of them is decided by the values they stand for. Only bars that stand for intervals or
 * numbers can be brushed.
 */
#ifndef WIDGET_BRUSH_H
#define WIDGET_BRUSH_H

#include "widget/bars.h"

struct brush {
	char column[256]; /* "": nothing is brushed */
	struct bars bars;
	int from, to;
	int anchor;   /* bar that a drag began at */
	bool is_high; /* the end that brush_move() moves */
};

/* All of the column's bars. False: they have no order, and nothing is brushed. */
bool brush_begin(struct brush *brush, const char *column, const struct bars *bars);
void brush_clear(struct brush *brush);
bool brush_is_of(const struct brush *brush, const char *column);
/* From the anchor to here; bars outside are the nearest that there are. */
void brush_reach(struct brush *brush, int bar);
/* The end that moves goes on, as far as the other one and the last bar allow. */
void brush_move(struct brush *brush, int by);
/* Newer figures of the same bars; others leave it as it is. */
void brush_renew(struct brush *brush, const struct summary_result *found);

/* Rows in it, of those that bars were made of. */
uint64_t brush_rows(const struct brush *brush);
/* Its ends, of a column of this type: "0–93"; "3" of a single value. */
enum { BRUSH_RANGE = 160 };
void brush_print(const struct brush *brush, enum type type, char out[BRUSH_RANGE]);
/* The bars in `pane`, `each` cells a bar: what is outside of the brush fades. Returns the
 * first one inside, or -1. */
int brush_draw(struct pane pane, const struct brush *brush, const struct bars *shown,
	       int each);

#endif
