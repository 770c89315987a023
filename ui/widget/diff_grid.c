/* diff_grid - columns in the order of what happens to them, rows from the top on. */
#include "widget/diff_grid.h"

#include <stdio.h>

#include "term/clean.h"
#include "widget/caption.h"
#include "widget/figure.h"
#include "widget/hints.h"

enum {
	SLOTS = 64,
	NAME_ROWS = 2,
	HEAD_ROWS = NAME_ROWS + 2, /* spans above, a rule below */
	LEAST_CUT = 5,             /* of a column that is not whole */
	WIDEST = 24,
	GUTTER = 1, /* the sign of the row */
	MINUS = 0x2212,
	ARROW = 0x2192,
};

/* A column on view. */
struct slot {
	const struct preview_column *column;
	int x, width;  /* with the place of its sign */
	size_t prefix; /* bytes of its name that stand above it and its neighbours */
};

struct view_of {
	const struct preview *preview;
	struct diff_grid *grid;
	struct pane pane;
	struct buffer *scratch;
	const struct preview_column **order;
	size_t n;
	size_t n_slots;
	struct slot slots[SLOTS];
};

static uint32_t
sign_of(enum change change)
{
	static const uint32_t signs[] = {
		[CHANGE_NONE] = ' ',
		[CHANGE_ADDED] = '+',
		[CHANGE_REMOVED] = MINUS,
		[CHANGE_CHANGED] = '~',
	};

	return signs[change];
}

static enum ink
ink_of(enum change change)
{
	static const enum ink inks[] = {
		[CHANGE_NONE] = INK_TEXT,
		[CHANGE_ADDED] = INK_ADDED,
		[CHANGE_REMOVED] = INK_REMOVED,
		[CHANGE_CHANGED] = INK_CHANGED,
	};

	return inks[change];
}

/* No two sides: the result was asked for, or has nothing to do with what was. */
static bool
is_plain(const struct diff_grid *grid, const struct preview *preview)
{
	return grid->is_result || preview->is_new_table;
}

/* --- rows --- */

static size_t
rows_of(const struct diff_grid *grid, const struct preview *preview)
{
	return is_plain(grid, preview) ? preview->after->rows : preview->n_rows;
}

static struct preview_row
row_at(const struct diff_grid *grid, const struct preview *preview, size_t i)
{
	if (is_plain(grid, preview))
		return (struct preview_row){ CHANGE_NONE, PREVIEW_NO_ROW, (uint32_t)i };
	return preview->rows[i];
}

static size_t
next_changed(const struct preview *preview, size_t from)
{
	while (from < preview->n_rows && preview->rows[from].change == CHANGE_NONE)
		from++;
	return from;
}

void
diff_grid_seek(struct diff_grid *grid, const struct preview *preview)
{
	const size_t first = preview->rows ? next_changed(preview, 0) : 0;

	grid->left = 0;
	grid->top = 0;
	if (!grid->is_result && first < preview->n_rows &&
	    first + 2 > (size_t)(grid->page > 2 ? grid->page : 8))
		grid->top = first - 2;
}

void
diff_grid_next(struct diff_grid *grid, const struct preview *preview)
{
	size_t at = next_changed(preview, grid->top + 3);

	if (at >= preview->n_rows)
		at = next_changed(preview, 0);
	if (at < preview->n_rows)
		grid->top = at > 2 ? at - 2 : 0;
}

static size_t
moved(size_t at, long by, size_t last)
{
	const long to = (long)at + by;

	return to < 0 ? 0 : (size_t)to > last ? last : (size_t)to;
}

void
diff_grid_scroll(struct diff_grid *grid, long rows, long columns)
{
	const size_t page = (size_t)(grid->page > 0 ? grid->page : 1);

	grid->top = moved(grid->top, rows, grid->rows > page ? grid->rows - page : 0);
	grid->left = moved(grid->left, columns, grid->columns ? grid->columns - 1 : 0);
}

/* --- columns --- */

enum { RANKS = 4 };

/* What comes first: a column whose type alone is another one waits. */
static int
rank_of(const struct preview_column *c, const struct names *reads)
{
	if (c->change == CHANGE_CHANGED && !c->changed && !c->was && !c->is_moved)
		return 1;
	if (c->change != CHANGE_NONE || c->is_moved)
		return 0;
	return names_has(reads, c->name) ? 2 : 3;
}

/* New columns by the one that they are made of, each list in order. */
struct made {
	size_t *first, *next; /* by column before, by column; n: none */
	bool *is_below;       /* by column: it stands behind the one it is made of */
};

