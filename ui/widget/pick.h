/*
 * pick.h - which line of a list is chosen, and which are on view.
 *
 * Arrows, Ctrl-N and Ctrl-P, PgUp and PgDn, and the wheel move; the chosen line is always
 * on view. Letters are left to whatever narrows the list.
 */
#ifndef WIDGET_PICK_H
#define WIDGET_PICK_H

#include "term/event.h"
#include "term/surface.h"

struct pick {
	size_t n, at; /* lines; the chosen one */
	size_t first; /* on view */
	size_t rows;  /* that were drawn the last time */
};

/* Another list; the first line is chosen. */
void pick_reset(struct pick *pick, size_t n);
/* True: it was for the list. */
bool pick_event(struct pick *pick, const struct event *event);
/* Before drawing into so many rows: .first is right then. Returns how many of them have
 * a line. */
size_t pick_show(struct pick *pick, int rows);
/* The line drawn at a row below the first one; n: none. */
size_t pick_at(const struct pick *pick, int row);

/* The line chosen is drawn reversed, with a mark before it. */
void pick_mark(struct pane pane, int row, int column, int width);

#endif
