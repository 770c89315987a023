/*
 * file_actions - flows are opened, saved, left.
 *
 * Nothing that is not saved gets lost: what is left behind is a draft, unless the user
 * says otherwise.
 */
#include "screen/start.h"

#include <stdio.h>
#include <time.h>

#include "desk/paths.h"
#include "screen/tour.h"

struct file {
	const char *file;
};

static const struct param open_params[] = {
	PARAM_PATH(struct file, file, "File", "a flow or a table; none: choose one",
		   .preset = ""),
	{ 0 },
};

static const struct param save_params[] = {
	PARAM_PATH(struct file, file, "File", "where to; none: where it came from",
		   .preset = ""),
	{ 0 },
};

/* "hotel.flow": what it is called, saved or not. */
static const char *
name_of(struct app *app)
{
	return paths_name(work_suggest(&app->work, &app->arena));
}

/* --- open --- */

/* Noted when it is done: the user may have been asked which. */
static bool
opened(struct app *app, const char *path, struct error *err)
{
	const struct file file = { paths_here(path, &app->arena) };
	const char *command = action_command(action_find("open"), &file, &app->arena);

	if (!app_open(app, path, err))
		return false;
	app_done(app, NULL, command, command);
	return true;
}

void
file_open(struct app *app, const char *path)
{
	struct error err = { 0 };

	if (!opened(app, path, &err))
		app_fail(app, &err);
}

static bool
open_file(struct app *app, const void *fields, struct error *err)
{
	const struct file *file = fields;
	struct arena *arena = &app->arena;

	if (*file->file)
		return opened(app, paths_absolute(file->file, arena), err);
	files_open(app, "open a table or a flow",
		   app->work.is_open
			   ? paths_folder(work_suggest(&app->work, arena), arena)
			   : paths_absolute(".", arena),
		   file_open);
	return true;
}

static bool
new_flow(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return app_open(app, NULL, err);
}

void
file_opened(struct app *app)
{
	struct work *work = &app->work;
	const char *path = work->path ? work->path : work->table;

	if (path)
		start_remember(app, path, -1);
	if (work->is_locked)
		app_say(app, TONE_BAD,
			"read-only: it is open in process %ld on %s · save it under "
			"another name with F2",
			work->locked_by.pid, work->locked_by.host);
	else if (!work->is_trusted)
		app_say(app, TONE_PLAIN,
			"its steps with code wait: look at them, then :trust");
	if (work->draft && !app->is_macro)
		draft_ask(app);
}

static void
reload_anyway(struct app *app, uint32_t key)
{
	if (key == 'd') {
		work_discard(&app->work);
		file_open(app, arena_text(&app->arena, app->work.path));
	}
}

/* Rows are read anew; the flow too, if somebody wrote it. */
static bool
reload(struct app *app, const void *fields, struct error *err)
{
	static const struct answer answers[] = { { 'd', "drop them and read it" },
						 { 'n', "stay" } };

	(void)fields;
	app_refresh(app);
	if (!work_has_moved_on(&app->work))
		return true;
	if (work_is_saved(&app->work))
		return app_open(app, arena_text(&app->arena, app->work.path), err);
	ask_open(app, "The flow file is another one now, and there are changes here.",
		 answers, COUNT(answers), reload_anyway);
	return true;
}

/* --- save --- */

/* Noted when it is done, and where to. */
static bool
save_now(struct app *app, const char *path, struct error *err)
{
	const char *was = app->work.path, *way = app_way(app);
	const bool is_same = was && path && !strcmp(was, path);
	const struct file file = { is_same || !path ? ""
						    : paths_here(path, &app->arena) };
	const char *command = action_command(action_find("save"), &file, &app->arena);

	if (!work_save(&app->work, path, err))
		return false;
	start_remember(app, app->work.path, -1);
	app_say(app, TONE_GOOD, "saved %s", paths_short(app->work.path, &app->arena));
	app_done(app, way, command, command);
	return true;
}

/* Over what is there, because the user said so. */
static void
save_over(struct app *app, uint32_t key)
{
	struct error err = { 0 };
	char path[sizeof app->save_path];

	snprintf(path, sizeof path, "%s", app->save_path);
	app->save_path[0] = '\0';
	if (key != 'y') {
		app_say(app, TONE_PLAIN, "not saved");
		return;
	}
	if (!save_now(app, path, &err))
		app_fail(app, &err);
	else if (app->quits)
		app->is_done = true;
}

