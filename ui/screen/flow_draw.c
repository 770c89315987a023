/*
 * flow_draw - the panes of the flow: canvas or rail, the inspector beside it, the rows of
 * the step below where there is room; or one of them alone.
 */
#include <stdio.h>

#include "screen/data.h"
#include "screen/flow_screen.h"
#include "widget/inspector.h"
#include "widget/step_text.h"

enum {
	INSPECTOR_LEAST = 30,
	INSPECTOR_NARROW = 33,
	INSPECTOR = 44,
	INSPECTOR_WIDE = 52,
	RAIL_LEAST = 44,
	WIDE = 100,
	VERY_WIDE = 160,
	CANVAS_LEAST = 10,
	UPPER_LEAST = 16, /* what the inspector has to say fits as a rule */
	TABLE_LEAST = 12, /* rows that the step's table needs below the canvas */
};

/* Scroll only as far as is needed to see the selected row. */
static void
follow_selected(struct flow_screen *screen, size_t place)
{
	const size_t room = screen->rail_rows > 1 ? (size_t)screen->rail_rows - 1 : 1;
	const size_t row = place == FLOW_NONE ? 0 : screen->rail.row_of[place];

	if (row < screen->first)
		screen->first = row;
	if (row >= screen->first + room)
		screen->first = row - room + 1;
	if (screen->rail.n <= room)
		screen->first = 0;
	else if (screen->first > screen->rail.n - room)
		screen->first = screen->rail.n - room;
}

static void
draw_rail(struct flow_screen *screen, struct app *app, struct pane pane)
{
	const size_t place = work_place(&app->work);

	screen->rail_pane = pane;
	screen->rail_rows = pane.rows;
	follow_selected(screen, place);
	rail_draw(pane, &screen->rail, screen->first, place, states_all(screen->states));
	if (place != FLOW_NONE)
		pane_cursor(pane, (int)(screen->rail.row_of[place] - screen->first) + 1,
			    1);
	if (!screen->rail.n)
		pane_print(pane, 2, 3, PAINT(INK_DIM),
			   "an empty flow · :open takes a table");
}

/* Asked for anew when the step is another one, or told otherwise. */
static void
follow_preview(struct flow_screen *screen, struct app *app, size_t place)
{
	const bool is_same = !strcmp(screen->inspected, app->work.node) &&
			     screen->previewed == app->work.version;
	const struct node *node = &app->work.flow.nodes[place];
	struct error err;

	if (is_same)
		return;
	screen->previewed = app->work.version;
	preview_cancel(screen->previewer);
	screen->has_preview = node->type == NODE_TRANSFORM && !node->off &&
			      preview_ask(screen->previewer, &app->work.flow, node->id,
					  &app->work.options, &err);
}

/* The step of the box; its lines from the top if it is another one. */
static void
inspect(struct flow_screen *screen, struct app *app, size_t place)
{
	follow_preview(screen, app, place);
	if (strcmp(screen->inspected, app->work.node) != 0)
		screen->skipped = 0;
	snprintf(screen->inspected, sizeof screen->inspected, "%s", app->work.node);
}

/* Of the step in the box: one that comes late is of another. */
static const struct preview *
newest_preview(struct flow_screen *screen)
{
	const struct preview *preview = preview_get(screen->previewer);

	return screen->has_preview && !preview_is_busy(screen->previewer) ? preview
									  : NULL;
}

static void
draw_inspector(struct flow_screen *screen, struct app *app, struct pane pane)
{
	const size_t place = work_place(&app->work);
	struct inspector inspector = {
		.flow = &app->work.flow,
		.place = place,
		.standings = states_all(screen->states),
		.note = "",
	};
	int lines;

	inspector.is_used = screen->focus == FLOW_STEP;
	screen->inspector_pane = pane;
	if (place != FLOW_NONE) {
		inspect(screen, app, place);
		inspector.note = flow_note_of(&app->work.flow.nodes[place], &app->arena);
		inspector.number = screen->numbers[place];
		inspector.count = screen->n_steps;
		inspector.preview = newest_preview(screen);
	}
	inspector.skipped = screen->skipped;
	lines = inspector_draw(pane, &inspector, &app->arena);
	if (screen->skipped > lines - pane.rows + 2)
		screen->skipped = lines - pane.rows + 2 > 0 ? lines - pane.rows + 2 : 0;
}

