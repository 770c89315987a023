/* flow_screen - what is laid out, what the frame says of it, the mouse. */
#include "screen/flow_screen.h"

#include <stdio.h>
#include <stdlib.h>

#include "desk/paths.h"
#include "screen/export.h"
#include "widget/figure.h"
#include "widget/picture.h"
#include "widget/standing.h"
#include "widget/step_ref.h"
#include "widget/step_text.h"

enum { WHEEL = 3, PICTURE = 64 /* columns of a rail in a file */ };

struct flow_screen *
flow_screen_of(struct app *app)
{
	return app->screens[SCREEN_FLOW].self;
}

static void *
make(struct app *app)
{
	struct flow_screen *screen = calloc(1, sizeof *screen);
	struct error err;

	if (!screen || !states_new(&app->wake, &screen->states, &err) ||
	    !previewer_new(&app->wake, &screen->previewer, &err))
		abort();
	screen->canvas.zoom = ZOOM_FITS;
	return screen;
}

static void
close_screen(void *self, struct app *app)
{
	struct flow_screen *screen = self;

	(void)app;
	job_drop(screen->pasting);
	previewer_free(screen->previewer);
	flow_canvas_release(&screen->canvas);
	states_free(screen->states);
	if (screen->copied.n)
		flow_release(&screen->copied);
	arena_release(&screen->arena);
	arena_release(&screen->unfolded_arena);
	free(screen);
}

/* --- layout --- */

bool *
flow_screen_unfolded(const struct flow_screen *screen, const struct flow *flow,
		     struct arena *arena)
{
	bool *open = ARENA_ARRAY(arena, flow->n + 1, bool);

	for (size_t i = 0; i < screen->unfolded.n; i++) {
		const size_t place = flow_place(flow, screen->unfolded.at[i]);

		if (place != FLOW_NONE)
			open[place] = true;
	}
	return open;
}

void
flow_screen_layout(struct flow_screen *screen, struct app *app)
{
	const struct flow *flow = &app->work.flow;

	if (flow_screen_is_laid_out(&app->work, screen->version, screen->document))
		return;
	arena_release(&screen->arena);
	screen->version = app->work.version;
	screen->document = flow->document;
	rail_make(flow, flow_screen_unfolded(screen, flow, &screen->arena), &screen->rail,
		  &screen->arena);
	screen->numbers = step_numbers(flow, &screen->n_steps, &screen->arena);
	if (work_place(&app->work) == FLOW_NONE && screen->rail.n)
		work_go(&app->work, screen->rail.rows[0].node);
}

static bool
is_unfolded(const struct flow_screen *screen, const struct flow *flow, size_t place)
{
	return names_has(&screen->unfolded, flow->nodes[place].id);
}

/* The step by which a group is known: that which unfolded it, else the first of a chain
 * that is one box, else what analyses hang on. */
static size_t
group_of(const struct flow_screen *screen, const struct flow *flow, size_t place)
{
	const struct graph *graph = &screen->canvas.graph;
	const struct graph_box *box;

	if (flow->nodes[place].type == NODE_VISUALIZATION &&
	    flow->nodes[place].n_inputs == 1)
		place = flow->nodes[place].inputs[0].from;
	if (!screen->canvas.is_on)
		return place;
	box = &graph->boxes[graph->box_of[place]];
	if (box->n > 1)
		return box->nodes[0];
	for (size_t at = place; flow->nodes[at].n_inputs == 1;
	     at = flow->nodes[at].inputs[0].from)
		if (is_unfolded(screen, flow, at))
			return at;
	return place;
}

void
flow_screen_fold(struct flow_screen *screen, const struct flow *flow, size_t place)
{
	struct names *unfolded = &screen->unfolded;
	const char *id = flow->nodes[group_of(screen, flow, place)].id;
	const size_t at = names_find(unfolded, id);

	if (at == unfolded->n)
		names_add(unfolded, arena_text(&screen->unfolded_arena, id),
			  &screen->unfolded_arena);
	else
		unfolded->at[at] = unfolded->at[--unfolded->n];
	screen->document = screen->canvas.document = NULL;
}

/* --- the frame --- */

static size_t
count_states(const struct flow_screen *screen, const struct flow *flow,
	     enum step_state state)
{
	const struct step_standing *all = states_all(screen->states);
	size_t n = 0;

	for (size_t i = 0; i < flow->n; i++)
		n += all[i].state == state;
	return n;
}

