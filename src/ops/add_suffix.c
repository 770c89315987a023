/*
 * add_suffix - text put behind every value.
 */
#include "op/map_text.h"

struct add_suffix {
	struct names input_column;
	const char *suffix;
	const char *output_column;
};

static const struct op_choice choices[] = {
	{ "operator", "Add suffix" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct add_suffix, input_column, "Input column",
		      "columns to change"),
	PARAM_TEXT(struct add_suffix, suffix, "Suffix", "text to put behind",
		   .preset = ""),
	PARAM_NAME(struct add_suffix, output_column, "Output column",
		   "column to make; empty: the input column changes", .preset = ""),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x suffix=%", "x\n7\n", "x\n7%\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct add_suffix *f = fields;

	(void)learned;
	return shape_replace(out, in, f->input_column.at[0], f->output_column,
			     TYPE_STRING, err);
}

static bool
map(const void *with, struct text in, struct buffer *out, struct error *err)
{
	struct text suffix = text_of(with);

	return buffer_append(out, in.data, in.size, err) &&
	       buffer_append(out, suffix.data, suffix.size, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct add_suffix *f = call->fields;

	return map_text(in, map, f->suffix, out, err);
}

const struct op op_add_suffix = {
	.name = "add_suffix",
	.title = "Add suffix",
	.group = "Format string",
	.help = "Put a text behind every value.",
	.id = "sagemaker.spark.format_string_0.1",
	.choices = choices,
	.block = "add_suffix_parameters",
	.params = params,
	.params_size = sizeof(struct add_suffix),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.shape = shape,
	.each = each,
};
