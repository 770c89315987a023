/* form_choose - flags, choices, types: one of what there is. */
#include <stdio.h>
#include <string.h>

#include "term/clean.h"
#include "widget/form_kind.h"

enum {
	RADIO_MOST = 3,   /* words that stand side by side */
	RADIO_WIDTH = 24, /* and columns that they take */
	WORD_WIDTH = 80,
	COLUMN_WIDTH = 24,
	MARK_WIDTH = 4 /* "(x) " */
};

bool
form_is_letter(const struct event *event)
{
	return event->kind == EVENT_PASTE ||
	       (event->kind == EVENT_KEY && event->press.mods == 0 &&
		event->press.key > ' ' && event->press.key < K_FIRST);
}

void
form_pick(struct form *form, struct pick *picks, size_t n, const struct names *order,
	  bool takes_many, size_t cursor, const struct event *typed)
{
	picker_open(&form->picker, picks, n, order, takes_many, cursor,
		    &form->picks_arena);
	form->is_picking = true;
	if (typed && form_is_letter(typed))
		picker_event(&form->picker, typed, &form->picks_arena);
}

/* --- flags --- */

static enum form_answer
flag_event(struct form *form, const struct form_item *item, const struct event *event)
{
	bool *value = form_field(item);

	if (!event_is(event, ' ') && !event_is(event, K_LEFT) &&
	    !event_is(event, K_RIGHT))
		return FORM_IGNORED;
	form->is_touched = true;
	*value = !*value;
	return FORM_CHANGED;
}

static void
flag_draw(struct form *form, const struct form_item *item, struct pane pane, bool is_used)
{
	const bool on = *(const bool *)form_field(item);

	(void)form;
	pane_print(pane, 0, 0, PAINT(INK_TEXT, is_used ? STYLE_REVERSE : 0), "[%s]",
		   on ? "x" : " ");
	pane_text(pane, 0, 4, pane.columns - 4, PAINT(INK_DIM),
		  text_of(item->param->help));
}

const struct form_kind form_flag = {
	.event = flag_event,
	.draw = flag_draw,
	.keys = "Space switches",
};

/* --- words: what choices and types have in common --- */

/* The words of an item, and the one it holds: n if it holds none. */
static size_t
words_of(const struct form_item *item, const char *words[], size_t most, size_t *at)
{
	const struct param *p = item->param;
	const unsigned accepts = p->accepts ? p->accepts : TYPE_ANY;
	size_t n = 0;

	if (p->kind == KIND_CHOICE) {
		while (n < most && p->choices[n])
			words[n] = p->choices[n], n++;
		*at = *(const int *)form_field(item) < 0
			      ? n
			      : (size_t) * (const int *)form_field(item);
		return n;
	}
	*at = FORM_NONE;
	for (unsigned type = 1; n < most && type <= TYPE_ANY; type *= 2) {
		if (!(type & accepts))
			continue;
		if (*(const enum type *)form_field(item) == (enum type)type)
			*at = n;
		words[n++] = type_name((enum type)type);
	}
	*at = *at == FORM_NONE ? n : *at;
	return n;
}

enum { WORDS_MOST = 256 };

static enum form_answer
choose_word(struct form *form, const struct form_item *item, const char *word)
{
	form_type(form, item, word);
	return FORM_CHANGED;
}

static void
open_words(struct form *form, const struct form_item *item, const struct event *typed)
{
	const char *words[WORDS_MOST];
	size_t at, n = words_of(item, words, WORDS_MOST, &at);
	struct pick *picks;

	arena_release(&form->picks_arena);
	picks = ARENA_ARRAY(&form->picks_arena, n + 1, struct pick);
	for (size_t i = 0; i < n; i++)
		picks[i].name = words[i];
	form_pick(form, picks, n, NULL, false, at, typed);
}

/* Columns that all words take side by side, each with its mark. */
static int
radio_width(const char *const words[], size_t n)
{
	int width = 0;

	for (size_t i = 0; i < n; i++)
		width += MARK_WIDTH + clean_columns(text_of(words[i]), WORD_WIDTH) +
			 (i ? 2 : 0);
	return width;
}

static bool
is_radio(const char *const words[], size_t n)
{
	return n <= RADIO_MOST && radio_width(words, n) <= RADIO_WIDTH;
}

