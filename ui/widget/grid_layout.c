/*
 * grid_layout - how wide columns are, and which of them stand where.
 */
#include <inttypes.h>
#include <stdio.h>

#include "term/clean.h"
#include "widget/caption.h"
#include "widget/figure.h"
#include "widget/grid_parts.h"

enum { GUTTER_LEAST = 6, SHORT_PANE = 14 };

int
grid_bar_lines(const struct grid *grid, int rows)
{
	if (grid->is_bare || !grid->bars || rows < SHORT_PANE)
		return 0;
	if (grid->bars == 1 || rows < 30)
		return 1;
	return rows < 40 ? 2 : 3;
}

int
grid_name_lines(const struct grid *grid, int rows)
{
	const int most = rows < SHORT_PANE  ? 1
			 : rows < GRID_TALL ? GRID_NAME_LINES
					    : GRID_NAME_LINES + 1;

	return grid->words < most ? grid->words : most;
}

/* Names and what stands over them, the type, bars, missing, range, a rule. */
int
grid_head_lines(const struct grid *grid, int rows)
{
	const int names = (grid->has_groups ? 1 : 0) + grid_name_lines(grid, rows);

	if (grid->is_bare)
		return names + 1;
	if (rows < SHORT_PANE)
		return names + 2;
	return names + 1 + grid_bar_lines(grid, rows) + 2 + 1;
}

int
grid_gutter(const struct grid *grid)
{
	char digits[FIGURE_SIZE];
	const int n = snprintf(digits, sizeof digits, "%" PRIu64, grid->expected) + 1;

	return n > GUTTER_LEAST ? n : GUTTER_LEAST;
}

static int
cell_columns(struct grid *grid, const struct column *c, size_t row, int most)
{
	char out[FIGURE_SIZE];

	if (column_is_null(c, row))
		return 1;
	return clean_columns(figure_cell(c, row, out, grid->scratch), most);
}

/* Columns that most of the cells fit into: all numbers, nearly all texts. */
static int
sample_width(struct grid *grid, const struct column *c, size_t at, size_t n, int most)
{
	unsigned short count[GRID_FIXED + 2] = { 0 };
	size_t left;
	int width = most;

	n = n < GRID_SAMPLE ? n : GRID_SAMPLE;
	if (at + n > c->rows)
		n = at < c->rows ? c->rows - at : 0;
	for (size_t i = 0; i < n; i++) {
		const int columns = cell_columns(grid, c, at + i, most);

		count[columns < most ? columns : most]++;
	}
	left = c->type == TYPE_STRING ? n / GRID_RARE : 0;
	while (width > 0 && count[width] <= left)
		left -= count[width--];
	return width;
}

/* What all rows ask for: the extremes of whole numbers. */
static int
profile_width(const struct summary_result *found)
{
	char low[FIGURE_SIZE], high[FIGURE_SIZE];
	int a, b;

	if (!found || !found->count || found->type != TYPE_LONG)
		return 0;
	figure_value(found->type, &found->min, low);
	figure_value(found->type, &found->max, high);
	a = (int)strlen(low), b = (int)strlen(high);
	return a > b ? a : b;
}

/* Before anything is known of its rows. */
static int
least_width(const struct grid_column *own, enum type type)
{
	const int name = caption_width(text_of(own->name + own->prefix), GRID_NAME_LINES);
	const int least = type == TYPE_STRING ? GRID_LEAST_TEXT : GRID_LEAST;

	return name > least ? name : least;
}

/* What a single column may take of a pane. */
static int
share(const struct grid *grid)
{
	const int quarter = grid->pane.columns / 4;

	return quarter < 12 ? 12 : quarter > GRID_SHARE ? GRID_SHARE : quarter;
}

/* Rows that are at hand: a batch, from `at` on; n 0: none. */
struct placing {
	struct grid *grid;
	const struct grid_view *view;
	const struct batch *batch;
	size_t at, n;
};

/* What the rows ask for: many of them when they are first on view, then those that pass,
 * among which long texts do not count. */
static int
rows_width(const struct placing *p, const struct column *c, bool is_first)
{
	const size_t page = p->grid->page > 0 ? (size_t)p->grid->page : 0;
	const size_t n = is_first || p->n < page ? p->n : page;

	if (!is_first && (c->type & (TYPE_OBJECT | TYPE_BOOL)))
		return 0;
	return sample_width(p->grid, c, p->at, n,
			    is_first || c->type != TYPE_STRING ? GRID_NATURAL
							       : GRID_WORDS);
}

/* Columns of the screen that a column gets. It never becomes less by itself. */
static int
width_of_column(const struct placing *p, size_t column)
{
	struct grid_column *own = p->grid->columns + column;
	const enum type type = p->view->schema->at[column].type;
	const struct column *c =
		p->n && column < p->batch->n ? p->batch->at[column] : NULL;
	const int all = profile_width(grid_found(p->view, column));
	const int least = own->natural ? own->natural : least_width(own, type);
	const int rows = c ? rows_width(p, c, !own->natural) : 0;
	int width = least > rows ? least : rows;

	width = all > width ? all : width;
	if (c)
		own->natural = (short)width;
	if (own->fixed)
		return own->fixed;
	return width < share(p->grid) ? width : share(p->grid);
}

