/*
 * shuffle - rows in random order.
 *
 * The seed decides the order, so a run can be repeated; Data Wrangler has none.
 */
#include "base/random.h"
#include "op/op.h"
#include "op/reorder.h"

struct shuffle {
	int64_t seed;
};

static const struct op_choice choices[] = {
	{ "operator", "Shuffle" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_INTEGER(struct shuffle, seed, "Seed", "another number, another order",
		      .preset = "838257247"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "", "x\n1\n2\n3\n", "x\n2\n3\n1\n" },
	{ 0 },
};

static bool
whole(const struct call *call, struct table *const *in, struct table *out,
      struct schema *schema, struct arena *arena, struct error *err)
{
	const struct shuffle *f = call->fields;
	uint64_t seed = (uint64_t)f->seed;
	struct reorder r;
	bool ok = reorder_start(&r, in[0], call->in, err);

	(void)schema;
	(void)arena;
	for (size_t left = r.n; ok && left > 1; left--) {
		size_t i = random_below(&seed, left);
		uint32_t row = r.rows[i];

		r.rows[i] = r.rows[left - 1];
		r.rows[left - 1] = row;
	}
	ok = ok && reorder_end(&r, out, err);
	reorder_release(&r);
	return ok;
}

static bool
changes_rows(const void *fields)
{
	(void)fields;
	return true;
}

const struct op op_shuffle = {
	.name = "shuffle",
	.title = "Shuffle",
	.group = "Manage rows",
	.help = "Put the rows in random order.",
	.id = "sagemaker.spark.manage_rows_0.1",
	.choices = choices,
	.block = "shuffle_parameters",
	.params = params,
	.params_size = sizeof(struct shuffle),
	.examples = examples,
	.changes_rows = changes_rows,
	.whole = whole,
};
