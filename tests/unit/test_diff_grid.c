/* What was and what will be, side by side, in a pane of any size. */
#include "widget/diff_grid.h"

#include "check.h"
#include "desk/preview_diff.h"
#include "drawn.h"

static struct error err;
static struct arena mem;
static struct surface surface;

static struct column *
texts(const char *const *values, size_t n)
{
	struct build build;
	struct column *column;

	build_start(&build, TYPE_STRING, n);
	for (size_t i = 0; i < n; i++) {
		if (values[i])
			build_text(&build, text_of(values[i]));
		else
			build_null(&build);
	}
	column = build_end(&build, &err);
	CHECK(column);
	return column;
}

#define TEXTS(...)                                  \
	texts((const char *const[]){ __VA_ARGS__ }, \
	      COUNT(((const char *const[]){ __VA_ARGS__ })))

static void
add(struct schema *schema, struct batch *batch, const char *name, struct column *column)
{
	batch_take(batch, schema->n, column);
	schema_add(schema, name, TYPE_STRING, &mem);
}

/* name changes, kind becomes two columns, id passes; rows as they are, or one of them
 * gone. */
static struct preview
example(bool drops)
{
	struct preview p = { 0 };
	static const int from[] = { 0, -1, -1, -1 }, of[] = { -1, 1, 2, 2 };
	const struct diff_hints hints = { .from = from, .of = of, .by_place = !drops };

	p.before = batch_new(3, 3, &err);
	add(&p.before_schema, p.before, "id", TEXTS("1", "2", "3"));
	add(&p.before_schema, p.before, "name", TEXTS("ann", NULL, "cy"));
	add(&p.before_schema, p.before, "kind", TEXTS("a", "b", "a"));
	p.after = batch_new(4, drops ? 2 : 3, &err);
	if (drops) {
		add(&p.after_schema, p.after, "id", TEXTS("1", "3"));
		add(&p.after_schema, p.after, "name", TEXTS("ANN", "CY"));
		add(&p.after_schema, p.after, "kind_a", TEXTS("1", "1"));
		add(&p.after_schema, p.after, "kind_b", TEXTS("0", "0"));
	} else {
		add(&p.after_schema, p.after, "id", TEXTS("1", "2", "3"));
		add(&p.after_schema, p.after, "name", TEXTS("ANN", NULL, "CY"));
		add(&p.after_schema, p.after, "kind_a", TEXTS("1", "0", "1"));
		add(&p.after_schema, p.after, "kind_b", TEXTS("0", "1", "0"));
	}
	CHECK(preview_diff(&p, &hints, &err));
	return p;
}

static void
release(struct preview *p)
{
	batch_free(p->before);
	batch_free(p->after);
	arena_release(&p->arena);
}

static const char *
drawn(struct diff_grid *grid, const struct preview *p, int rows, int columns)
{
	const struct names none = { 0 };

	surface_resize(&surface, rows, columns);
	diff_grid_draw(grid, surface_pane(&surface), p, &none);
	return drawn_text(&surface, &mem);
}

static void
check_sides(void)
{
	struct preview p = example(false);
	struct diff_grid grid = { 0 };

	CHECK_TEXT(drawn(&grid, &p, 8, 50),
		   "                ╶+kind_───╴\n"
		   "\n"
		   " ~name    −kind  a     b     id\n"
		   " ─────────────────────────────────────────────────\n"
		   " ~ann→ANN −a    +1    +0     1\n"
		   "  ∅       −b    +0    +1     2\n"
		   " ~cy→CY   −a    +1    +0     3\n"
		   " rows 1–3 of 3 · cols 1–5/5 · Alt-D result\n");
	CHECK(surface_cell(&surface, 4, 1)->paint.ink == INK_CHANGED);
	CHECK(surface_cell(&surface, 4, 10)->paint.ink == INK_REMOVED);
	CHECK(surface_cell(&surface, 4, 16)->paint.ink == INK_ADDED);
	CHECK(surface_cell(&surface, 4, 29)->paint.ink == INK_TEXT);
	grid.is_result = true;
	CHECK_TEXT(drawn(&grid, &p, 8, 50),
		   "             ╶kind_────╴\n"
		   "\n"
		   "  id    name  a     b\n"
		   " ─────────────────────────────────────────────────\n"
		   "  1     ANN   1     0\n"
		   "  2     ∅     0     1\n"
		   "  3     CY    1     0\n"
		   " rows 1–3 of 3 · cols 1–4/4 · Alt-D diff\n");
	release(&p);
}

/* A row that goes stays where it was, in another colour and with its sign. */
static void
check_gone(void)
{
	struct preview p = example(true);
	struct diff_grid grid = { 0 };

	CHECK_TEXT(drawn(&grid, &p, 8, 50),
		   "                ╶+kind_───╴\n"
		   "\n"
		   " ~name    −kind  a     b     id\n"
		   " ─────────────────────────────────────────────────\n"
		   " ~ann→ANN −a    +1    +0     1\n"
		   "− ∅        b                 2\n"
		   " ~cy→CY   −a    +1    +0     3\n"
		   " rows 1–3 of 3 · cols 1–5/5 · Alt-D result\n");
	CHECK(surface_cell(&surface, 5, 29)->paint.ink == INK_REMOVED);
	release(&p);
}

/* However it is scrolled, whatever the pane. */
static void
check_scrolling(void)
{
	struct preview p = example(true);
	struct diff_grid grid = { 0 };

	drawn(&grid, &p, 6, 20);
	diff_grid_scroll(&grid, 100, 100);
	CHECK(grid.top == 2 && grid.left == 4);
	CHECK_TEXT(drawn(&grid, &p, 6, 20), "\n"
					    "\n"
					    "  id\n"
					    " ───────────────────\n"
					    "  3\n"
					    " rows 3–3 of 3\n");
	diff_grid_scroll(&grid, -100, -100);
	CHECK(grid.top == 0 && grid.left == 0);
	diff_grid_next(&grid, &p);
	CHECK(grid.top == 0);
	for (int rows = 0; rows < 9; rows++)
		for (int columns = 0; columns < 30; columns += 3)
			drawn(&grid, &p, rows, columns);
	release(&p);
}

int
main(void)
{
	check_sides();
	check_gone();
	check_scrolling();
	surface_release(&surface);
	arena_release(&mem);
	return check_report();
}
