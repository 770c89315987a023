/* picker - a list that what is typed makes shorter. */
#include "widget/picker.h"

#include <stdio.h>
#include <stdlib.h>

#include "term/clean.h"
#include "widget/fuzzy.h"

struct match {
	size_t at;
	int score;
};

static int
by_score(const void *a, const void *b)
{
	const struct match *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return (x->at > y->at) - (x->at < y->at);
}

static void
filter(struct picker *picker, struct arena *arena)
{
	struct match *found = ARENA_ARRAY(arena, picker->n + 1, struct match);

	picker->n_shown = 0;
	for (size_t i = 0; i < picker->n; i++) {
		struct fuzzy fuzzy;

		if (!fuzzy_match(entry_text(&picker->filter),
				 text_of(picker->picks[i].name), &fuzzy))
			continue;
		found[picker->n_shown++] = (struct match){ i, fuzzy.score };
	}
	if (picker->filter.size)
		qsort(found, picker->n_shown, sizeof(*found), by_score);
	for (size_t i = 0; i < picker->n_shown; i++)
		picker->shown[i] = found[i].at;
}

void
picker_open(struct picker *picker, struct pick *picks, size_t n,
	    const struct names *order, bool takes_many, size_t cursor,
	    struct arena *arena)
{
	*picker = (struct picker){
		.picks = picks,
		.n = n,
		.takes_many = takes_many,
		.at = cursor < n ? cursor : 0,
		.page = 1,
		.shown = ARENA_ARRAY(arena, n + 1, size_t),
	};
	for (size_t i = 0; order && i < order->n; i++)
		names_add(&picker->order, order->at[i], arena);
	for (size_t i = 0; i < n; i++)
		picks[i].is_marked = names_has(&picker->order, picks[i].name);
	filter(picker, arena);
}

const struct pick *
picker_current(const struct picker *picker)
{
	if (picker->at >= picker->n_shown)
		return NULL;
	return &picker->picks[picker->shown[picker->at]];
}

static void
mark(struct picker *picker, struct pick *pick, bool on, struct arena *arena)
{
	const size_t at = names_find(&picker->order, pick->name);

	pick->is_marked = on;
	picker->was_marked = true;
	if (on && at == picker->order.n)
		names_add(&picker->order, pick->name, arena);
	if (on || at == picker->order.n)
		return;
	for (size_t i = at + 1; i < picker->order.n; i++)
		picker->order.at[i - 1] = picker->order.at[i];
	picker->order.n--;
}

static void
toggle(struct picker *picker, struct arena *arena)
{
	struct pick *pick;

	if (picker->at >= picker->n_shown)
		return;
	pick = &picker->picks[picker->shown[picker->at]];
	mark(picker, pick, !pick->is_marked, arena);
	if (picker->at + 1 < picker->n_shown)
		picker->at++;
}

/* All that match, or none if they are. */
static void
toggle_all(struct picker *picker, struct arena *arena)
{
	bool all = true;

	for (size_t i = 0; i < picker->n_shown; i++)
		all = all && picker->picks[picker->shown[i]].is_marked;
	for (size_t i = 0; i < picker->n_shown; i++)
		mark(picker, &picker->picks[picker->shown[i]], !all, arena);
}

static enum picker_answer
take(struct picker *picker, struct arena *arena)
{
	if (!picker->takes_many)
		return picker_current(picker) ? PICKER_TAKEN : PICKER_GOES_ON;
	if (!picker->was_marked && picker_current(picker))
		mark(picker, &picker->picks[picker->shown[picker->at]], true, arena);
	return PICKER_TAKEN;
}

static void
move(struct picker *picker, long by)
{
	const long last = (long)picker->n_shown - 1, at = (long)picker->at + by;

	picker->at = last < 0 || at < 0 ? 0 : at > last ? (size_t)last : (size_t)at;
}

static bool
move_event(struct picker *picker, const struct event *event)
{
	if (event->kind != EVENT_KEY || event->press.mods)
		return false;
	switch (event->press.key) {
	case K_UP:
		move(picker, -1);
		return true;
	case K_DOWN:
		move(picker, 1);
		return true;
	case K_PAGE_UP:
		move(picker, -picker->page);
		return true;
	case K_PAGE_DOWN:
		move(picker, picker->page);
		return true;
	default:
		return false;
	}
}

