/*
 * center - fill texts up on both sides.
 *
 * What is longer than the width stays as it is. Where the sides cannot be equal, the
 * left gets one more if the width is odd, as in Python.
 */
#include "op/map_text.h"

struct center {
	struct names input_column;
	int64_t width;
	const char *fill_character;
	const char *output_column;
};

static const struct op_choice choices[] = {
	{ "operator", "Center (pad on either side)" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct center, input_column, "Input column", "columns to pad"),
	PARAM_INTEGER(struct center, width, "Width",
		      "characters a text shall have, up to 1000"),
	PARAM_TEXT(struct center, fill_character, "Fill character",
		   "the one character that fills up", .preset = " "),
	PARAM_NAME(struct center, output_column, "Output column",
		   "column to make; empty: the input column changes", .preset = ""),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x width=4 fill_character=*", "x\nab\nabcde\n",
	  "x\n*ab*\nabcde\n" },
	{ 0 },
};

static bool
check(const void *fields, struct error *err)
{
	const struct center *f = fields;

	if (!f->fill_character[0])
		return fail(err, "fill_character: is empty; give one character");
	return pad_check(f->width, f->fill_character, err);
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct center *f = fields;

	(void)learned;
	return shape_replace(out, in, f->input_column.at[0], f->output_column,
			     TYPE_STRING, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct center *f = call->fields;
	struct pad pad = { f->width, text_of(f->fill_character), PAD_CENTER };

	return map_text(in, pad_text, &pad, out, err);
}

const struct op op_center = {
	.name = "center",
	.title = "Center (pad on either side)",
	.group = "Format string",
	.help = "Fill texts up to a width on both sides.",
	.id = "sagemaker.spark.format_string_0.1",
	.choices = choices,
	.block = "center_pad_on_either_side_parameters",
	.params = params,
	.params_size = sizeof(struct center),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.check = check,
	.shape = shape,
	.each = each,
};
