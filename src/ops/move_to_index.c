/*
 * move_to_index - columns that start at a place.
 *
 * The place counts from 0 in the list without the moved columns. It must be below the
 * number of columns; behind the last of the others they simply come last.
 */
#include "op/move.h"

struct move_to_index {
	struct names column_to_move;
	int64_t index;
};

static const struct op_choice choices[] = {
	{ "operator", "Move column" },
	{ "move_column_parameters.move_type", "Move to index" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct move_to_index, column_to_move, "Columns to move",
		      "columns to move; they keep their order"),
	PARAM_INTEGER(struct move_to_index, index, "Index",
		      "place among the other columns, from 0", MIN(0)),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "column_to_move=c index=1", "a,b,c\n1,2,3\n", "a,c,b\n1,3,2\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct move_to_index *f = fields;

	(void)learned;
	if (!in->open && (uint64_t)f->index >= in->n)
		return fail(err, "index: %lld is not below the number of columns, %zu",
			    (long long)f->index, in->n);
	move_columns(out, in, &f->column_to_move, (size_t)f->index);
	return true;
}

const struct op op_move_to_index = {
	.name = "move_to_index",
	.title = "Move to index",
	.group = "Manage columns",
	.help = "Move columns to a place.",
	.id = "sagemaker.spark.manage_columns_0.1",
	.choices = choices,
	.block = "move_column_parameters.move_to_index_parameters",
	.params = params,
	.params_size = sizeof(struct move_to_index),
	.examples = examples,
	.shape = shape,
	.reads = reads_nothing,
};
