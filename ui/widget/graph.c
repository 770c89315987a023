/* graph - its making in order, and ways about in it. */
#include "widget/graph.h"

#include "widget/graph_parts.h"

bool
graph_make(const struct flow *flow, const struct graph_options *options,
	   struct graph *graph, struct arena *arena)
{
	struct graph_maker maker = { graph, options, arena, 0, NULL };

	*graph = (struct graph){ .flow = flow, .zoom = options->zoom };
	if (!graph_collapse(&maker) || !graph_order(&maker))
		return false;
	graph_place(&maker);
	return graph_route(&maker);
}

size_t
graph_crossings(const struct graph *graph)
{
	return graph->crossings;
}

size_t
graph_hidden(const struct graph *graph, int column, int columns)
{
	size_t n = 0;

	for (size_t i = 0; i < graph->n_layers; i++) {
		const struct graph_layer *layer = &graph->layers[i];

		n += layer->column < column ||
		     layer->column + layer->columns > column + columns;
	}
	return n;
}

/* Place of a node among the steps of its box. */
static size_t
member(const struct graph_box *box, size_t node)
{
	size_t i = 0;

	while (i < box->n && box->nodes[i] != node)
		i++;
	return i;
}

static size_t
nearest(const struct graph *graph, size_t box, bool below)
{
	const struct graph_point *point = &graph->points[box];
	const struct graph_layer *layer = &graph->layers[point->layer];

	for (size_t at = point->at; below ? ++at < layer->n : at-- > 0;)
		if (!graph->points[layer->points[at]].is_line)
			return layer->points[at];
	return box;
}

/* The boxes at the other end of lines: the uppermost. */
static size_t
linked(const struct graph *graph, size_t box, bool right)
{
	const struct graph_point *point = &graph->points[box];
	size_t found = box;

	for (;;) {
		const size_t n = right ? point->n_out : point->n_in;
		const size_t *next = right ? point->out : point->in;
		size_t first;

		if (!n)
			return found;
		first = next[0];
		for (size_t i = 1; i < n; i++)
			if (graph->points[next[i]].at < graph->points[first].at)
				first = next[i];
		found = first;
		point = &graph->points[found];
		if (!point->is_line)
			return found;
	}
}

size_t
graph_towards(const struct graph *graph, size_t node, enum towards towards)
{
	const size_t at = graph->box_of[node];
	const struct graph_box *box = &graph->boxes[at];
	const size_t i = member(box, node);
	size_t other;

	if (i == box->n) /* an analysis */
		return towards == TOWARDS_RIGHT ? node : box->nodes[box->n - 1];
	if (towards == TOWARDS_DOWN && i + 1 < box->n)
		return box->nodes[i + 1];
	if (towards == TOWARDS_UP && i > 0)
		return box->nodes[i - 1];
	if (towards == TOWARDS_UP || towards == TOWARDS_DOWN)
		other = nearest(graph, at, towards == TOWARDS_DOWN);
	else
		other = linked(graph, at, towards == TOWARDS_RIGHT);
	if (other == at)
		return node;
	box = &graph->boxes[other];
	return box->nodes[towards == TOWARDS_LEFT || towards == TOWARDS_UP ? box->n - 1
									   : 0];
}
