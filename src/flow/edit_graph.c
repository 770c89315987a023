/* edit_graph - nodes come, go and change places, and the links with them. */
#include <stdlib.h>

#include "flow/draft.h"

static const char *
title(struct flow *flow, size_t place)
{
	return flow_title(&flow->nodes[place], &flow->arena);
}

/* As it will be called once it is there. */
static const char *
spec_title(struct flow *flow, const struct node_spec *spec)
{
	const struct node node = {
		.name = spec->name ? spec->name : "",
		.type = strcmp(spec->type, "SOURCE") ? NODE_OTHER : NODE_SOURCE,
		.operator= spec->operator,
		.parameters = spec->parameters,
	};

	return arena_text(&flow->arena, flow_title(&node, &flow->arena));
}

/* The name of a port means nothing, but Data Wrangler has its habits. */
static const char *
port_of(const struct node_spec *spec)
{
	return strcmp(spec->type, "DESTINATION") ? "df" : "default";
}

static bool
add(struct draft *draft, const struct node_spec *spec, const struct flow_from *from,
    size_t n, size_t at, char id[UUID_SIZE], struct error *err)
{
	const struct flow *flow = draft->flow;
	const struct json *inputs = json_new_array();

	if (!uuid_new(id, err))
		return false;
	for (size_t i = 0; i < n; i++)
		inputs = json_insert(inputs, i,
				     draft_input(draft, port_of(spec),
						 flow->nodes[from[i].place].id,
						 from[i].output),
				     &draft->flow->arena);
	draft_insert(draft, at, draft_node(draft, spec, id, inputs));
	return true;
}

bool
flow_add(struct flow *flow, const struct node_spec *spec, const struct flow_from *from,
	 size_t n, size_t *place, struct error *err)
{
	struct draft draft;
	char id[UUID_SIZE];
	const char *what = spec_title(flow, spec);

	draft_open(&draft, flow, 1);
	if (!add(&draft, spec, from, n, flow->n, id, err))
		return false;
	what = n ? arena_print(&flow->arena, "%s: add on a branch of '%s'", what,
			       title(flow, from[0].place))
		 : arena_print(&flow->arena, "%s: add", what);
	if (!draft_commit(&draft, what, err))
		return false;
	*place = flow_place(flow, id);
	return true;
}

bool
flow_insert(struct flow *flow, const struct node_spec *spec, const struct flow_from *from,
	    size_t n, size_t *place, struct error *err)
{
	struct draft draft;
	char id[UUID_SIZE];
	const char *what =
		arena_print(&flow->arena, "%s: add after '%s'", spec_title(flow, spec),
			    title(flow, from[0].place));
	const char *output = spec->outputs.n ? spec->outputs.at[0] : "default";
	const char *read = from[0].output ? from[0].output : "default";

	draft_open(&draft, flow, 1);
	if (!add(&draft, spec, from, n, flow->n, id, err))
		return false;
	draft_relink(&draft, from[0].place, read, id, output, false);
	draft_insert(&draft, from[0].place + 1, draft.nodes[--draft.n]);
	if (!draft_commit(&draft, what, err))
		return false;
	*place = flow_place(flow, id);
	return true;
}

bool
flow_add_source(struct flow *flow, const struct node_spec *spec, size_t *place,
		struct error *err)
{
	const struct node_spec types = {
		.type = "TRANSFORM",
		.operator= "sagemaker.spark.infer_and_cast_type_0.1",
	};
	struct draft draft;
	char source[UUID_SIZE], id[UUID_SIZE];
	const struct json *input;

	draft_open(&draft, flow, 2);
	if (!add(&draft, spec, NULL, 0, draft.n, source, err) || !uuid_new(id, err))
		return false;
	input = json_insert(json_new_array(), 0,
			    draft_input(&draft, "default", source, "default"),
			    &flow->arena);
	draft_insert(&draft, draft.n, draft_node(&draft, &types, id, input));
	if (!draft_commit(
		    &draft,
		    arena_print(&flow->arena, "%s: add source", spec_title(flow, spec)),
		    err))
		return false;
	*place = flow_place(flow, id);
	return true;
}

