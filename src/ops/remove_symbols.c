/*
 * remove_symbols - texts without certain characters, wherever they stand.
 */
#include "op/map_text.h"

struct remove_symbols {
	struct names input_column;
	const char *symbols;
	const char *output_column;
};

static const char usual[] = "!@#$%^&*()_+=-/\\`~{}|<>?";

static const struct op_choice choices[] = {
	{ "operator", "Remove symbols" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct remove_symbols, input_column, "Input column",
		      "columns to change"),
	PARAM_TEXT(struct remove_symbols, symbols, "Symbols",
		   "characters that go; empty: !@#$%^&*()_+=-/\\`~{}|<>?", .preset = ""),
	PARAM_NAME(struct remove_symbols, output_column, "Output column",
		   "column to make; empty: the input column changes", .preset = ""),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x", "x\n(a)_b?\n", "x\nab\n" },
	{ "input_column=x symbols=ab", "x\ncab!\n", "x\nc!\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct remove_symbols *f = fields;

	(void)learned;
	return shape_replace(out, in, f->input_column.at[0], f->output_column,
			     TYPE_STRING, err);
}

static bool
map(const void *with, struct text in, struct buffer *out, struct error *err)
{
	for (size_t at = 0; at < in.size;) {
		size_t start = at;

		if (!charset_has(with, text_next(in, &at)) &&
		    !buffer_append(out, in.data + start, at - start, err))
			return false;
	}
	return true;
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct remove_symbols *f = call->fields;
	struct charset set = charset_of(f->symbols[0] ? f->symbols : usual);

	return map_text(in, map, &set, out, err);
}

const struct op op_remove_symbols = {
	.name = "remove_symbols",
	.title = "Remove symbols",
	.group = "Format string",
	.help = "Take certain characters out of texts.",
	.id = "sagemaker.spark.format_string_0.1",
	.choices = choices,
	.block = "remove_symbols_parameters",
	.params = params,
	.params_size = sizeof(struct remove_symbols),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.shape = shape,
	.each = each,
};
