/*
 * grid_draw - rows, and the cursor in them.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/number.h"
#include "widget/figure.h"
#include "widget/grid_parts.h"

enum {
	BAR = 0x2502,
	DOUBLE = 0x2551,
	HERE = 0x258c,
	DOT = 0xb7,
	BLANK = 0x2423,
	MISSING = 0x2205,
};

const struct summary_result *
grid_found(const struct grid_view *view, size_t place)
{
	const struct profile *profile = view->profile;

	if (!profile || place >= profile->n ||
	    strcmp(profile->columns[place].name, view->schema->at[place].name) != 0)
		return NULL;
	return &profile->columns[place].found;
}

static bool
is_right(enum type type)
{
	return type & TYPE_NUMERIC;
}

/* One sign at the end where values begin. */
static void
draw_sign(struct pane pane, int row, const struct grid_slot *slot, enum type type,
	  uint32_t sign)
{
	const int x = slot->x + (is_right(type) ? slot->width - 1 : 0);

	pane_put(pane, row, x, PAINT(sign == DOT ? INK_DIM : INK_NULL), sign);
}

static void
draw_value(struct pane pane, int row, const struct grid_slot *slot, struct grid *grid,
	   const struct column *c, size_t at)
{
	char out[FIGURE_SIZE];
	struct text text;

	if (column_is_null(c, at)) {
		draw_sign(pane, row, slot, c->type, MISSING);
		return;
	}
	text = figure_cell(c, at, out, grid->scratch);
	if (c->type == TYPE_STRING && text_is_blank(text)) {
		draw_sign(pane, row, slot, c->type, text.size ? BLANK : MISSING);
		return;
	}
	(is_right(c->type) ? pane_text_right : pane_text)(
		pane, row, slot->x, slot->width,
		PAINT(column_is_missing(c, at) ? INK_NULL : INK_TEXT), text);
}

/* Row numbers, from 1, and the rule behind them. */
static void
draw_gutter(struct pane pane, int line, const struct grid *grid, uint64_t row)
{
	const int gutter = grid_gutter(grid);
	const bool is_here = row == grid->row;
	char digits[NUMBER_SIZE];
	const size_t size = number_print_long((int64_t)(row + 1), digits);

	pane_text_right(pane, line, 0, gutter - 1,
			is_here ? PAINT(INK_ACCENT, STYLE_BOLD) : PAINT(INK_DIM),
			(struct text){ digits, size });
	pane_put(pane, line, gutter, is_here ? PAINT(INK_ACCENT) : PAINT(INK_RULE),
		 is_here ? HERE : BAR);
}

static void
draw_row(struct pane pane, int line, struct grid *grid, const struct grid_view *view,
	 const struct batch *batch, size_t at)
{
	for (size_t i = 0; i < grid->n_slots; i++) {
		const struct grid_slot *slot = grid->slots + i;
		const struct column *c =
			batch && slot->column < batch->n ? batch->at[slot->column] : NULL;

		if (i)
			pane_put(pane, line, slot->x - 1, PAINT(INK_RULE),
				 slot[-1].column < grid->pinned &&
						 slot->column >= grid->pinned
					 ? DOUBLE
					 : BAR);
		if (c && at < c->rows)
			draw_value(pane, line, slot, grid, c, at);
		else
			draw_sign(pane, line, slot, view->schema->at[slot->column].type,
				  DOT);
	}
}

/* Blank columns at the ends of a cell, as drawn. */
static int
blanks(struct pane pane, int row, int x, int width, int step)
{
	int n = 0;

	for (; n < width; n++, x += step) {
		const int y = pane.row + row, at = pane.column + x;

		if (x < 0 || x >= pane.columns || y >= pane.surface->rows ||
		    at >= pane.surface->columns)
			break;
		if (surface_cell(pane.surface, y, at)->code[0] != ' ')
			break;
	}
	return n;
}

/* "[ 14]" within the cell if the value leaves room, else round it. */
static void
draw_cursor(struct pane pane, struct grid *grid, const struct grid_view *view)
{
	const int row = grid->head + (int)(grid->row - grid->top);
	const struct grid_slot *slot = NULL;
	struct paint paint = PAINT(INK_TEXT, STYLE_REVERSE);
	bool right;
	int from, end;

	for (size_t i = 0; i < grid->n_slots; i++)
		if (grid->slots[i].column == grid->column)
			slot = grid->slots + i;
	if (!slot || grid->row < grid->top || row >= pane.rows)
		return;
	right = is_right(view->schema->at[slot->column].type);
	from = slot->x, end = slot->x + slot->width - 1;
	pane_style(pane, row, from, slot->width, STYLE_REVERSE);
	if (right && blanks(pane, row, from, slot->width, 1) >= 2) {
		/* Moved by one, so that there is room behind. */
		const struct cell *cells =
			surface_cell(pane.surface, pane.row + row, pane.column + from);

		for (int i = 1; i + 1 < slot->width; i++)
			pane_put(pane, row, from + i, paint, cells[i + 1].code[0]);
		pane_put(pane, row, from, paint, '[');
		pane_put(pane, row, end, paint, ']');
	} else if (slot->x > 0) {
		paint.style = 0;
		paint.ink = INK_ACCENT;
		pane_put(pane, row, from - 1, paint, '[');
		pane_put(pane, row, end + 1, paint, ']');
	}
	pane_cursor(pane, row, right ? end - 1 : from);
}

static void
draw_rows(struct pane pane, struct grid *grid, const struct grid_view *view)
{
	const uint64_t left = grid->rows > grid->top ? grid->rows - grid->top : 0;
	const size_t page =
		left < (uint64_t)grid->page ? (size_t)left : (size_t)grid->page;
	size_t done = 0;

	while (done < page) {
		size_t n = page - done, at = 0;
		const struct batch *batch =
			view->fetch(view->source, grid->top + done, &n, &at);

		if (!batch || n == 0)
			n = page - done;
		else if (n > page - done)
			n = page - done;
		for (size_t i = 0; i < n; i++, done++) {
			draw_gutter(pane, grid->head + (int)done, grid, grid->top + done);
			draw_row(pane, grid->head + (int)done, grid, view, batch, at + i);
		}
	}
}

void
grid_draw(struct pane pane, struct grid *grid, const struct grid_view *view)
{
	const struct batch *batch;
	size_t n, at = 0;

	grid_adopt(grid, view);
	grid->pane = pane;
	grid->head = grid_head_lines(grid, pane.rows);
	grid->page = pane.rows > grid->head ? pane.rows - grid->head : 0;
	grid_to_row(grid, grid->row);
	n = (size_t)grid->page;
	batch = n && grid->rows ? view->fetch(view->source, grid->top, &n, &at) : NULL;
	grid_place(grid, view, batch, at, batch ? n : 0);
	grid_draw_head(pane, grid, view);
	draw_rows(pane, grid, view);
	if (view->is_used && grid->rows)
		draw_cursor(pane, grid, view);
}
