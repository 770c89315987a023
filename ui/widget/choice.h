/*
 * choice.h - which line of a list is chosen, and which are on view.
 *
 * Arrows, Ctrl-N and Ctrl-P, PgUp and PgDn, and the wheel move; the chosen line is always
 * on view. Letters are left to whatever narrows the list.
 */
#ifndef WIDGET_CHOICE_H
#define WIDGET_CHOICE_H

#include "term/event.h"
#include "term/surface.h"

struct choice {
	size_t n, at; /* lines; the chosen one */
	size_t first; /* on view */
	size_t rows;  /* that were drawn the last time */
};

/* Another list; the first line is chosen. */
void choice_reset(struct choice *choice, size_t n);
/* True: it was for the list. */
bool choice_event(struct choice *choice, const struct event *event);
/* Before drawing into so many rows: .first is right then. Returns how many of them have
 * a line. */
size_t choice_show(struct choice *choice, int rows);
/* The line drawn at a row below the first one; n: none. */
size_t choice_at(const struct choice *choice, int row);

/* The line chosen is drawn reversed, with a mark before it. */
void choice_mark(struct pane pane, int row, int column, int width);

#endif
