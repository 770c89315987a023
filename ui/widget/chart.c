/*
 * chart - the title, small multiples, and which mark draws.
 */
#include "widget/chart.h"

#include <math.h>
#include <stdio.h>

#include "term/clean.h"
#include "widget/chart_parts.h"

enum {
	PANEL_COLUMNS = 26,
	PANEL_ROWS = 7,
	MANY_BRUSHED = 40,
	NAMES_MEASURED = 100, /* classes that a pane may have lines for */
	NAME_LEAST = 4
};

static const struct chart_mark *const marks[MARKS] = {
	[MARK_HISTOGRAM] = &mark_histogram,
	[MARK_BAR] = &mark_bar,
	[MARK_SCATTER] = &mark_scatter,
	[MARK_LINE] = &mark_line,
	[MARK_BOX] = &mark_box,
	[MARK_HEAT] = &mark_heat,
	[MARK_CORRELATION] = &mark_correlation,
};

void
total_add(struct total *total, const struct chart_cell *cell)
{
	if (cell->values && !total->values) {
		total->low = cell->low;
		total->high = cell->high;
	}
	total->rows += cell->rows;
	total->values += cell->values;
	total->sum += cell->sum;
	if (cell->values) {
		total->low = fmin(total->low, cell->low);
		total->high = fmax(total->high, cell->high);
	}
}

double
total_value(const struct total *total, enum agg agg)
{
	if (agg == AGG_COUNT || agg == AGG_AUTO)
		return (double)total->rows;
	if (total->values == 0)
		return NAN;
	switch (agg) {
	case AGG_SUM:
		return total->sum;
	case AGG_MIN:
		return total->low;
	case AGG_MAX:
		return total->high;
	default:
		return total->sum / (double)total->values;
	}
}

size_t
class_shown(size_t colour)
{
	return colour < CLASSES_SHOWN ? colour : CLASSES_SHOWN - 1;
}

size_t
classes_shown(const struct chart_data *data)
{
	const size_t n = data->colour.channel.kind == CHANNEL_NONE ? 1 : data->colour.n;

	return n < CLASSES_SHOWN ? n : CLASSES_SHOWN;
}

/* The last class that is shown is all that are left. */
static bool
is_rest(const struct chart_data *data, size_t colour)
{
	return colour == CLASSES_SHOWN - 1 && data->colour.n > CLASSES_SHOWN;
}

struct paint
class_paint(const struct chart_data *data, size_t colour)
{
	if (data->colour.channel.kind == CHANNEL_NONE)
		return PAINT(INK_BAR);
	if (is_rest(data, colour))
		return PAINT(INK_DIM);
	if (colour < data->colour.n && data->colour.classes[colour].is_missing)
		return PAINT(INK_NULL);
	return PAINT((uint8_t)(INK_CAT1 + colour % CLASSES_SHOWN));
}

int
class_name_width(const struct chart_data *data, int columns)
{
	const size_t n = data->x.n < NAMES_MEASURED ? data->x.n : NAMES_MEASURED;
	int most = NAME_LEAST;

	for (size_t i = 0; i < n; i++) {
		const int width =
			clean_columns(text_of(data->x.classes[i].name), columns);

		most = width > most ? width : most;
	}
	return most < columns / 3 ? most : columns / 3;
}

uint32_t
class_sign(size_t colour)
{
	static const uint32_t signs[] = { 0x2588, 0x2591, 0x2593, 0x2592 };

	return signs[colour % COUNT(signs)];
}

static const char *
class_name(const struct chart_data *data, size_t colour)
{
	return is_rest(data, colour) ? "other" : data->colour.classes[colour].name;
}

const char *
chart_title(const struct chart_data *data, struct arena *arena)
{
	const struct chart_plan *plan = &data->plan;

	switch (plan->mark) {
	case MARK_BAR:
		return plan->agg == AGG_COUNT
			       ? arena_print(arena, "rows by %s", plan->x.name)
			       : arena_print(arena, "%s of %s by %s",
					     chart_aggs[plan->agg], plan->y.name,
					     plan->x.name);
	case MARK_LINE:
		return data->y.channel.kind == CHANNEL_NONE
			       ? arena_print(arena, "rows along %s", plan->x.name)
			       : arena_print(arena, "%s of %s along %s",
					     chart_aggs[plan->agg], plan->y.name,
					     plan->x.name);
	case MARK_BOX:
		return arena_print(arena, "%s by %s", plan->y.name, plan->x.name);
	case MARK_SCATTER:
	case MARK_HEAT:
		return arena_print(arena, "%s × %s", plan->y.name, plan->x.name);
	case MARK_CORRELATION:
		return "Pearson r";
	default:
		return plan->x.name;
	}
}

