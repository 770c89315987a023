/*
 * app_ahead - events and actions that wait for the table that they are about.
 */
#include "screen/ahead.h"

#include "screen/data.h"

enum { TOLD_AFTER = 250 /* milliseconds */, ROOM = 16 };

static bool
is_about_focus(const struct action *action)
{
	return action->flags & (ACTION_COLUMN | ACTION_CELL);
}

/* Of the table on view: is it the one that is meant, as far as the action looks at it? */
static bool
is_there(struct app *app, const struct action *action)
{
	struct sheet *sheet = app_sheet(app);
	const struct sheet_state *state = sheet ? sheet_state(sheet) : NULL;

	if (!state || (!app->coming && (state->has_failed || !state->is_busy)))
		return true; /* nothing will come that is not there */
	if (!is_about_focus(action))
		return state->has_schema;
	return !app->coming && state->has_schema &&
	       (!(action->flags & ACTION_CELL) || state->rows || state->is_whole);
}

void
ahead_forget(struct ahead *ahead)
{
	arena_release(&ahead->arena);
	*ahead = (struct ahead){ 0 };
}

bool
ahead_waits(struct app *app, const struct action *action)
{
	if (app->screen != SCREEN_DATA || !app->work.is_open ||
	    !(is_about_focus(action) || action->where == IN_DATA))
		return false;
	if (is_there(app, action)) {
		data_focus(app, data_of(app));
		return false;
	}
	app->ahead.action = action;
	app->ahead.since = app->now;
	app->ahead.is_told = false;
	app_due(app, TOLD_AFTER);
	return true;
}

static void
keep(struct ahead *ahead, const struct event *event)
{
	const size_t size = sizeof *ahead->events;

	if (ahead->n == ahead->room) {
		const size_t room = ahead->room ? 2 * ahead->room : ROOM;

		ahead->events = arena_grow(&ahead->arena, ahead->events,
					   ahead->room * size, room * size);
		ahead->room = room;
	}
	ahead->events[ahead->n] = *event;
	ahead->events[ahead->n++].paste.data =
		arena_text_n(&ahead->arena, event->paste.size ? event->paste.data : "",
			     event->paste.size);
}

bool
ahead_takes(struct app *app, const struct event *event)
{
	struct ahead *ahead = &app->ahead;
	const bool is_told = ahead->is_told;

	if (!ahead->action && ahead->next == ahead->n && !app_held(app))
		return false;
	if (event->kind == EVENT_FOCUS || event->kind == EVENT_LOOKS)
		return false;
	if (!ahead->action ||
	    (!event_is(event, K_ESCAPE) && !event_is_ctrl(event, 'c'))) {
		keep(ahead, event);
		return true;
	}
	ahead_forget(ahead);
	if (is_told)
		app_say(app, TONE_PLAIN, "forgotten");
	return event_is(event, K_ESCAPE);
}

static void
tell(struct app *app)
{
	struct ahead *ahead = &app->ahead;
	const int64_t left = ahead->since + TOLD_AFTER - app->now;

	if (ahead->is_told)
		return;
	if (left > 0) {
		app_due(app, (int)left);
		return;
	}
	ahead->is_told = true;
	app_say(app, TONE_PLAIN, "%s: waits for the table of this step · Esc forgets it",
		ahead->action->title);
}

/* What it does may make others wait: they stay in their order. */
void
ahead_go_on(struct app *app)
{
	struct ahead *ahead = &app->ahead;

	while (!app->is_done) {
		const struct action *action = ahead->action;
		const int held = app_held(app);

		if (held) {
			app_due(app, held);
			return;
		}
		if (action && !is_there(app, action)) {
			tell(app);
			return;
		}
		if (action) {
			ahead->action = NULL;
			app_act(app, action);
		} else if (ahead->next < ahead->n) {
			app_do_event(app, &ahead->events[ahead->next++]);
		} else {
			ahead_forget(ahead);
			return;
		}
	}
}
