/*
 * graph.h - a flow as boxes and lines, from left to right.
 *
 * What would be noise is collapsed first: analyses that lead nowhere are a number on the
 * box of the step that they show, and a chain of steps is one box with some of their
 * names. The rest is laid out in layers (Sugiyama, Tagawa, Toda: "Methods for visual
 * understanding of hierarchical system structures", 1981): a box stands right of all that
 * it reads, a source just left of what reads it; boxes of a layer are ordered so that few
 * lines cross, beginning with the order that they had before, so that an edit moves
 * little; lines run at right angles in the gutters between layers. Where two cross, one
 * has a gap, so that a crossing is no junction.
 *
 * A flow that would not be seen as a whole in any case is refused: show the rail then.
 */
#ifndef WIDGET_GRAPH_H
#define WIDGET_GRAPH_H

#include "desk/states.h"
#include "flow/flow.h"
#include "term/surface.h"

enum { GRAPH_BOXES = 400, GRAPH_CELLS = 1 << 21 };

enum zoom { ZOOM_FULL, ZOOM_NAMES, ZOOM_DOTS, ZOOM_COUNT };

struct graph_box {
	size_t n; /* steps: one, or those of a chain */
	const size_t *nodes;
	size_t n_analyses;
	size_t analysis;   /* the first of them */
	size_t shown;      /* names of a chain */
	const char *id;    /* of the first step */
	const char *title; /* "Impute numbers"; "6 steps" */
	int layer, row, column, rows, columns;
};

struct graph_layer;
struct graph_point;

struct graph {
	const struct flow *flow;
	enum zoom zoom;
	size_t n;
	struct graph_box *boxes;
	size_t *box_of; /* by place of node: also of chains and analyses */
	size_t n_layers;
	struct graph_layer *layers;
	size_t n_points;
	struct graph_point *points; /* boxes, and where lines pass a layer */
	int rows, columns;          /* of the canvas */
	uint8_t *lines;             /* by cell: strokes.h, and GRAPH_ARROW */
	size_t crossings;
};

struct graph_options {
	enum zoom zoom;
	const bool *open; /* by place: a step from which on its chain is not collapsed;
			     NULL */
	int columns;      /* of a box */
	size_t names;     /* of a chain, at most */
	const struct graph *previous; /* of a flow as it was before; NULL: none */
};

/* False: too large. The flow must outlive it; all else is in the arena. */
bool graph_make(const struct flow *flow, const struct graph_options *options,
		struct graph *graph, struct arena *arena);

/* How often a line crosses another. */
size_t graph_crossings(const struct graph *graph);

/* The part of the canvas from a row and column on. selected: place of a node, or
 * FLOW_NONE; standings: by place, or NULL. */
void graph_draw(struct pane pane, const struct graph *graph, int row, int column,
		size_t selected, const struct step_standing *standings,
		struct arena *arena);

/* The node at a cell of the canvas; FLOW_NONE: there is none. */
size_t graph_at(const struct graph *graph, int row, int column, size_t selected);

enum towards { TOWARDS_LEFT, TOWARDS_RIGHT, TOWARDS_UP, TOWARDS_DOWN };
/* From a node to another: what it reads, its first reader, the nearest above or below in
 * its layer; within a chain up and down first. The node itself if there is none. */
size_t graph_towards(const struct graph *graph, size_t node, enum towards towards);

/* Layers that are not all within these columns of the canvas. */
size_t graph_hidden(const struct graph *graph, int column, int columns);

#endif
