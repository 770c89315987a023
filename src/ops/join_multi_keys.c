/*
 * join_multi_keys - the rows of two tables side by side, where all keys are equal.
 *
 * Data Wrangler stops at 10 pairs of keys; here there may be any number.
 */
#include "op/join.h"

struct key {
	const char *left, *right;
};

struct join_multi_keys {
	struct list join_keys;
	int join_type;
};

enum { COMPARED = TYPE_ANY & ~TYPE_OBJECT };

static const struct param rows[] = {
	PARAM_COLUMN(struct key, left, "Left key", "column of the left table",
		     .accepts = COMPARED),
	PARAM_COLUMN(struct key, right, "Right key", "column of the right table",
		     .accepts = COMPARED, .second = true),
	{ 0 },
};

static const struct param params[] = {
	PARAM_LIST(struct join_multi_keys, join_keys, "Keys",
		   "pairs of columns, which must all be equal", .rows = rows,
		   .rows_size = sizeof(struct key), .preset = ""),
	PARAM_CHOICE(struct join_multi_keys, join_type, "Join type",
		     "which rows stay where no key is equal", .choices = join_types,
		     .preset = "inner"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "join_keys=a:a,b:c", "a,b\n1,x\n1,y\n++++\na,c,d\n1,y,7\n2,y,8\n",
	  "a_0,b,a_1,c,d\n1,y,1,y,7\n" },
	{ 0 },
};

static struct join
join_of(const struct join_multi_keys *f, struct arena *arena)
{
	const struct key *keys = f->join_keys.at;
	struct join join = { .type = f->join_type };

	for (size_t i = 0; i < f->join_keys.n; i++) {
		names_add(&join.left, keys[i].left, arena);
		names_add(&join.right, keys[i].right, arena);
	}
	return join;
}

static bool
check(const void *fields, struct error *err)
{
	struct arena mem = { 0 };
	struct join join = join_of(fields, &mem);
	bool fine = join_check(&join, err);

	arena_release(&mem);
	return fine;
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	struct join join = join_of(fields, out->arena);

	(void)learned;
	return join_shape(&join, in, out, err);
}

static size_t
streams(const void *fields)
{
	const struct join join = {
		.type = ((const struct join_multi_keys *)fields)->join_type
	};

	return join_streams(&join);
}

static bool
reads(const void *fields, const struct schema *in, bool *read)
{
	struct arena mem = { 0 };
	struct join join = join_of(fields, &mem);

	join_reads(&join, in, read);
	arena_release(&mem);
	return false;
}

static bool
index_table(const struct call *call, struct table *table, void *learned,
	    struct error *err)
{
	struct arena mem = { 0 };
	struct join join = join_of(call->fields, &mem);
	bool ok = join_index(&join, call, table, learned, err);

	arena_release(&mem);
	return ok;
}

static void
forget(void *learned)
{
	join_index_release(learned);
}

static void *
pool(const struct call *call, struct error *err)
{
	const struct join_multi_keys *f = call->fields;
	const struct join join = { .type = f->join_type };

	return join_pool(&join, call, err);
}

static void *
open_join(const struct call *call, struct error *err)
{
	struct arena mem = { 0 };
	struct join join = join_of(call->fields, &mem);
	void *state = join_open(&join, err);

	arena_release(&mem);
	return state;
}

static bool
fits(const struct call *call, const struct table *table)
{
	const struct join_multi_keys *f = call->fields;
	const struct join join = { .type = f->join_type };

	return join_fits(&join, call, table);
}

static bool
outgrown(const struct call *call, struct table *const *in, struct table *out,
	 struct schema *schema, struct arena *arena, struct error *err)
{
	struct join join = join_of(call->fields, arena);

	(void)schema;
	return join_outgrown(&join, call, in, out, err);
}

const struct op op_join_multi_keys = {
	.name = "join_multi_keys",
	.title = "Join by several keys",
	.group = "Combine tables",
	.help = "Join two tables by pairs of columns.",
	.id = "sagemaker.spark.join_multi_keys_0.1",
	.params = params,
	.params_size = sizeof(struct join_multi_keys),
	.learned_size = sizeof(struct join_index),
	.examples = examples,
	.flags = OP_TWO_INPUTS | OP_OWN_LEARNED,
	.check = check,
	.shape = shape,
	.reads = reads,
	.streams = streams,
	.index = index_table,
	.forget = forget,
	.pool = pool,
	.drain = join_drain,
	.open = open_join,
	.pour = join_pour,
	.rest = join_rest,
	.close = join_close,
	.fits = fits,
	.outgrown = outgrown,
};
