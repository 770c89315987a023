/*
 * upper_case - letters in upper case.
 */
#include "base/casing.h"
#include "op/map_text.h"

static const struct op_choice choices[] = {
	{ "operator", "Upper case" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x", "x\nUlm a\n", "x\nULM A\n" },
	{ 0 },
};

static bool
map(const void *with, struct text in, struct buffer *out, struct error *err)
{
	(void)with;
	return casing_upper(in, out, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	(void)call;
	return map_text(in, map, NULL, out, err);
}

const struct op op_upper_case = {
	.name = "upper_case",
	.title = "Upper case",
	.group = "Format string",
	.help = "Write letters in upper case.",
	.id = "sagemaker.spark.format_string_0.1",
	.choices = choices,
	.block = "upper_case_parameters",
	.params = map_text_params,
	.params_size = sizeof(struct map_text),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.shape = map_text_shape,
	.each = each,
};