/* Is anything counted, and of the first rows alone? */
static bool
is_counted(const struct flow_screen *screen, const struct flow *flow, bool *is_sample)
{
	const struct step_standing *all = states_all(screen->states);
	bool is_counted = false;

	*is_sample = false;
	for (size_t i = 0; i < flow->n; i++) {
		is_counted |= all[i].has_rows;
		*is_sample |= all[i].has_rows && all[i].is_sample;
	}
	return is_counted;
}

static const char *
file_name(const struct work *work)
{
	return work->path ? paths_name(work->path) : "untitled.flow";
}

/* How much of the data the numbers are of, and the table of the selected step. */
static void
print_badge(const struct flow_screen *screen, struct app *app, struct heading *heading)
{
	const size_t place = work_place(&app->work);
	char size[SIZE_TEXT] = "";
	bool is_sample;

	if (!is_counted(screen, &app->work.flow, &is_sample))
		return;
	if (is_sample) {
		snprintf(heading->badge, sizeof heading->badge, "▤ sample %dk",
			 STATES_ROWS / 1000);
		return;
	}
	if (place != FLOW_NONE && states_all(screen->states)[place].has_rows)
		standing_size(&states_all(screen->states)[place], size);
	snprintf(heading->badge, sizeof heading->badge, "■ full%s%s", *size ? " " : "",
		 size);
}

static void
heading(void *self, struct app *app, struct heading *heading)
{
	const struct flow_screen *screen = self;
	const struct flow *flow = &app->work.flow;
	size_t wrong;

	if (!flow_screen_is_laid_out(&app->work, screen->version, screen->document))
		return;
	wrong = count_states(screen, flow, STEP_WRONG);
	snprintf(heading->title, sizeof heading->title, "%s%s", file_name(&app->work),
		 work_is_saved(&app->work) ? "" : " ●");
	print_badge(screen, app, heading);
	snprintf(heading->left, sizeof heading->left, "%zu step%s%s", screen->n_steps,
		 text_plural(screen->n_steps),
		 states_are_busy(screen->states) ? " · counting…" : "");
	if (wrong)
		snprintf(heading->right, sizeof heading->right, "✗ %zu wrong", wrong);
}

/* What was copied has come from the disk; else what was copied here counts. */
static void
paste(struct flow_screen *screen, struct app *app)
{
	struct error err = { 0 };
	struct flow copied;
	bool ok;

	if (clip_take(screen->pasting, &copied, &err)) {
		ok = flow_screen_paste(app, &copied, &err);
		flow_release(&copied);
	} else {
		ok = screen->copied.n && flow_screen_paste(app, &screen->copied, &err);
	}
	screen->pasting = NULL;
	if (!ok)
		app_fail(app, &err);
}

static void
follow(struct flow_screen *screen, struct app *app)
{
	pinning_follow(app->pinning, &app->work);
	states_follow(screen->states, &app->work);
	states_pin(screen->states, app->pinning);
}

static bool
news(void *self, struct app *app)
{
	struct flow_screen *screen = self;

	if (screen->pasting && job_is_done(screen->pasting))
		paste(screen, app);
	if (!app->work.is_open || app->screen != SCREEN_FLOW)
		return false;
	follow(screen, app);
	return true;
}

/* --- the mouse --- */

static bool
rail_mouse(struct flow_screen *screen, struct app *app, const struct mouse *mouse)
{
	const size_t node =
		rail_at(&screen->rail, screen->first, mouse->row - screen->rail_pane.row);
	const size_t place = work_place(&app->work);

	if (mouse->kind == MOUSE_WHEEL && place != FLOW_NONE)
		app_select(app, rail_next(&screen->rail, place, WHEEL * mouse->lines));
	if (mouse->kind != MOUSE_PRESS || mouse->button != 1 || node == FLOW_NONE)
		return mouse->kind == MOUSE_WHEEL;
	app_select(app, node);
	if (mouse->clicks == 2)
		app_go(app, SCREEN_DATA);
	return true;
}

/* A box beside the flow: it scrolls, and has the focus when it is clicked. */
static bool
step_mouse(struct flow_screen *screen, const struct mouse *mouse)
{
	if (mouse->kind == MOUSE_WHEEL)
		screen->skipped += mouse->lines;
	if (screen->skipped < 0)
		screen->skipped = 0;
	if (mouse->kind == MOUSE_PRESS)
		screen->focus = FLOW_STEP;
	return mouse->kind == MOUSE_WHEEL || mouse->kind == MOUSE_PRESS;
}

static bool
rows_mouse(struct flow_screen *screen, struct app *app, const struct mouse *mouse)
{
	if (mouse->kind != MOUSE_PRESS)
		return false;
	screen->focus = FLOW_ROWS;
	if (mouse->clicks == 2)
		app_go(app, SCREEN_DATA);
	return true;
}

