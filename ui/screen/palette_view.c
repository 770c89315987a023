/*
 * palette_view - every step and command, found by some of its letters.
 *
 * What is listed comes from the tables of operators and actions. What matches the letters
 * best stands first; what suits the column under the cursor, and what was used lately, is
 * lifted.
 */
#include "desk/step.h"
#include "screen/complete.h"
#include "screen/palette.h"
#include "term/clean.h"
#include "widget/bars.h"
#include "widget/figure.h"
#include "widget/wrap.h"

enum {
	COLUMNS = 96,
	ROWS_LEAST = 17,
	LIST = 45,
	ROOMY = 14, /* rows of the side from which on there are blank lines */
	SPELLING = 2,
	RANGE = 17, /* where that of the column stands */
};

static const struct palette_item *
chosen(const struct palette *palette)
{
	return palette->choice.at < palette->choice.n
		       ? palette->hits[palette->choice.at].item
		       : NULL;
}

/* The palette is gone before what was chosen opens something else. */
static void
choose_step(struct app *app, const struct palette_item *item)
{
	const struct op *op = item->op;
	struct error err;
	void *fields;

	if (!palette_fill(app, item->op, item->advice, &fields, &err)) {
		app_fail(app, &err);
		return;
	}
	palette_remember(op);
	app_pop(app);
	form_open(app, op, fields, FLOW_NONE);
}

static void
choose(struct palette *palette, struct app *app)
{
	const struct palette_item *item = chosen(palette);
	const struct action *action = item ? item->action : NULL;

	if (item && item->op)
		choose_step(app, item);
	if (!action)
		return;
	palette_remember(action);
	app_pop(app);
	app_act(app, action);
}

/* Without a form, if nothing is missing. */
static void
apply(struct palette *palette, struct app *app)
{
	const struct palette_item *item = chosen(palette);
	const struct op *op = item ? item->op : NULL;
	struct error err;
	void *fields;

	if (!op) {
		choose(palette, app);
		return;
	}
	if (!palette_fill(app, item->op, item->advice, &fields, &err) ||
	    !param_check(op->params, fields, &err) ||
	    (op->check && !op->check(fields, &err)) ||
	    !app_step(app,
		      &(struct step_request){
			      .op = op, .fields = fields, .place = FLOW_NONE },
		      &err)) {
		app_fail(app, &err);
		return;
	}
	palette_remember(op);
	app_pop(app);
}

static void
preview(struct palette *palette, struct app *app)
{
	const struct palette_item *item = chosen(palette);
	struct error err;
	void *fields;

	if (!item || !item->op)
		return;
	if (palette_fill(app, item->op, item->advice, &fields, &err))
		glance_ask(palette->glance, app, item->op, fields, NULL);
}

static bool
click(struct palette *palette, struct app *app, const struct mouse *mouse)
{
	const size_t at = choice_at(&palette->choice, mouse->row - palette->list.row);
	const int column = mouse->column - palette->list.column;

	if (mouse->kind != MOUSE_PRESS || mouse->button != 1)
		return true;
	if (column < 0 || column >= palette->list.columns || at >= palette->choice.n)
		return true;
	palette->choice.at = at;
	glance_forget(palette->glance);
	if (mouse->clicks > 1)
		choose(palette, app);
	return true;
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct palette *palette = self;

	if (event_is(event, K_ENTER))
		choose(palette, app);
	else if (event_is_ctrl(event, 'y'))
		apply(palette, app);
	else if (event_is(event, K_TAB))
		preview(palette, app);
	else if (choice_event(&palette->choice, event))
		glance_forget(palette->glance);
	else if (event->kind == EVENT_MOUSE)
		return click(palette, app, &event->mouse);
	else if (entry_event(&palette->entry, event)) {
		palette_filter(palette);
		glance_forget(palette->glance);
	} else
		return false;
	return true;
}

/* --- drawing --- */

static void
draw_name(struct pane pane, int row, int column, const struct palette_hit *hit)
{
	struct text name = text_of(hit->item->name);
	const bool is_unfit = palette_is_unfit(hit->item);
	size_t at = 0;
	int place = column;

	pane_text(pane, row, column, pane.columns - column,
		  PAINT(is_unfit ? INK_DIM : INK_TEXT), name);
	for (size_t i = 0; at < name.size && place < pane.columns; i++) {
		struct text one = { name.data + at, 0 };

		text_next(name, &at);
		one.size = (size_t)(name.data + at - one.data);
		if (fuzzy_has(&hit->fuzzy, i))
			pane_paint(pane, row, place, 1, PAINT(INK_ACCENT, STYLE_BOLD));
		place += clean_columns(one, 2);
	}
}

