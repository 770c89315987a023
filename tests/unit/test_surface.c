/* Panes cut, wide characters keep both halves or none, and no byte gets through. */
#include <limits.h>

#include "base/random.h"
#include "check.h"
#include "term/surface.h"

static struct surface surface;
static struct pane all;

static void
size(int rows, int columns)
{
	surface_resize(&surface, rows, columns);
	all = surface_pane(&surface);
}

static const char *
printed(void)
{
	static char out[8192];
	struct error err;
	struct buffer *buffer = buffer_new(0, &err);

	CHECK(buffer && surface_print(&surface, buffer, &err));
	CHECK(buffer->size < sizeof out);
	memcpy(out, buffer->data, buffer->size);
	out[buffer->size] = '\0';
	buffer_drop(buffer);
	return out;
}

/* Every wide one has its other half behind it, and the other way round. */
static bool
is_whole(void)
{
	for (int row = 0; row < surface.rows; row++)
		for (int column = 0; column < surface.columns; column++) {
			const struct cell *cell = surface_cell(&surface, row, column);

			if (cell->width == 2 &&
			    (column + 1 == surface.columns || cell[1].width != 0))
				return false;
			if (cell->width == 0 && (column == 0 || cell[-1].width != 2))
				return false;
			if (cell->width > 0 && cell->code[0] < ' ')
				return false;
		}
	return true;
}

static void
check_text(void)
{
	size(1, 8);
	CHECK(pane_text(all, 0, 0, 8, PAINT(INK_TEXT), text_of("short")) == 5);
	CHECK_TEXT(printed(), "short\n");
	CHECK(pane_text(all, 0, 0, 6, PAINT(INK_TEXT), text_of("a long one")) == 6);
	CHECK_TEXT(printed(), "a lon\u2026\n");
	CHECK(pane_text(all, 0, 0, 0, PAINT(INK_TEXT), text_of("x")) == 0);
	CHECK(pane_text(all, 0, 8, 5, PAINT(INK_TEXT), text_of("x")) == 0);
	CHECK(pane_text(all, 0, 6, INT_MAX, PAINT(INK_TEXT), text_of("xyz")) == 3);
	CHECK_TEXT(printed(), "a lon\u2026xy\n");
	size(1, 8);
	CHECK(pane_text_right(all, 0, 0, 8, PAINT(INK_TEXT), text_of("12")) == 2);
	CHECK_TEXT(printed(), "      12\n");
	pane_print_right(all, 0, 4, PAINT(INK_TEXT), "%d", 7);
	CHECK_TEXT(printed(), "   7  12\n");
	size(1, 8);
	pane_text(all, 0, -2, 8, PAINT(INK_TEXT), text_of("abcd"));
	CHECK_TEXT(printed(), "cd\n");
}

static void
check_wide(void)
{
	size(1, 5);
	pane_text(all, 0, 0, 5, PAINT(INK_TEXT), text_of("\u4e2d\u6587\u5b57"));
	CHECK_TEXT(printed(), "\u4e2d\u6587\u2026\n");
	pane_put(all, 0, 1, PAINT(INK_TEXT), 'x'); /* onto a right half */
	CHECK_TEXT(printed(), " x\u6587\u2026\n");
	pane_text(all, 0, 1, 2, PAINT(INK_TEXT),
		  text_of("\u5b57")); /* onto a left half */
	CHECK_TEXT(printed(), " \u5b57 \u2026\n");
	CHECK(is_whole());
	size(1, 4);
	/* No room for both halves: at the edge of a pane, of the surface. */
	pane_text(pane_part(all, 0, 0, 1, 1), 0, 0, 2, PAINT(INK_TEXT),
		  text_of("\u4e2d"));
	pane_text(all, 0, 3, 2, PAINT(INK_TEXT), text_of("\u4e2d"));
	CHECK_TEXT(printed(), "\n");
	CHECK(is_whole());
	pane_put(all, 0, 0, PAINT(INK_TEXT), 0x4e2d); /* not of one column */
	pane_put(all, 0, 1, PAINT(INK_TEXT), '\n');
	pane_put(all, 0, 2, PAINT(INK_TEXT), 0x202e);
	CHECK_TEXT(printed(), "\ufffd\u240a\ufffd\n");
}

