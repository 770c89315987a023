/*
 * menu_view - menus over the top line: all actions, and all steps under their groups.
 *
 * An entry is an action, or a group of steps that opens a list of its own beside it.
 * Where steps stand follows from what they do: those that make or take a table under
 * Flow, those that change which rows there are under Rows, others under Column.
 */
#include "screen/menu.h"
#include "screen/palette.h"

enum { GAP = 2 };

struct menu {
	struct overlay overlay;
	size_t title; /* into action_menus */
	struct menu_items entries, steps;
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
list_actions(struct menu *menu, struct app *app)
{
	const struct action *action = NULL;

	while ((action = action_next(action)))
		if (!(action->flags & ACTION_HIDDEN) &&
		    !strcmp(action->menu, action_menus[menu->title]))
			menu_add(&menu->entries,
				 (struct menu_item){ .action = action,
						     .fits = menu_fits(app, action) });
}

static void
list_groups(struct menu *menu, struct app *app)
{
	for (size_t i = 0; op_table[i]; i++) {
		const struct op *op = op_table[i];

		if (!strcmp(menu_of(op), action_menus[menu->title]) &&
		    !menu_has_group(&menu->entries, op->group))
			menu_add(&menu->entries,
				 (struct menu_item){ .group = op->group,
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
			menu_add(&menu->steps,
				 (struct menu_item){ .op = op_table[i], .fits = true });
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

static struct menu_items *
current(struct menu *menu)
{
	return menu->is_in_group ? &menu->steps : &menu->entries;
}

static const struct menu_item *
chosen(struct menu *menu)
{
	return menu_chosen(current(menu));
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
	const struct menu_item *entry = chosen(menu);

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
	const struct menu_item *entry = chosen(menu);

	if (menu->is_in_group && !right)
		menu->is_in_group = false;
	else if (!menu->is_in_group && right && entry && entry->group)
		choose(menu, app);
	else
		turn(menu, app, (menu->title + (right ? 1 : n - 1)) % n);
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
click_entry(struct menu *menu, struct app *app, struct menu_items *entries,
	    const struct mouse *mouse)
{
	if (!menu_click(entries, mouse))
		return false;
	menu->is_in_group = entries == &menu->steps;
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
		menu_jump(current(menu), event->press.key);
	else
		return false;
	return true;
}

/* --- drawing --- */

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
	menu_draw(&menu->entries, pane, 1, column - 1, !menu->is_in_group, NULL);
	if (menu->is_in_group) {
		const struct pane *box = &menu->entries.box;
		const int row = box->row + (int)(menu->entries.choice.at -
						 menu->entries.choice.first);

		menu_draw(&menu->steps, pane, row, box->column + box->columns - 1, true,
			  NULL);
	}
}

/* What the entry does, and how else one gets there. */
static const char *
hints(void *self, struct app *app)
{
	const struct menu_item *entry = chosen(self);

	if (!entry)
		return "←→ menus · Esc closes";
	if (entry->group)
		return "Enter → opens the group · ←→ menus · Esc closes";
	return menu_hint(entry, &app->arena);
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