uint64_t
chart_off(const struct chart_data *data)
{
	const bool has_x = data->x.channel.kind == CHANNEL_PLACE;
	const bool has_y =
		data->y.channel.kind == CHANNEL_PLACE && data->plan.mark == MARK_SCATTER;
	int64_t x0 = 0, x1 = 0, y0 = 0, y1 = 0;
	uint64_t off = data->x.refused + data->y.refused;

	if (has_x)
		axis_range(&data->x, &x0, &x1);
	if (has_y)
		axis_range(&data->y, &y0, &y1);
	for (size_t i = 0; i < data->n; i++) {
		const struct chart_cell *cell = &data->cells[i];

		if (cell->x != CELL_MISSING &&
		    ((has_x && (cell->x < x0 || cell->x > x1)) ||
		     (has_y && (cell->y < y0 || cell->y > y1))))
			off += cell->rows;
	}
	return off;
}

/* "█ 0  ░ 1" from a column on. */
static void
draw_classes(struct pane pane, int row, int column, const struct chart_data *data)
{
	for (size_t i = 0; i < classes_shown(data) && data->colour.n; i++) {
		if (column + 4 > pane.columns)
			return;
		pane_put(pane, row, column, class_paint(data, i), class_sign(i));
		column += 2 + pane_text(pane, row, column + 2, 16, PAINT(INK_DIM),
					text_of(class_name(data, i)));
		column += 2;
	}
}

/* How many rows, and what is to be known of them. */
static int
draw_facts(struct pane pane, int row, int column, const struct chart_data *data,
	   int plot_columns)
{
	const uint64_t off = chart_off(data);
	char number[CHART_LABEL];
	const int start = column;

	figure_count(data->rows, number);
	column += pane_print(pane, row, column, PAINT(INK_DIM), "n=%s%s", number,
			     data->is_whole ? "" : " so far");
	if (data->plan.mark == MARK_CORRELATION)
		return column - start +
		       pane_print(pane, row, column, PAINT(INK_DIM),
				  "   ▓ |r|≥.5  ▒ ≥.3  ░ ≥.1");
	figure_count(data->x.missing + data->y.missing, number);
	column += pane_print(pane, row, column, PAINT(INK_DIM), "  missing=%s", number);
	if (data->plan.mark == MARK_HISTOGRAM && data->x.rows && data->facet.n < 2) {
		struct bins bins;

		bins_lay(data, plot_columns, &bins);
		bins_print(&data->x, &bins, number);
		column +=
			pane_print(pane, row, column, PAINT(INK_DIM), "  bin=%s", number);
	}
	figure_count(off, number);
	if (off)
		column += pane_print(pane, row, column, PAINT(INK_WARN),
				     "  (%s off-scale)", number);
	return column - start;
}

static void
draw_title(struct pane pane, const struct chart_data *data)
{
	struct arena arena = { 0 };
	int column = pane_text(pane, 0, 0, pane.columns, PAINT(INK_HEADER, STYLE_BOLD),
			       text_of(chart_title(data, &arena)));

	column += 3;
	column += draw_facts(pane, 0, column, data, pane.columns - GUTTER);
	draw_classes(pane, 0, column + 3, data);
	arena_release(&arena);
}

int
chart_legend(struct pane pane, const struct chart_data *data)
{
	int row = 0;

	for (size_t i = 0; i < classes_shown(data) && data->colour.n; i++, row++) {
		pane_put(pane, row, 0, class_paint(data, i), class_sign(i));
		pane_text(pane, row, 2, pane.columns - 2, PAINT(INK_TEXT),
			  text_of(class_name(data, i)));
	}
	return row;
}

/* The cells of a facet; they stand together. */
static struct slice
slice_of(const struct chart_data *data, const struct chart_style *style, uint32_t facet)
{
	struct slice slice = { .data = data, .style = style };
	size_t end = 0;

	while (end < data->n && data->cells[end].facet < facet)
		end++;
	slice.cells = data->cells + end;
	while (end < data->n && data->cells[end].facet == facet)
		end++;
	slice.n = (size_t)(data->cells + end - slice.cells);
	return slice;
}

static void
draw_slice(const struct chart_mark *mark, struct slice *slice, struct pane pane)
{
	if (!(slice->top > 0))
		slice->top = 1;
	if (pane.rows > 0 && pane.columns > 0)
		mark->draw(slice, pane);
}

static uint64_t
rows_of(const struct slice *slice)
{
	uint64_t rows = 0;

	for (size_t i = 0; i < slice->n; i++)
		rows += slice->cells[i].rows;
	return rows;
}

/* How panels are laid out: as many as fit, in the shape of the pane. */
struct panels {
	int across, down, rows, columns;
};

