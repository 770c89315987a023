/*
 * menu_view - menus over the top line: all actions, and all steps under their groups.
 *
 * An entry is an action, or a group of steps that opens a list of its own beside it.
 * Where steps stand follows from what they do: those that make or take a table under
 * Flow, those that change which rows there are under Rows, others under Column.
 */
#include "screen/palette.h"
#include "term/clean.h"
#include "widget/choice.h"

enum { ENTRIES = 128, KEYS = 16, GAP = 2 };

/* One of the three. */
struct item {
	const struct action *action;
	const struct op *op;
	const char *group;
	bool fits;
};

struct items {
	struct item at[ENTRIES];
	struct choice choice; /* .n of them */
	struct pane box;      /* as drawn */
};

struct menu {
	struct overlay overlay;
	size_t title; /* into action_menus */
	struct items entries, steps;
	bool is_in_group;
};

/* --- what is in a menu --- */

static const char *
menu_of(const struct op *op)
{
	if (op->role != ROLE_TRANSFORM || (op->flags & (OP_TWO_INPUTS | OP_CODE)))
		return "Flow";
	return op->keep || op->changes_rows || op->whole ? "Rows" : "Column";
}

static void
add(struct items *entries, struct item entry)
{
	if (entries->choice.n < ENTRIES)
		entries->at[entries->choice.n++] = entry;
}

static bool
has_group(const struct items *entries, const char *group)
{
	for (size_t i = 0; i < entries->choice.n; i++)
		if (entries->at[i].group && !strcmp(entries->at[i].group, group))
			return true;
	return false;
}

static void
list_actions(struct menu *menu, struct app *app)
{
	const struct action *action = NULL;

	while ((action = action_next(action)))
		if (!(action->flags & ACTION_HIDDEN) &&
		    !strcmp(action->menu, action_menus[menu->title]))
			add(&menu->entries,
			    (struct item){
				    .action = action,
				    .fits = (action->where & app_where(app)) &&
					    (!action->fits || action->fits(app)),
			    });
}

static void
list_groups(struct menu *menu, struct app *app)
{
	for (size_t i = 0; op_table[i]; i++) {
		const struct op *op = op_table[i];

		if (!strcmp(menu_of(op), action_menus[menu->title]) &&
		    !has_group(&menu->entries, op->group))
			add(&menu->entries, (struct item){ .group = op->group,
							   .fits = app->work.is_open });
	}
}

static void
list_steps(struct menu *menu, const char *group)
{
	choice_reset(&menu->steps.choice, 0);
	for (size_t i = 0; op_table[i]; i++)
		if (!strcmp(op_table[i]->group, group) &&
		    !strcmp(menu_of(op_table[i]), action_menus[menu->title]))
			add(&menu->steps,
			    (struct item){ .op = op_table[i], .fits = true });
}

static void
turn(struct menu *menu, struct app *app, size_t title)
{
	menu->title = title;
	menu->is_in_group = false;
	choice_reset(&menu->entries.choice, 0);
	list_actions(menu, app);
	list_groups(menu, app);
}

static size_t
menus_count(void)
{
	size_t n = 0;

	while (action_menus[n])
		n++;
	return n;
}

/* --- what the user does --- */

static struct items *
current(struct menu *menu)
{
	return menu->is_in_group ? &menu->steps : &menu->entries;
}

static const struct item *
chosen(struct menu *menu)
{
	const struct items *entries = current(menu);

	return entries->choice.at < entries->choice.n ? &entries->at[entries->choice.at]
						      : NULL;
}

static void
open_step(struct app *app, const struct op *op)
{
	struct error err;
	void *fields;

	app_pop(app);
	if (palette_fill(app, op, NULL, &fields, &err))
		form_open(app, op, fields, FLOW_NONE);
	else
		app_fail(app, &err);
}

static void
choose(struct menu *menu, struct app *app)
{
	const struct item *entry = chosen(menu);

	if (!entry || !entry->fits)
		return;
	if (entry->group) {
		list_steps(menu, entry->group);
		menu->is_in_group = true;
	} else if (entry->op) {
		open_step(app, entry->op);
	} else {
		const struct action *action = entry->action;

		app_pop(app);
		app_act(app, action);
	}
}

static void
sideways(struct menu *menu, struct app *app, bool right)
{
	const size_t n = menus_count();
	const struct item *entry = chosen(menu);

	if (menu->is_in_group && !right)
		menu->is_in_group = false;
	else if (!menu->is_in_group && right && entry && entry->group)
		choose(menu, app);
	else
		turn(menu, app, (menu->title + (right ? 1 : n - 1)) % n);
}

static const char *
words_of(const struct item *entry)
{
	return entry->group ? entry->group
	       : entry->op  ? entry->op->title
			    : entry->action->title;
}

/* To the next entry that begins with the letter. */
static void
jump(struct items *entries, uint32_t letter)
{
	for (size_t i = 1; i <= entries->choice.n; i++) {
		const size_t at = (entries->choice.at + i) % entries->choice.n;
		const char first = words_of(&entries->at[at])[0];

		if (((uint32_t)first | 0x20) == (letter | 0x20)) {
			entries->choice.at = at;
			return;
		}
	}
}

/* Columns of the top line, from where a title stands; its width. */
static int
title_place(size_t title, int *width)
{
	int column = 1;

	for (size_t i = 0; i < title; i++)
		column += (int)strlen(action_menus[i]) + GAP;
	*width = (int)strlen(action_menus[title]);
	return column;
}

static bool
click_title(struct menu *menu, struct app *app, int column)
{
	for (size_t i = 0; action_menus[i]; i++) {
		int width, place = title_place(i, &width);

		if (column >= place && column < place + width) {
			turn(menu, app, i);
			return true;
		}
	}
	return false;
}

