/*
 * capitalize - the first letter of the text upper, the rest lower.
 */
#include "base/casing.h"
#include "op/map_text.h"

static const struct op_choice choices[] = {
	{ "operator", "Capitalize" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x", "x\nnew ULM\n", "x\nNew ulm\n" },
	{ 0 },
};

static bool
map(const void *with, struct text in, struct buffer *out, struct error *err)
{
	(void)with;
	return casing_capitalize(in, out, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	(void)call;
	return map_text(in, map, NULL, out, err);
}

const struct op op_capitalize = {
	.name = "capitalize",
	.title = "Capitalize",
	.group = "Format string",
	.help = "Write the first letter of a text in upper case, the rest in lower.",
	.id = "sagemaker.spark.format_string_0.1",
	.choices = choices,
	.block = "capitalize_parameters",
	.params = map_text_params,
	.params_size = sizeof(struct map_text),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.shape = map_text_shape,
	.each = each,
};
