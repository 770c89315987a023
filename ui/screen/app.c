/*
 * app - what is open, the stack of views, the sheet on view.
 */
#include "screen/app.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/clock.h"
#include "run/cache.h"
#include "screen/data.h"
#include "widget/step_text.h"

enum {
	CACHE_BYTES = 256 << 20,
	PIN_BYTES = 256 << 20, /* of kept rows in memory; beyond that in files */
	PATIENCE = 250,        /* milliseconds that an old sheet stays for a new one */
	SETTLE = 100,          /* milliseconds between looks at what runs */
};

static const struct view *const views[SCREEN_COUNT] = {
	[SCREEN_FLOW] = &flow_screen_view, [SCREEN_DATA] = &data_view,
	[SCREEN_INSIGHT] = &insight_view,  [SCREEN_CHART] = &chart_view,
	[SCREEN_MODELS] = &models_view,    [SCREEN_RUNS] = &runs_view,
};

static struct layer
screen_make(struct app *app, const struct view *view)
{
	return (struct layer){ view, view->make ? view->make(app) : NULL };
}

/* What is wrong in the user's files is said; all else of them holds. */
static void
settings_begin(struct app *app)
{
	struct names complaints = { 0 };

	settings_read(&app->settings, &complaints, &app->arena);
	if (complaints.n)
		app_say(app, TONE_BAD, "%s", complaints.at[0]);
	arena_release(&app->arena);
}

/* What keeps rows. */
static bool
keepers_begin(struct app *app, struct error *err)
{
	app->cache = cache_new(CACHE_BYTES, err);
	app->pins = app->cache ? pins_new(PIN_BYTES, err) : NULL;
	return app->pins && pinning_new(&app->wake, app->pins, &app->pinning, err);
}

static void
keepers_end(struct app *app)
{
	pinning_free(app->pinning);
	job_settle();
	pins_free(app->pins);
	cache_free(app->cache);
}

bool
app_init(struct app *app, struct error *err)
{
	*app = (struct app){ .screen = SCREEN_FLOW, .last_screen = SCREEN_FLOW };
	app->focus.place = -1;
	settings_begin(app);
	if (!wake_init(&app->wake, err))
		return false;
	if (!keepers_begin(app, err)) {
		keepers_end(app);
		wake_release(&app->wake);
		return false;
	}
	app->work.wake = &app->wake;
	app->work.options.cache = app->cache;
	app->work.options.pins = app->pins;
	for (size_t i = 0; i < SCREEN_COUNT; i++)
		app->screens[i] = screen_make(app, views[i]);
	app->start = screen_make(app, &start_view);
	app->is_dirty = true;
	return true;
}

static void
layer_close(struct app *app, struct layer *layer)
{
	if (layer->view && layer->view->close)
		layer->view->close(layer->self, app);
	*layer = (struct layer){ 0 };
}

static void
sheets_close(struct app *app)
{
	sheet_close(app->sheet);
	sheet_close(app->coming);
	app->sheet = app->coming = NULL;
	app->sheet_node[0] = '\0';
}

void
app_release(struct app *app)
{
	while (app->n_layers)
		app_pop(app);
	for (size_t i = 0; i < SCREEN_COUNT; i++)
		layer_close(app, &app->screens[i]);
	layer_close(app, &app->start);
	sheets_close(app);
	if (app->work.is_open)
		work_close(&app->work);
	keepers_end(app);
	buffer_drop(app->record);
	buffer_drop(app->copied);
	arena_release(&app->last_arena);
	ahead_forget(&app->ahead);
	wake_release(&app->wake);
	arena_release(&app->arena);
	arena_release(&app->lasting);
}

struct work
app_next_work(const struct app *app)
{
	return (struct work){ .wake = app->work.wake,
			      .options = app->work.options,
			      .trusts_all = app->work.trusts_all };
}

static void
close_layer(struct app *app, size_t at)
{
	struct layer layer = app->layers[at];

	app->n_layers--;
	memmove(app->layers + at, app->layers + at + 1,
		(app->n_layers - at) * sizeof layer);
	layer_close(app, &layer);
	app->is_dirty = true;
}

/* Keys would still go to what cannot be seen any more. */
static void
leave_screen(struct app *app)
{
	for (size_t i = app->n_layers; i-- > 0;)
		if (app->layers[i].view->is_of_screen)
			close_layer(app, i);
}

