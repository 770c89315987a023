/*
 * grid_head - what stands over the rows: names, types, bars, what is missing, ranges.
 */
#include <stdio.h>

#include "term/clean.h"
#include "widget/caption.h"
#include "widget/figure.h"
#include "widget/grid_parts.h"

enum {
	RULE = 0x2500,
	BAR = 0x2502,
	TEE = 0x252c,
	CROSS = 0x253c,
	DOUBLE = 0x2551,
	THERE = 0x2501,
	GONE = 0x254d,
	GROUP_LEFT = 0x2576,
	GROUP_RIGHT = 0x2574,
};

#define SIGN_SORTED_DOWN "\xe2\x96\xbe"
#define SIGN_SORTED_UP   "\xe2\x96\xb4"
#define SIGN_MARKED      "\xe2\x97\x8f"
#define SIGN_NEARLY      "\xe2\x89\x88"
#define SIGN_MISSING     "\xe2\x88\x85"

/* What a line of the head is drawn with. */
struct head {
	struct pane pane;
	const struct grid *grid;
	const struct grid_view *view;
	bool is_nearly; /* the profile is not of all rows yet */
};

static const struct grid_column *
column_of(const struct head *h, const struct grid_slot *slot)
{
	return h->grid->columns + slot->column;
}

static struct paint
name_paint(const struct head *h, const struct grid_slot *slot)
{
	const bool is_here = h->view->is_used && slot->column == h->grid->column;
	const uint8_t style = (uint8_t)(is_here ? STYLE_BOLD : 0);

	if (column_of(h, slot)->mark)
		return PAINT(INK_HEADER, (uint8_t)(style | STYLE_REVERSE));
	return PAINT(is_here ? INK_ACCENT : INK_HEADER, style);
}

/* Columns of one group that stand side by side, from slot i on; 0: it has none. */
static size_t
group_run(const struct head *h, size_t i)
{
	const struct grid *grid = h->grid;
	size_t end = i;

	if (!column_of(h, grid->slots + i)->prefix)
		return 0;
	for (end = i + 1; end < grid->n_slots; end++) {
		const struct grid_slot *slot = grid->slots + end;
		const struct grid_column *c = column_of(h, slot);
		size_t at = grid->slots[end - 1].column + 1;

		if (!c->prefix || c->is_group)
			break;
		/* One that is hidden between may begin another group. */
		while (at < slot->column && !grid->columns[at].is_group)
			at++;
		if (at < slot->column)
			break;
	}
	return end - i;
}

/* "╶─ arrival_date_ ─╴" over the columns that begin so. */
static void
draw_groups(const struct head *h)
{
	const struct grid *grid = h->grid;
	size_t n;

	for (size_t i = 0; i < grid->n_slots; i += n ? n : 1) {
		const struct grid_slot *first = grid->slots + i, *last;
		const struct grid_column *c = column_of(h, first);
		const struct text name = { c->name, (size_t)c->prefix };
		const struct paint paint = PAINT(INK_DIM);
		int width, columns, at;

		n = group_run(h, i);
		if (!n)
			continue;
		last = first + n - 1;
		width = last->x + last->width - first->x;
		columns = clean_columns(name, width - 2);
		columns = columns < width - 2 ? columns : width - 2;
		if (columns < 1)
			continue;
		at = first->x + 1 + (width - 2 - columns) / 2;
		pane_repeat(h->pane, 0, first->x, width, paint, RULE);
		pane_put(h->pane, 0, first->x, paint, GROUP_LEFT);
		pane_put(h->pane, 0, first->x + width - 1, paint, GROUP_RIGHT);
		pane_text(h->pane, 0, at, columns, PAINT(INK_HEADER), name);
	}
}

static bool
is_right(const struct head *h, const struct grid_slot *slot)
{
	return h->view->schema->at[slot->column].type & TYPE_NUMERIC;
}

/* Names stand on the last lines that they have. */
static void
draw_names(const struct head *h, int row, int lines)
{
	for (size_t i = 0; i < h->grid->n_slots; i++) {
		const struct grid_slot *slot = h->grid->slots + i;
		const struct grid_column *c = column_of(h, slot);
		const struct paint paint = name_paint(h, slot);
		struct caption caption;

		caption_wrap(text_of(c->name + c->prefix), slot->width, lines, &caption);
		for (int k = 0; k < caption.n; k++)
			(is_right(h, slot) ? pane_text_right : pane_text)(
				h->pane, row + lines - caption.n + k, slot->x,
				slot->width, paint, text_of(caption.lines[k]));
		if (c->mark)
			pane_paint(h->pane, row + lines - 1, slot->x, slot->width, paint);
	}
}