static bool
ask_over(struct app *app, const char *path, const char *why)
{
	static const struct answer answers[] = { { 'y', "write over it" },
						 { 'n', "no" } };

	snprintf(app->save_path, sizeof app->save_path, "%s", path);
	ask_open(app,
		 arena_print(&app->arena, "%s %s", paths_short(path, &app->arena), why),
		 answers, COUNT(answers), save_over);
	return true;
}

static bool
save_to(struct app *app, const char *path, struct error *err)
{
	const struct work *work = &app->work;
	const bool asks = !app->is_macro && app->settings.confirm;
	const bool is_same = work->path && !strcmp(path, work->path);

	if (asks && is_same && work_has_moved_on(work))
		return ask_over(app, path, "was written by somebody else meanwhile.");
	if (asks && !is_same && paths_exists(path))
		return ask_over(app, path, "is there already.");
	return save_now(app, path, err);
}

static bool
save(struct app *app, const void *fields, struct error *err)
{
	const struct file *file = fields;
	struct arena *arena = &app->arena;
	const char *path = *file->file ? file->file : app->work.path;

	if (!path || (!*file->file && app->work.is_locked)) {
		if (app->is_macro)
			return save_now(app, work_suggest(&app->work, arena), err);
		line_open(app, arena_print(arena, "save file=%s",
					   paths_short(work_suggest(&app->work, arena),
						       arena)));
		return true;
	}
	path = paths_absolute(path, arena);
	if (!paths_is_flow(path))
		path = arena_print(arena, "%s.flow", path);
	return save_to(app, path, err);
}

static bool
save_as(struct app *app, const void *fields, struct error *err)
{
	struct arena *arena = &app->arena;

	(void)fields;
	(void)err;
	line_open(app, arena_print(arena, "save file=%s",
				   paths_short(work_suggest(&app->work, arena), arena)));
	return true;
}

/* --- quit --- */

static void
quit_answer(struct app *app, uint32_t key)
{
	static const struct file none = { "" };
	struct error err = { 0 };

	app->quits = key == 's';
	if (key == 'd')
		work_discard(&app->work);
	if (key == 'd' || key == 'k')
		app->is_done = true;
	if (key == 's' && !save(app, &none, &err))
		app_fail(app, &err);
	if (key == 's' && work_is_saved(&app->work))
		app->is_done = true;
}

void
quit_ask(struct app *app)
{
	static const struct answer answers[] = { { 's', "save" },
						 { 'k', "keep draft" },
						 { 'd', "discard" },
						 { 'c', "stay" } };

	if (!app->work.is_open || app->is_macro || work_is_saved(&app->work)) {
		app->is_done = true;
		return;
	}
	ask_open(app,
		 arena_print(&app->arena,
			     "%s has changes that are not saved. A draft of them is "
			     "offered when it is opened again.",
			     name_of(app)),
		 answers, COUNT(answers), quit_answer);
}

/* --- others --- */

static bool
close_flow(struct app *app, const void *fields, struct error *err)
{
	const bool keeps = !work_is_saved(&app->work);
	const char *name = name_of(app);

	(void)fields;
	(void)err;
	app_close(app);
	if (keeps)
		app_say(app, TONE_PLAIN, "a draft of %s is kept", name);
	return true;
}

static bool
trust(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	work_trust(&app->work);
	app_refresh(app);
	app_say(app, TONE_PLAIN, "code in %s may run now", name_of(app));
	return true;
}

struct elsewhere {
	const char *folder, *prefix;
};

static const struct param map_params[] = {
	PARAM_PATH(struct elsewhere, folder, "Folder",
		   "where it is on this machine, a folder or a file"),
	PARAM_TEXT(struct elsewhere, prefix, "Address",
		   "how the addresses begin that are meant; none: that of the source",
		   .preset = ""),
	{ 0 },
};

static bool
map(struct app *app, const void *fields, struct error *err)
{
	const struct elsewhere *to = fields;
	const char *folder = paths_absolute(to->folder, &app->arena);
	const char *prefix =
		*to->prefix ? to->prefix : work_elsewhere(&app->work, &app->arena);

	if (!*prefix)
		return fail(err,
			    "no source of the flow is elsewhere; say which addresses "
			    "are meant: :map FOLDER PREFIX");
	work_map(&app->work, prefix, folder, &app->lasting);
	app_refresh(app);
	app_say(app, TONE_PLAIN, "%s is %s until lariat ends", prefix, folder);
	return true;
}