static enum picker_answer
mouse_event(struct picker *picker, const struct mouse *mouse, struct arena *arena)
{
	const int row = mouse->row - picker->pane.row - 1;

	if (mouse->kind == MOUSE_WHEEL)
		move(picker, 3 * mouse->lines);
	if (mouse->kind != MOUSE_PRESS || row < 0 || row >= picker->page ||
	    picker->top + (size_t)row >= picker->n_shown)
		return PICKER_GOES_ON;
	picker->at = picker->top + (size_t)row;
	if (picker->takes_many && mouse->clicks < 2) {
		toggle(picker, arena);
		return PICKER_GOES_ON;
	}
	return take(picker, arena);
}

enum picker_answer
picker_event(struct picker *picker, const struct event *event, struct arena *arena)
{
	if (event->kind == EVENT_MOUSE)
		return mouse_event(picker, &event->mouse, arena);
	if (event_is(event, K_ESCAPE))
		return PICKER_CLOSED;
	if (event_is(event, K_ENTER) || event_is(event, K_TAB))
		return take(picker, arena);
	if (picker->takes_many && event_is(event, ' ')) {
		toggle(picker, arena);
		return PICKER_GOES_ON;
	}
	if (picker->takes_many && event_is_ctrl(event, 'a')) {
		toggle_all(picker, arena);
		return PICKER_GOES_ON;
	}
	if (move_event(picker, event))
		return PICKER_GOES_ON;
	if (!entry_event(&picker->filter, event))
		return PICKER_IGNORED;
	picker->at = picker->top = 0;
	filter(picker, arena);
	return PICKER_GOES_ON;
}

/* --- drawing --- */

int
picker_rows(const struct picker *picker)
{
	return (int)(picker->n < 1000 ? picker->n : 1000) + 3;
}

static void
draw_pick(const struct picker *picker, struct pane pane, int row, size_t i)
{
	const struct pick *pick = &picker->picks[picker->shown[i]];
	const int note = pick->note ? clean_columns(text_of(pick->note), 12) : 0;
	int column = 1, width;

	if (picker->takes_many) {
		pane_put(pane, row, column, PAINT(INK_ACCENT),
			 pick->is_marked ? 0x2713 : 0xb7);
		column += 2;
	}
	width = pane.columns - column - 1 - (note ? note + 1 : 0);
	pane_text(pane, row, column, width, PAINT(INK_TEXT), text_of(pick->name));
	if (note)
		pane_text_right(pane, row, pane.columns - note - 1, note,
				PAINT(pick->ink), text_of(pick->note));
	if (i == picker->at)
		pane_style(pane, row, 0, pane.columns, STYLE_REVERSE);
}

static void
scroll(struct picker *picker)
{
	const size_t page = (size_t)picker->page;

	if (picker->at < picker->top)
		picker->top = picker->at;
	if (picker->at >= picker->top + page)
		picker->top = picker->at - page + 1;
	if (picker->top + page > picker->n_shown)
		picker->top = picker->n_shown > page ? picker->n_shown - page : 0;
}

void
picker_draw(struct picker *picker, struct pane pane, const char *title)
{
	struct pane inside;
	char count[32];

	snprintf(count, sizeof count, "%zu", picker->n_shown);
	inside = pane_box(pane, PAINT(INK_ACCENT), title, count);
	picker->pane = pane;
	picker->page = inside.rows > 1 ? inside.rows - 1 : 1;
	scroll(picker);
	for (int row = 0; row < picker->page; row++)
		if (picker->top + (size_t)row < picker->n_shown)
			draw_pick(picker, inside, row, picker->top + (size_t)row);
	if (!picker->n_shown)
		pane_print(inside, 0, 1, PAINT(INK_DIM),
			   picker->n ? "nothing matches" : "there are none");
	pane_put(inside, inside.rows - 1, 0, PAINT(INK_ACCENT), '/');
	entry_draw(&picker->filter, inside, inside.rows - 1, 1, inside.columns - 1,
		   PAINT(INK_TEXT));
}
