/*
 * picker.h - one or more of many, found by typing.
 *
 * What is typed filters (fuzzy.h); the best match stands first, without a filter all
 * stand in their order. Of several, Space marks; Enter takes the marked ones, or the one
 * under the cursor if none was marked since it was opened.
 */
#ifndef WIDGET_PICKER_H
#define WIDGET_PICKER_H

#include "base/arena.h"
#include "base/names.h"
#include "term/event.h"
#include "term/surface.h"
#include "widget/entry.h"

struct pick {
	const char *name;
	const char *note; /* at the right: a type; NULL: nothing */
	enum ink ink;     /* of the note */
	bool is_marked;
};

struct picker {
	struct pick *picks; /* in the arena of whoever opened it */
	size_t n;
	bool takes_many, was_marked;
	struct entry filter;
	struct names order; /* picked ones, in the order in which they were marked */
	size_t *shown;      /* those that match, best first */
	size_t n_shown, at, top;
	int page; /* rows of them on view */
	struct pane pane;
};

/* order: those that are marked from the start; NULL: none. cursor: where it stands. */
void picker_open(struct picker *picker, struct pick *picks, size_t n,
		 const struct names *order, bool takes_many, size_t cursor,
		 struct arena *arena);

enum picker_answer { PICKER_IGNORED, PICKER_GOES_ON, PICKER_TAKEN, PICKER_CLOSED };
enum picker_answer picker_event(struct picker *picker, const struct event *event,
				struct arena *arena);
/* The one under the cursor; NULL: nothing matches. */
const struct pick *picker_current(const struct picker *picker);

/* In a box. Returns what is left of the pane's height. */
void picker_draw(struct picker *picker, struct pane pane, const char *title);
/* Rows that all of it would take. */
int picker_rows(const struct picker *picker);

#endif
