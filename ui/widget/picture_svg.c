/*
 * picture_svg - cells as shapes and text (SVG 1.1).
 *
 * A character is WIDE by HIGH units. What a font may draw with gaps between cells (block
 * elements, braille, lines) is drawn as rectangles and circles; all else is text, in runs
 * of one paint that are told how wide they are.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/markup.h"
#include "term/theme.h"
#include "widget/picture.h"
#include "widget/strokes.h"

enum { WIDE = 8, HIGH = 16, MARGIN = 8, BASELINE = 12, SHADES = 3 };

/* What is printed; the first failure sticks. */
struct svg {
	const struct surface *surface;
	struct buffer *out;
	struct error *err;
	bool ok;
};

static void PRINTF_LIKE(2, 3) put(struct svg *svg, const char *format, ...)
{
	char text[512];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	svg->ok = svg->ok && buffer_append(svg->out, text, (size_t)n, svg->err);
}

/* --- paints --- */

static bool
is_same(struct paint a, struct paint b)
{
	return a.ink == b.ink && a.style == b.style;
}

static struct tint
tint_of(struct paint paint)
{
	struct tint tint = theme_tint(THEME_LIGHT, 256, true, (enum ink)paint.ink);

	tint.style |= paint.style;
	return tint;
}

/* Of the palette of 256: a cube of six steps, then greys. */
static unsigned
colour_of(int place)
{
	static const unsigned steps[] = { 0, 95, 135, 175, 215, 255 };
	const unsigned at = place >= 16 ? (unsigned)place - 16 : 0;
	const unsigned grey = 8 + 10 * (at - 216);

	if (at >= 216)
		return grey << 16 | grey << 8 | grey;
	return steps[at / 36] << 16 | steps[at / 6 % 6] << 8 | steps[at % 6];
}

/* What is reversed stands in the colour of the background. */
static unsigned
colour(struct paint paint)
{
	const struct tint tint = tint_of(paint);

	return colour_of(tint.style & STYLE_REVERSE ? tint.bg : tint.fg);
}

/* --- shapes; in eighths of a cell --- */

static void
put_box(struct svg *svg, int row, int column, struct paint paint, double x, double y,
	double width, double height, double opacity)
{
	put(svg, "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" fill=\"#%06x\"",
	    MARGIN + column * WIDE + x, MARGIN + row * HIGH + y, width, height,
	    colour(paint));
	if (opacity < 1)
		put(svg, " opacity=\"%g\"", opacity);
	put(svg, "/>\n");
}

/* U+2580 to U+2595: halves, eighths, shades. n: cells of it, side by side. */
static void
put_block(struct svg *svg, int row, int column, int n, struct paint paint, uint32_t code)
{
	const double wide = n * WIDE, eighth = HIGH / 8.0;
	const int at = (int)(code - 0x2580);

	if (at == 0 || at == 0x14)
		put_box(svg, row, column, paint, 0, 0, wide, at ? eighth : HIGH / 2.0, 1);
	else if (at <= 8)
		put_box(svg, row, column, paint, 0, HIGH - at * eighth, wide, at * eighth,
			1);
	else if (at < 0x10)
		put_box(svg, row, column, paint, 0, 0, (0x10 - at) * WIDE / 8.0, HIGH, 1);
	else if (at == 0x10 || at == 0x15)
		put_box(svg, row, column, paint, at == 0x10 ? WIDE / 2.0 : WIDE * 7 / 8.0,
			0, at == 0x10 ? WIDE / 2.0 : WIDE / 8.0, HIGH, 1);
	else
		put_box(svg, row, column, paint, 0, 0, wide, HIGH,
			(at - 0x10) / (double)(SHADES + 1));
}

/* U+2596 to U+259F: quarters as bits, from the upper left one on, row by row. */
static void
put_quarters(struct svg *svg, int row, int column, struct paint paint, uint32_t code)
{
	static const uint8_t quarters[] = { 4, 8, 1, 13, 9, 7, 11, 2, 6, 14 };

	for (int i = 0; i < 4; i++)
		if (quarters[code - 0x2596] & 1 << i)
			put_box(svg, row, column, paint, i % 2 * WIDE / 2.0,
				i / 2 * HIGH / 2.0, WIDE / 2.0, HIGH / 2.0, 1);
}

