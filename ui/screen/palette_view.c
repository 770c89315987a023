/*
 * palette_view - every step and command, found by some of its letters.
 *
 * What is listed comes from the tables of operators and actions. What matches the letters
 * best stands first; what suits the column under the cursor, and what was used lately, is
 * lifted.
 */
#include <stdlib.h>

#include "screen/data.h"
#include "screen/glance.h"
#include "screen/overlay.h"
#include "term/clean.h"
#include "widget/advice.h"
#include "widget/bars.h"
#include "widget/choice.h"
#include "widget/entry.h"
#include "widget/figure.h"
#include "widget/fuzzy.h"
#include "widget/wrap.h"
#include "work/step.h"

enum {
	COLUMNS = 96,
	ROWS_LEAST = 17,
	LIST = 45,
	RECENT = 16,
	ROOMY = 14, /* rows of the side from which on there are blank lines */
	SPELLING = 2,
	/* What lifts a match, which is worth some 25 a letter. */
	SUITS = 10,
	UNFIT = 25, /* takes columns, but not of this type */
	ADVISED = 30,
	LATELY = 2, /* for each place from the end of the recent ones */
};

/* Either. */
struct item {
	const struct op *op;
	const struct action *action;
	const char *name;            /* "Group · Title" */
	const struct advice *advice; /* that speaks for it; NULL */
	int lift;
};

struct hit {
	const struct item *item;
	struct fuzzy fuzzy; /* of .name */
	int rank;
	size_t place; /* of the item */
};

struct palette {
	struct overlay overlay;
	bool steps_only;
	struct entry entry;
	struct item *items;
	size_t n_items;
	struct hit *hits;
	struct choice choice;
	struct pane list; /* as drawn */
	struct advice advices[ADVICE_MOST];
	size_t n_advices; /* for the column under the cursor */
	struct glance *glance;
};

/* What was chosen, the last one first; as long as the program. */
static const void *recent[RECENT];

static void
remember(const void *what)
{
	size_t i = 0;

	while (i + 1 < RECENT && recent[i] && recent[i] != what)
		i++;
	memmove(recent + 1, recent, i * sizeof *recent);
	recent[0] = what;
}

static int
lately(const void *what)
{
	for (int i = 0; i < RECENT && recent[i]; i++)
		if (recent[i] == what)
			return LATELY * (RECENT - i);
	return 0;
}

/* --- what is listed --- */

/* The param that the column under the cursor would go to. */
static const struct param *
column_param(const struct op *op)
{
	for (const struct param *p = op->params; p && p->name; p++)
		if (p->kind == KIND_COLUMN || p->kind == KIND_COLUMNS)
			return p;
	return NULL;
}

static bool
accepts(const struct param *param, const struct focus *focus)
{
	return !param->accepts || (param->accepts & focus->type);
}

static int
suits(const struct op *op, const struct focus *focus)
{
	const struct param *param = column_param(op);

	if (!param || focus->place < 0)
		return 0;
	if (!accepts(param, focus))
		return -UNFIT;
	return param->accepts ? SUITS : SUITS / 2;
}

static void
add(struct palette *palette, const struct item *item)
{
	palette->items[palette->n_items++] = *item;
}

/* What the figures of the column speak for. */
static void
ask_advice(struct palette *palette, struct app *app)
{
	const struct summary_result *found;
	enum type type;
	const char *name;

	if (app->focus.place < 0)
		return;
	found = data_found(app, &name, &type);
	if (found)
		palette->n_advices =
			advice_of(arena_text(&palette->overlay.arena, name), type, found,
				  palette->advices, &palette->overlay.arena);
}

static const struct advice *
advice_for(const struct palette *palette, const struct op *op)
{
	for (size_t i = 0; i < palette->n_advices; i++)
		if (palette->advices[i].op && !strcmp(palette->advices[i].op, op->name))
			return &palette->advices[i];
	return NULL;
}

