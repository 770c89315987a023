/*
 * chart_canvas.h - dots finer than characters.
 *
 * A character is a block of dots: 2 by 4 (braille), 2 by 2 (quadrants) or 1 by 2 (half
 * blocks). Each block has the paint of the class that has most of its dots.
 */
#ifndef WIDGET_CHART_CANVAS_H
#define WIDGET_CHART_CANVAS_H

#include "base/arena.h"
#include "desk/chart_spec.h"
#include "term/surface.h"

enum { CANVAS_CLASSES = 9 };

struct canvas {
	enum canvas_kind kind;
	int rows, columns; /* characters */
	int across, down;  /* dots of a character */
	int width, height; /* dots of all */
	uint8_t *dots;     /* of each character, as bits: row by row */
	uint8_t *votes;    /* of each character and class */
};

void canvas_init(struct canvas *canvas, enum canvas_kind kind, int rows, int columns,
		 struct arena *arena);
/* x from the left, y from the top; outside: nothing. */
void canvas_dot(struct canvas *canvas, int x, int y, size_t class);
void canvas_line(struct canvas *canvas, int x0, int y0, int x1, int y1, size_t class);
/* paint: of a class. */
void canvas_draw(const struct canvas *canvas, struct pane pane,
		 struct paint (*paint)(const void *context, size_t class),
		 const void *context);

#endif
