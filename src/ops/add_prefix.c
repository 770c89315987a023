/*
 * add_prefix - text put before every value.
 */
#include "op/map_text.h"

struct add_prefix {
	struct names input_column;
	const char *prefix;
	const char *output_column;
};

static const struct op_choice choices[] = {
	{ "operator", "Add prefix" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct add_prefix, input_column, "Input column",
		      "columns to change"),
	PARAM_TEXT(struct add_prefix, prefix, "Prefix", "text to put before",
		   .preset = ""),
	PARAM_NAME(struct add_prefix, output_column, "Output column",
		   "column to make; empty: the input column changes", .preset = ""),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x prefix=no.", "x\n7\n", "x\nno.7\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct add_prefix *f = fields;

	(void)learned;
	return shape_replace(out, in, f->input_column.at[0], f->output_column,
			     TYPE_STRING, err);
}

static bool
map(const void *with, struct text in, struct buffer *out, struct error *err)
{
	struct text prefix = text_of(with);

	return buffer_append(out, prefix.data, prefix.size, err) &&
	       buffer_append(out, in.data, in.size, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct add_prefix *f = call->fields;

	return map_text(in, map, f->prefix, out, err);
}

const struct op op_add_prefix = {
	.name = "add_prefix",
	.title = "Add prefix",
	.group = "Format string",
	.help = "Put a text before every value.",
	.id = "sagemaker.spark.format_string_0.1",
	.choices = choices,
	.block = "add_prefix_parameters",
	.params = params,
	.params_size = sizeof(struct add_prefix),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.shape = shape,
	.each = each,
};