static void
draw_types(const struct head *h, int row)
{
	pane_print(h->pane, row, 1, PAINT(INK_DIM), "type");
	for (size_t i = 0; i < h->grid->n_slots; i++) {
		const struct grid_slot *slot = h->grid->slots + i;
		const struct field *field = h->view->schema->at + slot->column;
		const struct summary_result *found = grid_found(h->view, slot->column);
		const char *sorted = h->view->sorted;
		char text[FIGURE_SIZE];

		snprintf(text, sizeof text, "%s%s%s",
			 column_of(h, slot)->mark ? SIGN_MARKED : "",
			 !sorted || strcmp(sorted, field->name) != 0 ? ""
			 : h->view->descending                       ? SIGN_SORTED_DOWN
								     : SIGN_SORTED_UP,
			 figure_type(field->type, found));
		pane_text(h->pane, row, slot->x, slot->width,
			  PAINT(figure_ink(field->type, found)), text_of(text));
	}
}

static void
draw_bars(const struct head *h, int row, int lines)
{
	if (lines && h->is_nearly)
		pane_print(h->pane, row + lines - 1, 1, PAINT(INK_DIM), SIGN_NEARLY);
	for (size_t i = 0; i < h->grid->n_slots; i++) {
		const struct grid_slot *slot = h->grid->slots + i;
		const struct summary_result *found = grid_found(h->view, slot->column);
		struct pane pane = pane_part(h->pane, row, slot->x, lines, slot->width);
		struct bars bars;

		if (!found || figure_is_constant(found))
			continue;
		bars_of(found, slot->width, &bars);
		bars_draw(pane, &bars, 1, 0, PAINT(h->is_nearly ? INK_DIM : INK_BAR));
		if (h->view->brush && slot->column == h->grid->column)
			brush_draw(pane, h->view->brush, &bars, 1);
	}
}

/* ━ what is there, ╍ what is missing: at least one of each that there is. */
static void
draw_missing(const struct head *h, int row)
{
	pane_print(h->pane, row, 1, PAINT(INK_DIM), SIGN_MISSING);
	for (size_t i = 0; i < h->grid->n_slots; i++) {
		const struct grid_slot *slot = h->grid->slots + i;
		const struct summary_result *found = grid_found(h->view, slot->column);
		int gone;

		if (!found || !found->rows)
			continue;
		gone = (int)((double)found->missing * slot->width / (double)found->rows +
			     0.5);
		if (found->missing && !gone)
			gone = 1;
		if (found->missing < found->rows && gone == slot->width)
			gone--;
		pane_repeat(h->pane, row, slot->x, slot->width - gone,
			    PAINT(h->is_nearly ? INK_DIM : INK_OK), THERE);
		pane_repeat(h->pane, row, slot->x + slot->width - gone, gone,
			    PAINT(h->is_nearly ? INK_DIM : INK_WARN), GONE);
	}
}

static void
draw_ranges(const struct head *h, int row)
{
	pane_print(h->pane, row, 1, PAINT(INK_DIM), "range");
	for (size_t i = 0; i < h->grid->n_slots; i++) {
		const struct grid_slot *slot = h->grid->slots + i;
		const struct summary_result *found = grid_found(h->view, slot->column);
		const bool is_odd = found && (!found->count || figure_is_constant(found));
		char text[FIGURE_SIZE];

		if (!found)
			continue;
		figure_range(found, slot->width, text);
		pane_text(h->pane, row, slot->x, slot->width,
			  PAINT(is_odd ? INK_WARN : INK_DIM), text_of(text));
	}
}

/* The rule under the head, and those between columns in it. */
static void
draw_rules(const struct head *h, int row)
{
	const struct grid *grid = h->grid;
	const struct paint paint = PAINT(INK_RULE);
	const int first = grid_gutter(grid), top = grid->has_groups ? 1 : 0;

	pane_repeat(h->pane, row, 0, h->pane.columns, paint, RULE);
	pane_put(h->pane, row, first, paint, TEE);
	for (size_t i = 1; i < grid->n_slots; i++) {
		const int x = grid->slots[i].x - 1;
		const bool ends_frozen = grid->slots[i - 1].column < grid->pinned &&
					 grid->slots[i].column >= grid->pinned;

		for (int k = top; k < row; k++)
			pane_put(h->pane, k, x, paint, ends_frozen ? DOUBLE : BAR);
		pane_put(h->pane, row, x, paint, CROSS);
	}
}

void
grid_draw_head(struct pane pane, const struct grid *grid, const struct grid_view *view)
{
	const struct head h = { pane, grid, view,
				view->profile && !view->profile->is_whole };
	const int names = grid_name_lines(grid, grid->pane.rows);
	const int bars = grid_bar_lines(grid, grid->pane.rows), rule = grid->head - 1;
	int row = 0;

	if (grid->has_groups) {
		draw_groups(&h);
		row++;
	}
	draw_names(&h, row, names);
	row += names;
	pane_print(pane, row - 1, 2, PAINT(INK_DIM), "row");
	if (row < rule)
		draw_types(&h, row++);
	draw_bars(&h, row, bars);
	row += bars;
	if (row < rule)
		draw_missing(&h, row++);
	if (row < rule)
		draw_ranges(&h, row);
	draw_rules(&h, rule);
}
