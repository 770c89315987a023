/*
 * data_card - the card of the column under the cursor: beside the grid where there is
 * room, and a view that takes keys when it was asked for.
 */
#include <stdio.h>
#include <stdlib.h>

#include "screen/data.h"
#include "widget/card.h"

enum { DOCKED = 180 /* columns from which on it stands there unasked */ };

/* What was asked for with "i". */
struct asked {
	size_t chosen;
	char column[256]; /* that it was chosen of */
};

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

void
data_card_draw(struct app *app, struct data *data, struct pane pane)
{
	const struct field *field = data->view.schema->at + data->grid.column;
	struct asked *asked = asked_of(app);
	struct advice advice[ADVICE_MOST];
	const size_t n = advise(data, advice, &app->arena);
	const struct card card = {
		.name = field->name,
		.type = field->type,
		.found = grid_found(&data->view, data->grid.column),
		.is_nearly = data->view.profile && !data->view.profile->is_whole,
		.is_used = asked != NULL,
		.advice = advice,
		.n_advice = n,
		.chosen = asked ? asked->chosen : 0,
		.from = 0,
		.to = -1,
	};

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

	if (!data_look(app, data) || asked->chosen >= advise(data, advice, &app->arena))
		return;
	if (!data_step(app, advice[asked->chosen].op, advice[asked->chosen].settings,
		       advice[asked->chosen].n, &err))
		app_fail(app, &err);
}

static bool
card_event(void *self, struct app *app, const struct event *event)
{
	struct asked *asked = self;
	struct data *data = data_of(app);
	struct advice advice[ADVICE_MOST];
	size_t n;

	if (event->kind != EVENT_KEY || event->press.mods || !data_look(app, data))
		return false;
	n = advise(data, advice, &app->arena);
	if (asked->chosen >= n)
		asked->chosen = 0;
	switch (event->press.key) {
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
	case 'i':
		data->card_is_shut = true;
		app_pop(app);
		return true;
	default:
		return false;
	}
}

static const char *
card_hints(void *self, struct app *app)
{
	(void)self;
	(void)app;
	return "h/l column  j/k suggestion  Enter do it  F values  i closes  Esc back";
}

static void
card_close(void *self, struct app *app)
{
	(void)app;
	free(self);
}

const struct view card_view = {
	.name = "card",
	.draw = no_draw,
	.event = card_event,
	.hints = card_hints,
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
