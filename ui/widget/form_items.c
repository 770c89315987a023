/* form_items - which fields there are, and which one has the focus. */
#include <stdio.h>
#include <string.h>

#include "widget/form_kind.h"

struct building {
	struct form *form;
	size_t room;
};

static size_t
put(struct building *b, struct form_item item)
{
	struct form *form = b->form;

	if (form->n == b->room) {
		const size_t size = b->room * sizeof(item);

		b->room = b->room ? 2 * b->room : 32;
		form->items = arena_grow(&form->items_arena, form->items, size,
					 b->room * sizeof(item));
	}
	form->items[form->n] = item;
	return form->n++;
}

static void put_table(struct building *b, struct form_item like);

static void
put_list(struct building *b, const struct form_item *item)
{
	const struct list *list = form_field(item);
	struct form_item head = *item;
	size_t owner;

	head.kind = FORM_HEAD;
	owner = put(b, head);
	for (size_t i = 0; i < list->n; i++)
		put_table(b,
			  (struct form_item){
				  .params = item->param->rows,
				  .fields = (char *)list->at + i * item->param->rows_size,
				  .owner = owner,
				  .row = i,
				  .depth = item->depth + 1,
			  });
	head.kind = FORM_ADD;
	head.is_first = false;
	put(b, head);
}

static void
put_table(struct building *b, struct form_item like)
{
	bool is_first = like.owner != FORM_NONE;

	for (const struct param *p = like.params; p && p->name; p++) {
		struct form_item item = like;

		if (!param_is_used(like.params, p, like.fields))
			continue;
		item.param = p;
		item.is_first = is_first;
		is_first = false;
		if (p->kind == KIND_LIST)
			put_list(b, &item);
		else
			put(b, item);
	}
}

/* The same place in the form, as far as it is still there. */
static size_t
find_again(const struct form *form, const struct form_item *was)
{
	for (size_t i = 0; i < form->n; i++) {
		const struct form_item *item = &form->items[i];

		if (item->param == was->param && item->kind == was->kind &&
		    item->row == was->row && item->depth == was->depth)
			return i;
	}
	return FORM_NONE;
}

void
form_build(struct form *form)
{
	struct building b = { form, 0 };
	struct form_item was = { 0 };
	const bool had_focus = form->focus != FORM_NONE && form->focus < form->n;
	const size_t focus = form->focus;

	if (had_focus)
		was = form->items[form->focus];
	arena_release(&form->items_arena);
	form->n = 0;
	form->items = NULL;
	for (size_t i = 0; i < form->n_parts; i++)
		put_table(&b, (struct form_item){ .params = form->parts[i].params,
						  .fields = form->parts[i].fields,
						  .owner = FORM_NONE });
	form->focus = had_focus ? find_again(form, &was) : FORM_NONE;
	if (form->focus == FORM_NONE)
		form_focus(form, had_focus && focus < form->n ? focus : 0);
}

/* --- focus --- */

static bool
takes_keys(const struct form *form, size_t i)
{
	return form->items[i].kind != FORM_HEAD;
}

void
form_focus(struct form *form, size_t at)
{
	const struct form_item *item;

	while (at < form->n && !takes_keys(form, at))
		at++;
	form->is_picking = false;
	form->focus = at < form->n ? at : FORM_NONE;
	editor_release(&form->editor);
	if (form->focus == FORM_NONE)
		return;
	item = &form->items[at];
	if (item->kind == FORM_FIELD && item->param->kind == KIND_COLUMNS)
		form->chip = ((const struct names *)form_field(item))->n;
	if (item->kind == FORM_FIELD && form_kind_of(item)->is_text)
		editor_set(&form->editor, form_typed(form, item),
			   form_kind_of(item)->is_below);
	if (item->param->kind == KIND_EXPRESSION)
		form->editor.at = form->editor.size;
}

bool
form_move(struct form *form, bool down)
{
	size_t at = form->focus;

	if (at == FORM_NONE)
		return false;
	do {
		if (down ? at + 1 >= form->n : at == 0)
			return false;
		at = down ? at + 1 : at - 1;
	} while (!takes_keys(form, at));
	form_focus(form, at);
	if (!down && form->items[at].kind == FORM_FIELD && form->editor.is_long)
		form->editor.at = form->editor.size;
	return true;
}

/* --- what is wrong --- */

/* "conditions[0].sort_by": as sentences name it. */
static void
item_path(const struct form *form, const struct form_item *item, char *out, size_t size)
{
	char above[256] = "";

	if (item->owner != FORM_NONE && item->depth < 4)
		item_path(form, &form->items[item->owner], above, sizeof above);
	if (item->owner != FORM_NONE)
		snprintf(out, size, "%.120s[%zu].%.100s", above, item->row,
			 item->param->name);
	else
		snprintf(out, size, "%.200s", item->param->name);
}

/* Behind the name, if the sentence names it at its start or behind ": ". */
static const char *
behind_name(const char *sentence, const char *name)
{
	const size_t n = strlen(name);

	for (const char *at = sentence; at; at = strstr(at, ": ")) {
		at += at == sentence ? 0 : 2;
		if (!strncmp(at, name, n) && (at[n] == ':' || at[n] == '['))
			return at + n;
	}
	return NULL;
}

/* A sentence that gives a position alone is about the formula. */
static size_t
formula_item(const struct form *form, const char *sentence)
{
	if (!strstr(sentence, "position "))
		return FORM_NONE;
	for (size_t i = 0; i < form->n; i++)
		if (form->items[i].param->kind == KIND_EXPRESSION)
			return i;
	return FORM_NONE;
}

void
form_complain(struct form *form, const char *sentence)
{
	size_t best = 0;

	form->bad = FORM_NONE;
	snprintf(form->problem, sizeof form->problem, "%s", sentence ? sentence : "");
	for (size_t i = 0; sentence && i < form->n; i++) {
		char path[300];
		const char *rest;

		if (form->items[i].kind == FORM_ADD)
			continue;
		item_path(form, &form->items[i], path, sizeof path);
		rest = behind_name(sentence, path);
		if (!rest || strlen(path) < best)
			continue;
		best = strlen(path);
		form->bad = i;
		snprintf(form->problem, sizeof form->problem, "%s",
			 rest[0] == ':' && rest[1] == ' ' ? rest + 2 : sentence);
	}
	if (sentence && form->bad == FORM_NONE)
		form->bad = formula_item(form, sentence);
}

void
form_go_bad(struct form *form)
{
	if (form->bad != FORM_NONE && form->bad != form->focus)
		form_focus(form, form->bad);
}

bool
form_check(const struct form *form, struct error *err)
{
	for (size_t i = 0; i < form->n; i++) {
		const struct form_item *item = &form->items[i];
		const struct form_raw *raw =
			item->kind == FORM_FIELD ? form_raw_of(form, item) : NULL;

		if (raw)
			return fail(err, "%s", raw->problem);
	}
	for (size_t i = 0; i < form->n_parts; i++)
		if (!param_check(form->parts[i].params, form->parts[i].fields, err))
			return false;
	return true;
}