/* U+2800 to U+28FF: two columns of four dots; the lowest two came later. */
static void
put_dots(struct svg *svg, int row, int column, struct paint paint, uint32_t code)
{
	static const uint8_t bits[4][2] = { { 1, 8 }, { 2, 16 }, { 4, 32 }, { 64, 128 } };

	for (int y = 0; y < 4; y++)
		for (int x = 0; x < 2; x++)
			if (code & bits[y][x])
				put(svg,
				    "<circle cx=\"%d\" cy=\"%d\" r=\"1.5\" "
				    "fill=\"#%06x\"/>\n",
				    MARGIN + column * WIDE + 2 + 4 * x,
				    MARGIN + row * HIGH + 2 + 4 * y, colour(paint));
}

/* The sides to which a line leaves its cell; 0: it is no line. */
static unsigned
sides_of(uint32_t code)
{
	static const struct {
		uint16_t code;
		uint8_t sides;
	} others[] = {
		{ 0x250c, STROKE_DOWN | STROKE_RIGHT },
		{ 0x2510, STROKE_DOWN | STROKE_LEFT },
		{ 0x2514, STROKE_UP | STROKE_RIGHT },
		{ 0x2518, STROKE_UP | STROKE_LEFT },
		{ 0x2501, STROKE_HORIZONTAL },
		{ 0x2503, STROKE_VERTICAL },
	};

	for (unsigned sides = STROKE_VERTICAL; sides < 16; sides++)
		if (sides != STROKE_LEFT && sides != STROKE_RIGHT &&
		    stroke_code(sides) == code)
			return sides;
	for (size_t i = 0; i < COUNT(others); i++)
		if (others[i].code == code)
			return others[i].sides;
	return 0;
}

/* n: cells of it, side by side, if it goes across. */
static void
put_line(struct svg *svg, int row, int column, int n, struct paint paint, uint32_t code)
{
	const unsigned sides = sides_of(code);
	const bool is_heavy = code == 0x2501 || code == 0x2503;
	const double x = MARGIN + column * WIDE, y = MARGIN + row * HIGH;
	const double from = sides & STROKE_LEFT ? x : x + WIDE / 2.0;
	const double to = x + (n - 1) * WIDE + (sides & STROKE_RIGHT ? WIDE : WIDE / 2.0);
	const double top = sides & STROKE_UP ? y : y + HIGH / 2.0;
	const double bottom = y + (sides & STROKE_DOWN ? HIGH : HIGH / 2.0);

	put(svg, "<path d=\"");
	if (from < to)
		put(svg, "M%g %gH%g", from, y + HIGH / 2.0, to);
	if (top < bottom)
		put(svg, "M%g %gV%g", x + WIDE / 2.0, top, bottom);
	put(svg, "\" stroke=\"#%06x\" stroke-width=\"%d\"/>\n", colour(paint),
	    is_heavy ? 2 : 1);
}

/* --- cells --- */

enum kind { KIND_TEXT, KIND_BLOCK, KIND_QUARTERS, KIND_DOTS, KIND_LINE };

static enum kind
kind_of(const struct cell *cell)
{
	const uint32_t code = cell->code[0];

	if (code >= 0x2580 && code <= 0x2595)
		return KIND_BLOCK;
	if (code >= 0x2596 && code <= 0x259f)
		return KIND_QUARTERS;
	if (code >= 0x2800 && code <= 0x28ff)
		return KIND_DOTS;
	return sides_of(code) ? KIND_LINE : KIND_TEXT;
}

/* Can one shape stand for several of it, side by side? */
static bool
is_wide(uint32_t code)
{
	return code == 0x2580 || (code >= 0x2581 && code <= 0x2588) ||
	       (code >= 0x2591 && code <= 0x2594) || code == 0x2500 || code == 0x2501;
}