bool
flow_relink(struct flow *flow, size_t place, size_t i, struct flow_from from,
	    struct error *err)
{
	const char *output = from.output ? from.output : "default";
	const struct edge *edge = &flow->nodes[place].inputs[i];
	struct draft draft;

	if (edge->from == from.place && !strcmp(edge->output, output))
		return true;
	draft_open(&draft, flow, 0);
	draft_link(&draft, place, i, flow->nodes[from.place].id, output);
	draft.nodes[place] =
		json_without(draft.nodes[place], "trained_parameters", &flow->arena);
	return draft_commit(&draft,
			    arena_print(&flow->arena, "%s: read '%s'", title(flow, place),
					title(flow, from.place)),
			    err);
}

/* --- away --- */

static bool
is_read(const struct flow *flow, size_t place)
{
	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++)
			if (flow->nodes[i].inputs[j].from == place)
				return true;
	return false;
}

/* Inputs come before users, so one pass over the order finds all. */
static void
leave_out_below(struct draft *draft, size_t place)
{
	const struct flow *flow = draft->flow;

	draft->nodes[place] = NULL;
	for (size_t i = 0; i < flow->n; i++) {
		const struct node *node = &flow->nodes[flow->order[i]];

		for (size_t j = 0; j < node->n_inputs; j++)
			if (!draft->nodes[node->inputs[j].from])
				draft->nodes[flow->order[i]] = NULL;
	}
}

bool
flow_delete(struct flow *flow, size_t place, bool below, struct error *err)
{
	const struct node *node = &flow->nodes[place];
	struct draft draft;

	draft_open(&draft, flow, 0);
	if (below) {
		leave_out_below(&draft, place);
	} else if (node->n_inputs == 1) {
		draft_relink(&draft, place, NULL, node->inputs[0].node,
			     node->inputs[0].output, true);
		draft.nodes[place] = NULL;
	} else if (is_read(flow, place)) {
		return fail(err,
			    "'%s' has %zu inputs, so what reads it could read nothing "
			    "instead: delete it with all below it",
			    title(flow, place), node->n_inputs);
	} else {
		draft.nodes[place] = NULL;
	}
	return draft_commit(&draft,
			    arena_print(&flow->arena, "%s: delete%s", title(flow, place),
					below ? " with all below it" : ""),
			    err);
}

/* --- up and down --- */

/* The only step that reads a place, charts aside; FLOW_NONE: none, or several. */
static size_t
only_reader(const struct flow *flow, size_t place, size_t *n)
{
	size_t found = FLOW_NONE;

	*n = 0;
	for (size_t i = 0; i < flow->n; i++) {
		if (flow->nodes[i].type == NODE_VISUALIZATION)
			continue;
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++)
			if (flow->nodes[i].inputs[j].from == place) {
				found = i;
				++*n;
			}
	}
	return *n == 1 ? found : FLOW_NONE;
}

static bool
is_link(const struct flow *flow, size_t place)
{
	const struct node *node = &flow->nodes[place];

	return node->n_inputs == 1 && node->outputs.n == 1 &&
	       (node->type == NODE_TRANSFORM || node->type == NODE_OTHER);
}

/* a -> b becomes b -> a. */
static bool
swap(struct flow *flow, size_t a, size_t b, const char *what, struct error *err)
{
	const struct node *first = &flow->nodes[a], *second = &flow->nodes[b];
	const struct edge above = first->inputs[0];
	struct draft draft;

	draft_open(&draft, flow, 0);
	draft_relink(&draft, b, NULL, first->id, first->outputs.at[0], false);
	draft_link(&draft, b, 0, above.node, above.output);
	draft_link(&draft, a, 0, second->id, second->outputs.at[0]);
	draft_swap(&draft, a, b);
	return draft_commit(&draft, what, err);
}

