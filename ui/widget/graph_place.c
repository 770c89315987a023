/*
 * graph_place - rows of points: each as near as can be to where its lines come from, in
 * the order of its layer, without overlap.
 *
 * A point wants the median of its neighbours. Without the heights of those above it, the
 * rows of a layer may not decrease; the nearest such rows are found by pooling those that
 * would (Ayer, Brunk, Ewing, Reid, Silverman: "An empirical distribution function for
 * sampling with incomplete information", 1955).
 */
#include <math.h>
#include <stdlib.h>

#include "widget/graph_parts.h"

enum { PASSES = 5 };

struct pool { /* points that stand one on the other */
	double sum;
	size_t n;
};

/* Rows between two points of a layer. */
static int
gap(const struct graph_point *above, const struct graph_point *below)
{
	return above->is_line && below->is_line ? 0 : 1;
}

static int
compare_ints(const void *a, const void *b)
{
	const int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

/* The row at which a line from the neighbours on one side would be straight. */
static double
wanted_row(const struct graph *graph, const struct graph_point *point, bool right,
	   int *ports)
{
	const size_t n = right ? point->n_out : point->n_in;
	const size_t *to = right ? point->out : point->in;

	if (!n)
		return point->row;
	for (size_t i = 0; i < n; i++)
		ports[i] = point_port(&graph->points[to[i]]);
	qsort(ports, n, sizeof *ports, compare_ints);
	return (ports[(n - 1) / 2] + ports[n / 2]) / 2.0 - point->rows / 2;
}

/* wants become rows. */
static void
settle_layer(struct graph *graph, const struct graph_layer *layer, struct pool *pools)
{
	size_t n = 0, at = 0;
	int above = 0;

	for (size_t i = 0; i < layer->n; i++) {
		const struct graph_point *point = &graph->points[layer->points[i]];

		if (i)
			above += graph->points[layer->points[i - 1]].rows +
				 gap(&graph->points[layer->points[i - 1]], point);
		pools[n++] = (struct pool){ point->want - above, 1 };
		for (; n > 1 && pools[n - 2].sum / (double)pools[n - 2].n >
					pools[n - 1].sum / (double)pools[n - 1].n;
		     n--) {
			pools[n - 2].sum += pools[n - 1].sum;
			pools[n - 2].n += pools[n - 1].n;
		}
	}
	above = 0;
	for (size_t k = 0; k < n; k++) {
		const int row = (int)floor(pools[k].sum / (double)pools[k].n + 0.5);

		for (size_t i = 0; i < pools[k].n; i++, at++) {
			struct graph_point *point = &graph->points[layer->points[at]];

			if (at)
				above +=
					graph->points[layer->points[at - 1]].rows +
					gap(&graph->points[layer->points[at - 1]], point);
			point->row = row + above;
		}
	}
}

static void
place_layer(struct graph *graph, size_t l, bool right, struct pool *pools, int *ports)
{
	const struct graph_layer *layer = &graph->layers[l];

	for (size_t i = 0; i < layer->n; i++) {
		struct graph_point *point = &graph->points[layer->points[i]];

		point->want = wanted_row(graph, point, right, ports);
	}
	settle_layer(graph, layer, pools);
}

static void
to_the_top(struct graph *graph)
{
	int least = graph->n_points ? graph->points[0].row : 0;

	for (size_t i = 0; i < graph->n_points; i++)
		if (graph->points[i].row < least)
			least = graph->points[i].row;
	graph->rows = 0;
	for (size_t i = 0; i < graph->n_points; i++) {
		struct graph_point *point = &graph->points[i];

		point->row -= least;
		if (graph->rows < point->row + point->rows)
			graph->rows = point->row + point->rows;
		if (!point->is_line)
			graph->boxes[i].row = point->row;
	}
}

void
graph_place(struct graph_maker *maker)
{
	struct graph *graph = maker->graph;
	struct pool *pools = ARENA_ARRAY(maker->arena, graph->n_points + 1, struct pool);
	int *ports = ARENA_ARRAY(maker->arena, graph->n_points + 1, int);

	for (size_t i = 0; i < graph->n_points; i++)
		graph->points[i].want = 0;
	for (size_t l = 0; l < graph->n_layers; l++)
		settle_layer(graph, &graph->layers[l], pools);
	for (int pass = 0; pass < PASSES; pass++)
		for (size_t l = 0; l < graph->n_layers; l++)
			place_layer(graph, pass % 2 ? graph->n_layers - 1 - l : l,
				    pass % 2 == 1, pools, ports);
	to_the_top(graph);
}
