/*
 * preview.h - what a step would do, on the first rows, before it is done.
 *
 * The rows before the step and those after it, side by side: which columns are new, gone
 * or changed, which rows are gone, which cells are others. Works behind the screen's
 * back; a newer preview takes the place of an older one, which is cancelled.
 */
#ifndef WORK_PREVIEW_H
#define WORK_PREVIEW_H

#include "op/op.h"
#include "run/run.h"
#include "work/wake.h"
#include "work/work.h"

enum { PREVIEW_ROWS = 5000 };

enum change { CHANGE_NONE, CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };

struct preview_column {
	const char *name;
	enum type type;
	enum change change;
	int before, after; /* place in that table, or -1 */
	size_t changed;    /* cells that differ */
	size_t missing_before, missing_after;
};

struct preview_row {
	enum change change;     /* none, added, removed, or some cell of it changed */
	uint32_t before, after; /* row in that table; UINT32_MAX: not there */
};

/* Nothing in it changes any more. */
struct preview {
	struct arena arena;
	bool has_failed;
	struct error err;
	struct schema before_schema, after_schema;
	struct batch *before, *after;
	bool is_whole;    /* these are all rows */
	size_t n_columns; /* of both tables: those that stay in the order of the new one,
			   * removed ones where they were */
	struct preview_column *columns;
	size_t n_rows;
	struct preview_row *rows;
	size_t changed_cells, removed_rows, added_rows, added_columns, removed_columns;
	size_t before_bytes, after_bytes;
	double milliseconds;
	struct names warnings;
};

struct previewer;

CHECKED bool previewer_new(const struct wake *wake, struct previewer **out,
			   struct error *err);
void previewer_free(struct previewer *previewer);

/* The step at a place of a flow, with what it reads as it was before: asked for. flow is
 * copied. */
CHECKED bool preview_ask(struct previewer *previewer, const struct flow *flow,
			 const char *node, const struct run_options *options,
			 struct error *err);
void preview_cancel(struct previewer *previewer);

/* The newest that is there; NULL: none yet. Until the next call. */
const struct preview *preview_get(struct previewer *previewer);
bool preview_is_busy(const struct previewer *previewer);

#endif
