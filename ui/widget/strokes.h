/*
 * strokes.h - lines between cells: which character goes up, down, left and right.
 *
 * Who draws lines ORs into each cell the sides to which a line leaves it; corners and
 * junctions come out by themselves. A line that crosses another is a gap in the one that
 * lies: "│", never "┼", so that a crossing is not taken for a junction.
 */
#ifndef WIDGET_STROKES_H
#define WIDGET_STROKES_H

#include <stdint.h>

enum { STROKE_UP = 1, STROKE_DOWN = 2, STROKE_LEFT = 4, STROKE_RIGHT = 8 };

enum {
	STROKE_VERTICAL = STROKE_UP | STROKE_DOWN,
	STROKE_HORIZONTAL = STROKE_LEFT | STROKE_RIGHT,
};

/* Rounded at corners; ' ' for none. */
uint32_t stroke_code(unsigned sides);

#endif
