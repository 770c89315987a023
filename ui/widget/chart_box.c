/*
 * chart_box - a line for each category: quartiles, and how far the usual values reach.
 *
 * A whisker ends at the last value within one and a half times the distance between the
 * quartiles (Tukey); values beyond are counted at its end.
 */
#include <math.h>
#include <stdlib.h>

#include "term/clean.h"
#include "widget/chart_parts.h"

struct tier_rows {
	int64_t step;
	uint64_t rows;
};

/* A box in steps of y. */
struct box {
	uint64_t rows, outliers;
	int64_t low, q25, q50, q75, high; /* low, high: ends of the whiskers */
};

struct boxes {
	size_t n;
	struct box *at;
	int64_t low, high;
	struct arena arena;
};

static int
compare_tiers(const void *a, const void *b)
{
	const struct tier_rows *x = a, *y = b;

	return (x->step > y->step) - (x->step < y->step);
}

static int64_t
reach(const struct tier_rows *tiers, size_t n, uint64_t all, double share)
{
	uint64_t rows = 0;

	for (size_t i = 0; i < n; i++) {
		rows += tiers[i].rows;
		if ((double)rows >= share * (double)all)
			return tiers[i].step;
	}
	return tiers[n - 1].step;
}

static void
make_box(struct tier_rows *tiers, size_t n, struct box *box)
{
	int64_t reach_of, least, most;

	for (size_t i = 0; i < n; i++)
		box->rows += tiers[i].rows;
	qsort(tiers, n, sizeof *tiers, compare_tiers);
	box->q25 = reach(tiers, n, box->rows, 0.25);
	box->q50 = reach(tiers, n, box->rows, 0.5);
	box->q75 = reach(tiers, n, box->rows, 0.75);
	reach_of = box->q75 - box->q25;
	reach_of += reach_of / 2;
	least = box->q25 - reach_of;
	most = box->q75 + reach_of;
	box->low = box->q25;
	box->high = box->q75;
	for (size_t i = 0; i < n; i++) {
		if (tiers[i].step < least || tiers[i].step > most) {
			box->outliers += tiers[i].rows;
			continue;
		}
		box->low = tiers[i].step < box->low ? tiers[i].step : box->low;
		box->high = tiers[i].step > box->high ? tiers[i].step : box->high;
	}
}

/* Cells by category, then a box of each. */
static void
measure(const struct slice *slice, struct boxes *out)
{
	const size_t n = slice->data->x.n;
	size_t *ends;
	struct tier_rows *tiers;
	size_t start = 0;

	*out = (struct boxes){ .n = n, .low = INT64_MAX, .high = INT64_MIN };
	out->at = ARENA_ARRAY(&out->arena, n + 1, struct box);
	ends = ARENA_ARRAY(&out->arena, n + 2, size_t);
	tiers = ARENA_ARRAY(&out->arena, slice->n + 1, struct tier_rows);
	for (size_t i = 0; i < slice->n; i++)
		ends[slice->cells[i].x + 1]++;
	for (size_t x = 0; x < n; x++)
		ends[x + 1] += ends[x];
	for (size_t i = 0; i < slice->n; i++)
		tiers[ends[slice->cells[i].x]++] =
			(struct tier_rows){ slice->cells[i].y, slice->cells[i].rows };
	for (size_t x = 0; x < n; start = ends[x++]) {
		struct box *box = &out->at[x];

		if (ends[x] == start)
			continue;
		make_box(tiers + start, ends[x] - start, box);
		out->low = box->low < out->low ? box->low : out->low;
		out->high = box->high > out->high ? box->high : out->high;
	}
}

/* Where a step is seen among `width` characters. */
static int
place(const struct boxes *boxes, int64_t step, int width)
{
	const double range = (double)boxes->high - (double)boxes->low;
	const double share = range > 0 ? ((double)step - (double)boxes->low) / range : 0;

	return (int)nearbyint(share * (width - 1));
}

static void
draw_box(struct pane pane, int row, int column, int width, const struct boxes *boxes,
	 const struct box *box)
{
	const int low = column + place(boxes, box->low, width);
	const int q25 = column + place(boxes, box->q25, width);
	const int q50 = column + place(boxes, box->q50, width);
	const int q75 = column + place(boxes, box->q75, width);
	const int high = column + place(boxes, box->high, width);
	char number[CHART_LABEL];

	pane_repeat(pane, row, low, q25 - low, PAINT(INK_DIM), 0x2500);
	pane_repeat(pane, row, q75 + 1, high - q75, PAINT(INK_DIM), 0x2500);
	if (low < q25)
		pane_put(pane, row, low, PAINT(INK_DIM), 0x251c);
	if (high > q75)
		pane_put(pane, row, high, PAINT(INK_DIM), 0x2524);
	pane_repeat(pane, row, q25, q75 - q25 + 1, PAINT(INK_BAR), 0x2592);
	pane_put(pane, row, q50, PAINT(INK_ACCENT, STYLE_BOLD), 0x2503);
	if (box->outliers == 0)
		return;
	chart_print(NULL, (double)box->outliers, number);
	pane_print(pane, row, high + 2, PAINT(INK_WARN), "∙%s", number);
}

static void
draw_axis(const struct slice *slice, struct pane pane, int row, int column, int width,
	  const struct boxes *boxes)
{
	const struct chart_axis *axis = &slice->data->y;
	const int ticks = width < 40 ? 2 : width < 90 ? 4 : 6;
	char label[CHART_LABEL];
	int free = 0;

	for (int i = 0; i <= ticks; i++) {
		const int64_t step =
			boxes->low +
			(int64_t)((double)(boxes->high - boxes->low) * i / ticks);
		const int at = column + place(boxes, step, width);
		int n;

		chart_print(axis, chart_value(axis, step), label);
		n = clean_columns(text_of(label), CHART_LABEL);
		if (at < free || at + n > pane.columns)
			continue;
		pane_print(pane, row, at, PAINT(INK_DIM), "%s", label);
		free = at + n + 2;
	}
}

static void
box_draw(const struct slice *slice, struct pane pane)
{
	const int names = class_name_width(slice->data, pane.columns);
	const int column = names + 8, width = pane.columns - column - 7;
	const int rows = pane.rows > 2 ? pane.rows - 1 : pane.rows;
	struct boxes boxes;
	char number[CHART_LABEL];
	int row = 0;

	measure(slice, &boxes);
	for (size_t x = 0; x < boxes.n && row < rows; x++) {
		const struct box *box = &boxes.at[x];

		if (box->rows == 0)
			continue;
		chart_print(NULL, (double)box->rows, number);
		pane_text(pane, row, 0, names, PAINT(INK_TEXT),
			  text_of(slice->data->x.classes[x].name));
		pane_text_right(pane, row, names, 6, PAINT(INK_DIM), text_of(number));
		if (width > 2)
			draw_box(pane, row, column, width, &boxes, box);
		row++;
	}
	if (row && row < pane.rows && width > 2)
		draw_axis(slice, pane, row, column, width, &boxes);
	arena_release(&boxes.arena);
}

const struct chart_mark mark_box = { box_draw, NULL };
