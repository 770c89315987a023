/*
 * graph_order - which layer, and which place in it.
 *
 * A line that passes layers is a point in each of them, shared by all edges of its box.
 * Places come from sweeps over the layers: a point goes where its neighbours in the layer
 * before it are on average; ties stay as they were. The best of all orders is kept.
 */
#include <string.h>

#include "widget/graph_parts.h"

enum { SWEEPS = 12, SWAPS = 8, POINTS = 16 * GRAPH_BOXES };

struct link {
	size_t from, to; /* points of neighbouring layers */
};

/* Inputs come before users in the flow's order, so one pass is enough. */
static void
find_layers(struct graph_maker *maker)
{
	struct graph *graph = maker->graph;
	const struct flow *flow = graph->flow;

	for (size_t k = 0; k < flow->n; k++) {
		const struct node *node = &flow->nodes[flow->order[k]];
		struct graph_box *box = &graph->boxes[graph->box_of[flow->order[k]]];

		for (size_t j = 0; j < node->n_inputs; j++) {
			const struct graph_box *from;

			if (node->inputs[j].from == FLOW_NONE)
				continue;
			from = &graph->boxes[graph->box_of[node->inputs[j].from]];
			if (from != box && box->layer <= from->layer)
				box->layer = from->layer + 1;
		}
	}
}

/* What reads nothing stands just left of its first reader. */
static void
pull_sources(struct graph_maker *maker)
{
	struct graph *graph = maker->graph;
	int *first = ARENA_ARRAY(maker->arena, graph->n + 1, int);

	for (size_t i = 0; i < maker->n_edges; i++) {
		const struct graph_edge *edge = &maker->edges[i];
		const int layer = graph->boxes[edge->to].layer;

		if (!first[edge->from] || layer < first[edge->from])
			first[edge->from] = layer;
	}
	for (size_t i = 0; i < graph->n; i++)
		if (graph->boxes[i].layer == 0 && first[i] > 1)
			graph->boxes[i].layer = first[i] - 1;
}

/* The last layer that lines of a box pass. */
static int
last_passed(const struct graph_maker *maker, size_t *edge, size_t box)
{
	int last = maker->graph->boxes[box].layer;

	for (; *edge < maker->n_edges && maker->edges[*edge].from == box; ++*edge) {
		const int before = maker->graph->boxes[maker->edges[*edge].to].layer - 1;

		if (before > last)
			last = before;
	}
	return last;
}

static struct graph_point *
add_point(struct graph *graph, size_t box, int layer)
{
	struct graph_point *point = &graph->points[graph->n_points++];

	point->box = box;
	point->layer = layer;
	point->rows = 1;
	return point;
}

/* Where lines of each box begin among the points: behind all boxes. */
static size_t
count_points(struct graph_maker *maker, size_t *passes)
{
	const struct graph *graph = maker->graph;
	size_t edge = 0;

	passes[0] = graph->n;
	for (size_t i = 0; i < graph->n; i++) {
		const int last = last_passed(maker, &edge, i);

		passes[i + 1] = passes[i] + (size_t)(last - graph->boxes[i].layer);
	}
	return passes[graph->n];
}

/* Boxes first; then lines, those of a box in order. */
static bool
make_points(struct graph_maker *maker, size_t *passes)
{
	struct graph *graph = maker->graph;
	const size_t n = count_points(maker, passes);

	if (n > POINTS)
		return false;
	graph->points = ARENA_ARRAY(maker->arena, n + 1, struct graph_point);
	for (size_t i = 0; i < graph->n; i++)
		add_point(graph, i, graph->boxes[i].layer)->rows = graph->boxes[i].rows;
	for (size_t i = 0; i < graph->n; i++)
		for (size_t p = passes[i]; p < passes[i + 1]; p++)
			add_point(graph, i,
				  graph->boxes[i].layer + 1 + (int)(p - passes[i]))
				->is_line = true;
	return true;
}

/* The point of a box in a layer: itself, or a line of it. */
static size_t
point_in(const struct graph *graph, const size_t *passes, size_t box, int layer)
{
	const int by = layer - graph->boxes[box].layer;

	return by == 0 ? box : passes[box] + (size_t)by - 1;
}

