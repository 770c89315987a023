/* Endings of names, and lists of them. */
#include "base/ending.h"

#include "check.h"

static const struct ending pictures[] = { { ".svg", "a" }, { ".txt", "b" }, { 0 } };
static const struct ending tables[] = { { ".csv", "c" }, { ".txt", "d" }, { 0 } };

static void
test_fits(void)
{
	CHECK(ending_fits("a.svg", ".svg") && ending_fits("/b/A.SVG", ".svg"));
	CHECK(!ending_fits(".svg", ".svg") && !ending_fits("/b/.svg", ".svg"));
	CHECK(!ending_fits("asvg", ".svg") && !ending_fits("", ".svg"));
	CHECK(ending_of(pictures, "x.txt") == &pictures[1]);
	CHECK(!ending_of(pictures, "x.csv") && !ending_of(NULL, "x.csv"));
}

static void
test_in(void)
{
	CHECK_TEXT(ending_in("a.b.c"), ".c");
	CHECK_TEXT(ending_in("a.b/c"), "");
	CHECK_TEXT(ending_in("/x/.hidden"), "");
	CHECK_TEXT(ending_in("a."), ".");
	CHECK_TEXT(ending_in(""), "");
}

static void
test_lists(struct arena *arena)
{
	const struct ending *both = ending_join(pictures, tables, arena);
	struct error err;

	CHECK_TEXT(ending_print(both, arena), ".svg, .txt or .csv");
	CHECK_TEXT(both[1].what, "b");
	CHECK_TEXT(ending_print(ending_join(NULL, tables, arena), arena), ".csv or .txt");
	CHECK_TEXT(ending_print(ending_join(NULL, NULL, arena), arena), "");
	CHECK(ending_need(both, "x.csv", "it", &err) == &both[2]);
	CHECK(!ending_need(both, "x.png", "a chart", &err));
	CHECK_TEXT(err.text, "'x.png': a chart is not written as .png, but as .svg, "
			     ".txt or .csv");
}

int
main(void)
{
	struct arena arena = { 0 };

	test_fits();
	test_in();
	test_lists(&arena);
	arena_release(&arena);
	return check_report();
}
