/*
 * drop_column - columns that go.
 *
 * Where a name occurs twice, both columns go.
 */
#include "op/op.h"

struct drop_column {
	struct names column_to_drop;
};

static const struct op_choice choices[] = {
	{ "operator", "Drop column" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct drop_column, column_to_drop, "Columns to drop",
		      "columns that go"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "column_to_drop=b", "a,b,c\n1,2,3\n", "a,c\n1,3\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct drop_column *f = fields;

	bool *dropped = ARENA_ARRAY(out->arena, in->n, bool);
	struct schema_index index = schema_index(in, out->arena);

	(void)learned;
	(void)err;
	for (size_t i = 0; i < f->column_to_drop.n; i++) {
		int at = schema_index_find(&index, f->column_to_drop.at[i]);

		if (at != SCHEMA_NONE)
			dropped[at] = true;
	}
	/* a name may be there twice: its first column speaks for all */
	for (size_t i = 0; i < in->n; i++)
		if (!dropped[schema_index_find(&index, in->at[i].name)])
			shape_keep(out, in, i);
	out->schema.open = in->open;
	return true;
}

const struct op op_drop_column = {
	.name = "drop_column",
	.title = "Drop column",
	.group = "Manage columns",
	.help = "Drop columns.",
	.id = "sagemaker.spark.manage_columns_0.1",
	.choices = choices,
	.block = "drop_column_parameters",
	.params = params,
	.params_size = sizeof(struct drop_column),
	.examples = examples,
	.shape = shape,
	.reads = reads_nothing,
};
