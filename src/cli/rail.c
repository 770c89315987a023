/* rail - a walk over the graph that keeps branches together, without recursion. */
#include "cli/rail.h"

#include <string.h>

#include "cli/out.h"
#include "op/op.h"

enum { ID_SHOWN = 8, VALUE_SHOWN = 60 };

struct stop { /* a node that waits for its line */
	size_t node, depth;
};

struct rail {
	const struct flow *flow;
	size_t *first,
		*users; /* users[first[i]] .. users[first[i + 1]]: who reads node i */
	size_t *height; /* the longest way below a node */
	bool *done;
	struct stop *stack;
	size_t n_stack;
	size_t above; /* the node of the last line */
};

/* Who reads whom, in file order: counted, then filled in. */
static void
find_users(struct rail *rail, struct arena *arena)
{
	const struct flow *flow = rail->flow;
	size_t *filled = ARENA_ARRAY(arena, flow->n + 1, size_t), edges = 0;

	rail->first = ARENA_ARRAY(arena, flow->n + 1, size_t);
	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++) {
			edges++;
			if (flow->nodes[i].inputs[j].from != FLOW_NONE)
				rail->first[flow->nodes[i].inputs[j].from + 1]++;
		}
	for (size_t i = 0; i < flow->n; i++)
		rail->first[i + 1] += rail->first[i];
	rail->users = ARENA_ARRAY(arena, edges + 1, size_t);
	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++) {
			const size_t from = flow->nodes[i].inputs[j].from;

			if (from != FLOW_NONE)
				rail->users[rail->first[from] + filled[from]++] = i;
		}
	rail->stack = ARENA_ARRAY(arena, edges + flow->n + 1, struct stop);
}

static void
find_heights(struct rail *rail, struct arena *arena)
{
	rail->height = ARENA_ARRAY(arena, rail->flow->n + 1, size_t);
	for (size_t k = rail->flow->n; k-- > 0;) {
		const size_t i = rail->flow->order[k];

		for (size_t u = rail->first[i]; u < rail->first[i + 1]; u++)
			if (rail->height[i] <= rail->height[rail->users[u]])
				rail->height[i] = rail->height[rail->users[u]] + 1;
	}
}

void
rail_id(FILE *file, const char *id)
{
	const struct text t = text_of(id);

	out_text(file, (struct text){ t.data, t.size < ID_SHOWN ? t.size : ID_SHOWN });
}

/* The node's name stands behind its settings anyway. */
static bool
says_name(const struct node *node, const char *value)
{
	return node->name && !strcmp(node->name, value);
}

static void
setting(FILE *file, const char *name, const char *value)
{
	const struct text t = text_of(value);
	size_t end = 0;

	fprintf(file, "  ");
	out_text(file, text_of(name));
	fprintf(file, "=");
	while (end < t.size && end < VALUE_SHOWN)
		text_next(t, &end);
	out_text(file, (struct text){ t.data, end });
	if (end < t.size)
		fprintf(file, "...");
}

/* What was chosen on purpose, in the words of the command line. */
static bool
op_settings(FILE *file, const struct op *op, const struct node *node, struct arena *arena,
	    struct error *err)
{
	void *fields = arena_alloc(arena, op->params_size + 1);
	void *presets = arena_alloc(arena, op->params_size + 1);

	if (!param_preset(op->params, fields, arena, err) ||
	    !param_preset(op->params, presets, arena, err) ||
	    !param_read_json(op->params, op->block, node->parameters, fields, arena, err))
		return false;
	for (const struct param *p = op->params; p && p->name; p++) {
		const char *value = param_print(p, fields, arena);

		if (!param_is_used(op->params, p, fields) || !*value ||
		    says_name(node, value) ||
		    !strcmp(value, param_print(p, presets, arena)))
			continue;
		setting(file, p->name, value);
	}
	return true;
}

/* An operator that is not known: what stands at the top of its parameters. */
static void
raw_settings(FILE *file, const struct node *node, struct arena *arena)
{
	const struct json *parameters = node->parameters;

	if (!parameters || parameters->kind != JSON_OBJECT)
		return;
	for (size_t i = 0; i < parameters->n; i++) {
		const struct json_member *m = &parameters->at[i];
		const struct text t = m->value->text;
		const char *value;

		if (m->value->kind != JSON_STRING && m->value->kind != JSON_NUMBER)
			continue;
		value = arena_text_n(arena, t.data, t.size);
		if (*value && !says_name(node, value))
			setting(file, arena_text_n(arena, m->key.data, m->key.size),
				value);
	}
}

