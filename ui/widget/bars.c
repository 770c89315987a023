/*
 * bars - heights in eighths of a cell.
 */
#include "widget/bars.h"

#include <math.h>

enum { EIGHTHS = 8, UPRIGHT = 0x2580, FULL = 0x2588, LEFT_FULL = 0x2590 };

/* A number or moment as one to put in order. */
static double
place_of(const struct summary_result *found, const struct summary_top *top)
{
	return found->type == TYPE_FLOAT ? top->value.number : (double)top->value.whole;
}

/* All values that there are, in their order. */
static void
bars_of_values(const struct summary_result *found, struct bars *out)
{
	const struct summary_top *order[SUMMARY_TOP];

	for (size_t i = 0; i < found->n_top; i++) {
		size_t k = i;

		for (; k > 0 &&
		       place_of(found, order[k - 1]) > place_of(found, &found->top[i]);
		     k--)
			order[k] = order[k - 1];
		order[k] = &found->top[i];
	}
	out->has_edges = out->is_single = true;
	for (size_t i = 0; i < found->n_top && i < BARS_MOST; i++) {
		out->edge[out->n] = place_of(found, order[i]);
		out->at[out->n++] = (double)order[i]->count;
	}
}

/* Bins before a long tail: those that have all but one in a hundred rows, if that leaves
 * out a quarter of the axis at least. */
static size_t
bins_shown(const struct summary_result *found, uint64_t *off)
{
	uint64_t all = 0, sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < found->n_bins; i++)
		all += found->bins[i].count;
	while (n < found->n_bins && sum * 100 < all * 99)
		sum += found->bins[n++].count;
	*off = n * 4 <= found->n_bins * 3 ? all - sum : 0;
	return *off ? n : found->n_bins;
}

/* Neighbours together, as many as it takes. */
static void
bars_of_bins(const struct summary_result *found, int most, struct bars *out)
{
	const size_t n = bins_shown(found, &out->off);
	const size_t each = (n + (size_t)most - 1) / (size_t)most;

	out->has_edges = n > 0;
	for (size_t i = 0; i < n; i++) {
		const struct summary_bin *bin = &found->bins[i];
		const size_t k = i / each;

		if (i % each == 0) {
			out->at[k] = 0;
			out->edge[k] = bin->low;
		}
		out->at[k] += (double)bin->count;
		out->edge[k + 1] = bin->high;
		out->n = (int)k + 1;
	}
}

void
bars_of(const struct summary_result *found, int most, struct bars *out)
{
	const bool has_order = found->type & (TYPE_NUMERIC | TYPE_TEMPORAL);

	if (most > BARS_MOST)
		most = BARS_MOST;
	out->n = 0;
	out->off = 0;
	out->has_edges = out->is_single = false;
	if (most < 1)
		return;
	if (!has_order && found->n_top && found->top[0].count > 1)
		for (size_t i = 0; i < found->n_top && out->n < most; i++)
			out->at[out->n++] = (double)found->top[i].count;
	else if (has_order && found->distinct == found->n_top &&
		 found->n_top <= (size_t)most)
		bars_of_values(found, out);
	else if (has_order)
		bars_of_bins(found, most, out);
}

static double
largest(const struct bars *bars)
{
	double most = 0;

	for (int i = 0; i < bars->n; i++)
		most = bars->at[i] > most ? bars->at[i] : most;
	return most;
}

/* Eighths that a share of so many cells takes; something is never nothing. */
static int
eighths(double share, int cells)
{
	const int n = (int)lround(share * cells * EIGHTHS);

	return share > 0 && n == 0 ? 1 : n;
}

void
bars_draw(struct pane pane, const struct bars *bars, int wide, int gap,
	  struct paint paint)
{
	const double most = largest(bars);

	for (int i = 0; i < bars->n && most > 0; i++) {
		const int high = eighths(bars->at[i] / most, pane.rows);

		for (int row = 0; row < pane.rows; row++) {
			const int part = high - (pane.rows - 1 - row) * EIGHTHS;

			if (part > 0)
				pane_repeat(pane, row, i * (wide + gap), wide, paint,
					    UPRIGHT + (uint32_t)(part < EIGHTHS
									 ? part
									 : EIGHTHS));
		}
	}
}

void
bar_draw(struct pane pane, int row, int column, int width, double share,
	 struct paint paint)
{
	const int n = eighths(share < 1 ? share : 1, width);

	pane_repeat(pane, row, column, n / EIGHTHS, paint, FULL);
	if (n % EIGHTHS)
		pane_put(pane, row, column + n / EIGHTHS, paint,
			 (uint32_t)(LEFT_FULL - n % EIGHTHS));
}
