/* graph_collapse - which nodes share a box, and which boxes a line joins. */
#include <stdlib.h>

#include "widget/graph_parts.h"
#include "widget/step_text.h"
#include "widget/walk.h"

struct folder {
	struct graph_maker *maker;
	struct walk walk;
	size_t *readers;  /* by place: who reads it, analyses that lead nowhere aside */
	size_t *analyses; /* by place: those */
	bool *is_open;    /* by place: its chain is not collapsed */
};

static void
count_readers(struct folder *f)
{
	const struct flow *flow = f->walk.flow;

	f->readers = ARENA_ARRAY(f->maker->arena, flow->n + 1, size_t);
	f->analyses = ARENA_ARRAY(f->maker->arena, flow->n + 1, size_t);
	for (size_t i = 0; i < flow->n; i++)
		for (size_t u = f->walk.first[i]; u < f->walk.first[i + 1]; u++)
			if (walk_is_leaf_analysis(&f->walk, f->walk.users[u]))
				f->analyses[i]++;
			else
				f->readers[i]++;
}

static bool
is_link(const struct node *node)
{
	return node->n_inputs == 1 &&
	       (node->type == NODE_TRANSFORM || node->type == NODE_OTHER);
}

/* Does the node go on with the chain of what it reads? Analyses end a chain: they are
 * shown on its box, and are those of its last step. */
static bool
goes_on(const struct folder *f, size_t place)
{
	const struct node *nodes = f->walk.flow->nodes;
	size_t above;

	if (!is_link(&nodes[place]))
		return false;
	above = nodes[place].inputs[0].from;
	return above != FLOW_NONE && is_link(&nodes[above]) && f->readers[above] == 1 &&
	       !f->analyses[above];
}

/* A chain is open from the step on that was opened. */
static bool
joins_above(const struct folder *f, size_t place)
{
	const bool *open = f->maker->options->open;
	const bool goes = goes_on(f, place);

	f->is_open[place] =
		(open && open[place]) ||
		(goes && f->is_open[f->walk.flow->nodes[place].inputs[0].from]);
	return goes && !f->is_open[place];
}

static void
start_box(struct folder *f, size_t place)
{
	struct graph *graph = f->maker->graph;
	struct graph_box *box = &graph->boxes[graph->n];

	box->n = 1;
	box->analysis = FLOW_NONE;
	box->id = arena_text(f->maker->arena, graph->flow->nodes[place].id);
	graph->box_of[place] = graph->n++;
}

/* Members in order: lines of a walk follow chains down. */
static void
fill_boxes(struct folder *f)
{
	struct graph *graph = f->maker->graph;
	size_t *room = ARENA_ARRAY(f->maker->arena, graph->flow->n + 1, size_t);

	for (size_t i = 0; i < graph->n; i++) {
		graph->boxes[i].nodes = room;
		room += graph->boxes[i].n;
		graph->boxes[i].n = 0;
	}
	for (size_t k = 0; k < graph->flow->n; k++) {
		const size_t place = graph->flow->order[k];
		struct graph_box *box = &graph->boxes[graph->box_of[place]];

		if (walk_is_leaf_analysis(&f->walk, place)) {
			if (!box->n_analyses++)
				box->analysis = place;
			continue;
		}
		((size_t *)box->nodes)[box->n++] = place;
	}
}

static bool
make_boxes(struct folder *f)
{
	struct graph *graph = f->maker->graph;
	const struct flow *flow = graph->flow;

	graph->boxes = ARENA_ARRAY(f->maker->arena,
				   (flow->n < GRAPH_BOXES ? flow->n : GRAPH_BOXES) + 1,
				   struct graph_box);
	graph->box_of = ARENA_ARRAY(f->maker->arena, flow->n + 1, size_t);
	f->is_open = ARENA_ARRAY(f->maker->arena, flow->n + 1, bool);
	for (size_t k = 0; k < f->walk.n; k++) {
		const size_t place = f->walk.lines[k].node;
		const struct node *node = &flow->nodes[place];

		if (walk_is_leaf_analysis(&f->walk, place)) {
			graph->box_of[place] = graph->box_of[node->inputs[0].from];
		} else if (joins_above(f, place)) {
			graph->box_of[place] = graph->box_of[node->inputs[0].from];
			graph->boxes[graph->box_of[place]].n++;
		} else {
			if (graph->n == GRAPH_BOXES)
				return false;
			start_box(f, place);
		}
	}
	fill_boxes(f);
	return true;
}

static int
compare_edges(const void *a, const void *b)
{
	const struct graph_edge *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->to < y->to ? -1 : x->to > y->to;
}

/* Between different boxes, each once. */
static void
make_edges(struct folder *f)
{
	struct graph_maker *maker = f->maker;
	const struct graph *graph = maker->graph;
	const struct flow *flow = graph->flow;
	struct graph_edge *edges =
		ARENA_ARRAY(maker->arena, f->walk.first[flow->n] + 1, struct graph_edge);
	size_t n = 0;

	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++) {
			const size_t from = flow->nodes[i].inputs[j].from;

			if (from != FLOW_NONE && graph->box_of[from] != graph->box_of[i])
				edges[n++] = (struct graph_edge){ graph->box_of[from],
								  graph->box_of[i] };
		}
	qsort(edges, n, sizeof *edges, compare_edges);
	maker->edges = edges;
	for (size_t i = 0; i < n; i++)
		if (i == 0 || compare_edges(&edges[i], &edges[i - 1]))
			edges[maker->n_edges++] = edges[i];
}

/* How large a box is, and what stands in its first line. */
static void
measure(const struct graph_maker *maker, struct graph_box *box)
{
	const struct graph *graph = maker->graph;
	const struct node *node = &graph->flow->nodes[box->nodes[0]];
	const size_t names = maker->options->names;

	box->title = box->n == 1 ? arena_text(maker->arena, step_name(node, maker->arena))
				 : arena_print(maker->arena, "%zu steps", box->n);
	box->columns = maker->options->columns;
	box->rows = 3;
	if (graph->zoom == ZOOM_DOTS)
		box->rows = box->columns = 1;
	if (graph->zoom != ZOOM_FULL)
		return;
	box->shown = box->n == 1 ? 0 : box->n <= names + 1 ? box->n : names;
	box->rows += (int)box->shown + (box->n > 1 && box->shown < box->n) +
		     (box->n_analyses > 0) + (node->type == NODE_SOURCE);
}

bool
graph_collapse(struct graph_maker *maker)
{
	struct folder f = { .maker = maker };

	walk_flow(maker->graph->flow, &f.walk, maker->arena);
	count_readers(&f);
	if (!make_boxes(&f))
		return false;
	make_edges(&f);
	for (size_t i = 0; i < maker->graph->n; i++)
		measure(maker, &maker->graph->boxes[i]);
	return true;
}