static void
add_steps(struct palette *palette, struct app *app)
{
	ask_advice(palette, app);
	for (size_t i = 0; op_table[i]; i++) {
		const struct op *op = op_table[i];
		struct item item = { .op = op };

		if (palette->steps_only && op->role == ROLE_SOURCE)
			continue;
		item.name = arena_print(&palette->overlay.arena, "%s · %s", op->group,
					op->title);
		item.advice = advice_for(palette, op);
		item.lift =
			suits(op, &app->focus) + lately(op) + (item.advice ? ADVISED : 0);
		add(palette, &item);
	}
}

static void
add_actions(struct palette *palette, struct app *app)
{
	const struct action *action = NULL;

	while ((action = action_next(action))) {
		struct item item = { .action = action };

		if ((action->flags & ACTION_HIDDEN) ||
		    !(action->where & app_where(app)) ||
		    (action->fits && !action->fits(app)))
			continue;
		item.name = arena_print(&palette->overlay.arena, "%s · %s", action->menu,
					action->title);
		item.lift = lately(action);
		add(palette, &item);
	}
}

static void
add_all(struct palette *palette, struct app *app)
{
	const struct action *action = NULL;
	size_t n = 1;

	while ((action = action_next(action)))
		n++;
	for (size_t i = 0; op_table[i]; i++)
		n++;
	palette->items = ARENA_ARRAY(&palette->overlay.arena, n, struct item);
	palette->hits = ARENA_ARRAY(&palette->overlay.arena, n, struct hit);
	if (app->work.is_open)
		add_steps(palette, app);
	if (!palette->steps_only)
		add_actions(palette, app);
}

static int
compare(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? 1 : -1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* By what is shown, else by the word that would be typed. */
static bool
matches(struct text pattern, const struct item *item, struct fuzzy *fuzzy)
{
	const char *word = item->op ? item->op->name : item->action->name;
	struct fuzzy by_word;

	if (fuzzy_match(pattern, text_of(item->name), fuzzy))
		return true;
	if (!fuzzy_match(pattern, text_of(word), &by_word))
		return false;
	fuzzy->score = by_word.score * 3 / 4;
	return true;
}

/* What has the letters by chance only is left out where something has them better. */
static size_t
drop_poor(struct hit *hits, size_t n)
{
	int best = 0;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		best = hits[i].fuzzy.score > best ? hits[i].fuzzy.score : best;
	for (size_t i = 0; i < n; i++)
		if (2 * hits[i].fuzzy.score >= best)
			hits[kept++] = hits[i];
	return kept;
}

static void
filter(struct palette *palette)
{
	struct text pattern = entry_text(&palette->entry);
	size_t n = 0;

	for (size_t i = 0; i < palette->n_items; i++) {
		struct hit *hit = &palette->hits[n];

		*hit = (struct hit){ .item = &palette->items[i], .place = i };
		if (!matches(pattern, hit->item, &hit->fuzzy))
			continue;
		hit->rank = hit->fuzzy.score + hit->item->lift;
		n++;
	}
	n = drop_poor(palette->hits, n);
	qsort(palette->hits, n, sizeof *palette->hits, compare);
	choice_reset(&palette->choice, n);
}

static const struct item *
chosen(const struct palette *palette)
{
	return palette->choice.at < palette->choice.n
		       ? palette->hits[palette->choice.at].item
		       : NULL;
}

/* --- what is chosen --- */

/* The columns that are marked, or the one under the cursor. */
static void
fill_columns(const struct param *p, const struct focus *focus, void *field,
	     struct arena *arena)
{
	if (p->kind == KIND_COLUMN) {
		*(const char **)field = arena_text(arena, focus->column);
		return;
	}
	for (size_t i = 0; i < focus->n_marked; i++)
		names_add(field, arena_text(arena, focus->marked[i]), arena);
	if (focus->n_marked == 0)
		names_add(field, arena_text(arena, focus->column), arena);
}

/* Presets, what the focus says, and what an advice says. In the event's arena. */
static bool
fill(struct app *app, const struct item *item, void **fields, struct error *err)
{
	const struct param *p = column_param(item->op);
	const struct advice *advice = item->advice;

	if (!step_fields(item->op, fields, &app->arena, err))
		return false;
	if (p && app->focus.place >= 0 && accepts(p, &app->focus))
		fill_columns(p, &app->focus, (char *)*fields + p->offset, &app->arena);
	for (size_t i = 0; advice && i < advice->n; i++)
		if (!param_set(item->op->params, *fields, advice->settings[i],
			       &app->arena, err))
			return false;
	return true;
}

/* The palette is gone before what was chosen opens something else. */
static void
choose_step(struct app *app, const struct item *item)
{
	const struct op *op = item->op;
	struct error err;
	void *fields;

	if (!fill(app, item, &fields, &err)) {
		app_fail(app, &err);
		return;
	}
	remember(op);
	app_pop(app);
	form_open(app, op, fields, FLOW_NONE);
}

static void
choose(struct palette *palette, struct app *app)
{
	const struct item *item = chosen(palette);
	const struct action *action = item ? item->action : NULL;

	if (item && item->op)
		choose_step(app, item);
	if (!action)
		return;
	remember(action);
	app_pop(app);
	app_act(app, action);
}

/* Without a form, if nothing is missing. */
static void
apply(struct palette *palette, struct app *app)
{
	const struct item *item = chosen(palette);
	const struct op *op = item ? item->op : NULL;
	struct error err;
	void *fields;

	if (!op) {
		choose(palette, app);
		return;
	}
	if (!fill(app, item, &fields, &err) || !param_check(op->params, fields, &err) ||
	    (op->check && !op->check(fields, &err)) ||
	    !app_step(app, op, fields, FLOW_NONE, FLOW_NONE, &err)) {
		app_fail(app, &err);
		return;
	}
	remember(op);
	app_pop(app);
}

static void
preview(struct palette *palette, struct app *app)
{
	const struct item *item = chosen(palette);
	struct error err;
	void *fields;

	if (!item || !item->op)
		return;
	if (fill(app, item, &fields, &err))
		glance_ask(palette->glance, app, item->op, fields);
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
		filter(palette);
		glance_forget(palette->glance);
	} else
		return false;
	return true;
}

