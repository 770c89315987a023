/*
 * grid.h - a table on the screen: columns with their profile over them, and rows.
 *
 * The grid keeps what a user did to the look of a table (where the cursor is, widths,
 * what is frozen, hidden, marked); what the table is comes with each drawing as a
 * grid_view. It knows neither files nor sheets: rows are fetched by a function as they
 * are needed, and what is not at hand yet is drawn as a dot. Work goes with what is on
 * view, however many columns and rows there are.
 *
 * Widths follow the data: a column gets its width when its rows are first on view, and
 * grows when a number that passes by needs more, but does not change when the profile
 * does. Columns are known by name, so all of this stays as well as it can when a step
 * changes the table.
 */
#ifndef WIDGET_GRID_H
#define WIDGET_GRID_H

#include "base/arena.h"
#include "data/batch.h"
#include "run/profile.h"
#include "term/surface.h"
#include "widget/brush.h"

enum { GRID_SLOTS = 256, GRID_BARS_MOST = 2 };

struct grid_column {
	const char *name;
	short natural; /* columns of the screen that its data ask for; 0: not known */
	short fixed;   /* that the user gave it; 0: none */
	short prefix;  /* bytes of the name that stand over it and its neighbours */
	bool is_hidden;
	unsigned mark; /* 0: none; else larger: marked later */
	bool is_group; /* begins such a group */
};

/* Where a column stands, as it was drawn. */
struct grid_slot {
	size_t column;
	int x, width;
	bool is_cut; /* wider than what is left of the screen */
};

struct grid {
	struct arena arena; /* of names and columns */
	size_t n;
	struct grid_column *columns;
	size_t n_hidden, n_marked;
	unsigned last_mark; /* that was given out */
	size_t frozen;      /* columns before this one stay on view, */
	size_t pinned;      /* and do: 0 if they would leave no room */
	size_t column, left;
	uint64_t row, top, rows;
	uint64_t expected; /* rows that there may be in the end */
	bool is_scrolled;  /* sideways: the cursor comes along */
	bool is_bare;      /* names alone over the columns */
	int bars;          /* how high they are: 0 none, 1, 2 */
	bool has_groups;   /* a line for what neighbours have in common */
	int words;         /* that the longest name has */
	int page;          /* rows on view */
	int head;          /* lines over the rows */
	struct pane pane;  /* where it was drawn last */
	size_t n_slots;
	struct grid_slot slots[GRID_SLOTS];
	struct buffer *scratch; /* for cells without bound */
};

/* The table at hand. */
struct grid_view {
	const struct schema *schema;
	const struct profile *profile; /* NULL: none yet */
	uint64_t rows;                 /* that there are, as far as is known */
	uint64_t estimate;             /* of all, if there may be more */
	/* As sheet_rows(): rows [first, first + *n), or NULL. */
	const struct batch *(*fetch)(void *source, uint64_t first, size_t *n, size_t *at);
	void *source;
	const char *sorted; /* by this column; NULL: as they come */
	bool descending;
	const struct brush *brush; /* of the column under the cursor; NULL: none */
	bool is_used;              /* keys go to it: the cursor is shown */
};

CHECKED bool grid_init(struct grid *grid, struct error *err);
void grid_release(struct grid *grid);

/* The table may be another one than the last time. Drawing does this first; who moves
 * about without drawing does it as well. */
void grid_adopt(struct grid *grid, const struct grid_view *view);
void grid_draw(struct pane pane, struct grid *grid, const struct grid_view *view);
/* The profile of a column by name; place: where it is if the profile is up to date. */
const struct summary_result *grid_found(const struct grid_view *view, size_t place);

/* Moves. Rows and columns outside are the nearest that there are. */
void grid_move(struct grid *grid, int64_t rows, int columns);
void grid_to_row(struct grid *grid, uint64_t row);
void grid_to_column(struct grid *grid, size_t column); /* shown if it was hidden */
void grid_to_edge(struct grid *grid, bool last);       /* first or last column */
void grid_scroll(struct grid *grid, int rows, int columns);

/* Looks of the column under the cursor. */
void grid_freeze(struct grid *grid); /* up to it; again: none */
void grid_hide(struct grid *grid);   /* and those that are marked */
void grid_show_all(struct grid *grid);
void grid_widen(struct grid *grid, size_t column, int by);
/* As wide as what is on view needs, however much; again: as it was. */
void grid_fit(struct grid *grid, const struct grid_view *view);
void grid_mark(struct grid *grid, size_t column, bool on);
void grid_unmark_all(struct grid *grid);

enum grid_part { GRID_NOTHING, GRID_CELL, GRID_NAME, GRID_BARS, GRID_EDGE };
struct grid_hit {
	enum grid_part part;
	size_t column; /* an edge: the one at its left */
	uint64_t row;
};
/* Where the name of the column in a slot stands on that surface. */
void grid_name_at(const struct grid *grid, size_t slot, int *row, int *column);
/* What is at a place of the surface that it was drawn to. */
struct grid_hit grid_at(const struct grid *grid, int row, int column);
/* Where a column stands; NULL: it is not on view. */
const struct grid_slot *grid_slot(const struct grid *grid, size_t column);
/* The bar of a column over which a column of that surface is; it may be outside. */
int grid_bar_at(const struct grid *grid, size_t column, int at);

#endif
