/* form_list - rows of a nested table come and go. */
#include <string.h>

#include "widget/form_kind.h"

static struct list *
list_of(const struct form_item *item)
{
	return form_field(item);
}

static void
add_row(struct form *form, const struct form_item *item)
{
	const struct param *p = item->param;
	struct list *list = list_of(item);
	char *rows = arena_array(form->arena, list->n + 1, p->rows_size);
	struct error err = { 0 };

	if (list->n)
		memcpy(rows, list->at, list->n * p->rows_size);
	if (!param_preset(p->rows, rows + list->n * p->rows_size, form->arena, &err))
		return;
	*list = (struct list){ list->n + 1, rows };
	form->is_touched = true;
}

/* To the first field of the row that came. */
static enum form_answer
add(struct form *form, const struct form_item *item)
{
	const size_t at = form->focus;

	add_row(form, item);
	form_build(form);
	form_focus(form, at);
	return FORM_CHANGED;
}

static enum form_answer
add_event(struct form *form, const struct form_item *item, const struct event *event)
{
	if (event_is(event, ' ') || event_is(event, '+') || event_is(event, K_ENTER) ||
	    event_is(event, K_INSERT))
		return add(form, item);
	return FORM_IGNORED;
}

static void
add_draw(struct form *form, const struct form_item *item, struct pane pane, bool is_used)
{
	(void)form;
	(void)item;
	pane_print(pane, 0, 0, PAINT(INK_ACCENT, is_used ? STYLE_REVERSE : 0), "+ add");
}

const struct form_kind form_list_add = {
	.event = add_event,
	.draw = add_draw,
	.keys = "Space adds a row · Ctrl-X takes one away",
};

/* Its label says it all. */
static void
head_draw(struct form *form, const struct form_item *item, struct pane pane, bool is_used)
{
	(void)form, (void)item, (void)pane, (void)is_used;
}

const struct form_kind form_list_head = { .draw = head_draw };

bool
form_remove_row(struct form *form)
{
	const struct form_item *item = &form->items[form->focus];
	const struct form_item *head;
	struct list *list;
	char *rows;
	size_t size;

	if (item->owner == FORM_NONE)
		return false;
	head = &form->items[item->owner];
	list = list_of(head);
	size = head->param->rows_size;
	rows = arena_array(form->arena, list->n, size);
	memcpy(rows, list->at, item->row * size);
	memcpy(rows + item->row * size, (char *)list->at + (item->row + 1) * size,
	       (list->n - item->row - 1) * size);
	*list = (struct list){ list->n - 1, rows };
	form->is_touched = true;
	form_build(form);
	return true;
}