static struct made
made_of(const struct preview *preview, struct arena *arena)
{
	const size_t n = preview->n_columns;
	struct made made = { ARENA_ARRAY(arena, n + 1, size_t),
			     ARENA_ARRAY(arena, n + 1, size_t),
			     ARENA_ARRAY(arena, n + 1, bool) };
	bool *is_changed = ARENA_ARRAY(arena, n + 1, bool);

	for (size_t i = 0; i < n; i++) {
		const struct preview_column *c = &preview->columns[i];

		made.first[i] = n;
		if (c->before >= 0)
			is_changed[c->before] = c->change != CHANGE_NONE;
	}
	for (size_t i = n; i-- > 0;) {
		const int of = preview->columns[i].of;

		if (preview->columns[i].change != CHANGE_ADDED || of < 0 ||
		    !is_changed[of])
			continue;
		made.is_below[i] = true;
		made.next[i] = made.first[of];
		made.first[of] = i;
	}
	return made;
}

/* One that changes or goes, and what is made of it. */
static void
put_with_made(struct view_of *v, const struct made *made, size_t i)
{
	const struct preview *preview = v->preview;
	const int before = preview->columns[i].before;

	v->order[v->n++] = &preview->columns[i];
	if (before < 0)
		return;
	for (size_t k = made->first[before]; k < preview->n_columns; k = made->next[k])
		v->order[v->n++] = &preview->columns[k];
}

static void
order_changes(struct view_of *v, const struct names *reads, struct arena *arena)
{
	const struct preview *preview = v->preview;
	const struct made made = made_of(preview, arena);

	for (int rank = 0; rank < RANKS; rank++)
		for (size_t i = 0; i < preview->n_columns; i++)
			if (rank_of(&preview->columns[i], reads) == rank &&
			    !made.is_below[i])
				put_with_made(v, &made, i);
}

/* In the result, all in their order. */
static void
order_columns(struct view_of *v, const struct names *reads, struct arena *arena)
{
	const struct preview *preview = v->preview;

	v->order =
		ARENA_ARRAY(arena, preview->n_columns + 1, const struct preview_column *);
	if (!is_plain(v->grid, preview)) {
		order_changes(v, reads, arena);
		return;
	}
	for (size_t i = 0; i < preview->n_columns; i++)
		if (preview->columns[i].after >= 0)
			v->order[v->n++] = &preview->columns[i];
}

/* --- values --- */

/* The two sides of a cell; what is not there has no column. */
struct cell_of {
	const struct column *before, *after;
	size_t row_before, row_after;
	enum change change;
	bool is_row; /* that happens to the whole row, whose sign says it */
};

static struct cell_of
cell_at(const struct view_of *v, const struct preview_column *c, size_t i)
{
	const struct preview_row row = row_at(v->grid, v->preview, i);
	struct cell_of cell = { .row_before = row.before, .row_after = row.after };

	if (c->before >= 0 && row.before != PREVIEW_NO_ROW)
		cell.before = v->preview->before->at[c->before];
	if (c->after >= 0 && row.after != PREVIEW_NO_ROW)
		cell.after = v->preview->after->at[c->after];
	if (is_plain(v->grid, v->preview))
		return cell;
	cell.is_row = row.change == CHANGE_REMOVED || row.change == CHANGE_ADDED;
	if (cell.is_row)
		cell.change = row.change;
	else if (c->change == CHANGE_ADDED || c->change == CHANGE_REMOVED)
		cell.change = c->change;
	else if (preview_differs(v->preview, c, &row))
		cell.change = CHANGE_CHANGED;
	return cell;
}

static struct text
value_text(const struct view_of *v, const struct column *c, size_t row,
	   char out[FIGURE_SIZE])
{
	if (!c || row >= c->rows)
		return text_of("");
	if (column_is_null(c, row))
		return text_of("∅");
	return figure_cell(c, row, out, v->scratch);
}

static int
value_width(const struct view_of *v, const struct column *c, size_t row)
{
	char out[FIGURE_SIZE];

	return clean_columns(value_text(v, c, row, out), WIDEST);
}

static int
cell_width(const struct view_of *v, const struct preview_column *c, size_t i)
{
	const struct cell_of cell = cell_at(v, c, i);
	int width = 0;

	if (cell.change == CHANGE_CHANGED)
		width = value_width(v, cell.before, cell.row_before) + 1;
	if (cell.after)
		return width + value_width(v, cell.after, cell.row_after);
	return value_width(v, cell.before, cell.row_before);
}

