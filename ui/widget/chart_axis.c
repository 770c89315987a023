/*
 * chart_axis - ranges, bins, spans, and the lines and labels round a plot.
 */
#include "widget/chart_parts.h"

#include <math.h>
#include <stdio.h>

#include "base/date.h"
#include "term/clean.h"

enum { LEAST_BINS = 8, MANY_BINS = 40 };

void
axis_range(const struct chart_axis *axis, int64_t *first, int64_t *last)
{
	const int64_t body = axis->q99 - axis->q01;

	*first = axis->first;
	*last = axis->last;
	/* of a body without width everything else would be off */
	if (body == 0 && *first > -STEP_FAR && *last < STEP_FAR)
		return;
	if (axis->q01 - *first > body - body / 4)
		*first = axis->q01 - body / 3;
	if (*last - axis->q99 > body - body / 4)
		*last = axis->q99 + body / 3;
}

/* Bins whose edges are multiples of `width` steps, counted from `origin`. */
static void
even_bins(int64_t first, int64_t last, int64_t width, int64_t origin, struct bins *out)
{
	int64_t at = first - origin;

	at = (at / width - (at % width < 0)) * width + origin;
	out->n = 0;
	out->edges[0] = at;
	while (at <= last && out->n < BINS_MOST)
		out->edges[++out->n] = at += width;
}

/* Nice widths of numbers, in steps; 0: there is none like that. */
static int64_t
nice_width(const struct chart_axis *axis, int i)
{
	static const int64_t of_ten[] = { 10, 20, 25, 50 };
	int64_t width = of_ten[i % 4];

	for (int k = 0; k < i / 4; k++)
		width *= 10;
	if (axis->steps.ladder == LADDER_TWO)
		return i < 60 ? (int64_t)1 << i : 0;
	/* tenths of a step are none */
	return width % 10 ? 0 : width / 10;
}

/* Freedman and Diaconis: so many steps that a bin's height is no accident. */
static double
fair_width(const struct chart_axis *axis)
{
	return 2 * (double)(axis->q75 - axis->q25) / cbrt((double)axis->rows + 1);
}

static void
number_bins(const struct chart_axis *axis, int most, struct bins *out)
{
	int64_t first, last;
	double fair, range;

	axis_range(axis, &first, &last);
	range = (double)(last - first) + 1;
	fair = fmin(fair_width(axis), range / LEAST_BINS);
	for (int i = 0; i < 64; i++) {
		const int64_t width = nice_width(axis, i);

		if (width == 0 || (double)width < fair ||
		    range / (double)width > (double)most - 1)
			continue;
		even_bins(first, last, width, 0, out);
		if (out->n <= most)
			return;
	}
	/* one bin is all that fits, or no width is nice enough */
	even_bins(first, last, (int64_t)(range / most) + 1, first, out);
}

#define DAY 86400e6
static const struct {
	double micros; /* or */
	int months;
	const char *name;
} times[] = {
	{ 1e3, 0, "1 ms" },       { 1e4, 0, "10 ms" },      { 1e5, 0, "100 ms" },
	{ 1e6, 0, "1 s" },        { 5e6, 0, "5 s" },        { 15e6, 0, "15 s" },
	{ 60e6, 0, "1 min" },     { 300e6, 0, "5 min" },    { 900e6, 0, "15 min" },
	{ 3600e6, 0, "1 h" },     { 4 * 3600e6, 0, "4 h" }, { 12 * 3600e6, 0, "12 h" },
	{ DAY, 0, "1 day" },      { 7 * DAY, 0, "1 week" }, { 0, 1, "1 month" },
	{ 0, 3, "3 months" },     { 0, 12, "1 year" },      { 0, 24, "2 years" },
	{ 0, 60, "5 years" },     { 0, 120, "10 years" },   { 0, 600, "50 years" },
	{ 0, 1200, "100 years" },
};

static double
time_width(size_t i)
{
	return times[i].months ? times[i].months * 30.4 * DAY : times[i].micros;
}

/* The step at which a month begins, counted from the year 0. */
static int64_t
month_step(const struct chart_axis *axis, int64_t month)
{
	const struct civil at = { .year = (int)(month / 12),
				  .month = (int)(month % 12) + 1,
				  .day = 1 };

	return chart_step(axis, (double)datetime_micros(&at));
}

static void
month_bins(const struct chart_axis *axis, int64_t first, int64_t last, int months,
	   struct bins *out)
{
	struct civil at;
	int64_t month;

	datetime_civil((int64_t)chart_value(axis, first), &at);
	month = (int64_t)at.year * 12 + at.month - 1;
	month -= month % months;
	out->n = 0;
	out->edges[0] = month_step(axis, month);
	while (out->edges[out->n] <= last && out->n < BINS_MOST)
		out->edges[++out->n] = month_step(axis, month += months);
}

