/*
 * surface - cells, and panes that cut what they are given.
 */
#include "term/surface.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "term/clean.h"

enum { ELLIPSIS = 0x2026, LINE = 1024, WIDEST = 1 << 16 };

static const struct cell blank = { .code = { ' ' }, .width = 1 };

void
surface_resize(struct surface *surface, int rows, int columns)
{
	const size_t n =
		(size_t)(rows > 0 ? rows : 0) * (size_t)(columns > 0 ? columns : 0);
	struct cell *cells = realloc(surface->cells, (n + 1) * sizeof *cells);

	if (!cells)
		abort();
	surface->cells = cells;
	surface->rows = rows > 0 ? rows : 0;
	surface->columns = columns > 0 ? columns : 0;
	surface_clear(surface);
}

void
surface_clear(struct surface *surface)
{
	const size_t n = (size_t)surface->rows * (size_t)surface->columns;

	for (size_t i = 0; i < n; i++)
		surface->cells[i] = blank;
	surface->cursor_row = surface->cursor_column = -1;
}

void
surface_release(struct surface *surface)
{
	free(surface->cells);
	*surface = (struct surface){ 0 };
}

static struct cell *
cell_at(const struct surface *surface, int row, int column)
{
	return surface->cells + (size_t)row * (size_t)surface->columns + column;
}

const struct cell *
surface_cell(const struct surface *surface, int row, int column)
{
	return cell_at(surface, row, column);
}

static bool
print_cell(const struct cell *cell, struct buffer *out, struct error *err)
{
	char bytes[4];

	for (size_t i = 0; i < COUNT(cell->code) && cell->code[i] && cell->width; i++)
		if (!buffer_append(out, bytes, text_put(cell->code[i], bytes), err))
			return false;
	return true;
}

bool
surface_print(const struct surface *surface, struct buffer *out, struct error *err)
{
	for (int row = 0; row < surface->rows; row++) {
		int end = surface->columns;

		while (end > 0 && cell_at(surface, row, end - 1)->code[0] == ' ')
			end--;
		for (int column = 0; column < end; column++)
			if (!print_cell(cell_at(surface, row, column), out, err))
				return false;
		if (!buffer_append(out, "\n", 1, err))
			return false;
	}
	return true;
}

struct pane
surface_pane(struct surface *surface)
{
	return (struct pane){ surface, 0, 0, surface->rows, surface->columns };
}

/* The part of [at, at + n) that lies within [low, low + room). */
static void
cut(int *at, int *n, int low, int room)
{
	const int end = *at + *n < low + room ? *at + *n : low + room;

	if (*at < low)
		*at = low;
	*n = end > *at ? end - *at : 0;
}

bool
pane_has(struct pane pane, int row, int column)
{
	return row >= pane.row && row < pane.row + pane.rows && column >= pane.column &&
	       column < pane.column + pane.columns;
}

struct pane
pane_part(struct pane pane, int row, int column, int rows, int columns)
{
	struct pane part = { pane.surface, pane.row + row, pane.column + column,
			     rows > 0 ? rows : 0, columns > 0 ? columns : 0 };
	int at = part.row, n = part.rows;

	/* What hangs over the end is cut; what begins before it keeps its places. */
	cut(&at, &n, pane.row, pane.rows);
	part.rows = n ? at + n - part.row : 0;
	at = part.column, n = part.columns;
	cut(&at, &n, pane.column, pane.columns);
	part.columns = n ? at + n - part.column : 0;
	return part;
}

/* NULL: nobody sees it. */
static struct cell *
place(struct pane pane, int row, int column)
{
	const int y = pane.row + row, x = pane.column + column;

	if (row < 0 || column < 0 || row >= pane.rows || column >= pane.columns)
		return NULL;
	if (y < 0 || x < 0 || y >= pane.surface->rows || x >= pane.surface->columns)
		return NULL;
	return cell_at(pane.surface, y, x);
}

/* The other half of a wide character that loses one. */
static void
mend(struct pane pane, int row, int column)
{
	struct cell *cell = place(pane, row, column), *other;

	if (!cell)
		return;
	other = cell + (cell->width == 0 ? -1 : 1);
	if (cell->width == 0 && pane.column + column > 0)
		*other = (struct cell){ .code = { ' ' },
					.paint = other->paint,
					.width = 1 };
	else if (cell->width == 2 && pane.column + column + 1 < pane.surface->columns)
		*other = (struct cell){ .code = { ' ' },
					.paint = other->paint,
					.width = 1 };
}

static void
put_seen(struct pane pane, int row, int column, struct paint paint,
	 const struct seen *seen)
{
	struct cell *cell = place(pane, row, column);
	struct cell *half = seen->width == 2 ? place(pane, row, column + 1) : NULL;

	if (!cell)
		return;
	mend(pane, row, column);
	*cell = (struct cell){ .code = { ' ' }, .paint = paint, .width = 1 };
	if (seen->width == 2 && !half)
		return;
	if (half) {
		mend(pane, row, column + 1);
		*half = (struct cell){ .paint = paint };
	}
	cell->width = (uint8_t)seen->width;
	memcpy(cell->code, seen->code, sizeof cell->code);
}

