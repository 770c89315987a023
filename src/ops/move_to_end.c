/*
 * move_to_end - columns that come last.
 */
#include "op/move.h"

struct move_to_end {
	struct names column_to_move;
};

static const struct op_choice choices[] = {
	{ "operator", "Move column" },
	{ "move_column_parameters.move_type", "Move to end" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct move_to_end, column_to_move, "Columns to move",
		      "columns to move; they keep their order"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "column_to_move=a", "a,b,c\n1,2,3\n", "b,c,a\n2,3,1\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct move_to_end *f = fields;

	(void)learned;
	(void)err;
	move_columns(out, in, &f->column_to_move, in->n);
	return true;
}

const struct op op_move_to_end = {
	.name = "move_to_end",
	.title = "Move to end",
	.group = "Manage columns",
	.help = "Move columns to the end.",
	.id = "sagemaker.spark.manage_columns_0.1",
	.choices = choices,
	.block = "move_column_parameters.move_to_end_parameters",
	.params = params,
	.params_size = sizeof(struct move_to_end),
	.examples = examples,
	.shape = shape,
	.reads = reads_nothing,
};
