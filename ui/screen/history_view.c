/*
 * history_view - the changes so far, oldest first; Enter goes back, or forth, to one.
 *
 * A state is what the document was after a change: what can be undone, what it is, what
 * can be done again.
 */
#include <stdio.h>

#include "base/clock.h"
#include "screen/file_actions.h"
#include "screen/overlay.h"
#include "term/clean.h"

enum { COLUMNS = 76, AROUND = 3 };

struct state {
	const char *command;
	int64_t time; /* 0: not known */
};

struct history {
	struct overlay overlay;
	struct state *states;
	size_t n, now, at; /* where the document is; the cursor */
	size_t top;
	struct pane rows; /* as drawn */
};

static size_t
length(const struct flow_change *change)
{
	size_t n = 0;

	for (; change; change = change->next)
		n++;
	return n;
}

/* what: of the change that led there, if the work did not note it. */
static struct state
state_of(struct history *history, const struct work *work, const struct json *document,
	 const char *what)
{
	const struct work_edit *edit = work_edit_of(work, document);

	return (struct state){
		arena_text(&history->overlay.arena, edit   ? edit->command
						    : what ? what
							   : "begin"),
		edit ? edit->time : 0,
	};
}

static void
fill(struct history *history, const struct work *work)
{
	const struct flow *flow = &work->flow;
	const struct flow_change *change = flow->undo;
	size_t i = history->now = length(flow->undo);

	history->n = history->now + 1 + length(flow->redo);
	history->states = ARENA_ARRAY(&history->overlay.arena, history->n, struct state);
	history->states[i] =
		state_of(history, work, flow->document, change ? change->what : NULL);
	for (; change; change = change->next)
		history->states[--i] = state_of(history, work, change->document,
						change->next ? change->next->what : NULL);
	i = history->now;
	for (change = flow->redo; change; change = change->next)
		history->states[++i] =
			state_of(history, work, change->document, change->what);
	history->at = history->now;
}

static void
draw_row(const struct history *history, struct pane pane, int row, size_t i)
{
	const struct state *state = &history->states[i];
	const bool is_now = i == history->now;
	const struct paint paint = { i > history->now ? INK_DIM : INK_TEXT,
				     is_now ? STYLE_BOLD : 0 };
	char when[CLOCK_SIZE] = "";

	if (state->time)
		clock_local(state->time, "%H:%M:%S", when);
	pane_text(pane, row, 1, 1, PAINT(INK_ACCENT), text_of(is_now ? "●" : " "));
	pane_text(pane, row, 3, 8, PAINT(INK_DIM), text_of(when));
	pane_text(pane, row, 13, pane.columns - 14, paint, text_of(state->command));
	if (i == history->at) {
		pane_style(pane, row, 0, pane.columns, STYLE_REVERSE);
		pane_cursor(pane, row, 0);
	}
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct history *history = self;
	const size_t most = pane.rows > 8 ? (size_t)pane.rows - 6 : 2;
	const size_t shown = history->n < most ? history->n : most;
	struct pane box;

	box = overlay_box(
		pane, (int)shown + 2, COLUMNS, "history",
		arena_print(&app->arena, "%zu of %zu", history->at + 1, history->n));
	history->rows = box;
	if (history->at < history->top)
		history->top = history->at;
	if (history->at >= history->top + shown)
		history->top = history->at - shown + 1;
	for (size_t i = 0; i < shown; i++)
		draw_row(history, box, (int)i, history->top + i);
}

static void
move(struct history *history, long by)
{
	const long at = (long)history->at + by, last = (long)history->n - 1;

	history->at = (size_t)(at < 0 ? 0 : at > last ? last : at);
}

static void
jump(struct history *history, struct app *app)
{
	const size_t now = history->now, to = history->at;
	const size_t n = to < now ? now - to : to - now;
	struct error err = { 0 };

	app_pop(app);
	if (n && !app_command(app,
			      arena_print(&app->arena, "%s n=%zu",
					  to < now ? "undo" : "redo", n),
			      &err))
		app_fail(app, &err);
}

static bool
click(struct history *history, struct app *app, const struct mouse *mouse)
{
	const int row = mouse->row - history->rows.row;

	if (mouse->kind == MOUSE_WHEEL)
		move(history, mouse->lines);
	if (mouse->kind != MOUSE_PRESS || row < 0 || row >= history->rows.rows)
		return true;
	history->at = history->top;
	move(history, row);
	if (mouse->clicks == 2)
		jump(history, app);
	return true;
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct history *history = self;

	app->is_dirty = true;
	if (event->kind == EVENT_MOUSE)
		return click(history, app, &event->mouse);
	if (event_is(event, K_DOWN) || event_is(event, 'j'))
		move(history, 1);
	else if (event_is(event, K_UP) || event_is(event, 'k'))
		move(history, -1);
	else if (event_is(event, K_PAGE_DOWN))
		move(history, history->rows.rows);
	else if (event_is(event, K_PAGE_UP))
		move(history, -history->rows.rows);
	else if (event_is(event, 'G') || event_is(event, K_END))
		move(history, (long)history->n);
	else if (event_is(event, 'g') || event_is(event, K_HOME))
		move(history, -(long)history->n);
	else if (event_is(event, K_ENTER))
		jump(history, app);
	else if (event_is(event, K_ESCAPE) || event_is(event, 'q'))
		app_pop(app);
	return true;
}

static const char *
hints(void *self, struct app *app)
{
	(void)self;
	(void)app;
	return "j/k move  Enter go to this state  Esc closes";
}

static const struct view view = {
	.name = "history",
	.is_modal = true,
	.draw = draw,
	.event = event,
	.hints = hints,
	.close = overlay_close,
};

void
history_open(struct app *app)
{
	struct history *history = overlay_new(sizeof *history);

	fill(history, &app->work);
	app_push(app, &view, history);
}
