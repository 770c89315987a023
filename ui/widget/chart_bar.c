/*
 * chart_bar - a line for each category: name, number, bar, and at the right the share.
 */
#include <math.h>
#include <stdio.h>

#include "term/clean.h"
#include "widget/chart_parts.h"

enum { EIGHTHS = 8, BLOCK = 0x2588, LEFT_EIGHTH = 0x258f, NUMBER = 9, SHARE = 6 };

/* Totals of each category and class. */
struct lines {
	size_t n, classes;
	struct total *all;   /* by category */
	struct total *parts; /* by category and class */
	struct arena arena;
};

static void
measure(const struct slice *slice, struct lines *lines)
{
	const size_t n = slice->data->x.n;

	*lines = (struct lines){ .n = n, .classes = classes_shown(slice->data) };
	lines->all = ARENA_ARRAY(&lines->arena, n + 1, struct total);
	lines->parts = ARENA_ARRAY(&lines->arena, (n + 1) * CLASSES_SHOWN, struct total);
	for (size_t i = 0; i < slice->n; i++) {
		const struct chart_cell *cell = &slice->cells[i];
		const size_t x = (size_t)cell->x;

		total_add(&lines->all[x], cell);
		total_add(&lines->parts[x * CLASSES_SHOWN + class_shown(cell->colour)],
			  cell);
	}
}

static double
size_of(const struct slice *slice, const struct total *total)
{
	const double value = total_value(total, slice->data->plan.agg);

	return isfinite(value) ? fabs(value) : 0;
}

static double
bar_top(const struct slice *slice, struct pane pane)
{
	struct lines lines;
	double top = 0;

	(void)pane;
	measure(slice, &lines);
	for (size_t i = 0; i < lines.n; i++)
		top = fmax(top, size_of(slice, &lines.all[i]));
	arena_release(&lines.arena);
	return top;
}

static double
scaled(const struct slice *slice, double value)
{
	return slice->data->spec.scale & SCALE_LOG_Y
		       ? log10(value + 1) / log10(slice->top + 1)
		       : value / slice->top;
}

/* A bar of one colour, to an eighth of a character. */
static void
draw_plain(struct pane pane, int row, int column, int width, double share,
	   struct paint paint)
{
	int n = (int)nearbyint(share * width * EIGHTHS);

	if (share > 0 && n == 0)
		n = 1;
	pane_repeat(pane, row, column, n / EIGHTHS, paint, BLOCK);
	if (n % EIGHTHS)
		pane_put(pane, row, column + n / EIGHTHS, paint,
			 LEFT_EIGHTH - (uint32_t)(n % EIGHTHS) + 1);
}

/* Parts one behind the other. Only counts and sums have parts; others show the largest
 * class. */
static void
draw_parts(const struct slice *slice, struct pane pane, int row, int column, int width,
	   const struct total *parts, double all)
{
	double below = 0;
	int at = 0;

	for (size_t i = 0; i < CLASSES_SHOWN; i++) {
		int end;

		below += size_of(slice, &parts[i]);
		end = all > 0 ? (int)nearbyint(width * below / all) : 0;
		pane_repeat(pane, row, column + at, end - at, class_paint(slice->data, i),
			    class_sign(i));
		at = end > at ? end : at;
	}
	if (at == 0 && all > 0)
		pane_put(pane, row, column, PAINT(INK_BAR), LEFT_EIGHTH);
}

/* What stands behind a bar: of two classes the second one's share, else that of all. */
static double
share_of(const struct slice *slice, const struct lines *lines, size_t x)
{
	if (slice->data->plan.agg != AGG_COUNT)
		return NAN;
	if (slice->data->colour.n == 2)
		return (double)lines->parts[x * CLASSES_SHOWN + 1].rows /
		       (double)lines->all[x].rows;
	return (double)lines->all[x].rows / (double)slice->data->rows;
}

static void
print_size(const struct slice *slice, const struct total *total, char out[CHART_LABEL])
{
	const double value = total_value(total, slice->data->plan.agg);

	if (slice->data->plan.agg == AGG_COUNT)
		figure_count(total->rows, out);
	else if (isnan(value))
		snprintf(out, CHART_LABEL, "—");
	else
		chart_print(NULL, value, out);
}

static bool
has_parts(const struct slice *slice)
{
	return slice->data->colour.n > 1 &&
	       (slice->data->plan.agg == AGG_COUNT || slice->data->plan.agg == AGG_SUM);
}

static void
draw_line(const struct slice *slice, struct pane pane, int row, int names,
	  const struct lines *lines, size_t x)
{
	const struct chart_class *class = &slice->data->x.classes[x];
	const bool special = class->is_missing || class->is_rest;
	const double value = size_of(slice, &lines->all[x]);
	const double share = share_of(slice, lines, x);
	const int column = names + NUMBER + 3, width = pane.columns - column - SHARE;
	const int length =
		slice->data->spec.share ? width : (int)ceil(scaled(slice, value) * width);
	char number[CHART_LABEL];

	print_size(slice, &lines->all[x], number);
	pane_text(pane, row, 0, names, PAINT(special ? INK_NULL : INK_TEXT),
		  text_of(class->name));
	pane_text_right(pane, row, names + 1, NUMBER, PAINT(INK_DIM), text_of(number));
	pane_put(pane, row, column - 1, PAINT(INK_RULE), 0x2502);
	if (value > 0 && has_parts(slice))
		draw_parts(slice, pane, row, column, length,
			   &lines->parts[x * CLASSES_SHOWN], value);
	else if (value > 0)
		draw_plain(pane, row, column, width,
			   slice->data->spec.share ? 1 : scaled(slice, value),
			   PAINT(special ? INK_NULL : INK_BAR));
	if (!isnan(share))
		pane_print_right(pane, row, pane.columns, PAINT(INK_DIM), "%.0f%%",
				 share * 100);
}

static void
bar_draw(const struct slice *slice, struct pane pane)
{
	const int names = class_name_width(slice->data, pane.columns);
	struct lines lines;
	size_t rows = pane.rows > 0 ? (size_t)pane.rows : 0;
	uint64_t left = 0;
	char number[CHART_LABEL];

	measure(slice, &lines);
	if (lines.n > rows && rows > 1)
		rows--;
	for (size_t x = 0; x < lines.n; x++)
		if (x < rows)
			draw_line(slice, pane, (int)x, names, &lines, x);
		else
			left += lines.all[x].rows;
	figure_count(left, number);
	if (lines.n > rows)
		pane_print(pane, (int)rows, 0, PAINT(INK_DIM), "… %zu more, %s rows",
			   lines.n - rows, number);
	arena_release(&lines.arena);
}

const struct chart_mark mark_bar = { bar_draw, bar_top };
