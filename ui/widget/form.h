/*
 * form.h - the fields of a param table, to be filled in.
 *
 * Whatever op/param.h can declare can be filled in: a kind is a way to draw and a way to
 * take keys (form_kind.h), and no table needs more. What is typed goes into the fields at
 * once if it is a value of that kind; if not it stays on view with the reason. Rows that
 * are not in force are not shown.
 *
 * Up, Down, Tab go from field to field, Space chooses, letters find, Enter is done,
 * Ctrl-X takes a row of a list away. Who shows the form says what is wrong beyond one
 * value (form_complain()); a sentence that names a field stands below it.
 */
#ifndef WIDGET_FORM_H
#define WIDGET_FORM_H

#include "op/param.h"
#include "term/event.h"
#include "term/surface.h"
#include "widget/editor.h"
#include "widget/picker.h"

enum { FORM_PARTS = 2 };

/* A table and its fields; several stand one below the other. */
struct form_part {
	const struct param *params; /* may be NULL */
	void *fields;
};

enum form_item_kind {
	FORM_FIELD,
	FORM_HEAD, /* over the rows of a list */
	FORM_ADD,  /* below them */
};

#define FORM_NONE ((size_t)-1)

/* What stands in the form, from top to bottom. */
struct form_item {
	enum form_item_kind kind;
	const struct param *params, *param; /* head, add: the list */
	void *fields;
	size_t owner;  /* the head of the list whose row this is part of; FORM_NONE */
	size_t row;    /* of that list */
	bool is_first; /* of its row */
	int depth;
	int top, rows; /* where it was drawn, counted from the top of the form */
};

/* Typed, but no value. */
struct form_raw {
	const void *field;
	const char *text, *problem;
};

struct form {
	struct arena *arena; /* of the fields */
	struct form_part parts[FORM_PARTS];
	size_t n_parts;
	/* Columns to choose from, of each table that is read; NULL: not known. */
	const struct schema *schemas[2];
	struct arena items_arena, picks_arena;
	size_t n;
	struct form_item *items;
	size_t focus;         /* an item; FORM_NONE: there is nothing to fill in */
	size_t chip;          /* columns: the one under the cursor, or n: behind them */
	struct editor editor; /* of the focus, if it is text */
	bool is_picking;
	struct picker picker;
	size_t n_raws;
	struct form_raw *raws;
	char problem[1024]; /* "": none */
	size_t bad;         /* the item it is about; FORM_NONE: none of them */
	bool is_touched;    /* something was changed */
	bool is_locked;     /* to be read only */
	int top;
	struct pane pane;
};

/* parts and schemas are set; the fields hold values. */
void form_init(struct form *form);
void form_release(struct form *form);
/* Fields were changed by somebody else. */
void form_refresh(struct form *form);

enum form_answer {
	FORM_IGNORED,
	FORM_TAKEN,
	FORM_CHANGED, /* some field has another value */
	FORM_DONE,    /* Enter */
	FORM_EDIT,    /* the text is to be edited elsewhere: form_text() */
	FORM_BROWSE,  /* a file is to be chosen for it */
};

enum form_answer form_event(struct form *form, const struct event *event);

/* The text with the focus, to be edited by another program, and what came of it. */
const char *form_text(const struct form *form);
void form_set_text(struct form *form, const char *text);

/* False: some used field holds no value, or what param_check() says. */
CHECKED bool form_check(const struct form *form, struct error *err);
/* What is wrong; NULL: nothing. */
void form_complain(struct form *form, const char *sentence);
/* Go to what is wrong. */
void form_go_bad(struct form *form);

/* One line about the field with the focus: its help, and what keys do there. */
const char *form_hint(const struct form *form, struct arena *arena);

/* The field with the focus, its kind and its value, and what is wrong with that: "strategy,
 * choice median"; of what is picked from, the one under the cursor. */
const char *form_sentence(const struct form *form, struct arena *arena);

/* Returns the rows that it takes; what does not fit scrolls. */
int form_draw(struct form *form, struct pane pane);
int form_rows(struct form *form, int columns);

#endif
