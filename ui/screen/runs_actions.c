/*
 * runs_actions - to run, to stop, to find what went wrong, and to keep rows.
 */
#include "screen/flow_screen.h"
#include "screen/runs_screen.h"
#include "widget/step_text.h"

/* A script goes on when the run has ended, and ends if that went wrong. */
static bool
begin(struct app *app, const char *node, const char *from, struct error *err)
{
	const struct runs *runs = runs_of(app);

	if (!runs_begin(app, node, from, err))
		return false;
	if (!app->is_macro || app->has_terminal)
		return true;
	app_settle(app);
	return runs->now.is_well || fail(err, "%s", runs->past->what);
}

static bool
run_all(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return begin(app, NULL, NULL, err);
}

static bool
run_to(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	if (work_place(&app->work) == FLOW_NONE)
		return fail(err, "there is no current step");
	return begin(app, app->work.node, NULL, err);
}

static bool
has_run(struct app *app)
{
	return runs_of(app)->running != NULL;
}

/* To the same ends, of the flow as it is now. */
static bool
run_again(struct app *app, const void *fields, struct error *err)
{
	const struct running *last = runs_of(app)->running;

	(void)fields;
	if (!last)
		return fail(err, "nothing has run yet");
	return begin(app, running_node(last), running_from(last), err);
}

static bool
run_from(struct app *app, const void *fields, struct error *err)
{
	const struct runs *runs = runs_of(app);
	const size_t place = runs_place(runs);

	(void)fields;
	if (place == FLOW_NONE)
		return fail(err, "nothing has run yet");
	return begin(app, NULL, running_flow(runs->running)->nodes[place].id, err);
}

static bool
runs_now(struct app *app)
{
	return runs_is_busy(runs_of(app));
}

static bool
stop(struct app *app, const void *fields, struct error *err)
{
	struct runs *runs = runs_of(app);

	(void)fields;
	if (!runs_is_busy(runs))
		return fail(err, "nothing runs");
	running_cancel(runs->running);
	runs_follow(app, runs);
	return true;
}

static bool
pause(struct app *app, const void *fields, struct error *err)
{
	struct runs *runs = runs_of(app);

	(void)fields;
	if (!runs_is_busy(runs))
		return fail(err, "nothing runs");
	running_pause(runs->running, !runs->now.is_held);
	runs_follow(app, runs);
	return true;
}

static bool
errors_first(struct app *app, const void *fields, struct error *err)
{
	struct runs *runs = runs_of(app);

	(void)fields;
	if (!runs->running)
		return fail(err, "nothing has run yet");
	runs->errors_first = !runs->errors_first;
	runs->at = 0;
	runs_order(runs);
	return true;
}

static bool
move(struct app *app, int by)
{
	struct runs *runs = runs_of(app);

	if (by < 0 && runs->at > 0)
		runs->at--;
	else if (by > 0 && runs->at + 1 < runs->n)
		runs->at++;
	return true;
}

static bool
next(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	return move(app, 1);
}

static bool
previous(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	return move(app, -1);
}

static bool
go_to_step(struct app *app, const void *fields, struct error *err)
{
	const struct runs *runs = runs_of(app);
	size_t place;

	(void)fields;
	if (!runs->running)
		return fail(err, "nothing has run yet");
	place = runs_place(runs);
	if (place != FLOW_NONE) /* in the flow as it is now */
		place = flow_place(&app->work.flow,
				   running_flow(runs->running)->nodes[place].id);
	if (place == FLOW_NONE)
		return fail(err, "the step is not in the flow any more");
	app_select(app, place);
	app_go(app, SCREEN_FLOW);
	return true;
}

static bool
show_log(struct app *app, const void *fields, struct error *err)
{
	const char *text = runs_log(runs_of(app), &app->arena, err);

	(void)fields;
	if (text)
		text_open(app, "run", text_of(text));
	return text != NULL;
}

static const struct param pin_params[] = {
	FLOW_STEP_PARAM(struct flow_target),
	{ 0 },
};

