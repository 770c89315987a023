/*
 * runs_screen - the run at hand from its beginning to its end, and what it leaves.
 */
#include "screen/runs_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "desk/paths.h"
#include "widget/figure.h"

enum { LOOK_EVERY = 100 }; /* milliseconds */

struct runs *
runs_of(struct app *app)
{
	return app->screens[SCREEN_RUNS].self;
}

bool
runs_is_busy(const struct runs *runs)
{
	return runs->running && runs->now.phase != RUNNING_ENDED;
}

static void *
make(struct app *app)
{
	struct runs *runs = calloc(1, sizeof *runs);

	(void)app;
	if (!runs)
		abort();
	return runs;
}

static void
close(void *self, struct app *app)
{
	struct runs *runs = self;

	(void)app;
	running_free(runs->running);
	arena_release(&runs->arena);
	arena_release(&runs->lines);
	free(runs);
}

static bool
is_failed(const struct runs *runs, size_t place)
{
	return atomic_load(&runs->now.meters[place].state) == RUN_FAILED;
}

void
runs_order(struct runs *runs)
{
	const struct flow *flow = running_flow(runs->running);

	arena_release(&runs->lines);
	runs->n = 0;
	runs->shown = ARENA_ARRAY(&runs->lines, flow->n + 1, size_t);
	for (int pass = runs->errors_first ? 0 : 1; pass < 2; pass++)
		for (size_t i = 0; i < flow->n; i++) {
			const size_t at = flow->order[i];

			if (flow->nodes[at].type != NODE_VISUALIZATION &&
			    (!runs->errors_first || is_failed(runs, at) == (pass == 0)))
				runs->shown[runs->n++] = at;
		}
	if (runs->at >= runs->n)
		runs->at = runs->n ? runs->n - 1 : 0;
}

size_t
runs_failed(const struct runs *runs)
{
	for (size_t i = 0; runs->running && i < runs->n; i++)
		if (is_failed(runs, runs->shown[i]))
			return runs->shown[i];
	return FLOW_NONE;
}

size_t
runs_place(const struct runs *runs)
{
	return runs->running && runs->at < runs->n ? runs->shown[runs->at] : FLOW_NONE;
}

bool
runs_begin(struct app *app, const char *node, const char *from, struct error *err)
{
	struct runs *runs = runs_of(app);
	const struct running_spec spec = { .flow = &app->work.flow,
					   .options = &app->work.options,
					   .node = node,
					   .from = from,
					   .wake = &app->wake };
	struct running *running;

	if (runs_is_busy(runs))
		return fail(err, "a run is under way: k stops it");
	if (!running_start(&spec, &running, err))
		return false;
	running_free(runs->running);
	runs->running = running;
	runs->number++;
	runs->began = time(NULL);
	runs->is_noted = runs->is_asked = false;
	if (!from) /* which is where the cursor is */
		runs->at = runs->top = 0;
	runs->n_speeds = 0;
	runs->rows = 0;
	runs->at_seconds = 0;
	running_state(running, &runs->now);
	runs_order(runs);
	app->n_running++;
	app_go(app, SCREEN_RUNS);
	app_due(app, LOOK_EVERY);
	return true;
}

/* A file that somebody else made, and that would be written over; NULL: there is none. */
static const char *
endangered(const struct runs *runs)
{
	for (size_t i = 0; i < runs->now.n_files; i++)
		if (runs->now.exists[i] &&
		    !names_has(&runs->written, runs->now.files[i].path))
			return runs->now.files[i].path;
	return NULL;
}

static void
go(struct app *app, struct runs *runs)
{
	struct error err;

	if (!running_go(runs->running, &err)) {
		running_cancel(runs->running);
		app_fail(app, &err);
	}
	running_state(runs->running, &runs->now);
}

