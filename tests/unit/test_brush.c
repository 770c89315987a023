/* Ends of a brush stay in order and on the bars; what it covers goes by values. */
#include "widget/brush.h"

#include "check.h"

/* Four bars, ten wide each. */
static struct bars
four(void)
{
	struct bars bars = { .n = 4, .has_edges = true };

	for (int i = 0; i < 4; i++) {
		bars.at[i] = (i + 1) * 100;
		bars.edge[i + 1] = (i + 1) * 10;
	}
	return bars;
}

static const struct {
	int anchor, bar;
	const char *range;
	unsigned rows;
} drags[] = {
	{ 1, 2, "10–30", 500 },   { 2, 1, "10–30", 500 },  { 3, 3, "30–40", 400 },
	{ -5, 0, "0–10", 100 },   { 1, 99, "10–40", 900 }, { 99, 99, "30–40", 400 },
	{ -9, 99, "0–40", 1000 },
};

static void
test_drag(void)
{
	const struct bars bars = four();
	struct brush brush;
	char range[BRUSH_RANGE];

	for (size_t i = 0; i < COUNT(drags); i++) {
		CHECK(brush_begin(&brush, "a", &bars));
		brush.anchor = drags[i].anchor;
		brush_reach(&brush, drags[i].bar);
		brush_print(&brush, TYPE_LONG, range);
		CHECK_TEXT(range, drags[i].range);
		CHECK(brush_rows(&brush) == drags[i].rows);
		CHECK(brush.is_high == (drags[i].bar >= drags[i].anchor));
	}
}

static void
test_move(void)
{
	const struct bars bars = four();
	struct brush brush;

	CHECK(brush_begin(&brush, "a", &bars));
	CHECK(brush.from == 0 && brush.to == 3);
	brush_move(&brush, 1);
	CHECK(brush.to == 3);
	brush_move(&brush, -2);
	CHECK(brush.to == 1);
	brush.is_high = false;
	brush_move(&brush, 9);
	CHECK(brush.from == 1 && brush.to == 1);
	brush_move(&brush, -9);
	CHECK(brush.from == 0);
}

static void
test_column(void)
{
	struct bars bars = four();
	struct brush brush;

	CHECK(brush_begin(&brush, "a", &bars));
	CHECK(brush_is_of(&brush, "a") && !brush_is_of(&brush, "b"));
	brush_clear(&brush);
	CHECK(!brush_is_of(&brush, "a") && !brush_is_of(&brush, ""));
	bars.has_edges = false;
	CHECK(!brush_begin(&brush, "a", &bars) && !brush_is_of(&brush, "a"));
}

/* A value alone is told once. */
static void
test_single(void)
{
	struct bars bars = { .n = 2, .has_edges = true, .is_single = true };
	struct brush brush;
	char range[BRUSH_RANGE];

	bars.edge[0] = 3;
	bars.edge[1] = 7;
	CHECK(brush_begin(&brush, "a", &bars));
	brush_print(&brush, TYPE_LONG, range);
	CHECK_TEXT(range, "3–7");
	brush_move(&brush, -1);
	brush_print(&brush, TYPE_LONG, range);
	CHECK_TEXT(range, "3");
}

static bool
is_faint(const struct surface *surface, int column)
{
	return surface_cell(surface, 0, column)->paint.style & STYLE_FAINT;
}

/* On half as many bars those fade whose middle is outside. */
static void
test_draw(void)
{
	const struct bars bars = four();
	struct bars wide = { .n = 2, .has_edges = true };
	struct surface surface = { 0 };
	struct brush brush;

	wide.edge[1] = 20;
	wide.edge[2] = 40;
	surface_resize(&surface, 1, 4);
	CHECK(brush_begin(&brush, "a", &bars));
	brush.from = 2;
	CHECK(brush_draw(surface_pane(&surface), &brush, &bars, 1) == 2);
	CHECK(is_faint(&surface, 0) && is_faint(&surface, 1));
	CHECK(!is_faint(&surface, 2) && !is_faint(&surface, 3));
	surface_clear(&surface);
	CHECK(brush_draw(surface_pane(&surface), &brush, &wide, 2) == 1);
	CHECK(is_faint(&surface, 1) && !is_faint(&surface, 2));
	surface_release(&surface);
}

int
main(void)
{
	test_drag();
	test_move();
	test_column();
	test_single();
	test_draw();
	return check_report();
}
