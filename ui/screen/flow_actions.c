/*
 * flow_actions - what can be done to a flow.
 *
 * A change is made by flow/edit.h and told to the work, with the command that would have
 * done it; all of them can be taken back.
 */
#include "desk/step.h"
#include "screen/data.h"
#include "screen/flow_screen.h"
#include "widget/step_text.h"

static bool
changed(struct app *app, const char *word, const void *fields, struct error *err)
{
	return work_changed(&app->work,
			    action_command(action_find(word), fields, &app->arena), err);
}

static bool
add(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	palette_open(app, true);
	return true;
}

/* A script says the step in its next line. */
static bool
branch(struct app *app, const void *fields, struct error *err)
{
	size_t place;

	(void)fields;
	if (!flow_screen_step(app, &place, err))
		return false;
	app->branches = true;
	if (!app->is_macro)
		palette_open(app, true);
	return true;
}

static bool
join(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return data_step(app, "join_tables", NULL, 0, err);
}

/* Steps that read a place, analyses aside. */
static size_t
readers(const struct flow *flow, size_t place)
{
	size_t n = 0;

	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++)
			n += flow->nodes[i].inputs[j].from == place &&
			     flow->nodes[i].type != NODE_VISUALIZATION;
	return n;
}

/* Behind the one that it reads, as long as nobody else reads that. */
static bool
add_before(struct app *app, const void *fields, struct error *err)
{
	const struct flow *flow = &app->work.flow;
	size_t place, above;

	(void)fields;
	if (!flow_screen_step(app, &place, err))
		return false;
	if (flow->nodes[place].n_inputs != 1)
		return fail(err, "'%s' has %zu inputs: add behind the one that you mean",
			    step_name(&flow->nodes[place], &app->arena),
			    flow->nodes[place].n_inputs);
	above = flow->nodes[place].inputs[0].from;
	if (readers(flow, above) > 1)
		return fail(err,
			    "other steps read '%s' too: add behind it, and all of them "
			    "read the new step",
			    step_name(&flow->nodes[above], &app->arena));
	app_select(app, above);
	palette_open(app, true);
	return true;
}

struct edition {
	const char *settings, *step;
};

static const struct param edit_params[] = {
	PARAM_TEXT(struct edition, settings, "Settings",
		   "what is to be otherwise, as it is typed behind the step's name; "
		   "none: its form is opened",
		   .preset = ""),
	FLOW_STEP_PARAM(struct edition),
	{ 0 },
};

/* The settings that the step has, and on top of them those that are said. */
static bool
set(struct app *app, size_t place, const char *settings, struct error *err)
{
	const struct node *node = &app->work.flow.nodes[place];
	struct command_line line;
	const struct op *op;
	void *fields;

	if (!step_read(node, &op, &fields, &app->arena, err) ||
	    !command_of_step(op, &line, &app->arena, err))
		return false;
	memcpy(line.fields, fields, op->params_size);
	if (!command_settings(text_of(settings), &line, &app->arena, err))
		return false;
	if (line.links->branch)
		return fail(err, "branch: the step is there already");
	return param_check(op->params, line.fields, err) &&
	       (!op->check || op->check(line.fields, err)) &&
	       app_step(app,
			&(struct step_request){ op, line.fields, place, *line.links,
						NULL },
			err);
}

static bool
edit(struct app *app, const void *fields, struct error *err)
{
	const struct edition *edition = fields;
	size_t place;

	if (!flow_screen_step(app, &place, err))
		return false;
	if (*edition->settings)
		return set(app, place, edition->settings, err);
	if (app->is_macro)
		return fail(err, "edit-step: say what is to be otherwise");
	form_open(app, NULL, NULL, place);
	return true;
}

static const struct param name_params[] = {
	PARAM_TEXT(struct flow_words, text, "Name",
		   "what to call the step; empty: its title", .preset = ""),
	FLOW_STEP_PARAM(struct flow_words),
	{ 0 },
};

static const struct param note_params[] = {
	PARAM_TEXT(struct flow_words, text, "Note",
		   "what is to be said about the step; empty: nothing", .preset = ""),
	FLOW_STEP_PARAM(struct flow_words),
	{ 0 },
};

static bool
rename_step(struct app *app, const void *fields, struct error *err)
{
	const struct flow_words *words = fields;
	size_t place;

	return flow_screen_step(app, &place, err) &&
	       flow_rename(&app->work.flow, place, words->text, err) &&
	       changed(app, "rename-step", fields, err);
}

static bool
note_step(struct app *app, const void *fields, struct error *err)
{
	const struct flow_words *words = fields;
	size_t place;

	return flow_screen_step(app, &place, err) &&
	       flow_note(&app->work.flow, place, words->text, err) &&
	       changed(app, "note", fields, err);
}

