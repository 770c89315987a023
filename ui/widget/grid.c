/*
 * grid - what a user did to the look of a table: cursor, widths, frozen, hidden, marked.
 */
#include "widget/grid.h"

#include <stdio.h>
#include <stdlib.h>

#include "widget/caption.h"
#include "widget/grid_parts.h"

bool
grid_init(struct grid *grid, struct error *err)
{
	*grid = (struct grid){ .bars = GRID_BARS_MOST };
	grid->scratch = buffer_new(0, err);
	return grid->scratch != NULL;
}

void
grid_release(struct grid *grid)
{
	buffer_drop(grid->scratch);
	arena_release(&grid->arena);
	*grid = (struct grid){ 0 };
}

static bool
is_same(const struct grid *grid, const struct schema *schema)
{
	if (grid->n != schema->n)
		return false;
	for (size_t i = 0; i < grid->n; i++)
		if (strcmp(grid->columns[i].name, schema->at[i].name) != 0)
			return false;
	return true;
}

/* Looks of the columns that were there before. Most stay in order, so one is looked for
 * where the last one was found, and only then everywhere. */
static void
inherit(struct grid_column *columns, size_t n, const struct grid *old,
	const struct schema *was, struct arena *arena)
{
	const struct schema_index index = schema_index(was, arena);
	size_t next = 0;

	for (size_t i = 0; i < n; i++) {
		const struct grid_column *from;
		int found;

		if (next < old->n && !strcmp(old->columns[next].name, columns[i].name))
			found = (int)next;
		else
			found = schema_index_find(&index, columns[i].name);
		if (found == SCHEMA_NONE)
			continue;
		from = old->columns + found;
		next = (size_t)found + 1;
		columns[i].natural = from->natural;
		columns[i].fixed = from->fixed;
		columns[i].is_hidden = from->is_hidden;
		columns[i].mark = from->mark;
	}
}

/* Runs of two neighbours at least that begin alike. */
static void
find_groups(struct grid *grid)
{
	size_t i = 0;

	grid->has_groups = false;
	while (i + 1 < grid->n) {
		struct grid_column *first = grid->columns + i;
		const struct text name = text_of(first->name);
		const size_t common = caption_common(name, text_of(first[1].name));
		size_t end = i + 1;

		while (common && end < grid->n &&
		       caption_common(name, text_of(grid->columns[end].name)) >= common)
			grid->columns[end++].prefix = (short)common;
		if (common) {
			first->prefix = (short)common;
			first->is_group = grid->has_groups = true;
		}
		i = end;
	}
}

static void
count(struct grid *grid)
{
	grid->n_hidden = grid->n_marked = 0;
	grid->words = 1;
	for (size_t i = 0; i < grid->n; i++) {
		const struct grid_column *c = grid->columns + i;
		const int words = caption_words(text_of(c->name + c->prefix));

		grid->n_hidden += c->is_hidden;
		grid->n_marked += c->mark != 0;
		if (words > grid->words)
			grid->words = words;
	}
}

/* The column that the cursor was on, by name, else by place. */
static void
keep_cursor(struct grid *grid, const struct grid *old)
{
	const char *name = old->column < old->n ? old->columns[old->column].name : "";
	size_t at = old->column;

	for (size_t i = 0; i < grid->n; i++)
		if (!strcmp(grid->columns[i].name, name)) {
			at = i;
			break;
		}
	grid->column = at < grid->n ? at : grid->n ? grid->n - 1 : 0;
	if (grid->left >= grid->n)
		grid->left = grid->column;
	if (grid->frozen > grid->n)
		grid->frozen = 0;
}

void
grid_adopt(struct grid *grid, const struct grid_view *view)
{
	const struct schema *schema = view->schema;
	struct grid old = *grid;
	struct schema was = { 0 };

	grid->rows = view->rows;
	grid->expected = view->estimate > view->rows ? view->estimate : view->rows;
	if (is_same(grid, schema))
		return;
	grid->arena = (struct arena){ 0 };
	grid->n = schema->n;
	grid->columns = ARENA_ARRAY(&grid->arena, schema->n + 1, struct grid_column);
	for (size_t i = 0; i < schema->n; i++)
		grid->columns[i].name = arena_text(&grid->arena, schema->at[i].name);
	for (size_t i = 0; i < old.n; i++)
		schema_add(&was, old.columns[i].name, TYPE_LONG, &old.arena);
	inherit(grid->columns, grid->n, &old, &was, &old.arena);
	find_groups(grid);
	count(grid);
	keep_cursor(grid, &old);
	arena_release(&old.arena);
}

static bool
is_shown(const struct grid *grid, size_t column)
{
	return column < grid->n && !grid->columns[column].is_hidden;
}

/* The next one that is shown in a direction, or where one is. */
static size_t
neighbour(const struct grid *grid, size_t column, int step)
{
	size_t at = column;

	for (;;) {
		if (step < 0 ? at == 0 : at + 1 >= grid->n)
			return column;
		at = step < 0 ? at - 1 : at + 1;
		if (is_shown(grid, at))
			return at;
	}
}

void
grid_to_row(struct grid *grid, uint64_t row)
{
	const uint64_t page = grid->page > 0 ? (uint64_t)grid->page : 1;

	if (row >= grid->rows)
		row = grid->rows ? grid->rows - 1 : 0;
	grid->row = row;
	if (row < grid->top)
		grid->top = row;
	else if (row - grid->top >= page)
		grid->top = row - page + 1;
}