static int
draw_value(const struct view_of *v, int row, int x, int width, struct paint paint,
	   const struct column *c, size_t at)
{
	char out[FIGURE_SIZE];
	const struct text text = value_text(v, c, at, out);

	if (c && at < c->rows && column_is_missing(c, at) && paint.ink == INK_TEXT)
		paint.ink = INK_NULL;
	return pane_text(v->pane, row, x, width, paint, text);
}

static void
draw_cell(const struct view_of *v, int row, const struct slot *slot, size_t i)
{
	const struct cell_of cell = cell_at(v, slot->column, i);
	const struct paint paint = PAINT(ink_of(cell.change));
	const int end = slot->x + slot->width;
	int x = slot->x + 1;

	if (!cell.is_row)
		pane_put(v->pane, row, slot->x, paint, sign_of(cell.change));
	if (cell.change == CHANGE_CHANGED) {
		x += draw_value(v, row, x, slot->width / 2, PAINT(INK_REMOVED),
				cell.before, cell.row_before);
		pane_put(v->pane, row, x++, PAINT(INK_DIM), ARROW);
	}
	if (cell.after)
		draw_value(v, row, x, end - x, paint, cell.after, cell.row_after);
	else
		draw_value(v, row, x, end - x, paint, cell.before, cell.row_before);
}

/* --- head --- */

static void
draw_name(const struct view_of *v, const struct slot *slot)
{
	const struct preview_column *c = slot->column;
	const bool plain = is_plain(v->grid, v->preview);
	const enum change change = plain ? CHANGE_NONE : c->change;
	const struct paint paint = { change ? ink_of(change) : INK_HEADER, 0 };
	struct caption caption;

	caption_wrap(text_of(c->name + slot->prefix), slot->width - 1, NAME_ROWS,
		     &caption);
	for (int k = 0; k < caption.n; k++)
		pane_text(v->pane, 1 + NAME_ROWS - caption.n + k, slot->x + 1,
			  slot->width - 1, paint, text_of(caption.lines[k]));
	if (!slot->prefix && change)
		pane_put(v->pane, 1 + NAME_ROWS - caption.n, slot->x, paint,
			 sign_of(change));
	else if (!slot->prefix && c->is_moved && !plain)
		pane_put(v->pane, 1 + NAME_ROWS - caption.n, slot->x, PAINT(INK_CHANGED),
			 0x2194);
}

/* "╶+market_segment_───╴" */
static void
draw_span(const struct view_of *v, size_t first, size_t n)
{
	const struct slot *slot = &v->slots[first], *last = slot + n - 1;
	const int width = last->x + last->width - slot->x;
	const bool plain = is_plain(v->grid, v->preview);
	const enum change change = plain ? CHANGE_NONE : slot->column->change;
	const bool has_sign = change != CHANGE_NONE;
	const struct paint paint = { change ? ink_of(change) : INK_DIM, 0 };
	int x = slot->x;

	pane_repeat(v->pane, 0, x, width, PAINT(INK_RULE), 0x2500);
	pane_put(v->pane, 0, x, PAINT(INK_RULE), 0x2576);
	pane_put(v->pane, 0, x + width - 1, PAINT(INK_RULE), 0x2574);
	if (has_sign)
		pane_put(v->pane, 0, ++x, paint, sign_of(change));
	pane_text(v->pane, 0, x + 1, slot->x + width - 2 - x, paint,
		  (struct text){ slot->column->name, slot->prefix });
}

/* Neighbours of one fate whose names begin alike. */
static size_t
span_at(struct view_of *v, size_t first)
{
	const struct preview_column *c = v->order[first];
	size_t prefix = 0, n = 1;

	for (size_t i = first + 1; i < v->n; i++, n++) {
		const struct preview_column *next = v->order[i];
		size_t common = caption_common(text_of(c->name), text_of(next->name));

		if (next->change != c->change || !common ||
		    (prefix && strncmp(c->name, next->name, prefix) != 0))
			break;
		prefix = prefix ? prefix : common;
	}
	return n > 1 ? prefix : 0;
}

static int
slot_width(const struct view_of *v, const struct slot *slot, size_t rows)
{
	const char *name = slot->column->name + slot->prefix;
	int width = caption_width(text_of(name), NAME_ROWS);

	for (size_t i = 0; i < rows; i++) {
		const int cell = cell_width(v, slot->column, v->grid->top + i);

		width = cell > width ? cell : width;
	}
	return 1 + (width < 4 ? 4 : width > WIDEST ? WIDEST : width);
}

