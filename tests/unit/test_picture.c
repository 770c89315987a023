/* A surface as text, with colours, and as SVG: cells keep their places. */
#include "check.h"
#include "drawn.h"
#include "widget/picture.h"

static struct arena arena;

static const char *
printed(const struct surface *surface, const char *path)
{
	const struct ending *ending = ending_of(picture_endings, path);
	struct error err;
	struct buffer *out = buffer_new(0, &err);
	const char *text;

	CHECK(ending && picture_print(surface, ending, out, &err));
	text = arena_text_n(&arena, out->data, out->size);
	buffer_drop(out);
	return text;
}

/* "a<b", a bar of two and a half, a corner, dots, a quarter; below it nothing. */
static void
draw(struct surface *surface)
{
	struct pane pane;

	surface_resize(surface, 3, 20);
	pane = surface_pane(surface);
	pane_text(pane, 0, 1, 8, PAINT(INK_ERR), text_of("a<b & \xe4\xb8\xad"));
	pane_repeat(pane, 1, 0, 2, PAINT(INK_BAR), 0x2588);
	pane_put(pane, 1, 2, PAINT(INK_BAR), 0x258c);
	pane_put(pane, 1, 4, PAINT(INK_RULE), 0x2514);
	pane_put(pane, 1, 5, PAINT(INK_TEXT), 0x2809);
	pane_put(pane, 1, 6, PAINT(INK_TEXT), 0x2597);
	pane_text(pane, 1, 8, 4, PAINT(INK_TEXT, STYLE_REVERSE), text_of("on"));
}

static bool
has(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

int
main(void)
{
	struct surface surface = { 0 };
	const char *svg;

	draw(&surface);
	CHECK_TEXT(printed(&surface, "x.txt"), " a<b & \xe4\xb8\xad\n██▌ └⠉▗ on\n");
	CHECK(has(printed(&surface, "x.ans"), "\033[0;1;31ma<b & \xe4\xb8\xad\033[0m\n"));
	svg = printed(&surface, "x.svg");
	CHECK(has(svg, "width=\"96\" height=\"48\""));
	CHECK(has(svg, "<text x=\"16\" y=\"20\" textLength=\"64\" fill=\"#af0000\" "
		       "font-weight=\"bold\">a&lt;b &amp; \xe4\xb8\xad</text>"));
	CHECK(has(svg, "<rect x=\"8\" y=\"24\" width=\"16\" height=\"16\""));
	CHECK(has(svg, "<rect x=\"24\" y=\"24\" width=\"4\" height=\"16\""));
	CHECK(has(svg, "<path d=\"M44 32H48M44 24V32\""));
	CHECK(has(svg, "<circle cx=\"50\" cy=\"26\"") &&
	      has(svg, "<circle cx=\"54\" cy=\"26\"") && !has(svg, "cy=\"30\""));
	CHECK(has(svg, "<rect x=\"60\" y=\"32\" width=\"4\" height=\"8\""));
	/* reversed: a box, and the text in the colour of the paper */
	CHECK(has(svg, "<rect x=\"72\" y=\"24\" width=\"16\" height=\"16\" "
		       "fill=\"#262626\"/>\n<text x=\"72\" y=\"36\" textLength=\"16\" "
		       "fill=\"#ffffff\">on</text>"));
	CHECK(svg[strlen(svg) - 1] == '\n' && has(svg, "</svg>\n"));

	surface_resize(&surface, 2, 2);
	CHECK_TEXT(printed(&surface, "x.txt"), "");
	CHECK(has(printed(&surface, "x.svg"), "width=\"16\" height=\"16\""));
	surface_release(&surface);
	arena_release(&arena);
	return check_report();
}
