/* The canvas: what it looks like, and what holds for any flow. */
#include "widget/graph.h"

#include <stdlib.h>
#include <time.h>

#include "drawn.h"
#include "sketch.h"
#include "unit/public_flows.h"
#include "widget/graph_parts.h"
#include "widget/strokes.h"

static struct arena arena;
static struct error err;

static bool
make(const struct flow *flow, enum zoom zoom, const struct graph *previous,
     struct graph *graph)
{
	const struct graph_options options = {
		.zoom = zoom, .columns = 14, .names = 3, .previous = previous
	};

	return graph_make(flow, &options, graph, &arena);
}

static char *
drawn(const struct graph *graph, size_t selected)
{
	struct surface surface = { 0 };
	char *text;

	surface_resize(&surface, graph->rows, graph->columns);
	graph_draw(surface_pane(&surface), graph, 0, 0, selected, NULL, &arena);
	text = drawn_text(&surface, &arena);
	surface_release(&surface);
	return text;
}

/* --- frames --- */

static void
check_frame(const struct sketch *rows, size_t selected, const char *wanted)
{
	struct flow flow;
	struct graph graph;

	sketch_flow(rows, &flow);
	CHECK(make(&flow, ZOOM_FULL, NULL, &graph));
	CHECK_TEXT(drawn(&graph, selected), wanted);
	CHECK(graph_crossings(&graph) == 0);
	flow_release(&flow);
}

static void
test_frames(void)
{
	static const struct sketch chain[] = {
		{ 's', "a.csv", NULL },
		{ 't', "one", "a.csv" },
		{ 't', "two", "one" },
		{ 't', "three", "two" },
		{ 't', "four", "three" },
		{ 't', "five", "four" },
		{ 'a', "look", "five" },
		{ 'd', "b.csv", "five" },
		{ 0 },
	};
	static const struct sketch branch[] = {
		{ 's', "a.csv", NULL },
		{ 't', "x", "a.csv" },
		{ 't', "y", "a.csv" },
		{ 'd', "out", "y" },
		{ 0 },
	};
	static const struct sketch join[] = {
		{ 's', "a.csv", NULL },
		{ 's', "b.csv", NULL },
		{ 't', "both", "a.csv b.csv" },
		{ 0 },
	};

	check_frame(chain, 5,
		    "                   ╭────────────╮\n"
		    "                   │ ƒ 5 steps  │\n"
		    "╭────────────╮     │   three    │\n"
		    "│ ⌂ a.csv    │     │   four     │     ╭────────────╮\n"
		    "│            ├────▶┤   ▶ five   ├────▶┤ ⇥ b.csv    │\n"
		    "╰────────────╯     │   +2 more  │     ╰────────────╯\n"
		    "                   │ ▣ 1 analy… │\n"
		    "                   ╰────────────╯\n");
	check_frame(branch, FLOW_NONE,
		    "                   ╭────────────╮\n"
		    "╭────────────╮ ╭──▶┤ ƒ x        │\n"
		    "│ ⌂ a.csv    │ │   ╰────────────╯\n"
		    "│            ├─┤\n"
		    "╰────────────╯ │   ╭────────────╮     ╭────────────╮\n"
		    "               ╰──▶┤ ƒ y        ├────▶┤ ⇥ out      │\n"
		    "                   ╰────────────╯     ╰────────────╯\n");
	check_frame(join, FLOW_NONE,
		    "╭────────────╮\n"
		    "│ ⌂ a.csv    │\n"
		    "│            ├─╮\n"
		    "╰────────────╯ │\n"
		    "               │    ╭────────────╮\n"
		    "╭────────────╮ ╰┬──▶┤ ƒ both     │\n"
		    "│ ⌂ b.csv    │  │   ╰────────────╯\n"
		    "│            ├──╯\n"
		    "╰────────────╯\n");
}

/* --- what holds for any flow --- */

static bool
overlap(const struct graph_box *a, const struct graph_box *b)
{
	return a->row < b->row + b->rows && b->row < a->row + a->rows &&
	       a->column < b->column + b->columns && b->column < a->column + a->columns;
}

