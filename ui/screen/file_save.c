/*
 * file_save - the flow is saved, behind the screen's back; and the program ends.
 *
 * Nothing that is not saved gets lost: what is left behind is a draft, unless the user
 * says otherwise. What has to wait for a save (the end, another flow) waits.
 */
#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "desk/paths.h"
#include "screen/start.h"

enum {
	PATIENCE = 250, /* milliseconds that nothing is told */
	HOLD = 120,     /* that keys wait for a question that may come */
	A_DAY = 86400,  /* seconds */
};

/* "hotel.flow": what it is called, saved or not. */
static const char *
name_of(struct app *app)
{
	return paths_name(work_suggest(&app->work, &app->arena));
}

/* --- what came of it --- */

/* Noted when it is done, and where to. */
static void
saved(struct app *app, const struct save_report *report)
{
	const struct file_fields file = {
		report->is_same ? "" : paths_here(report->path, &app->arena)
	};

	start_remember(app, report->path, -1);
	app_say(app, TONE_GOOD, "saved %s%s", paths_short(report->path, &app->arena),
		report->kept ? arena_print(&app->arena, " · its table is kept as %s",
					   paths_name(report->kept))
			     : "");
	app_done(app, app_way(app),
		 action_command(action_find("save"), &file, &app->arena), NULL);
}

static bool
begin(struct app *app, const char *path, bool over, struct error *err)
{
	if (!work_save_begin(&app->work, path, over, err))
		return false;
	app->saving_since = app->now;
	app_due(app, PATIENCE);
	return true;
}

/* Over what is there, because the user said so. */
static void
save_over(struct app *app, uint32_t key)
{
	struct error err = { 0 };

	if (key == 'y' && begin(app, app->save_path, true, &err))
		return;
	app->after_save = NULL;
	if (key == 'y')
		app_fail(app, &err);
	else
		app_say(app, TONE_PLAIN, "not saved");
}

static void
ask_over(struct app *app, const char *path, const char *why)
{
	static const struct answer answers[] = { { 'y', "write over it" },
						 { 'n', "no" } };

	snprintf(app->save_path, sizeof app->save_path, "%s", path);
	ask_open(app,
		 arena_print(&app->arena, "%s %s", paths_short(path, &app->arena), why),
		 answers, COUNT(answers), save_over);
}

const char *
file_holder(const struct holder *by, struct arena *arena)
{
	const bool is_new = time(NULL) - by->since < A_DAY;
	char when[CLOCK_SIZE];

	clock_local(by->since, is_new ? "%H:%M" : "%Y-%m-%d", when);
	return arena_print(arena, "process %ld on %s since %s", by->owner.pid,
			   by->owner.host, when);
}

static void
seized(struct app *app)
{
	app_say(app, TONE_PLAIN, "it is yours · who had it is told before it saves");
	app_done(app, NULL, "take-over", NULL);
}

static void
tell(struct app *app, const struct save_report *report)
{
	switch (report->end) {
	case SAVE_DONE:
		saved(app, report);
		break;
	case SAVE_FAILED:
		app->after_save = NULL;
		app_fail(app, &report->err);
		break;
	case SAVE_IS_THERE:
		ask_over(app, report->path, "is there already.");
		break;
	case SAVE_HAS_CHANGED:
		ask_over(app, report->path, "was written by somebody else meanwhile.");
		break;
	case SAVE_IS_TAKEN:
		ask_over(app, report->path,
			 arena_print(&app->arena, "was taken over by %s.",
				     file_holder(&report->holder, &app->arena)));
		break;
	case SAVE_SEIZED:
		seized(app);
		break;
	}
}

static void
go_on(struct app *app)
{
	void (*after_save)(struct app * app) = app->after_save;

	app->after_save = NULL;
	if (after_save)
		after_save(app);
}

bool
file_save_news(struct app *app)
{
	struct save_report report;
	const char *path;

	if (!work_saving(&app->work))
		return false;
	if (work_save_news(&app->work, !app_is_modal(app), &report)) {
		app_hold(app, 0);
		tell(app, &report);
		if (!work_saving(&app->work) &&
		    (report.end == SAVE_DONE || report.end == SAVE_SEIZED))
			go_on(app);
		app_due(app, 0);
		return true;
	}
	app_due(app, PATIENCE);
	path = work_saving(&app->work);
	if (app->now - app->saving_since < PATIENCE || app->message[0])
		return false;
	app_say(app, TONE_PLAIN, "saving %s …", paths_name(path));
	return true;
}

