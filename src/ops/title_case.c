/*
 * title_case - the first letter of every word upper, the rest lower.
 *
 * As Python's str.title(): a word starts behind anything that is no letter, so "don't"
 * becomes "Don'T".
 */
#include "base/casing.h"
#include "op/map_text.h"

static const struct op_choice choices[] = {
	{ "operator", "Title case" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x", "x\nnew ULM\n", "x\nNew Ulm\n" },
	{ 0 },
};

static bool
map(const void *with, struct text in, struct buffer *out, struct error *err)
{
	(void)with;
	return casing_title(in, out, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	(void)call;
	return map_text(in, map, NULL, out, err);
}

const struct op op_title_case = {
	.name = "title_case",
	.title = "Title case",
	.group = "Format string",
	.help = "Write the first letter of every word in upper case, the rest in lower.",
	.id = "sagemaker.spark.format_string_0.1",
	.choices = choices,
	.block = "title_case_parameters",
	.params = map_text_params,
	.params_size = sizeof(struct map_text),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.shape = map_text_shape,
	.each = each,
};
