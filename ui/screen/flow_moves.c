/*
 * flow_moves - to go about in a flow: along the rail, over the canvas, to a step by its
 * number or what it says.
 */
#include <stdio.h>

#include "screen/flow_screen.h"
#include "widget/step_ref.h"
#include "widget/step_text.h"

enum { INSPECTOR_LINES = 5 };

bool
flow_screen_step(struct app *app, size_t *place, struct error *err)
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

	if (!flow_screen_step(app, &place, err))
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

	if (!flow_screen_step(app, &place, err))
		return false;
	app_select(app, graph_towards(&screen->canvas.graph, place, towards));
	return true;
}

static bool
is_canvas(struct app *app)
{
	const struct flow_canvas *canvas = &flow_screen_of(app)->canvas;

	return canvas->is_on &&
	       flow_screen_is_laid_out(&app->work, canvas->version, canvas->document);
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
	if (!flow_screen_step(app, &place, err))
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
	if (!flow_screen_step(app, &place, err))
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

	if (!flow_screen_step(app, &place, err))
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

static const struct param go_params[] = {
	PARAM_TEXT(struct flow_target, step, "Step",
		   "its number, from the top, or its name"),
	{ 0 },
};

static bool
go_step(struct app *app, const void *fields, struct error *err)
{
	const struct flow_target *target = fields;
	const size_t place = step_find(&app->work.flow, target->step, err);

	if (place == FLOW_NONE)
		return false;
	app_select(app, place);
	return true;
}

static const struct param find_params[] = {
	PARAM_TEXT(struct flow_words, text, "Text",
		   "a part of a step's name or settings"),
	{ 0 },
};

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
	const struct flow_words *words = fields;
	struct flow_screen *screen = flow_screen_of(app);
	const struct rail *rail = rail_of(app);
	size_t place;

	if (!flow_screen_step(app, &place, err))
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

/* What was sought last, once more. */
static bool
find_again(struct app *app, const void *fields, struct error *err)
{
	const struct flow_words words = { arena_text(&app->arena,
						     flow_screen_of(app)->sought) };

	(void)fields;
	return *words.text ? find(app, &words, err)
			   : fail(err, "nothing was sought yet (/ does)");
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

static bool
fold(struct app *app, const void *fields, struct error *err)
{
	size_t place;

	(void)fields;
	if (!flow_screen_step(app, &place, err))
		return false;
	if (flow_screen_of(app)->canvas.is_on && !is_canvas(app))
		return true; /* it is another flow than was drawn */
	flow_screen_fold(flow_screen_of(app), &app->work.flow, place);
	return true;
}

static bool
scroll_inspector(struct app *app, int lines)
{
	struct flow_screen *screen = flow_screen_of(app);

	/* drawing sees to it that it does not go too far down */
	screen->skipped = screen->skipped + lines > 0 ? screen->skipped + lines : 0;
	return true;
}

static bool
inspector_down(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	return scroll_inspector(app, INSPECTOR_LINES);
}

static bool
inspector_up(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	return scroll_inspector(app, -INSPECTOR_LINES);
}

static bool
next_pane(struct app *app, const void *fields, struct error *err)
{
	static const char *const names[] = { "the flow", "the step", "its rows" };
	struct flow_screen *screen = flow_screen_of(app);

	(void)fields;
	(void)err;
	screen->focus = (screen->focus + 1) % FLOW_PANES;
	app_say(app, TONE_PLAIN, "%s · Z shows %s", names[screen->focus],
		app_is_zoomed(app) ? "all panes" : "it alone");
	return true;
}

bool
flow_screen_has_step(struct app *app)
{
	return app->work.is_open && work_place(&app->work) != FLOW_NONE;
}

#define MOVE(word, said, key, what, does)                                             \
	{                                                                             \
		.name = word, .title = said, .menu = "View", .keys = key,             \
		.where = IN_FLOW, .help = what, .flags = ACTION_MOVE | ACTION_HIDDEN, \
		.run = does                                                           \
	}

const struct action flow_moves[] = {
	{ .name = "step-down",
	  .title = "Step below",
	  .menu = "View",
	  .keys = "j Down",
	  .where = IN_FLOW,
	  .help = "The step in the row below.",
	  .flags = ACTION_MOVE | ACTION_HIDDEN,
	  .run = go_down },
	{ .name = "step-up",
	  .title = "Step above",
	  .menu = "View",
	  .keys = "k Up",
	  .where = IN_FLOW,
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
	MOVE("inspector-down", "Inspector down", "]",
	     "More of what there is to say of the step.", inspector_down),
	MOVE("inspector-up", "Inspector up", "[", "The box on the step, further up.",
	     inspector_up),
	MOVE("next-pane", "Next pane", "Ctrl-W",
	     "The flow, the step, its rows: which one Z shows alone.", next_pane),
	{ .name = "open-step",
	  .title = "Rows of the step",
	  .menu = "Flow",
	  .keys = "Enter",
	  .where = IN_FLOW,
	  .hint = "open",
	  .help = "The rows that come out of this step.",
	  .flags = ACTION_MOVE,
	  .fits = flow_screen_has_step,
	  .run = open_data },
	{ .name = "go-step",
	  .title = "Go to step",
	  .menu = "View",
	  .keys = "g",
	  .where = IN_FLOW,
	  .help = "Go to a step by its number or name.",
	  .params = go_params,
	  .params_size = sizeof(struct flow_target),
	  .flags = ACTION_MOVE | ACTION_LINE | ACTION_COUNT,
	  .fits = flow_screen_has_step,
	  .run = go_step,
	  .aliases = "go" },
	{ .name = "find-step",
	  .title = "Find a step",
	  .menu = "View",
	  .keys = "/",
	  .where = IN_FLOW,
	  .help = "Go to the next step whose name or settings hold a text.",
	  .params = find_params,
	  .params_size = sizeof(struct flow_words),
	  .flags = ACTION_MOVE | ACTION_LINE | ACTION_WORDS,
	  .run = find },
	{ .name = "find-step-again",
	  .title = "Find the next one",
	  .menu = "View",
	  .keys = "N",
	  .where = IN_FLOW,
	  .help = "The next step that holds what was sought.",
	  .flags = ACTION_MOVE,
	  .run = find_again },
	{ .name = "fold",
	  .title = "Fold or unfold",
	  .menu = "View",
	  .keys = "za",
	  .where = IN_FLOW,
	  .help = "Show all steps of a group, or fold them again.",
	  .flags = ACTION_MOVE,
	  .fits = flow_screen_has_step,
	  .run = fold },
	{ 0 },
};
