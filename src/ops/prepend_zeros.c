/*
 * prepend_zeros - fill texts up with zeros on the left.
 *
 * What is longer than the width is cut to it, from the right. A sign is a character
 * like any other.
 */
#include "op/map_text.h"

struct prepend_zeros {
	struct names input_column;
	int64_t width;
	const char *output_column;
};

static const struct op_choice choices[] = {
	{ "operator", "Prepend zeros" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct prepend_zeros, input_column, "Input column",
		      "columns to pad"),
	PARAM_INTEGER(struct prepend_zeros, width, "Width",
		      "characters a text shall have, up to 1000"),
	PARAM_NAME(struct prepend_zeros, output_column, "Output column",
		   "column to make; empty: the input column changes", .preset = ""),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x width=3", "x\n7\n1234\n", "x\n007\n123\n" },
	{ 0 },
};

static bool
check(const void *fields, struct error *err)
{
	const struct prepend_zeros *f = fields;

	return pad_check(f->width, "0", err);
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct prepend_zeros *f = fields;

	(void)learned;
	return shape_replace(out, in, f->input_column.at[0], f->output_column,
			     TYPE_STRING, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct prepend_zeros *f = call->fields;
	struct pad pad = { f->width, text_of("0"), PAD_LEFT };

	return map_text(in, pad_text, &pad, out, err);
}

const struct op op_prepend_zeros = {
	.name = "prepend_zeros",
	.title = "Prepend zeros",
	.group = "Format string",
	.help = "Fill texts up to a width with zeros on the left.",
	.id = "sagemaker.spark.format_string_0.1",
	.choices = choices,
	.block = "prepend_zeros_parameters",
	.params = params,
	.params_size = sizeof(struct prepend_zeros),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.check = check,
	.shape = shape,
	.each = each,
};