void
app_close(struct app *app)
{
	if (app->ahead.action)
		ahead_forget(&app->ahead);
	leave_screen(app);
	sheets_close(app);
	if (app->work.is_open)
		work_close(&app->work);
	app->order = (struct sheet_order){ 0 };
	app->focus = (struct focus){ .place = -1 };
	app->screen = SCREEN_FLOW;
	app->is_dirty = true;
}

/* Options may have changed since it was begun, but for what follows from itself. */
void
app_take(struct app *app, const struct work *work)
{
	struct run_options options;

	app_close(app);
	options = app->work.options;
	options.trust = work->options.trust;
	app->work = *work;
	app->work.options = options;
	snprintf(app->noted_node, sizeof app->noted_node, "%s", work->node);
	app->screen = work->table ? SCREEN_DATA : SCREEN_FLOW;
	app->last_screen = work->table ? SCREEN_FLOW : SCREEN_DATA;
	app->is_dirty = true;
}

bool
app_copy(struct app *app, struct text text, struct error *err)
{
	if (!app->has_terminal)
		return fail(err, "there is no terminal to copy to");
	buffer_drop(app->copied);
	app->copied = buffer_new(0, err);
	if (!app->copied || !buffer_append(app->copied, text.data, text.size, err))
		return false;
	app_say(app, TONE_PLAIN, "copied: %.*s", TEXT_ARG(text));
	return true;
}

void
app_due(struct app *app, int milliseconds)
{
	const int64_t due = app->now + milliseconds;

	if (!app->due || due < app->due)
		app->due = due;
}

int
app_wait(const struct app *app, int64_t now)
{
	if (!app->due)
		return -1;
	return app->due > now ? (int)(app->due - now) : 0;
}

static bool
layer_news(struct app *app, struct layer *layer)
{
	return layer->view && layer->view->news && layer->view->news(layer->self, app);
}

/* The one that comes takes its place when it has rows, failed, or takes too long. */
static bool
sheet_arrives(struct app *app)
{
	const struct sheet_state *state;

	if (!app->coming)
		return false;
	state = sheet_state(app->coming);
	if (!state->has_failed &&
	    !(state->has_schema && (state->rows || state->is_whole)) &&
	    app->now - app->coming_since < PATIENCE) {
		app_due(app, PATIENCE);
		return false;
	}
	sheet_close(app->sheet);
	app->sheet = app->coming;
	app->coming = NULL;
	app->sheet_steps = app->n_steps;
	/* the column under the cursor may be gone, whatever screen is on view */
	data_focus(app, data_of(app));
	return true;
}

void
app_news(struct app *app, int64_t now)
{
	app->now = now;
	if (app->due && app->due <= now)
		app->due = 0;
	app->is_dirty |= sheet_arrives(app);
	app->is_dirty |= pinning_follow(app->pinning, &app->work);
	for (size_t i = 0; i < SCREEN_COUNT; i++)
		app->is_dirty |= layer_news(app, &app->screens[i]);
	app->is_dirty |= layer_news(app, &app->start);
	for (size_t i = 0; i < app->n_layers; i++)
		app->is_dirty |= layer_news(app, &app->layers[i]);
	app->is_dirty |= app->n_pending > 0;
	ahead_go_on(app);
}

void
app_await(struct app *app, bool (*is_there)(struct app *app))
{
	struct pollfd fd = { app->wake.fd, POLLIN, 0 };

	while (!is_there(app)) {
		poll(&fd, 1, SETTLE);
		wake_clear(&app->wake);
		app_news(app, clock_milliseconds());
	}
}

static bool
is_settled(struct app *app)
{
	return !app->n_running;
}

void
app_settle(struct app *app)
{
	app_await(app, is_settled);
}

void
app_hold(struct app *app, int milliseconds)
{
	app->holds_until = milliseconds ? app->now + milliseconds : 0;
	if (milliseconds)
		app_due(app, milliseconds);
}

int
app_held(const struct app *app)
{
	int64_t until = app->holds_until;

	if (app->work.is_open && app->screen == SCREEN_DATA && !app->n_layers &&
	    app->sheet_steps != app->n_steps && app->step_since + STEP_HOLD > until)
		until = app->step_since + STEP_HOLD;
	return until > app->now ? (int)(until - app->now) : 0;
}

