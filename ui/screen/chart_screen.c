/*
 * chart_screen - a chart of the current step, beside what it shows.
 */
#include "screen/chart_screen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "screen/export.h"
#include "widget/chart_file.h"
#include "widget/figure.h"
#include "widget/wrap.h"

enum { PANEL = 20, PANEL_WIDE = 28, WIDE = 110, LABEL = 7, DASH = 0x2014 };

/* Of a chart in a file that nobody has seen drawn. */
enum { ROWS = 24, COLUMNS = 80 };

struct chart_screen *
chart_of(struct app *app)
{
	return app->screens[SCREEN_CHART].self;
}

static void *
make(struct app *app)
{
	struct chart_screen *chart = calloc(1, sizeof *chart);

	(void)app;
	if (!chart)
		abort();
	chart->spec.bins = PARAM_NO_INTEGER;
	chart_changed(chart);
	return chart;
}

static void
drop(struct chart_screen *chart)
{
	gather_stop(chart->gather);
	gather_stop(chart->coming);
	chart->gather = chart->coming = NULL;
	chart->data = NULL;
	chart->failed = NULL;
}

static void
close(void *self, struct app *app)
{
	(void)app;
	drop(self);
	free(self);
}

char *
chart_name(struct chart_screen *chart, enum chart_slot slot)
{
	char *const names[] = { chart->x, chart->y, chart->colour, chart->facet };

	return names[slot];
}

void
chart_changed(struct chart_screen *chart)
{
	chart->spec.x = chart->x;
	chart->spec.y = chart->y;
	chart->spec.colour = chart->colour;
	chart->spec.facet = chart->facet;
	chart->is_stale = true;
}

static void
copy(char *to, const char *from)
{
	snprintf(to, CHART_NAME, "%s", from ? from : "");
}

void
chart_set(struct chart_screen *chart, const struct chart_spec *spec)
{
	const struct chart_spec given = *spec;

	if (strcmp(chart->x, given.x ? given.x : "") != 0)
		chart->has_brush = false;
	copy(chart->x, given.x);
	copy(chart->y, given.y);
	copy(chart->colour, given.colour);
	copy(chart->facet, given.facet);
	chart->spec = given;
	chart_changed(chart);
}

/* What only shows rows stands for what it reads. */
size_t
chart_place(const struct work *work)
{
	size_t place = work_place(work);

	while (place != FLOW_NONE) {
		const struct node *node = &work->flow.nodes[place];

		if ((node->type != NODE_VISUALIZATION &&
		     node->type != NODE_DESTINATION) ||
		    node->n_inputs == 0)
			return place;
		place = node->inputs[0].from;
	}
	return FLOW_NONE;
}

/* The current node is an analysis: it is shown, once. */
static void
show_analysis(struct app *app, struct chart_screen *chart)
{
	const size_t place = work_place(&app->work);
	struct chart_spec spec;
	struct arena arena = { 0 };

	if (place == FLOW_NONE || strcmp(chart->analysis, app->work.node) == 0)
		return;
	snprintf(chart->analysis, sizeof chart->analysis, "%s", app->work.node);
	if (analysis_read(&app->work.flow.nodes[place], &spec, &arena))
		chart_set(chart, &spec);
	arena_release(&arena);
}

/* Without a column: the one under the cursor of the data, or the first one. */
static void
choose_column(struct app *app, struct chart_screen *chart)
{
	struct sheet *sheet;
	const struct sheet_state *state;

	if (chart->x[0] || chart->spec.mark == MARK_CORRELATION)
		return;
	sheet = app_sheet(app);
	state = sheet ? sheet_state(sheet) : NULL;
	if (app->focus.place >= 0)
		copy(chart->x, app->focus.column);
	else if (state && state->has_schema && state->schema.n)
		copy(chart->x, state->schema.at[0].name);
}

