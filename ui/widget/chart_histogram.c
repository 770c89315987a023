/*
 * chart_histogram - bars of counts over bins, classes standing on each other.
 */
#include <math.h>

#include "widget/chart_parts.h"

enum { EIGHTHS = 8, BLOCK = 0x2588, LOWER_EIGHTH = 0x2581, NULL_SIGN = 0x2205 };
enum { LABEL_ROOM = 11 }; /* columns from a label to the next */

/* Counts of each bin and class; the bin behind the last one is of what is missing. */
struct heights {
	struct bins bins;
	size_t classes;
	uint64_t rows[BINS_MOST + 1][CLASSES_SHOWN];
};

static int
room_for_missing(const struct chart_data *data)
{
	return data->x.missing ? 4 : 0;
}

int
bins_lay(const struct chart_data *data, int columns, struct bins *out)
{
	int slot;

	columns -= room_for_missing(data);
	bins_make(&data->x, bins_for(data, columns), out);
	slot = out->n ? columns / out->n : 1;
	return slot < 1 ? 1 : slot;
}

/* Returns the columns of a bin. */
static int
measure(const struct slice *slice, int columns, struct heights *out)
{
	int slot;

	*out = (struct heights){ .classes = classes_shown(slice->data) };
	slot = bins_lay(slice->data, columns, &out->bins);
	for (size_t i = 0; i < slice->n; i++) {
		const struct chart_cell *cell = &slice->cells[i];
		const int bin = cell->x == CELL_MISSING ? out->bins.n
							: bins_find(&out->bins, cell->x);

		if (bin >= 0)
			out->rows[bin][class_shown(cell->colour)] += cell->rows;
	}
	return slot;
}

static double
total_of(const struct heights *heights, int bin)
{
	double total = 0;

	for (size_t i = 0; i < CLASSES_SHOWN; i++)
		total += (double)heights->rows[bin][i];
	return total;
}

static double
histogram_top(const struct slice *slice, struct pane pane)
{
	struct heights heights;
	double top = 0;

	measure(slice, pane.columns - plot_gutter(pane), &heights);
	for (int i = 0; i <= heights.bins.n; i++)
		top = fmax(top, total_of(&heights, i));
	return top;
}

/* A count as eighths of a row, out of so many; what is there is seen. */
static int
eighths(double rows, double top, int all, bool log)
{
	const double share = log ? log10(rows + 1) / log10(top + 1) : rows / top;
	const int n = (int)nearbyint(share * all);

	return rows > 0 && n == 0 ? 1 : n;
}

/* The class that fills most of the eighths [from, from + 8) of a bar. */
static size_t
filler(const int *ends, size_t n, int from)
{
	size_t best = 0;
	int most = -1, start = 0;

	for (size_t i = 0; i < n; i++) {
		const int low = start > from ? start : from;
		const int high = ends[i] < from + EIGHTHS ? ends[i] : from + EIGHTHS;

		if (high - low > most) {
			most = high - low;
			best = i;
		}
		start = ends[i];
	}
	return best;
}

/* A bar of one bin, in columns [column, column + width). */
static void
draw_bar(const struct slice *slice, struct pane pane, const struct heights *heights,
	 int bin, int column, int width)
{
	const bool log = slice->data->spec.scale & SCALE_LOG_Y;
	const double total = total_of(heights, bin);
	const int all = eighths(total, slice->top, pane.rows * EIGHTHS, log);
	int ends[CLASSES_SHOWN];
	double below = 0;

	for (size_t i = 0; i < CLASSES_SHOWN; i++) {
		below += (double)heights->rows[bin][i];
		ends[i] = total > 0 ? (int)nearbyint(all * below / total) : 0;
	}
	for (int from = 0; from < all; from += EIGHTHS) {
		const size_t class = filler(ends, CLASSES_SHOWN, from);
		const struct paint paint = bin == heights->bins.n
						   ? PAINT(INK_NULL)
						   : class_paint(slice->data, class);
		const uint32_t full = heights->classes > 1 ? class_sign(class) : BLOCK;

		pane_repeat(pane, pane.rows - 1 - from / EIGHTHS, column, width, paint,
			    all - from >= EIGHTHS
				    ? full
				    : LOWER_EIGHTH + (uint32_t)(all - from) - 1);
	}
}

/* Is each bin one whole number? Then where the last one ends is no value. */
static bool
are_numbers(const struct chart_axis *axis, const struct bins *bins)
{
	return bins->n && axis->channel.type == TYPE_LONG && !axis->channel.log &&
	       chart_value(axis, bins->edges[bins->n]) -
			       chart_value(axis, bins->edges[0]) ==
		       bins->n;
}

/* Labels of bins where they begin, and of the end of the last one. */
static void
draw_labels(const struct slice *slice, const struct plot *plot, const struct bins *bins,
	    int slot)
{
	const struct chart_axis *axis = &slice->data->x;
	const int apart = (LABEL_ROOM + slot) / slot;
	const bool is_number = are_numbers(axis, bins);
	char label[CHART_LABEL];
	int free = 0;

	for (int i = 0; i < bins->n; i += apart) {
		if (i && (bins->n - i) * slot < LABEL_ROOM)
			break;
		chart_print(axis, chart_value(axis, bins->edges[i]), label);
		plot_label(plot, i * slot, label, &free);
	}
	chart_print(axis, chart_value(axis, bins->edges[bins->n - is_number]), label);
	if (is_number)
		plot_label(plot, (bins->n - 1) * slot, label, &free);
	else
		plot_last_label(plot, bins->n * slot, label, &free);
	if (axis->missing)
		pane_put(plot->whole, plot->inside.rows + 1,
			 plot->inside.column - plot->whole.column + bins->n * slot + 2,
			 PAINT(INK_NULL), NULL_SIGN);
}

static void
draw_brush(const struct slice *slice, const struct plot *plot, const struct bins *bins,
	   int slot)
{
	int from = bins->n, end = 0;

	for (int i = 0; slice->style->has_brush && i < bins->n; i++) {
		const double at = chart_value(&slice->data->x, bins->edges[i]);

		if (at < slice->style->brush_low || at >= slice->style->brush_high)
			continue;
		from = i < from ? i : from;
		end = i + 1;
	}
	if (end > from)
		plot_brush(plot, from * slot, end * slot);
}

static void
histogram_draw(const struct slice *slice, struct pane pane)
{
	const struct plot plot = plot_make(pane);
	const bool log = slice->data->spec.scale & SCALE_LOG_Y;
	const int missing = room_for_missing(slice->data);
	struct heights heights;
	int slot, width;

	slot = measure(slice, plot.inside.columns, &heights);
	width = slot > 2 ? slot - 1 : slot;
	plot_y(&plot, NULL, 0, log ? log10(slice->top + 1) : slice->top,
	       log ? LABELS_LOG : LABELS_PLAIN);
	for (int i = 0; i < heights.bins.n; i++)
		draw_bar(slice, plot.inside, &heights, i, i * slot, width);
	if (missing)
		draw_bar(slice, plot.inside, &heights, heights.bins.n,
			 heights.bins.n * slot + 1, 3);
	if (heights.bins.n == 0)
		return;
	draw_labels(slice, &plot, &heights.bins, slot);
	draw_brush(slice, &plot, &heights.bins, slot);
}

const struct chart_mark mark_histogram = { histogram_draw, histogram_top };
