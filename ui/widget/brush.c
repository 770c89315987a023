/*
 * brush - the ends of what is brushed, and which bars lie between them.
 */
#include "widget/brush.h"

#include <stdio.h>

#include "widget/figure.h"

bool
brush_begin(struct brush *brush, const char *column, const struct bars *bars)
{
	*brush = (struct brush){ .bars = *bars, .to = bars->n - 1, .is_high = true };
	if (bars->n && bars->has_edges)
		snprintf(brush->column, sizeof brush->column, "%s", column);
	return brush->column[0];
}

void
brush_clear(struct brush *brush)
{
	brush->column[0] = '\0';
}

bool
brush_is_of(const struct brush *brush, const char *column)
{
	return brush->column[0] && !strcmp(brush->column, column);
}

static int
within(int bar, int least, int most)
{
	return bar < least ? least : bar > most ? most : bar;
}

void
brush_reach(struct brush *brush, int bar)
{
	const int last = brush->bars.n - 1;
	const int anchor = within(brush->anchor, 0, last), end = within(bar, 0, last);

	brush->is_high = end >= anchor;
	brush->from = brush->is_high ? anchor : end;
	brush->to = brush->is_high ? end : anchor;
}

void
brush_move(struct brush *brush, int by)
{
	if (brush->is_high)
		brush->to = within(brush->to + by, brush->from, brush->bars.n - 1);
	else
		brush->from = within(brush->from + by, 0, brush->to);
}

static double
low_of(const struct brush *brush)
{
	return brush->bars.edge[brush->from];
}

static double
high_of(const struct brush *brush)
{
	return bars_end(&brush->bars, brush->to);
}

void
brush_renew(struct brush *brush, const struct summary_result *found)
{
	struct brush now = *brush;

	bars_of(found, brush->bars.n, &now.bars);
	if (now.bars.n == brush->bars.n && low_of(&now) == low_of(brush) &&
	    high_of(&now) == high_of(brush))
		*brush = now;
}

uint64_t
brush_rows(const struct brush *brush)
{
	double sum = 0;

	for (int i = brush->from; i <= brush->to; i++)
		sum += brush->bars.at[i];
	return (uint64_t)sum;
}

void
brush_print(const struct brush *brush, enum type type, char out[BRUSH_RANGE])
{
	char low[FIGURE_SIZE], high[FIGURE_SIZE];

	figure_place(type, low_of(brush), low);
	figure_place(type, high_of(brush), high);
	if (brush->bars.is_single && brush->from == brush->to)
		snprintf(out, BRUSH_RANGE, "%s", low);
	else
		snprintf(out, BRUSH_RANGE, "%s–%s", low, high);
}

/* By its middle: bars that were put together otherwise lie across an end. */
static bool
covers(const struct brush *brush, const struct bars *shown, int i)
{
	const double middle = (shown->edge[i] + bars_end(shown, i)) / 2;

	return middle >= low_of(brush) && middle <= high_of(brush);
}

int
brush_draw(struct pane pane, const struct brush *brush, const struct bars *shown,
	   int each)
{
	int first = -1;

	for (int i = 0; i < shown->n && shown->has_edges; i++) {
		if (!covers(brush, shown, i))
			for (int row = 0; row < pane.rows; row++)
				pane_paint(pane, row, i * each, each,
					   PAINT(INK_DIM, STYLE_FAINT));
		else if (first < 0)
			first = i;
	}
	return first;
}
