/* The rail: rows, lanes and numbers as they are drawn, and moves along them. */
#include "widget/rail.h"

#include <stdlib.h>

#include "drawn.h"
#include "sketch.h"
#include "unit/public_flows.h"

static struct arena arena;
static struct error err;

static char *
drawn(const struct rail *rail, size_t selected, const struct step_standing *standings,
      int rows, int columns)
{
	struct surface surface = { 0 };
	char *text;

	surface_resize(&surface, rows, columns);
	rail_draw(surface_pane(&surface), rail, 0, selected, standings);
	text = drawn_text(&surface, &arena);
	surface_release(&surface);
	return text;
}

static void
check_rows(const struct sketch *rows, const bool *open, size_t selected,
	   const char *wanted)
{
	struct flow flow;
	struct rail rail;

	sketch_flow(rows, &flow);
	rail_make(&flow, open, &rail, &arena);
	CHECK_TEXT(drawn(&rail, selected, NULL, (int)rail.n + 1, 26), wanted);
	flow_release(&flow);
}

static void
test_joins(void)
{
	check_rows(sketch_joins, NULL, 3,
		   "   flow\n"
		   "  ⌂   bookings.csv\n"
		   "  ●   Types\n"
		   "  ●   Drop\n"
		   " ▶●   Impute\n"
		   "  ├─▣ Insight\n"
		   "  │ ⌂ countries.csv\n"
		   "  ├─╯\n"
		   "  ●   Join\n"
		   "  │ ⌂ weather.parquet\n"
		   "  │ ● Cast\n"
		   "  ├─╯\n"
		   "  ●   Join2\n"
		   "  ├─● Group\n"
		   "  │ ⇥ monthly.csv\n"
		   "  ●   One-hot\n"
		   "  ●   Scale\n"
		   "  ├─⇥ train.parquet\n"
		   "  ├─⇥ test.parquet\n"
		   "  ⇥   AutoML\n");
}

/* Lanes that pass are no junctions; a table that is read on goes on. */
static void
test_lanes(void)
{
	static const struct sketch rows[] = {
		{ 's', "a", NULL },    { 's', "b", NULL },       { 's', "c", NULL },
		{ 't', "a+c", "a c" }, { 't', "b+c", "b c" },    { 't', "b2", "b" },
		{ 'd', "out", "a+c" }, { 't', "self", "b2 b2" }, { 0 },
	};
	static const struct sketch crossing[] = {
		{ 's', "a", NULL },    { 's', "b", NULL },      { 's', "c", NULL },
		{ 't', "a+c", "a c" }, { 't', "all", "a+c b" }, { 0 },
	};

	check_rows(rows, NULL, FLOW_NONE,
		   "   flow\n"
		   "  ⌂     a\n"
		   "  │ ⌂   b\n"
		   "  │ ├─● b2\n"
		   "  │ │ ● self\n"
		   "  │ │ ⌂ c\n"
		   "  │ ├─┤\n"
		   "  │ ● │ b+c\n"
		   "  ├───╯\n"
		   "  ●     a+c\n"
		   "  ⇥     out\n");
	check_rows(crossing, NULL, FLOW_NONE,
		   "   flow\n"
		   "  ⌂     a\n"
		   "  │ ⌂   b\n"
		   "  │ │ ⌂ c\n"
		   "  ├─│─╯\n"
		   "  ● │   a+c\n"
		   "  ├─╯\n"
		   "  ●     all\n");
}

