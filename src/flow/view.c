/*
 * view - from the document to nodes whose graph is sound.
 *
 * Liberal where a missing key has one meaning (no inputs, the output "default"), strict
 * where it would have to be guessed. Ids are looked up in a sorted list: a flow of ten
 * thousand nodes opens at once, whatever their ids.
 */
#include "flow/view.h"

#include <stdlib.h>

static bool
at_place(size_t place, const char *id, struct error *err)
{
	if (!id)
		return fail_in(err, "nodes[%zu]: ", place);
	return fail_in(err, "nodes[%zu] ('%.64s'): ", place, id);
}

static bool
at_node(const struct flow *flow, size_t place, struct error *err)
{
	return at_place(place, flow->nodes[place].id, err);
}

/* A string that is there and not empty, if it must be (otherwise NULL). */
static bool
text_at(const struct json *object, const char *key, const char *otherwise,
	const char **out, struct arena *arena, struct error *err)
{
	const struct json *value = json_find(object, key);

	if (json_is_absent(value) && otherwise) {
		*out = otherwise;
		return true;
	}
	if (!value)
		return fail(err, "no '%s'", key);
	if (value->kind != JSON_STRING)
		return fail(err, "'%s' must be a string", key);
	*out = json_text(value, arena);
	if (!*out)
		return fail(err, "'%s' holds a NUL character", key);
	if (!**out && !otherwise)
		return fail(err, "'%s' is empty", key);
	return true;
}

static bool
kind_at(const struct json *object, const char *key, enum json_kind kind,
	const struct json **out, struct error *err)
{
	const struct json *value = json_find(object, key);

	*out = json_is_absent(value) ? NULL : value;
	if (*out && value->kind != kind)
		return fail(err, "'%s' must be an %s", key,
			    kind == JSON_ARRAY ? "array" : "object");
	return true;
}

