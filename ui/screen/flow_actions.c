/*
 * flow_actions - what can be done in a flow: to go about in it, and to change it.
 *
 * A change is made by flow/edit.h and told to the work, with the command that would have
 * done it; all of them can be taken back.
 */
#include <stdio.h>

#include "screen/flow_screen.h"
#include "widget/step_text.h"
#include "widget/walk.h"
#include "work/step.h"

/* --- to go about --- */

/* The current step, or a sentence. */
static bool
need_step(struct app *app, size_t *place, struct error *err)
{
	*place = work_place(&app->work);
	return *place != FLOW_NONE || fail(err, "there is no step here yet");
}

/* The rail is what keys go along in; it may not have been drawn yet. */
static struct rail *
rail_of(struct app *app)
{
	struct flow_screen *screen = flow_screen_of(app);

	flow_screen_layout(screen, app);
	return &screen->rail;
}

static bool
go_rows(struct app *app, int by, struct error *err)
{
	struct rail *rail = rail_of(app);
	size_t place;

	if (!need_step(app, &place, err))
		return false;
	app_select(app, rail_next(rail, place, by));
	return true;
}

/* On the canvas keys go where they point. */
static bool
go_towards(struct app *app, enum towards towards, struct error *err)
{
	const struct flow_screen *screen = flow_screen_of(app);
	size_t place;

	if (!need_step(app, &place, err))
		return false;
	app_select(app, graph_towards(&screen->canvas.graph, place, towards));
	return true;
}

static bool
is_canvas(struct app *app)
{
	const struct flow_canvas *canvas = &flow_screen_of(app)->canvas;

	return canvas->is_on && canvas->document == app->work.flow.document;
}

static bool
go_down(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return is_canvas(app) ? go_towards(app, TOWARDS_DOWN, err) : go_rows(app, 1, err);
}

static bool
go_up(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return is_canvas(app) ? go_towards(app, TOWARDS_UP, err) : go_rows(app, -1, err);
}

static bool
page(struct app *app, int direction, struct error *err)
{
	const int rows = flow_screen_of(app)->rail_rows;

	return go_rows(app, direction * (rows > 3 ? rows - 2 : 1), err);
}

static bool
page_down(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return page(app, 1, err);
}

static bool
page_up(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return page(app, -1, err);
}

static bool
go_first(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return go_rows(app, -(int)rail_of(app)->n, err);
}

static bool
go_last(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return go_rows(app, (int)rail_of(app)->n, err);
}

/* The first reader in the rail. */
static bool
go_child(struct app *app, const void *fields, struct error *err)
{
	const struct rail *rail = rail_of(app);
	const struct flow *flow = &app->work.flow;
	size_t place, found = FLOW_NONE, row = rail->n;

	(void)fields;
	if (is_canvas(app))
		return go_towards(app, TOWARDS_RIGHT, err);
	if (!need_step(app, &place, err))
		return false;
	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++)
			if (flow->nodes[i].inputs[j].from == place &&
			    rail->row_of[i] < row)
				found = i, row = rail->row_of[i];
	if (found != FLOW_NONE)
		app_select(app, rail->rows[row].node);
	return true;
}

static bool
go_parent(struct app *app, const void *fields, struct error *err)
{
	const struct flow *flow = &app->work.flow;
	size_t place;

	(void)fields;
	if (is_canvas(app))
		return go_towards(app, TOWARDS_LEFT, err);
	if (!need_step(app, &place, err))
		return false;
	if (flow->nodes[place].n_inputs && flow->nodes[place].inputs[0].from != FLOW_NONE)
		app_select(app, flow->nodes[place].inputs[0].from);
	return true;
}

/* Along the order of edges, round and round. */
static bool
go_along(struct app *app, size_t by, struct error *err)
{
	const struct flow *flow = &app->work.flow;
	size_t place;

	if (!need_step(app, &place, err))
		return false;
	for (size_t k = 0; k < flow->n; k++)
		if (flow->order[k] == place) {
			app_select(app, flow->order[(k + by) % flow->n]);
			return true;
		}
	return true;
}