static void
ask(struct app *app, struct chart_screen *chart, const struct node *node)
{
	struct gather_spec spec = { .flow = &app->work.flow,
				    .node = node->id,
				    .options = &app->work.options,
				    .chart = chart->spec,
				    .wake = &app->wake };
	struct error err;

	gather_stop(chart->coming);
	chart->coming = NULL;
	/* other rows than those that were brushed */
	if (chart->version != app->work.version)
		chart->has_brush = false;
	chart->spec.canvas = spec.chart.canvas = app->settings.canvas;
	if (!gather_start(&spec, &chart->coming, &err))
		app_fail(app, &err);
	chart->is_stale = false;
	chart->version = app->work.version;
	snprintf(chart->node, sizeof chart->node, "%s", node->id);
}

/* What comes takes the place of what is there as soon as it has something to show. */
static void
arrive(struct chart_screen *chart)
{
	const struct error *failed;
	const bool is_busy = chart->coming && gather_is_busy(chart->coming, &failed);

	if (chart->coming && (!is_busy || gather_data(chart->coming))) {
		gather_stop(chart->gather);
		chart->gather = chart->coming;
		chart->coming = NULL;
	}
	chart->failed = NULL;
	chart->data = chart->gather ? gather_data(chart->gather) : NULL;
	if (chart->gather)
		(void)gather_is_busy(chart->gather, &chart->failed);
}

void
chart_look(struct app *app, struct chart_screen *chart)
{
	const size_t place = app->work.is_open ? chart_place(&app->work) : FLOW_NONE;
	const struct node *node;

	if (place == FLOW_NONE) {
		drop(chart);
		return;
	}
	node = &app->work.flow.nodes[place];
	show_analysis(app, chart);
	choose_column(app, chart);
	if (chart->is_stale || chart->spec.canvas != app->settings.canvas ||
	    chart->version != app->work.version || strcmp(chart->node, node->id) != 0)
		if (chart->x[0] || chart->spec.mark == MARK_CORRELATION)
			ask(app, chart, node);
	arrive(chart);
}

static void
draw_field(struct pane pane, int row, const char *label, const char *value)
{
	pane_print(pane, row, 1, PAINT(INK_DIM), "%s", label);
	if (value && *value)
		pane_text(pane, row, 1 + LABEL, pane.columns - 1 - LABEL, PAINT(INK_TEXT),
			  text_of(value));
	else
		pane_put(pane, row, 1 + LABEL, PAINT(INK_DIM), DASH);
}

/* What is made of the rows in one place. */
static const char *
agg_word(const struct chart_data *data)
{
	if (data->plan.mark == MARK_SCATTER)
		return data->spec.dots == DOTS_ALWAYS ? "dots" : "density";
	return chart_aggs[data->plan.agg];
}

/* The spec; what is left to the chart is shown as it was decided. */
static int
draw_fields(struct pane pane, const struct chart_screen *chart)
{
	const struct chart_data *data = chart->data;
	const struct chart_spec *spec = &chart->spec;
	const enum mark mark =
		spec->mark == MARK_AUTO && data ? data->plan.mark : (enum mark)spec->mark;
	char bins[FIGURE_SIZE] = "auto", word[64];

	if (spec->bins != PARAM_NO_INTEGER)
		snprintf(bins, sizeof bins, "%d", (int)spec->bins);
	snprintf(word, sizeof word, "%s ▾", chart_marks[mark]);
	draw_field(pane, 0, "mark", word);
	draw_field(pane, 1, "x", chart->x);
	draw_field(pane, 2, "y", chart->y);
	draw_field(pane, 3, "colour", chart->colour);
	draw_field(pane, 4, "facet", chart->facet);
	draw_field(pane, 5, "agg", data ? agg_word(data) : chart_aggs[spec->agg]);
	draw_field(pane, 6, "scale", chart_scales[spec->scale]);
	draw_field(pane, 7, "bins", bins);
	return 9;
}

static void
draw_facts(struct pane pane, int row, const struct chart_data *data)
{
	const uint64_t off = chart_off(data), missing = data->x.missing + data->y.missing;
	char number[FIGURE_SIZE];

	if (missing) {
		figure_count(missing, number);
		pane_print(pane, row++, 1, PAINT(INK_NULL), "∅ %s missing", number);
	}
	if (off) {
		figure_count(off, number);
		pane_print(pane, row++, 1, PAINT(INK_WARN), "%s off-scale", number);
	}
	if (!isnan(data->r))
		pane_print(pane, row, 1, PAINT(INK_DIM), "r = %.2f", data->r);
}