static void
fill_links(struct graph_maker *maker, const struct link *links, size_t n)
{
	struct graph *graph = maker->graph;
	size_t *room = ARENA_ARRAY(maker->arena, 2 * n + 1, size_t);

	for (size_t i = 0; i < n; i++) {
		graph->points[links[i].from].n_out++;
		graph->points[links[i].to].n_in++;
	}
	for (size_t i = 0; i < graph->n_points; i++) {
		struct graph_point *point = &graph->points[i];

		point->in = room;
		point->out = room + point->n_in;
		room += point->n_in + point->n_out;
		point->n_in = point->n_out = 0;
	}
	for (size_t i = 0; i < n; i++) {
		struct graph_point *from = &graph->points[links[i].from];
		struct graph_point *to = &graph->points[links[i].to];

		from->out[from->n_out++] = links[i].to;
		to->in[to->n_in++] = links[i].from;
	}
}

static void
make_links(struct graph_maker *maker, const size_t *passes)
{
	const struct graph *graph = maker->graph;
	struct link *links = ARENA_ARRAY(
		maker->arena, maker->n_edges + graph->n_points + 1, struct link);
	size_t n = 0;

	for (size_t i = 0; i < graph->n; i++)
		for (size_t p = passes[i]; p < passes[i + 1]; p++)
			links[n++] = (struct link){ p == passes[i] ? i : p - 1, p };
	for (size_t i = 0; i < maker->n_edges; i++) {
		const struct graph_edge *edge = &maker->edges[i];
		const int layer = graph->boxes[edge->to].layer - 1;

		links[n++] = (struct link){ point_in(graph, passes, edge->from, layer),
					    edge->to };
	}
	fill_links(maker, links, n);
}

/* --- order --- */

/* Place in the layout before, or FLOW_NONE. */
static size_t
box_before(const struct graph *previous, const char *id)
{
	for (size_t i = 0; previous && i < previous->n; i++)
		if (!strcmp(previous->boxes[i].id, id))
			return i;
	return FLOW_NONE;
}

/* By which points stand at first: where they stood, else beside what they read. */
static void
first_wants(struct graph_maker *maker)
{
	struct graph *graph = maker->graph;
	const struct graph *previous = maker->options->previous;

	for (size_t i = 0; i < graph->n; i++) {
		struct graph_point *point = &graph->points[i];
		const size_t was = box_before(previous, graph->boxes[i].id);

		point->want = (double)i;
		if (was != FLOW_NONE)
			point->want = previous->boxes[was].row +
				      previous->boxes[was].rows / 2.0;
		else if (previous && point->n_in)
			point->want = graph->points[graph->points[point->in[0]].box].want;
	}
	for (size_t i = graph->n; i < graph->n_points; i++)
		graph->points[i].want = graph->points[graph->points[i].box].want;
}

/* By want; equal ones stay as they stand. */
static void
sort_layer(struct graph *graph, struct graph_layer *layer)
{
	for (size_t i = 1; i < layer->n; i++) {
		const size_t moved = layer->points[i];
		size_t j = i;

		for (; j > 0 && graph->points[layer->points[j - 1]].want >
					graph->points[moved].want;
		     j--)
			layer->points[j] = layer->points[j - 1];
		layer->points[j] = moved;
	}
	for (size_t i = 0; i < layer->n; i++)
		graph->points[layer->points[i]].at = i;
}

static void
make_layers(struct graph_maker *maker)
{
	struct graph *graph = maker->graph;
	size_t *room = ARENA_ARRAY(maker->arena, graph->n_points + 1, size_t);

	for (size_t i = 0; i < graph->n_points; i++)
		if (graph->n_layers <= (size_t)graph->points[i].layer)
			graph->n_layers = (size_t)graph->points[i].layer + 1;
	graph->layers =
		ARENA_ARRAY(maker->arena, graph->n_layers + 1, struct graph_layer);
	for (size_t i = 0; i < graph->n_points; i++)
		graph->layers[graph->points[i].layer].n++;
	for (size_t i = 0; i < graph->n_layers; i++) {
		graph->layers[i].points = room;
		room += graph->layers[i].n;
		graph->layers[i].n = 0;
	}
	for (size_t i = 0; i < graph->n_points; i++) {
		struct graph_layer *layer = &graph->layers[graph->points[i].layer];

		layer->points[layer->n++] = i;
	}
	first_wants(maker);
	for (size_t i = 0; i < graph->n_layers; i++)
		sort_layer(graph, &graph->layers[i]);
}

/* How often lines to the neighbours on one side cross if a stands above b. */
static size_t
pair_crossings(const struct graph *graph, const struct graph_point *a,
	       const struct graph_point *b, bool right)
{
	const size_t na = right ? a->n_out : a->n_in, nb = right ? b->n_out : b->n_in;
	const size_t *of_a = right ? a->out : a->in, *of_b = right ? b->out : b->in;
	size_t n = 0;

	for (size_t i = 0; i < na; i++)
		for (size_t j = 0; j < nb; j++)
			n += graph->points[of_a[i]].at > graph->points[of_b[j]].at;
	return n;
}

