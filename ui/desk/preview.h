/*
 * preview.h - what a step would do, on the first rows, before it is done.
 *
 * The rows before the step and those after it, side by side: which columns are new, gone
 * or changed, which rows are gone, which cells are others. The step runs on the first
 * rows of what it reads and learns from those alone, so a preview takes no longer for a
 * large table; what it says is exact for these rows, and for all of them if there are no
 * more. Works behind the screen's back; a newer preview takes the place of an older one,
 * which is cancelled.
 */
#ifndef DESK_PREVIEW_H
#define DESK_PREVIEW_H

#include "desk/wake.h"
#include "desk/work.h"
#include "op/op.h"
#include "run/run.h"

enum {
	PREVIEW_ROWS = 5000,
	PREVIEW_SECOND = 65536, /* of the other table that a step reads */
	PREVIEW_MOST = 20000,   /* rows out: a join may make many */
};

enum change { CHANGE_NONE, CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };

struct preview_column {
	const char *name;
	const char *was; /* its name before, if that is another; NULL */
	enum type type;
	enum change change; /* its cells, its type or its name */
	bool is_moved;      /* to another place among those that stay */
	int before, after;  /* place in that table, or -1 */
	int of;             /* added: made of this one of before alone, or -1 */
	size_t changed;     /* cells that differ */
	size_t missing_before, missing_after;
};

struct preview_row {
	enum change change;     /* none, added, removed, or some cell of it changed */
	uint32_t before, after; /* row in that table; PREVIEW_NO_ROW: not there */
};

#define PREVIEW_NO_ROW UINT32_MAX

/* Nothing in it changes any more. What is read is there even if the step failed: then
 * that is also what is after it, unchanged. */
struct preview {
	struct arena arena;
	bool has_failed;
	struct error err;
	bool has_before; /* the step reads a table, and it could be read */
	struct schema before_schema, after_schema;
	struct schema second_schema;  /* of the other table; without columns: none */
	struct batch *before, *after; /* NULL: nothing could be read */
	bool is_whole;                /* these are all rows */
	size_t n_columns; /* of both tables: those that stay in the order of the new one,
			   * removed ones where they were */
	struct preview_column *columns;
	size_t n_rows;
	struct preview_row *rows;
	bool is_new_table; /* no row of it is one that was there before */
	bool is_reordered; /* rows that stay stand in another order */
	size_t changed_cells, removed_rows, added_rows, added_columns, removed_columns;
	size_t before_bytes, after_bytes;
	double milliseconds;
	/* What the step learned, a sentence for each column of learned_of; kept: it came
	 * with the flow, not from these rows. */
	struct names learned, learned_of;
	bool learned_is_kept;
	struct names warnings;
};

/* Is the cell of this row another one than before? Of a row or column that was not there
 * before, or is not any more: no. */
bool preview_differs(const struct preview *preview, const struct preview_column *column,
		     const struct preview_row *row);

struct previewer;

CHECKED bool previewer_new(const struct wake *wake, struct previewer **out,
			   struct error *err);
void previewer_free(struct previewer *previewer); /* NULL is fine; does not wait */

/* The step at a place of a flow, with what it reads as it was before: asked for. flow is
 * copied. What was counted for another one is forgotten. */
CHECKED bool preview_ask(struct previewer *previewer, const struct flow *flow,
			 const char *node, const struct run_options *options,
			 struct error *err);
void preview_cancel(struct previewer *previewer);

/* The newest that is there; NULL: none yet. Until the next call. */
const struct preview *preview_get(struct previewer *previewer);
bool preview_is_busy(const struct previewer *previewer);

/* Rows before and after the step, counted over all data. */
struct preview_count {
	bool has_failed;
	struct error err;
	uint64_t before, after;
	double seconds;
};

CHECKED bool preview_count_all(struct previewer *previewer, const struct flow *flow,
			       const char *node, const struct run_options *options,
			       struct error *err);
/* NULL: not asked for, or not there yet. Until the next call. */
const struct preview_count *preview_counted(struct previewer *previewer);
bool preview_is_counting(const struct previewer *previewer);

#endif
