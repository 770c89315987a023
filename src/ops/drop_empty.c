/*
 * drop_empty - rows in which nothing stands go.
 *
 * A cell is empty if it is null or NaN; an empty text is something.
 */
#include <math.h>

#include "op/op.h"

static const struct op_choice choices[] = {
	{ "operator", "Drop empty" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "", "a,b\n1,x\n,\n2,\n", "a,b\n1,x\n2,\n" },
	{ 0 },
};

static void
keep_filled(const struct column *c, uint64_t *kept)
{
	for (size_t i = 0; i < c->rows; i++)
		if (!column_is_null(c, i) &&
		    !(c->type == TYPE_FLOAT && isnan(column_floats(c)[i])))
			bit_set(kept, i);
}

static bool
keep(const struct call *call, const struct batch *batch, uint64_t *kept,
     struct error *err)
{
	(void)call;
	(void)err;
	for (size_t i = 0; i < batch->n; i++)
		keep_filled(batch->at[i], kept);
	return true;
}

const struct op op_drop_empty = {
	.name = "drop_empty",
	.title = "Drop empty",
	.group = "Manage rows",
	.help = "Drop rows in which every cell is missing.",
	.id = "sagemaker.spark.manage_rows_0.1",
	.choices = choices,
	.block = "drop_empty_parameters",
	.examples = examples,
	.flags = OP_READS_ALL,
	.keep = keep,
};
