/*
 * app_actions - what can be done on every screen.
 */
#include <stdio.h>

#include "screen/file_actions.h"

static bool
go(struct app *app, enum screen screen)
{
	app_go(app, screen);
	return true;
}

#define GO(word, SCREEN)                                                              \
	static bool go_##word(struct app *app, const void *fields, struct error *err) \
	{                                                                             \
		(void)fields;                                                         \
		(void)err;                                                            \
		return go(app, SCREEN);                                               \
	}

GO(flow, SCREEN_FLOW)
GO(data, SCREEN_DATA)
GO(insight, SCREEN_INSIGHT)
GO(chart, SCREEN_CHART)
GO(models, SCREEN_MODELS)
GO(runs, SCREEN_RUNS)

static bool
back(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	if (app->n_layers && app->layers[app->n_layers - 1].view->is_of_screen)
		app_pop(app);
	else
		app_go(app, app->last_screen);
	return true;
}

static bool
zoom_pane(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	app->zoomed ^= app_where(app);
	app_say(app, TONE_PLAIN,
		app_is_zoomed(app) ? "one pane alone · Z shows all again" : "all panes");
	return true;
}

static bool
jump(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	jump_open(app);
	return true;
}

static bool
palette(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	palette_open(app, false);
	return true;
}

static bool
steps(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	palette_open(app, true);
	return true;
}

static bool
menu(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	menu_open(app);
	return true;
}

static bool
help(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	help_open(app);
	return true;
}

static bool
command(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	line_open(app, "");
	return true;
}

struct times {
	int64_t n;
};

static const struct param times_params[] = {
	PARAM_INTEGER(struct times, n, "Times", "how many changes", .preset = "1",
		      MIN(1)),
	{ 0 },
};

/* Of a step that came or has other settings its command tells most; of what was done to
 * steps the flow itself, as it names them. */
static const char *
told_of(const struct work *work, const struct flow_change *change,
	const struct json *after)
{
	const struct work_edit *edit = change ? work_edit_of(work, after) : NULL;
	char word[80];

	if (edit && sscanf(edit->command, "%79s", word) == 1 && op_find(word))
		return edit->command;
	return change ? change->what : NULL;
}

static const char *
last_change(const struct work *work)
{
	return told_of(work, work->flow.undo, work->flow.document);
}

static const char *
next_change(const struct work *work)
{
	const struct flow_change *change = work->flow.redo;

	return told_of(work, change, change ? change->document : NULL);
}

/* So many changes back or forth, as far as there are any; what it was is told. */
static bool
go_along(struct app *app, const struct times *times,
	 const char *(*what_of)(const struct work *work),
	 bool (*step)(struct work *work, struct error *err), const char *said,
	 struct error *err)
{
	char told[LINE_SIZE];
	int64_t n;

	for (n = 0; n < times->n && what_of(&app->work); n++) {
		snprintf(told, sizeof told, "%s", what_of(&app->work));
		if (!step(&app->work, err))
			return false;
	}
	if (n > 1)
		app_say(app, TONE_PLAIN, "%lld changes %s", (long long)n, said);
	else
		app_say(app, TONE_PLAIN, "%s: %s", said, told);
	return true;
}

static bool
undo(struct app *app, const void *fields, struct error *err)
{
	if (!last_change(&app->work))
		return fail(err, "there is nothing to take back");
	return go_along(app, fields, last_change, work_undo, "taken back", err);
}

static bool
redo(struct app *app, const void *fields, struct error *err)
{
	if (!next_change(&app->work))
		return fail(err, "there is nothing to do again");
	return go_along(app, fields, next_change, work_redo, "done again", err);
}

static bool
repeat(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	if (!app->last_command)
		return fail(err, "nothing was done yet that could be repeated");
	return app_command(app, arena_text(&app->arena, app->last_command), err);
}

static bool
cancel(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	if (app->sheet)
		sheet_cancel(app->sheet);
	if (app->coming)
		sheet_cancel(app->coming);
	export_stop(app);
	file_open_stop(app);
	pinning_stop(app->pinning);
	for (size_t i = 0; i < SCREEN_COUNT; i++)
		if (app->screens[i].view && app->screens[i].view->stop)
			app->screens[i].view->stop(app->screens[i].self, app);
	app_say(app, TONE_PLAIN, "stopped what went on in the background");
	return true;
}

static bool
redraw(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	app->wants_redraw = true;
	return true;
}

static bool
suspend(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	app->wants_suspend = true;
	return true;
}

static bool
quit(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	quit_ask(app);
	return true;
}

static bool
can_undo(struct app *app)
{
	return app->work.is_open;
}