static bool
waits_for_trust(struct app *app)
{
	return app->work.is_open && !app->work.is_trusted;
}

static bool
set(struct app *app, const void *fields, struct error *err)
{
	const struct settings before = app->settings;

	if (!settings_change(&app->settings, fields, &app->arena, err))
		return false;
	if (memcmp(&before, &app->settings, sizeof before) == 0)
		text_open(app, "settings",
			  text_of(settings_print(&app->settings, &app->arena)));
	app->wants_settings = true;
	return true;
}

static bool
example(struct app *app, const void *fields, struct error *err)
{
	const char *path = example_make(&app->arena, err);

	(void)fields;
	return path && app_open(app, path, err);
}

static bool
tour(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return tour_start(app, err);
}

static bool
history(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	history_open(app);
	return true;
}

const struct action file_actions[] = {
	{ .name = "open",
	  .title = "Open",
	  .menu = "File",
	  .keys = "F3",
	  .where = IN_ANY,
	  .help = "Open a flow or a table.",
	  .params = open_params,
	  .params_size = sizeof(struct file),
	  .flags = ACTION_MOVE,
	  .run = open_file },
	{ .name = "new",
	  .title = "New flow",
	  .menu = "File",
	  .where = IN_ANY,
	  .help = "Begin an empty flow.",
	  .run = new_flow },
	{ .name = "example",
	  .title = "Open the example",
	  .menu = "File",
	  .where = IN_ANY,
	  .help = "A table of a voyage that never was, to try things on.",
	  .run = example },
	{ .name = "save",
	  .title = "Save",
	  .menu = "File",
	  .keys = "F2",
	  .where = IN_OPEN,
	  .help = "Write the flow to its file.",
	  .params = save_params,
	  .params_size = sizeof(struct file),
	  .flags = ACTION_MOVE,
	  .run = save,
	  .aliases = "w" },
	{ .name = "save-as",
	  .title = "Save as",
	  .menu = "File",
	  .where = IN_OPEN,
	  .help = "Write the flow to another file.",
	  .flags = ACTION_MOVE,
	  .run = save_as },
	{ .name = "close",
	  .title = "Close",
	  .menu = "File",
	  .where = IN_OPEN,
	  .help = "Leave the flow; what is not saved is kept as a draft.",
	  .run = close_flow },
	{ .name = "reload",
	  .title = "Reload",
	  .menu = "File",
	  .where = IN_OPEN,
	  .help = "Read the tables again, and the flow if somebody else wrote it.",
	  .flags = ACTION_MOVE,
	  .run = reload },
	{ .name = "trust",
	  .title = "Trust its code",
	  .menu = "File",
	  .where = IN_OPEN,
	  .help = "Let steps run code that stood in the flow when it was opened.",
	  .fits = waits_for_trust,
	  .run = trust },
	{ .name = "map",
	  .title = "Say where addresses are",
	  .menu = "File",
	  .where = IN_OPEN,
	  .help = "Find what begins with an address in a folder of this machine, until "
		  "lariat ends.",
	  .params = map_params,
	  .params_size = sizeof(struct elsewhere),
	  .flags = ACTION_LINE,
	  .run = map },
	{ .name = "history",
	  .title = "History",
	  .menu = "Edit",
	  .keys = "U",
	  .where = IN_OPEN,
	  .help = "All changes so far; go back to any of them.",
	  .flags = ACTION_MOVE,
	  .run = history },
	{ .name = "set",
	  .title = "Settings",
	  .menu = "View",
	  .where = IN_ANY,
	  .help = "Change a setting for good; without one, show them.",
	  .params = settings_params,
	  .params_size = sizeof(struct settings),
	  .flags = ACTION_MOVE,
	  .run = set },
	{ .name = "tour",
	  .title = "Two-minute tour",
	  .menu = "Help",
	  .where = IN_ANY,
	  .help = "Try the main things on an example; nothing of yours is touched.",
	  .flags = ACTION_MOVE,
	  .run = tour },
	{ 0 },
};
