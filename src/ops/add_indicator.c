/*
 * add_indicator - a flag column that says where a value is missing.
 *
 * Missing: null; NaN for numbers; blank for strings.
 */
#include "op/op.h"

struct add_indicator {
	struct names input_column;
	const char *output_column;
};

static const struct param params[] = {
	PARAM_COLUMNS(struct add_indicator, input_column, "Columns",
		      "columns to look at"),
	PARAM_NAME(struct add_indicator, output_column, "Output",
		   "new column; empty: the column's name and _indicator", .preset = ""),
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Add indicator for missing" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x", "x\n1\n\n", "x,x_indicator\n1,false\n,true\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct add_indicator *f = fields;
	const char *input = f->input_column.at[0];
	const char *output = f->output_column;

	(void)learned;
	if (!output[0])
		output = arena_print(out->arena, "%s_indicator", input);
	return shape_replace(out, in, input, output, TYPE_BOOL, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	(void)call;
	*out = column_new(TYPE_BOOL, in->rows, err);
	for (size_t i = 0; *out && i < in->rows; i++)
		if (column_is_missing(in, i))
			bit_set((*out)->values->data, i);
	return *out != NULL;
}

const struct op op_add_indicator = {
	.name = "add_indicator",
	.title = "Add indicator for missing",
	.group = "Missing values",
	.help = "Add a column that says where a value is missing.",
	.id = "sagemaker.spark.handle_missing_0.1",
	.choices = choices,
	.block = "add_indicator_for_missing_parameters",
	.params = params,
	.params_size = sizeof(struct add_indicator),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.shape = shape,
	.each = each,
};