static void
answered(struct app *app, uint32_t key)
{
	struct runs *runs = runs_of(app);

	if (!runs->running || runs->now.phase != RUNNING_WAITS)
		return;
	if (key == 'y')
		go(app, runs);
	else
		running_cancel(runs->running);
	runs_follow(app, runs);
}

/* All that it needs is known: it begins, if nothing is lost by that. */
static void
decide(struct app *app, struct runs *runs)
{
	static const struct answer answers[] = { { 'y', "write over it" },
						 { 'n', "no" } };
	const bool asks = !app->is_macro && app->settings.confirm;
	const char *path = asks ? endangered(runs) : NULL;

	if (!path) {
		go(app, runs);
		return;
	}
	if (runs->is_asked)
		return;
	runs->is_asked = true;
	ask_open(app,
		 arena_print(&app->arena, "'%s' is there already. Write over it?", path),
		 answers, COUNT(answers), answered);
}

/* What was learned becomes part of the flow. */
static void
learn(struct app *app, struct runs *runs)
{
	struct error err;
	bool any;

	if (!running_teach(runs->running, &app->work.flow, &any, &err) ||
	    (any && !work_changed(&app->work, "run", &err)))
		app_fail(app, &err);
}

/* The cursor goes to what failed. */
static void
find_failed(struct runs *runs)
{
	const size_t failed = runs_failed(runs);

	for (size_t i = 0; i < runs->n; i++)
		if (runs->shown[i] == failed)
			runs->at = i;
}

static const char *
summary(const struct runs *runs, struct arena *arena)
{
	const struct run_report *report = runs->now.report;
	char rows[FIGURE_SIZE];
	uint64_t all = 0;

	if (runs->now.was_cancelled)
		return "stopped; nothing was written";
	if (!report)
		return arena_text(arena, runs->now.err ? runs->now.err->text : "");
	for (size_t i = 0; i < report->n_deliveries; i++)
		all += report->deliveries[i].rows;
	figure_count(report->n_deliveries ? all
		     : report->n_nodes    ? report->nodes[report->n_nodes - 1].rows
					  : 0,
		     rows);
	if (!report->n_deliveries)
		return arena_print(arena, "%s rows, nothing written", rows);
	return arena_print(arena, "%zu file%s, %s rows", report->n_deliveries,
			   text_plural(report->n_deliveries), rows);
}

/* The end of the run, once. */
static void
note_end(struct app *app, struct runs *runs)
{
	struct past_run *past = ARENA_NEW(&runs->arena, struct past_run);
	const struct run_report *report = runs->now.report;

	runs->is_noted = true;
	app->n_running--;
	*past = (struct past_run){ .before = runs->past,
				   .number = runs->number,
				   .time = runs->began,
				   .seconds = runs->now.seconds,
				   .is_well = runs->now.is_well,
				   .what = summary(runs, &runs->arena) };
	runs->past = past;
	for (size_t i = 0; report && i < report->n_deliveries; i++)
		if (!names_has(&runs->written, report->deliveries[i].path))
			names_add(&runs->written,
				  arena_text(&runs->arena, report->deliveries[i].path),
				  &runs->arena);
	if (runs->now.is_well)
		learn(app, runs);
	runs_order(runs);
	find_failed(runs);
	app_say(app,
		runs->now.is_well         ? TONE_GOOD
		: runs->now.was_cancelled ? TONE_PLAIN
					  : TONE_BAD,
		"run %u: %s", past->number, past->what);
}

/* How many rows were read since the last look; a new pass counts from nought. */
static void
note_speed(struct runs *runs)
{
	const uint64_t rows = runs->now.eta->at.rows;
	const double passed = runs->now.seconds - runs->at_seconds;
	const uint64_t more = rows >= runs->rows ? rows - runs->rows : rows;

	if (runs->now.phase != RUNNING_RUNS || passed < LOOK_EVERY / 2e3)
		return;
	if (runs->n_speeds == SPEEDS)
		memmove(runs->speeds, runs->speeds + 1,
			--runs->n_speeds * sizeof *runs->speeds);
	runs->speeds[runs->n_speeds++] = (double)more / passed;
	runs->rows = rows;
	runs->at_seconds = runs->now.seconds;
}

