/*
 * wrap.h - a text in lines that fit.
 *
 * Lines end at newlines, else at the last blank that fits, else within a word. Bytes stay
 * where they are.
 */
#ifndef WIDGET_WRAP_H
#define WIDGET_WRAP_H

#include "term/surface.h"

/* The next line of so many columns at most, taken off the front of rest; false: there
 * is none. */
bool wrap_next(struct text *rest, int columns, struct text *line);

/* Into these rows, from a row on; returns the row behind. What does not fit is cut. */
int wrap_draw(struct pane pane, int row, int column, int width, int rows,
	      struct paint paint, struct text text);

/* So that the last line stands in a row, those before it above, over what is there: `most`
 * lines at most. */
void wrap_draw_up(struct pane pane, int row, int column, int width, int most,
		  struct paint paint, struct text text);

#endif