static void
draw_panel(struct pane pane, const struct chart_screen *chart)
{
	const struct chart_data *data = chart->data;
	int row;

	pane = pane_box(pane, PAINT(INK_RULE), "encode", NULL);
	row = draw_fields(pane, chart);
	if (!data)
		return;
	if (*chart->colour && !data->colour.n)
		pane_print(pane, row++, 1, PAINT(INK_WARN), "%s: no colours",
			   chart_marks[data->plan.mark]);
	if (data->colour.n || data->plan.mark == MARK_SCATTER)
		pane_print(pane, row++, 1, PAINT(INK_HEADER), "legend");
	if (data->plan.mark == MARK_SCATTER && data->spec.dots != DOTS_ALWAYS)
		pane_print(pane, row++, 1, PAINT(INK_DIM), "·░▒▓█ rows, log");
	row += chart_legend(pane_part(pane, row, 1, pane.rows - row, pane.columns - 1),
			    data);
	draw_facts(pane, row + 1, data);
}

/* Why there is no chart; NULL: there is one, or it is coming. */
static const char *
trouble(struct app *app, const struct chart_screen *chart)
{
	if (chart->failed)
		return chart->failed->text;
	return chart->data || chart->coming ? NULL : app_sheet_trouble(app);
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct chart_screen *chart = self;
	const int panel = app_is_zoomed(app)     ? 0
			  : pane.columns >= WIDE ? PANEL_WIDE + 1
						 : PANEL + 1;
	const struct chart_style style = { .has_brush = chart->has_brush,
					   .brush_low = chart->low,
					   .brush_high = chart->high };
	struct pane right;
	const char *why;

	chart_look(app, chart);
	if (panel)
		draw_panel(pane_part(pane, 0, 0, pane.rows, panel - 1), chart);
	right = pane_part(pane, 0, panel, pane.rows, pane.columns - panel);
	chart->area = right;
	why = trouble(app, chart);
	if (why)
		wrap_draw(right, 1, 1, right.columns - 2, right.rows - 1, PAINT(INK_ERR),
			  text_of(why));
	else if (chart->data)
		chart_draw(right, chart->data, &style);
	else
		pane_print(right, 1, 1, PAINT(INK_DIM), "reading the rows ...");
	pane_cursor(pane, 1, 2);
}

static void
heading_brush(struct chart_screen *chart, struct heading *heading)
{
	char low[CHART_LABEL], high[CHART_LABEL], rows[FIGURE_SIZE];

	chart_print(&chart->data->x, chart->low, low);
	chart_print(&chart->data->x, chart->high, high);
	figure_count(chart_rows_between(chart->data, chart->low, chart->high), rows);
	snprintf(heading->left, sizeof heading->left,
		 "brush: %s %s–%s → %s rows · = adds a filter step", chart->x, low, high,
		 rows);
	snprintf(heading->right, sizeof heading->right, "← → %s end",
		 chart->moves_high ? "upper" : "lower");
}

/* What is drawn, and of how many rows. */
static void
heading_plain(const struct chart_screen *chart, struct heading *heading)
{
	const struct chart_data *data = chart->data;
	char rows[FIGURE_SIZE], missing[FIGURE_SIZE];
	int n;

	figure_count(data->rows, rows);
	figure_count(data->x.missing, missing);
	n = snprintf(heading->left, sizeof heading->left, "%s · %s row%s",
		     chart_marks[data->plan.mark], rows, text_plural(data->rows));
	if (data->x.missing && n < (int)sizeof heading->left)
		snprintf(heading->left + n, sizeof heading->left - (size_t)n,
			 " · %s without %s", missing, chart->x);
}

