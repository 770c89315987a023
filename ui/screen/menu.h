/*
 * menu.h - lists of what can be done, in boxes: the menus over the top line, and the menu
 * of what the mouse points at.
 */
#ifndef SCREEN_MENU_H
#define SCREEN_MENU_H

#include "screen/app.h"
#include "widget/choice.h"

enum { MENU_ITEMS = 128 };

/* One of the three. */
struct menu_item {
	const struct action *action;
	const struct op *op;
	const char *group; /* of steps: opens a list of its own */
	bool fits;
};

struct menu_items {
	struct menu_item at[MENU_ITEMS];
	struct choice choice; /* .n of them */
	struct pane box;      /* as drawn */
};

void menu_add(struct menu_items *items, struct menu_item item);
bool menu_has_group(const struct menu_items *items, const char *group);
/* Can it be done here and now? */
bool menu_fits(struct app *app, const struct action *action);
const struct menu_item *menu_chosen(const struct menu_items *items); /* or NULL */
/* To the next one that begins with the letter. */
void menu_jump(struct menu_items *items, uint32_t letter);
/* The one under the mouse is chosen; false: there is none. */
bool menu_click(struct menu_items *items, const struct mouse *mouse);
/* What it does, and how else one gets there. In the arena. */
const char *menu_hint(const struct menu_item *item, struct arena *arena);
/* A box with its upper left corner here, or as far to the left and up as it must be.
 * is_current: keys go to it; title: in its upper edge, or NULL. */
void menu_draw(struct menu_items *items, struct pane pane, int row, int column,
	       bool is_current, const char *title);

/* What can be done to the cell under the cursor, or to its column, at a place of the
 * screen. */
void context_open(struct app *app, int row, int column, bool is_cell);

#endif
