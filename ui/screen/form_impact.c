/* form_impact - what a step does, in numbers. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "screen/form_view.h"
#include "widget/figure.h"
#include "widget/wrap.h"

enum { MISSING_MOST = 2, WARNINGS_MOST = 2, PROBLEM_MOST = 5 };

/* Lines that are drawn, or only counted. */
struct lines {
	struct pane *pane; /* NULL: counted */
	int columns, n;
};

static void line(struct lines *lines, struct paint paint, const char *format, ...)
	PRINTF_LIKE(3, 4);

static void
line(struct lines *lines, struct paint paint, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (lines->pane)
		pane_text(*lines->pane, lines->n, 1, lines->columns - 2, paint,
			  text_of(text));
	lines->n++;
}

static int
wrapped_rows(struct text text, int columns)
{
	struct text ignored;
	int rows = 0;

	while (rows < PROBLEM_MOST && wrap_next(&text, columns, &ignored))
		rows++;
	return rows;
}

/* A sentence in as many rows as it needs, behind a sign. */
static void
sentence(struct lines *lines, uint32_t sign, struct paint paint, const char *text)
{
	const int columns = lines->columns - 4;
	const int rows = wrapped_rows(text_of(text), columns);

	if (lines->pane) {
		pane_put(*lines->pane, lines->n, 1, paint, sign);
		wrap_draw(*lines->pane, lines->n, 3, columns, rows, paint, text_of(text));
	}
	lines->n += rows;
}

static size_t
count_moved(const struct preview *preview)
{
	size_t n = 0;

	for (size_t i = 0; i < preview->n_columns; i++)
		n += preview->columns[i].is_moved;
	return n;
}

static size_t
count_changed(const struct preview *preview)
{
	size_t n = 0;

	for (size_t i = 0; i < preview->n_columns; i++)
		n += preview->columns[i].change == CHANGE_CHANGED;
	return n;
}

static void
columns_lines(struct lines *lines, const struct preview *preview)
{
	const size_t changed = count_changed(preview), moved = count_moved(preview);
	const size_t added = preview->added_columns, removed = preview->removed_columns;

	if (added && removed)
		line(lines, PAINT(INK_TEXT), "  + %zu column%s   − %zu column%s", added,
		     text_plural(added), removed, text_plural(removed));
	else if (added)
		line(lines, PAINT(INK_ADDED), "  + %zu column%s", added,
		     text_plural(added));
	else if (removed)
		line(lines, PAINT(INK_REMOVED), "  − %zu column%s", removed,
		     text_plural(removed));
	if (changed)
		line(lines, PAINT(INK_CHANGED), "  ~ %zu column%s", changed,
		     text_plural(changed));
	if (moved)
		line(lines, PAINT(INK_CHANGED), "  ↔ %zu column%s moved", moved,
		     text_plural(moved));
}

static void
rows_lines(struct lines *lines, const struct preview *preview)
{
	const size_t before = preview->before->rows, after = preview->after->rows;
	char a[FIGURE_SIZE], b[FIGURE_SIZE], c[FIGURE_SIZE];

	figure_count(before, a);
	figure_count(after, b);
	figure_count(after > before ? after - before : before - after, c);
	if (!preview->has_before)
		line(lines, PAINT(INK_TEXT), "  rows %s%s", b,
		     after == PREVIEW_MOST ? " or more" : "");
	else if (before == after)
		line(lines, PAINT(INK_TEXT), "  rows %s (%s)", a,
		     preview->is_reordered   ? "in another order"
		     : preview->is_new_table ? "others"
					     : "unchanged");
	else
		line(lines, PAINT(INK_TEXT), "  rows %s → %s%s (%s%s)", a, b,
		     after == PREVIEW_MOST ? "+" : "", after > before ? "+" : "−", c);
	if (preview->second_schema.n && preview->added_columns && before) {
		figure_percent(before - preview->removed_rows, before, a);
		line(lines, PAINT(INK_TEXT), "  %s of the rows match", a);
	}
	if (preview->changed_cells) {
		figure_count(preview->changed_cells, a);
		line(lines, PAINT(INK_CHANGED), "  ~ %s cell%s", a,
		     text_plural(preview->changed_cells));
	}
}

