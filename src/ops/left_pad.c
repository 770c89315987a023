/*
 * left_pad - fill texts up on the left.
 *
 * What is longer than the width is cut to it, from the right.
 */
#include "op/map_text.h"

struct left_pad {
	struct names input_column;
	int64_t width;
	const char *fill_character;
	const char *output_column;
};

static const struct op_choice choices[] = {
	{ "operator", "Left pad" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct left_pad, input_column, "Input column", "columns to pad"),
	PARAM_INTEGER(struct left_pad, width, "Width",
		      "characters a text shall have, up to 1000"),
	PARAM_TEXT(struct left_pad, fill_character, "Fill character",
		   "the one character that fills up", .preset = " "),
	PARAM_NAME(struct left_pad, output_column, "Output column",
		   "column to make; empty: the input column changes", .preset = ""),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x width=3 fill_character=*", "x\na\nabcd\n", "x\n**a\nabc\n" },
	{ 0 },
};

static bool
check(const void *fields, struct error *err)
{
	const struct left_pad *f = fields;

	return pad_check(f->width, f->fill_character, err);
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct left_pad *f = fields;

	(void)learned;
	return shape_replace(out, in, f->input_column.at[0], f->output_column,
			     TYPE_STRING, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct left_pad *f = call->fields;
	struct pad pad = { f->width, text_of(f->fill_character), PAD_LEFT };

	return map_text(in, pad_text, &pad, out, err);
}

const struct op op_left_pad = {
	.name = "left_pad",
	.title = "Left pad",
	.group = "Format string",
	.help = "Fill texts up to a width on the left.",
	.id = "sagemaker.spark.format_string_0.1",
	.choices = choices,
	.block = "left_pad_parameters",
	.params = params,
	.params_size = sizeof(struct left_pad),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.check = check,
	.shape = shape,
	.each = each,
};