static int
inspector_width(int columns)
{
	if (columns >= VERY_WIDE)
		return INSPECTOR_WIDE;
	if (columns >= WIDE)
		return INSPECTOR;
	if (columns >= RAIL_LEAST + INSPECTOR_NARROW)
		return INSPECTOR_NARROW;
	return columns >= RAIL_LEAST + INSPECTOR_LEAST ? INSPECTOR_LEAST : 0;
}

/* Rows of canvas and inspector, where the rows of the step stand below. */
static int
upper_rows(struct flow_screen *screen, struct app *app, int rows, int columns)
{
	const int most = rows < TABLE_LEAST + CANVAS_LEAST ? rows : rows * 7 / 16;
	int need;

	if (!flow_canvas_layout(screen, app, most, columns))
		return rows;
	need = flow_canvas_height(&screen->canvas);
	need = need < UPPER_LEAST ? UPPER_LEAST : need;
	return need > most ? most : need;
}

/* What the table knows of its rows the flow need not find out. */
static void
learn_rows(struct flow_screen *screen, struct app *app)
{
	const struct sheet_state *state;

	if (!app->sheet || app->coming || strcmp(app->sheet_node, app->work.node) != 0 ||
	    app->sheet_version != app->work.version)
		return;
	state = sheet_state(app->sheet);
	if (state->is_whole && !state->has_failed && work_place(&app->work) != FLOW_NONE)
		states_learn(screen->states, work_place(&app->work), state->rows);
}

/* The table of the current step, as the data screen shows it. */
static void
draw_table(struct app *app, struct pane pane)
{
	struct flow_screen *screen = flow_screen_of(app);
	const size_t place = work_place(&app->work);
	char title[160] = "";

	screen->table_pane = pane;
	if (place != FLOW_NONE)
		snprintf(title, sizeof title, "%s · output",
			 step_name(&app->work.flow.nodes[place], &app->arena));
	pane_rule(pane, 0, PAINT(screen->focus == FLOW_ROWS ? INK_ACCENT : INK_RULE),
		  title);
	data_draw_table(app, pane_part(pane, 1, 0, pane.rows - 1, pane.columns));
}

/* The flow on all of the screen. */
static void
draw_map(struct flow_screen *screen, struct app *app, struct pane pane)
{
	if (pane.columns >= WIDE &&
	    flow_canvas_layout(screen, app, pane.rows, pane.columns))
		flow_canvas_draw(screen, app, pane);
	else
		draw_rail(screen, app, pane);
}

static void
draw_alone(struct flow_screen *screen, struct app *app, struct pane pane)
{
	pane_cursor(pane, 1, 2);
	if (screen->focus == FLOW_STEP)
		draw_inspector(screen, app, pane);
	else if (screen->focus == FLOW_ROWS)
		draw_table(app, pane);
	else
		draw_map(screen, app, pane);
}

static void
draw_wide(struct flow_screen *screen, struct app *app, struct pane pane, int side)
{
	const int main = pane.columns - side;
	const int top = upper_rows(screen, app, pane.rows, main);

	if (screen->canvas.is_on)
		flow_canvas_draw(screen, app, pane_part(pane, 0, 0, top, main));
	else
		draw_rail(screen, app, pane_part(pane, 0, 0, top, main));
	draw_inspector(screen, app, pane_part(pane, 0, main, top, side));
	if (top < pane.rows)
		draw_table(app, pane_part(pane, top, 0, pane.rows - top, pane.columns));
}

static void
draw_narrow(struct flow_screen *screen, struct app *app, struct pane pane, int side)
{
	const int main = pane.columns - side;

	screen->canvas.is_on = false;
	screen->canvas.document = NULL;
	draw_rail(screen, app, pane_part(pane, 0, 0, pane.rows, main));
	if (side)
		draw_inspector(screen, app,
			       pane_part(pane, 0, main, pane.rows - 1, side));
}

void
flow_screen_draw(struct flow_screen *screen, struct app *app, struct pane pane)
{
	const int side = inspector_width(pane.columns);

	/* The mouse finds no pane that is not drawn. */
	screen->rail_pane = screen->inspector_pane = screen->table_pane =
		screen->canvas.pane = (struct pane){ 0 };
	learn_rows(screen, app);
	if (app_is_zoomed(app))
		draw_alone(screen, app, pane);
	else if (pane.columns >= WIDE)
		draw_wide(screen, app, pane, side);
	else
		draw_narrow(screen, app, pane, side);
}