/* The line with what is there, to be changed. */
static void
ask(struct app *app, const char *word, const char *text)
{
	const struct flow_words words = { text, "" };
	const char *line = action_command(action_find(word), &words, &app->arena);

	line_open(app, *text ? line : arena_print(&app->arena, "%s ", word));
}

static bool
ask_name(struct app *app, const void *fields, struct error *err)
{
	size_t place;

	(void)fields;
	if (!flow_screen_step(app, &place, err))
		return false;
	ask(app, "rename-step", app->work.flow.nodes[place].name);
	return true;
}

static bool
ask_note(struct app *app, const void *fields, struct error *err)
{
	size_t place;

	(void)fields;
	if (!flow_screen_step(app, &place, err))
		return false;
	ask(app, "note", flow_note_of(&app->work.flow.nodes[place], &app->arena));
	return true;
}

static const struct param target_params[] = {
	FLOW_STEP_PARAM(struct flow_target),
	{ 0 },
};

static bool
switch_step(struct app *app, const void *fields, struct error *err)
{
	size_t place;

	return flow_screen_step(app, &place, err) &&
	       flow_switch(&app->work.flow, place, !app->work.flow.nodes[place].off,
			   err) &&
	       changed(app, "switch", fields, err);
}

static bool
move_up(struct app *app, const void *fields, struct error *err)
{
	size_t place;

	return flow_screen_step(app, &place, err) &&
	       flow_move(&app->work.flow, place, true, err) &&
	       changed(app, "move-up", fields, err);
}

static bool
move_down(struct app *app, const void *fields, struct error *err)
{
	size_t place;

	return flow_screen_step(app, &place, err) &&
	       flow_move(&app->work.flow, place, false, err) &&
	       changed(app, "move-down", fields, err);
}

struct deletion {
	const char *step;
	bool below;
};

static const struct param delete_params[] = {
	FLOW_STEP_PARAM(struct deletion),
	PARAM_FLAG(struct deletion, below, "All below", "and every step that reads it",
		   .preset = "false"),
	{ 0 },
};

static bool
delete_step(struct app *app, const void *fields, struct error *err)
{
	const struct deletion *deletion = fields;
	size_t place;

	return flow_screen_step(app, &place, err) &&
	       flow_delete(&app->work.flow, place, deletion->below, err) &&
	       changed(app, "delete-step", deletion, err);
}

static void
delete_answered(struct app *app, uint32_t key)
{
	if (key == 'y')
		app_run(app, action_find("delete-step"), &(struct deletion){ "", true });
}

/* What cannot be gone around goes with all below it, if the user says so. */
static bool
ask_delete(struct app *app, const void *fields, struct error *err)
{
	static const struct answer answers[] = { { 'y', "delete all" }, { 'n', "keep" } };
	const struct flow *flow = &app->work.flow;
	size_t place;

	(void)fields;
	if (!flow_screen_step(app, &place, err))
		return false;
	if (flow->nodes[place].n_inputs == 1 || !readers(flow, place))
		app_run(app, action_find("delete-step"), &(struct deletion){ "", false });
	else
		ask_open(app,
			 arena_print(&app->arena, "delete '%s' and all that reads it?",
				     step_name(&flow->nodes[place], &app->arena)),
			 answers, COUNT(answers), delete_answered);
	return true;
}

