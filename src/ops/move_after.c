/*
 * move_after - columns that come right behind another one.
 */
#include "op/move.h"

struct move_after {
	struct names column_to_move;
	const char *target_column;
};

static const struct op_choice choices[] = {
	{ "operator", "Move column" },
	{ "move_column_parameters.move_type", "Move after" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct move_after, column_to_move, "Columns to move",
		      "columns to move; they keep their order"),
	PARAM_COLUMN(struct move_after, target_column, "Target column",
		     "column next to which they go"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "column_to_move=a target_column=b", "a,b,c\n1,2,3\n", "b,a,c\n2,1,3\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct move_after *f = fields;
	size_t index;

	(void)learned;
	if (!move_target(in, &f->column_to_move, f->target_column, &index, err))
		return false;
	move_columns(out, in, &f->column_to_move, index + 1);
	return true;
}

const struct op op_move_after = {
	.name = "move_after",
	.title = "Move after",
	.group = "Manage columns",
	.help = "Move columns right behind another.",
	.id = "sagemaker.spark.manage_columns_0.1",
	.choices = choices,
	.block = "move_column_parameters.move_after_parameters",
	.params = params,
	.params_size = sizeof(struct move_after),
	.examples = examples,
	.shape = shape,
	.reads = reads_nothing,
};
