/*
 * file_open - something is opened, behind the screen's back.
 *
 * What is open stays until the other one is there, and no view stands over it that is
 * about it. Keys wait a moment, so that they go where the user thinks they go; then it is
 * told what is waited for, and they go on.
 */
#include "desk/paths.h"
#include "screen/start.h"

enum { PATIENCE = 250 }; /* milliseconds that nothing is told */

/* --- what came of it --- */

static void
take(struct app *app, const struct arrival *arrival, const struct work *work)
{
	app_take(app, work);
	if (arrival->then)
		arrival->then(app);
	if (arrival->command)
		app_done(app, NULL, arrival->command, arrival->command);
}

static void
reload_anyway(struct app *app, uint32_t key)
{
	if (key == 'd') {
		work_discard(&app->work);
		file_open(app, arena_text(&app->arena, app->work.path));
	}
}

static void
ask_to_reload(struct app *app)
{
	static const struct answer answers[] = { { 'd', "drop them and read it" },
						 { 'n', "stay" } };

	ask_open(app, "The flow file is another one now, and there are changes here.",
		 answers, COUNT(answers), reload_anyway);
}

/* It has ended. */
static bool
arrive(struct app *app, struct error *err)
{
	struct arrival arrival = app->arrival;
	struct work work;
	const enum opening_end end = opening_take(arrival.opening, &work, err);

	app->arrival = (struct arrival){ 0 };
	app_hold(app, 0);
	if (end == OPENING_DONE && arrival.keeps && !work_is_saved(&app->work)) {
		work_close(&work);
		ask_to_reload(app);
	} else if (end == OPENING_DONE) {
		take(app, &arrival, &work);
	}
	arena_release(&arrival.arena);
	return end != OPENING_FAILED;
}

bool
file_open_news(struct app *app)
{
	struct arrival *arrival = &app->arrival;
	struct error err = { 0 };

	if (!arrival->opening)
		return false;
	app_due(app, PATIENCE);
	if (opening_wait(arrival->opening, 0)) {
		if (app_is_modal(app) || work_saving(&app->work))
			return false;
		if (!arrive(app, &err))
			app_fail(app, &err);
		return true;
	}
	if (app->now - arrival->since < PATIENCE || app->message[0])
		return false;
	app_say(app, TONE_PLAIN, "opening %s … · Ctrl-C stops", arrival->name);
	return true;
}

void
file_open_stop(struct app *app)
{
	opening_drop(app->arrival.opening);
	arena_release(&app->arrival.arena);
	app->arrival = (struct arrival){ 0 };
	app_hold(app, 0);
}

/* --- to begin --- */

static bool
begin(struct app *app, const struct wanted *wanted, struct error *err)
{
	struct opening_spec spec = { .work = app_next_work(app),
				     .path = wanted->path,
				     .draft = wanted->draft,
				     .unless = wanted->unless };
	const char *name = wanted->path ? paths_name(wanted->path) : "a draft";
	struct arrival *arrival = &app->arrival;

	spec.work.is_piped = wanted->is_piped;
	file_open_stop(app);
	if (!opening_begin(&spec, &arrival->opening, err))
		return false;
	arrival->name = arena_text(&arrival->arena, name);
	if (wanted->command)
		arrival->command = arena_text(&arrival->arena, wanted->command);
	arrival->then = wanted->then;
	arrival->keeps = wanted->keeps;
	arrival->since = app->now;
	return true;
}

static bool
want_now(struct app *app, const struct wanted *wanted, struct error *err)
{
	if (!begin(app, wanted, err))
		return false;
	opening_wait(app->arrival.opening, -1);
	return arrive(app, err);
}

bool
file_want(struct app *app, const struct wanted *wanted, struct error *err)
{
	if (app->is_macro || !app->has_terminal)
		return want_now(app, wanted, err);
	if (!begin(app, wanted, err))
		return false;
	app_hold(app, PATIENCE);
	return true;
}

bool
app_open(struct app *app, const char *path, struct error *err)
{
	return want_now(app, &(struct wanted){ .path = path, .then = file_opened }, err);
}

bool
file_open_first(struct app *app, const char *path, bool is_piped, struct error *err)
{
	const struct wanted wanted = { .path = path,
				       .is_piped = is_piped,
				       .then = file_opened };

	if (!begin(app, &wanted, err))
		return false;
	if (opening_wait(app->arrival.opening, PATIENCE))
		return arrive(app, err);
	app_due(app, PATIENCE);
	return true;
}

bool
file_settle(struct app *app, struct error *err)
{
	if (!app->arrival.opening)
		return true;
	opening_wait(app->arrival.opening, -1);
	return arrive(app, err);
}

/* --- what a user does --- */

/* Noted when it is done: the user may have been asked which. */
bool
file_open_said(struct app *app, const char *path, struct error *err)
{
	const struct file_fields file = { paths_here(path, &app->arena) };
	const char *command = action_command(action_find("open"), &file, &app->arena);

	return file_want(
		app,
		&(struct wanted){ .path = path, .command = command, .then = file_opened },
		err);
}

void
file_open(struct app *app, const char *path)
{
	struct error err = { 0 };

	if (!file_open_said(app, path, &err))
		app_fail(app, &err);
}

static void
look_at_draft(struct app *app)
{
	if (app->work.draft && !app->is_macro)
		draft_ask(app);
}

static void
lock_answer(struct app *app, uint32_t key)
{
	struct error err = { 0 };

	if (key != 't')
		app_say(app, TONE_PLAIN,
			"read-only · F2 saves it under another name, :take-over makes it "
			"yours");
	else if (!file_seize(app, NULL, &err))
		app_fail(app, &err);
	look_at_draft(app);
}

static void
ask_lock(struct app *app)
{
	static const struct answer answers[] = { { 't', "take over" },
						 { 'r', "read-only" } };

	ask_open(app,
		 arena_print(&app->arena, "%s is open by %s.", paths_name(app->work.path),
			     file_holder(&app->work.locked_by, &app->arena)),
		 answers, COUNT(answers), lock_answer);
}

void
file_opened(struct app *app)
{
	struct work *work = &app->work;
	const char *path = work->path ? work->path : work->table;

	if (path && !work->is_piped)
		start_remember(app, path, -1);
	if (!work->is_trusted)
		app_say(app, TONE_PLAIN,
			"its steps with code wait: look at them, then :trust");
	if (work->is_locked)
		ask_lock(app);
	else
		look_at_draft(app);
}