static bool
map_mouse(struct flow_screen *screen, struct app *app, const struct mouse *mouse)
{
	if (mouse->kind == MOUSE_PRESS)
		screen->focus = FLOW_MAP;
	return screen->rail_pane.rows ? rail_mouse(screen, app, mouse)
				      : flow_canvas_mouse(screen, app, mouse);
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct flow_screen *screen = self;
	const struct mouse *mouse = &event->mouse;

	if (event->kind != EVENT_MOUSE)
		return false;
	flow_screen_layout(screen, app);
	if (pane_has(screen->canvas.pane, mouse->row, mouse->column) ||
	    pane_has(screen->rail_pane, mouse->row, mouse->column))
		return map_mouse(screen, app, mouse);
	if (pane_has(screen->inspector_pane, mouse->row, mouse->column))
		return step_mouse(screen, mouse);
	return pane_has(screen->table_pane, mouse->row, mouse->column) &&
	       rows_mouse(screen, app, mouse);
}

/* "step 3 of 9, Impute, 15,705 rows"; what is wrong with it. */
static const char *
sentence(void *self, struct app *app)
{
	const struct flow_screen *screen = self;
	const size_t place = work_place(&app->work);
	const struct step_standing *standing;
	char rows[FIGURE_SIZE];
	const char *said;

	if (place == FLOW_NONE)
		return NULL;
	standing = &states_all(screen->states)[place];
	said = step_name(&app->work.flow.nodes[place], &app->arena);
	if (screen->numbers[place])
		said = arena_print(&app->arena, "step %zu of %zu, %s",
				   screen->numbers[place], screen->n_steps, said);
	if (standing->state == STEP_OFF)
		said = arena_print(&app->arena, "%s, off", said);
	figure_count(standing->rows, rows);
	if (standing->has_rows && !standing->is_old)
		said = arena_print(&app->arena, "%s, %s rows", said, rows);
	if (*standing->problem)
		said = arena_print(&app->arena, "%s, %s", said, standing->problem);
	return said;
}

static void
rail_targets(const struct flow_screen *screen, struct targets *targets)
{
	const struct pane pane = screen->rail_pane;

	for (int row = 1; row < pane.rows; row++)
		if (rail_at(&screen->rail, screen->first, row) != FLOW_NONE)
			targets_add(targets, pane.row + row, pane.column);
}

static void
targets(void *self, struct app *app, struct targets *targets)
{
	struct flow_screen *screen = self;

	rail_targets(screen, targets);
	if (screen->canvas.pane.rows)
		flow_canvas_targets(screen, app, targets);
	if (screen->inspector_pane.rows)
		targets_add(targets, screen->inspector_pane.row,
			    screen->inspector_pane.column);
	if (screen->table_pane.rows)
		targets_add(targets, screen->table_pane.row, screen->table_pane.column);
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct flow_screen *screen = self;

	flow_screen_layout(screen, app);
	follow(screen, app);
	app->branches &= app->n_layers > 0 || app->is_macro;
	flow_screen_draw(screen, app, pane);
}

/* --- a picture of it --- */

static const struct ending *
picture_list(struct arena *arena)
{
	(void)arena;
	return picture_endings;
}

/* All of the canvas, or of the rail, whatever part of it is on view. */
static bool
print(void *self, struct app *app, const char *path, struct buffer *out,
      struct error *err)
{
	struct flow_screen *screen = self;
	const struct step_standing *standings;
	const struct graph *graph = &screen->canvas.graph;
	struct surface surface = { 0 };
	bool ok;

	flow_screen_layout(screen, app);
	states_follow(screen->states, &app->work);
	standings = states_all(screen->states);
	if (screen->canvas.is_on) {
		surface_resize(&surface, graph->rows, graph->columns);
		graph_draw(surface_pane(&surface), graph, 0, 0, FLOW_NONE, standings,
			   &app->arena);
	} else {
		surface_resize(&surface, (int)screen->rail.n + 1, PICTURE);
		rail_draw(surface_pane(&surface), &screen->rail, 0, FLOW_NONE, standings);
	}
	ok = picture_print(&surface, ending_of(picture_endings, path), out, err);
	surface_release(&surface);
	return ok;
}

static const struct exports exports = {
	.what = "a flow",
	.has_rows = true,
	.endings = picture_list,
	.print = print,
};

const struct view flow_screen_view = {
	.name = "flow",
	.make = make,
	.draw = draw,
	.event = event,
	.news = news,
	.heading = heading,
	.sentence = sentence,
	.targets = targets,
	.exports = &exports,
	.close = close_screen,
};