static void
check_boxes(const struct graph *graph)
{
	size_t n = 0, overlaps = 0;

	for (size_t i = 0; i < graph->n; i++) {
		const struct graph_box *box = &graph->boxes[i];

		n += box->n + box->n_analyses;
		CHECK(box->row >= 0 && box->row + box->rows <= graph->rows);
		CHECK(box->column + box->columns <= graph->columns);
		for (size_t j = i + 1; j < graph->n; j++)
			overlaps += overlap(box, &graph->boxes[j]);
	}
	CHECK(overlaps == 0);
	CHECK(n == graph->flow->n);
}

struct walker { /* along lines, cell by cell */
	const struct graph *graph;
	bool *seen;
	int *stack; /* row, column */
	size_t n;
};

static void
step_to(struct walker *w, int row, int column)
{
	const size_t at = (size_t)row * (size_t)w->graph->columns + (size_t)column;

	if (row < 0 || row >= w->graph->rows || column < 0 ||
	    column >= w->graph->columns || w->seen[at] || !w->graph->lines[at])
		return;
	w->seen[at] = true;
	w->stack[w->n++] = row;
	w->stack[w->n++] = column;
}

/* A line that crosses a lane goes on behind the gap. */
static void
go_right(struct walker *w, int row, int column)
{
	const uint8_t *lines = w->graph->lines + (size_t)row * (size_t)w->graph->columns;

	for (column++; column < w->graph->columns && lines[column] == STROKE_VERTICAL;
	     column++)
		;
	step_to(w, row, column);
}

static void
flood(struct walker *w, const struct graph_box *from, const struct graph_point *point)
{
	memset(w->seen, 0, (size_t)w->graph->rows * (size_t)w->graph->columns);
	w->n = 0;
	step_to(w, point_port(point), from->column + from->columns);
	while (w->n) {
		const int column = w->stack[--w->n], row = w->stack[--w->n];
		const uint8_t lines =
			w->graph->lines[(size_t)row * (size_t)w->graph->columns +
					(size_t)column];

		if (lines & STROKE_UP)
			step_to(w, row - 1, column);
		if (lines & STROKE_DOWN)
			step_to(w, row + 1, column);
		if (lines & STROKE_RIGHT)
			go_right(w, row, column);
	}
}

/* From the edge of a box lines lead to the arrow of every box that reads it. */
static void
check_lines(const struct graph *graph)
{
	const size_t cells = (size_t)graph->rows * (size_t)graph->columns;
	struct walker w = { graph, calloc(cells, 1), calloc(2 * cells + 2, sizeof(int)),
			    0 };
	const struct flow *flow = graph->flow;
	size_t lost = 0;

	for (size_t i = 0; i < flow->n; i++) {
		const size_t from = graph->box_of[i];
		bool is_flooded = false;

		for (size_t k = 0; k < flow->n; k++)
			for (size_t j = 0; j < flow->nodes[k].n_inputs; j++) {
				const size_t to = graph->box_of[k];

				if (flow->nodes[k].inputs[j].from != i || to == from)
					continue;
				if (!is_flooded)
					flood(&w, &graph->boxes[from],
					      &graph->points[from]);
				is_flooded = true;
				lost += !w.seen[(size_t)point_port(&graph->points[to]) *
							(size_t)graph->columns +
						(size_t)graph->boxes[to].column - 1];
			}
	}
	CHECK(lost == 0);
	free(w.seen);
	free(w.stack);
}

static double
milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* In layers from left to right. */
static void
check_direction(const struct graph *graph)
{
	const struct flow *flow = graph->flow;

	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++) {
			const size_t from = graph->box_of[flow->nodes[i].inputs[j].from];
			const size_t to = graph->box_of[i];

			CHECK(from == to ||
			      graph->boxes[from].layer < graph->boxes[to].layer);
		}
}