/* Between a layer and the next: inversions, counted in a tree of sums (Fenwick). */
static size_t
layer_crossings(const struct graph *graph, size_t l, size_t *sums)
{
	const struct graph_layer *layer = &graph->layers[l];
	const size_t room = graph->layers[l + 1].n;
	size_t n = 0, seen = 0;

	memset(sums, 0, (room + 1) * sizeof *sums);
	for (size_t i = 0; i < layer->n; i++) {
		const struct graph_point *point = &graph->points[layer->points[i]];

		for (size_t k = 0; k < point->n_out; k++) {
			n += seen;
			for (size_t at = graph->points[point->out[k]].at + 1; at;
			     at &= at - 1)
				n -= sums[at];
		}
		for (size_t k = 0; k < point->n_out; k++, seen++)
			for (size_t at = graph->points[point->out[k]].at + 1; at <= room;
			     at += at & -at)
				sums[at]++;
	}
	return n;
}

static size_t
all_crossings(const struct graph *graph, size_t *sums)
{
	size_t n = 0;

	for (size_t l = 0; l + 1 < graph->n_layers; l++)
		n += layer_crossings(graph, l, sums);
	return n;
}

/* Each point of a layer wants to be where its neighbours on one side are. */
static void
sweep_layer(struct graph *graph, size_t l, bool right)
{
	struct graph_layer *layer = &graph->layers[l];

	for (size_t i = 0; i < layer->n; i++) {
		struct graph_point *point = &graph->points[layer->points[i]];
		const size_t n = right ? point->n_out : point->n_in;
		const size_t *to = right ? point->out : point->in;
		double sum = 0;

		for (size_t k = 0; k < n; k++)
			sum += (double)graph->points[to[k]].at;
		point->want = n ? sum / (double)n : (double)point->at;
	}
	sort_layer(graph, layer);
}

static void
sweep(struct graph *graph, bool right)
{
	for (size_t l = 1; l < graph->n_layers; l++)
		sweep_layer(graph, right ? graph->n_layers - 1 - l : l, right);
}

static void
keep_order(const struct graph *graph, size_t *kept)
{
	for (size_t i = 0; i < graph->n_points; i++)
		kept[i] = graph->points[i].at;
}

static void
take_order(struct graph *graph, const size_t *kept)
{
	for (size_t i = 0; i < graph->n_points; i++) {
		graph->points[i].at = kept[i];
		graph->layers[graph->points[i].layer].points[kept[i]] = i;
	}
}

/* Neighbours change places where that leaves fewer crossings. */
static bool
swap_neighbours(struct graph *graph, struct graph_layer *layer)
{
	bool any = false;

	for (size_t i = 0; i + 1 < layer->n; i++) {
		struct graph_point *a = &graph->points[layer->points[i]];
		struct graph_point *b = &graph->points[layer->points[i + 1]];

		if (pair_crossings(graph, a, b, false) +
			    pair_crossings(graph, a, b, true) <=
		    pair_crossings(graph, b, a, false) +
			    pair_crossings(graph, b, a, true))
			continue;
		a->at = i + 1;
		b->at = i;
		layer->points[i] = (size_t)(b - graph->points);
		layer->points[i + 1] = (size_t)(a - graph->points);
		any = true;
	}
	return any;
}

static void
reduce_crossings(struct graph_maker *maker)
{
	struct graph *graph = maker->graph;
	size_t *sums = ARENA_ARRAY(maker->arena, graph->n_points + 2, size_t);
	size_t *kept = ARENA_ARRAY(maker->arena, graph->n_points + 1, size_t);
	size_t least = all_crossings(graph, sums);
	bool any = least > 0;

	keep_order(graph, kept);
	for (int i = 0; i < SWEEPS && least; i++) {
		size_t n;

		sweep(graph, i % 2 == 1);
		n = all_crossings(graph, sums);
		if (n >= least)
			continue;
		least = n;
		keep_order(graph, kept);
	}
	take_order(graph, kept);
	for (int i = 0; i < SWAPS && any && least; i++) {
		any = false;
		for (size_t l = 0; l < graph->n_layers; l++)
			any |= swap_neighbours(graph, &graph->layers[l]);
	}
}

bool
graph_order(struct graph_maker *maker)
{
	size_t *passes = ARENA_ARRAY(maker->arena, maker->graph->n + 1, size_t);

	find_layers(maker);
	pull_sources(maker);
	if (!make_points(maker, passes))
		return false;
	make_links(maker, passes);
	make_layers(maker);
	reduce_crossings(maker);
	return true;
}