/* Which of `times`; -1: none fits. */
static int
choose_time(const struct chart_axis *axis, double range, int most)
{
	const double step = steps_width(&axis->steps);
	const double fair = fmin(fair_width(axis) * step, range / LEAST_BINS);

	for (size_t i = 0; i < COUNT(times); i++) {
		const double width = time_width(i);

		if (width >= step && width >= fair && range / width <= most - 1)
			return (int)i;
	}
	return -1;
}

static void
time_bins(const struct chart_axis *axis, int most, struct bins *out)
{
	const double step = steps_width(&axis->steps);
	int64_t first, last, monday;
	int choice;

	axis_range(axis, &first, &last);
	choice = choose_time(axis, (double)(last - first + 1) * step, most);
	/* years that no calendar has: equal bins */
	if (choice < 0 || chart_value(axis, first) < -6e16 ||
	    chart_value(axis, last) > 9e16) {
		even_bins(first, last, (last - first + 1) / most + 1, first, out);
		return;
	}
	if (times[choice].months) {
		month_bins(axis, first, last, times[choice].months, out);
		return;
	}
	monday = (int64_t)(4 * DAY / step);
	even_bins(first, last, (int64_t)nearbyint(times[choice].micros / step),
		  times[choice].micros > DAY ? monday : 0, out);
}

void
bins_make(const struct chart_axis *axis, int most, struct bins *out)
{
	out->n = 0;
	most = most < 1 ? 1 : most > BINS_MOST ? BINS_MOST : most;
	if (axis->rows == 0)
		return;
	if (axis->steps.ladder == LADDER_TIME)
		time_bins(axis, most, out);
	else
		number_bins(axis, most, out);
}

int
bins_find(const struct bins *bins, int64_t step)
{
	int low = 0, high = bins->n;

	if (bins->n == 0 || step < bins->edges[0] || step >= bins->edges[bins->n])
		return -1;
	while (high - low > 1) {
		const int middle = (low + high) / 2;

		if (bins->edges[middle] <= step)
			low = middle;
		else
			high = middle;
	}
	return low;
}

void
bins_print(const struct chart_axis *axis, const struct bins *bins, char out[CHART_LABEL])
{
	const double width =
		(double)(bins->edges[1] - bins->edges[0]) * steps_width(&axis->steps);

	if (axis->channel.log) {
		snprintf(out, CHART_LABEL, "×%.3g", pow(10, width));
		return;
	}
	if (axis->steps.ladder != LADDER_TIME) {
		chart_print(axis, width, out);
		return;
	}
	for (size_t i = 0; i < COUNT(times); i++)
		if (fabs(time_width(i) / width - 1) < 0.04) {
			snprintf(out, CHART_LABEL, "%s", times[i].name);
			return;
		}
	snprintf(out, CHART_LABEL, "%.3g days", width / DAY);
}

int
bins_for(const struct chart_data *data, int columns)
{
	int most = columns < 120 ? columns / 3 : columns / 2;

	if (data->spec.bins != PARAM_NO_INTEGER && data->spec.bins > 0)
		return data->spec.bins < columns ? (int)data->spec.bins : columns;
	if (most < LEAST_BINS)
		most = columns < LEAST_BINS ? columns : LEAST_BINS;
	return most < MANY_BINS ? most : MANY_BINS;
}

struct span
span_make(const struct chart_axis *axis, int n)
{
	struct span span = { .axis = axis, .n = n > 0 ? n : 1 };
	int64_t last;

	axis_range(axis, &span.first, &last);
	span.steps = last - span.first + 1;
	if (span.steps > span.n && span.steps < (int64_t)16 * span.n)
		span.each = (span.steps + span.n - 1) / span.n;
	if (span.each)
		span.steps = span.each * span.n;
	return span;
}

int
span_find(const struct span *span, int64_t step)
{
	const int64_t at = step - span->first;
	int at_cell;

	if (step < span->first || at >= span->steps)
		return -1;
	if (span->each)
		return (int)(at / span->each);
	at_cell = (int)(((double)at + 0.5) * span->n / (double)span->steps);
	return at_cell < span->n ? at_cell : span->n - 1;
}

double
span_value(const struct span *span, double cell)
{
	const double step = (double)span->first + cell * (double)span->steps / span->n;
	const double value = step * steps_width(&span->axis->steps);

	return span->axis->channel.log ? pow(10, value) : value;
}

int
plot_gutter(struct pane pane)
{
	return pane.columns > 3 * GUTTER ? GUTTER : 0;
}

struct plot
plot_make(struct pane pane)
{
	const int gutter = plot_gutter(pane);
	const int rows = pane.rows > 2 ? pane.rows - 2 : pane.rows;
	struct plot plot = { pane,
			     pane_part(pane, 0, gutter, rows, pane.columns - gutter) };

	if (gutter == 0)
		return plot;
	for (int row = 0; row < rows; row++)
		pane_put(pane, row, gutter - 1, PAINT(INK_RULE), 0x2502);
	pane_put(pane, rows, gutter - 1, PAINT(INK_RULE), 0x2514);
	pane_repeat(pane, rows, gutter, pane.columns - gutter, PAINT(INK_RULE), 0x2500);
	return plot;
}

