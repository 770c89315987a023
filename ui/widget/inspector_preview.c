/*
 * inspector_preview - what the step does to its rows: cells, columns, what it learned.
 */
#include "widget/figure.h"
#include "widget/inspector_parts.h"

enum {
	COLUMNS_SHOWN = 8,
	BEFORE = 9, /* columns of the pane */
	AFTER = 9,
};

void
inspector_changes(struct sheet_of_lines *s, const struct preview *preview)
{
	char number[FIGURE_SIZE];

	if (!preview || preview->has_failed)
		return;
	figure_count(preview->changed_cells, number);
	if (preview->changed_cells)
		inspector_value(s, "changed", PAINT(INK_CHANGED),
				arena_print(s->arena, "%s cell%s%s", number,
					    text_plural(preview->changed_cells),
					    preview->is_whole ? "" : " (sample)"));
}

/* "2,978 ∅" */
static const char *
missing_text(size_t missing, size_t rows, struct arena *arena)
{
	char number[FIGURE_SIZE];

	if (missing > 0 && missing * 2 > rows)
		return arena_print(arena, "%.1f%% ∅",
				   100 * (double)missing / (double)rows);
	figure_count(missing, number);
	return arena_print(arena, "%s ∅", number);
}

/* Is the column's type all that is other than before? Then that is what is told. */
static bool
is_cast(const struct preview *p, const struct preview_column *c)
{
	return c->before >= 0 && c->after >= 0 &&
	       p->before_schema.at[c->before].type != c->type &&
	       c->missing_before == c->missing_after;
}

static void
put_type(struct sheet_of_lines *s, int column, enum type type)
{
	pane_text(s->pane, s->row, column, BEFORE - 1, PAINT(figure_ink(type, NULL)),
		  text_of(figure_type(type, NULL)));
}

static void
put_missing(struct sheet_of_lines *s, int column, size_t missing,
	    const struct batch *batch)
{
	pane_text(s->pane, s->row, column, BEFORE - 1, PAINT(INK_TEXT),
		  text_of(missing_text(missing, batch->rows, s->arena)));
}

/* Before and after: types, or how many cells are missing. */
static void
put_sides(struct sheet_of_lines *s, const struct preview *p,
	  const struct preview_column *c, int before, int after)
{
	if (is_cast(p, c)) {
		put_type(s, before, p->before_schema.at[c->before].type);
		put_type(s, after, c->type);
		return;
	}
	if (c->before >= 0)
		put_missing(s, before, c->missing_before, p->before);
	if (c->after >= 0)
		put_missing(s, after, c->missing_after, p->after);
	else
		pane_text(s->pane, s->row, after, AFTER - 1, PAINT(INK_TEXT),
			  text_of("gone"));
}

static void
put_column(struct sheet_of_lines *s, const struct preview *p,
	   const struct preview_column *c)
{
	static const uint32_t signs[] = { [CHANGE_NONE] = ' ',
					  [CHANGE_ADDED] = '+',
					  [CHANGE_REMOVED] = 0x2212,
					  [CHANGE_CHANGED] = '~' };
	static const struct paint paints[] = {
		[CHANGE_NONE] = { INK_TEXT, 0 },
		[CHANGE_ADDED] = { INK_ADDED, 0 },
		[CHANGE_REMOVED] = { INK_REMOVED, 0 },
		[CHANGE_CHANGED] = { INK_CHANGED, 0 },
	};
	const int after = s->pane.columns - AFTER, before = after - BEFORE;
	const struct paint paint = paints[c->change];

	pane_put(s->pane, s->row, 1, paint, signs[c->change]);
	pane_text(s->pane, s->row, 3, before - 4, paint, text_of(c->name));
	put_sides(s, p, c, before, after);
	s->row++;
	s->is_blank = false;
}

void
inspector_columns(struct sheet_of_lines *s, const struct preview *p)
{
	const int after = s->pane.columns - AFTER, before = after - BEFORE;
	size_t n = 0, more = 0;

	if (!p || p->has_failed || !p->before || !p->after)
		return;
	for (size_t i = 0; i < p->n_columns; i++)
		n += p->columns[i].change != CHANGE_NONE;
	if (!n)
		return;
	inspector_gap(s);
	pane_text(s->pane, s->row, 3, before - 4, PAINT(INK_DIM), text_of("column"));
	pane_text(s->pane, s->row, before, after - before, PAINT(INK_DIM),
		  text_of("before"));
	pane_text(s->pane, s->row++, after, s->pane.columns - after, PAINT(INK_DIM),
		  text_of("→ after"));
	for (size_t i = 0; i < p->n_columns; i++) {
		if (p->columns[i].change == CHANGE_NONE)
			continue;
		if (n > COLUMNS_SHOWN && more + 1 >= COLUMNS_SHOWN)
			break;
		put_column(s, p, &p->columns[i]);
		more++;
	}
	if (more < n)
		pane_print(s->pane, s->row++, 3, PAINT(INK_DIM), "+%zu more columns",
			   n - more);
}

void
inspector_learned(struct sheet_of_lines *s, const struct preview *p)
{
	const char *title;

	if (!p || p->has_failed || !p->learned.n)
		return;
	title = p->learned_is_kept || p->is_whole ? "learned" : "of sample";
	inspector_gap(s);
	if (p->learned.n > 1)
		inspector_line(s, title, PAINT(INK_TEXT), "");
	for (size_t i = 0; i < p->learned.n && i < COLUMNS_SHOWN; i++) {
		pane_text(s->pane, s->row, 1, s->caption - 1, PAINT(INK_DIM),
			  text_of(p->learned.n > 1 ? p->learned_of.at[i] : title));
		inspector_wrap(s, s->caption + 1, PAINT(INK_INFO),
			       text_of(p->learned.at[i]));
	}
	if (p->learned.n > COLUMNS_SHOWN)
		pane_print(s->pane, s->row++, 3, PAINT(INK_DIM), "+%zu more columns",
			   p->learned.n - COLUMNS_SHOWN);
}
