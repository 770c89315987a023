/*
 * context_view - what can be done to the cell that was pointed at, or to its column: the
 * actions that say so.
 */
#include <stdio.h>

#include "screen/menu.h"
#include "screen/overlay.h"

struct context {
	struct overlay overlay;
	struct menu_items items;
	int row, column; /* that was pointed at */
	bool is_cell;
	char title[80];
};

static void
fill(struct context *context, struct app *app)
{
	const unsigned wanted = context->is_cell ? ACTION_CELL : ACTION_COLUMN;
	const struct action *action = NULL;

	choice_reset(&context->items.choice, 0);
	while ((action = action_next(action)))
		if (action->flags & wanted && menu_fits(app, action))
			menu_add(&context->items,
				 (struct menu_item){ .action = action, .fits = true });
	snprintf(context->title, sizeof context->title, "%s %.60s",
		 context->is_cell ? "a cell of" : "column", app->focus.column);
}

static void
turn(struct context *context, struct app *app)
{
	context->is_cell = !context->is_cell;
	fill(context, app);
}

static void
choose(struct context *context, struct app *app)
{
	const struct menu_item *item = menu_chosen(&context->items);
	const struct action *action = item ? item->action : NULL;

	app_pop(app);
	if (action)
		app_act(app, action);
}

/* The keys that stand beside the lines do what they do everywhere. */
static bool
press(struct context *context, struct app *app, const struct press *press)
{
	struct menu_items *items = &context->items;
	bool more;
	const struct action *action = action_of_keys(press, 1, app_where(app), &more);

	for (size_t i = 0; i < items->choice.n; i++) {
		if (items->at[i].action != action)
			continue;
		items->choice.at = i;
		choose(context, app);
		return true;
	}
	return false;
}

/* Beside it: it is closed, and no more. */
static void
click(struct context *context, struct app *app, const struct mouse *mouse)
{
	if (mouse->kind != MOUSE_PRESS)
		return;
	if (mouse->button == 1 && menu_click(&context->items, mouse))
		choose(context, app);
	else
		app_pop(app);
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct context *context = self;

	if (event_is(event, K_LEFT) || event_is(event, K_RIGHT))
		turn(context, app);
	else if (event_is(event, K_ENTER))
		choose(context, app);
	else if (choice_event(&context->items.choice, event))
		return true;
	else if (event->kind == EVENT_MOUSE)
		click(context, app, &event->mouse);
	else
		return event->kind == EVENT_KEY && press(context, app, &event->press);
	return true;
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct context *context = self;

	(void)app;
	menu_draw(&context->items, pane, context->row, context->column, true,
		  context->title);
}

static const char *
hints(void *self, struct app *app)
{
	const struct context *context = self;
	const struct menu_item *item = menu_chosen(&context->items);

	return arena_print(&app->arena, "%s · ←→ %s",
			   item ? menu_hint(item, &app->arena) : "Esc closes",
			   context->is_cell ? "its column" : "its cell");
}

static const struct view view = {
	.name = "context",
	.is_modal = true,
	.draw = draw,
	.event = event,
	.hints = hints,
	.close = overlay_close,
};

void
context_open(struct app *app, int row, int column, bool is_cell)
{
	struct context *context = overlay_new(sizeof *context);

	context->row = row;
	context->column = column;
	context->is_cell = is_cell;
	fill(context, app);
	app_push(app, &view, context);
}