void
pane_put(struct pane pane, int row, int column, struct paint paint, uint32_t code)
{
	put_seen(pane, row, column, paint, &(struct seen){ { clean_code(code) }, 1 });
}

void
pane_repeat(struct pane pane, int row, int column, int n, struct paint paint,
	    uint32_t code)
{
	for (int i = 0; i < n && column + i < pane.columns; i++)
		pane_put(pane, row, column + i, paint, code);
}

int
pane_text(struct pane pane, int row, int column, int width, struct paint paint,
	  struct text text)
{
	struct seen seen;
	size_t at = 0;
	int x = column, end;
	bool is_long;

	if (width <= 0 || column >= pane.columns)
		return 0;
	width = width < WIDEST ? width : WIDEST;
	is_long = clean_columns(text, width) > width;
	end = column + (is_long ? width - 1 : width);
	while (x < end && clean_next(text, &at, &seen) && x + seen.width <= end) {
		put_seen(pane, row, x, paint, &seen);
		x += seen.width;
	}
	if (is_long)
		pane_put(pane, row, x++, paint, ELLIPSIS);
	return x - column;
}

int
pane_text_right(struct pane pane, int row, int column, int width, struct paint paint,
		struct text text)
{
	const int columns = clean_columns(text, width);
	const int shift = columns < width ? width - columns : 0;

	return pane_text(pane, row, column + shift, width - shift, paint, text);
}

int
pane_print(struct pane pane, int row, int column, struct paint paint, const char *format,
	   ...)
{
	char line[LINE];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	return pane_text(pane, row, column, pane.columns - column, paint, text_of(line));
}

int
pane_print_right(struct pane pane, int row, int end, struct paint paint,
		 const char *format, ...)
{
	char line[LINE];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	return pane_text_right(pane, row, 0, end, paint, text_of(line));
}

void
pane_paint(struct pane pane, int row, int column, int n, struct paint paint)
{
	for (int i = 0; i < n; i++) {
		struct cell *cell = place(pane, row, column + i);

		if (cell)
			cell->paint = paint;
	}
}

void
pane_style(struct pane pane, int row, int column, int n, uint8_t style)
{
	for (int i = 0; i < n; i++) {
		struct cell *cell = place(pane, row, column + i);

		if (cell)
			cell->paint.style |= style;
	}
}

void
pane_fill(struct pane pane, struct paint paint)
{
	for (int row = 0; row < pane.rows; row++)
		pane_repeat(pane, row, 0, pane.columns, paint, ' ');
}

/* "─ title ─": returns the columns taken. */
static int
inset(struct pane pane, int row, int column, int width, struct paint paint,
      const char *title)
{
	int n;

	if (!title || !*title || width < 3)
		return 0;
	pane_put(pane, row, column, paint, ' ');
	n = pane_text(pane, row, column + 1, width - 2, paint, text_of(title));
	pane_put(pane, row, column + 1 + n, paint, ' ');
	return n + 2;
}

struct pane
pane_box(struct pane pane, struct paint paint, const char *title, const char *right)
{
	const int bottom = pane.rows - 1, end = pane.columns - 1;
	int n = 0;

	pane_fill(pane, paint);
	for (int row = 1; row < bottom; row++) {
		pane_put(pane, row, 0, paint, 0x2502);
		pane_put(pane, row, end, paint, 0x2502);
	}
	pane_repeat(pane, 0, 1, end - 1, paint, 0x2500);
	pane_repeat(pane, bottom, 1, end - 1, paint, 0x2500);
	pane_put(pane, 0, 0, paint, 0x256d);
	pane_put(pane, 0, end, paint, 0x256e);
	pane_put(pane, bottom, 0, paint, 0x2570);
	pane_put(pane, bottom, end, paint, 0x256f);
	if (right && *right) {
		const int width = clean_columns(text_of(right), end) + 2;

		if (width < end - 4)
			n = inset(pane, 0, end - 1 - width, width, paint, right);
	}
	inset(pane, 0, 2, end - 3 - (n ? n + 2 : 0), paint, title);
	return pane_part(pane, 1, 1, pane.rows - 2, pane.columns - 2);
}

void
pane_rule(struct pane pane, int row, struct paint paint, const char *title)
{
	pane_repeat(pane, row, 0, pane.columns, paint, 0x2500);
	inset(pane, row, 2, pane.columns - 4, paint, title);
}

void
pane_cursor(struct pane pane, int row, int column)
{
	if (!place(pane, row, column))
		return;
	pane.surface->cursor_row = pane.row + row;
	pane.surface->cursor_column = pane.column + column;
}
