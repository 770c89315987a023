/*
 * chart_heat - tables of shades: rows of two categories, correlations of numbers.
 *
 * Columns are numbered where their names would not fit. Where numbers do not fit, shades
 * are all that is shown.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "term/clean.h"
#include "widget/chart_parts.h"

enum { CELL = 9, PAIR = 6, NARROW = 2, HUES = 8 };

static const uint32_t shades[] = { ' ', 0x2591, 0x2592, 0x2593, 0x2588 };

static uint32_t
shade_of_share(double share)
{
	const int at = (int)ceil(share * 4);

	return shades[at < 0 ? 0 : at > 4 ? 4 : at];
}

static int
longest(const char *const *names, size_t n, int most)
{
	int width = 4;

	for (size_t i = 0; i < n; i++) {
		const int columns = clean_columns(text_of(names[i]), most);

		width = columns > width ? columns : width;
	}
	return width < most ? width : most;
}

static const char *const *
names_of(const struct chart_axis *axis, struct arena *arena)
{
	const char **names = ARENA_ARRAY(arena, axis->n + 1, const char *);

	for (size_t i = 0; i < axis->n; i++)
		names[i] = axis->classes[i].name;
	return names;
}

struct counts {
	uint64_t *at; /* by y, then x */
	uint64_t most;
};

static void
measure(const struct slice *slice, struct counts *out, struct arena *arena)
{
	const struct chart_data *data = slice->data;

	*out = (struct counts){ .most = 1 };
	out->at = ARENA_ARRAY(arena, data->x.n * data->y.n + 1, uint64_t);
	for (size_t i = 0; i < slice->n; i++) {
		const struct chart_cell *cell = &slice->cells[i];
		uint64_t *at = &out->at[(size_t)cell->y * data->x.n + (size_t)cell->x];

		*at += cell->rows;
		out->most = *at > out->most ? *at : out->most;
	}
}

static void
draw_count(struct pane pane, int row, int column, int width, uint64_t rows, uint64_t most)
{
	const double share = log((double)rows + 1) / log((double)most + 1);
	const int hue = (int)(share * HUES);
	const struct paint paint =
		PAINT((uint8_t)(INK_SEQ0 + (hue < HUES ? hue : HUES - 1)));
	char number[CHART_LABEL];

	if (rows == 0)
		return;
	if (width < 4) {
		pane_repeat(pane, row, column, width, paint, shade_of_share(share));
		return;
	}
	pane_put(pane, row, column, paint, shade_of_share(share));
	figure_count(rows, number);
	if ((int)strlen(number) > width - 3)
		chart_print(NULL, (double)rows, number);
	pane_text_right(pane, row, column + 1, width - 2, PAINT(INK_TEXT),
			text_of(number));
}

/* Numbers above columns, and names where they have room. */
static void
draw_heads(struct pane pane, int row, int column, int width, const char *const *names,
	   size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const int at = column + (int)i * width;

		if (at + width > pane.columns)
			return;
		if (width >= CELL)
			pane_text_right(pane, row, at, width - 1, PAINT(INK_HEADER),
					text_of(names[i]));
		else if (width >= 4)
			pane_print_right(pane, row, at + width - 1, PAINT(INK_HEADER),
					 "%zu", i + 1);
		else
			pane_print(pane, row, at, PAINT(INK_HEADER), "%zu", (i + 1) % 10);
	}
}

/* As wide as names need, if all fit; else as numbers need; else two characters. */
static int
cell_width(const char *const *names, size_t n, int room)
{
	const int whole = longest(names, n, 2 * CELL) + 2;

	if (whole > CELL && (int)n * whole <= room)
		return whole;
	return (int)n * CELL <= room || room >= 6 * CELL ? CELL : NARROW;
}

static void
heat_draw(const struct slice *slice, struct pane pane)
{
	const struct chart_data *data = slice->data;
	struct arena arena = { 0 };
	const char *const *x_names = names_of(&data->x, &arena);
	const char *const *y_names = names_of(&data->y, &arena);
	const int names = longest(y_names, data->y.n, pane.columns / 3);
	const int room = pane.columns - names - 1;
	const int width = cell_width(x_names, data->x.n, room);
	struct counts counts;

	measure(slice, &counts, &arena);
	draw_heads(pane, 0, names + 1, width, x_names, data->x.n);
	for (size_t y = 0; y < data->y.n && (int)y + 1 < pane.rows; y++) {
		pane_text(pane, (int)y + 1, 0, names, PAINT(INK_TEXT),
			  text_of(y_names[y]));
		for (size_t x = 0; x < data->x.n; x++) {
			const int column = names + 1 + (int)x * width;

			if (column + width > pane.columns)
				break;
			draw_count(pane, (int)y + 1, column, width,
				   counts.at[y * data->x.n + x], counts.most);
		}
	}
	arena_release(&arena);
}

/* ▓ from 0.5 on, ▒ from 0.3, ░ from 0.1; nine inks from -1 to 1. */
static void
draw_pair(struct pane pane, int row, int column, int width, double r, bool itself)
{
	const int hue = isnan(r) ? 4 : (int)nearbyint((r + 1) * 4);
	const struct paint paint = PAINT((uint8_t)(INK_DIV0 + hue));
	const double size = fabs(r);
	const uint32_t shade = !(size >= 0.1) ? ' '
			       : size >= 0.5  ? 0x2593
			       : size >= 0.3  ? 0x2592
					      : 0x2591;
	char number[CHART_LABEL];

	if (width < PAIR) {
		pane_repeat(pane, row, column, width, paint, shade);
		return;
	}
	pane_put(pane, row, column, paint, shade);
	if (itself)
		snprintf(number, sizeof number, " 1");
	else if (isnan(r))
		snprintf(number, sizeof number, "  —");
	else if (size >= 0.995)
		snprintf(number, sizeof number, "%c1.0", r < 0 ? '-' : '+');
	else
		snprintf(number, sizeof number, "%c.%02d", r < 0 ? '-' : '+',
			 (int)nearbyint(size * 100));
	pane_text(pane, row, column + 1, width - 1, paint, text_of(number));
}

static void
correlation_draw(const struct slice *slice, struct pane pane)
{
	const struct chart_pairs *pairs = &slice->data->pairs;
	const int names = longest(pairs->names, pairs->n, pane.columns / 3) + 3;
	const int width = names + (int)pairs->n * PAIR <= pane.columns ||
					  pane.columns - names >= 8 * PAIR
				  ? PAIR
				  : NARROW;

	for (size_t i = 0; i < pairs->n; i++) {
		const int column = names + 1 + (int)i * width;
		const int row = (int)i + 1;

		if (column + width <= pane.columns)
			pane_print(pane, 0, column + (width == PAIR), PAINT(INK_HEADER),
				   "%zu", width == PAIR ? i + 1 : (i + 1) % 10);
		if (row >= pane.rows)
			break;
		pane_print(pane, row, 0, PAINT(INK_DIM), "%2zu", i + 1);
		pane_text(pane, row, 3, names - 3, PAINT(INK_TEXT),
			  text_of(pairs->names[i]));
		for (size_t k = 0; k <= i; k++)
			draw_pair(pane, row, names + 1 + (int)k * width, width,
				  pairs->r[i * pairs->n + k], i == k);
	}
}

const struct chart_mark mark_heat = { heat_draw, NULL };
const struct chart_mark mark_correlation = { correlation_draw, NULL };
