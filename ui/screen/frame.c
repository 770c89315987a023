/*
 * frame - what stands around every screen: tabs and badge above, status and hints below.
 */
#include <stdio.h>

#include "screen/app.h"
#include "term/clean.h"
#include "widget/hints.h"
#include "widget/wrap.h"

enum {
	LEAST_ROWS = 15,
	LEAST_COLUMNS = 60,
	WIDE = 100, /* columns from which on all tabs have their names */
	WHICH_AFTER = 300,
	COMPLAINT_LINES = 4, /* that a sentence about an error may take */
};

/* "▌2 Data▐": the columns taken. */
static int
draw_tab(struct pane pane, int column, size_t i, bool is_current, bool is_named)
{
	const struct paint paint = { is_current ? INK_ACCENT : INK_DIM,
				     is_current ? STYLE_REVERSE | STYLE_BOLD : 0 };
	const struct paint edge = { INK_ACCENT, 0 };
	int n;

	if (is_named)
		n = pane_print(pane, 0, column + 1, paint, "%zu %s", i + 1,
			       screen_names[i]);
	else
		n = pane_print(pane, 0, column + 1, paint, "%zu", i + 1);
	if (is_current) {
		pane_put(pane, 0, column, edge, 0x258c);
		pane_put(pane, 0, column + n + 1, edge, 0x2590);
	}
	return n + 2;
}

static void
draw_top(struct app *app, struct pane pane, const struct heading *heading)
{
	const int badge = clean_columns(text_of(heading->badge), pane.columns);
	const bool is_wide = pane.columns >= WIDE;
	int column = 0, end = pane.columns - (badge ? badge + 2 : 0);

	for (size_t i = 0; i < SCREEN_COUNT; i++) {
		const bool is_current = i == app->screen;

		app->tabs[i] = column;
		column += draw_tab(pane, column, i, is_current, is_wide || is_current);
	}
	app->tabs[SCREEN_COUNT] = column;
	if (column < end)
		pane_text_right(pane, 0, column + 1, end - column - 1,
				PAINT(INK_HEADER, STYLE_BOLD), text_of(heading->title));
	if (badge)
		pane_text_right(pane, 0, column, pane.columns - column, PAINT(INK_INFO),
				text_of(heading->badge));
}

static bool
is_hinted(struct app *app, const struct action *a, unsigned where)
{
	const unsigned shown = a->hint_where ? a->hint_where : ~0u;

	return a->hint && (a->where & shown & where) && *action_keys(a) &&
	       strcmp(action_keys(a), "?") != 0 && (!a->fits || a->fits(app));
}

/* Keys of this screen, whole items only, "? keys" always last. */
static void
draw_hints(struct app *app, struct pane pane)
{
	const unsigned where = app_where(app);
	const int end = pane.columns - 8;
	int column = 1;

	for (const struct action *a = action_next(NULL); a; a = action_next(a)) {
		const char *keys = action_keys(a);
		int width;

		if (!is_hinted(app, a, where))
			continue;
		width = clean_columns(text_of(keys), 40) + 1 +
			clean_columns(text_of(a->hint), 40);
		if (column + width > end)
			continue;
		column += pane_print(pane, 0, column, PAINT(INK_ACCENT, STYLE_BOLD), "%s",
				     keys) +
			  1;
		column += pane_print(pane, 0, column, PAINT(INK_DIM), "%s", a->hint) + 2;
	}
	pane_print(pane, 0, column, PAINT(INK_ACCENT, STYLE_BOLD), "?");
	pane_print(pane, 0, column + 2, PAINT(INK_DIM), "keys");
}

static void
draw_status(struct app *app, struct pane pane, const struct heading *heading)
{
	static const uint8_t inks[] = {
		[TONE_PLAIN] = INK_TEXT, [TONE_GOOD] = INK_OK, [TONE_BAD] = INK_ERR
	};
	const int right = clean_columns(text_of(heading->right), pane.columns);
	const int row = pane.rows - 2;

	if (app->message[0] && !(heading->is_live && app->tone == TONE_PLAIN)) {
		wrap_draw_up(pane, row, 1, pane.columns - 2,
			     app->tone == TONE_BAD ? COMPLAINT_LINES : 1,
			     PAINT(inks[app->tone]), text_of(app->message));
		return;
	}
	items_draw(pane, row, 1, pane.columns - 2 - (right ? right + 2 : 0),
		   PAINT(INK_TEXT), text_of(heading->left));
	pane_text_right(pane, row, 0, pane.columns - 1, PAINT(INK_DIM),
			text_of(heading->right));
}

static void
draw_bottom(struct app *app, struct pane pane, const struct heading *heading)
{
	const struct layer *top = app_top(app);
	struct pane hints = pane_part(pane, pane.rows - 1, 0, 1, pane.columns);

	draw_status(app, pane, heading);
	if (top->view && top->view->hints)
		hints_draw(hints, 0, 1, pane.columns - 2,
			   text_of(top->view->hints(top->self, app)));
	else
		draw_hints(app, hints);
}

static void
draw_layer(struct app *app, struct layer *layer, struct pane pane)
{
	if (layer->view && layer->view->draw)
		layer->view->draw(layer->self, app, pane);
}

static void
headings(struct app *app, struct heading *heading)
{
	struct layer *screen = app_ground(app);

	if (screen->view && screen->view->heading)
		screen->view->heading(screen->self, app, heading);
	for (size_t i = 0; i < app->n_layers; i++)
		if (app->layers[i].view->heading)
			app->layers[i].view->heading(app->layers[i].self, app, heading);
}

static void
draw_small(struct pane pane)
{
	pane_print(pane, 0, 0, PAINT(INK_WARN), "needs %d×%d, have %d×%d", LEAST_COLUMNS,
		   LEAST_ROWS, pane.columns, pane.rows);
	pane_cursor(pane, 0, 0);
}

void
app_draw(struct app *app, struct surface *surface)
{
	struct pane pane = surface_pane(surface);
	struct heading heading = { 0 };

	surface_clear(surface);
	app->is_dirty = false;
	if (pane.rows < LEAST_ROWS || pane.columns < LEAST_COLUMNS) {
		draw_small(pane);
		return;
	}
	draw_layer(app, app_ground(app),
		   pane_part(pane, 1, 0, pane.rows - 3, pane.columns));
	headings(app, &heading);
	draw_top(app, pane_part(pane, 0, 0, 1, pane.columns), &heading);
	draw_bottom(app, pane, &heading);
	for (size_t i = 0; i < app->n_layers; i++)
		draw_layer(app, &app->layers[i], pane);
	if (app->n_pending && app->now - app->pending_since >= WHICH_AFTER)
		which_draw(pane, app->pending, app->n_pending, app_where(app));
	arena_release(&app->arena);
}

void
app_draw_top(struct app *app, struct surface *surface, struct heading *heading)
{
	struct pane pane = surface_pane(surface);

	app->is_dirty = false;
	surface_clear(surface);
	draw_layer(app, app_ground(app), pane);
	headings(app, heading);
	if (!app->n_layers)
		return;
	surface_clear(surface);
	draw_layer(app, app_top(app), pane);
}
