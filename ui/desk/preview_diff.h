/*
 * preview_diff.h - two tables, column by column and row by row; private to previews.
 *
 * The tables and their schemas stand in the preview; what differs is filled in. No run,
 * no thread.
 */
#ifndef DESK_PREVIEW_DIFF_H
#define DESK_PREVIEW_DIFF_H

#include "desk/preview.h"

/* What is known of the step. */
struct diff_hints {
	const int *from; /* by column after: the one before that it is, untouched, or -1;
			  * NULL: not known, and columns of one name and type count */
	const int *of;   /* the one before that it is made of, or -1; with from */
	bool by_place;   /* a row after is made of the row in its place */
	bool repeats;    /* a row before may come out several times */
};

CHECKED bool preview_diff(struct preview *preview, const struct diff_hints *hints,
			  struct error *err);

/* The parts of it. same: by column after, the column before whose cells it has; -1. */
void diff_columns(struct preview *preview, const struct diff_hints *hints, int *same);
CHECKED bool diff_rows(struct preview *preview, const struct diff_hints *hints,
		       const int *same, struct error *err);

#endif
