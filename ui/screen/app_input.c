/*
 * app_input - what the user does goes to the top view, to the screen, or becomes an
 * action.
 *
 * Keys of several presses wait in `pending`. Digits change the screen at once; if two or
 * more were typed and then the key of an action that takes a number, they were that
 * number, and the screen is the one where they began: "12g".
 */
#include <stdio.h>

#include "screen/app.h"

enum { DIGITS_LAST = 1000, WHICH_AFTER = 300 };

static bool
give(struct app *app, struct layer *layer, const struct event *event)
{
	return layer->view && layer->view->event &&
	       layer->view->event(layer->self, app, event);
}

/* The action that takes a number and whose keys begin with this one: "12g". */
static const struct action *
counted(const struct press *press, unsigned where)
{
	char name[PRESS_SIZE];

	press_print(*press, name);
	for (const struct action *a = action_next(NULL); a; a = action_next(a))
		if ((a->flags & ACTION_COUNT) && (a->where & where) &&
		    !strncmp(action_keys(a), name, strlen(name)))
			return a;
	return NULL;
}

static bool
is_digit(const struct press *press)
{
	return press->mods == 0 && press->key >= '0' && press->key <= '9';
}

static void
keep_digit(struct app *app, uint32_t key)
{
	size_t n = strlen(app->digits);

	if (app->now - app->digits_since > DIGITS_LAST)
		n = 0;
	if (n == 0) {
		app->digits[0] = '\0';
		app->digits_screen = app->screen;
		if (key == '0')
			return; /* no number begins so */
	}
	if (n + 1 < sizeof app->digits) {
		app->digits[n] = (char)key;
		app->digits[n + 1] = '\0';
	}
	app->digits_since = app->now;
}

/* "12g": true if it was. */
static bool
use_digits(struct app *app, const struct press *press)
{
	const struct action *action;
	char line[160];
	struct error err = { 0 };
	const bool is_fresh =
		strlen(app->digits) > 1 && app->now - app->digits_since <= DIGITS_LAST;

	if (!is_fresh || app->n_pending)
		return false;
	action = counted(press, 1u << app->digits_screen);
	if (!action)
		return false;
	app_go(app, app->digits_screen);
	snprintf(line, sizeof line, "%s %s=%s", action->name, action->params->name,
		 app->digits);
	app->digits[0] = '\0';
	if (!app_command(app, line, &err))
		app_fail(app, &err);
	return true;
}

static void
no_such_keys(struct app *app)
{
	char text[LINE_SIZE] = "", name[PRESS_SIZE];

	for (size_t i = 0; i < app->n_pending; i++) {
		const size_t n = strlen(text);

		press_print(app->pending[i], name);
		snprintf(text + n, sizeof text - n, "%s%s", i ? " " : "", name);
	}
	app_say(app, TONE_PLAIN, "%s does nothing here · ? shows the keys", text);
}

/* Pressed without a thought, or the first of a number: no word about it. */
static bool
is_idle(const struct press *press)
{
	return is_digit(press) || (press->key == K_ESCAPE && !press->mods);
}

static void
press_key(struct app *app, const struct press *press)
{
	const struct action *action;
	bool more;

	if (use_digits(app, press))
		return;
	if (is_digit(press) && !app->n_pending)
		keep_digit(app, press->key);
	else
		app->digits[0] = '\0'; /* "6", an arrow and "6g" are no "66g" */
	if (app->n_pending == COUNT(app->pending))
		app->n_pending = 0;
	app->pending[app->n_pending++] = *press;
	app->pending_since = app->now;
	action = action_of_keys(app->pending, app->n_pending, app_where(app), &more);
	if (more && !action) {
		app_due(app, WHICH_AFTER);
		return;
	}
	if (!action && !(is_idle(press) && app->n_pending == 1))
		no_such_keys(app);
	app->n_pending = 0;
	if (action)
		app_act(app, action);
}

/* A part of a longer sequence is taken back. */
static bool
forget_pending(struct app *app, const struct event *event)
{
	if (!app->n_pending || !event_is(event, K_ESCAPE))
		return false;
	app->n_pending = 0;
	return true;
}

/* A click on a tab, in the first row. */
static bool
click_tab(struct app *app, const struct event *event)
{
	const struct mouse *mouse = &event->mouse;

	if (event->kind != EVENT_MOUSE || mouse->kind != MOUSE_PRESS || mouse->row != 0 ||
	    !app->work.is_open)
		return false;
	for (int i = 0; i < SCREEN_COUNT; i++)
		if (mouse->column >= app->tabs[i] && mouse->column < app->tabs[i + 1])
			app_go(app, (enum screen)i);
	return true;
}

static void
route(struct app *app, const struct event *event)
{
	if (forget_pending(app, event))
		return;
	if (app->n_layers) {
		struct layer *top = &app->layers[app->n_layers - 1];
		const bool is_modal = top->view->is_modal;

		if (give(app, top, event))
			return;
		if (event_is(event, K_ESCAPE)) {
			app_pop(app);
			return;
		}
		if (is_modal)
			return;
	}
	if (click_tab(app, event))
		return;
	if (!app->n_pending && give(app, app_ground(app), event))
		return;
	if (event->kind == EVENT_KEY)
		press_key(app, &event->press);
}

void
app_click(struct app *app, int row, int column)
{
	struct event event = { .kind = EVENT_MOUSE,
			       .mouse = { .kind = MOUSE_PRESS,
					  .button = 1,
					  .row = row,
					  .column = column,
					  .clicks = 1 } };

	route(app, &event);
	event.mouse.kind = MOUSE_RELEASE;
	route(app, &event);
}

void
app_do_event(struct app *app, const struct event *event)
{
	if (event->kind == EVENT_KEY ||
	    (event->kind == EVENT_MOUSE && event->mouse.kind == MOUSE_PRESS))
		app->message[0] = '\0';
	app->is_dirty = true;
	route(app, event);
	arena_release(&app->arena);
}

void
app_event(struct app *app, const struct event *event, int64_t now)
{
	app->now = now;
	if (!ahead_takes(app, event))
		app_do_event(app, event);
}