const struct action app_actions[] = {
	{ .name = "undo",
	  .title = "Undo",
	  .menu = "Edit",
	  .keys = "u Ctrl-Z",
	  .where = IN_OPEN,
	  .help = "Take the last change of the flow back.",
	  .params = times_params,
	  .params_size = sizeof(struct times),
	  .flags = ACTION_ONCE,
	  .fits = can_undo,
	  .run = undo },
	{ .name = "redo",
	  .title = "Redo",
	  .menu = "Edit",
	  .keys = "Ctrl-R Ctrl-Y",
	  .where = IN_OPEN,
	  .help = "Do again what was taken back.",
	  .params = times_params,
	  .params_size = sizeof(struct times),
	  .flags = ACTION_ONCE,
	  .fits = can_undo,
	  .run = redo },
	{ .name = "repeat",
	  .title = "Repeat",
	  .menu = "Edit",
	  .keys = ".",
	  .where = IN_OPEN,
	  .help = "Do the last command again.",
	  .flags = ACTION_MOVE,
	  .run = repeat },
	{ .name = "step",
	  .title = "Add a step",
	  .menu = "Flow",
	  .keys = "t F4",
	  .where = IN_OPEN,
	  .hint = "transform",
	  .hint_where = IN_FLOW | IN_DATA | IN_MODELS,
	  .help = "Choose a step from all there are, those that suit the column first.",
	  .flags = ACTION_MOVE | ACTION_COLUMN,
	  .run = steps },
	{ .name = "palette",
	  .title = "Find a command",
	  .menu = "Help",
	  .keys = "Ctrl-P",
	  .where = IN_ANY,
	  .help = "Find any command or step by some of its letters.",
	  .flags = ACTION_MOVE,
	  .run = palette },
	{ .name = "command",
	  .title = "Command line",
	  .menu = "Edit",
	  .keys = ":",
	  .where = IN_ANY,
	  .help = "Type a command, with completion and history.",
	  .flags = ACTION_MOVE,
	  .run = command },
	{ .name = "menu",
	  .title = "Menu",
	  .menu = "Help",
	  .keys = "F9",
	  .where = IN_ANY,
	  .help = "All commands, in menus.",
	  .flags = ACTION_MOVE,
	  .run = menu },
	{ .name = "help",
	  .title = "Keys and help",
	  .menu = "Help",
	  .keys = "? F1",
	  .where = IN_ANY,
	  .help = "The keys of this screen; what the words mean.",
	  .flags = ACTION_MOVE,
	  .run = help },
	{ .name = "flow",
	  .title = "Flow",
	  .menu = "View",
	  .keys = "1",
	  .where = IN_OPEN,
	  .help = "The steps of the flow.",
	  .flags = ACTION_MOVE,
	  .run = go_flow },
	{ .name = "data",
	  .title = "Data",
	  .menu = "View",
	  .keys = "2",
	  .where = IN_OPEN,
	  .help = "The rows of the current step.",
	  .flags = ACTION_MOVE,
	  .run = go_data },
	{ .name = "insight",
	  .title = "Insight",
	  .menu = "View",
	  .keys = "3 F7",
	  .where = IN_OPEN,
	  .help = "What is odd in the columns, and what could be done about it.",
	  .flags = ACTION_MOVE,
	  .run = go_insight },
	{ .name = "chart",
	  .title = "Chart",
	  .menu = "View",
	  .keys = "4",
	  .where = IN_OPEN,
	  .help = "A chart of the columns.",
	  .flags = ACTION_MOVE,
	  .run = go_chart },
	{ .name = "models",
	  .title = "Models",
	  .menu = "View",
	  .keys = "5 F8",
	  .where = IN_OPEN,
	  .help = "Models of the data.",
	  .flags = ACTION_MOVE,
	  .run = go_models },
	{ .name = "runs",
	  .title = "Runs",
	  .menu = "View",
	  .keys = "6",
	  .where = IN_OPEN,
	  .help = "Runs of the flow.",
	  .flags = ACTION_MOVE,
	  .run = go_runs },
	{ .name = "jump",
	  .title = "Jump",
	  .menu = "View",
	  .keys = "Ctrl-O",
	  .where = IN_OPEN,
	  .help = "Letters over whatever can be gone to: tabs, panes, columns, steps.",
	  .flags = ACTION_MOVE,
	  .run = jump },
	{ .name = "zoom-pane",
	  .title = "One pane alone",
	  .menu = "View",
	  .keys = "Z",
	  .where = IN_OPEN & ~IN_MODELS,
	  .help = "The pane that you are in has all of the screen; again: all panes.",
	  .flags = ACTION_MOVE,
	  .run = zoom_pane },
	{ .name = "back",
	  .title = "Back",
	  .menu = "View",
	  .keys = "q",
	  .where = IN_OPEN,
	  .help = "Close what stands over the rows, or go to the screen before.",
	  .flags = ACTION_MOVE,
	  .run = back },
	{ .name = "stop",
	  .title = "Stop",
	  .menu = "Run",
	  .keys = "Ctrl-C",
	  .where = IN_ANY,
	  .help = "Stop what goes on in the background.",
	  .flags = ACTION_MOVE,
	  .run = cancel },
	{ .name = "redraw",
	  .title = "Redraw",
	  .menu = "View",
	  .keys = "Ctrl-L",
	  .where = IN_ANY,
	  .help = "Draw everything anew, after another program wrote to the terminal.",
	  .flags = ACTION_MOVE,
	  .run = redraw },
	{ .name = "suspend",
	  .title = "Suspend",
	  .menu = "File",
	  .where = IN_ANY,
	  .help = "Leave the terminal to the shell; fg comes back.",
	  .flags = ACTION_MOVE,
	  .run = suspend },
	{ .name = "quit",
	  .title = "Quit",
	  .menu = "File",
	  .keys = "F10 Ctrl-Q",
	  .where = IN_ANY,
	  .help = "End lariat; what is not saved is asked for.",
	  .flags = ACTION_MOVE,
	  .run = quit,
	  .aliases = "q" },
	{ 0 },
};