static enum form_answer
words_event(struct form *form, const struct form_item *item, const struct event *event)
{
	const char *words[WORDS_MOST];
	size_t at, n = words_of(item, words, WORDS_MOST, &at);
	const bool back = event_is(event, K_LEFT);

	if (event_is(event, K_BACKSPACE) || event_is(event, K_DELETE)) {
		if (!item->param->preset || *item->param->preset)
			return FORM_TAKEN;
		return choose_word(form, item, "");
	}
	if (back || event_is(event, K_RIGHT) ||
	    (is_radio(words, n) && event_is(event, ' '))) {
		at = at >= n ? (back ? n - 1 : 0)
		     : back  ? (at + n - 1) % n
			     : (at + 1) % n;
		return choose_word(form, item, words[at]);
	}
	if (!event_is(event, ' ') && !form_is_letter(event))
		return FORM_IGNORED;
	open_words(form, item, event);
	return FORM_TAKEN;
}

static void
draw_radio(struct pane pane, const char *const words[], size_t n, size_t at, bool is_used)
{
	int column = 0;

	for (size_t i = 0; i < n; i++) {
		const bool on = i == at;
		const struct paint paint = { on ? INK_TEXT : INK_DIM,
					     on && is_used ? STYLE_REVERSE : 0 };

		pane_put(pane, 0, column, paint, '(');
		pane_put(pane, 0, column + 1, paint, on ? 0x2022 : ' ');
		pane_put(pane, 0, column + 2, paint, ')');
		column += 4;
		column += pane_text(pane, 0, column, pane.columns - column,
				    PAINT(on ? INK_TEXT : INK_DIM), text_of(words[i])) +
			  2;
	}
}

static void
draw_drop(struct pane pane, const char *word, int width, bool is_used)
{
	const struct paint paint = { INK_TEXT, is_used ? STYLE_REVERSE : 0 };

	if (width > pane.columns)
		width = pane.columns;
	pane_put(pane, 0, 0, paint, '[');
	pane_repeat(pane, 0, 1, width - 2, paint, ' ');
	pane_text(pane, 0, 1, width - 4, paint, text_of(word));
	pane_put(pane, 0, width - 2, paint, 0x25be);
	pane_put(pane, 0, width - 1, paint, ']');
}

static void
words_draw(struct form *form, const struct form_item *item, struct pane pane,
	   bool is_used)
{
	const char *words[WORDS_MOST];
	size_t at, n = words_of(item, words, WORDS_MOST, &at);
	int width = 8;

	(void)form;
	if (is_radio(words, n) && radio_width(words, n) <= pane.columns) {
		draw_radio(pane, words, n, at, is_used);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const int wide =
			clean_columns(text_of(words[i]), WORD_WIDTH) + MARK_WIDTH;

		width = wide > width ? wide : width;
	}
	draw_drop(pane, at < n ? words[at] : "", width, is_used);
}

static void
words_take(struct form *form, const struct form_item *item)
{
	const struct pick *pick = picker_current(&form->picker);

	if (pick)
		choose_word(form, item, pick->name);
}

const struct form_kind form_choice = {
	.event = words_event,
	.draw = words_draw,
	.take = words_take,
	.keys = "Space chooses, letters find",
};

const struct form_kind form_type_kind = {
	.event = words_event,
	.draw = words_draw,
	.take = words_take,
	.keys = "Space chooses, letters find",
};

/* --- one column --- */

static enum form_answer
column_event(struct form *form, const struct form_item *item, const struct event *event)
{
	const char **value = form_field(item);
	size_t n, at = 0;
	struct pick *picks;

	if (event_is(event, K_BACKSPACE) || event_is(event, K_DELETE)) {
		*value = "";
		form->is_touched = true;
		return FORM_CHANGED;
	}
	if (!event_is(event, ' ') && !event_is(event, K_RIGHT) && !form_is_letter(event))
		return FORM_IGNORED;
	picks = form_columns(form, item, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(picks[i].name, *value) == 0)
			at = i;
	form_pick(form, picks, n, NULL, false, at, event);
	return FORM_TAKEN;
}

static void
column_draw(struct form *form, const struct form_item *item, struct pane pane,
	    bool is_used)
{
	(void)form;
	draw_drop(pane, *(const char *const *)form_field(item), COLUMN_WIDTH, is_used);
}

static void
column_take(struct form *form, const struct form_item *item)
{
	const struct pick *pick = picker_current(&form->picker);

	if (!pick)
		return;
	*(const char **)form_field(item) = arena_text(form->arena, pick->name);
	form->is_touched = true;
}

const struct form_kind form_column = {
	.event = column_event,
	.draw = column_draw,
	.take = column_take,
	.keys = "Space chooses, letters find",
};
