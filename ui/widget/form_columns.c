/* form_columns - several columns: a line each, and one to add more. */
#include <string.h>

#include "term/clean.h"
#include "widget/figure.h"
#include "widget/form_kind.h"

enum { CHIPS_MOST = 6 }; /* lines */

struct pick *
form_columns(struct form *form, const struct form_item *item, size_t *n)
{
	const struct schema *schema = form->schemas[item->param->second];
	const unsigned accepts = item->param->accepts ? item->param->accepts : TYPE_ANY;
	struct pick *picks;

	*n = 0;
	arena_release(&form->picks_arena);
	picks = ARENA_ARRAY(&form->picks_arena, (schema ? schema->n : 0) + 1,
			    struct pick);
	for (size_t i = 0; schema && i < schema->n; i++)
		if (schema->at[i].type & accepts)
			picks[(*n)++] = (struct pick){
				.name = arena_text(&form->picks_arena,
						   schema->at[i].name),
				.note = figure_type(schema->at[i].type, NULL),
				.ink = figure_ink(schema->at[i].type, NULL),
			};
	return picks;
}

static struct names *
names_of(const struct form_item *item)
{
	return form_field(item);
}

/* Another list: who reads the old one may still do so. */
static void
set_names(struct form *form, const struct form_item *item, const struct names *names)
{
	struct names copy = { 0 };

	for (size_t i = 0; i < names->n; i++)
		names_add(&copy, arena_text(form->arena, names->at[i]), form->arena);
	*names_of(item) = copy;
	form->is_touched = true;
}

static void
remove_chip(struct form *form, const struct form_item *item)
{
	struct names rest = { 0 };
	const struct names *names = names_of(item);

	for (size_t i = 0; i < names->n; i++)
		if (i != form->chip)
			names_add(&rest, names->at[i], form->arena);
	set_names(form, item, &rest);
}

static void
swap_chips(struct form *form, const struct form_item *item, bool down)
{
	struct names *names;
	const size_t at = form->chip;
	const char *kept;

	set_names(form, item, names_of(item));
	names = names_of(item);
	if (down ? at + 1 >= names->n : at == 0 || at >= names->n)
		return;
	form->chip = down ? at + 1 : at - 1;
	kept = names->at[at];
	names->at[at] = names->at[form->chip];
	names->at[form->chip] = kept;
}

static enum form_answer
open_columns(struct form *form, const struct form_item *item, const struct event *event)
{
	size_t n, at = 0;
	struct pick *picks = form_columns(form, item, &n);
	const bool is_word = event_is(event, ' ') || event_is(event, 'c');

	form_pick(form, picks, n, names_of(item), true, at, is_word ? NULL : event);
	return FORM_TAKEN;
}

static enum form_answer
columns_event(struct form *form, const struct form_item *item, const struct event *event)
{
	const size_t n = names_of(item)->n;
	const bool erases = event_is(event, K_BACKSPACE) || event_is(event, K_DELETE);

	if (event_is_alt(event, K_UP) || event_is_alt(event, K_DOWN)) {
		swap_chips(form, item, event->press.key == K_DOWN);
		return FORM_CHANGED;
	}
	if (event_is(event, K_UP) && form->chip > 0) {
		form->chip--;
		return FORM_TAKEN;
	}
	if (event_is(event, K_DOWN) && form->chip < n) {
		form->chip++;
		return FORM_TAKEN;
	}
	if (erases && n > 0) {
		form->chip -= form->chip == n;
		remove_chip(form, item);
		return FORM_CHANGED;
	}
	if (event_is(event, ' ') || form_is_letter(event))
		return open_columns(form, item, event);
	return FORM_IGNORED;
}

static int
columns_rows(const struct form *form, const struct form_item *item, int columns)
{
	const int n = (int)names_of(item)->n;

	(void)form, (void)columns;
	return (n < CHIPS_MOST ? n : CHIPS_MOST) + 1;
}

/* The first line on view: the cursor's is. */
static size_t
first_chip(const struct form *form, size_t n, bool is_used)
{
	size_t first = 0;

	if (n <= CHIPS_MOST || !is_used)
		return 0;
	if (form->chip >= CHIPS_MOST)
		first = form->chip - CHIPS_MOST + 1;
	return first > n - CHIPS_MOST ? n - CHIPS_MOST : first;
}

static bool
is_known(const struct form *form, const struct form_item *item, const char *name)
{
	const struct schema *schema = form->schemas[item->param->second];

	return !schema || schema->open || schema_find(schema, name) != SCHEMA_NONE;
}

static void
draw_chip(const struct form *form, const struct form_item *item, struct pane pane,
	  int row, size_t i, bool is_used, int wide)
{
	const char *name = names_of(item)->at[i];
	const bool known = is_known(form, item, name);
	const uint8_t style = is_used && form->chip == i ? STYLE_REVERSE : 0;
	const struct paint paint = { known ? INK_TEXT : INK_ERR, style };

	pane_text(pane, row, 0, pane.columns - 2, paint, text_of(name));
	pane_put(pane, row, wide + 1, PAINT(INK_DIM), 0xd7);
}

static void
columns_draw(struct form *form, const struct form_item *item, struct pane pane,
	     bool is_used)
{
	const struct names *names = names_of(item);
	const size_t first = first_chip(form, names->n, is_used);
	const uint8_t style = is_used && form->chip == names->n ? STYLE_REVERSE : 0;
	size_t shown = names->n < CHIPS_MOST ? names->n : CHIPS_MOST;
	int wide = 0, column;

	for (size_t i = 0; i < shown; i++) {
		const int one = clean_columns(text_of(names->at[first + i]), 200);

		wide = one > wide ? one : wide;
	}
	wide = wide > pane.columns - 2 ? pane.columns - 2 : wide;
	for (size_t i = 0; i < shown; i++)
		draw_chip(form, item, pane, (int)i, first + i, is_used, wide);
	column = pane_print(pane, (int)shown, 0, PAINT(INK_ACCENT, style), "+ add");
	if (names->n > shown)
		pane_print(pane, (int)shown, column + 1, PAINT(INK_DIM), "%zu in all",
			   names->n);
	else
		pane_print(pane, (int)shown, column + 1, PAINT(INK_DIM), "(c completes)");
}

static void
columns_take(struct form *form, const struct form_item *item)
{
	set_names(form, item, &form->picker.order);
	form->chip = names_of(item)->n;
}

const struct form_kind form_columns_kind = {
	.event = columns_event,
	.rows = columns_rows,
	.draw = columns_draw,
	.take = columns_take,
	.keys = "Space or letters: which · Del takes away · Alt-↑ Alt-↓ order",
};
