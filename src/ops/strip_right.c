/*
 * strip_right - texts without certain characters at their end.
 */
#include "op/map_text.h"

struct strip_right {
	struct names input_column;
	const char *characters_to_remove;
	const char *output_column;
};

static const struct op_choice choices[] = {
	{ "operator", "Strip characters from right" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct strip_right, input_column, "Input column",
		      "columns to strip"),
	PARAM_TEXT(struct strip_right, characters_to_remove, "Characters to remove",
		   "any of these goes; empty: white space", .preset = ""),
	PARAM_NAME(struct strip_right, output_column, "Output column",
		   "column to make; empty: the input column changes", .preset = ""),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x characters_to_remove=-", "x\n--a-b-\n", "x\n--a-b\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct strip_right *f = fields;

	(void)learned;
	return shape_replace(out, in, f->input_column.at[0], f->output_column,
			     TYPE_STRING, err);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct strip_right *f = call->fields;
	struct strip strip = strip_of(f->characters_to_remove, false, true);

	return map_text(in, strip_text, &strip, out, err);
}

const struct op op_strip_right = {
	.name = "strip_right",
	.title = "Strip characters from right",
	.group = "Format string",
	.help = "Take certain characters away at the end of a text.",
	.id = "sagemaker.spark.format_string_0.1",
	.choices = choices,
	.block = "strip_characters_from_right_parameters",
	.params = params,
	.params_size = sizeof(struct strip_right),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.shape = shape,
	.each = each,
};
