/*
 * diff_grid.h - a preview on the screen: what was and what will be, side by side.
 *
 * Columns that are new, gone or changed come first, then those that the step looks at,
 * then all others; rows that go stay where they were. A sign before the value says what a
 * colour says as well: "+1", "−Direct"; where a cell changes, both values are there:
 * "~abc→ABC". Or the result alone.
 */
#ifndef WIDGET_DIFF_GRID_H
#define WIDGET_DIFF_GRID_H

#include "desk/preview.h"
#include "term/surface.h"

/* {0} stands at the start. */
struct diff_grid {
	size_t top, left; /* first row and column on view */
	bool is_result;
	int page;             /* rows on view, when it was drawn last */
	size_t n_shown;       /* columns on view */
	size_t rows, columns; /* that there are */
};

/* Rows that change are on view if there are any. */
void diff_grid_seek(struct diff_grid *grid, const struct preview *preview);
void diff_grid_scroll(struct diff_grid *grid, long rows, long columns);
/* The next row that is other than before; round to the first. */
void diff_grid_next(struct diff_grid *grid, const struct preview *preview);

/* reads: columns that the step looks at. */
void diff_grid_draw(struct diff_grid *grid, struct pane pane,
		    const struct preview *preview, const struct names *reads);

#endif
