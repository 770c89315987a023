/*
 * data_screen - the rows of the current step, their profile over them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "desk/step.h"
#include "screen/data.h"
#include "screen/export.h"
#include "widget/figure.h"
#include "widget/step_text.h"
#include "widget/wrap.h"

enum { SORTING = 200 /* milliseconds, after which its share is looked at again */ };

struct data *
data_of(struct app *app)
{
	return app->screens[SCREEN_DATA].self;
}

static void *
make(struct app *app)
{
	struct data *data = calloc(1, sizeof *data);
	struct error err;

	if (!data || !grid_init(&data->grid, &err))
		abort();
	(void)app;
	return data;
}

static void
close(void *self, struct app *app)
{
	struct data *data = self;

	(void)app;
	grid_release(&data->grid);
	data_forget_looks(data);
	arena_release(&data->arena);
	arena_release(&data->whole.arena);
	free(data);
}

static const struct batch *
fetch(void *source, uint64_t first, size_t *n, size_t *at)
{
	return sheet_rows(source, first, n, at);
}

bool
data_look(struct app *app, struct data *data)
{
	struct sheet *sheet = app_sheet(app);

	data->state = sheet ? sheet_state(sheet) : NULL;
	if (!data->state || !data->state->has_schema)
		return false;
	data->view = (struct grid_view){
		.schema = &data->state->schema,
		.profile = sheet_profile(sheet),
		.rows = data->state->rows,
		.estimate = data->state->is_whole ? 0 : data->state->estimate,
		.fetch = fetch,
		.source = sheet,
		.sorted = app->order.column,
		.descending = app->order.descending,
		.is_used = true,
	};
	grid_adopt(&data->grid, &data->view);
	if (data->n_steps != app->n_steps) {
		grid_unmark_all(&data->grid);
		brush_clear(&data->brush);
	}
	data->n_steps = app->n_steps;
	data->view.brush = data->view.schema->n ? data_brush(data) : NULL;
	return data->view.schema->n > 0;
}

const struct summary_result *
data_found(struct app *app, const char **name, enum type *type)
{
	struct data *data = data_of(app);

	if (!data_look(app, data))
		return NULL;
	*name = data->view.schema->at[data->grid.column].name;
	*type = data->view.schema->at[data->grid.column].type;
	return grid_found(&data->view, data->grid.column);
}

static int
by_mark(const void *a, const void *b)
{
	const unsigned x = (*(const struct grid_column *const *)a)->mark;
	const unsigned y = (*(const struct grid_column *const *)b)->mark;

	return (x > y) - (x < y);
}

/* Names of the columns that are marked, in the order in which they were: it may count. */
static void
focus_marked(struct focus *focus, struct data *data)
{
	const struct grid *grid = &data->grid;
	const struct grid_column **columns;
	const char **names;
	size_t n = 0;

	arena_release(&data->arena);
	columns =
		ARENA_ARRAY(&data->arena, grid->n_marked + 1, const struct grid_column *);
	names = ARENA_ARRAY(&data->arena, grid->n_marked + 1, const char *);
	for (size_t i = 0; i < grid->n && n < grid->n_marked; i++)
		if (grid->columns[i].mark)
			columns[n++] = grid->columns + i;
	qsort(columns, n, sizeof *columns, by_mark);
	for (size_t i = 0; i < n; i++)
		names[i] = arena_text(&data->arena, columns[i]->name);
	focus->n_marked = n;
	focus->marked = names;
}

static void
focus_cell(struct focus *focus, struct data *data)
{
	size_t n = 1, at = 0;
	const struct batch *batch =
		focus->row < data->view.rows
			? data->view.fetch(data->view.source, focus->row, &n, &at)
			: NULL;
	const struct column *c = batch ? batch->at[focus->place] : NULL;
	char out[FIGURE_SIZE];
	struct text text;

	if (!c || at >= c->rows)
		return;
	focus->has_value = true;
	focus->is_missing = column_is_missing(c, at);
	if (column_is_null(c, at))
		return;
	text = figure_cell(c, at, out, data->grid.scratch);
	snprintf(focus->value, sizeof focus->value, "%.*s",
		 (int)(text.size < sizeof focus->value ? text.size
						       : sizeof focus->value - 1),
		 text.data);
}

void
data_focus(struct app *app, struct data *data)
{
	struct focus focus = { .place = -1 };

	if (data_look(app, data)) {
		const struct field *field = data->view.schema->at + data->grid.column;

		snprintf(focus.column, sizeof focus.column, "%s", field->name);
		focus.place = (int)data->grid.column;
		focus.type = field->type;
		focus.row = data->grid.row;
		focus_marked(&focus, data);
		focus_cell(&focus, data);
	}
	app->focus = focus;
}

/* Another step: the top of its table, unless it shows the same columns. */
static void
follow_node(struct app *app, struct data *data)
{
	if (!strcmp(data->node, app->work.node))
		return;
	snprintf(data->node, sizeof data->node, "%s", app->work.node);
	data_search_stop(app, data);
	brush_clear(&data->brush);
}

/* A sentence in the middle, in lines, and what to do about it below. */
static void
draw_words(struct pane pane, struct paint paint, const char *what, const char *then)
{
	const int top = pane.rows / 3, width = pane.columns - 8;
	const int end =
		wrap_draw(pane, top, 4, width, pane.rows - top - 2, paint, text_of(what));

	pane_text(pane, end + 1, 4, width, PAINT(INK_DIM), text_of(then));
	pane_cursor(pane, top, 4);
}