/* No change of the flow: what is kept is this program's. */
static bool
pin(struct app *app, const void *fields, struct error *err)
{
	size_t place;
	bool is_kept;

	(void)fields;
	if (!flow_screen_step(app, &place, err) ||
	    !pinning_turn(app->pinning, &app->work, place, &is_kept, err))
		return false;
	app_say(app, TONE_PLAIN,
		is_kept ? "the rows of '%s' are kept · C lets go of them"
			: "the rows of '%s' are kept no more",
		step_name(&app->work.flow.nodes[place], &app->arena));
	app_due(app, 0);
	return true;
}

#define KEY(word, ttl, ks, hnt, hlp, fl, fn)                                             \
	{                                                                                \
		.name = word, .title = ttl, .menu = "Run", .keys = ks, .where = IN_RUNS, \
		.hint = hnt, .help = hlp, .flags = ACTION_MOVE | (fl), .run = fn         \
	}

const struct action runs_actions[] = {
	{ .name = "run",
	  .title = "Run the flow",
	  .menu = "Run",
	  .keys = "F5",
	  .where = IN_OPEN,
	  .help = "Run the flow up to all its destinations, which are written.",
	  .run = run_all },
	{ .name = "run-to",
	  .title = "Run to here",
	  .menu = "Run",
	  .keys = "R",
	  .where = IN_FLOW | IN_DATA | IN_RUNS,
	  .help = "Run all rows up to the current step; nothing is written.",
	  .run = run_to },
	{ .name = "run-pause",
	  .title = "Pause or go on",
	  .menu = "Run",
	  .keys = "p",
	  .where = IN_RUNS,
	  .hint = "pause",
	  .help = "Hold the run where it is; once more: it goes on.",
	  .flags = ACTION_MOVE,
	  .fits = runs_now,
	  .run = pause },
	{ .name = "pin",
	  .title = "Pin the rows",
	  .menu = "Run",
	  .keys = "C",
	  .where = IN_FLOW,
	  .help = "Keep the rows of this step, so that steps above need not run again; "
		  "or let go of them.",
	  .params = pin_params,
	  .params_size = sizeof(struct flow_target),
	  .flags = ACTION_STEP,
	  .fits = flow_screen_has_step,
	  .run = pin },
	{ .name = "run-stop",
	  .title = "Stop the run",
	  .menu = "Run",
	  .keys = "k",
	  .where = IN_RUNS,
	  .hint = "cancel",
	  .help = "Stop the run; nothing half written stays.",
	  .flags = ACTION_MOVE,
	  .fits = runs_now,
	  .run = stop },
	KEY("run-step", "Go to the step", "g", "go to step",
	    "The step that the cursor is on, in the flow. It is on what failed when a "
	    "run "
	    "ends.",
	    0, go_to_step),
	{ .name = "run-from",
	  .title = "Run again from here",
	  .menu = "Run",
	  .keys = "r",
	  .where = IN_RUNS,
	  .hint = "rerun from here",
	  .help = "Run what is written below the step under the cursor: from pinned rows "
		  "above it (C), or else from the sources.",
	  .fits = has_run,
	  .run = run_from },
	{ .name = "run-again",
	  .title = "Run the same again",
	  .menu = "Run",
	  .keys = "a",
	  .where = IN_RUNS,
	  .hint = "again",
	  .help = "Run to the same ends as the last time, the flow as it is now.",
	  .fits = has_run,
	  .run = run_again },
	KEY("run-errors", "Errors first", "e", "errors first",
	    "What failed stands at the top.", 0, errors_first),
	KEY("run-log", "What the run says", "Enter", "log",
	    "Rows and times of all steps, warnings, what code printed.", 0, show_log),
	KEY("run-next", "Next", "Down j", NULL, "The next line.", ACTION_HIDDEN, next),
	KEY("run-previous", "Previous", "Up", NULL, "The line before.", ACTION_HIDDEN,
	    previous),
	{ 0 },
};
