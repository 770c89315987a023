/*
 * hints.h - a line of short items: "j/k move  Enter open", "408 distinct · 0 missing".
 *
 * Items stand between two blanks or more, or around a "·". An item that does not fit is
 * left out as a whole, with what parts it from the one before; those behind it get their
 * chance. The first one is cut if it does not fit by itself, and so is a sentence, which
 * ends with a full stop, where a part of it has room.
 */
#ifndef WIDGET_HINTS_H
#define WIDGET_HINTS_H

#include "term/surface.h"

/* Of one colour; returns the columns taken. */
int items_draw(struct pane pane, int row, int column, int width, struct paint paint,
	       struct text items);

/* The names of keys that an item begins with stand out; a sentence has none. */
int hints_draw(struct pane pane, int row, int column, int width, struct text hints);

#endif