/* Frozen columns are pinned as long as they leave a third of the room to others. */
static void
pin(const struct placing *p)
{
	struct grid *grid = p->grid;
	int room = grid->pane.columns * 2 / 3 - grid_gutter(grid);

	grid->pinned = grid->frozen;
	for (size_t i = 0; i < grid->frozen && grid->pinned; i++) {
		if (!grid->columns[i].is_hidden)
			room -= width_of_column(p, i) + 1;
		if (room < 0)
			grid->pinned = 0;
	}
}

/* One more at x, if there is room; returns where the next one begins, or -1. */
static int
put_slot(const struct placing *p, size_t column, int x)
{
	struct grid *grid = p->grid;
	const int room = grid->pane.columns - x, width = width_of_column(p, column);
	const bool can_cut =
		p->view->schema->at[column].type & (TYPE_STRING | TYPE_OBJECT);
	struct grid_slot slot = { column, x, width, false };

	if (width > room) {
		if (grid->n_slots && (!can_cut || room < GRID_CUT))
			return -1;
		slot.width = room;
		slot.is_cut = true;
	}
	if (room < 1 || grid->n_slots == GRID_SLOTS)
		return -1;
	grid->slots[grid->n_slots++] = slot;
	return slot.is_cut ? -1 : x + width + 1;
}

/* What is left of the room, behind the last column or where the next one does not fit, goes
 * to those that want more. */
static void
give_rest(struct grid *grid)
{
	int shift = 0, room = grid->pane.columns;

	if (!grid->n_slots)
		return;
	room -= grid->slots[grid->n_slots - 1].x + grid->slots[grid->n_slots - 1].width;
	for (size_t i = 0; i < grid->n_slots; i++) {
		struct grid_slot *slot = grid->slots + i;
		const struct grid_column *own = grid->columns + slot->column;
		int more = own->fixed ? 0 : own->natural - slot->width;

		more = more < 0 ? 0 : more < room ? more : room;
		slot->x += shift;
		slot->width += more;
		shift += more;
		room -= more;
	}
}

/* Columns from `left` on; those that are frozen before them. */
static void
put_slots(const struct placing *p)
{
	struct grid *grid = p->grid;
	int x = grid_gutter(grid) + 1;

	grid->n_slots = 0;
	for (size_t i = 0; i < grid->pinned && i < grid->n && x > 0; i++)
		if (!grid->columns[i].is_hidden)
			x = put_slot(p, i, x);
	for (size_t i = grid->left; i < grid->n && x > 0; i++)
		if (!grid->columns[i].is_hidden)
			x = put_slot(p, i, x);
	give_rest(grid);
}

/* The first column from which on the cursor's stands whole at the right. */
static size_t
leftmost(const struct placing *p)
{
	struct grid *grid = p->grid;
	int room = grid->pane.columns - grid_gutter(grid);
	size_t left = grid->column;

	for (size_t i = 0; i < grid->pinned && i < grid->n; i++)
		if (!grid->columns[i].is_hidden)
			room -= width_of_column(p, i) + 1;
	for (size_t i = grid->column + 1; i-- > grid->pinned;) {
		if (grid->columns[i].is_hidden)
			continue;
		room -= width_of_column(p, i) + 1;
		if (room < 0)
			break;
		left = i;
	}
	return left;
}

/* The last column that is wholly on view, or the first one that is at all. */
static size_t
last_on_view(const struct grid *grid)
{
	size_t last = grid->column;

	for (size_t i = 0; i < grid->n_slots; i++) {
		if (grid->slots[i].column == grid->column && !grid->slots[i].is_cut)
			return grid->column;
		if (i == 0 || !grid->slots[i].is_cut)
			last = grid->slots[i].column;
	}
	return grid->column < grid->left ? grid->left : last;
}

void
grid_place(struct grid *grid, const struct grid_view *view, const struct batch *batch,
	   size_t at, size_t n)
{
	const struct placing p = { grid, view, batch, at, n };

	pin(&p);
	if (grid->left < grid->pinned)
		grid->left = grid->pinned;
	if (grid->is_scrolled) {
		put_slots(&p);
		grid->column = last_on_view(grid);
		grid->is_scrolled = false;
		return;
	}
	if (grid->column >= grid->pinned) {
		const size_t least = leftmost(&p);

		if (grid->column < grid->left)
			grid->left = grid->column;
		else if (grid->left < least)
			grid->left = least;
	}
	put_slots(&p);
}

void
grid_widen(struct grid *grid, size_t column, int by)
{
	const struct grid_slot *slot = grid_slot(grid, column);
	int width;

	if (!slot)
		return;
	width = slot->width + by;
	grid->columns[column].fixed = (short)(width < 1            ? 1
					      : width > GRID_FIXED ? GRID_FIXED
								   : width);
}

void
grid_fit(struct grid *grid, const struct grid_view *view)
{
	struct grid_column *own = grid->columns + grid->column;
	size_t n = (size_t)(grid->page > 0 ? grid->page : 1), at;
	const struct batch *batch;
	int data, name;

	if (grid->column >= grid->n)
		return;
	if (own->fixed) {
		own->fixed = own->natural = 0;
		return;
	}
	batch = view->fetch(view->source, grid->top, &n, &at);
	if (!batch || grid->column >= batch->n || !batch->at[grid->column])
		return;
	name = clean_columns(text_of(own->name + own->prefix), GRID_FIXED);
	data = 0;
	for (size_t i = 0; i < n; i++) {
		const int columns =
			cell_columns(grid, batch->at[grid->column], at + i, GRID_FIXED);

		data = columns > data ? columns : data;
	}
	data = data < GRID_FIXED ? data : GRID_FIXED;
	own->fixed = (short)(data > name ? data : name);
}
