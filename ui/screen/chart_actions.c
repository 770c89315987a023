/*
 * chart_actions - what can be done to a chart: what it shows, how, and the brush.
 */
#include <math.h>
#include <stdio.h>

#include "base/date.h"
#include "base/number.h"
#include "screen/chart_screen.h"
#include "screen/data.h"
#include "widget/quote.h"

static bool
plot(struct app *app, const void *fields, struct error *err)
{
	(void)err;
	chart_set(chart_of(app), fields);
	app_go(app, SCREEN_CHART);
	return true;
}

static void
suggest_column(struct app *app, void *fields, struct arena *arena)
{
	struct chart_spec *spec = fields;

	spec->x = arena_text(arena, app->focus.place >= 0 ? app->focus.column : "");
}

static bool
has_columns(struct app *app)
{
	struct sheet *sheet = app_sheet(app);

	return sheet && sheet_state(sheet)->has_schema;
}

#define PICK(word, slot)                                                         \
	static bool word(struct app *app, const void *fields, struct error *err) \
	{                                                                        \
		(void)fields;                                                    \
		if (!has_columns(app))                                           \
			return fail(err, "the columns are not known yet");       \
		chart_pick_open(app, slot);                                      \
		return true;                                                     \
	}

PICK(pick_x, SLOT_X)
PICK(pick_y, SLOT_Y)
PICK(pick_colour, SLOT_COLOUR)
PICK(pick_facet, SLOT_FACET)
PICK(pick_mark, SLOT_MARK)

static bool
next_scale(struct app *app, const void *fields, struct error *err)
{
	struct chart_screen *chart = chart_of(app);

	(void)fields;
	(void)err;
	chart->spec.scale = (chart->spec.scale + 1) % (SCALE_LOG_BOTH + 1);
	chart_changed(chart);
	return true;
}

static bool
next_dots(struct app *app, const void *fields, struct error *err)
{
	struct chart_screen *chart = chart_of(app);

	(void)fields;
	(void)err;
	chart->spec.dots = (chart->spec.dots + 1) % (DOTS_DENSITY + 1);
	chart_changed(chart);
	app_say(app, TONE_PLAIN, "points: %s", chart_dots[chart->spec.dots]);
	return true;
}

static bool
next_agg(struct app *app, const void *fields, struct error *err)
{
	struct chart_screen *chart = chart_of(app);

	(void)fields;
	(void)err;
	chart->spec.agg = (chart->spec.agg + 1) % (AGG_MAX + 1);
	chart_changed(chart);
	return true;
}

static bool
share(struct app *app, const void *fields, struct error *err)
{
	struct chart_screen *chart = chart_of(app);

	(void)fields;
	(void)err;
	chart->spec.share = !chart->spec.share;
	chart_changed(chart);
	return true;
}

/* The ends of the axis, and the width of a move; false: it has no places. */
static bool
brush_range(struct app *app, double *low, double *high, double *step, struct error *err)
{
	struct chart_screen *chart = chart_of(app);

	chart_look(app, chart);
	if (!chart->data || chart->coming)
		return fail(err, "the rows are not there yet");
	return chart_range(chart->data, low, high, step) ||
	       fail(err, "only an axis of numbers or times can be brushed");
}

static bool
brush_end(struct app *app, bool is_high, struct error *err)
{
	struct chart_screen *chart = chart_of(app);
	double low, high, step;

	if (!brush_range(app, &low, &high, &step, err))
		return false;
	if (!chart->has_brush) {
		chart->low = low;
		chart->high = high;
	}
	chart->has_brush = true;
	chart->moves_high = is_high;
	return true;
}

static bool
brush_low(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return brush_end(app, false, err);
}

static bool
brush_high(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return brush_end(app, true, err);
}

/* A number of steps from the beginning: what is added up stays round. */
static double
moved(double value, double low, double step, int by)
{
	const double at = nearbyint((value - low) / step) + by;

	return low + at * step;
}

static bool
end_move(struct app *app, int by, struct error *err)
{
	struct chart_screen *chart = chart_of(app);
	double low, high, step, at;

	if (!chart->has_brush && !brush_end(app, by < 0, err))
		return false;
	if (!brush_range(app, &low, &high, &step, err))
		return false;
	at = moved(chart->moves_high ? chart->high : chart->low, low, step, by);
	if (chart->moves_high)
		chart->high = fmin(fmax(at, chart->low + step), high);
	else
		chart->low = fmax(fmin(at, chart->high - step), low);
	return true;
}

static bool
brush_left(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return end_move(app, -1, err);
}

static bool
brush_right(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return end_move(app, 1, err);
}

/* A bound as it stands in a formula. */
static const char *
bound(const struct chart_axis *axis, double value, struct arena *arena)
{
	char text[(int)DATE_SIZE + (int)NUMBER_SIZE];

	if (axis->channel.type == TYPE_DATE) {
		date_print((int32_t)floor(value / (double)DAY_MICROS), text);
		return quote_value(TYPE_DATE, text_of(text), arena);
	}
	if (axis->channel.type == TYPE_DATETIME) {
		datetime_print_sql((int64_t)value, text);
		return quote_value(TYPE_DATETIME, text_of(text), arena);
	}
	number_print_js(value, text);
	return arena_text(arena, text);
}

static bool
brush_keep(struct app *app, const void *fields, struct error *err)
{
	struct chart_screen *chart = chart_of(app);
	struct arena *arena = &app->arena;
	const char *name, *settings[1];

	(void)fields;
	chart_look(app, chart);
	if (!chart->has_brush || !chart->data || chart->coming)
		return fail(err, "nothing is brushed: [ and ] mark the ends of a part");
	name = quote_name(chart->x, arena);
	settings[0] = arena_print(arena, "formula=%s >= %s and %s < %s", name,
				  bound(&chart->data->x, chart->low, arena), name,
				  bound(&chart->data->x, chart->high, arena));
	return data_step(app, "filter_formula", settings, COUNT(settings), err);
}

