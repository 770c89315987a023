/*
 * paint.h - a surface printed for a terminal that is none of ours: colours as escape
 * sequences between the lines of text.
 */
#ifndef CLI_PAINT_H
#define CLI_PAINT_H

#include "term/glyph.h"
#include "term/surface.h"

/* Colours that standard output takes: none if it is no terminal, or NO_COLOR is set
 * (no-color.org). */
int paint_colours(void);

/* Every row, blanks at its end cut, with a newline; what is below the last row that has
 * something is left out. colours: 256, 16, or 0: none. */
CHECKED bool paint_print(const struct surface *surface, enum tier tier, int colours,
			 struct buffer *out, struct error *err);

#endif
