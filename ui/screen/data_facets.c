/*
 * data_facets - the most frequent values of a column, to keep or to drop some of them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "screen/data.h"
#include "term/clean.h"
#include "widget/bars.h"
#include "widget/figure.h"
#include "widget/quote.h"

enum { WIDTH = 49, VALUE = 20, COUNT_WIDTH = 9, SHARE_WIDTH = 6, PICKED_MOST = 1024 };

struct facets {
	size_t at, top;
	char column[256]; /* that the picks are of */
	bool picked[PICKED_MOST];
};

/* The figures of the column, with no picks of another one. */
static const struct summary_result *
found_of(struct app *app, struct facets *facets, const char **name, enum type *type)
{
	const struct summary_result *found = data_found(app, name, type);

	if (found && strcmp(facets->column, *name) != 0) {
		*facets = (struct facets){ 0 };
		snprintf(facets->column, sizeof facets->column, "%s", *name);
	}
	if (found && facets->at >= found->n_top)
		facets->at = found->n_top ? found->n_top - 1 : 0;
	return found;
}

static void
draw_value(struct pane pane, int row, const struct facets *facets,
	   const struct summary_result *found, size_t i)
{
	const struct summary_top *top = &found->top[i];
	const bool is_here = i == facets->at, is_picked = facets->picked[i];
	char value[FIGURE_SIZE], count[FIGURE_SIZE], share[FIGURE_SIZE];
	int x = 1;

	figure_value(found->type, &top->value, value);
	figure_count(top->count, count);
	figure_percent(top->count, found->rows, share);
	pane_print(pane, row, x, PAINT(is_picked ? INK_ACCENT : INK_DIM), "[%c]",
		   is_picked ? 'x' : ' ');
	x += 4;
	pane_text(pane, row, x, VALUE, PAINT(INK_TEXT), text_of(value));
	x += VALUE + 1;
	pane_text_right(pane, row, x, COUNT_WIDTH, PAINT(INK_TEXT), text_of(count));
	x += COUNT_WIDTH + 1;
	pane_text_right(pane, row, x, SHARE_WIDTH, PAINT(INK_DIM), text_of(share));
	x += SHARE_WIDTH + 1;
	bar_draw(pane, row, x, pane.columns - x - 1,
		 (double)top->count / (double)found->top[0].count, PAINT(INK_BAR));
	if (is_here) {
		pane_style(pane, row, 1, x - 2, STYLE_REVERSE);
		pane_cursor(pane, row, 2);
	}
}

/* Values that are not listed, and missing ones. */
static void
draw_rest(struct pane pane, int row, const struct summary_result *found)
{
	uint64_t listed = 0;
	char count[FIGURE_SIZE], values[FIGURE_SIZE];

	for (size_t i = 0; i < found->n_top; i++)
		listed += found->top[i].count;
	if (found->distinct > found->n_top) {
		figure_count(found->distinct - found->n_top, values);
		figure_count(found->count - listed, count);
		pane_print(pane, row++, 5, PAINT(INK_DIM), "%s%s more values in %s rows",
			   found->distinct_is_exact ? "" : "≈", values, count);
	}
	if (found->missing) {
		figure_count(found->missing, count);
		pane_print(pane, row, 5, PAINT(INK_NULL), "∅ missing in %s rows", count);
	}
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct facets *facets = self;
	const int width = pane.columns < WIDTH ? pane.columns : WIDTH;
	const char *name;
	enum type type;
	const struct summary_result *found = found_of(app, facets, &name, &type);
	char right[FIGURE_SIZE * 2] = "";
	size_t rows;

	if (found) {
		figure_count(found->distinct, right);
		snprintf(right + strlen(right), sizeof right - strlen(right),
			 " distinct");
	}
	pane = pane_box(pane_part(pane, 1, pane.columns - width, pane.rows - 3, width),
			PAINT(INK_ACCENT), app->focus.column, right);
	if (!found) {
		pane_print(pane, 1, 1, PAINT(INK_DIM), "reading ...");
		return;
	}
	rows = pane.rows > 2 ? (size_t)pane.rows - 2 : 1;
	if (facets->at < facets->top)
		facets->top = facets->at;
	else if (facets->at >= facets->top + rows)
		facets->top = facets->at - rows + 1;
	for (size_t i = 0; i < rows && facets->top + i < found->n_top; i++)
		draw_value(pane, (int)i, facets, found, facets->top + i);
	if (!found->n_top)
		pane_print(pane, 0, 1, PAINT(INK_DIM),
			   "too many different values to count each");
	else if (found->n_top - facets->top <= rows)
		draw_rest(pane, (int)(found->n_top - facets->top), found);
	if (found->n_top == 0)
		pane_cursor(pane, 0, 1);
}