struct save_fields {
	const char *name;
};

static const struct param save_params[] = {
	PARAM_TEXT(struct save_fields, name, "Name", "what it is called in the flow",
		   .preset = ""),
	{ 0 },
};

static void
suggest_name(struct app *app, void *fields, struct arena *arena)
{
	struct save_fields *save = fields;
	struct chart_screen *chart = chart_of(app);

	chart_look(app, chart);
	if (chart->data)
		save->name = chart_title(chart->data, arena);
}

static bool
is_gathered(struct app *app)
{
	struct chart_screen *chart = chart_of(app);
	const struct error *failed;

	chart_look(app, chart);
	return !chart->coming &&
	       (!chart->gather || !gather_is_busy(chart->gather, &failed));
}

/* What it shows was chosen by keys that leave no command: one that says all of it goes
 * before. */
static void
note_saved(struct app *app, const char *way, const char *command)
{
	const struct chart_spec *spec = &chart_of(app)->spec;

	app_done(app, way, action_command(action_find("plot"), spec, &app->arena), NULL);
	app->message[0] = '\0';
	app_done(app, NULL, command, command);
}

static bool
save(struct app *app, const void *fields, struct error *err)
{
	const struct save_fields *f = fields;
	struct chart_screen *chart = chart_of(app);
	const char *way = app_way(app);
	const char *command =
		action_command(action_find("save-chart"), fields, &app->arena);

	if (app->is_macro && !app->has_terminal)
		app_await(app, is_gathered);
	chart_look(app, chart);
	if (!chart->data)
		return fail(err, "there is no chart yet");
	if (!analysis_add(&app->work.flow, chart_place(&app->work), f->name, &chart->spec,
			  &chart->data->plan, err) ||
	    !work_changed(&app->work, command, err))
		return false;
	note_saved(app, way, command);
	return true;
}

static bool
show_table(struct app *app, const void *fields, struct error *err)
{
	struct chart_screen *chart = chart_of(app);
	struct buffer *out;
	bool ok;

	(void)fields;
	chart_look(app, chart);
	if (!chart->data)
		return fail(err, "there are no numbers yet");
	out = buffer_new(0, err);
	ok = out && chart_table(chart->data, out, err);
	if (ok)
		text_open(app, chart_title(chart->data, &app->arena),
			  (struct text){ out->data, out->size });
	buffer_drop(out);
	return ok;
}

#define KEY(word, ttl, ks, hnt, hlp, fl, fn)                               \
	{                                                                  \
		.name = word, .title = ttl, .menu = "Analyse", .keys = ks, \
		.where = IN_CHART, .hint = hnt, .help = hlp,               \
		.flags = ACTION_MOVE | (fl), .run = fn                     \
	}

const struct action chart_actions[] = {
	{ .name = "plot",
	  .title = "Chart of a column",
	  .menu = "Analyse",
	  .keys = "F6",
	  .where = IN_OPEN,
	  .help = "A chart of the column under the cursor, or of what is said.",
	  .params = chart_params,
	  .params_size = sizeof(struct chart_spec),
	  .suggest = suggest_column,
	  .run = plot },
	KEY("chart-x", "Choose x", "x", "axis", "The column along the chart.", 0, pick_x),
	KEY("chart-y", "Choose y", "y", "axis", "The column up the chart.", 0, pick_y),
	KEY("chart-colour", "Choose colour", "c", "colour",
	    "The column whose values are told apart.", 0, pick_colour),
	KEY("chart-facet", "Choose facet", "g", "facet",
	    "The column with a small chart for each value.", 0, pick_facet),
	KEY("chart-mark", "Choose mark", "m", "mark", "What is drawn.", 0, pick_mark),
	KEY("brush-low", "Brush from", "[", "from", "Mark where a part of x begins.", 0,
	    brush_low),
	KEY("brush-high", "Brush to", "]", "to", "Mark where a part of x ends.", 0,
	    brush_high),
	KEY("brush-left", "Move the end left", "Left h", NULL,
	    "The end of the brush that was marked last goes left.", ACTION_HIDDEN,
	    brush_left),
	KEY("brush-right", "Move the end right", "Right l", NULL,
	    "The end of the brush that was marked last goes right.", ACTION_HIDDEN,
	    brush_right),
	KEY("brush-keep", "Keep what is brushed", "=", "keep",
	    "A step that keeps the rows in the part that is brushed.", 0, brush_keep),
	KEY("chart-scale", "Change the scale", "z", "log", "Axes in powers of ten.", 0,
	    next_scale),
	KEY("chart-points", "Dots or density", "d", "dots",
	    "Points one by one, or how many there are.", 0, next_dots),
	KEY("chart-agg", "Change what is made of y", "a", NULL,
	    "A count, the sum, the mean, the least, the most.", 0, next_agg),
	KEY("chart-share", "Parts of 100 %", "n", NULL, "Bars that are all as long.", 0,
	    share),
	{ .name = "save-chart",
	  .title = "Save as analysis",
	  .menu = "Analyse",
	  .keys = "s",
	  .where = IN_CHART,
	  .hint = "save",
	  .help = "Keep the chart as an analysis in the flow.",
	  .params = save_params,
	  .params_size = sizeof(struct save_fields),
	  .flags = ACTION_MOVE, /* noted with what it shows */
	  .suggest = suggest_name,
	  .run = save },
	KEY("chart-table", "Numbers of the chart", "Enter", "table",
	    "The numbers behind the chart.", 0, show_table),
	{ 0 },
};