static struct panels
lay_out(struct pane pane, int n)
{
	struct panels panels = { 1, 1, 0, 0 };
	const int most_across =
		pane.columns / PANEL_COLUMNS > 0 ? pane.columns / PANEL_COLUMNS : 1;
	const int most_down = pane.rows / PANEL_ROWS > 0 ? pane.rows / PANEL_ROWS : 1;

	while (panels.across * panels.down < n) {
		const bool wider =
			panels.across < most_across &&
			(panels.down >= most_down ||
			 pane.columns / panels.across > 3 * (pane.rows / panels.down));

		if (wider)
			panels.across++;
		else if (panels.down < most_down)
			panels.down++;
		else
			break;
	}
	panels.rows = pane.rows / panels.down;
	panels.columns = pane.columns / panels.across;
	return panels;
}

static void
draw_panel(const struct chart_mark *mark, struct slice *slice, size_t facet,
	   struct pane pane)
{
	char number[CHART_LABEL];
	int column;

	figure_count(rows_of(slice), number);
	column = pane_text(pane, 0, 0, pane.columns - 2, PAINT(INK_HEADER),
			   text_of(slice->data->facet.classes[facet].name));
	pane_print(pane, 0, column + 2, PAINT(INK_DIM), "n=%s", number);
	draw_slice(mark, slice, pane_part(pane, 1, 0, pane.rows - 1, pane.columns - 1));
}

static void
draw_panels(const struct chart_mark *mark, struct pane pane,
	    const struct chart_data *data, const struct chart_style *style)
{
	const int n = (int)data->facet.n;
	const struct panels panels = lay_out(pane, n);
	const int shown = panels.across * panels.down;
	struct pane first = pane_part(pane, 0, 0, panels.rows - 1, panels.columns - 1);
	double top = 0;

	for (int i = 0; mark->top && i < n; i++) {
		const struct slice slice = slice_of(data, style, (uint32_t)i);

		top = fmax(top, mark->top(&slice, first));
	}
	for (int i = 0; i < n && i < shown; i++) {
		struct slice slice = slice_of(data, style, (uint32_t)i);
		const int row = i / panels.across * panels.rows;
		const int column = i % panels.across * panels.columns;

		slice.top = top;
		draw_panel(mark, &slice, (size_t)i,
			   pane_part(pane, row, column, panels.rows, panels.columns));
	}
	if (n > shown)
		pane_print_right(pane, 0, pane.columns, PAINT(INK_DIM), "%d more",
				 n - shown);
}

void
chart_draw(struct pane pane, const struct chart_data *data,
	   const struct chart_style *style)
{
	const struct chart_mark *mark = marks[data->plan.mark];
	struct slice slice = { data, style, data->cells, data->n, 0 };

	if (style->title) {
		draw_title(pane, data);
		pane = pane_part(pane, 1, 0, pane.rows - 1, pane.columns);
	}
	if (data->rows == 0) {
		pane_print(pane, 0, 0, PAINT(INK_DIM), "no rows");
		return;
	}
	if (data->facet.n > 1) {
		draw_panels(mark, pane, data, style);
		return;
	}
	if (mark->top)
		slice.top = mark->top(&slice, pane);
	draw_slice(mark, &slice, pane);
}

bool
chart_range(const struct chart_data *data, double *low, double *high, double *step)
{
	int64_t first, last;
	struct bins bins;

	if (data->x.channel.kind != CHANNEL_PLACE || data->x.rows == 0)
		return false;
	axis_range(&data->x, &first, &last);
	bins_make(&data->x, MANY_BRUSHED, &bins);
	*low = chart_value(&data->x, bins.n ? bins.edges[0] : first);
	*high = chart_value(&data->x, bins.n ? bins.edges[bins.n] : last + 1);
	*step = bins.n ? chart_value(&data->x, bins.edges[1]) - *low : *high - *low;
	return true;
}

bool
chart_under(const struct chart_data *data, struct pane pane, int column, double *low,
	    double *high)
{
	const int columns = pane.columns - plot_gutter(pane);
	const int at = column - plot_gutter(pane);
	struct bins bins;
	struct span span;
	int slot;

	if (data->x.channel.kind != CHANNEL_PLACE || data->x.rows == 0 ||
	    data->facet.n > 1 || at < 0 || at >= columns)
		return false;
	if (data->plan.mark == MARK_HISTOGRAM) {
		slot = bins_lay(data, columns, &bins);
		if (at / slot >= bins.n)
			return false;
		*low = chart_value(&data->x, bins.edges[at / slot]);
		*high = chart_value(&data->x, bins.edges[at / slot + 1]);
		return true;
	}
	span = span_make(&data->x, columns);
	*low = span_value(&span, at);
	*high = span_value(&span, at + 1);
	return true;
}
