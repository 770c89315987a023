/*
 * swap_case - upper case becomes lower, lower becomes upper.
 */
#include "base/casing.h"
#include "op/map_text.h"

static const struct op_choice choices[] = {
	{ "operator", "Swap case" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x", "x\nUlm\n", "x\nuLM\n" },
	{ 0 },
};

static bool
map(const void *with, struct text in, struct buffer *out, struct error *err)
{
	(void)with;
	return casing_swap(in, out, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	(void)call;
	return map_text(in, map, NULL, out, err);
}

const struct op op_swap_case = {
	.name = "swap_case",
	.title = "Swap case",
	.group = "Format string",
	.help = "Turn upper case to lower and lower to upper.",
	.id = "sagemaker.spark.format_string_0.1",
	.choices = choices,
	.block = "swap_case_parameters",
	.params = map_text_params,
	.params_size = sizeof(struct map_text),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.shape = map_text_shape,
	.each = each,
};
