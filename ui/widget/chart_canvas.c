/* chart_canvas - bits of blocks, and the characters that show them. */
#include "widget/chart_canvas.h"

#include <stdlib.h>

void
canvas_init(struct canvas *canvas, enum canvas_kind kind, int rows, int columns,
	    struct arena *arena)
{
	const size_t n =
		(size_t)(rows > 0 ? rows : 0) * (size_t)(columns > 0 ? columns : 0);

	*canvas = (struct canvas){ .kind = kind,
				   .rows = n ? rows : 0,
				   .columns = n ? columns : 0,
				   .across = kind == CANVAS_HALF ? 1 : 2,
				   .down = kind == CANVAS_BRAILLE ? 4 : 2 };
	canvas->width = canvas->columns * canvas->across;
	canvas->height = canvas->rows * canvas->down;
	canvas->dots = ARENA_ARRAY(arena, n + 1, uint8_t);
	canvas->votes = ARENA_ARRAY(arena, (n + 1) * CANVAS_CLASSES, uint8_t);
}

void
canvas_dot(struct canvas *canvas, int x, int y, size_t class)
{
	size_t at;
	uint8_t *vote;

	if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height)
		return;
	at = (size_t)(y / canvas->down) * (size_t)canvas->columns +
	     (size_t)(x / canvas->across);
	canvas->dots[at] |=
		(uint8_t)(1u << (y % canvas->down * canvas->across + x % canvas->across));
	vote = &canvas->votes[at * CANVAS_CLASSES + class % CANVAS_CLASSES];
	*vote = (uint8_t)(*vote + (*vote < UINT8_MAX));
}

/* Bresenham's line. */
void
canvas_line(struct canvas *canvas, int x0, int y0, int x1, int y1, size_t class)
{
	const int dx = abs(x1 - x0), dy = -abs(y1 - y0);
	const int step_x = x0 < x1 ? 1 : -1, step_y = y0 < y1 ? 1 : -1;
	int error = dx + dy;

	for (;;) {
		const int twice = 2 * error;

		canvas_dot(canvas, x0, y0, class);
		if (x0 == x1 && y0 == y1)
			return;
		if (twice >= dy) {
			error += dy;
			x0 += step_x;
		}
		if (twice <= dx) {
			error += dx;
			y0 += step_y;
		}
	}
}

/* Bits row by row, as braille numbers its dots: down the left side, then the right one,
 * the lowest two last. */
static uint32_t
braille(unsigned dots)
{
	static const uint8_t bit[] = { 0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80 };
	uint32_t code = 0x2800;

	for (size_t i = 0; i < 8; i++)
		if (dots >> i & 1)
			code |= bit[i];
	return code;
}

static uint32_t
sign(enum canvas_kind kind, unsigned dots)
{
	/* upper left, upper right, lower left, lower right: bits 0 to 3 */
	static const uint16_t quadrants[] = { ' ',    0x2598, 0x259d, 0x2580,
					      0x2596, 0x258c, 0x259e, 0x259b,
					      0x2597, 0x259a, 0x2590, 0x259c,
					      0x2584, 0x2599, 0x259f, 0x2588 };
	static const uint16_t halves[] = { ' ', 0x2580, 0x2584, 0x2588 };

	if (kind == CANVAS_BRAILLE)
		return braille(dots);
	return kind == CANVAS_QUADRANT ? quadrants[dots & 15] : halves[dots & 3];
}

static size_t
winner(const uint8_t *votes)
{
	size_t best = 0;

	for (size_t i = 1; i < CANVAS_CLASSES; i++)
		if (votes[i] > votes[best])
			best = i;
	return best;
}

void
canvas_draw(const struct canvas *canvas, struct pane pane,
	    struct paint (*paint)(const void *context, size_t class), const void *context)
{
	for (int row = 0; row < canvas->rows; row++)
		for (int column = 0; column < canvas->columns; column++) {
			const size_t at =
				(size_t)row * (size_t)canvas->columns + (size_t)column;

			if (canvas->dots[at])
				pane_put(pane, row, column,
					 paint(context, winner(canvas->votes +
							       at * CANVAS_CLASSES)),
					 sign(canvas->kind, canvas->dots[at]));
		}
}
