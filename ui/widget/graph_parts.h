/*
 * graph_parts.h - the making of a graph, step by step; private to the files of graph.h.
 */
#ifndef WIDGET_GRAPH_PARTS_H
#define WIDGET_GRAPH_PARTS_H

#include "widget/graph.h"

enum { GRAPH_ARROW = 16 };

#define POINT_NONE ((size_t)-1)

/* Something in a layer: a box, or a line on its way from one. Box i is point i. */
struct graph_point {
	size_t box; /* of a line: whose it is */
	bool is_line;
	int layer;
	size_t at;   /* place in the layer, from the top */
	int row;     /* of its upper edge */
	int rows;    /* its height */
	double want; /* while places are looked for */
	size_t n_in, n_out;
	size_t *in, *out; /* points of the layers beside it */
};

struct graph_layer {
	size_t n;
	size_t *points; /* from the top */
	int column, columns;
	int gutter; /* columns behind it */
};

/* An edge of the collapsed flow. */
struct graph_edge {
	size_t from, to; /* boxes */
};

struct graph_maker {
	struct graph *graph;
	const struct graph_options *options;
	struct arena *arena;
	size_t n_edges;
	struct graph_edge *edges;
};

/* Row at which lines come and go. */
static inline int
point_port(const struct graph_point *point)
{
	return point->row + point->rows / 2;
}

/* Boxes and edges; false: too many. */
bool graph_collapse(struct graph_maker *maker);
/* Layers, points, and the order of points in each; false: too many points. */
bool graph_order(struct graph_maker *maker);
/* Rows of all points; columns of boxes and layers need routes. */
void graph_place(struct graph_maker *maker);
/* Gutters, columns, lines; false: the canvas is too large. */
bool graph_route(struct graph_maker *maker);

#endif
