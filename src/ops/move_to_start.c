/*
 * move_to_start - columns that come first.
 */
#include "op/move.h"

struct move_to_start {
	struct names column_to_move;
};

static const struct op_choice choices[] = {
	{ "operator", "Move column" },
	{ "move_column_parameters.move_type", "Move to start" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct move_to_start, column_to_move, "Columns to move",
		      "columns to move; they keep their order"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "column_to_move=c", "a,b,c\n1,2,3\n", "c,a,b\n3,1,2\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct move_to_start *f = fields;

	(void)learned;
	(void)err;
	move_columns(out, in, &f->column_to_move, 0);
	return true;
}

const struct op op_move_to_start = {
	.name = "move_to_start",
	.title = "Move to start",
	.group = "Manage columns",
	.help = "Move columns to the start.",
	.id = "sagemaker.spark.manage_columns_0.1",
	.choices = choices,
	.block = "move_column_parameters.move_to_start_parameters",
	.params = params,
	.params_size = sizeof(struct move_to_start),
	.examples = examples,
	.shape = shape,
	.reads = reads_nothing,
};