/* "sagemaker.spark.join_tables_0.1" is "join_tables" to people. */
static struct text
short_operator(const char *name)
{
	const char *dot = strrchr(name, '.'), *start = name;
	const char *end = name + strlen(name);

	for (const char *p = name; dot && p < dot; p++)
		if (*p == '.')
			start = p + 1;
	if (dot && dot > start && dot[-1] == '0' && dot - start > 2 && dot[-2] == '_')
		end = dot - 2;
	return (struct text){ start, (size_t)(end - start) };
}

static void
title(FILE *file, const struct node *node, const struct op *op)
{
	out_text(file, op ? text_of(op->title) : short_operator(node->operator));
}

void
rail_title(FILE *file, const struct node *node)
{
	struct error err;
	bool known;

	title(file, node, op_match(node->operator, node->parameters, &known, &err));
}

/* Where a flow begins and ends must be seen: two operators may have one title. */
static void
role(FILE *file, const struct node *node)
{
	if (node->type == NODE_SOURCE)
		fprintf(file, "Source: ");
	if (node->type == NODE_DESTINATION)
		fprintf(file, "Destination: ");
}

void
rail_node(FILE *file, const struct node *node, struct arena *arena)
{
	struct error err = { 0 };
	bool known = false;
	const struct op *op = op_match(node->operator, node->parameters, &known, &err);

	role(file, node);
	title(file, node, op);
	if (op) {
		if (!op_settings(file, op, node, arena, &err))
			fprintf(file, "  ! %s", err.text);
		return;
	}
	raw_settings(file, node, arena);
	if (node->type != NODE_VISUALIZATION)
		fprintf(file, known ? "  ! unknown choice" : "  ! unknown operator");
}

static void
sources(FILE *file, const struct rail *rail, const struct node *node)
{
	if (node->n_inputs == 0 ||
	    (node->n_inputs == 1 && node->inputs[0].from == rail->above))
		return;
	for (size_t i = 0; i < node->n_inputs; i++) {
		fprintf(file, i ? ", " : "  < ");
		rail_id(file, node->inputs[i].node);
	}
}

static void
line(FILE *file, struct rail *rail, struct stop stop, struct arena *arena)
{
	const struct node *node = &rail->flow->nodes[stop.node];

	rail_id(file, node->id);
	fprintf(file, "  %*s", (int)(stop.depth > 20 ? 40 : 2 * stop.depth), "");
	rail_node(file, node, arena);
	if (node->name && *node->name) {
		fprintf(file, "  '");
		out_text(file, text_of(node->name));
		fprintf(file, "'");
	}
	if (node->off)
		fprintf(file, "  (off)");
	sources(file, rail, node);
	fprintf(file, "\n");
	rail->above = stop.node;
}

static bool
is_ready(const struct rail *rail, size_t i)
{
	const struct node *node = &rail->flow->nodes[i];

	for (size_t j = 0; j < node->n_inputs; j++)
		if (node->inputs[j].from != FLOW_NONE &&
		    !rail->done[node->inputs[j].from])
			return false;
	return !rail->done[i];
}

/* The last pushed is the first printed: what goes on longest is pushed first. */
static void
push_users(struct rail *rail, struct stop from)
{
	const size_t first = rail->first[from.node], end = rail->first[from.node + 1];
	size_t tallest = first;

	for (size_t u = first; u < end; u++)
		if (rail->height[rail->users[u]] >= rail->height[rail->users[tallest]])
			tallest = u;
	if (first < end)
		rail->stack[rail->n_stack++] =
			(struct stop){ rail->users[tallest], from.depth };
	for (size_t u = end; u-- > first;)
		if (rail->users[u] != rail->users[tallest])
			rail->stack[rail->n_stack++] =
				(struct stop){ rail->users[u], from.depth + 1 };
}

void
rail_print(FILE *file, const struct flow *flow, struct arena *arena)
{
	struct rail rail = { .flow = flow, .above = FLOW_NONE };

	rail.done = ARENA_ARRAY(arena, flow->n + 1, bool);
	find_users(&rail, arena);
	find_heights(&rail, arena);
	for (size_t k = 0; k < flow->n; k++) {
		rail.stack[0] = (struct stop){ flow->order[k], 0 };
		rail.n_stack = 1;
		while (rail.n_stack) {
			const struct stop stop = rail.stack[--rail.n_stack];

			if (!is_ready(&rail, stop.node))
				continue;
			rail.done[stop.node] = true;
			line(file, &rail, stop, arena);
			push_users(&rail, stop);
		}
	}
}
