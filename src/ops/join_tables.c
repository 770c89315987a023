/*
 * join_tables - the rows of two tables side by side, where one column of each is equal.
 */
#include "op/join.h"

struct join_tables {
	const char *left_column, *right_column;
	int join_type;
};

static const struct param params[] = {
	PARAM_COLUMN(struct join_tables, left_column, "Left key",
		     "column of the left table", .accepts = TYPE_ANY & ~TYPE_OBJECT,
		     .preset = ""),
	PARAM_COLUMN(struct join_tables, right_column, "Right key",
		     "column of the right table", .accepts = TYPE_ANY & ~TYPE_OBJECT,
		     .preset = "", .second = true),
	PARAM_CHOICE(struct join_tables, join_type, "Join type",
		     "which rows stay where no key is equal", .choices = join_types,
		     .preset = "inner"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "left_column=id right_column=id", "id,x\n1,a\n2,b\n++++\nid,y\n2,c\n3,d\n",
	  "id_0,x,id_1,y\n2,b,2,c\n" },
	{ "left_column=a right_column=b join_type=left",
	  "a,x\n1,p\n2,q\n++++\nb,y\n2,c\n", "a,x,b,y\n1,p,,\n2,q,2,c\n" },
	{ 0 },
};

/* The two names hold for as long as f does. */
static struct join
join_of(const struct join_tables *f)
{
	struct join join = { .type = f->join_type };

	if (f->left_column[0] || f->right_column[0]) {
		join.left = (struct names){ 1, (const char **)&f->left_column };
		join.right = (struct names){ 1, (const char **)&f->right_column };
	}
	return join;
}

static bool
check(const void *fields, struct error *err)
{
	const struct join_tables *f = fields;
	struct join join = join_of(f);

	if (!f->left_column[0] != !f->right_column[0])
		return fail(err, "%s: must be given (column of the %s table)",
			    f->left_column[0] ? "right_column" : "left_column",
			    f->left_column[0] ? "right" : "left");
	return join_check(&join, err);
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	struct join join = join_of(fields);

	(void)learned;
	return join_shape(&join, in, out, err);
}

static size_t
streams(const void *fields)
{
	struct join join = join_of(fields);

	return join_streams(&join);
}

static bool
reads(const void *fields, const struct schema *in, bool *read)
{
	struct join join = join_of(fields);

	join_reads(&join, in, read);
	return false;
}

static bool
index_table(const struct call *call, struct table *table, void *learned,
	    struct error *err)
{
	struct join join = join_of(call->fields);

	return join_index(&join, call, table, learned, err);
}

static void
forget(void *learned)
{
	join_index_release(learned);
}

static void *
pool(const struct call *call, struct error *err)
{
	struct join join = join_of(call->fields);

	return join_pool(&join, call, err);
}

static void *
open_join(const struct call *call, struct error *err)
{
	struct join join = join_of(call->fields);

	return join_open(&join, err);
}

static bool
fits(const struct call *call, const struct table *table)
{
	struct join join = join_of(call->fields);

	return join_fits(&join, call, table);
}

static bool
outgrown(const struct call *call, struct table *const *in, struct table *out,
	 struct schema *schema, struct arena *arena, struct error *err)
{
	struct join join = join_of(call->fields);

	(void)schema, (void)arena;
	return join_outgrown(&join, call, in, out, err);
}

const struct op op_join_tables = {
	.name = "join_tables",
	.title = "Join",
	.group = "Combine tables",
	.help = "Join two tables by one column of each.",
	.id = "sagemaker.spark.join_tables_0.1",
	.params = params,
	.params_size = sizeof(struct join_tables),
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
