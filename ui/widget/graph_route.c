/*
 * graph_route - lines through gutters: along a row, up or down in a lane, along a row.
 *
 * What leaves a point is one net, with one lane, unless all of it goes straight on. The
 * order of lanes decides how often nets cross; where one would lie upon another, so that
 * they look like one, counts for a thousand crossings. With few nets all orders are
 * tried; with many, nets share lanes where they leave room for each other (the left-edge
 * rule; Hashimoto, Stevens: "Wire routing by optimizing channel assignment within large
 * apertures", 1971).
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "widget/graph_parts.h"
#include "widget/strokes.h"

enum { TRIED = 6, OVERLAP = 1000, NO_LANE = -1, ARROW_ROOM = 4, LEAST_GUTTER = 5 };

struct net {
	const struct graph_point *from;
	int row;      /* it leaves at */
	int top, end; /* rows that its lane covers */
	int lane;
};

struct gutter {
	struct graph *graph;
	struct arena *arena;
	size_t n; /* nets that need a lane, then others */
	size_t all;
	struct net *nets;
	int lanes;
	int column; /* first one */
	int columns;
};

static int
target_row(const struct gutter *g, const struct net *net, size_t i)
{
	return point_port(&g->graph->points[net->from->out[i]]);
}

static void
measure(const struct gutter *g, struct net *net)
{
	net->row = net->top = net->end = point_port(net->from);
	net->lane = NO_LANE;
	for (size_t i = 0; i < net->from->n_out; i++) {
		const int row = target_row(g, net, i);

		if (row < net->top)
			net->top = row;
		if (row > net->end)
			net->end = row;
	}
}

static void
find_nets(struct gutter *g, const struct graph_layer *layer)
{
	g->nets = ARENA_ARRAY(g->arena, layer->n + 1, struct net);
	for (int straight = 0; straight < 2; straight++) {
		for (size_t i = 0; i < layer->n; i++) {
			struct net *net = &g->nets[g->all];

			net->from = &g->graph->points[layer->points[i]];
			if (!net->from->n_out)
				continue;
			measure(g, net);
			g->all += (net->top == net->end) == straight;
		}
		if (!straight)
			g->n = g->all;
	}
}

/* --- the order of lanes --- */

static bool
aims_at(const struct gutter *g, const struct net *net, int row)
{
	for (size_t i = 0; i < net->from->n_out; i++)
		if (target_row(g, net, i) == row)
			return true;
	return false;
}

/* Crossings if the lane of a is left of that of b. */
static unsigned
cost(const struct gutter *g, const struct net *a, const struct net *b)
{
	unsigned n = 0;

	if (b->row > a->top && b->row < a->end && !aims_at(g, a, b->row))
		n++;
	for (size_t i = 0; i < a->from->n_out; i++) {
		const int row = target_row(g, a, i);

		if (aims_at(g, b, row))
			continue;
		if (row == b->row)
			n += OVERLAP;
		else if (row > b->top && row < b->end)
			n++;
	}
	return n;
}

struct trial {
	size_t n;
	unsigned costs[TRIED][TRIED];
	size_t order[TRIED], best[TRIED];
	unsigned least;
};

static void
try_orders(struct trial *t, size_t at, unsigned so_far)
{
	if (so_far >= t->least)
		return;
	if (at == t->n) {
		t->least = so_far;
		memcpy(t->best, t->order, sizeof t->best);
		return;
	}
	for (size_t i = at; i < t->n; i++) {
		const size_t chosen = t->order[i];
		unsigned more = 0;

		t->order[i] = t->order[at];
		t->order[at] = chosen;
		for (size_t k = 0; k < at; k++)
			more += t->costs[t->order[k]][chosen];
		try_orders(t, at + 1, so_far + more);
		t->order[at] = t->order[i];
		t->order[i] = chosen;
	}
}

static void
try_all(struct gutter *g)
{
	struct trial t = { .n = g->n, .least = UINT_MAX };

	for (size_t a = 0; a < g->n; a++) {
		t.order[a] = a;
		for (size_t b = 0; b < g->n; b++)
			t.costs[a][b] = cost(g, &g->nets[a], &g->nets[b]);
	}
	try_orders(&t, 0, 0);
	for (size_t i = 0; i < g->n; i++)
		g->nets[t.best[i]].lane = (int)i;
	g->lanes = (int)g->n;
}

static int
by_top(const void *a, const void *b)
{
	const struct net *x = a, *y = b;

	return x->top != y->top ? (x->top > y->top) - (x->top < y->top)
				: (x->end > y->end) - (x->end < y->end);
}

/* Each net into the first lane whose last net ended above it. */
static void
left_edge(struct gutter *g)
{
	int *ends = ARENA_ARRAY(g->arena, g->n + 1, int);

	qsort(g->nets, g->n, sizeof *g->nets, by_top);
	for (size_t i = 0; i < g->n; i++) {
		int lane = 0;

		while (lane < g->lanes && ends[lane] >= g->nets[i].top)
			lane++;
		g->nets[i].lane = lane;
		ends[lane] = g->nets[i].end;
		if (lane == g->lanes)
			g->lanes++;
	}
}