static void
draw_list(struct palette *palette, struct pane pane)
{
	const size_t n = choice_show(&palette->choice, pane.rows);

	palette->list = pane;
	for (size_t i = 0; i < n; i++) {
		const size_t at = palette->choice.first + i;

		draw_name(pane, (int)i, 3, &palette->hits[at]);
		if (palette->hits[at].item->advice)
			pane_put(pane, (int)i, 1, PAINT(INK_WARN), 0x2605);
		if (at == palette->choice.at)
			choice_mark(pane, (int)i, 0, pane.columns);
	}
	if (n == 0)
		pane_print(pane, 0, 3, PAINT(INK_DIM),
			   "nothing has these letters · Backspace");
}

/* "k = 4   mode = clip": what would be if only Enter were pressed. */
static const char *
settings_of(const struct param *params, const void *fields, struct arena *arena)
{
	const char *out = "";

	for (const struct param *p = params; p && p->name; p++) {
		const char *value = param_print(p, fields, arena);

		if (!param_is_used(params, p, fields) || (!*value && p->preset))
			continue;
		out = arena_print(arena, "%s%s%s = %s", out, *out ? "   " : "", p->name,
				  *value ? value : "?");
	}
	return out;
}

/* A piece of the side, and a blank line where there is room for such. */
static int
draw_piece(struct pane pane, int row, int rows, uint8_t ink, const char *text)
{
	if (!*text)
		return row;
	return wrap_draw(pane, row, 0, pane.columns, rows, PAINT(ink), text_of(text)) +
	       (pane.rows > ROOMY);
}

/* How the column's values are spread before anything is done to them. */
static int
draw_column(struct pane pane, int row, struct app *app)
{
	const struct profile *profile = app->sheet ? sheet_profile(app->sheet) : NULL;
	const struct summary_result *found;
	char range[FIGURE_SIZE];
	struct bars bars;

	if (!profile || app->focus.place < 0 || (size_t)app->focus.place >= profile->n)
		return row;
	found = &profile->columns[app->focus.place].found;
	figure_range(found, pane.columns - RANGE, range);
	bars_of(found, 8, &bars);
	pane_print(pane, row, 0, PAINT(INK_DIM), "now");
	bars_draw(pane_part(pane, row, 8, 1, 8), &bars, 1, 0, PAINT(INK_BAR));
	pane_print(pane, row, RANGE, PAINT(INK_TEXT), "%s", range);
	return row + 1 + (pane.rows > ROOMY);
}

static int
draw_head(struct pane pane, const char *title, const char *help)
{
	const int row = wrap_draw(pane, 0, 0, pane.columns, 2,
				  PAINT(INK_HEADER, STYLE_BOLD), text_of(title));

	return draw_piece(pane, row + (pane.rows > ROOMY), 4, INK_TEXT, help);
}

/* At the foot: what would be typed, and the keys. */
static void
draw_spelling(struct pane pane, struct app *app, const char *command, const char *keys)
{
	const int rows = *keys ? SPELLING - 1 : SPELLING;

	wrap_draw(pane, pane.rows - SPELLING, 0, pane.columns, rows, PAINT(INK_INFO),
		  text_of(arena_print(&app->arena, ":%s", command)));
	pane_print(pane, pane.rows - 1, 0, PAINT(INK_ACCENT), "%s", keys);
}

static void
draw_step(struct palette *palette, struct app *app, struct pane pane,
	  const struct palette_item *item)
{
	struct pane above = pane_part(pane, 0, 0, pane.rows - SPELLING, pane.columns);
	const struct op *op = item->op;
	int row = draw_head(above, op->title, op->help);
	struct error err;
	void *fields;

	if (!palette_fill(app, item->op, item->advice, &fields, &err))
		return;
	if (item->advice)
		row = draw_piece(above, row, 2, INK_WARN,
				 arena_print(&app->arena, "★ %s", item->advice->what));
	row = glance_draw(palette->glance, app, above, row);
	if (palette_column(op))
		row = draw_column(above, row, app);
	draw_piece(above, row, 3, INK_TEXT, settings_of(op->params, fields, &app->arena));
	draw_spelling(pane, app, step_command(op, fields, &app->arena), "");
}

