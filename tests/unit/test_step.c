/* A step says the same as fields, as a node, and as a line; it goes where it belongs. */
#include "desk/step.h"

#include "check.h"
#include "random_settings.h"

static struct error err;
static struct arena mem;

static const char *const names[] = { "a", "b c", "d,e" };
static const enum type types[] = { TYPE_LONG, TYPE_STRING, TYPE_FLOAT };

static struct schema
columns(void)
{
	struct schema schema = { 0 };

	for (size_t i = 0; i < COUNT(names); i++)
		schema_add(&schema, names[i], types[i], &mem);
	return schema;
}

static size_t
start(struct flow *flow)
{
	void *fields;
	size_t place = FLOW_NONE;

	CHECK(flow_new(flow, &err));
	for (const struct op *const *op = op_table; *op; op++)
		if ((*op)->role == ROLE_SOURCE && place == FLOW_NONE) {
			CHECK(step_fields(*op, &fields, &mem, &err));
			CHECK(step_add(flow, *op, fields, FLOW_NONE, FLOW_NONE, &place,
				       &err));
		}
	return place;
}

/* All that is in force prints alike. */
static void
check_same(const struct op *op, const void *a, const void *b)
{
	for (const struct param *p = op->params; p && p->name; p++)
		if (param_is_used(op->params, p, a))
			CHECK_TEXT(param_print(p, b, &mem), param_print(p, a, &mem));
}

static void
check_op(const struct op *op, uint64_t *seed)
{
	const struct schema schema = columns();
	struct flow flow;
	size_t behind = start(&flow), place, second;
	void *fields = arena_alloc(&mem, op->params_size + 1), *read;
	const struct op *found;
	bool fine;

	random_settings(op, fields, &schema, seed, &fine, &mem);
	second = op->flags & OP_TWO_INPUTS ? behind : FLOW_NONE;
	CHECK(step_add(&flow, op, fields, behind, second, &place, &err));
	if (op->role == ROLE_SOURCE)
		place = flow.nodes[place].inputs[0].from;
	CHECK(step_read(&flow.nodes[place], &found, &read, &mem, &err));
	CHECK(found == op);
	if (fine && found == op)
		check_same(op, fields, read);
	CHECK(step_set(&flow, place, op, fields, &err));
	CHECK(strncmp(step_command(op, fields, &mem), op->name, strlen(op->name)) == 0);
	flow_release(&flow);
}

static void
check_ops(void)
{
	uint64_t seed = 7;

	for (int i = 0; i < 20; i++)
		for (const struct op *const *op = op_table; *op; op++)
			check_op(*op, &seed);
}

struct told {
	const char *text;
	int64_t n;
	bool flag;
};

static const struct param told_params[] = {
	PARAM_TEXT(struct told, text, "Text", "any", .preset = "x"),
	PARAM_INTEGER(struct told, n, "Number", "any", .preset = ""),
	PARAM_FLAG(struct told, flag, "Flag", "any", .preset = "false"),
	{ 0 },
};

static void
check_words(const char *text, const char *wanted)
{
	struct told told = { .text = text, .n = PARAM_NO_INTEGER };

	CHECK_TEXT(step_words("w", told_params, sizeof(told), &told, &mem), wanted);
}

static void
check_lines(void)
{
	struct told told = { .text = "x", .n = 3, .flag = true };

	CHECK_TEXT(step_words("w", told_params, sizeof(told), &told, &mem),
		   "w n=3 flag=true");
	CHECK_TEXT(step_words("w", NULL, 0, NULL, &mem), "w");
	check_words("x", "w");
	check_words("a\\,b", "w text=a\\,b");
	check_words("", "w text=\"\"");
	check_words("two words", "w text=\"two words\"");
	check_words("a\\b \"c\"\n", "w text=\"a\\\\b \\\"c\\\"\\n\"");
}

static const struct op *
first_of(enum op_role role, bool two)
{
	for (const struct op *const *op = op_table; *op; op++)
		if ((*op)->role == role && !((*op)->flags & OP_TWO_INPUTS) == !two)
			return *op;
	return NULL;
}

static size_t
put(struct flow *flow, const struct op *op, size_t behind, size_t second)
{
	void *fields;
	size_t place = FLOW_NONE;

	CHECK(step_fields(op, &fields, &mem, &err));
	CHECK(step_add(flow, op, fields, behind, second, &place, &err));
	return place;
}

/* Behind a destination is behind what it reads; what read that reads the new step. */
static void
check_places(void)
{
	const struct op *op = first_of(ROLE_TRANSFORM, false);
	const struct op *join = first_of(ROLE_TRANSFORM, true);
	struct flow flow;
	const size_t typed = start(&flow);
	const char *id = arena_text(&mem, flow.nodes[typed].id);
	size_t out = put(&flow, first_of(ROLE_DESTINATION, false), typed, FLOW_NONE);
	const char *out_id = arena_text(&mem, flow.nodes[out].id);
	size_t place = put(&flow, op, out, FLOW_NONE);
	void *fields;

	CHECK_TEXT(flow.nodes[place].inputs[0].node, id);
	CHECK_TEXT(flow.nodes[flow_place(&flow, out_id)].inputs[0].node,
		   flow.nodes[place].id);
	CHECK(step_fields(join, &fields, &mem, &err));
	CHECK(!step_add(&flow, join, fields, place, FLOW_NONE, &out, &err));
	CHECK(!step_add(&flow, op, fields, FLOW_NONE, FLOW_NONE, &out, &err));
	place = put(&flow, join, place, typed);
	CHECK(flow.nodes[place].n_inputs == 2);
	CHECK_TEXT(flow.nodes[place].inputs[1].node, id);
	CHECK_TEXT(flow.nodes[flow_place(&flow, out_id)].inputs[0].node,
		   flow.nodes[place].id);
	CHECK(!step_set(&flow, place, op, fields, &err));
	flow_release(&flow);
}

int
main(void)
{
	check_lines();
	check_places();
	check_ops();
	arena_release(&mem);
	return check_report();
}