static void
heading(void *self, struct app *app, struct heading *heading)
{
	struct chart_screen *chart = self;
	char rows[FIGURE_SIZE];

	chart_look(app, chart);
	if (!chart->data)
		return;
	snprintf(heading->title, sizeof heading->title, "%s",
		 chart_title(chart->data, &app->arena));
	figure_count(chart->data->rows, rows);
	snprintf(heading->badge, sizeof heading->badge, "%s %.40s",
		 chart->data->is_whole ? "■ full" : "▤ first", rows);
	if (chart->has_brush)
		heading_brush(chart, heading);
	else
		heading_plain(chart, heading);
}

static bool
news(void *self, struct app *app)
{
	struct chart_screen *chart = self;

	if (!app->work.is_open || app->screen != SCREEN_CHART)
		return false;
	chart_look(app, chart);
	return true;
}

/* From where the mouse was pressed to where it is now. */
static bool
drag(struct chart_screen *chart, const struct mouse *mouse)
{
	double low, high;
	const bool is_press = mouse->kind == MOUSE_PRESS && mouse->button == 1;

	if (mouse->kind == MOUSE_RELEASE)
		chart->is_dragged = false;
	if (!chart->data || chart->coming ||
	    (!is_press && !(mouse->kind == MOUSE_DRAG && chart->is_dragged)) ||
	    !chart_under(chart->data, chart->area, mouse->column - chart->area.column,
			 &low, &high))
		return false;
	if (is_press) {
		chart->is_dragged = true;
		chart->has_brush = false;
		chart->from_low = low;
		chart->from_high = high;
		return true;
	}
	chart->has_brush = true;
	chart->moves_high = low >= chart->from_low;
	chart->low = fmin(low, chart->from_low);
	chart->high = fmax(high, chart->from_high);
	return true;
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct chart_screen *chart = self;

	(void)app;
	if (event->kind == EVENT_MOUSE)
		return drag(chart, &event->mouse);
	if (!event_is(event, K_ESCAPE) || !chart->has_brush)
		return false;
	chart->has_brush = false;
	return true;
}

static void
stop(void *self, struct app *app)
{
	struct chart_screen *chart = self;

	(void)app;
	gather_stop(chart->coming);
	chart->coming = NULL;
}

/* As large as it was drawn. */
static bool
print(void *self, struct app *app, const char *path, struct buffer *out,
      struct error *err)
{
	struct chart_screen *chart = self;
	const struct pane *area = &chart->area;

	chart_look(app, chart);
	if (!chart->data)
		return fail(err, "%s",
			    chart->failed ? chart->failed->text
					  : "there is no chart yet");
	return chart_print_file(chart->data, path, area->rows > 0 ? area->rows : ROWS,
				area->columns > 0 ? area->columns : COLUMNS, out, err);
}

static bool
is_whole(struct app *app)
{
	struct chart_screen *chart = chart_of(app);

	chart_look(app, chart);
	return !chart->coming && (!chart->gather || chart->failed ||
				  (chart->data && chart->data->is_whole));
}

static const struct exports exports = {
	.what = "a chart",
	.endings = chart_endings,
	.print = print,
	.is_whole = is_whole,
};

/* "histogram, x lead_time", or the part of it that is brushed. */
static const char *
sentence(void *self, struct app *app)
{
	struct chart_screen *chart = self;
	static const char *const slots[] = { "x", "y", "colour", "facet" };
	struct heading brush = { 0 };
	const char *said;

	if (!chart->data)
		return trouble(app, chart);
	if (chart->has_brush) {
		heading_brush(chart, &brush);
		return arena_text(&app->arena, brush.left);
	}
	said = chart_marks[chart->data->plan.mark];
	for (int slot = SLOT_X; slot <= SLOT_FACET; slot++)
		if (*chart_name(chart, (enum chart_slot)slot))
			said = arena_print(&app->arena, "%s, %s %s", said, slots[slot],
					   chart_name(chart, (enum chart_slot)slot));
	return said;
}

const struct view chart_view = {
	.name = "chart",
	.make = make,
	.draw = draw,
	.event = event,
	.news = news,
	.heading = heading,
	.exports = &exports,
	.sentence = sentence,
	.stop = stop,
	.close = close,
};