static size_t
picks(const struct facets *facets, const struct summary_result *found)
{
	size_t n = 0;

	for (size_t i = 0; i < found->n_top; i++)
		n += facets->picked[i];
	return n;
}

/* The values as a formula's list: those that are picked, or the one at the cursor. */
static const char *
list_of(struct app *app, const struct facets *facets, const struct summary_result *found)
{
	const bool any = picks(facets, found) > 0;
	const char *out = "";

	for (size_t i = 0; i < found->n_top; i++) {
		char value[FIGURE_SIZE];
		struct text text = found->top[i].value.text;

		if (any ? !facets->picked[i] : i != facets->at)
			continue;
		if (found->type != TYPE_STRING) {
			figure_exact(found->type, &found->top[i].value, value);
			text = text_of(value);
		}
		out = arena_print(&app->arena, "%s%s%s", out, *out ? ", " : "",
				  quote_value(found->type, text, &app->arena));
	}
	return out;
}

static void
filter(struct app *app, const struct facets *facets, const struct summary_result *found,
       const char *name, const char *action)
{
	const char *settings[2];
	struct error err = { 0 };

	if (!found->n_top)
		return;
	settings[0] =
		arena_print(&app->arena, "formula=%s in (%s)",
			    quote_name(name, &app->arena), list_of(app, facets, found));
	settings[1] = action;
	app_pop(app);
	if (!data_step(app, "filter_formula", settings, COUNT(settings), &err))
		app_fail(app, &err);
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct facets *facets = self;
	const char *name;
	enum type type;
	const struct summary_result *found = found_of(app, facets, &name, &type);

	if (event->kind != EVENT_KEY || event->press.mods || !found)
		return false;
	switch (event->press.key) {
	case 'j':
	case K_DOWN:
		facets->at += facets->at + 1 < found->n_top;
		return true;
	case 'k':
	case K_UP:
		facets->at -= facets->at > 0;
		return true;
	case ' ':
		if (facets->at < PICKED_MOST && facets->at < found->n_top)
			facets->picked[facets->at] = !facets->picked[facets->at];
		facets->at += facets->at + 1 < found->n_top;
		return true;
	case '=':
	case K_ENTER:
		filter(app, facets, found, name, "action=keep");
		return true;
	case '!':
		filter(app, facets, found, name, "action=drop");
		return true;
	case 'F':
		app_pop(app);
		return true;
	default:
		return false;
	}
}

static const char *
hints(void *self, struct app *app)
{
	(void)self;
	(void)app;
	return "j/k value  Space pick  = keep those rows  ! drop them  h/l column  Esc "
	       "closes";
}

static void
close(void *self, struct app *app)
{
	(void)app;
	free(self);
}

static const struct view facets_view = {
	.name = "facets",
	.draw = draw,
	.event = event,
	.hints = hints,
	.close = close,
};

void
data_facets_open(struct app *app)
{
	struct facets *facets =
		app_has(app, &facets_view) ? NULL : calloc(1, sizeof *facets);

	if (facets)
		app_push(app, &facets_view, facets);
}
