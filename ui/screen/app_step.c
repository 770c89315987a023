/*
 * app_step - a step as the user said it becomes one of the flow.
 *
 * Its second table is a step that is there, or a file, which becomes a source unless one
 * of that file is there: with it the step is one change of the document.
 */
#include "desk/paths.h"
#include "desk/table_file.h"
#include "screen/app.h"
#include "widget/step_ref.h"

/* --- the second table --- */

/* What finds the types of a source stands for it. */
static size_t
typed(const struct flow *flow, size_t place)
{
	struct error ignored;

	if (flow->nodes[place].type != NODE_SOURCE)
		return place;
	for (size_t i = 0; i < flow->n; i++) {
		const struct node *node = &flow->nodes[i];
		bool known;
		const struct op *op = node->n_inputs == 1 && node->inputs[0].from == place
					      ? op_match(node->operator, node->parameters,
							 &known, &ignored)
					      : NULL;

		if (op && op->flags & OP_TYPES)
			return i;
	}
	return place;
}

size_t
app_second(const struct flow *flow, const char *with)
{
	struct error ignored;
	const size_t place = with && *with && !strchr(with, '/')
				     ? step_find(flow, with, &ignored)
				     : FLOW_NONE;

	return place == FLOW_NONE ? FLOW_NONE : typed(flow, place);
}

/* Does a source read this file? */
static bool
reads(const struct flow *flow, size_t place, const char *path, struct arena *arena)
{
	const char *folder = paths_folder(flow->path, arena);
	struct error ignored;
	const struct op *op;
	void *fields;

	if (!step_read(&flow->nodes[place], &op, &fields, arena, &ignored))
		return false;
	for (const struct param *p = op->params; p && p->name; p++) {
		const char *at;

		if (p->kind != KIND_PATH)
			continue;
		at = param_print(p, fields, arena);
		if (*at && !strcmp(*at == '/' ? at : paths_join(folder, at, arena), path))
			return true;
	}
	return false;
}

static size_t
source_of(const struct flow *flow, const char *path, struct arena *arena)
{
	for (size_t i = 0; i < flow->n; i++)
		if (flow->nodes[i].type == NODE_SOURCE && reads(flow, i, path, arena))
			return typed(flow, i);
	return FLOW_NONE;
}

/* In the flow its path is written from there. */
static bool
look(struct app *app, const struct step_request *request, const char *path,
     struct quick *file, struct error *err)
{
	const char *folder = paths_folder(app->work.flow.path, &app->arena);

	if (request->file)
		*file = *request->file;
	else if (!paths_exists(path))
		return fail(err, "with: '%s' is no step of the flow and no file",
			    request->links.with);
	else if (!table_file_look(path, file, err))
		return fail_in(err, "with: ");
	file->path = paths_from(path, folder, &app->arena);
	return true;
}

/* What the step reads beside the one before it; file: room for what is to be added. */
static bool
find_second(struct app *app, const struct step_request *request, struct work_step *step,
	    struct quick *file, struct error *err)
{
	const char *with = request->links.with, *path;

	step->second = FLOW_NONE;
	if (!with || !*with)
		return true;
	step->second = app_second(&app->work.flow, with);
	if (step->second != FLOW_NONE)
		return true;
	path = paths_absolute(with, &app->arena);
	step->second = source_of(&app->work.flow, path, &app->arena);
	if (step->second != FLOW_NONE)
		return true;
	step->file = file;
	return look(app, request, path, file, err);
}

/* --- its command --- */

/* What differs from how it was, behind the word; quoted where it could be misread. */
static const char *
edit_settings(struct app *app, const struct step_request *request)
{
	struct arena *arena = &app->arena;
	const struct op *op;
	struct error ignored;
	const char *text;
	void *was;

	if (!step_read(&app->work.flow.nodes[request->place], &op, &was, arena,
		       &ignored) ||
	    op != request->op)
		return "";
	text = step_differences(op, was, request->fields, arena);
	if (request->links.with && *request->links.with)
		text = arena_print(arena, "%s with=%s", text,
				   step_value(request->links.with, arena));
	if (strstr(text, " step=") || strstr(text, " settings="))
		return arena_print(arena, " settings=%s", step_value(text + 1, arena));
	return text;
}

const char *
app_step_command(struct app *app, const struct step_request *request)
{
	struct arena *arena = &app->arena;

	if (request->place != FLOW_NONE)
		return arena_print(arena, "edit-step step=%s%s",
				   step_ref(&app->work.flow, request->place, arena),
				   edit_settings(app, request));
	return step_words(step_command(request->op, request->fields, arena),
			  step_link_params(request->op), sizeof request->links,
			  &request->links, arena);
}

/* --- done --- */

/* What is on view has to be another table now. */
static void
settle(struct app *app)
{
	app->branches = false;
	app->n_steps++;
	app->step_since = app->now;
	app_due(app, STEP_HOLD);
	app->order = (struct sheet_order){ 0 };
}

static void
clear_message(struct app *app)
{
	app->message[0] = '\0';
	app->tone = TONE_PLAIN;
}

static bool
add(struct app *app, const struct work_step *step, struct error *err)
{
	const char *way = app_way(app);

	if (!work_add_step(&app->work, step, err))
		return false;
	settle(app);
	clear_message(app);
	app_done(app, way, step->command, step->command);
	app->told_steps = app->n_steps;
	return true;
}

static bool
set(struct app *app, const struct step_request *request, struct work_step *step,
    struct error *err)
{
	const unsigned version = app->work.version;
	const char *again =
		arena_print(&app->arena, "edit-step%s", edit_settings(app, request));

	if (!work_set_step(&app->work, request->place, step, err))
		return false;
	clear_message(app);
	if (app->work.version == version) {
		app_say(app, TONE_PLAIN, "nothing has changed");
		return true;
	}
	settle(app);
	app_done(app, NULL, step->command, again);
	return true;
}

bool
app_step(struct app *app, const struct step_request *request, struct error *err)
{
	struct step_request whole = *request;
	struct work_step step = { .op = request->op, .fields = request->fields };
	struct quick file;

	if (!app->work.is_open)
		return fail(err, "%s: open a table first", request->op->title);
	whole.links.branch = whole.place == FLOW_NONE && whole.op->role != ROLE_SOURCE &&
			     (whole.links.branch || app->branches);
	step.branches = whole.links.branch;
	step.command = app_step_command(app, &whole);
	if (!find_second(app, &whole, &step, &file, err))
		return false;
	if (whole.place == FLOW_NONE)
		return add(app, &step, err);
	if (whole.place != work_place(&app->work))
		app_select(app, whole.place);
	return set(app, &whole, &step, err);
}