static bool
go_next(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return go_along(app, 1, err);
}

static bool
go_previous(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return go_along(app, app->work.flow.n - 1, err);
}

struct number {
	int64_t n;
};

static const struct param number_params[] = {
	PARAM_INTEGER(struct number, n, "Step", "number of the step, from the top",
		      MIN(1)),
	{ 0 },
};

static bool
go_number(struct app *app, const void *fields, struct error *err)
{
	const struct number *number = fields;
	const struct flow_screen *screen = flow_screen_of(app);

	rail_of(app);
	for (size_t i = 0; i < app->work.flow.n; i++)
		if (screen->numbers[i] == (size_t)number->n) {
			app_select(app, i);
			return true;
		}
	return fail(err, "there is no step %lld; the last one is %zu",
		    (long long)number->n, screen->n_steps);
}

struct words {
	const char *text;
};

static const struct param find_params[] = {
	PARAM_TEXT(struct words, text, "Text", "a part of a step's name or settings"),
	{ 0 },
};

static void
suggest_find(struct app *app, void *fields, struct arena *arena)
{
	((struct words *)fields)->text = arena_text(arena, flow_screen_of(app)->sought);
}

static bool
holds(const char *where, const char *what)
{
	return strcasestr(where, what) != NULL;
}

static bool
is_sought(const struct node *node, const char *what, struct arena *arena)
{
	struct step_settings settings;
	const struct text title = step_title(node);

	if (holds(step_name(node, arena), what) ||
	    holds(arena_text_n(arena, title.data, title.size), what))
		return true;
	step_settings(node, &settings, arena);
	for (size_t i = 0; i < settings.n; i++)
		if (settings.at[i].is_chosen && holds(settings.at[i].value, what))
			return true;
	return false;
}

/* From the row below the current one on, round and round. */
static bool
find(struct app *app, const void *fields, struct error *err)
{
	const struct words *words = fields;
	struct flow_screen *screen = flow_screen_of(app);
	const struct rail *rail = rail_of(app);
	size_t place;

	if (!need_step(app, &place, err))
		return false;
	snprintf(screen->sought, sizeof screen->sought, "%s", words->text);
	for (size_t i = 1; i <= rail->n; i++) {
		const struct rail_row *row =
			&rail->rows[(rail->row_of[place] + i) % rail->n];

		if (row->kind == RAIL_MERGE ||
		    !is_sought(&app->work.flow.nodes[row->node], words->text,
			       &app->arena))
			continue;
		app_select(app, row->node);
		return true;
	}
	return fail(err, "no step has '%s'", words->text);
}

static bool
open_data(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	app_go(app, SCREEN_DATA);
	return true;
}

static bool
zoom_to(struct app *app, int zoom)
{
	struct flow_canvas *canvas = &flow_screen_of(app)->canvas;

	canvas->zoom = zoom >= ZOOM_COUNT ? ZOOM_COUNT - 1 : zoom;
	canvas->document = NULL;
	return true;
}

static bool
zoom_in(struct app *app, const void *fields, struct error *err)
{
	const struct flow_canvas *canvas = &flow_screen_of(app)->canvas;

	(void)fields;
	(void)err;
	return zoom_to(app, canvas->graph.zoom > ZOOM_FULL ? (int)canvas->graph.zoom - 1
							   : ZOOM_FULL);
}

static bool
zoom_out(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	return zoom_to(app, (int)flow_screen_of(app)->canvas.graph.zoom + 1);
}

static bool
zoom_fit(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	return zoom_to(app, ZOOM_FITS);
}

/* The analyses of a step, of itself or of what it hangs on. */
static bool
fold(struct app *app, const void *fields, struct error *err)
{
	const struct flow *flow = &app->work.flow;
	size_t place;

	(void)fields;
	if (!need_step(app, &place, err))
		return false;
	if (flow->nodes[place].type == NODE_VISUALIZATION &&
	    flow->nodes[place].n_inputs == 1)
		place = flow->nodes[place].inputs[0].from;
	flow_screen_fold(flow_screen_of(app), flow->nodes[place].id);
	return true;
}