static void
test_random(size_t n, size_t chain, size_t times)
{
	uint64_t seed = n;
	double sum = 0;
	size_t made = 0;

	for (size_t i = 0; i < times; i++) {
		struct flow flow;
		struct graph graph;
		double start;

		sketch_random(&seed, n, chain, &flow, &arena);
		start = milliseconds();
		if (make(&flow, ZOOM_FULL, NULL, &graph)) {
			sum += milliseconds() - start;
			made++;
			check_boxes(&graph);
			check_direction(&graph);
			check_lines(&graph);
		}
		flow_release(&flow);
		arena_release(&arena);
	}
	printf("%zu random nodes: %.1f ms each\n", n, sum / (double)made);
	CHECK(made == times);
	CHECK(sum / (double)made < 50);
}

/* Thousands of nodes are refused at once. */
static void
test_large(void)
{
	uint64_t seed = 5;
	struct flow flow;
	struct graph graph;
	double start;

	sketch_random(&seed, 20000, 4, &flow, &arena);
	start = milliseconds();
	CHECK(!make(&flow, ZOOM_FULL, NULL, &graph));
	CHECK(milliseconds() - start < 500);
	flow_release(&flow);
	arena_release(&arena);
}

/* What any name says stays in its box. */
static void
test_hostile(void)
{
	static const struct sketch rows[] = {
		{ 's',
		  "\033[2J\n\r\tx\xe2\x80\xae"
		  "abc",
		  NULL },
		{ 't', "\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2",
		  "\033[2J\n\r\tx\xe2\x80\xae"
		  "abc" },
		{ 0 },
	};
	struct flow flow;
	struct graph graph;

	sketch_flow((const struct sketch[]){ rows[0], { 0 } }, &flow);
	CHECK(make(&flow, ZOOM_FULL, NULL, &graph));
	CHECK_TEXT(drawn(&graph, 0), "╭────────────╮\n"
				     "│ ⌂ ␛[2J␊␍␉… │\n"
				     "│            │\n"
				     "╰────────────╯\n");
	flow_release(&flow);
	sketch_flow((const struct sketch[]){ { 's', rows[1].name, NULL }, { 0 } }, &flow);
	CHECK(make(&flow, ZOOM_NAMES, NULL, &graph));
	CHECK_TEXT(drawn(&graph, 0), "╭────────────╮\n"
				     "│ ⌂ 漢字漢…  │\n"
				     "╰────────────╯\n");
	flow_release(&flow);
}

/* A box more does not turn the others round. */
static void
test_stable(void)
{
	static const struct sketch before[] = {
		{ 's', "a", NULL },
		{ 't', "b", "a" },
		{ 't', "c", "a" },
		{ 't', "d", "a" },
		{ 0 },
	};
	static const struct sketch after[] = {
		{ 's', "a", NULL }, { 't', "d", "a" }, { 't', "e", "a" },
		{ 't', "c", "a" },  { 't', "b", "a" }, { 0 },
	};
	struct flow one, two;
	struct graph first, second;

	sketch_flow(before, &one);
	sketch_flow(after, &two);
	CHECK(make(&one, ZOOM_FULL, NULL, &first));
	CHECK(make(&two, ZOOM_FULL, &first, &second));
	for (size_t i = 0; i < one.n; i++)
		for (size_t j = 0; j < one.n; j++) {
			const struct graph_box *a = &first.boxes[first.box_of[i]];
			const struct graph_box *b = &first.boxes[first.box_of[j]];
			const size_t k = flow_place(&two, one.nodes[i].id);
			const size_t l = flow_place(&two, one.nodes[j].id);

			if (a->layer == b->layer && a->row < b->row)
				CHECK(second.boxes[second.box_of[k]].row <
				      second.boxes[second.box_of[l]].row);
		}
	flow_release(&one);
	flow_release(&two);
}