static void
missing_lines(struct lines *lines, const struct preview *preview)
{
	char before[FIGURE_SIZE], after[FIGURE_SIZE];
	size_t n = 0;

	for (size_t i = 0; i < preview->n_columns && n < MISSING_MOST; i++) {
		const struct preview_column *c = &preview->columns[i];

		if (c->change != CHANGE_CHANGED || c->missing_before == c->missing_after)
			continue;
		figure_count(c->missing_before, before);
		figure_count(c->missing_after, after);
		line(lines, PAINT(INK_TEXT), "  missing %s → %s %s", before, after,
		     c->name);
		n++;
	}
}

static void
memory_line(struct lines *lines, const struct preview *preview)
{
	const bool more = preview->after_bytes > preview->before_bytes;
	const size_t change = more ? preview->after_bytes - preview->before_bytes
				   : preview->before_bytes - preview->after_bytes;
	char text[FIGURE_SIZE];

	if (change < 1000)
		return;
	figure_bytes(change, text);
	line(lines, PAINT(INK_DIM), "  mem %s%s", more ? "+" : "−", text);
}

static void
counts_line(struct lines *lines, const struct form_view *view)
{
	const struct preview_count *count = preview_counted(view->previewer);
	char a[FIGURE_SIZE], b[FIGURE_SIZE];

	if (preview_is_counting(view->previewer)) {
		line(lines, PAINT(INK_DIM), "  all rows: counting…");
	} else if (count && count->has_failed) {
		sentence(lines, 0x2717, PAINT(INK_ERR), count->err.text);
	} else if (count) {
		figure_count(count->before, a);
		figure_count(count->after, b);
		line(lines, PAINT(INK_OK), "  all rows %s → %s", a, b);
	}
}

static void
delivery_line(struct lines *lines, const struct preview *preview)
{
	char rows[FIGURE_SIZE];

	figure_count(preview->after->rows, rows);
	line(lines, PAINT(INK_TEXT), "  %zu columns are written",
	     preview->after_schema.n);
	line(lines, PAINT(INK_TEXT), "  rows %s%s", rows,
	     preview->is_whole ? "" : " and more");
}

static void
preview_lines(struct lines *lines, const struct form_view *view)
{
	const struct preview *preview = view->shown;

	if (!preview->has_failed && view->op->role == ROLE_DESTINATION) {
		delivery_line(lines, preview);
	} else if (!preview->has_failed) {
		columns_lines(lines, preview);
		rows_lines(lines, preview);
		missing_lines(lines, preview);
		memory_line(lines, preview);
	}
	counts_line(lines, view);
	for (size_t i = 0; i < preview->warnings.n && i < WARNINGS_MOST; i++)
		sentence(lines, 0x26a0, PAINT(INK_WARN), preview->warnings.at[i]);
}

/* What could be mended before, and the key that does it. */
static void
mend_lines(struct lines *lines, const struct form_view *view)
{
	if (!view->can_mend)
		return;
	sentence(lines, 0x26a0, PAINT(INK_WARN), view->mend.what);
	line(lines, PAINT(INK_ACCENT), "  → Alt-M %s", view->mend.cure);
}

int
impact_draw(struct form_view *view, struct pane *pane, int columns)
{
	struct lines lines = { pane, columns, 0 };
	const bool has_problem = view->form.problem[0] && view->form.bad == FORM_NONE;

	if (has_problem) {
		sentence(&lines, 0x2717, PAINT(INK_ERR), view->form.problem);
		return lines.n;
	}
	if (!view->shown)
		return lines.n;
	if (!view->shown->has_failed)
		line(&lines, PAINT(view->is_stale ? INK_DIM : INK_HEADER), "impact");
	preview_lines(&lines, view);
	mend_lines(&lines, view);
	return lines.n;
}
