/* Items that do not fit go as a whole; keys stand out. */
#include "widget/hints.h"

#include "check.h"
#include "drawn.h"

static struct arena arena;

static const struct {
	int columns;
	const char *items, *wanted;
} cases[] = {
	{ 20, "", "" },
	{ 20, "one", "one" },
	{ 20, "j/k row  Esc closes", "j/k row  Esc closes" },
	{ 18, "j/k row  Esc closes", "j/k row" },
	{ 18, "j/k row  many words here  Esc closes", "j/k row" },
	{ 19, "j/k row  many words here  Esc closes", "j/k row  Esc closes" },
	{ 17, "408 kinds · 0 missing", "408 kinds" },
	{ 8, "408 kinds · 0 missing", "408 kin…" },
	{ 30, "a b  ·  c · d e", "a b  ·  c · d e" },
	{ 9, "a b  ·  c · d e", "a b  ·  c" },
	{ 8, "a b  ·  c · d e", "a b" },
	{ 6, "都市 · x", "都市" },
	{ 3, "都市 · x", "都…" },
	{ 0, "x  y", "" },
	{ 30, ":keep · Keep the rows like this one.", ":keep · Keep the rows like th…" },
	{ 20, ":keep · Keep the rows like this one.", ":keep" },
};

static void
test_items(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct surface surface = { 0 };
		int taken;

		surface_resize(&surface, 1, 40);
		taken = items_draw(surface_pane(&surface), 0, 0, cases[i].columns,
				   PAINT(INK_TEXT), text_of(cases[i].items));
		CHECK_TEXT(drawn_text(&surface, &arena),
			   arena_print(&arena, "%s\n", cases[i].wanted));
		CHECK(taken <= cases[i].columns);
		surface_release(&surface);
	}
}

/* Keys are shown as '#'. */
static const struct {
	const char *items, *wanted;
} keys[] = {
	{ "Enter apply  Esc discard", "##### apply  ### discard" },
	{ "h/l column · ↑↓ PgDn scroll · / find",
	  "### column · ####### scroll · # find" },
	{ "[ ] brush · Alt-↑ Alt-↓ order", "### brush · ########### order" },
	{ "one key answers · Esc: later", "one key answers · #### later" },
	{ ":chart · A chart of the columns.", ":chart · A chart of the columns." },
	{ "T 2-minute tour · every key", "# 2-minute tour · every key" },
};

static void
test_keys(void)
{
	for (size_t i = 0; i < COUNT(keys); i++) {
		struct surface surface = { 0 };
		const char *wanted = keys[i].wanted;

		surface_resize(&surface, 1, 60);
		hints_draw(surface_pane(&surface), 0, 0, 60, text_of(keys[i].items));
		for (int x = 0; *wanted; x++) {
			const struct cell *cell = surface_cell(&surface, 0, x);

			CHECK((cell->paint.ink == INK_ACCENT) == (*wanted++ == '#'));
			while ((*wanted & 0xc0) == 0x80)
				wanted++;
		}
		surface_release(&surface);
	}
}

int
main(void)
{
	test_items();
	test_keys();
	arena_release(&arena);
	return check_report();
}
