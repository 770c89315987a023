/* form_line - all that is typed: lines, programs, formulas. */
#include <string.h>

#include "widget/entry.h"
#include "widget/form_kind.h"
#include "widget/formula.h"

enum { CODE_ROWS = 8, FORMULA_ROWS = 6 };

/* A key for the editor: the field is what stands there then. */
static enum form_answer
edit(struct form *form, const struct form_item *item, const struct event *event)
{
	const char *before = arena_text(&form->picks_arena, editor_text(&form->editor));

	if (!editor_event(&form->editor, event))
		return FORM_IGNORED;
	if (!strcmp(before, editor_text(&form->editor)))
		return FORM_TAKEN;
	form_type(form, item, editor_text(&form->editor));
	return FORM_CHANGED;
}

static struct text
shown_text(const struct form *form, const struct form_item *item, bool is_used)
{
	return text_of(is_used ? editor_text(&form->editor) : form_typed(form, item));
}

/* --- a line --- */

static void
line_draw(struct form *form, const struct form_item *item, struct pane pane, bool is_used)
{
	const struct text text = shown_text(form, item, is_used);
	const bool wrong = form_raw_of(form, item) != NULL;
	const struct paint paint = { wrong ? INK_ERR : INK_TEXT,
				     (uint8_t)(wrong ? STYLE_UNDERLINE : 0) };
	const struct paint edge = { is_used ? INK_ACCENT : INK_DIM, 0 };
	const int width = pane.columns < 28 ? pane.columns : 28;

	pane_put(pane, 0, 0, edge, '[');
	pane_put(pane, 0, width - 1, edge, ']');
	if (is_used)
		entry_draw_text(pane, 0, 1, width - 2, paint, text, form->editor.at);
	else
		pane_text(pane, 0, 1, width - 2, paint, text);
}

const struct form_kind form_line = {
	.event = edit,
	.draw = line_draw,
	.is_text = true,
	.keys = "",
};

/* --- a file --- */

static enum form_answer
path_event(struct form *form, const struct form_item *item, const struct event *event)
{
	if (event_is_ctrl(event, 'o'))
		return FORM_BROWSE;
	return edit(form, item, event);
}

const struct form_kind form_path = {
	.event = path_event,
	.draw = line_draw,
	.is_text = true,
	.keys = "Ctrl-O shows files",
};

/* --- a program --- */

static enum form_answer
code_event(struct form *form, const struct form_item *item, const struct event *event)
{
	if (event_is_ctrl(event, 'e'))
		return FORM_EDIT;
	return edit(form, item, event);
}

static int
code_rows(const struct form *form, const struct form_item *item, int columns)
{
	(void)form, (void)item, (void)columns;
	return CODE_ROWS;
}

static void
long_draw(struct form *form, const struct form_item *item, struct pane pane, bool is_used,
	  const struct paint *paints)
{
	struct pane text = pane_part(pane, 0, 1, pane.rows, pane.columns - 1);

	for (int row = 0; row < pane.rows; row++)
		pane_put(pane, row, 0, PAINT(is_used ? INK_ACCENT : INK_RULE), 0x2502);
	if (is_used)
		editor_draw(&form->editor, text, PAINT(INK_TEXT), paints);
	else
		editor_draw_text(text, PAINT(INK_TEXT), shown_text(form, item, false),
				 paints);
}

static void
code_draw(struct form *form, const struct form_item *item, struct pane pane, bool is_used)
{
	long_draw(form, item, pane, is_used, NULL);
}

const struct form_kind form_code = {
	.event = code_event,
	.rows = code_rows,
	.draw = code_draw,
	.is_text = true,
	.is_below = true,
	.keys = "Ctrl-E opens your editor · Ctrl-S applies",
};

/* --- a formula --- */

static const struct schema *
schema_of(const struct form *form, const struct form_item *item)
{
	return form->schemas[item->param->second];
}

static void
finish_word(struct form *form, const struct form_item *item, const struct pick *pick,
	    size_t begun)
{
	editor_replace(&form->editor, begun,
		       text_of(formula_word(pick, &form->picks_arena)));
	form_type(form, item, editor_text(&form->editor));
}

/* The only way to go on, or those that there are. */
static enum form_answer
complete(struct form *form, const struct form_item *item)
{
	const struct text formula = text_of(editor_text(&form->editor));
	const size_t begun = formula_begun(formula, form->editor.at);
	const struct text word = { formula.data + form->editor.at - begun, begun };
	struct pick *picks;
	size_t n;

	if (!begun)
		return FORM_IGNORED;
	arena_release(&form->picks_arena);
	picks = formula_ends(word, schema_of(form, item), &n, &form->picks_arena);
	if (!n)
		return FORM_IGNORED;
	if (n > 1) {
		form_pick(form, picks, n, NULL, false, 0, NULL);
		return FORM_TAKEN;
	}
	finish_word(form, item, &picks[0], begun);
	return FORM_CHANGED;
}

/* Enter is done with a formula: of its lines nobody makes new ones by accident. */
static enum form_answer
formula_event(struct form *form, const struct form_item *item, const struct event *event)
{
	if (event_is_ctrl(event, 'e'))
		return FORM_EDIT;
	if (event_is(event, K_TAB))
		return complete(form, item);
	if (event_is(event, K_ENTER))
		return FORM_IGNORED;
	return edit(form, item, event);
}

static int
formula_rows(const struct form *form, const struct form_item *item, int columns)
{
	const bool is_used =
		form->focus != FORM_NONE && &form->items[form->focus] == item;
	const int rows = editor_rows(shown_text(form, item, is_used), columns - 1);

	return rows < FORMULA_ROWS ? rows : FORMULA_ROWS;
}

static void
formula_draw(struct form *form, const struct form_item *item, struct pane pane,
	     bool is_used)
{
	const bool is_bad = form->bad != FORM_NONE && &form->items[form->bad] == item;
	struct arena mem = { 0 };

	long_draw(form, item, pane, is_used,
		  formula_paints(shown_text(form, item, is_used), schema_of(form, item),
				 is_bad ? form->problem : NULL, &mem));
	arena_release(&mem);
}

static void
formula_take(struct form *form, const struct form_item *item)
{
	const struct text formula = text_of(editor_text(&form->editor));
	const struct pick *pick = picker_current(&form->picker);

	if (pick)
		finish_word(form, item, pick, formula_begun(formula, form->editor.at));
}

const struct form_kind form_formula = {
	.event = formula_event,
	.rows = formula_rows,
	.draw = formula_draw,
	.take = formula_take,
	.is_text = true,
	.is_below = true,
	.keys = "Tab completes columns and functions",
};