/* --- columns --- */

static int
layer_columns(const struct graph *graph, const struct graph_layer *layer)
{
	int most = 1;

	for (size_t i = 0; i < layer->n; i++) {
		const struct graph_point *point = &graph->points[layer->points[i]];

		if (!point->is_line && graph->boxes[point->box].columns > most)
			most = graph->boxes[point->box].columns;
	}
	return most;
}

static int
gutter_columns(const struct graph *graph, int lanes)
{
	if (graph->zoom == ZOOM_DOTS)
		return lanes + 2;
	return lanes + ARROW_ROOM < LEAST_GUTTER ? LEAST_GUTTER : lanes + ARROW_ROOM;
}

/* Where layers begin; nets get their lanes on the way. */
static struct gutter *
lay_columns(struct graph_maker *maker)
{
	struct graph *graph = maker->graph;
	struct gutter *gutters =
		ARENA_ARRAY(maker->arena, graph->n_layers + 1, struct gutter);
	int column = 0;

	for (size_t l = 0; l < graph->n_layers; l++) {
		struct graph_layer *layer = &graph->layers[l];
		struct gutter *g = &gutters[l];

		layer->column = column;
		layer->columns = layer_columns(graph, layer);
		column += layer->columns;
		graph->columns = column;
		*g = (struct gutter){ .graph = graph,
				      .arena = maker->arena,
				      .column = column };
		find_nets(g, layer);
		if (g->n <= TRIED)
			try_all(g);
		else
			left_edge(g);
		g->columns = layer->gutter = gutter_columns(graph, g->lanes);
		column += g->columns;
	}
	for (size_t i = 0; i < graph->n; i++) {
		graph->boxes[i].column = graph->layers[graph->boxes[i].layer].column;
		graph->boxes[i].columns = graph->layers[graph->boxes[i].layer].columns;
	}
	return gutters;
}

/* --- lines --- */

static uint8_t *
cell(const struct graph *graph, int row, int column)
{
	return &graph->lines[(size_t)row * (size_t)graph->columns + (size_t)column];
}

static int
lane_column(const struct gutter *g, const struct net *net)
{
	return g->column + 1 + net->lane;
}

/* Lanes first, with what leaves and joins them. */
static void
draw_lane(const struct gutter *g, const struct net *net)
{
	const int column = lane_column(g, net);

	for (int row = net->top; row <= net->end; row++)
		*cell(g->graph, row, column) |=
			(uint8_t)((row > net->top ? STROKE_UP : 0) |
				  (row < net->end ? STROKE_DOWN : 0));
	*cell(g->graph, net->row, column) |= STROKE_LEFT;
	for (size_t i = 0; i < net->from->n_out; i++)
		*cell(g->graph, target_row(g, net, i), column) |= STROKE_RIGHT;
}

/* Along a row; a lane that only passes is not touched. */
static void
draw_row(struct graph *graph, int row, int from, int end)
{
	for (int column = from; column < end; column++) {
		uint8_t *at = cell(graph, row, column);

		if ((*at & 15) == STROKE_VERTICAL)
			graph->crossings++;
		else
			*at |= STROKE_HORIZONTAL;
	}
}

static void
draw_target(const struct gutter *g, size_t target, int from)
{
	const struct graph_point *to = &g->graph->points[target];
	const int end = g->column + g->columns, row = point_port(to);

	if (to->is_line || g->graph->zoom == ZOOM_DOTS) {
		draw_row(g->graph, row, from, end);
		return;
	}
	draw_row(g->graph, row, from, end - 1);
	*cell(g->graph, row, end - 1) = GRAPH_ARROW;
}

static void
draw_net(const struct gutter *g, const struct net *net)
{
	int column = g->column;

	if (net->lane != NO_LANE) {
		column = lane_column(g, net);
		draw_row(g->graph, net->row, g->column, column++);
	}
	for (size_t i = 0; i < net->from->n_out; i++)
		draw_target(g, net->from->out[i], column);
}

/* Two nets that come to one box pass the same cells; a crossing there is one. */
static void
draw_gutter(const struct gutter *g)
{
	for (size_t i = 0; i < g->n; i++)
		draw_lane(g, &g->nets[i]);
	for (size_t i = 0; i < g->all; i++)
		draw_net(g, &g->nets[i]);
}

bool
graph_route(struct graph_maker *maker)
{
	struct graph *graph = maker->graph;
	const struct gutter *gutters = lay_columns(maker);

	if ((int64_t)graph->rows * graph->columns > GRAPH_CELLS)
		return false;
	graph->lines = arena_alloc(maker->arena,
				   (size_t)graph->rows * (size_t)graph->columns + 1);
	for (size_t l = 0; l + 1 < graph->n_layers; l++)
		draw_gutter(&gutters[l]);
	for (size_t i = graph->n; i < graph->n_points; i++) {
		const struct graph_layer *layer = &graph->layers[graph->points[i].layer];

		draw_row(graph, graph->points[i].row, layer->column,
			 layer->column + layer->columns);
	}
	return true;
}
