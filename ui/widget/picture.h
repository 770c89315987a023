/*
 * picture.h - a surface as a file: text, text with the colours of a terminal, SVG.
 *
 * A picture holds what a screen would show, cell by cell. In SVG bars, shades, dots and
 * lines are shapes, so that no font leaves gaps in them; text is text, which can be found
 * and copied.
 */
#ifndef WIDGET_PICTURE_H
#define WIDGET_PICTURE_H

#include "base/ending.h"
#include "term/glyph.h"
#include "term/surface.h"

/* .svg, .txt, .ans */
extern const struct ending picture_endings[];

/* As that ending says, one of the list. What is blank below and at the right is left out.
 */
CHECKED bool picture_print(const struct surface *surface, const struct ending *ending,
			   struct buffer *out, struct error *err);

/* Every row, blanks at its end cut, with a newline; what is below the last row that has
 * something is left out. colours: 256, 16, or 0: none. */
CHECKED bool picture_text(const struct surface *surface, enum tier tier, int colours,
			  struct buffer *out, struct error *err);

CHECKED bool picture_svg(const struct surface *surface, struct buffer *out,
			 struct error *err);

/* The rows, and the columns, that have something. */
int picture_rows(const struct surface *surface);
int picture_row_end(const struct surface *surface, int row);

#endif
