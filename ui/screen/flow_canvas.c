/*
 * flow_canvas - the flow as boxes in a frame, scrolled and zoomed.
 *
 * It is shown at the largest zoom at which two panes hold it, unless the user chose one.
 */
#include <stdio.h>

#include "screen/flow_screen.h"

enum {
	VIEWPORTS = 2,
	BOX = 19,
	BOX_WIDE = 24,
	BOX_NAMES = 16,
	NAMES_LEAST = 3, /* of a chain */
	NAMES_MOST = 8,
	WIDE = 110, /* columns of a canvas from which on boxes are wide */
	FRAME = 2,
	WHEEL = 3,
};

/* In place of the layout before, whose order it keeps where it can. */
static bool
lay_out(struct flow_screen *screen, const struct flow *flow, enum zoom zoom, size_t names)
{
	struct flow_canvas *canvas = &screen->canvas;
	const struct graph previous = canvas->graph;
	struct arena arena = { 0 };
	struct graph graph;
	const struct graph_options options = {
		.zoom = zoom,
		.open = flow_screen_unfolded(screen, flow, &arena),
		.columns = zoom == ZOOM_NAMES       ? BOX_NAMES
			   : canvas->columns < WIDE ? BOX
						    : BOX_WIDE,
		.names = names,
		.previous = previous.n ? &previous : NULL,
	};

	if (!graph_make(flow, &options, &graph, &arena)) {
		arena_release(&arena);
		return false;
	}
	arena_release(&canvas->arena);
	canvas->arena = arena;
	canvas->graph = graph;
	return true;
}

static bool
fits(const struct flow_canvas *canvas, int viewports)
{
	return canvas->graph.columns <= viewports * (canvas->columns - FRAME) &&
	       canvas->graph.rows <= viewports * (canvas->rows - FRAME);
}

/* With as many names as there is room for. */
static bool
lay_out_names(struct flow_screen *screen, const struct flow *flow, enum zoom zoom)
{
	const struct flow_canvas *canvas = &screen->canvas;

	if (!lay_out(screen, flow, zoom, NAMES_LEAST))
		return false;
	if (zoom != ZOOM_FULL || canvas->graph.rows > canvas->rows - FRAME)
		return true;
	for (size_t names = NAMES_MOST; names > NAMES_LEAST; names--)
		if (lay_out(screen, flow, zoom, names) &&
		    canvas->graph.rows <= canvas->rows - FRAME)
			return true;
	return lay_out(screen, flow, zoom, NAMES_LEAST);
}

static bool
lay_out_to_fit(struct flow_screen *screen, const struct flow *flow)
{
	for (int zoom = ZOOM_FULL; zoom < ZOOM_COUNT; zoom++)
		if (lay_out_names(screen, flow, (enum zoom)zoom) &&
		    fits(&screen->canvas, VIEWPORTS))
			return true;
	return false;
}

bool
flow_canvas_layout(struct flow_screen *screen, struct app *app, int rows, int columns)
{
	struct flow_canvas *canvas = &screen->canvas;
	const struct flow *flow = &app->work.flow;

	if (flow_screen_is_laid_out(&app->work, canvas->version, canvas->document) &&
	    canvas->rows == rows && canvas->columns == columns)
		return canvas->is_on;
	canvas->version = app->work.version;
	canvas->document = flow->document;
	canvas->rows = rows;
	canvas->columns = columns;
	canvas->followed[0] = '\0';
	canvas->is_on = flow->n &&
			(canvas->zoom == ZOOM_FITS
				 ? lay_out_to_fit(screen, flow)
				 : lay_out_names(screen, flow, (enum zoom)canvas->zoom));
	return canvas->is_on;
}

void
flow_canvas_release(struct flow_canvas *canvas)
{
	arena_release(&canvas->arena);
}

int
flow_canvas_height(const struct flow_canvas *canvas)
{
	return canvas->graph.rows + FRAME + 1;
}

/* So far as is needed to have [at, at + size) within the room. */
static int
scroll_to(int first, int room, int at, int size, int all)
{
	if (at + size > first + room)
		first = at + size - room;
	if (at < first)
		first = at;
	if (first > all - room)
		first = all - room;
	return first < 0 ? 0 : first;
}

/* The box of the current step comes on view once, when it becomes current. */
static void
follow(struct flow_canvas *canvas, struct app *app, struct pane pane)
{
	const size_t place = work_place(&app->work);
	const struct graph *graph = &canvas->graph;
	const struct graph_box *box;

	if (place == FLOW_NONE)
		return;
	box = &graph->boxes[graph->box_of[place]];
	if (!strcmp(canvas->followed, app->work.node)) {
		canvas->row =
			scroll_to(canvas->row, pane.rows, canvas->row, 0, graph->rows);
		canvas->column = scroll_to(canvas->column, pane.columns, canvas->column,
					   0, graph->columns);
		return;
	}
	snprintf(canvas->followed, sizeof canvas->followed, "%s", app->work.node);
	canvas->row = scroll_to(canvas->row, pane.rows, box->row, box->rows, graph->rows);
	canvas->column = scroll_to(canvas->column, pane.columns, box->column,
				   box->columns, graph->columns);
}