static void
y_label(const struct plot *plot, const struct chart_axis *axis, int row, double value)
{
	char label[CHART_LABEL];

	if (plot->inside.column == plot->whole.column)
		return;
	chart_print(axis, value, label);
	pane_text_right(plot->whole, row, 0, GUTTER - 1, PAINT(INK_DIM), text_of(label));
	pane_put(plot->whole, row, GUTTER - 1, PAINT(INK_RULE), 0x2524);
}

void
plot_y(const struct plot *plot, const struct chart_axis *axis, double bottom, double top,
       enum plot_labels how)
{
	const bool centred = how & LABELS_CENTRED, log = how & LABELS_LOG;
	const int rows = plot->inside.rows;
	const int apart = rows < 17 ? 4 : 5;
	const double each = (top - bottom) / (centred && rows > 1 ? rows - 1 : rows);

	if (rows < 1)
		return;
	for (int row = 0; row < rows; row += apart) {
		const double value = top - each * row;

		y_label(plot, axis, row, log ? pow(10, value) : value);
	}
	if (!centred && bottom == 0 && plot->inside.column > plot->whole.column)
		pane_text_right(plot->whole, rows, 0, GUTTER - 1, PAINT(INK_DIM),
				text_of("0"));
	if (centred && rows > 1)
		y_label(plot, axis, rows - 1, log ? pow(10, bottom) : bottom);
}

static int
label_row(const struct plot *plot)
{
	return plot->inside.rows + 1;
}

void
plot_label(const struct plot *plot, int column, const char *label, int *free)
{
	const int n = clean_columns(text_of(label), CHART_LABEL);

	if (column < *free || column + n > plot->inside.columns)
		return;
	pane_text(plot->whole, label_row(plot),
		  plot->inside.column - plot->whole.column + column, n, PAINT(INK_DIM),
		  text_of(label));
	*free = column + n + 2;
}

void
plot_last_label(const struct plot *plot, int end, const char *label, int *free)
{
	const int n = clean_columns(text_of(label), CHART_LABEL);

	if (end - n >= *free)
		plot_label(plot, end - n, label, free);
}

/* 1, 2, 2.5 or 5 times a power of ten, at least so much. */
static double
nice_above(double least)
{
	static const double nice[] = { 1, 2, 2.5, 5, 10 };
	const double power = pow(10, floor(log10(least)));
	size_t i = 0;

	while (i + 1 < COUNT(nice) && nice[i] * power < least)
		i++;
	return nice[i] * power;
}

/* Labels at round numbers. */
static void
label_round(const struct plot *plot, const struct span *span, int *free)
{
	const int columns = plot->inside.columns;
	const double low = span_value(span, 0), high = span_value(span, span->n);
	const double range = high - low;
	double apart = nice_above(range * 13 / columns);
	char label[CHART_LABEL];

	if (span->axis->channel.type == TYPE_LONG && apart < 1)
		apart = 1;
	for (double at = ceil(low / apart) * apart; at < high; at += apart) {
		const int column = (int)((at - low) / range * columns);

		if (column + 10 > columns)
			return;
		chart_print(span->axis, at, label);
		plot_label(plot, column, label, free);
	}
}

/* Labels of what stands there. */
static void
label_even(const struct plot *plot, const struct span *span, int dots, int *free)
{
	const int columns = plot->inside.columns;
	const int ticks = columns < 40 ? 2 : columns < 110 ? 4 : 8;
	char label[CHART_LABEL];

	for (int i = 0; i < ticks; i++) {
		const int column = columns * i / ticks;

		chart_print(span->axis, span_value(span, (double)column * dots), label);
		plot_label(plot, column, label, free);
	}
}

void
plot_x_span(const struct plot *plot, const struct span *span, int dots)
{
	const double range = span_value(span, span->n) - span_value(span, 0);
	const bool is_round = span->axis->steps.ladder != LADDER_TIME &&
			      !span->axis->channel.log && range > 0 && isfinite(range) &&
			      fabs(span_value(span, 0)) < range * 1000;
	char label[CHART_LABEL];
	int free = 0;

	if (is_round)
		label_round(plot, span, &free);
	else
		label_even(plot, span, dots, &free);
	chart_print(span->axis, span_value(span, span->n), label);
	plot_last_label(plot, plot->inside.columns, label, &free);
}

void
plot_brush(const struct plot *plot, int from, int end)
{
	const int shift = plot->inside.column - plot->whole.column;

	for (int row = 0; row < plot->inside.rows; row++) {
		pane_style(plot->inside, row, 0, from, STYLE_FAINT);
		pane_style(plot->inside, row, end, plot->inside.columns - end,
			   STYLE_FAINT);
	}
	pane_repeat(plot->whole, plot->inside.rows, shift + from, end - from,
		    PAINT(INK_ACCENT, STYLE_BOLD), 0x2501);
}
