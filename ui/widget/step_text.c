/* step_text - titles come from op/, names and settings from the document. */
#include "widget/step_text.h"

#include "desk/paths.h"
#include "flow/edit.h"

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

static const struct op *
op_of(const struct node *node)
{
	struct error err;
	bool known;

	return op_match(node->operator, node->parameters, &known, &err);
}

struct text
step_title(const struct node *node)
{
	const struct op *op = op_of(node);

	return op ? text_of(op->title) : short_operator(node->operator);
}

/* The fields of the node; NULL: they cannot be read. */
static void *
fields_of(const struct op *op, const struct node *node, struct arena *arena,
	  struct error *err)
{
	void *fields = arena_alloc(arena, op->params_size + 1);

	return param_preset(op->params, fields, arena, err) &&
			       param_read_json(op->params, op->block, node->parameters,
					       fields, arena, err)
		       ? fields
		       : NULL;
}

/* Where rows go, if the operator says so. */
static const char *
delivery_name(const struct op *op, const void *fields, struct arena *arena)
{
	struct delivery delivery = { 0 };
	struct error err;

	if (!op->destination || !op->destination(fields, &delivery, arena, &err))
		return "";
	if (delivery.file_name && *delivery.file_name)
		return paths_last(delivery.file_name, arena);
	return delivery.uri ? paths_last(delivery.uri, arena) : "";
}

/* The columns that it works on: those of its first param that names any. */
static struct names
columns_of(const struct op *op, const void *fields, struct arena *arena)
{
	struct names found = { 0 };

	for (const struct param *p = op->params; p && p->name && !found.n; p++) {
		const char *field = (const char *)fields + p->offset;

		if (p->second || !param_is_used(op->params, p, fields))
			continue;
		if (p->kind == KIND_COLUMNS)
			found = *(const struct names *)(const void *)field;
		else if (p->kind == KIND_COLUMN &&
			 **(const char *const *)(const void *)field)
			names_add(&found, *(const char *const *)(const void *)field,
				  arena);
	}
	return found;
}

static const char *
op_name(const struct op *op, const struct node *node, struct arena *arena)
{
	struct error err;
	void *fields = fields_of(op, node, arena, &err);
	const char *file = fields ? delivery_name(op, fields, arena) : "";
	const struct names columns =
		fields ? columns_of(op, fields, arena) : (struct names){ 0 };

	if (*file)
		return file;
	if (!columns.n)
		return op->title;
	if (columns.n == 1)
		return arena_print(arena, "%s: %s", op->title, columns.at[0]);
	return arena_print(arena, "%s ×%zu", op->title, columns.n);
}

const char *
step_name(const struct node *node, struct arena *arena)
{
	const struct op *op;

	/* a copy: the flow's own text goes with its next change */
	if (*node->name || node->type == NODE_SOURCE)
		return arena_text(arena, flow_title(node, arena));
	op = op_of(node);
	return arena_text(arena, op ? op_name(op, node, arena) : flow_title(node, arena));
}

/* The step that a sentence begins with; *rest: what it says of it. */
static const struct node *
labelled(const struct flow *flow, const char *sentence, const char **rest)
{
	const size_t word = strcspn(sentence, " ");
	const char *id = strncmp(sentence + word, " (", 2) ? NULL : sentence + word + 2;
	const char *end = id ? strstr(id, "): ") : NULL;

	for (size_t i = 0; end && end > id && i < flow->n; i++)
		if (!strncmp(flow->nodes[i].id, id, (size_t)(end - id))) {
			*rest = end + 3;
			return &flow->nodes[i];
		}
	return NULL;
}

const char *
step_sentence(const struct flow *flow, const char *sentence, struct arena *arena)
{
	const char *rest;
	const struct node *node = labelled(flow, sentence, &rest);

	return node ? arena_print(arena, "%s: %s", step_name(node, arena), rest)
		    : sentence;
}

static void
add(struct step_settings *out, const char *name, const char *label, const char *value,
    bool is_chosen)
{
	out->at[out->n++] = (struct step_setting){
		.name = name,
		.label = label && *label ? label : name,
		.value = value,
		.is_chosen = is_chosen,
	};
}

static void
op_settings(const struct op *op, const struct node *node, struct step_settings *out,
	    struct arena *arena)
{
	struct error err;
	void *presets = arena_alloc(arena, op->params_size + 1);
	void *fields = fields_of(op, node, arena, &err);
	size_t n = 0;

	if (!fields || !param_preset(op->params, presets, arena, &err)) {
		out->problem = arena_text(arena, err.text);
		return;
	}
	while (op->params && op->params[n].name)
		n++;
	out->at = ARENA_ARRAY(arena, n + 1, struct step_setting);
	for (const struct param *p = op->params; p && p->name; p++) {
		const char *value = param_print(p, fields, arena);

		if (*value && param_is_used(op->params, p, fields))
			add(out, p->name, p->label, value,
			    strcmp(value, param_print(p, presets, arena)) != 0);
	}
}

static void
raw_settings(const struct node *node, struct step_settings *out, struct arena *arena)
{
	const struct json *parameters = node->parameters;

	if (!parameters || parameters->kind != JSON_OBJECT)
		return;
	out->at = ARENA_ARRAY(arena, parameters->n + 1, struct step_setting);
	for (size_t i = 0; i < parameters->n; i++) {
		const struct json_member *m = &parameters->at[i];
		const struct text t = m->value->text;

		if (m->value->kind != JSON_STRING && m->value->kind != JSON_NUMBER)
			continue;
		if (t.size && t.data[0])
			add(out, arena_text_n(arena, m->key.data, m->key.size), NULL,
			    arena_text_n(arena, t.data, t.size), true);
	}
}

void
step_settings(const struct node *node, struct step_settings *out, struct arena *arena)
{
	struct error err = { 0 };

	*out = (struct step_settings){ 0 };
	out->op = op_match(node->operator, node->parameters, &out->is_known, &err);
	if (out->op)
		op_settings(out->op, node, out, arena);
	else
		raw_settings(node, out, arena);
}