const struct action flow_actions[] = {
	{ .name = "add",
	  .title = "Add a step after",
	  .menu = "Flow",
	  .keys = "a",
	  .where = IN_FLOW,
	  .hint = "add",
	  .help = "Choose a step that goes behind this one.",
	  .flags = ACTION_MOVE,
	  .run = add },
	{ .name = "add-before",
	  .title = "Add a step before",
	  .menu = "Flow",
	  .keys = "A",
	  .where = IN_FLOW,
	  .help = "Choose a step that goes before this one.",
	  .flags = ACTION_MOVE,
	  .fits = flow_screen_has_step,
	  .run = add_before },
	{ .name = "branch",
	  .title = "Begin a branch",
	  .menu = "Flow",
	  .keys = "b",
	  .where = IN_FLOW,
	  .hint = "branch",
	  .help = "Choose a step that reads this one, beside those that do already.",
	  .flags = ACTION_MOVE, /* the step is echoed, with "branch" behind it */
	  .fits = flow_screen_has_step,
	  .run = branch },
	{ .name = "join-step",
	  .title = "Join another table",
	  .menu = "Flow",
	  .keys = "J",
	  .where = IN_FLOW,
	  .help = "Put the rows of another table of this flow beside those of this one.",
	  .flags = ACTION_MOVE,
	  .fits = flow_screen_has_step,
	  .run = join },
	{ .name = "edit-step",
	  .title = "Edit the step",
	  .menu = "Flow",
	  .keys = "e",
	  .where = IN_FLOW,
	  .hint = "edit",
	  .help = "Change the settings of this step.",
	  .params = edit_params,
	  .params_size = sizeof(struct edition),
	  /* Itself it only opens the form: it is the settings that are echoed. */
	  .flags = ACTION_MOVE | ACTION_WORDS | ACTION_STEP,
	  .fits = flow_screen_has_step,
	  .run = edit,
	  .aliases = "edit" },
	{ .name = "ask-name",
	  .title = "Name the step",
	  .menu = "Flow",
	  .keys = "r",
	  .where = IN_FLOW,
	  .help = "Give this step a name.",
	  .flags = ACTION_MOVE,
	  .fits = flow_screen_has_step,
	  .run = ask_name },
	{ .name = "rename-step",
	  .title = "Name of the step",
	  .menu = "Flow",
	  .where = IN_FLOW,
	  .help = "The name of this step; none: its title.",
	  .params = name_params,
	  .params_size = sizeof(struct flow_words),
	  .flags = ACTION_HIDDEN | ACTION_WORDS | ACTION_STEP,
	  .fits = flow_screen_has_step,
	  .run = rename_step },
	{ .name = "ask-note",
	  .title = "Note on the step",
	  .menu = "Flow",
	  .keys = "n",
	  .where = IN_FLOW,
	  .help = "Write down what is to be said about this step.",
	  .flags = ACTION_MOVE,
	  .fits = flow_screen_has_step,
	  .run = ask_note },
	{ .name = "note",
	  .title = "Note of the step",
	  .menu = "Flow",
	  .where = IN_FLOW,
	  .help = "The note on this step; none: it goes.",
	  .params = note_params,
	  .params_size = sizeof(struct flow_words),
	  .flags = ACTION_HIDDEN | ACTION_WORDS | ACTION_STEP,
	  .fits = flow_screen_has_step,
	  .run = note_step },
	{ .name = "switch",
	  .title = "Switch on or off",
	  .menu = "Flow",
	  .keys = "x",
	  .where = IN_FLOW,
	  .hint = "on/off",
	  .help = "Rows pass through a step that is off.",
	  .params = target_params,
	  .params_size = sizeof(struct flow_target),
	  .flags = ACTION_STEP,
	  .fits = flow_screen_has_step,
	  .run = switch_step },
	{ .name = "move-up",
	  .title = "Move the step up",
	  .menu = "Flow",
	  .keys = "Alt-Up",
	  .where = IN_FLOW,
	  .help = "Swap this step with the one that it reads.",
	  .params = target_params,
	  .params_size = sizeof(struct flow_target),
	  .flags = ACTION_STEP,
	  .fits = flow_screen_has_step,
	  .run = move_up },
	{ .name = "move-down",
	  .title = "Move the step down",
	  .menu = "Flow",
	  .keys = "Alt-Down",
	  .where = IN_FLOW,
	  .help = "Swap this step with the one that reads it.",
	  .params = target_params,
	  .params_size = sizeof(struct flow_target),
	  .flags = ACTION_STEP,
	  .fits = flow_screen_has_step,
	  .run = move_down },
	{ .name = "ask-delete",
	  .title = "Delete the step",
	  .menu = "Flow",
	  .keys = "d Delete",
	  .where = IN_FLOW,
	  .help = "Take this step out; what read it reads what it read.",
	  .flags = ACTION_MOVE,
	  .fits = flow_screen_has_step,
	  .run = ask_delete },
	{ .name = "delete-step",
	  .title = "Delete the step",
	  .menu = "Flow",
	  .where = IN_FLOW,
	  .help = "Take this step out, or with below=true all that reads it as well.",
	  .params = delete_params,
	  .params_size = sizeof(struct deletion),
	  .flags = ACTION_HIDDEN | ACTION_STEP,
	  .fits = flow_screen_has_step,
	  .run = delete_step,
	  .aliases = "delete" },
	{ .name = "copy-step",
	  .title = "Copy the step",
	  .menu = "Edit",
	  .keys = "y",
	  .where = IN_FLOW,
	  .help = "Copy this step, to paste it here or in another flow.",
	  .params = target_params,
	  .params_size = sizeof(struct flow_target),
	  .flags = ACTION_STEP | ACTION_ONCE,
	  .fits = flow_screen_has_step,
	  .run = flow_step_copy },
	{ .name = "paste-step",
	  .title = "Paste the step",
	  .menu = "Edit",
	  .keys = "p",
	  .where = IN_FLOW,
	  .help = "Put the step that was copied behind this one.",
	  .params = target_params,
	  .params_size = sizeof(struct flow_target),
	  .flags = ACTION_STEP | ACTION_MOVE,
	  .fits = flow_screen_has_step,
	  .run = flow_step_paste },
	{ 0 },
};
