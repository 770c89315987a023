/* step - between the table of an operator, a node's JSON, and a line that is typed. */
#include "desk/step.h"

#include <string.h>

#include "desk/paths.h"

bool
step_fields(const struct op *op, void **fields, struct arena *arena, struct error *err)
{
	*fields = arena_alloc(arena, op->params_size + 1);
	return param_preset(op->params, *fields, arena, err);
}

bool
step_read(const struct node *node, const struct op **op, void **fields,
	  struct arena *arena, struct error *err)
{
	bool known;

	*op = op_match(node->operator, node->parameters, &known, err);
	return *op && step_fields(*op, fields, arena, err) &&
	       param_read_json((*op)->params, (*op)->block, node->parameters, *fields,
			       arena, err);
}

const struct json *
step_parameters(const struct op *op, const struct json *stands, const void *fields,
		struct arena *arena)
{
	const struct json *json = stands ? stands : json_new_object();

	for (const struct op_choice *c = op->choices; c && c->path; c++)
		if (!json_is_string(json_at(json, c->path), c->value))
			json = json_with_at(json, c->path,
					    json_new_string(c->value, arena), arena);
	return param_write_json(op->params, op->block, json, fields, arena);
}

/* --- as it is typed --- */

static bool
is_plain(const char *value)
{
	for (const char *p = value; *p; p++)
		if ((unsigned char)*p <= ' ' || *p == '"' || *p == 0x7f)
			return false;
	return *value != '\0';
}

static const char *
quoted(const char *value, struct arena *arena)
{
	static const char marks[] = "\"\\\n\t\r", letters[] = "\"\\ntr";
	char *out = arena_alloc(arena, 2 * strlen(value) + 3), *p = out;

	*p++ = '"';
	for (; *value; value++) {
		const char *mark = strchr(marks, *value);

		if (mark)
			*p++ = '\\';
		*p++ = mark ? letters[mark - marks] : *value;
	}
	*p = '"';
	return out;
}

const char *
step_value(const char *value, struct arena *arena)
{
	return is_plain(value) ? value : quoted(value, arena);
}

/* Nothing has to be said of it. */
static bool
is_preset(const struct param *p, const void *fields, const void *presets,
	  struct arena *arena)
{
	return presets &&
	       strcmp(param_print(p, fields, arena), param_print(p, presets, arena)) == 0;
}

const char *
step_words(const char *word, const struct param *params, size_t size, const void *fields,
	   struct arena *arena)
{
	void *presets = arena_alloc(arena, size + 1);
	struct error ignored = { 0 };
	const char *line = word;

	if (!param_preset(params, presets, arena, &ignored))
		presets = NULL;
	for (const struct param *p = params; p && p->name; p++) {
		const char *value;

		if (!param_is_used(params, p, fields) ||
		    is_preset(p, fields, presets, arena))
			continue;
		value = param_print(p, fields, arena);
		line = arena_print(arena, "%s %s=%s", line, p->name,
				   step_value(value, arena));
	}
	return line;
}

const char *
step_command(const struct op *op, const void *fields, struct arena *arena)
{
	return step_words(op->name, op->params, op->params_size, fields, arena);
}

/* Those that are not in force as well: they may be once another one is set. */
const char *
step_differences(const struct op *op, const void *from, const void *to,
		 struct arena *arena)
{
	const char *line = "";

	for (const struct param *p = op->params; p && p->name; p++)
		if (!is_preset(p, to, from, arena))
			line = arena_print(arena, "%s %s=%s", line, p->name,
					   step_value(param_print(p, to, arena), arena));
	return line;
}

static const struct param link_params[] = {
	PARAM_PATH(struct step_links, with, "Other table",
		   "a file, or a step by its number or name"),
	PARAM_FLAG(struct step_links, branch, "Branch",
		   "what reads the step before does not read this one",
		   .preset = "false"),
	{ 0 },
};

const struct param *
step_link_params(const struct op *op)
{
	if (op->role == ROLE_SOURCE)
		return link_params + COUNT(link_params) - 1;
	return op->flags & OP_TWO_INPUTS ? link_params : link_params + 1;
}

const struct param *
step_params(const struct op *op, size_t *links, size_t *size, struct arena *arena)
{
	const size_t line = _Alignof(max_align_t), n = param_count(op->params);
	const struct param *more = step_link_params(op);
	struct param *all = ARENA_ARRAY(arena, n + param_count(more) + 1, struct param);

	*links = (op->params_size + line - 1) / line * line;
	*size = *links + sizeof(struct step_links);
	for (size_t i = 0; i < n; i++)
		all[i] = op->params[i];
	for (size_t i = 0; more[i].name; i++) {
		all[n + i] = more[i];
		all[n + i].offset += *links;
	}
	return all;
}

/* --- in a flow --- */