/* --- to change --- */

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
	if (!need_step(app, &place, err))
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

static bool
edit(struct app *app, const void *fields, struct error *err)
{
	const struct op *op;
	void *settings;
	size_t place;

	(void)fields;
	if (!need_step(app, &place, err) ||
	    !step_read(&app->work.flow.nodes[place], &op, &settings, &app->arena, err))
		return false;
	form_open(app, op, settings, place);
	return true;
}

static const struct param name_params[] = {
	PARAM_TEXT(struct words, text, "Name", "what to call the step; empty: its title"),
	{ 0 },
};

static void
suggest_name(struct app *app, void *fields, struct arena *arena)
{
	const size_t place = work_place(&app->work);

	if (place != FLOW_NONE)
		((struct words *)fields)->text =
			arena_text(arena, app->work.flow.nodes[place].name);
}

static bool
rename_step(struct app *app, const void *fields, struct error *err)
{
	const struct words *words = fields;
	size_t place;

	return need_step(app, &place, err) &&
	       flow_rename(&app->work.flow, place, words->text, err) &&
	       changed(app, "rename-step", fields, err);
}

static bool
switch_step(struct app *app, const void *fields, struct error *err)
{
	size_t place;

	return need_step(app, &place, err) &&
	       flow_switch(&app->work.flow, place, !app->work.flow.nodes[place].off,
			   err) &&
	       changed(app, "switch", fields, err);
}

static bool
move_up(struct app *app, const void *fields, struct error *err)
{
	size_t place;

	return need_step(app, &place, err) &&
	       flow_move(&app->work.flow, place, true, err) &&
	       changed(app, "move-up", fields, err);
}

static bool
move_down(struct app *app, const void *fields, struct error *err)
{
	size_t place;

	return need_step(app, &place, err) &&
	       flow_move(&app->work.flow, place, false, err) &&
	       changed(app, "move-down", fields, err);
}

struct deletion {
	bool below;
};

static const struct param delete_params[] = {
	PARAM_FLAG(struct deletion, below, "All below", "and every step that reads it",
		   .preset = "false"),
	{ 0 },
};

static bool
delete_now(struct app *app, const struct deletion *deletion, struct error *err)
{
	size_t place;

	return need_step(app, &place, err) &&
	       flow_delete(&app->work.flow, place, deletion->below, err) &&
	       changed(app, "delete-step", deletion, err);
}

static void
delete_answered(struct app *app, uint32_t key)
{
	if (key == 'y')
		app_run(app, action_find("delete-step"), &(struct deletion){ true });
}

/* What cannot be gone around goes with all below it, if the user says so. */
static bool
delete_step(struct app *app, const void *fields, struct error *err)
{
	static const struct answer answers[] = { { 'y', "delete all" }, { 'n', "keep" } };
	const struct deletion *deletion = fields;
	const struct flow *flow = &app->work.flow;
	size_t place;

	if (!need_step(app, &place, err))
		return false;
	if (deletion->below || app->is_macro || flow->nodes[place].n_inputs == 1 ||
	    !readers(flow, place))
		return delete_now(app, deletion, err);
	ask_open(app,
		 arena_print(&app->arena, "delete '%s' and all that reads it?",
			     step_name(&flow->nodes[place], &app->arena)),
		 answers, COUNT(answers), delete_answered);
	return true;
}

static bool
copy_step(struct app *app, const void *fields, struct error *err)
{
	struct flow_screen *screen = flow_screen_of(app);
	struct flow copy;
	size_t place;

	(void)fields;
	if (!need_step(app, &place, err) || !work_snapshot(&app->work.flow, &copy, err))
		return false;
	if (screen->copied.n)
		flow_release(&screen->copied);
	screen->copied = copy;
	snprintf(screen->copied_node, sizeof screen->copied_node, "%s", app->work.node);
	app_say(app, TONE_PLAIN, "copied: %s",
		step_name(&copy.nodes[place], &app->arena));
	return true;
}