/* A chain that is opened is a box a step, from there on. */
static void
test_open(void)
{
	struct flow flow;
	struct graph graph;
	bool open[COUNT(sketch_joins)] = { 0 };
	const struct graph_options options = { .columns = 14, .names = 3, .open = open };
	size_t folded;

	sketch_flow(sketch_joins, &flow);
	CHECK(make(&flow, ZOOM_FULL, NULL, &graph));
	folded = graph.n;
	open[flow_place(&flow, "Types")] = true;
	CHECK(graph_make(&flow, &options, &graph, &arena));
	CHECK(graph.n == folded + 2);
	check_boxes(&graph);
	check_lines(&graph);
	open[flow_place(&flow, "Types")] = false;
	open[flow_place(&flow, "Impute")] = true;
	CHECK(graph_make(&flow, &options, &graph, &arena));
	CHECK(graph.n == folded + 1);
	flow_release(&flow);
}

static void
test_moves(void)
{
	struct flow flow;
	struct graph graph;
	size_t at;

	sketch_flow(sketch_joins, &flow);
	CHECK(make(&flow, ZOOM_FULL, NULL, &graph));
	at = flow_place(&flow, "bookings.csv");
	at = graph_towards(&graph, at, TOWARDS_RIGHT);
	CHECK_TEXT(flow.nodes[at].name, "Types");
	CHECK(graph_towards(&graph, at, TOWARDS_LEFT) ==
	      flow_place(&flow, "bookings.csv"));
	at = graph_towards(&graph, at, TOWARDS_DOWN);
	CHECK_TEXT(flow.nodes[at].name, "Drop");
	at = graph_towards(&graph, at, TOWARDS_RIGHT);
	CHECK_TEXT(flow.nodes[at].name, "Join");
	at = graph_towards(&graph, at, TOWARDS_RIGHT);
	CHECK_TEXT(flow.nodes[at].name, "Join2");
	at = graph_towards(&graph, at, TOWARDS_UP);
	CHECK_TEXT(flow.nodes[at].name, "Join2");
	at = graph_towards(&graph, flow_place(&flow, "train.parquet"), TOWARDS_DOWN);
	CHECK_TEXT(flow.nodes[at].name, "test.parquet");
	at = graph_towards(&graph, flow_place(&flow, "Insight"), TOWARDS_LEFT);
	CHECK_TEXT(flow.nodes[at].name, "Impute");
	flow_release(&flow);
}

static void
test_cells(void)
{
	struct flow flow;
	struct graph graph;
	const struct graph_box *box;
	size_t place;

	sketch_flow(sketch_joins, &flow);
	CHECK(make(&flow, ZOOM_FULL, NULL, &graph));
	place = flow_place(&flow, "Types");
	box = &graph.boxes[graph.box_of[place]];
	CHECK(graph_at(&graph, box->row, box->column, FLOW_NONE) == place);
	CHECK(graph_at(&graph, box->row + 3, box->column + 3, FLOW_NONE) ==
	      flow_place(&flow, "Drop"));
	CHECK(graph_at(&graph, box->row + 5, box->column + 3, FLOW_NONE) ==
	      flow_place(&flow, "Insight"));
	CHECK(graph_at(&graph, box->row, box->column - 1, FLOW_NONE) == FLOW_NONE);
	flow_release(&flow);
}

static double slowest;
static size_t n_crossings;

static void
draw_public(const char *path)
{
	struct flow flow;
	struct graph graph;
	double start;

	if (!flow_read(path, &flow, &err))
		return;
	for (int zoom = 0; zoom < ZOOM_COUNT; zoom++) {
		start = milliseconds();
		CHECK(make(&flow, (enum zoom)zoom, NULL, &graph));
		slowest = milliseconds() - start > slowest ? milliseconds() - start
							   : slowest;
		n_crossings += graph_crossings(&graph);
		check_boxes(&graph);
		check_lines(&graph);
		drawn(&graph, flow.order[flow.n - 1]);
	}
	flow_release(&flow);
	arena_release(&arena);
}

int
main(void)
{
	test_frames();
	test_hostile();
	test_stable();
	test_open();
	test_moves();
	test_cells();
	test_random(20, 2, 200);
	test_random(200, 2, 20);
	test_random(200, 1, 20);
	test_random(1000, 8, 10);
	test_large();
	public_flows(draw_public);
	CHECK(n_crossings == 0);
	printf("public flows: %.2f ms at most\n", slowest);
	arena_release(&arena);
	return check_report();
}