static bool
click_entry(struct menu *menu, struct app *app, struct items *entries,
	    const struct mouse *mouse)
{
	const struct pane *box = &entries->box;
	const size_t at = choice_at(&entries->choice, mouse->row - box->row);

	if (mouse->column < box->column || mouse->column >= box->column + box->columns ||
	    at >= entries->choice.n)
		return false;
	menu->is_in_group = entries == &menu->steps;
	entries->choice.at = at;
	choose(menu, app);
	return true;
}

static void
click(struct menu *menu, struct app *app, const struct mouse *mouse)
{
	if (mouse->kind != MOUSE_PRESS)
		return;
	if (mouse->row == 0 && click_title(menu, app, mouse->column))
		return;
	if (menu->is_in_group && click_entry(menu, app, &menu->steps, mouse))
		return;
	if (!click_entry(menu, app, &menu->entries, mouse))
		app_pop(app);
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct menu *menu = self;

	if (event_is(event, K_ESCAPE) && menu->is_in_group)
		menu->is_in_group = false;
	else if (event_is(event, K_LEFT) || event_is(event, K_RIGHT))
		sideways(menu, app, event->press.key == K_RIGHT);
	else if (event_is(event, K_ENTER) || event_is(event, ' '))
		choose(menu, app);
	else if (event_is(event, K_F1 + 8))
		app_pop(app);
	else if (choice_event(&current(menu)->choice, event))
		return true;
	else if (event->kind == EVENT_MOUSE)
		click(menu, app, &event->mouse);
	else if (event->kind == EVENT_KEY && event->press.key < 0x80 &&
		 event->press.mods == 0)
		jump(current(menu), event->press.key);
	else
		return false;
	return true;
}

/* --- drawing --- */

static const char *
keys_of(const struct item *entry)
{
	return entry->group ? "▸" : entry->op ? "" : action_keys(entry->action);
}

static int
width_of(const struct items *entries)
{
	int width = 16;

	for (size_t i = 0; i < entries->choice.n; i++) {
		const struct item *entry = &entries->at[i];
		const int n = clean_columns(text_of(words_of(entry)), 60) +
			      clean_columns(text_of(keys_of(entry)), KEYS) + 4;

		width = n > width ? n : width;
	}
	return width + 2;
}

/* A box with its upper left corner here, or as far to the left as it must be. */
static void
draw_entries(struct items *entries, struct pane pane, int row, int column,
	     bool is_current)
{
	const int width = width_of(entries), room = pane.rows - row - 2;
	const int rows =
		(int)entries->choice.n + 2 < room ? (int)entries->choice.n + 2 : room;
	struct pane box;
	size_t n;

	if (column + width > pane.columns)
		column = pane.columns - width;
	box = pane_box(pane_part(pane, row, column, rows, width), PAINT(INK_ACCENT), NULL,
		       NULL);
	entries->box = box;
	n = choice_show(&entries->choice, box.rows);
	for (size_t i = 0; i < n; i++) {
		const size_t at = entries->choice.first + i;
		const struct item *entry = &entries->at[at];

		pane_text(box, (int)i, 1, box.columns - 2,
			  PAINT(entry->fits ? INK_TEXT : INK_DIM),
			  text_of(words_of(entry)));
		pane_text_right(box, (int)i, 1, box.columns - 2, PAINT(INK_DIM),
				text_of(keys_of(entry)));
		if (at != entries->choice.at)
			continue;
		pane_style(box, (int)i, 0, box.columns,
			   is_current ? STYLE_REVERSE : STYLE_BOLD);
		if (is_current)
			pane_cursor(box, (int)i, 1);
	}
}

static void
draw_titles(const struct menu *menu, struct pane pane)
{
	pane_fill(pane_part(pane, 0, 0, 1, pane.columns), PAINT(INK_TEXT));
	for (size_t i = 0; action_menus[i]; i++) {
		int width, column = title_place(i, &width);

		pane_print(pane, 0, column, PAINT(INK_HEADER), "%s", action_menus[i]);
		if (i == menu->title)
			pane_style(pane, 0, column - 1, width + 2,
				   STYLE_REVERSE | STYLE_BOLD);
	}
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct menu *menu = self;
	int width, column = title_place(menu->title, &width);

	(void)app;
	draw_titles(menu, pane);
	draw_entries(&menu->entries, pane, 1, column - 1, !menu->is_in_group);
	if (menu->is_in_group) {
		const struct pane *box = &menu->entries.box;
		const int row = box->row + (int)(menu->entries.choice.at -
						 menu->entries.choice.first);

		draw_entries(&menu->steps, pane, row, box->column + box->columns - 1,
			     true);
	}
}

/* What the entry does, and how else one gets there. */
static const char *
hints(void *self, struct app *app)
{
	const struct item *entry = chosen(self);

	if (!entry)
		return "←→ menus · Esc closes";
	if (entry->group)
		return "Enter → opens the group · ←→ menus · Esc closes";
	if (entry->op)
		return arena_print(&app->arena, ":%s · %s", entry->op->name,
				   entry->op->help);
	return arena_print(&app->arena, ":%s · %s", entry->action->name,
			   entry->action->help);
}

static const struct view view = {
	.name = "menu",
	.is_modal = true,
	.draw = draw,
	.event = event,
	.hints = hints,
	.close = overlay_close,
};

void
menu_open(struct app *app)
{
	struct menu *menu = overlay_new(sizeof *menu);

	turn(menu, app, 0);
	app_push(app, &view, menu);
}