static void
put_cell(struct svg *svg, const struct cell *cell)
{
	char bytes[4 * COUNT(cell->code)];
	size_t n = 0;

	for (size_t i = 0; i < COUNT(cell->code) && cell->code[i] && cell->width; i++)
		n += text_put(cell->code[i], bytes + n);
	svg->ok = svg->ok && markup_xml((struct text){ bytes, n }, svg->out, svg->err);
}

/* Cells of one paint as text; blanks at both ends are left out. */
static void
put_text(struct svg *svg, int row, int column, int end, struct paint paint)
{
	const struct tint tint = tint_of(paint);

	while (column < end && surface_cell(svg->surface, row, column)->code[0] == ' ')
		column++;
	while (end > column && surface_cell(svg->surface, row, end - 1)->code[0] == ' ')
		end--;
	if (column == end)
		return;
	put(svg, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"%s%s>",
	    MARGIN + column * WIDE, MARGIN + row * HIGH + BASELINE, (end - column) * WIDE,
	    colour(paint), tint.style & STYLE_BOLD ? " font-weight=\"bold\"" : "",
	    tint.style & STYLE_UNDERLINE ? " text-decoration=\"underline\"" : "");
	for (; column < end; column++)
		put_cell(svg, surface_cell(svg->surface, row, column));
	put(svg, "</text>\n");
}

/* Where what begins in a column ends: cells of its kind and paint, or of one shape. */
static int
run_end(const struct surface *surface, int row, int column, int end)
{
	const struct cell *first = surface_cell(surface, row, column);
	const enum kind kind = kind_of(first);
	int at = column + 1;

	for (; at < end; at++) {
		const struct cell *cell = surface_cell(surface, row, at);

		if (!is_same(cell->paint, first->paint) || kind_of(cell) != kind ||
		    (kind != KIND_TEXT &&
		     (cell->code[0] != first->code[0] || !is_wide(cell->code[0]))))
			break;
	}
	return at;
}

static void
put_run(struct svg *svg, int row, int column, int end)
{
	const struct cell *cell = surface_cell(svg->surface, row, column);
	const struct paint paint = cell->paint;
	const uint32_t code = cell->code[0];

	if (tint_of(paint).style & STYLE_REVERSE)
		put_box(svg, row, column, PAINT(paint.ink), 0, 0, (end - column) * WIDE,
			HIGH, 1);
	switch (kind_of(cell)) {
	case KIND_BLOCK:
		put_block(svg, row, column, end - column, paint, code);
		break;
	case KIND_QUARTERS:
		put_quarters(svg, row, column, paint, code);
		break;
	case KIND_DOTS:
		put_dots(svg, row, column, paint, code);
		break;
	case KIND_LINE:
		put_line(svg, row, column, end - column, paint, code);
		break;
	case KIND_TEXT:
		put_text(svg, row, column, end, paint);
	}
}

static int
columns_of(const struct surface *surface)
{
	int most = 0;

	for (int row = 0; row < surface->rows; row++)
		if (picture_row_end(surface, row) > most)
			most = picture_row_end(surface, row);
	return most;
}

bool
picture_svg(const struct surface *surface, struct buffer *out, struct error *err)
{
	struct svg svg = { surface, out, err, true };
	const int rows = picture_rows(surface);
	const int wide = columns_of(surface) * WIDE + 2 * MARGIN;
	const int high = rows * HIGH + 2 * MARGIN;

	put(&svg,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
	    "viewBox=\"0 0 %d %d\" font-family=\"ui-monospace, 'DejaVu Sans Mono', "
	    "Menlo, Consolas, monospace\" font-size=\"13\" fill=\"none\" "
	    "xml:space=\"preserve\">\n",
	    wide, high, wide, high);
	put(&svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"#%06x\"/>\n",
	    colour_of(theme_tint(THEME_LIGHT, 256, true, INK_TEXT).bg));
	for (int row = 0; row < rows; row++)
		for (int column = 0; column < picture_row_end(surface, row);) {
			const int end = run_end(surface, row, column,
						picture_row_end(surface, row));

			put_run(&svg, row, column, end);
			column = end;
		}
	put(&svg, "</svg>\n");
	return svg.ok;
}
