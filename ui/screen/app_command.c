/*
 * app_command - actions and commands are run, echoed, and recorded.
 *
 * What is recorded does the same on another copy of the flow: a command says which step
 * it is about, or stands behind one that goes there. So a move costs no line unless
 * something was done where it led.
 */
#include <stdio.h>

#include "screen/app.h"
#include "widget/step_ref.h"

/* --- what was done --- */

const char *
app_way(struct app *app)
{
	const struct work *work = &app->work;
	const size_t place = work->is_open ? work_place(work) : FLOW_NONE;

	if (place == FLOW_NONE || !strcmp(work->node, app->noted_node))
		return NULL;
	return arena_print(&app->arena, "go-step step=%s",
			   step_ref(&work->flow, place, &app->arena));
}

static void
record(struct app *app, const char *command)
{
	struct error err;

	if (!app->record)
		app->record = buffer_new(0, &err);
	if (!app->record || !buffer_put(app->record, command, &err) ||
	    !buffer_append(app->record, "\n", 1, &err))
		app_fail(app, &err);
}

/* Behind what the action said itself. */
static void
echo(struct app *app, const char *command)
{
	const size_t n = strlen(app->message);

	if (app->tone == TONE_BAD && n)
		return;
	snprintf(app->message + n, sizeof app->message - n, "%s:%s", n ? " · " : "",
		 command);
	app->is_dirty = true;
}

void
app_done(struct app *app, const char *way, const char *command, const char *again)
{
	if (way)
		record(app, way);
	record(app, command);
	snprintf(app->noted_node, sizeof app->noted_node, "%s", app->work.node);
	if (again) {
		arena_release(&app->last_arena);
		app->last_command = arena_text(&app->last_arena, again);
	}
	echo(app, command);
}

/* --- actions --- */

/* An action that is about to run. */
struct deed {
	const struct action *action;
	const void *fields;
	const char *way, *command, *again;
	char node[80]; /* that was current before */
};

static const char **
step_of(const struct deed *deed, void *fields)
{
	return (void *)((char *)fields + action_step(deed->action)->offset);
}

/* Go to the step that it is done to, and say which that is. */
static bool
go_there(struct app *app, struct deed *deed, struct error *err)
{
	const struct work *work = &app->work;
	const size_t size = deed->action->params_size;
	void *fields = arena_alloc(&app->arena, size + 1);
	const char **step;
	size_t place;

	memcpy(fields, deed->fields, size);
	step = step_of(deed, fields);
	place = work_place(work);
	if (*step && **step)
		place = step_find(&work->flow, *step, err);
	else if (place == FLOW_NONE)
		fail(err, "%s: there is no step here yet", deed->action->name);
	if (place == FLOW_NONE)
		return false;
	*step = "";
	deed->again = action_command(deed->action, fields, &app->arena);
	*step = step_ref(&work->flow, place, &app->arena);
	deed->fields = fields;
	if (place != work_place(work))
		app_select(app, place);
	return true;
}

static bool
is_fit(struct app *app, const struct action *action, struct error *err)
{
	return !action->fits || action->fits(app) ||
	       fail(err, "%s: there is nothing here that it could be done to",
		    action->name);
}

/* Its command is written before it runs: it may close what the fields point into. */
static bool
get_ready(struct app *app, struct deed *deed, struct error *err)
{
	const struct action *action = deed->action;

	snprintf(deed->node, sizeof deed->node, "%s", app->work.node);
	if (!app->work.is_open && !(action->where & IN_START))
		return fail(err, "%s: nothing is open", action->name);
	if (action->flags & ACTION_STEP) {
		if (!go_there(app, deed, err))
			return false;
	} else {
		deed->way = app_way(app);
	}
	deed->command = action_command(action, deed->fields, &app->arena);
	if (!deed->again)
		deed->again = deed->command;
	return is_fit(app, action, err);
}

/* What could not be done leaves one where one was. */
static void
go_back(struct app *app, const char *node)
{
	const size_t place = app->work.is_open && *node
				     ? flow_place(&app->work.flow, node)
				     : FLOW_NONE;

	if (place != FLOW_NONE && strcmp(app->work.node, node) != 0)
		app_select(app, place);
}

static bool
run_action(struct app *app, const struct action *action, const void *fields,
	   struct error *err)
{
	struct deed deed = { .action = action, .fields = fields };

	app->message[0] = '\0';
	app->tone = TONE_PLAIN;
	app->is_dirty = true;
	if (!get_ready(app, &deed, err) || !action->run(app, deed.fields, err)) {
		if (action->flags & ACTION_STEP)
			go_back(app, deed.node);
		return false;
	}
	if (!(action->flags & ACTION_MOVE))
		app_done(app, deed.way, deed.command,
			 action->flags & ACTION_ONCE ? NULL : deed.again);
	return true;
}

void
app_run(struct app *app, const struct action *action, const void *fields)
{
	struct error err = { 0 };

	if (!run_action(app, action, fields, &err))
		app_fail(app, &err);
}

/* Fields with presets and what follows from where the user is. */
static bool
prepare(struct app *app, const struct action *action, void **fields, struct error *err)
{
	*fields = arena_alloc(&app->arena, action->params_size + 1);
	if (action->params && !param_preset(action->params, *fields, &app->arena, err))
		return false;
	if (action->suggest)
		action->suggest(app, *fields, &app->arena);
	return true;
}

void
app_act(struct app *app, const struct action *action)
{
	struct error err = { 0 };
	void *fields;

	if (ahead_waits(app, action))
		return;
	if (!prepare(app, action, &fields, &err)) {
		app_fail(app, &err);
		return;
	}
	if (action->params && !param_check(action->params, fields, &err)) {
		if (!is_fit(app, action, &err)) {
			app_fail(app, &err);
			return;
		}
		line_open(app, arena_print(&app->arena, "%s ",
					   action_command(action, fields, &app->arena)));
		return;
	}
	app_run(app, action, fields);
}

/* ":12" goes to a row. */
static const char *
long_form(const char *line, struct arena *arena)
{
	const size_t n = strspn(line, "0123456789");

	return n && !line[n] ? arena_print(arena, "goto n=%s", line) : line;
}

bool
app_command(struct app *app, const char *line, struct error *err)
{
	struct command_line parsed;

	if (!command_parse(text_of(long_form(line, &app->arena)), &parsed, &app->arena,
			   err))
		return false;
	if (parsed.params && !param_check(parsed.params, parsed.fields, err))
		return false;
	if (parsed.op)
		return (!parsed.op->check || parsed.op->check(parsed.fields, err)) &&
		       app_step(app,
				&(struct step_request){ .op = parsed.op,
							.fields = parsed.fields,
							.place = FLOW_NONE,
							.links = *parsed.links },
				err);
	return run_action(app, parsed.action, parsed.fields, err);
}
