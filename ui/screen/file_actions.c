/*
 * file_actions - what is done with flows as a whole, and with the program.
 */
#include "screen/start.h"

#include "desk/paths.h"
#include "screen/tour.h"

static const struct param open_params[] = {
	PARAM_PATH(struct file_fields, file, "File",
		   "a flow or a table; none: choose one", .preset = ""),
	{ 0 },
};

static const struct param save_params[] = {
	PARAM_PATH(struct file_fields, file, "File", "where to; none: where it came from",
		   .preset = ""),
	{ 0 },
};

/* "hotel.flow": what it is called, saved or not. */
static const char *
name_of(struct app *app)
{
	return paths_name(work_suggest(&app->work, &app->arena));
}

static bool
open_file(struct app *app, const void *fields, struct error *err)
{
	const struct file_fields *file = fields;
	struct arena *arena = &app->arena;

	if (*file->file)
		return file_open_said(app, paths_absolute(file->file, arena), err);
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
	return file_want(app, &(struct wanted){ .then = file_opened }, err);
}

/* Rows are read anew; the flow too, if somebody wrote it. */
static bool
reload(struct app *app, const void *fields, struct error *err)
{
	const struct work *work = &app->work;

	(void)fields;
	app_refresh(app);
	return !work->path || file_want(app,
					&(struct wanted){ .path = work->path,
							  .unless = &work->stamp,
							  .keeps = true,
							  .then = file_opened },
					err);
}

static bool
close_flow(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	file_close(app);
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
is_locked(struct app *app)
{
	return app->work.is_open && app->work.is_locked;
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
	return path &&
	       file_want(app, &(struct wanted){ .path = path, .then = file_opened }, err);
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
	  .params_size = sizeof(struct file_fields),
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
	  .params_size = sizeof(struct file_fields),
	  .flags = ACTION_MOVE,
	  .run = file_save,
	  .aliases = "w" },
	{ .name = "save-quit",
	  .title = "Save and quit",
	  .menu = "File",
	  .where = IN_OPEN,
	  .help = "Write the flow to its file and end the program.",
	  .params = save_params,
	  .params_size = sizeof(struct file_fields),
	  .flags = ACTION_MOVE,
	  .run = file_save_quit,
	  .aliases = "wq x" },
	{ .name = "save-as",
	  .title = "Save as",
	  .menu = "File",
	  .where = IN_OPEN,
	  .help = "Write the flow to another file.",
	  .flags = ACTION_MOVE,
	  .run = file_save_as },
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
	{ .name = "take-over",
	  .title = "Take it over",
	  .menu = "File",
	  .where = IN_OPEN,
	  .help = "Make a flow yours that another process has open; it is told before "
		  "it saves.",
	  .flags = ACTION_MOVE,
	  .fits = is_locked,
	  .run = file_seize },
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