/* A step goes into the chain behind the current one; anything else beside it. */
static bool
paste_node(struct flow *flow, const struct flow *from, size_t node, size_t behind,
	   size_t *place, struct error *err)
{
	const struct node *copied = &from->nodes[node];
	const struct flow_from after = { behind, NULL };
	struct node_spec spec = {
		.type = "TRANSFORM",
		.operator= copied->operator,
		.name = * copied->name ? copied->name : NULL,
		.trained = NULL,
		.outputs = copied->outputs,
	};

	if (copied->type != NODE_TRANSFORM || copied->n_inputs != 1 ||
	    copied->outputs.n != 1) {
		*place = flow->n;
		return flow_paste(flow, from, &node, 1, &after, err);
	}
	spec.operator= arena_text(&flow->arena, copied->operator);
	if (copied->parameters)
		spec.parameters = json_copy(copied->parameters, &flow->arena);
	return flow_insert(flow, &spec, &after, 1, place, err);
}

static bool
paste_step(struct app *app, const void *fields, struct error *err)
{
	struct flow_screen *screen = flow_screen_of(app);
	size_t node, place;

	if (!screen->copied.n)
		return fail(err, "no step was copied yet (y copies)");
	node = flow_place(&screen->copied, screen->copied_node);
	if (!need_step(app, &place, err) ||
	    !paste_node(&app->work.flow, &screen->copied, node, place, &place, err) ||
	    !changed(app, "paste-step", fields, err))
		return false;
	if (place < app->work.flow.n)
		app_select(app, place);
	return true;
}

static bool
has_step(struct app *app)
{
	return app->work.is_open && work_place(&app->work) != FLOW_NONE;
}

#define MOVE(word, said, key, what, does)                                             \
	{                                                                             \
		.name = word, .title = said, .menu = "View", .keys = key,             \
		.where = IN_FLOW, .help = what, .flags = ACTION_MOVE | ACTION_HIDDEN, \
		.run = does                                                           \
	}

