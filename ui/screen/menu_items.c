/*
 * menu_items - a list in a box: its lines, keys at their right, and what is chosen.
 */
#include "screen/menu.h"
#include "term/clean.h"

enum { KEYS = 16, BELOW = 2 /* lines of the frame that stay on view */ };

void
menu_add(struct menu_items *items, struct menu_item item)
{
	if (items->choice.n < MENU_ITEMS)
		items->at[items->choice.n++] = item;
}

bool
menu_has_group(const struct menu_items *items, const char *group)
{
	for (size_t i = 0; i < items->choice.n; i++)
		if (items->at[i].group && !strcmp(items->at[i].group, group))
			return true;
	return false;
}

bool
menu_fits(struct app *app, const struct action *action)
{
	return (action->where & app_where(app)) && (!action->fits || action->fits(app));
}

const struct menu_item *
menu_chosen(const struct menu_items *items)
{
	return items->choice.at < items->choice.n ? &items->at[items->choice.at] : NULL;
}

static const char *
words_of(const struct menu_item *item)
{
	return item->group ? item->group
	       : item->op  ? item->op->title
			   : item->action->title;
}

void
menu_jump(struct menu_items *items, uint32_t letter)
{
	for (size_t i = 1; i <= items->choice.n; i++) {
		const size_t at = (items->choice.at + i) % items->choice.n;
		const char first = words_of(&items->at[at])[0];

		if (((uint32_t)first | 0x20) == (letter | 0x20)) {
			items->choice.at = at;
			return;
		}
	}
}

bool
menu_click(struct menu_items *items, const struct mouse *mouse)
{
	const struct pane *box = &items->box;
	const size_t at = choice_at(&items->choice, mouse->row - box->row);

	if (mouse->column < box->column || mouse->column >= box->column + box->columns ||
	    at >= items->choice.n)
		return false;
	items->choice.at = at;
	return true;
}

const char *
menu_hint(const struct menu_item *item, struct arena *arena)
{
	const struct op *op = item->op;

	return op ? arena_print(arena, "%s · :%s", op->help, op->name)
		  : arena_print(arena, "%s · :%s", item->action->help,
				item->action->name);
}

static const char *
keys_of(const struct menu_item *item)
{
	return item->group ? "▸" : item->op ? "" : action_keys(item->action);
}

static int
width_of(const struct menu_items *items)
{
	int width = 16;

	for (size_t i = 0; i < items->choice.n; i++) {
		const struct menu_item *item = &items->at[i];
		const int n = clean_columns(text_of(words_of(item)), 60) +
			      clean_columns(text_of(keys_of(item)), KEYS) + 4;

		width = n > width ? n : width;
	}
	return width + 2;
}

void
menu_draw(struct menu_items *items, struct pane pane, int row, int column,
	  bool is_current, const char *title)
{
	const int width = width_of(items), most = pane.rows - BELOW - 1;
	const int rows =
		(int)items->choice.n + 2 < most ? (int)items->choice.n + 2 : most;
	struct pane box;
	size_t n;

	if (column + width > pane.columns)
		column = pane.columns - width;
	if (row + rows > pane.rows - BELOW)
		row = pane.rows - BELOW - rows;
	box = pane_box(pane_part(pane, row, column, rows, width), PAINT(INK_ACCENT),
		       title, NULL);
	items->box = box;
	n = choice_show(&items->choice, box.rows);
	for (size_t i = 0; i < n; i++) {
		const size_t at = items->choice.first + i;
		const struct menu_item *item = &items->at[at];

		pane_text(box, (int)i, 1, box.columns - 2,
			  PAINT(item->fits ? INK_TEXT : INK_DIM),
			  text_of(words_of(item)));
		pane_text_right(box, (int)i, 1, box.columns - 2, PAINT(INK_DIM),
				text_of(keys_of(item)));
		if (at != items->choice.at)
			continue;
		pane_style(box, (int)i, 0, box.columns,
			   is_current ? STYLE_REVERSE : STYLE_BOLD);
		if (is_current)
			pane_cursor(box, (int)i, 1);
	}
}