void
grid_move(struct grid *grid, int64_t rows, int columns)
{
	const uint64_t by = (uint64_t)(rows < 0 ? -rows : rows);

	if (rows < 0)
		grid_to_row(grid, grid->row > by ? grid->row - by : 0);
	else if (rows > 0)
		grid_to_row(grid, grid->row + by);
	for (; columns; columns += columns < 0 ? 1 : -1)
		grid->column = neighbour(grid, grid->column, columns);
}

void
grid_to_column(struct grid *grid, size_t column)
{
	if (column >= grid->n)
		return;
	grid->n_hidden -= grid->columns[column].is_hidden;
	grid->columns[column].is_hidden = false;
	grid->column = column;
}

void
grid_to_edge(struct grid *grid, bool last)
{
	if (!grid->n)
		return;
	grid->column = last ? grid->n - 1 : 0;
	if (!last)
		grid->left = grid->pinned;
	if (!is_shown(grid, grid->column))
		grid->column = neighbour(grid, grid->column, last ? -1 : 1);
}

/* What is on view moves, and the cursor with it when it would leave. */
void
grid_scroll(struct grid *grid, int rows, int columns)
{
	const uint64_t page = grid->page > 0 ? (uint64_t)grid->page : 1;
	const uint64_t last = grid->rows > page ? grid->rows - page : 0;
	const uint64_t by = (uint64_t)(rows < 0 ? -rows : rows);

	if (rows < 0)
		grid->top = grid->top > by ? grid->top - by : 0;
	else
		grid->top = grid->top + by < last ? grid->top + by : last;
	if (grid->row < grid->top)
		grid->row = grid->top;
	else if (grid->row - grid->top >= page)
		grid->row = grid->top + page - 1;
	grid->is_scrolled |= columns != 0;
	for (; columns; columns += columns < 0 ? 1 : -1) {
		const size_t left = neighbour(grid, grid->left, columns);

		grid->left = left < grid->pinned ? grid->left : left;
	}
}

void
grid_freeze(struct grid *grid)
{
	const size_t was = grid->frozen;

	grid->frozen = was == grid->column + 1 ? 0 : grid->column + 1;
	if (!grid->frozen && grid->left <= was)
		grid->left = 0;
}

void
grid_leave_hidden(struct grid *grid)
{
	size_t at = grid->column;

	if (is_shown(grid, at))
		return;
	at = neighbour(grid, at, 1);
	grid->column = is_shown(grid, at) ? at : neighbour(grid, at, -1);
}

void
grid_hide(struct grid *grid)
{
	size_t shown = grid->n - grid->n_hidden;

	for (size_t i = 0; i < grid->n && shown > 1; i++) {
		struct grid_column *c = grid->columns + i;

		if (c->is_hidden || !(i == grid->column || c->mark))
			continue;
		c->is_hidden = true;
		grid->n_marked -= c->mark != 0;
		c->mark = 0;
		grid->n_hidden++;
		shown--;
	}
	grid_leave_hidden(grid);
}

void
grid_show_all(struct grid *grid)
{
	for (size_t i = 0; i < grid->n; i++)
		grid->columns[i].is_hidden = false;
	grid->n_hidden = 0;
}

void
grid_mark(struct grid *grid, size_t column, bool on)
{
	if (column >= grid->n || (grid->columns[column].mark != 0) == on)
		return;
	grid->columns[column].mark = on ? ++grid->last_mark : 0;
	grid->n_marked += on ? 1 : (size_t)-1;
}

void
grid_unmark_all(struct grid *grid)
{
	for (size_t i = 0; i < grid->n; i++)
		grid->columns[i].mark = 0;
	grid->n_marked = 0;
}

const struct grid_slot *
grid_slot(const struct grid *grid, size_t column)
{
	for (size_t i = 0; i < grid->n_slots; i++)
		if (grid->slots[i].column == column)
			return grid->slots + i;
	return NULL;
}

int
grid_bar_at(const struct grid *grid, size_t column, int at)
{
	const struct grid_slot *slot = grid_slot(grid, column);

	return slot ? at - grid->pane.column - slot->x : 0;
}

void
grid_name_at(const struct grid *grid, size_t slot, int *row, int *column)
{
	*row = grid->pane.row + grid->has_groups +
	       grid_name_lines(grid, grid->pane.rows) - 1;
	*column = grid->pane.column + grid->slots[slot].x;
}

struct grid_hit
grid_at(const struct grid *grid, int row, int column)
{
	struct grid_hit hit = { GRID_NOTHING, 0, 0 };

	row -= grid->pane.row;
	column -= grid->pane.column;
	if (row < 0 || row >= grid->pane.rows || column < 0 ||
	    column >= grid->pane.columns)
		return hit;
	if (row >= grid->head) {
		hit.row = grid->top + (uint64_t)(row - grid->head);
		if (hit.row >= grid->rows)
			return hit;
		hit.column = grid->column;
		hit.part = column < grid_gutter(grid) ? GRID_CELL : GRID_NOTHING;
	}
	for (size_t i = 0; i < grid->n_slots; i++) {
		const struct grid_slot *slot = grid->slots + i;

		if (row < grid->head && column == slot->x + slot->width) {
			hit.column = slot->column;
			hit.part = GRID_EDGE;
		} else if (column >= slot->x && column < slot->x + slot->width) {
			hit.column = slot->column;
			hit.part = row >= grid->head ? GRID_CELL
				   : row < grid_name_lines(grid, grid->pane.rows) +
							   grid->has_groups
					   ? GRID_NAME
					   : GRID_BARS;
		}
	}
	return hit;
}