static void
draw_action(struct app *app, struct pane pane, const struct action *action)
{
	struct pane above = pane_part(pane, 0, 0, pane.rows - SPELLING, pane.columns);
	int row = draw_head(above, action->title, action->help);

	for (const struct param *p = action->params; p && p->name; p++)
		row = wrap_draw(
			above, row, 0, pane.columns, 2, PAINT(INK_DIM),
			text_of(arena_print(&app->arena, "%s  %s", p->name, p->help)));
	draw_spelling(pane, app, action->name, action_keys_all(action));
}

static const char *
title_of(const struct palette *palette, struct app *app)
{
	const struct focus *focus = &app->focus;

	if (!palette->steps_only)
		return "find a command";
	if (focus->place < 0)
		return "add a step";
	return arena_print(&app->arena, "add a step to: %s (%s)", focus->column,
			   figure_type(focus->type, complete_found(app, focus->column)));
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct palette *palette = self;
	const char *count = arena_print(&app->arena, "%zu of %zu · Esc",
					palette->choice.n, palette->n_items);
	const int rows = pane.rows - 7 > ROWS_LEAST ? pane.rows - 7 : ROWS_LEAST;
	struct pane box =
		overlay_box(pane, rows < 30 ? rows : 30,
			    pane.columns - 6 < COLUMNS ? pane.columns - 6 : COLUMNS,
			    title_of(palette, app), count);
	const int list = box.columns * 5 / 8 < LIST ? box.columns * 5 / 8 : LIST;
	const int rows_list = box.rows - 4;
	const struct palette_item *item = chosen(palette);
	struct pane side = pane_part(box, 2, list + 2, rows_list, box.columns - list - 3);

	pane_put(box, 0, 1, PAINT(INK_ACCENT), 0x203a);
	pane_repeat(box, 1, 0, box.columns, PAINT(INK_RULE), 0x2500);
	draw_list(palette, pane_part(box, 2, 0, rows_list, list));
	for (int row = 0; row < rows_list; row++)
		pane_put(box, 2 + row, list, PAINT(INK_RULE), 0x2502);
	if (item && item->op)
		draw_step(palette, app, side, item);
	else if (item)
		draw_action(app, side, item->action);
	pane_print(box, box.rows - 1, 1, PAINT(INK_DIM), "%s",
		   item && item->action
			   ? "⏎ run   ↑↓ choose"
			   : "⏎ open form   Tab preview   Ctrl-Y apply with defaults   "
			     "↑↓ choose");
	entry_draw(&palette->entry, box, 0, 3, box.columns - 4, PAINT(INK_TEXT));
}

static const char *
hints(void *self, struct app *app)
{
	(void)self;
	(void)app;
	return "type to filter · ★ suggested for this column · each entry shows its "
	       ":command";
}

/* "imp: Impute numbers, 1 of 20" */
static const char *
sentence(void *self, struct app *app)
{
	const struct palette *palette = self;
	const struct palette_item *item = chosen(palette);

	return arena_print(&app->arena, "%s%s%s, %zu of %zu", palette->entry.text,
			   palette->entry.size ? ": " : "",
			   item ? item->name : "nothing has these letters",
			   palette->choice.n ? palette->choice.at + 1 : 0,
			   palette->choice.n);
}

static bool
news(void *self, struct app *app)
{
	struct palette *palette = self;
	const bool has_learned = palette_learn(palette, app);

	return glance_news(palette->glance, app) || has_learned;
}

static void
close(void *self, struct app *app)
{
	glance_free(((struct palette *)self)->glance);
	overlay_close(self, app);
}

static const struct view view = {
	.name = "palette",
	.is_modal = true,
	.draw = draw,
	.event = event,
	.news = news,
	.hints = hints,
	.sentence = sentence,
	.close = close,
};

void
palette_open(struct app *app, bool steps_only)
{
	struct palette *palette = overlay_new(sizeof *palette);

	palette->steps_only = steps_only;
	palette->glance = glance_new();
	palette_list(palette, app);
	palette_filter(palette);
	app_push(app, &view, palette);
}