/* The spans of what comes before the first column on view hold for it as well. */
static void
place_columns(struct view_of *v, size_t rows)
{
	size_t prefix = 0, at = v->grid->left;
	int x = GUTTER;

	while (at < v->n && v->n_slots < SLOTS && x < v->pane.columns) {
		struct slot *slot = &v->slots[v->n_slots++];
		const char *name = v->order[at]->name;

		*slot = (struct slot){ .column = v->order[at], .x = x };
		if (v->n_slots > 1 && prefix &&
		    slot[-1].column->change == slot->column->change &&
		    !strncmp(name, slot[-1].column->name, prefix) && name[prefix])
			slot->prefix = prefix;
		else
			slot->prefix = span_at(v, at);
		prefix = slot->prefix;
		slot->width = slot_width(v, slot, rows);
		if (v->n_slots > 1 && v->pane.columns - x < LEAST_CUT &&
		    slot->width > v->pane.columns - x) {
			v->n_slots--; /* of which nothing could be read */
			break;
		}
		x += slot->width + 1;
		at++;
	}
	v->grid->n_shown = v->n_slots;
}

static void
draw_head(const struct view_of *v)
{
	size_t n;

	for (size_t i = 0; i < v->n_slots; i += n) {
		for (n = 1;
		     i + n < v->n_slots && v->slots[i].prefix &&
		     v->slots[i + n].prefix == v->slots[i].prefix &&
		     v->slots[i + n].column->change == v->slots[i].column->change &&
		     !strncmp(v->slots[i].column->name, v->slots[i + n].column->name,
			      v->slots[i].prefix);
		     n++)
			;
		if (v->slots[i].prefix)
			draw_span(v, i, n);
	}
	for (size_t i = 0; i < v->n_slots; i++)
		draw_name(v, &v->slots[i]);
	pane_repeat(v->pane, HEAD_ROWS - 1, 1, v->pane.columns - 1, PAINT(INK_RULE),
		    0x2500);
}

/* --- */

static void
draw_rows(const struct view_of *v, size_t rows)
{
	for (size_t k = 0; k < rows; k++) {
		const size_t i = v->grid->top + k;
		const struct preview_row row = row_at(v->grid, v->preview, i);
		const int line = HEAD_ROWS + (int)k;

		if (row.change != CHANGE_CHANGED)
			pane_put(v->pane, line, 0, PAINT(ink_of(row.change), STYLE_BOLD),
				 sign_of(row.change));
		for (size_t s = 0; s < v->n_slots; s++)
			draw_cell(v, line, &v->slots[s], i);
	}
}

static void
draw_foot(const struct view_of *v, size_t rows)
{
	char first[FIGURE_SIZE], last[FIGURE_SIZE], all[FIGURE_SIZE];
	const struct diff_grid *grid = v->grid;
	char text[4 * FIGURE_SIZE];

	figure_count(grid->top + (rows ? 1 : 0), first);
	figure_count(grid->top + rows, last);
	figure_count(grid->rows, all);
	snprintf(text, sizeof text,
		 "rows %.20s–%.20s of %.20s · cols %zu–%zu/%zu · Alt-D %s", first, last,
		 all, v->n_slots ? grid->left + 1 : 0, grid->left + v->n_slots, v->n,
		 grid->is_result ? "diff" : "result");
	items_draw(v->pane, v->pane.rows - 1, 1, v->pane.columns - 1, PAINT(INK_DIM),
		   text_of(text));
}

void
diff_grid_draw(struct diff_grid *grid, struct pane pane, const struct preview *preview,
	       const struct names *reads)
{
	struct arena arena = { 0 };
	struct error ignored = { 0 };
	struct view_of v = { .preview = preview, .grid = grid, .pane = pane };
	size_t rows;

	v.scratch = buffer_new(0, &ignored);
	if (!v.scratch)
		return;
	order_columns(&v, reads, &arena);
	grid->rows = rows_of(grid, preview);
	grid->columns = v.n;
	grid->page = pane.rows > HEAD_ROWS + 1 ? pane.rows - HEAD_ROWS - 1 : 0;
	diff_grid_scroll(grid, 0, 0);
	rows = grid->rows - grid->top < (size_t)grid->page ? grid->rows - grid->top
							   : (size_t)grid->page;
	place_columns(&v, rows);
	draw_head(&v);
	draw_rows(&v, rows);
	draw_foot(&v, rows);
	buffer_drop(v.scratch);
	arena_release(&arena);
}
