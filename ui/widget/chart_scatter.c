/*
 * chart_scatter - two numbers of each row: as dots while they are few, else how many
 * there are, in shades that each mean several times as many as the one before.
 */
#include <math.h>
#include <stdio.h>

#include "widget/chart_canvas.h"
#include "widget/chart_parts.h"

enum { DOTS_MOST = 2000, SHADES = 5, HUES = 8 };

static bool
is_dotted(const struct chart_data *data)
{
	if (data->spec.dots != DOTS_AUTO)
		return data->spec.dots == DOTS_ALWAYS;
	return data->x.rows < DOTS_MOST;
}

static struct paint
paint_of(const void *context, size_t class)
{
	return class_paint(context, class);
}

static void
draw_dots(const struct slice *slice, struct pane pane, const struct span *x,
	  const struct span *y, struct arena *arena)
{
	struct canvas canvas;

	canvas_init(&canvas, (enum canvas_kind)slice->data->spec.canvas, pane.rows,
		    pane.columns, arena);
	for (size_t i = 0; i < slice->n; i++) {
		const struct chart_cell *cell = &slice->cells[i];
		const int column = span_find(x, cell->x), row = span_find(y, cell->y);

		if (column >= 0 && row >= 0)
			canvas_dot(&canvas, column, canvas.height - 1 - row,
				   class_shown(cell->colour));
	}
	canvas_draw(&canvas, pane, paint_of, slice->data);
}

/* Rows of each character, and of each class in it. */
struct density {
	double *rows;
	uint64_t *classes; /* CLASSES_SHOWN of each */
	double most;
};

static void
measure(const struct slice *slice, const struct span *x, const struct span *y,
	struct density *out, struct arena *arena)
{
	const size_t n = (size_t)x->n * (size_t)y->n;

	out->rows = ARENA_ARRAY(arena, n, double);
	out->classes = ARENA_ARRAY(arena, n * CLASSES_SHOWN, uint64_t);
	out->most = 1;
	for (size_t i = 0; i < slice->n; i++) {
		const struct chart_cell *cell = &slice->cells[i];
		const int column = span_find(x, cell->x), row = span_find(y, cell->y);
		const size_t at =
			(size_t)(y->n - 1 - row) * (size_t)x->n + (size_t)column;

		if (column < 0 || row < 0)
			continue;
		out->rows[at] += (double)cell->rows;
		out->classes[at * CLASSES_SHOWN + class_shown(cell->colour)] +=
			cell->rows;
		out->most = fmax(out->most, out->rows[at]);
	}
}

static size_t
most_of(const uint64_t *classes)
{
	size_t best = 0;

	for (size_t i = 1; i < CLASSES_SHOWN; i++)
		if (classes[i] > classes[best])
			best = i;
	return best;
}

/* From 0 (one row) to n - 1 (the most). */
static int
level(double rows, double most, int n)
{
	const int at = (int)(log(rows) / log(most + 1) * n);

	return most <= 1 ? n / 2 : at < n ? at : n - 1;
}

static void
draw_density(const struct slice *slice, struct pane pane, const struct span *x,
	     const struct span *y, struct arena *arena)
{
	static const uint32_t shades[SHADES] = { 0xb7, 0x2591, 0x2592, 0x2593, 0x2588 };
	const bool coloured = classes_shown(slice->data) > 1;
	struct density density;

	measure(slice, x, y, &density, arena);
	for (int row = 0; row < y->n; row++)
		for (int column = 0; column < x->n; column++) {
			const size_t at = (size_t)row * (size_t)x->n + (size_t)column;
			const double rows = density.rows[at];
			struct paint paint;

			if (rows == 0)
				continue;
			paint = coloured ? class_paint(slice->data,
						       most_of(density.classes +
							       at * CLASSES_SHOWN))
					 : PAINT((uint8_t)(INK_SEQ0 + level(rows,
									    density.most,
									    HUES)));
			pane_put(pane, row, column, paint,
				 shades[level(rows, density.most, SHADES)]);
		}
}

static void
draw_brush(const struct slice *slice, const struct plot *plot)
{
	const struct chart_axis *axis = &slice->data->x;
	const struct span span = span_make(axis, plot->inside.columns);
	int from = span_find(&span, chart_step(axis, slice->style->brush_low));
	int end = span_find(&span, chart_step(axis, slice->style->brush_high));

	if (!slice->style->has_brush)
		return;
	from = from < 0 ? 0 : from;
	end = end < 0 ? plot->inside.columns : end;
	plot_brush(plot, from, end > from ? end : from + 1);
}

static void
scatter_draw(const struct slice *slice, struct pane pane)
{
	const struct chart_data *data = slice->data;
	const struct plot plot = plot_make(pane);
	const bool dotted = is_dotted(data);
	const enum canvas_kind kind = (enum canvas_kind)data->spec.canvas;
	const int across = dotted && kind != CANVAS_HALF ? 2 : 1;
	const int down = !dotted ? 1 : kind == CANVAS_BRAILLE ? 4 : 2;
	const struct span x = span_make(&data->x, plot.inside.columns * across);
	const struct span y = span_make(&data->y, plot.inside.rows * down);
	const struct chart_axis plain = { .steps = data->y.steps };
	struct span linear = y;
	struct arena arena = { 0 };

	if (data->x.rows == 0 || plot.inside.columns < 1 || plot.inside.rows < 1)
		return;
	(dotted ? draw_dots : draw_density)(slice, plot.inside, &x, &y, &arena);
	linear.axis = &plain; /* powers of ten, where those are the axis */
	plot_y(&plot, &data->y, span_value(&linear, 0), span_value(&linear, y.n),
	       LABELS_CENTRED | (data->y.channel.log ? LABELS_LOG : LABELS_PLAIN));
	plot_x_span(&plot, &x, across);
	draw_brush(slice, &plot);
	arena_release(&arena);
}

const struct chart_mark mark_scatter = { scatter_draw, NULL };
