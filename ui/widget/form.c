/* form - keys to the field with the focus; what it does not take moves the focus. */
#include "widget/form.h"

#include <string.h>

#include "widget/form_kind.h"

void
form_init(struct form *form)
{
	form->n = 0;
	form->focus = form->bad = FORM_NONE;
	form_build(form);
	for (size_t i = 0; i < form->n; i++) {
		const struct form_item *item = &form->items[i];

		/* the first one that must be filled in and is not */
		if (item->kind == FORM_FIELD && !item->param->preset &&
		    !*form_typed(form, item)) {
			form_focus(form, i);
			return;
		}
	}
}

void
form_release(struct form *form)
{
	editor_release(&form->editor);
	arena_release(&form->items_arena);
	arena_release(&form->picks_arena);
}

void
form_refresh(struct form *form)
{
	form_build(form);
	if (form->focus != FORM_NONE)
		form_focus(form, form->focus);
}

static const struct form_item *
focused(const struct form *form)
{
	return form->focus == FORM_NONE ? NULL : &form->items[form->focus];
}

const char *
form_text(const struct form *form)
{
	return editor_text(&form->editor);
}

void
form_set_text(struct form *form, const char *text)
{
	const struct form_item *item = focused(form);

	if (!item || !form_kind_of(item)->is_text)
		return;
	form_type(form, item, text);
	editor_set(&form->editor, text, form->editor.is_long);
}

/* --- events --- */

static enum form_answer
pick_event(struct form *form, const struct event *event)
{
	const struct form_item *item = focused(form);

	switch (picker_event(&form->picker, event, &form->picks_arena)) {
	case PICKER_TAKEN:
		form->is_picking = false;
		form_kind_of(item)->take(form, item);
		return FORM_CHANGED;
	case PICKER_CLOSED:
		form->is_picking = false;
		return FORM_TAKEN;
	default:
		return FORM_TAKEN;
	}
}

static size_t
item_at(const struct form *form, int line)
{
	for (size_t i = 0; i < form->n; i++)
		if (line >= form->items[i].top &&
		    line < form->items[i].top + form->items[i].rows)
			return i;
	return FORM_NONE;
}

/* A click goes to a field; one on the field that has the focus is its Space. */
static enum form_answer
mouse_event(struct form *form, const struct mouse *mouse)
{
	static const struct event space = { .kind = EVENT_KEY, .press = { .key = ' ' } };
	const int row = mouse->row - form->pane.row,
		  column = mouse->column - form->pane.column;
	const struct form_item *item;
	size_t at;

	if (column < 0 || column >= form->pane.columns || row < 0 ||
	    row >= form->pane.rows)
		return FORM_IGNORED;
	if (mouse->kind == MOUSE_WHEEL) {
		form_move(form, mouse->lines > 0);
		return FORM_TAKEN;
	}
	at = item_at(form, row + form->top);
	if (mouse->kind != MOUSE_PRESS || at == FORM_NONE ||
	    form->items[at].kind == FORM_HEAD)
		return FORM_TAKEN;
	item = &form->items[at];
	if (at != form->focus)
		form_focus(form, at);
	if (form_kind_of(item)->is_text)
		return FORM_TAKEN;
	return form_kind_of(item)->event(form, item, &space);
}

static enum form_answer
move_event(struct form *form, const struct event *event)
{
	const bool back = event->kind == EVENT_KEY && event->press.key == K_TAB &&
			  event->press.mods == MOD_SHIFT;

	if (event_is_ctrl(event, 'x') && form->focus != FORM_NONE)
		return form_remove_row(form) ? FORM_CHANGED : FORM_TAKEN;
	if (event_is(event, K_ENTER))
		return FORM_DONE;
	if (event_is(event, K_DOWN) || event_is(event, K_TAB)) {
		if (!form_move(form, true) && event_is(event, K_TAB))
			form_focus(form, 0);
		return FORM_TAKEN;
	}
	if (event_is(event, K_UP) || back) {
		if (!form_move(form, false) && back && form->n)
			form_focus(form, form->n - 1);
		return FORM_TAKEN;
	}
	return FORM_IGNORED;
}

static enum form_answer
answer(struct form *form, const struct event *event)
{
	const struct form_item *item = focused(form);
	enum form_answer found = FORM_IGNORED;

	if (form->is_picking)
		return pick_event(form, event);
	if (event->kind == EVENT_MOUSE)
		return mouse_event(form, &event->mouse);
	if (item && !form->is_locked && form_kind_of(item)->event)
		found = form_kind_of(item)->event(form, item, event);
	return found == FORM_IGNORED ? move_event(form, event) : found;
}

enum form_answer
form_event(struct form *form, const struct event *event)
{
	const enum form_answer found = answer(form, event);

	if (found == FORM_CHANGED)
		form_build(form);
	return found;
}

const char *
form_hint(const struct form *form, struct arena *arena)
{
	const struct form_item *item = focused(form);
	const char *keys;

	if (!item)
		return "";
	if (form->is_picking)
		return form->picker.takes_many
			       ? "type to find · Space marks · Ctrl-A all · Enter takes "
				 "them"
			       : "type to find · Enter takes it · Esc closes";
	keys = form_kind_of(item)->keys;
	return arena_print(arena, "%s%s%s", keys, *keys ? " · " : "", item->param->help);
}

static const char *
pick_sentence(const struct picker *picker, struct arena *arena)
{
	const struct pick *pick = picker_current(picker);

	if (!pick)
		return "nothing has these letters";
	return arena_print(arena, "%s%s%s%s, %zu of %zu", pick->name,
			   pick->note ? ", " : "", pick->note ? pick->note : "",
			   pick->is_marked ? ", marked" : "", picker->at + 1,
			   picker->n_shown);
}

const char *
form_sentence(const struct form *form, struct arena *arena)
{
	const struct form_item *item;
	const char *name, *value;

	if (form->focus >= form->n)
		return "nothing to fill in";
	if (form->is_picking)
		return pick_sentence(&form->picker, arena);
	item = &form->items[form->focus];
	name = item->param->name;
	if (item->kind == FORM_ADD)
		return arena_print(arena, "add to %s", name);
	value = item->kind == FORM_HEAD ? "" : form_typed(form, item);
	return arena_print(arena, "%s, %s %s%s%s", name,
			   param_kind_name(item->param->kind), *value ? value : "empty",
			   form->problem[0] && form->bad == form->focus ? ", " : "",
			   form->bad == form->focus ? form->problem : "");
}