/* Something is being saved: says so and that `what` comes then, and does it. False: it is
 * not, and nothing was done. */
static bool
waits(struct app *app, const char *what, void (*then)(struct app *app))
{
	if (!work_saving(&app->work))
		return false;
	app->after_save = then;
	app_say(app, TONE_PLAIN, "saving %s … · then %s",
		paths_name(work_saving(&app->work)), what);
	return true;
}

/* --- what a user does --- */

/* A script goes on when it is done. */
static bool
save_now(struct app *app, const char *path, struct error *err)
{
	struct save_report report;

	if (!work_save_begin(&app->work, path, true, err))
		return false;
	report = work_save_wait(&app->work);
	if (report.end != SAVE_DONE)
		return fail(err, "%s", report.err.text);
	saved(app, &report);
	return true;
}

static bool
save_to(struct app *app, const char *path, struct error *err)
{
	const bool is_same = app->work.path && !strcmp(path, app->work.path);

	if (app->is_macro)
		return save_now(app, path, err);
	if (!begin(app, path, !app->settings.confirm, err))
		return false;
	if (!is_same)
		app_hold(app, HOLD);
	return true;
}

static void
ask_for_name(struct app *app, const char *command)
{
	line_open(app, arena_print(&app->arena, "%s file=%s", command,
				   paths_short(work_suggest(&app->work, &app->arena),
					       &app->arena)));
}

/* command: what asks for a name if there is none. */
static bool
save(struct app *app, const struct file_fields *file, const char *command,
     struct error *err)
{
	struct arena *arena = &app->arena;
	const char *path = *file->file ? file->file : app->work.path;

	if (!path || (!*file->file && app->work.is_locked)) {
		if (app->is_macro)
			return save_now(app, work_suggest(&app->work, arena), err);
		ask_for_name(app, command);
		return true;
	}
	path = paths_absolute(path, arena);
	if (!paths_is_flow(path))
		path = arena_print(arena, "%s.flow", path);
	return save_to(app, path, err);
}

bool
file_save(struct app *app, const void *fields, struct error *err)
{
	return save(app, fields, "save", err);
}

bool
file_save_quit(struct app *app, const void *fields, struct error *err)
{
	if (!save(app, fields, "save-quit", err))
		return false;
	if (work_saving(&app->work))
		app->after_save = quit_ask;
	else if (app->is_macro)
		quit_ask(app);
	return true;
}

bool
file_save_as(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	ask_for_name(app, "save");
	return true;
}

bool
file_seize(struct app *app, const void *fields, struct error *err)
{
	struct save_report report;

	(void)fields;
	if (!work_seize_begin(&app->work, err))
		return false;
	if (!app->is_macro)
		return true;
	report = work_save_wait(&app->work);
	tell(app, &report);
	return true;
}

/* --- quit --- */

static void
quit_answer(struct app *app, uint32_t key)
{
	static const struct file_fields none = { "" };
	struct error err = { 0 };

	if (key == 'd')
		work_discard(&app->work);
	if (key == 'd' || key == 'k')
		app->is_done = true;
	if (key != 's')
		return;
	if (!file_save_quit(app, &none, &err))
		app_fail(app, &err);
}

void
quit_ask(struct app *app)
{
	static const struct answer answers[] = { { 's', "save" },
						 { 'k', "keep draft" },
						 { 'd', "discard" },
						 { 'c', "stay" } };
	static const struct answer piped[] = { { 's', "save" },
					       { 'd', "discard" },
					       { 'c', "stay" } };

	if (!app->is_macro && waits(app, "it ends", quit_ask))
		return;
	if (!app->work.is_open || app->is_macro || work_is_saved(&app->work)) {
		app->is_done = true;
		return;
	}
	if (app->work.is_piped)
		ask_open(app,
			 "The table came by a pipe: it goes with the changes, unless "
			 "they are saved.",
			 piped, COUNT(piped), quit_answer);
	else
		ask_open(app,
			 arena_print(&app->arena,
				     "%s has changes that are not saved. A draft of them "
				     "is offered when it is opened again.",
				     name_of(app)),
			 answers, COUNT(answers), quit_answer);
}

/* --- others --- */

static void
close_now(struct app *app)
{
	const bool keeps = !work_is_saved(&app->work) && !app->work.is_piped;
	const char *name = name_of(app);

	app_close(app);
	if (keeps)
		app_say(app, TONE_PLAIN, "a draft of %s is kept", name);
}

void
file_close(struct app *app)
{
	if (app->is_macro || !waits(app, "it is closed", close_now))
		close_now(app);
}
