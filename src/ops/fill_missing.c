/*
 * fill_missing - a given value in the place of what is missing.
 *
 * The value must fit the column's type, which stays: a whole number for a long column.
 * In a column of dates a value that is no date fills with null, as in the product.
 */
#include "op/fill.h"

struct fill {
	struct names input_column;
	const char *output_column;
	const char *fill_value;
};

static const struct param params[] = {
	PARAM_COLUMNS(struct fill, input_column, "Columns", "columns to fill",
		      .accepts = TYPE_FILLABLE),
	PARAM_TEXT(struct fill, fill_value, "Value", "what a missing value becomes",
		   .preset = ""),
	PARAM_NAME(struct fill, output_column, "Output",
		   "new column; empty: the column itself", .preset = ""),
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Fill missing" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x fill_value=0", "x\n1\n\n3\n", "x\n1\n0\n3\n" },
	{ "input_column=city fill_value=none", "city\nUlm\n\n", "city\nUlm\nnone\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct fill *f = fields;
	struct column *value;
	size_t at;

	(void)learned;
	if (!schema_need(in, "input_column", f->input_column.at[0], TYPE_FILLABLE, &at,
			 err))
		return false;
	value = fill_value("fill_value", f->fill_value, in->at[at].type, err);
	column_drop(value);
	return value && shape_replace(out, in, f->input_column.at[0], f->output_column,
				      in->at[at].type, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct fill *f = call->fields;
	struct column *value = fill_value("fill_value", f->fill_value, in->type, err);
	bool ok = value && fill_missing(in, value, out, err);

	column_drop(value);
	return ok;
}

const struct op op_fill_missing = {
	.name = "fill_missing",
	.title = "Fill missing",
	.group = "Missing values",
	.help = "Put a value where one is missing.",
	.id = "sagemaker.spark.handle_missing_0.1",
	.choices = choices,
	.block = "fill_missing_parameters",
	.params = params,
	.params_size = sizeof(struct fill),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.shape = shape,
	.each = each,
};