static void
test_fold(void)
{
	static const struct sketch rows[] = {
		{ 's', "a", NULL }, { 'a', "1", "a" },
		{ 'a', "2", "a" },  { 'a', "3", "a" },
		{ 'a', "4", "a" },  { 'a', "5", "a" },
		{ 't', "b", "a" },  { 0 },
	};
	static const bool open[COUNT(rows)] = { true };
	struct flow flow;
	struct rail rail;

	check_rows(rows, NULL, 5,
		   "   flow\n"
		   "  ⌂   a\n"
		   "  ├─▣ 1\n"
		   "  ├─▣ 2\n"
		   "  ├─▣ 3\n"
		   " ▶├─▣ +2 more analyses\n"
		   "  ●   b\n");
	check_rows(rows, open, 5,
		   "   flow\n"
		   "  ⌂   a\n"
		   "  ├─▣ 1\n"
		   "  ├─▣ 2\n"
		   "  ├─▣ 3\n"
		   "  ├─▣ 4\n"
		   " ▶├─▣ 5\n"
		   "  ●   b\n");
	sketch_flow(rows, &flow);
	rail_make(&flow, NULL, &rail, &arena);
	CHECK(rail_next(&rail, 3, 1) == 4);
	CHECK(rail_next(&rail, 5, 1) == 6);
	CHECK(rail_next(&rail, 6, -1) == 4);
	CHECK(rail_next(&rail, 6, 9) == 6);
	CHECK(rail_next(&rail, 1, -9) == 0);
	CHECK(rail_at(&rail, 0, 0) == FLOW_NONE);
	CHECK(rail_at(&rail, 0, 1) == 0);
	CHECK(rail_at(&rail, 2, 1) == 2);
	CHECK(rail_at(&rail, 2, 9) == FLOW_NONE);
	flow_release(&flow);
}

static void
test_numbers(void)
{
	static const struct sketch rows[] = {
		{ 's', "a.csv", NULL }, { 't', "less", "a.csv" }, { 't', "more", "less" },
		{ 't', "bad", "more" }, { 'd', "out", "bad" },    { 0 },
	};
	static const struct step_standing standings[] = {
		{ .state = STEP_FINE,
		  .has_rows = true,
		  .has_columns = true,
		  .rows = 1234567,
		  .columns = 8,
		  .problem = "" },
		{ .state = STEP_FINE,
		  .has_rows = true,
		  .has_columns = true,
		  .rows = 1234000,
		  .columns = 8,
		  .problem = "" },
		{ .state = STEP_STALE,
		  .has_rows = true,
		  .has_columns = true,
		  .rows = 1234000,
		  .columns = 11,
		  .is_old = true,
		  .problem = "" },
		{ .state = STEP_WRONG, .problem = "no" },
		{ .state = STEP_BLOCKED, .problem = "" },
	};
	struct flow flow;
	struct rail rail;

	sketch_flow(rows, &flow);
	rail_make(&flow, NULL, &rail, &arena);
	CHECK_TEXT(drawn(&rail, FLOW_NONE, standings, 6, 44),
		   "   flow                 rows/cols   state\n"
		   "  ⌂   a.csv             1.2M×8     ✓\n"
		   "  ●   less              −567 r     ✓\n"
		   "  ●   more              +3         ◌ stale\n"
		   "  ●   bad                          ✗ err\n"
		   "  ⇥   out                          ⊘ blckd\n");
	flow_release(&flow);
}

/* Every node has a row of its own, or is folded, whatever the flow is. */
static void
check_any(const struct flow *flow)
{
	struct rail rail;
	size_t n = 0;

	rail_make(flow, NULL, &rail, &arena);
	for (size_t i = 0; i < rail.n; i++)
		n += rail.rows[i].kind == RAIL_STEP   ? 1
		     : rail.rows[i].kind == RAIL_FOLD ? rail.rows[i].folded
						      : 0;
	CHECK(n == flow->n);
	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++)
			CHECK(rail.row_of[flow->nodes[i].inputs[j].from] <=
			      rail.row_of[i]);
	for (int columns = 0; columns < 60; columns += 7)
		drawn(&rail, 0, NULL, 24, columns);
}

static void
check_public(const char *path)
{
	struct flow flow;

	if (!flow_read(path, &flow, &err))
		return;
	check_any(&flow);
	flow_release(&flow);
	arena_release(&arena);
}

static void
test_random(void)
{
	uint64_t seed = 1;

	for (size_t i = 0; i < 50; i++) {
		struct flow flow;

		sketch_random(&seed, 1 + i * 20, 1 + i % 3, &flow, &arena);
		check_any(&flow);
		flow_release(&flow);
		arena_release(&arena);
	}
}

int
main(void)
{
	test_joins();
	test_lanes();
	test_fold();
	test_numbers();
	test_random();
	public_flows(check_public);
	arena_release(&arena);
	return check_report();
}
