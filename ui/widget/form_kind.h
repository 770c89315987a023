/*
 * form_kind.h - how a kind of param is filled in; private to the form.
 */
#ifndef WIDGET_FORM_KIND_H
#define WIDGET_FORM_KIND_H

#include "widget/form.h"

struct form_kind {
	/* The item has the focus. NULL: it takes no keys. */
	enum form_answer (*event)(struct form *form, const struct form_item *item,
				  const struct event *event);
	/* Rows of its value in so many columns; NULL: one. */
	int (*rows)(const struct form *form, const struct form_item *item, int columns);
	void (*draw)(struct form *form, const struct form_item *item, struct pane pane,
		     bool is_used);
	/* The value of a picker that was opened for it. NULL: it opens none. */
	void (*take)(struct form *form, const struct form_item *item);
	const char *keys; /* for the hint */
	bool is_text;     /* the focus brings an editor */
	bool is_below;    /* takes the whole width, below its label */
};

const struct form_kind *form_kind_of(const struct form_item *item);

static inline void *
form_field(const struct form_item *item)
{
	return (char *)item->fields + item->param->offset;
}

/* Its value as a text to edit: what was typed last, value or not. */
const char *form_typed(const struct form *form, const struct form_item *item);
/* Its value becomes this text, or the text stays as what is no value. */
void form_type(struct form *form, const struct form_item *item, const char *text);
/* What was typed and is no value; NULL: it is one. */
const struct form_raw *form_raw_of(const struct form *form, const struct form_item *item);

/* Items from what the fields hold now; the focus stays with its field. */
void form_build(struct form *form);
void form_focus(struct form *form, size_t item);
bool form_move(struct form *form, bool down);
/* The row of a list that the focus is in; false: it is in none. */
bool form_remove_row(struct form *form);

/* Columns that the param takes. */
struct pick *form_columns(struct form *form, const struct form_item *item, size_t *n);
void form_pick(struct form *form, struct pick *picks, size_t n, const struct names *order,
	       bool takes_many, size_t cursor, const struct event *typed);
/* Is it a key that begins to find something? */
bool form_is_letter(const struct event *event);

/* Kinds, by file. */
extern const struct form_kind form_flag, form_choice, form_type_kind, form_column,
	form_columns_kind, form_line, form_path, form_code, form_formula, form_list_head,
	form_list_add;

#endif
