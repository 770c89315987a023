/* check - verdicts in the order of the edges; nothing stops at the first mistake. */
#include "run/check.h"

#include "io/io.h"
#include "op/step.h"
#include "run/origin.h"

const char *
verdict_name(enum verdict verdict)
{
	static const char *const names[] = { "fine",    "off",   "chart",
					     "unknown", "wrong", "blocked" };

	return names[verdict];
}

struct checker {
	const struct flow *flow;
	const struct run_options *options;
	bool data;
	struct check *check;
	struct arena *arena;
};

static void
judge(struct checker *c, size_t i, enum verdict verdict, const char *problem)
{
	c->check->nodes[i].verdict = verdict;
	c->check->nodes[i].problem = arena_text(c->arena, problem);
	if (verdict == VERDICT_UNKNOWN || verdict == VERDICT_WRONG)
		c->check->n_bad++;
}

static bool
stands(const struct checker *c, size_t i)
{
	enum verdict verdict = c->check->nodes[i].verdict;

	return verdict == VERDICT_FINE || verdict == VERDICT_OFF;
}

/* Names that the first step below a source stores: all that is known without data. */
static void
stored_schema(struct checker *c, size_t source, struct schema *schema)
{
	const struct json *stored = NULL;

	*schema = (struct schema){ .open = true };
	for (size_t i = 0; i < c->flow->n && !stored; i++) {
		const struct node *node = &c->flow->nodes[i];

		if (node->n_inputs == 1 && node->inputs[0].from == source)
			stored = json_find(node->trained, "schema");
	}
	if (!stored || stored->kind != JSON_OBJECT || stored->n == 0)
		return;
	schema->open = false;
	for (size_t i = 0; i < stored->n; i++)
		schema_add(schema,
			   arena_text_n(c->arena, stored->at[i].key.data,
					stored->at[i].key.size),
			   TYPE_STRING, c->arena);
}

static bool
source_schema(struct checker *c, size_t i, struct step *step, struct schema *schema,
	      struct error *err)
{
	struct plan plan = { .arena = c->arena, .flow = c->flow, .options = c->options };
	struct knot knot = { .step = step, .node = i };
	struct names warnings = { 0 };
	struct dataset dataset;

	if (!c->data) {
		stored_schema(c, i, schema);
		return true;
	}
	plan.warnings = &warnings;
	plan.report_arena = c->arena;
	if (!origin_find(&plan, &knot, &dataset, &c->check->nodes[i].file, err) ||
	    !origin_open(&plan, &knot, err))
		return false;
	/* the names are the source's */
	*schema = (struct schema){ .open = knot.schema.open };
	for (size_t k = 0; k < knot.schema.n; k++)
		schema_add(schema, knot.schema.at[k].name, knot.schema.at[k].type,
			   c->arena);
	source_close(knot.source);
	return true;
}

static bool
shape_steps(struct checker *c, size_t i, struct steps *steps, const struct schema *in,
	    struct schema *out, struct error *err)
{
	const struct node *node = &c->flow->nodes[i];

	if (steps->at[0].op->role == ROLE_SOURCE)
		return source_schema(c, i, &steps->at[0], out, err);
	for (size_t s = 0; s < steps->n; s++) {
		if (!step_shape(&steps->at[s], in, s ? 1 : node->n_inputs, c->arena, err))
			return false;
		*out = steps->at[s].out.schema;
		in = out;
	}
	return true;
}

static void
check_node(struct checker *c, size_t i)
{
	const struct node *node = &c->flow->nodes[i];
	struct verdict_of *mine = &c->check->nodes[i];
	struct schema *in = ARENA_ARRAY(c->arena, node->n_inputs + 1, struct schema);
	struct error err = { 0 };
	struct steps steps;
	const struct op *op;
	bool known;

	mine->op = mine->problem = "";
	for (size_t j = 0; j < node->n_inputs; j++) {
		size_t from = node->inputs[j].from;

		if (!stands(c, from)) {
			judge(c, i, VERDICT_BLOCKED, "");
			return;
		}
		in[j] = c->check->nodes[from].schema;
	}
	if (node->type == NODE_VISUALIZATION) {
		judge(c, i, VERDICT_CHART, "");
		return;
	}
	if (node->off && node->n_inputs == 1) {
		judge(c, i, VERDICT_OFF, "");
		mine->schema = in[0];
		return;
	}
	op = op_match(node->operator, node->parameters, &known, &err);
	if (!op) {
		judge(c, i, VERDICT_UNKNOWN, err.text);
		return;
	}
	mine->op = op->name;
	if (!steps_from_json(op, node->parameters, node->trained, false, &steps, c->arena,
			     &err)) {
		judge(c, i, VERDICT_WRONG, err.text);
		return;
	}
	if (!shape_steps(c, i, &steps, in, &mine->schema, &err))
		judge(c, i, VERDICT_WRONG, err.text);
	steps_release(&steps);
}

bool
check_flow(const struct flow *flow, const struct run_options *options, bool data,
	   struct check *check, struct error *err)
{
	struct checker c = { flow, options, data, check, &check->arena };

	*check = (struct check){ 0 };
	check->nodes = ARENA_ARRAY(&check->arena, flow->n + 1, struct verdict_of);
	if (flow->n == 0)
		return fail(err, "the flow has no nodes");
	for (size_t i = 0; i < flow->n; i++)
		check_node(&c, flow->order[i]);
	return true;
}

void
check_release(struct check *check)
{
	arena_release(&check->arena);
}