/* --- drawing --- */

static void
draw_name(struct pane pane, int row, int column, const struct hit *hit)
{
	struct text name = text_of(hit->item->name);
	const bool is_unfit = hit->item->lift <= UNFIT / -2;
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
	figure_range(found, pane.columns - 20, range);
	bars_of(found, 8, &bars);
	pane_print(pane, row, 0, PAINT(INK_DIM), "now");
	bars_draw(pane_part(pane, row, 8, 1, 8), &bars, 1, 0, PAINT(INK_BAR));
	pane_print(pane, row, 19, PAINT(INK_TEXT), "%s", range);
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
	  const struct item *item)
{
	struct pane above = pane_part(pane, 0, 0, pane.rows - SPELLING, pane.columns);
	const struct op *op = item->op;
	int row = draw_head(above, op->title, op->help);
	struct error err;
	void *fields;

	if (!fill(app, item, &fields, &err))
		return;
	if (item->advice)
		row = draw_piece(above, row, 2, INK_WARN,
				 arena_print(&app->arena, "★ %s", item->advice->what));
	row = glance_draw(palette->glance, app, above, row);
	if (column_param(op))
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
			   figure_type(focus->type, NULL));
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
	const struct item *item = chosen(palette);
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

static bool
news(void *self, struct app *app)
{
	return glance_news(((struct palette *)self)->glance, app);
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
	.close = close,
};

void
palette_open(struct app *app, bool steps_only)
{
	struct palette *palette = overlay_new(sizeof *palette);

	palette->steps_only = steps_only;
	palette->glance = glance_new();
	add_all(palette, app);
	filter(palette);
	app_push(app, &view, palette);
}
