/*
 * data_card - the card of the column under the cursor: beside the grid where there is
 * room, and a view that takes keys when it was asked for.
 */
#include <stdio.h>
#include <stdlib.h>

#include "screen/data.h"
#include "widget/card.h"
#include "widget/figure.h"

enum { DOCKED = 180 /* columns from which on it stands there unasked */ };

/* What was asked for with "i". */
struct asked {
	size_t chosen;
	struct bars bars; /* that are drawn */
	char column[256]; /* that these are of */
};

static const struct view card_view;

static struct asked *
asked_of(struct app *app)
{
	for (size_t i = 0; i < app->n_layers; i++)
		if (app->layers[i].view == &card_view)
			return app->layers[i].self;
	return NULL;
}

int
data_card_width(struct app *app, const struct data *data, int columns)
{
	if (app_is_zoomed(app))
		return asked_of(app) ? columns : 0;
	if (asked_of(app))
		return columns < CARD_WIDTH * 2 ? columns / 2 : CARD_WIDTH;
	return columns >= DOCKED && !data->card_is_shut ? CARD_WIDTH : 0;
}

/* The advice on the column under the cursor. */
static size_t
advise(struct data *data, struct advice out[ADVICE_MOST], struct arena *arena)
{
	const struct field *field = data->view.schema->at + data->grid.column;
	const struct summary_result *found = grid_found(&data->view, data->grid.column);

	return found ? advice_of(field->name, field->type, found, out, arena) : 0;
}

/* Another column: nothing of it is chosen yet. */
static void
follow(struct asked *asked, const char *column)
{
	if (!strcmp(asked->column, column))
		return;
	*asked = (struct asked){ 0 };
	snprintf(asked->column, sizeof asked->column, "%s", column);
}

void
data_card_draw(struct app *app, struct data *data, struct pane pane)
{
	const struct field *field = data->view.schema->at + data->grid.column;
	struct asked *asked = asked_of(app);
	struct advice advice[ADVICE_MOST];
	const size_t n = advise(data, advice, &app->arena);
	struct bars unused;
	struct card card = {
		.name = field->name,
		.type = field->type,
		.found = grid_found(&data->view, data->grid.column),
		.is_nearly = data->view.profile && !data->view.profile->is_whole,
		.advice = advice,
		.n_advice = n,
		.brush = data->view.brush,
		.shown = &unused,
	};

	if (asked) {
		follow(asked, field->name);
		card.is_used = true;
		card.chosen = asked->chosen;
		card.shown = &asked->bars;
	}
	card_draw(pane, &card);
}

static void
no_draw(void *self, struct app *app, struct pane pane)
{
	(void)self;
	(void)app;
	(void)pane;
}

/* Do what is chosen. */
static void
apply(struct app *app, const struct asked *asked)
{
	struct data *data = data_of(app);
	struct advice advice[ADVICE_MOST];
	struct error err = { 0 };

	const struct advice *chosen = advice + asked->chosen;

	if (!data_look(app, data) || asked->chosen >= advise(data, advice, &app->arena))
		return;
	if (!data_step(app, chosen->op, chosen->settings, chosen->n, &err))
		app_fail(app, &err);
}

/* "[" and "]" take an end of the brush, which Left and Right move then. */
static void
brush(struct data *data, const struct asked *asked, bool is_high)
{
	if (!data->view.brush && !brush_begin(&data->brush, asked->column, &asked->bars))
		return;
	data->brush.is_high = is_high;
}

/* Keys while a part is brushed. */
static bool
brush_event(struct brush *brush, uint32_t key)
{
	switch (key) {
	case 'h':
	case K_LEFT:
		brush_move(brush, -1);
		return true;
	case 'l':
	case K_RIGHT:
		brush_move(brush, 1);
		return true;
	case K_ESCAPE:
		brush_clear(brush);
		return true;
	default:
		return false;
	}
}

/* Keys for the suggestions. */
static bool
advice_event(struct app *app, struct asked *asked, uint32_t key, size_t n)
{
	switch (key) {
	case 'j':
	case K_DOWN:
		asked->chosen += asked->chosen + 1 < n;
		return true;
	case 'k':
	case K_UP:
		asked->chosen -= asked->chosen > 0;
		return true;
	case K_ENTER:
		apply(app, asked);
		return true;
	default:
		return false;
	}
}

static bool
card_event(void *self, struct app *app, const struct event *event)
{
	struct asked *asked = self;
	struct data *data = data_of(app);
	struct advice advice[ADVICE_MOST];
	const uint32_t key = event->press.key;
	size_t n;

	if (event->kind != EVENT_KEY || event->press.mods || !data_look(app, data))
		return false;
	n = advise(data, advice, &app->arena);
	if (asked->chosen >= n)
		asked->chosen = 0;
	if (key == '[' || key == ']') {
		brush(data, asked, key == ']');
		return true;
	}
	if (key == 'i' || key == K_TAB) {
		data->card_is_shut = key == 'i';
		app_pop(app);
		return true;
	}
	return (data->view.brush && brush_event(&data->brush, key)) ||
	       advice_event(app, asked, key, n);
}

static const char *
card_hints(void *self, struct app *app)
{
	(void)self;
	if (data_of(app)->view.brush)
		return "h/l move the end  [ ] take the other  = keep that part  ! drop "
		       "it  Esc no brush";
	return "h/l column  j/k suggestion  Enter do it  [ ] brush  i closes  Tab back";
}

/* The column, its figures, and the suggestion that Enter does. */
static const char *
card_sentence(void *self, struct app *app)
{
	const struct asked *asked = self;
	struct data *data = data_of(app);
	struct advice advice[ADVICE_MOST];
	const struct summary_result *found;
	char distinct[FIGURE_SIZE], missing[FIGURE_SIZE], range[FIGURE_SIZE];
	const char *said;
	size_t n;

	if (!data_look(app, data))
		return NULL;
	found = grid_found(&data->view, data->grid.column);
	if (!found)
		return app->focus.column;
	figure_count(found->distinct, distinct);
	figure_count(found->missing, missing);
	figure_range(found, sizeof range - 1, range);
	said = arena_print(&app->arena, "%s, %s, %s, %s distinct, %s missing",
			   app->focus.column, figure_type(app->focus.type, found), range,
			   distinct, missing);
	n = advise(data, advice, &app->arena);
	if (asked->chosen >= n)
		return said;
	return arena_print(&app->arena, "%s, suggestion %zu of %zu: %s (%s)", said,
			   asked->chosen + 1, n, advice[asked->chosen].cure,
			   advice[asked->chosen].what);
}

static void
card_close(void *self, struct app *app)
{
	(void)app;
	free(self);
}

static const struct view card_view = {
	.name = "card",
	.is_of_screen = true,
	.is_aside = true,
	.draw = no_draw,
	.event = card_event,
	.hints = card_hints,
	.sentence = card_sentence,
	.close = card_close,
};

void
data_card_open(struct app *app)
{
	struct asked *asked = asked_of(app) ? NULL : calloc(1, sizeof *asked);

	if (!asked)
		return;
	data_of(app)->card_is_shut = false;
	app_push(app, &card_view, asked);
}