/* "◀▶ 2 layers more", in the lower edge of the frame. */
static void
draw_more(const struct flow_canvas *canvas, struct pane frame, struct pane inside)
{
	const size_t hidden =
		graph_hidden(&canvas->graph, canvas->column, inside.columns);
	const bool is_tall = canvas->graph.rows > inside.rows;

	if (!hidden && !is_tall)
		return;
	if (hidden)
		pane_print_right(frame, frame.rows - 1, frame.columns - 4, PAINT(INK_DIM),
				 " ◀▶ %zu layer%s more ", hidden, text_plural(hidden));
	else
		pane_print_right(frame, frame.rows - 1, frame.columns - 4, PAINT(INK_DIM),
				 " ▲▼ more ");
}

void
flow_canvas_draw(struct flow_screen *screen, struct app *app, struct pane pane)
{
	static const int percents[] = { 100, 50, 10 };
	struct flow_canvas *canvas = &screen->canvas;
	const size_t place = work_place(&app->work);
	char zoom[32];
	struct pane inside;

	snprintf(zoom, sizeof zoom, "LR  %s %d%%",
		 canvas->zoom == ZOOM_FITS ? "fit" : "zoom",
		 percents[canvas->graph.zoom]);
	inside = pane_box(pane, PAINT(INK_RULE), "flow", zoom);
	inside = pane_part(inside, 0, 1, inside.rows, inside.columns - 1);
	canvas->pane = inside;
	follow(canvas, app, inside);
	graph_draw(inside, &canvas->graph, canvas->row, canvas->column, place,
		   states_all(screen->states), &app->arena);
	draw_more(canvas, pane, inside);
	if (place != FLOW_NONE) {
		const struct graph_box *box =
			&canvas->graph.boxes[canvas->graph.box_of[place]];

		pane_cursor(inside, box->row + 1 - canvas->row,
			    box->column + 2 - canvas->column);
	}
}

/* The canvas goes along with the pointer. */
static void
drag(struct flow_canvas *canvas, const struct mouse *mouse)
{
	canvas->row += canvas->drag_row - mouse->row;
	canvas->column += canvas->drag_column - mouse->column;
	canvas->drag_row = mouse->row;
	canvas->drag_column = mouse->column;
}

static void
wheel(struct flow_canvas *canvas, const struct mouse *mouse)
{
	const bool is_tall = canvas->graph.rows > canvas->pane.rows;

	if (mouse->mods & MOD_SHIFT || !is_tall)
		canvas->column += 2 * WHEEL * mouse->lines;
	else
		canvas->row += WHEEL * mouse->lines;
}

bool
flow_canvas_mouse(struct flow_screen *screen, struct app *app, const struct mouse *mouse)
{
	struct flow_canvas *canvas = &screen->canvas;
	size_t node;

	if (mouse->kind == MOUSE_WHEEL) {
		wheel(canvas, mouse);
		return true;
	}
	if (mouse->kind == MOUSE_DRAG) {
		drag(canvas, mouse);
		return true;
	}
	if (mouse->kind != MOUSE_PRESS || mouse->button != 1)
		return false;
	canvas->drag_row = mouse->row;
	canvas->drag_column = mouse->column;
	node = graph_at(&canvas->graph, mouse->row - canvas->pane.row + canvas->row,
			mouse->column - canvas->pane.column + canvas->column,
			work_place(&app->work));
	if (node == FLOW_NONE)
		return true;
	snprintf(canvas->followed, sizeof canvas->followed, "%s",
		 app->work.flow.nodes[node].id); /* what was clicked is on view */
	app_select(app, node);
	if (mouse->clicks == 2)
		app_go(app, SCREEN_DATA);
	return true;
}

/* Of a box each step that a line of it stands for, once; the title of a chain stands for
 * the first one if that has no line of its own. */
static void
box_targets(const struct flow_canvas *canvas, const struct graph_box *box, size_t here,
	    struct targets *targets)
{
	const struct pane pane = canvas->pane;
	const int frame = box->rows > 2, column = box->column + frame;
	const size_t first = box->nodes[0];
	const bool is_listed = box->shown && graph_at(&canvas->graph, box->row + 2,
						      column, here) == first;
	size_t last = FLOW_NONE;

	for (int row = box->row + frame + is_listed; row < box->row + box->rows - frame;
	     row++) {
		const int y = pane.row + row - canvas->row;
		const int x = pane.column + column - canvas->column;
		const size_t node = graph_at(&canvas->graph, row, column, here);

		if (node != last && (last == FLOW_NONE || node != first) &&
		    pane_has(pane, y, x))
			targets_add(targets, y, x);
		last = node;
	}
}

void
flow_canvas_targets(const struct flow_screen *screen, struct app *app,
		    struct targets *targets)
{
	const struct flow_canvas *canvas = &screen->canvas;

	for (size_t i = 0; i < canvas->graph.n; i++)
		box_targets(canvas, &canvas->graph.boxes[i], work_place(&app->work),
			    targets);
}