/* What a file browser would call it: the file's name, or its folder's. */
static const char *
delivery_name(const struct op *op, const void *fields, struct arena *arena)
{
	struct delivery delivery = { 0 };
	struct error ignored = { 0 };
	const char *name;

	if (!op->destination || !op->destination(fields, &delivery, arena, &ignored))
		return NULL;
	if (delivery.file_name && *delivery.file_name)
		return delivery.file_name;
	name = paths_last(delivery.uri, arena);
	return *name ? name : op->title;
}

static const char *
type_of(const struct op *op)
{
	static const char *const types[] = {
		[ROLE_TRANSFORM] = "TRANSFORM",
		[ROLE_SOURCE] = "SOURCE",
		[ROLE_DESTINATION] = "DESTINATION",
	};

	return types[op->role];
}

/* Up from what only shows or writes rows to what makes them. */
static size_t
maker_of(const struct flow *flow, size_t place)
{
	while ((flow->nodes[place].type == NODE_VISUALIZATION ||
		flow->nodes[place].type == NODE_DESTINATION) &&
	       flow->nodes[place].n_inputs > 0)
		place = flow->nodes[place].inputs[0].from;
	return place;
}

/* The table of a node; of a split, its first part. */
static struct flow_from
table_of(const struct flow *flow, size_t place)
{
	const struct names *outputs;

	place = maker_of(flow, place);
	outputs = &flow->nodes[place].outputs;
	if (outputs->n == 0 || names_has(outputs, "default"))
		return (struct flow_from){ place, NULL };
	return (struct flow_from){ place, outputs->at[0] };
}

static bool
find_inputs(const struct flow *flow, const struct op *op, size_t behind, size_t second,
	    struct flow_from from[2], size_t *n, struct error *err)
{
	*n = op->flags & OP_TWO_INPUTS ? 2 : 1;
	if (behind == FLOW_NONE)
		return fail(err, "%s: there are no rows yet; open a table first",
			    op->title);
	if (*n == 2 && second == FLOW_NONE)
		return fail(err, "%s: say which other table it reads", op->title);
	from[0] = table_of(flow, behind);
	if (*n == 2)
		from[1] = table_of(flow, second);
	return true;
}

static bool
add(struct flow *flow, const struct op *op, const void *fields, size_t behind,
    size_t second, bool branches, size_t *place, struct error *err)
{
	struct node_spec spec = { .type = type_of(op), .operator= op->id };
	struct flow_from from[2];
	size_t n;

	spec.parameters = step_parameters(op, NULL, fields, &flow->arena);
	spec.name = delivery_name(op, fields, &flow->arena);
	if (op->role == ROLE_SOURCE)
		return flow_add_source(flow, &spec, place, err);
	if (!find_inputs(flow, op, behind, second, from, &n, err))
		return false;
	if (op->role == ROLE_DESTINATION || branches)
		return flow_add(flow, &spec, from, n, place, err);
	return flow_insert(flow, &spec, from, n, place, err);
}

bool
step_add(struct flow *flow, const struct op *op, const void *fields, size_t behind,
	 size_t second, size_t *place, struct error *err)
{
	return add(flow, op, fields, behind, second, false, place, err);
}

static bool
fit(struct steps *steps, const struct schema tables[2], size_t n, struct arena *arena,
    struct error *err)
{
	struct schema have[2] = { tables[0], tables[1] };

	for (size_t i = 0; i < steps->n; i++, n = 1) {
		if (!step_shape(&steps->at[i], have, n, arena, err))
			return false;
		have[0] = steps->at[i].out.schema;
	}
	return true;
}

bool
step_fit(const struct op *op, const void *fields, const struct schema tables[2],
	 struct steps *out, struct arena *arena, struct error *err)
{
	const size_t n = op->flags & OP_TWO_INPUTS ? 2 : 1;
	const struct json *json = step_parameters(op, NULL, fields, arena);

	*out = (struct steps){ 0 };
	if (!steps_from_json(op, json, NULL, false, out, arena, err))
		return false;
	if (!tables[0].n || (n == 2 && !tables[1].n) || fit(out, tables, n, arena, err))
		return true;
	steps_release(out);
	return false;
}

bool
step_branch(struct flow *flow, const struct op *op, const void *fields, size_t behind,
	    size_t second, size_t *place, struct error *err)
{
	return add(flow, op, fields, behind, second, true, place, err);
}

bool
step_link(struct flow *flow, size_t place, size_t second, struct error *err)
{
	if (flow->nodes[place].n_inputs != 2)
		return fail(err, "with: the step reads one table only");
	return flow_relink(flow, place, 1, table_of(flow, second), err);
}

bool
step_set(struct flow *flow, size_t place, const struct op *op, const void *fields,
	 struct error *err)
{
	const struct node *node = &flow->nodes[place];

	if (strcmp(node->operator, op->id) != 0)
		return fail(err, "%s: the step is of another kind ('%s')", op->title,
			    node->operator);
	return flow_set_parameters(
		flow, place, step_parameters(op, node->parameters, fields, &flow->arena),
		err);
}
