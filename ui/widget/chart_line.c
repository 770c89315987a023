/*
 * chart_line - a number along an axis: a line for each class.
 *
 * Each column of dots has one value of a class, made of all its rows there; neighbours
 * are joined, whatever lies empty between them.
 */
#include <math.h>

#include "widget/chart_canvas.h"
#include "widget/chart_parts.h"

struct lines {
	struct span x;
	struct total *at; /* by class and place */
	double low, high;
	struct arena arena;
};

static enum agg
agg_of(const struct chart_data *data)
{
	return data->y.channel.kind == CHANNEL_NONE ? AGG_COUNT : data->plan.agg;
}

static double
value_of(const struct chart_data *data, const struct total *total)
{
	return total->rows ? total_value(total, agg_of(data)) : NAN;
}

static void
measure(const struct slice *slice, int n, struct lines *out)
{
	*out = (struct lines){ .x = span_make(&slice->data->x, n),
			       .low = NAN,
			       .high = NAN };
	out->at =
		ARENA_ARRAY(&out->arena, (size_t)out->x.n * CLASSES_SHOWN, struct total);
	for (size_t i = 0; i < slice->n; i++) {
		const struct chart_cell *cell = &slice->cells[i];
		const int at = span_find(&out->x, cell->x);

		if (at >= 0)
			total_add(&out->at[class_shown(cell->colour) * (size_t)out->x.n +
					   (size_t)at],
				  cell);
	}
	for (size_t i = 0; i < (size_t)out->x.n * CLASSES_SHOWN; i++) {
		const double value = value_of(slice->data, &out->at[i]);

		if (!isfinite(value))
			continue;
		out->low = fmin(out->low, value);
		out->high = fmax(out->high, value);
	}
}

static struct paint
paint_of(const void *context, size_t class)
{
	return class_paint(context, class);
}

static void
draw_class(const struct slice *slice, const struct lines *lines, struct canvas *canvas,
	   size_t class)
{
	const double range = lines->high > lines->low ? lines->high - lines->low : 1;
	int last_x = -1, last_y = 0;

	for (int x = 0; x < lines->x.n; x++) {
		const double value = value_of(
			slice->data, &lines->at[class * (size_t)lines->x.n + (size_t)x]);
		int y;

		if (!isfinite(value))
			continue;
		y = canvas->height - 1 -
		    (int)nearbyint((value - lines->low) / range * (canvas->height - 1));
		if (last_x < 0)
			canvas_dot(canvas, x, y, class);
		else
			canvas_line(canvas, last_x, last_y, x, y, class);
		last_x = x;
		last_y = y;
	}
}

static void
line_draw(const struct slice *slice, struct pane pane)
{
	const struct chart_data *data = slice->data;
	const struct plot plot = plot_make(pane);
	struct canvas canvas;
	struct lines lines;
	int across;

	if (data->x.rows == 0 || plot.inside.columns < 1 || plot.inside.rows < 1)
		return;
	across = data->spec.canvas == CANVAS_HALF ? 1 : 2;
	measure(slice, plot.inside.columns * across, &lines);
	/* counts begin at none */
	if (agg_of(data) == AGG_COUNT)
		lines.low = 0;
	canvas_init(&canvas, (enum canvas_kind)data->spec.canvas, plot.inside.rows,
		    plot.inside.columns, &lines.arena);
	for (size_t i = 0; i < CLASSES_SHOWN; i++)
		draw_class(slice, &lines, &canvas, i);
	canvas_draw(&canvas, plot.inside, paint_of, data);
	if (isfinite(lines.low))
		plot_y(&plot, NULL, lines.low, lines.high, LABELS_CENTRED);
	plot_x_span(&plot, &lines.x, across);
	arena_release(&lines.arena);
}

const struct chart_mark mark_line = { line_draw, NULL };