static void
sheet_begin(struct app *app)
{
	const struct sheet_spec spec = { &app->work.flow, app->work.node,
					 &app->work.options, app->order, &app->wake };
	struct error err = { 0 };

	sheet_close(app->coming);
	app->coming = NULL;
	app->sheet_version = app->work.version;
	snprintf(app->sheet_node, sizeof app->sheet_node, "%s", app->work.node);
	app->coming_since = app->now;
	if (!sheet_open(&spec, &app->coming, &err)) {
		app_fail(app, &err);
	} else if (!app->sheet) {
		app->sheet = app->coming;
		app->coming = NULL;
		app->sheet_steps = app->n_steps;
	}
	app_due(app, PATIENCE);
}

struct sheet *
app_sheet(struct app *app)
{
	if (!app->work.is_open || !app->work.node[0]) {
		sheets_close(app);
		return NULL;
	}
	if (app->sheet_version != app->work.version ||
	    strcmp(app->sheet_node, app->work.node) != 0)
		sheet_begin(app);
	return app->sheet;
}

const char *
app_sheet_trouble(struct app *app)
{
	struct sheet *sheet = app_sheet(app);
	const struct sheet_state *state = sheet ? sheet_state(sheet) : NULL;

	if (!state)
		return NULL;
	if (state->has_failed)
		return step_sentence(&app->work.flow, state->err.text, &app->arena);
	return state->has_schema && !state->schema.n ? "this table has no columns" : NULL;
}

/* Its rows stay until they are in order. */
static void
reorder(struct app *app, struct sheet *sheet)
{
	struct error err;

	if (sheet && !sheet_reorder(sheet, &app->order, &err))
		app_fail(app, &err);
}

void
app_order(struct app *app, struct sheet_order order)
{
	app->order.descending = order.descending;
	app->order.column = NULL;
	if (order.column) {
		snprintf(app->order_column, sizeof app->order_column, "%s", order.column);
		app->order.column = app->order_column;
	}
	reorder(app, app->sheet);
	reorder(app, app->coming);
	app->is_dirty = true;
}

void
app_refresh(struct app *app)
{
	app->sheet_node[0] = '\0';
	app->is_dirty = true;
}

void
app_say(struct app *app, enum tone tone, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(app->message, sizeof app->message, format, args);
	va_end(args);
	app->tone = tone;
	app->told_steps = 0;
	app->is_dirty = true;
}

void
app_fail(struct app *app, const struct error *err)
{
	if (err->text[0])
		app_say(app, TONE_BAD, "%s", err->text);
	else if (err->cancelled)
		app_say(app, TONE_PLAIN, "stopped");
}

void
app_go(struct app *app, enum screen screen)
{
	if (screen != app->screen) {
		leave_screen(app);
		app->last_screen = app->screen;
	}
	app->screen = screen;
	app->is_dirty = true;
}

void
app_push(struct app *app, const struct view *view, void *self)
{
	struct layer layer = { view, self };

	if (app->n_layers == LAYERS)
		layer_close(app, &layer);
	else
		app->layers[app->n_layers++] = layer;
	app->is_dirty = true;
}

/* Taken from the stack first: what its end does may open another one. */
void
app_pop(struct app *app)
{
	if (app->n_layers)
		close_layer(app, app->n_layers - 1);
}

bool
app_has(const struct app *app, const struct view *view)
{
	for (size_t i = 0; i < app->n_layers; i++)
		if (app->layers[i].view == view)
			return true;
	return false;
}

bool
app_is_modal(const struct app *app)
{
	for (size_t i = 0; i < app->n_layers; i++)
		if (app->layers[i].view->is_modal)
			return true;
	return false;
}

bool
app_has_cursor(const struct app *app)
{
	for (size_t i = 0; i < app->n_layers; i++)
		if (!app->layers[i].view->is_aside)
			return false;
	return true;
}

struct layer *
app_ground(struct app *app)
{
	return app->work.is_open ? &app->screens[app->screen] : &app->start;
}

struct layer *
app_top(struct app *app)
{
	return app->n_layers ? &app->layers[app->n_layers - 1] : app_ground(app);
}

unsigned
app_where(const struct app *app)
{
	return app->work.is_open ? 1u << app->screen : (unsigned)IN_START;
}

bool
app_is_zoomed(const struct app *app)
{
	return app->zoomed & app_where(app);
}

void
app_select(struct app *app, size_t place)
{
	work_go(&app->work, place);
	app->order = (struct sheet_order){ 0 };
	app->is_dirty = true;
}