static void
check_panes(void)
{
	struct pane part, inner;

	size(4, 10);
	part = pane_part(all, 1, 2, 10, 10);
	CHECK(part.rows == 3 && part.columns == 8);
	CHECK(pane_has(part, 1, 2) && !pane_has(part, 0, 2) && !pane_has(part, 1, 1));
	CHECK(pane_part(all, 5, 0, 2, 2).rows == 0 &&
	      pane_part(all, 0, 0, -1, 2).rows == 0);
	pane_put(part, -1, 0, PAINT(INK_TEXT), 'x');
	pane_put(part, 0, -1, PAINT(INK_TEXT), 'x');
	pane_put(part, 3, 0, PAINT(INK_TEXT), 'x');
	pane_put(part, 0, 0, PAINT(INK_TEXT), 'o');
	CHECK_TEXT(printed(), "\n  o\n\n\n");
	/* What begins before the pane keeps its places. */
	pane_text(pane_part(all, 0, -3, 1, 8), 0, 0, 8, PAINT(INK_TEXT),
		  text_of("abcdefgh"));
	CHECK_TEXT(printed(), "defgh\n  o\n\n\n");
	inner = pane_box(all, PAINT(INK_RULE), "title", "right");
	CHECK(inner.rows == 2 && inner.columns == 8);
	CHECK_TEXT(printed(),
		   "\u256d\u2500 tit\u2026 \u2500\u256e\n\u2502        \u2502\n"
		   "\u2502        \u2502\n\u2570\u2500\u2500\u2500\u2500\u2500"
		   "\u2500\u2500\u2500\u256f\n");
	size(1, 14);
	pane_rule(all, 0, PAINT(INK_RULE), "part");
	CHECK_TEXT(printed(), "\u2500\u2500 part \u2500\u2500\u2500\u2500\u2500\u2500\n");
	pane_cursor(all, 0, 3);
	pane_cursor(all, 7, 3);
	CHECK(surface.cursor_row == 0 && surface.cursor_column == 3);
	pane_style(all, 0, 3, 2, STYLE_REVERSE);
	pane_paint(all, 0, 12, 9, PAINT(INK_ERR, STYLE_BOLD));
	CHECK(surface_cell(&surface, 0, 4)->paint.style == STYLE_REVERSE);
	CHECK(surface_cell(&surface, 0, 4)->paint.ink == INK_RULE);
	CHECK(surface_cell(&surface, 0, 13)->paint.ink == INK_ERR);
}

/* Anything anywhere, at any size. */
static void
check_random(void)
{
	static const char *const texts[] = { "\u4e2d\u6587\u5b57",
					     "a\u0301\u0302\u0303",
					     "\x1b]52;c;YQ==\a",
					     "\u202e\xff\xc2\x9b",
					     "plain",
					     "\U0001f600\U0001f600" };
	uint64_t seed = 3;

	for (int round = 0; round < 3000; round++) {
		size((int)random_below(&seed, 6), (int)random_below(&seed, 12));
		for (int i = 0; i < 12; i++) {
			struct pane part = pane_part(all, (int)random_below(&seed, 8) - 2,
						     (int)random_below(&seed, 14) - 2,
						     (int)random_below(&seed, 8) - 1,
						     (int)random_below(&seed, 14) - 1);

			pane_text(part, (int)random_below(&seed, 6) - 1,
				  (int)random_below(&seed, 14) - 3,
				  (int)random_below(&seed, 14) - 1, PAINT(INK_TEXT),
				  text_of(texts[random_below(&seed, COUNT(texts))]));
			if (i == 6)
				pane_box(part, PAINT(INK_RULE), texts[0], texts[5]);
		}
		CHECK(is_whole());
	}
}

int
main(void)
{
	check_text();
	check_wide();
	check_panes();
	check_random();
	surface_release(&surface);
	return check_report();
}
