/* macro_actions - commands that are about commands: macros, and the keys of actions. */
#include "screen/macro.h"

struct macro {
	const char *file;
};

static const struct param macro_params[] = {
	PARAM_PATH(struct macro, file, "File", "commands, a line each"),
	{ 0 },
};

static bool
play(struct app *app, const void *fields, struct error *err)
{
	const struct macro *macro = fields;

	return macro_play(app, macro->file, err);
}

static bool
save(struct app *app, const void *fields, struct error *err)
{
	const struct macro *macro = fields;

	if (!macro_save(app, macro->file, err))
		return false;
	app_say(app, TONE_GOOD, "what was done so far is in '%s'", macro->file);
	return true;
}

struct bind {
	const char *action, *keys;
};

static const struct param bind_params[] = {
	PARAM_TEXT(struct bind, action, "Action", "its word"),
	PARAM_TEXT(struct bind, keys, "Keys",
		   "such as \"F5 gs Ctrl-S\"; nothing: it has none", .preset = ""),
	{ 0 },
};

static bool
bind(struct app *app, const void *fields, struct error *err)
{
	const struct bind *f = fields;

	(void)app;
	return action_bind(f->action, f->keys, err);
}

/* All of them, as :bind takes them; a sign at those that the user has bound. */
static bool
keys(struct app *app, const void *fields, struct error *err)
{
	const struct action *action = NULL;
	const char *text = "";

	(void)fields;
	(void)err;
	while ((action = action_next(action)))
		text = arena_print(&app->arena, "%s%s %-18s %-16s %s\n", text,
				   action_is_bound(action) ? "*" : " ", action->name,
				   action_keys_all(action), action->title);
	text_open(app, "keys · * by you", text_of(text));
	return true;
}

const struct action macro_actions[] = {
	{ .name = "macro",
	  .title = "Play a macro",
	  .menu = "Edit",
	  .where = IN_ANY,
	  .help = "Run the commands of a file, one by one.",
	  .params = macro_params,
	  .params_size = sizeof(struct macro),
	  .flags = ACTION_MOVE | ACTION_LINE, /* its commands are echoed themselves */
	  .run = play },
	{ .name = "macro-save",
	  .title = "Save as a macro",
	  .menu = "Edit",
	  .where = IN_ANY,
	  .help = "Put the commands that were run so far into a file.",
	  .params = macro_params,
	  .params_size = sizeof(struct macro),
	  .flags = ACTION_MOVE | ACTION_LINE,
	  .run = save },
	{ .name = "bind",
	  .title = "Change keys",
	  .menu = "Edit",
	  .where = IN_ANY,
	  .help = "Give an action other keys, until the end.",
	  .params = bind_params,
	  .params_size = sizeof(struct bind),
	  .flags = ACTION_MOVE | ACTION_LINE,
	  .run = bind },
	{ .name = "keys",
	  .title = "All keys",
	  .menu = "Help",
	  .where = IN_ANY,
	  .help = "Every action with its word and its keys; those that you bound have a "
		  "*.",
	  .flags = ACTION_MOVE,
	  .run = keys },
	{ 0 },
};
