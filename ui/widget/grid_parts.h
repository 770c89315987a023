/*
 * grid_parts.h - what the files of the grid know of each other.
 */
#ifndef WIDGET_GRID_PARTS_H
#define WIDGET_GRID_PARTS_H

#include "widget/grid.h"

enum {
	GRID_NAME_LINES = 2,
	GRID_TALL = 44,      /* rows of a pane in which names may have a line more */
	GRID_LEAST = 5,      /* columns of the narrowest column, */
	GRID_LEAST_TEXT = 6, /* and of one of texts: "12 val" */
	GRID_CUT = 8,        /* that a column must have left to be shown in part */
	GRID_NATURAL = 60,   /* the widest that the data of a column may ask for, */
	GRID_SHARE = 40,     /* and get as long as others wait for room */
	GRID_WORDS = 12,     /* the widest that texts make a column later */
	GRID_RARE = 50,      /* one text in so many may be cut */
	GRID_FIXED = 200,    /* that a user may */
	GRID_SAMPLE = 500,   /* rows that decide on a width, if so many are at hand */
};

/* Lines over the rows; rows of bars among them. */
int grid_head_lines(const struct grid *grid, int rows);
int grid_bar_lines(const struct grid *grid, int rows);
int grid_name_lines(const struct grid *grid, int rows);

/* Columns of the screen left of the first column, without the rule behind. */
int grid_gutter(const struct grid *grid);
/* Fill the slots, with the cursor on view. */
void grid_place(struct grid *grid, const struct grid_view *view,
		const struct batch *batch, size_t at, size_t n);

/* The cursor stands on a column that is shown. */
void grid_leave_hidden(struct grid *grid);

void grid_draw_head(struct pane pane, const struct grid *grid,
		    const struct grid_view *view);

#endif