void
runs_follow(struct app *app, struct runs *runs)
{
	if (!runs->running || runs->is_noted)
		return;
	running_state(runs->running, &runs->now);
	note_speed(runs);
	if (runs->now.phase == RUNNING_WAITS)
		decide(app, runs);
	if (runs->now.phase == RUNNING_ENDED)
		note_end(app, runs);
	else
		app_due(app, LOOK_EVERY);
}

static bool
news(void *self, struct app *app)
{
	struct runs *runs = self;
	const bool was_busy = runs->running && !runs->is_noted;

	runs_follow(app, runs);
	return was_busy && app->screen == SCREEN_RUNS;
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	runs_draw(app, self, pane);
}

static void
heading(void *self, struct app *app, struct heading *heading)
{
	const struct runs *runs = self;
	const char *path = app->work.path ? app->work.path : app->work.table;
	const size_t workers = run_options_threads(&app->work.options);
	char peak[FIGURE_SIZE], most[FIGURE_SIZE];

	figure_bytes(memory_peak(), peak);
	figure_bytes(memory_most(), most);
	if (!runs->running) {
		snprintf(heading->title, sizeof heading->title, "no run yet");
		return;
	}
	snprintf(heading->title, sizeof heading->title, "run %u · %.100s", runs->number,
		 path ? paths_name(path) : "a new flow");
	heading->is_live = runs->now.phase == RUNNING_RUNS || runs->now.is_held;
	snprintf(heading->badge, sizeof heading->badge, "%s",
		 running_node(runs->running)   ? "▤ to one step"
		 : running_from(runs->running) ? "▤ from one step"
					       : "■ full");
	snprintf(heading->left, sizeof heading->left,
		 "%s %.1f s · %zu worker%s · peak %s%s%s",
		 runs->now.is_held         ? "paused at"
		 : runs_is_busy(runs)      ? "running"
		 : runs->now.is_well       ? "done in"
		 : runs->now.was_cancelled ? "stopped after"
					   : "failed after",
		 runs->now.seconds, workers, text_plural(workers), peak,
		 memory_most() ? " of " : "", memory_most() ? most : "");
}

static void
stop(void *self, struct app *app)
{
	struct runs *runs = self;

	(void)app;
	if (runs_is_busy(runs))
		running_cancel(runs->running);
}

/* A click goes to the line, the wheel from line to line. */
static bool
event(void *self, struct app *app, const struct event *event)
{
	struct runs *runs = self;
	const struct mouse *mouse = &event->mouse;
	const size_t line = runs->top + (size_t)(mouse->row - runs->pane.row);

	(void)app;
	if (event->kind != EVENT_MOUSE ||
	    !pane_has(runs->pane, mouse->row, mouse->column))
		return false;
	if (mouse->kind == MOUSE_PRESS && line < runs->n)
		runs->at = line;
	else if (mouse->kind == MOUSE_WHEEL && mouse->lines < 0)
		runs->at -= runs->at > 0;
	else if (mouse->kind == MOUSE_WHEEL)
		runs->at += runs->at + 1 < runs->n;
	return true;
}

static void
targets(void *self, struct app *app, struct targets *targets)
{
	const struct runs *runs = self;

	(void)app;
	for (int row = 0; row < runs->pane.rows; row++)
		if (runs->top + (size_t)row < runs->n)
			targets_add(targets, runs->pane.row + row, runs->pane.column);
}

const struct view runs_view = {
	.name = "runs",
	.make = make,
	.draw = draw,
	.event = event,
	.news = news,
	.heading = heading,
	.exports = &runs_exports,
	.sentence = runs_sentence,
	.targets = targets,
	.stop = stop,
	.close = close,
};