/* The step at hand; NULL: there is none that can be read. */
static const struct op *
op_here(struct app *app, void **fields)
{
	const size_t place = work_place(&app->work);
	const struct op *op;
	struct error err;

	if (place == FLOW_NONE ||
	    !step_read(app->work.flow.nodes + place, &op, fields, &app->arena, &err))
		return NULL;
	return op;
}

/* Where there is nothing: was it the step's doing, or is it so in the file? */
static void
draw_none(struct app *app, struct pane pane, const char *what, const char *left,
	  const char *then)
{
	void *fields;
	const struct op *op = op_here(app, &fields);
	const char *command = op ? arena_print(&app->arena, ":%s",
					       step_command(op, fields, &app->arena))
				 : "this step";

	if (op && (op->source || op->flags & OP_TYPES))
		draw_words(pane, PAINT(INK_WARN),
			   arena_print(&app->arena, "This table has no %s", what),
			   ":open takes another one");
	else
		draw_words(pane, PAINT(INK_WARN),
			   arena_print(&app->arena, "%s are left by %s", left, command),
			   then);
}

/* What to do about a step that fails. */
static const char *
way_out(struct app *app)
{
	return app->screen == SCREEN_FLOW
		       ? "e edits the step · u takes the last change back"
		       : "1 shows the step in the flow · u takes the last change back";
}

static void
draw_nothing(struct app *app, struct data *data, struct pane pane)
{
	if (!app->work.node[0])
		draw_words(pane, PAINT(INK_TEXT), "This flow has no data yet",
			   "1 shows the flow · :open takes a table");
	else if (data->state && data->state->has_failed)
		draw_words(pane, PAINT(INK_ERR), app_sheet_trouble(app), way_out(app));
	else if (data->state && data->state->has_schema)
		draw_none(app, pane, "columns", "0 columns",
			  "u takes the last change back");
	else
		draw_words(pane, PAINT(INK_DIM), "reading the first rows ...", "");
}

/* What else there is to say where rows would be. */
static void
draw_rest(struct app *app, struct data *data, struct pane pane)
{
	const struct sheet_state *state = data->state;
	struct pane below = pane_part(pane, data->grid.head, 0,
				      pane.rows - data->grid.head, pane.columns);

	if (state->has_failed) {
		const uint64_t shown = state->rows - data->grid.top;
		const int row = shown < (uint64_t)below.rows ? (int)shown + 1 : 0;

		pane_text(below, row < below.rows ? row : below.rows - 1, 2,
			  below.columns - 4, PAINT(INK_ERR),
			  text_of(app_sheet_trouble(app)));
	} else if (!state->rows && state->is_whole) {
		draw_none(app, below, "rows", data_none(app, data),
			  data_none_why(app, data));
	} else if (!state->rows) {
		draw_words(below, PAINT(INK_DIM), "reading the first rows ...", "");
	} else if (data->view.is_used) {
		data_tip_draw(app, data, below);
	}
}

/* Where no column has room, nothing is drawn, nor scrolled for it, nor clicked. */
static void
draw_rows(struct app *app, struct data *data, struct pane pane)
{
	if (pane.columns <= 0) {
		data->grid.pane = (struct pane){ 0 };
		return;
	}
	grid_draw(pane, &data->grid, &data->view);
	draw_rest(app, data, data->grid.pane);
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct data *data = self;
	int card;

	follow_node(app, data);
	if (!data_look(app, data)) {
		draw_nothing(app, data, pane);
		data->grid.pane = data->card = (struct pane){ 0 };
		data_focus(app, data);
		return;
	}
	data_note_whole(app, data);
	if (!data->state->is_ordered)
		app_due(app, SORTING);
	card = data_card_width(app, data, pane.columns);
	data->view.is_used = app_has_cursor(app);
	draw_rows(app, data,
		  pane_part(pane, 0, 0, pane.rows, pane.columns - (card ? card + 1 : 0)));
	data->card = pane_part(pane, 0, pane.columns - card, card ? pane.rows : 0, card);
	if (card)
		data_card_draw(app, data, data->card);
	data_focus(app, data);
}

void
data_draw_table(struct app *app, struct pane pane)
{
	struct data *data = data_of(app);

	follow_node(app, data);
	if (!data_look(app, data)) {
		draw_nothing(app, data, pane);
		return;
	}
	data->view.is_used = false;
	draw_rows(app, data, pane);
}

static bool
news(void *self, struct app *app)
{
	struct data *data = self;

	data_answer(app, data);
	return app->work.is_open;
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct data *data = self;

	if (event->kind == EVENT_MOUSE)
		return data_mouse(app, data, &event->mouse);
	if (!event_is(event, K_ESCAPE) || !data->brush.column[0])
		return false;
	brush_clear(&data->brush);
	return true;
}

static void
targets(void *self, struct app *app, struct targets *targets)
{
	const struct data *data = self;
	int row, column;

	(void)app;
	for (size_t i = 0; i < data->grid.n_slots && data->grid.pane.rows; i++) {
		grid_name_at(&data->grid, i, &row, &column);
		targets_add(targets, row, column);
	}
	if (data->card.rows)
		targets_add(targets, data->card.row, data->card.column);
}

static const struct exports exports = { .what = "a table", .has_rows = true };

const struct view data_view = {
	.name = "data",
	.make = make,
	.draw = draw,
	.event = event,
	.news = news,
	.heading = data_heading,
	.sentence = data_sentence,
	.targets = targets,
	.exports = &exports,
	.close = close,
};
