/* picture - runs of cells of one paint, each behind one sequence (ECMA-48, SGR). */
#include "widget/picture.h"

#include <stdio.h>

#include "term/theme.h"

enum { SVG, PLAIN, COLOURED };

const struct ending picture_endings[] = {
	[SVG] = { ".svg", "a picture" },
	[PLAIN] = { ".txt", "plain text" },
	[COLOURED] = { ".ans", "text with colours" },
	{ 0 },
};

static bool
put_paint(struct paint paint, int colours, struct buffer *out, struct error *err)
{
	static const struct {
		uint8_t style;
		const char *code;
	} styles[] = { { STYLE_BOLD, ";1" },
		       { STYLE_FAINT, ";2" },
		       { STYLE_UNDERLINE, ";4" },
		       { STYLE_REVERSE, ";7" } };
	const struct tint tint =
		theme_tint(THEME_AUTO, colours, false, (enum ink)paint.ink);
	const uint8_t style = tint.style | paint.style;
	char code[48];
	int n = snprintf(code, sizeof code, "\033[0");

	for (size_t i = 0; i < COUNT(styles); i++)
		if (style & styles[i].style)
			n += snprintf(code + n, sizeof code - (size_t)n, "%s",
				      styles[i].code);
	if (tint.fg >= 16)
		n += snprintf(code + n, sizeof code - (size_t)n, ";38;5;%d", tint.fg);
	else if (tint.fg >= 0)
		n += snprintf(code + n, sizeof code - (size_t)n, ";%d",
			      tint.fg < 8 ? 30 + tint.fg : 82 + tint.fg);
	n += snprintf(code + n, sizeof code - (size_t)n, "m");
	return buffer_append(out, code, (size_t)n, err);
}

static bool
put_cell(const struct cell *cell, enum tier tier, struct buffer *out, struct error *err)
{
	char bytes[4];

	for (size_t i = 0; i < COUNT(cell->code) && cell->code[i] && cell->width; i++)
		if (!buffer_append(out, bytes,
				   text_put(glyph_for(tier, cell->code[i]), bytes), err))
			return false;
	return true;
}

static bool
is_same(struct paint a, struct paint b)
{
	return a.ink == b.ink && a.style == b.style;
}

/* A blank that is reversed is none. */
static bool
is_blank(const struct cell *cell)
{
	return cell->code[0] == ' ' && !(cell->paint.style & STYLE_REVERSE);
}

int
picture_row_end(const struct surface *surface, int row)
{
	int end = surface->columns;

	while (end > 0 && is_blank(surface_cell(surface, row, end - 1)))
		end--;
	return end;
}

int
picture_rows(const struct surface *surface)
{
	int rows = surface->rows;

	while (rows > 0 && picture_row_end(surface, rows - 1) == 0)
		rows--;
	return rows;
}

static bool
put_row(const struct surface *surface, int row, enum tier tier, int colours,
	struct buffer *out, struct error *err)
{
	const int end = picture_row_end(surface, row);

	for (int column = 0; column < end; column++) {
		const struct cell *cell = surface_cell(surface, row, column);

		if (colours &&
		    (column == 0 ||
		     !is_same(cell->paint,
			      surface_cell(surface, row, column - 1)->paint)) &&
		    !put_paint(cell->paint, colours, out, err))
			return false;
		if (!put_cell(cell, tier, out, err))
			return false;
	}
	return (!colours || end == 0 || buffer_append(out, "\033[0m", 4, err)) &&
	       buffer_append(out, "\n", 1, err);
}

bool
picture_text(const struct surface *surface, enum tier tier, int colours,
	     struct buffer *out, struct error *err)
{
	const int rows = picture_rows(surface);

	for (int row = 0; row < rows; row++)
		if (!put_row(surface, row, tier, colours, out, err))
			return false;
	return true;
}

bool
picture_print(const struct surface *surface, const struct ending *ending,
	      struct buffer *out, struct error *err)
{
	if (ending == &picture_endings[SVG])
		return picture_svg(surface, out, err);
	return picture_text(surface, TIER_UNICODE,
			    ending == &picture_endings[COLOURED] ? 256 : 0, out, err);
}