const struct action flow_actions[] = {
	{ .name = "step-down",
	  .title = "Step below",
	  .menu = "View",
	  .keys = "j Down",
	  .where = IN_FLOW,
	  .hint = "down",
	  .help = "The step in the row below.",
	  .flags = ACTION_MOVE | ACTION_HIDDEN,
	  .run = go_down },
	{ .name = "step-up",
	  .title = "Step above",
	  .menu = "View",
	  .keys = "k Up",
	  .where = IN_FLOW,
	  .hint = "up",
	  .help = "The step in the row above.",
	  .flags = ACTION_MOVE | ACTION_HIDDEN,
	  .run = go_up },
	MOVE("step-child", "First reader", "l Right", "The first step that reads this.",
	     go_child),
	MOVE("step-parent", "What it reads", "h Left", "The step that this reads.",
	     go_parent),
	MOVE("step-next", "Next step", "Tab", "The next step in the order of work.",
	     go_next),
	MOVE("step-previous", "Step before", "Shift-Tab",
	     "The step before in the order of work.", go_previous),
	MOVE("step-first", "First step", "Home", "The step at the top.", go_first),
	MOVE("step-last", "Last step", "G End", "The step at the bottom.", go_last),
	MOVE("step-page-down", "Page down", "PgDn Ctrl-F", "A page of steps down.",
	     page_down),
	MOVE("zoom-in", "Larger", "+", "Boxes with more in them.", zoom_in),
	MOVE("zoom-out", "Smaller", "-", "Boxes with less in them: more of the flow.",
	     zoom_out),
	MOVE("zoom-fit", "Fit", "0", "As large as the whole flow allows.", zoom_fit),
	MOVE("step-page-up", "Page up", "PgUp Ctrl-B", "A page of steps up.", page_up),
	{ .name = "open-step",
	  .title = "Rows of the step",
	  .menu = "Flow",
	  .keys = "Enter",
	  .where = IN_FLOW,
	  .hint = "open",
	  .help = "The rows that come out of this step.",
	  .flags = ACTION_MOVE,
	  .fits = has_step,
	  .run = open_data },
	{ .name = "go-step",
	  .title = "Go to step",
	  .menu = "View",
	  .keys = "g",
	  .where = IN_FLOW,
	  .help = "Go to a step by its number.",
	  .params = number_params,
	  .params_size = sizeof(struct number),
	  .flags = ACTION_MOVE | ACTION_LINE | ACTION_COUNT,
	  .run = go_number },
	{ .name = "find-step",
	  .title = "Find a step",
	  .menu = "View",
	  .keys = "/",
	  .where = IN_FLOW,
	  .help = "Go to the next step whose name or settings hold a text.",
	  .params = find_params,
	  .params_size = sizeof(struct words),
	  .flags = ACTION_MOVE | ACTION_LINE,
	  .suggest = suggest_find,
	  .run = find },
	{ .name = "fold",
	  .title = "Fold or unfold",
	  .menu = "View",
	  .keys = "za",
	  .where = IN_FLOW,
	  .help = "Show all steps of a group, or fold them again.",
	  .flags = ACTION_MOVE,
	  .fits = has_step,
	  .run = fold },
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
	  .fits = has_step,
	  .run = add_before },
	{ .name = "edit-step",
	  .title = "Edit the step",
	  .menu = "Flow",
	  .keys = "e",
	  .where = IN_FLOW,
	  .hint = "edit",
	  .help = "Change the settings of this step.",
	  .flags = ACTION_MOVE,
	  .fits = has_step,
	  .run = edit },
	{ .name = "rename-step",
	  .title = "Name the step",
	  .menu = "Flow",
	  .keys = "r",
	  .where = IN_FLOW,
	  .help = "Give this step a name.",
	  .params = name_params,
	  .params_size = sizeof(struct words),
	  .flags = ACTION_LINE,
	  .suggest = suggest_name,
	  .fits = has_step,
	  .run = rename_step },
	{ .name = "switch",
	  .title = "Switch on or off",
	  .menu = "Flow",
	  .keys = "x",
	  .where = IN_FLOW,
	  .hint = "on/off",
	  .help = "Rows pass through a step that is off.",
	  .fits = has_step,
	  .run = switch_step },
	{ .name = "move-up",
	  .title = "Move the step up",
	  .menu = "Flow",
	  .keys = "Alt-Up",
	  .where = IN_FLOW,
	  .help = "Swap this step with the one that it reads.",
	  .fits = has_step,
	  .run = move_up },
	{ .name = "move-down",
	  .title = "Move the step down",
	  .menu = "Flow",
	  .keys = "Alt-Down",
	  .where = IN_FLOW,
	  .help = "Swap this step with the one that reads it.",
	  .fits = has_step,
	  .run = move_down },
	{ .name = "delete-step",
	  .title = "Delete the step",
	  .menu = "Flow",
	  .keys = "d Delete",
	  .where = IN_FLOW,
	  .help = "Take this step out; what read it reads what it read.",
	  .params = delete_params,
	  .params_size = sizeof(struct deletion),
	  .fits = has_step,
	  .run = delete_step },
	{ .name = "copy-step",
	  .title = "Copy the step",
	  .menu = "Edit",
	  .keys = "y",
	  .where = IN_FLOW,
	  .help = "Copy this step, to paste it here or in another flow.",
	  .flags = ACTION_MOVE,
	  .fits = has_step,
	  .run = copy_step },
	{ .name = "paste-step",
	  .title = "Paste the step",
	  .menu = "Edit",
	  .keys = "p",
	  .where = IN_FLOW,
	  .help = "Put the step that was copied behind this one.",
	  .fits = has_step,
	  .run = paste_step },
	{ 0 },
};