bool
flow_move(struct flow *flow, size_t place, bool up, struct error *err)
{
	const struct node *node = &flow->nodes[place];
	size_t a = place, b = place, other, n;
	const char *what;

	if (!is_link(flow, place))
		return fail(err, "'%s' cannot move: it is no step in a chain",
			    title(flow, place));
	if (up)
		other = a = node->inputs[0].from;
	else
		other = b = only_reader(flow, place, &n);
	if (!up && b == FLOW_NONE)
		return fail(err, "'%s' cannot move: %s", title(flow, place),
			    n ? "several steps read it" : "no step comes after it");
	if (!is_link(flow, other))
		return fail(err, "'%s' cannot move: '%s' is no step in a chain",
			    title(flow, place), title(flow, other));
	if (only_reader(flow, a, &n) != b)
		return fail(err, "'%s' cannot move: other steps read '%s' too",
			    title(flow, place), title(flow, a));
	what = arena_print(&flow->arena, "%s: move %s '%s'", title(flow, place),
			   up ? "before" : "after", title(flow, other));
	return swap(flow, a, b, what, err);
}

/* --- copies --- */

struct paste {
	struct draft draft;
	const struct flow *from;
	const char **ids; /* new ones, by place in from; NULL: not pasted */
	const struct flow_from *after;
};

static bool
paste_inputs(struct paste *paste, size_t place, const struct json **node,
	     struct error *err)
{
	struct flow *flow = paste->draft.flow;
	const struct node *old = &paste->from->nodes[place];
	const struct json *inputs = json_new_array();

	for (size_t i = 0; i < old->n_inputs; i++) {
		const struct edge *edge = &old->inputs[i];
		const char *id = paste->ids[edge->from], *output = edge->output;

		if (!id && paste->after) {
			id = flow->nodes[paste->after->place].id;
			output = paste->after->output;
		} else if (!id) {
			id = edge->node;
			if (flow_place(flow, id) == FLOW_NONE)
				return fail(err,
					    "'%s' reads '%s', which is not in this flow: "
					    "say after which node it goes",
					    flow_title(old, &flow->arena),
					    flow_title(&paste->from->nodes[edge->from],
						       &flow->arena));
		}
		inputs = json_insert(inputs, i,
				     draft_input(&paste->draft, edge->port, id, output),
				     &flow->arena);
	}
	if (old->n_inputs)
		*node = json_with(*node, "inputs", inputs, &flow->arena);
	return true;
}

static bool
paste_node(struct paste *paste, size_t place, struct error *err)
{
	struct arena *arena = &paste->draft.flow->arena;
	const struct json *node = json_copy(paste->from->nodes[place].json, arena);

	node = json_with(node, "node_id", json_new_string(paste->ids[place], arena),
			 arena);
	if (!paste_inputs(paste, place, &node, err))
		return false;
	draft_insert(&paste->draft, paste->draft.n, node);
	return true;
}

bool
flow_paste(struct flow *flow, const struct flow *from, const size_t *places, size_t n,
	   const struct flow_from *after, struct error *err)
{
	struct paste paste = { .from = from, .after = after };
	const char *what = arena_print(&flow->arena, "paste %zu steps", n);

	draft_open(&paste.draft, flow, n);
	paste.ids = ARENA_ARRAY(&flow->arena, from->n, const char *);
	for (size_t i = 0; i < n; i++) {
		char *id = arena_alloc(&flow->arena, UUID_SIZE);

		if (!uuid_new(id, err))
			return false;
		paste.ids[places[i]] = id;
	}
	for (size_t i = 0; i < n; i++)
		if (!paste_node(&paste, places[i], err))
			return false;
	if (n == 1)
		what = arena_print(&flow->arena, "%s: paste",
				   flow_title(&from->nodes[places[0]], &flow->arena));
	return draft_commit(&paste.draft, what, err);
}