static enum node_type
type_of(const char *word)
{
	static const char *const words[] = {
		[NODE_SOURCE] = "SOURCE",
		[NODE_TRANSFORM] = "TRANSFORM",
		[NODE_DATASET] = "DATASET",
		[NODE_VISUALIZATION] = "VISUALIZATION",
		[NODE_DESTINATION] = "DESTINATION",
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (!strcmp(word, words[i]))
			return (enum node_type)i;
	return NODE_OTHER;
}

static bool
read_edge(const struct json *json, struct edge *edge, struct arena *arena,
	  struct error *err)
{
	edge->from = FLOW_NONE;
	if (json->kind != JSON_OBJECT)
		return fail(err, "must be an object");
	return text_at(json, "name", "", &edge->port, arena, err) &&
	       text_at(json, "node_id", NULL, &edge->node, arena, err) &&
	       text_at(json, "output_name", "default", &edge->output, arena, err);
}

static bool
read_inputs(struct node *node, struct arena *arena, struct error *err)
{
	const struct json *inputs;

	if (!kind_at(node->json, "inputs", JSON_ARRAY, &inputs, err))
		return false;
	node->n_inputs = inputs ? inputs->n : 0;
	node->inputs = ARENA_ARRAY(arena, node->n_inputs, struct edge);
	for (size_t i = 0; i < node->n_inputs; i++)
		if (!read_edge(inputs->at[i].value, &node->inputs[i], arena, err))
			return fail_in(err, "inputs[%zu]: ", i);
	return true;
}

static bool
read_outputs(struct node *node, struct arena *arena, struct error *err)
{
	const struct json *outputs;
	const char *name;

	if (!kind_at(node->json, "outputs", JSON_ARRAY, &outputs, err))
		return false;
	if (!outputs || outputs->n == 0)
		names_add(&node->outputs, "default", arena);
	if (outputs && outputs->n > FLOW_OUTPUTS)
		return fail(err, "more than %d outputs", FLOW_OUTPUTS);
	for (size_t i = 0; outputs && i < outputs->n; i++) {
		const struct json *output = outputs->at[i].value;

		if (output->kind != JSON_OBJECT)
			return fail(err, "outputs[%zu]: must be an object", i);
		if (!text_at(output, "name", "default", &name, arena, err))
			return fail_in(err, "outputs[%zu]: ", i);
		names_add(&node->outputs, name, arena);
	}
	return true;
}

/* Of the two places for a title the node's own counts first. */
static bool
read_name(struct node *node, struct arena *arena, struct error *err)
{
	const struct json *inner = json_find(node->parameters, "name");

	if (!text_at(node->json, "name", "", &node->name, arena, err))
		return false;
	if (!*node->name && inner && inner->kind == JSON_STRING)
		node->name = json_text(inner, arena);
	if (!node->name)
		node->name = "";
	return true;
}

static bool
read_node(const struct json *json, struct node *node, struct arena *arena,
	  struct error *err)
{
	const struct json *off = json_at(json, "lariat.off");
	const char *type;

	node->json = json;
	if (json->kind != JSON_OBJECT)
		return fail(err, "must be an object");
	if (!text_at(json, "node_id", NULL, &node->id, arena, err) ||
	    !text_at(json, "type", NULL, &type, arena, err) ||
	    !text_at(json, "operator", NULL, &node->operator, arena, err) ||
	    !kind_at(json, "parameters", JSON_OBJECT, &node->parameters, err) ||
	    !kind_at(json, "trained_parameters", JSON_OBJECT, &node->trained, err))
		return false;
	node->type = type_of(type);
	node->off = off && off->kind == JSON_TRUE;
	if (!node->parameters)
		node->parameters = json_new_object();
	return read_name(node, arena, err) && read_inputs(node, arena, err) &&
	       read_outputs(node, arena, err);
}

/* --- the graph --- */

static int
by_id(const void *a, const void *b, void *nodes)
{
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;
	int order = strcmp(((struct node *)nodes)[x].id, ((struct node *)nodes)[y].id);

	return order ? order : (x > y) - (x < y);
}

static bool
index_ids(struct flow *flow, struct error *err)
{
	flow->by_id = ARENA_ARRAY(&flow->view, flow->n, size_t);
	for (size_t i = 0; i < flow->n; i++)
		flow->by_id[i] = i;
	qsort_r(flow->by_id, flow->n, sizeof(*flow->by_id), by_id, flow->nodes);
	for (size_t i = 1; i < flow->n; i++) {
		size_t first = flow->by_id[i - 1], second = flow->by_id[i];

		if (strcmp(flow->nodes[first].id, flow->nodes[second].id) != 0)
			continue;
		fail(err, "nodes[%zu] has the same id", first);
		return at_node(flow, second, err);
	}
	return true;
}

/* A split runs as if it had "default" as well: its first part. */
static bool
link_edge(const struct flow *flow, struct edge *edge, struct error *err)
{
	const struct names *outputs;

	edge->from = flow_place(flow, edge->node);
	if (edge->from == FLOW_NONE)
		return fail(err, "no node '%.64s'", edge->node);
	outputs = &flow->nodes[edge->from].outputs;
	if (names_has(outputs, edge->output) || !strcmp(edge->output, "default"))
		return true;
	return fail(err, "node '%.64s' has no output '%.64s', but '%.64s'%s", edge->node,
		    edge->output, outputs->at[0], outputs->n > 1 ? " and others" : "");
}

static bool
link_nodes(struct flow *flow, struct error *err)
{
	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++)
			if (!link_edge(flow, &flow->nodes[i].inputs[j], err)) {
				fail_in(err, "inputs[%zu]: ", j);
				return at_node(flow, i, err);
			}
	return true;
}

static bool
read_version(const struct json *document, struct error *err)
{
	const struct json *version = json_at(document, "metadata.version");
	int64_t number;

	if (json_is_absent(version) || json_is_string(version, "1"))
		return true;
	if (!json_long(version, &number))
		return fail(err, "'metadata.version' must be 1");
	return number == 1 || fail(err, "'metadata.version' is %lld, but only 1 is known",
				   (long long)number);
}

static bool
read_nodes(struct flow *flow, struct error *err)
{
	const struct json *nodes;

	if (flow->document->kind != JSON_OBJECT)
		return fail(err, "no flow: the document must be an object");
	if (!kind_at(flow->document, "nodes", JSON_ARRAY, &nodes, err) ||
	    !read_version(flow->document, err))
		return false;
	if (!nodes)
		return fail(err, "no flow: there is no array 'nodes'");
	flow->n = nodes->n;
	flow->nodes = ARENA_ARRAY(&flow->view, flow->n, struct node);
	for (size_t i = 0; i < flow->n; i++)
		if (!read_node(nodes->at[i].value, &flow->nodes[i], &flow->view, err))
			return at_place(i, flow->nodes[i].id, err);
	return true;
}

bool
flow_view(struct flow *flow, const struct json *document, struct error *err)
{
	struct flow next = *flow;

	next.document = document;
	next.view = (struct arena){ 0 };
	if (!read_nodes(&next, err) || !index_ids(&next, err) ||
	    !link_nodes(&next, err) || !flow_order(&next, err)) {
		arena_release(&next.view);
		return false;
	}
	arena_release(&flow->view);
	*flow = next;
	return true;
}
