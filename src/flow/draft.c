/* draft - a list of nodes that becomes one new document, however much changed. */
#include "flow/draft.h"

#include "flow/view.h"

void
draft_open(struct draft *draft, struct flow *flow, size_t more)
{
	*draft = (struct draft){ .flow = flow, .n = flow->n, .room = flow->n + more };
	draft->nodes = ARENA_ARRAY(&flow->arena, draft->room, const struct json *);
	for (size_t i = 0; i < flow->n; i++)
		draft->nodes[i] = flow->nodes[i].json;
}

void
draft_insert(struct draft *draft, size_t at, const struct json *node)
{
	memmove(draft->nodes + at + 1, draft->nodes + at,
		(draft->n - at) * sizeof(*draft->nodes));
	draft->nodes[at] = node;
	draft->n++;
}

void
draft_swap(struct draft *draft, size_t a, size_t b)
{
	const struct json *node = draft->nodes[a];

	draft->nodes[a] = draft->nodes[b];
	draft->nodes[b] = node;
}

void
draft_link(struct draft *draft, size_t place, size_t i, const char *id,
	   const char *output)
{
	struct arena *arena = &draft->flow->arena;
	const struct edge *edge = &draft->flow->nodes[place].inputs[i];
	const struct json *inputs = json_find(draft->nodes[place], "inputs");
	const struct json *input = inputs->at[i].value;

	input = json_with(input, "node_id", json_new_string(id, arena), arena);
	if (strcmp(edge->output, output) != 0 || json_find(input, "output_name"))
		input = json_with(input, "output_name", json_new_string(output, arena),
				  arena);
	inputs = json_replace(inputs, i, input, arena);
	draft->nodes[place] = json_with(draft->nodes[place], "inputs", inputs, arena);
}

void
draft_relink(struct draft *draft, size_t from, const char *from_output, const char *id,
	     const char *output, bool charts)
{
	for (size_t i = 0; i < draft->flow->n; i++) {
		const struct node *node = &draft->flow->nodes[i];

		if (!draft->nodes[i] || (!charts && node->type == NODE_VISUALIZATION))
			continue;
		for (size_t j = 0; j < node->n_inputs; j++)
			if (node->inputs[j].from == from &&
			    (!from_output ||
			     !strcmp(node->inputs[j].output, from_output)))
				draft_link(draft, i, j, id, output);
	}
}

void
draft_undoable(struct flow *flow, const struct json *old, const char *what)
{
	struct flow_change *change = ARENA_NEW(&flow->arena, struct flow_change);

	*change = (struct flow_change){ flow->undo, old, what };
	flow->undo = change;
	flow->redo = NULL;
}

bool
draft_commit(struct draft *draft, const char *what, struct error *err)
{
	struct flow *flow = draft->flow;
	const struct json *old = flow->document, *document, *nodes;
	size_t kept = 0;

	for (size_t i = 0; i < draft->n; i++)
		if (draft->nodes[i])
			draft->nodes[kept++] = draft->nodes[i];
	nodes = json_with_items(json_find(old, "nodes"), draft->nodes, kept,
				&flow->arena);
	document = json_with(old, "nodes", nodes, &flow->arena);
	if (document == old)
		return true;
	if (!flow_view(flow, document, err))
		return false;
	draft_undoable(flow, old, what);
	return true;
}

const struct json *
draft_input(struct draft *draft, const char *port, const char *id, const char *output)
{
	struct arena *arena = &draft->flow->arena;
	const struct json *input = json_new_object();

	input = json_with(input, "name", json_new_string(port, arena), arena);
	input = json_with(input, "node_id", json_new_string(id, arena), arena);
	return json_with(input, "output_name",
			 json_new_string(output ? output : "default", arena), arena);
}

static const struct json *
outputs_of(const struct node_spec *spec, struct arena *arena)
{
	const struct json *outputs = json_new_array();
	const char *usual = "default";
	const size_t n = spec->outputs.n ? spec->outputs.n : 1;
	const char *const *names = spec->outputs.n ? spec->outputs.at : &usual;

	for (size_t i = 0; i < n; i++)
		outputs = json_insert(outputs, i,
				      json_with(json_new_object(), "name",
						json_new_string(names[i], arena), arena),
				      arena);
	return outputs;
}

/* Keys in the order of Data Wrangler. */
const struct json *
draft_node(struct draft *draft, const struct node_spec *spec, const char *id,
	   const struct json *inputs)
{
	struct arena *arena = &draft->flow->arena;
	const struct json *node = json_new_object();

	node = json_with(node, "node_id", json_new_string(id, arena), arena);
	node = json_with(node, "type", json_new_string(spec->type, arena), arena);
	node = json_with(node, "operator", json_new_string(spec->operator, arena), arena);
	if (spec->name && *spec->name)
		node = json_with(node, "name", json_new_string(spec->name, arena), arena);
	node = json_with(node, "parameters",
			 spec->parameters ? spec->parameters : json_new_object(), arena);
	if (spec->trained)
		node = json_with(node, "trained_parameters", spec->trained, arena);
	node = json_with(node, "inputs", inputs, arena);
	return json_with(node, "outputs", outputs_of(spec, arena), arena);
}
