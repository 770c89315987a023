/*
 * drop_missing - rows that lack a value go.
 *
 * Missing: null; NaN for numbers; blank for strings. Without columns, a row goes if any
 * of its columns is missing.
 */
#include "op/op.h"

struct drop_missing {
	struct names input_column;
};

static const struct param params[] = {
	PARAM_COLUMNS(struct drop_missing, input_column, "Columns",
		      "columns that must have a value; none: all of them", .preset = "",
		      .was = "drop_missing_parameters.drop_rows_parameters.input_column"),
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Drop missing" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x", "x,y\n1,a\n,b\n3,\n", "x,y\n1,a\n3,\n" },
	{ "", "x,y\n1,a\n,b\n3,\n", "x,y\n1,a\n" },
	{ 0 },
};

static bool
reads(const void *fields, const struct schema *in, bool *read)
{
	const struct drop_missing *f = fields;

	(void)in;
	(void)read;
	return f->input_column.n == 0;
}

static void
drop(const struct column *column, uint64_t *kept)
{
	for (size_t i = 0; i < column->rows; i++)
		if (column_is_missing(column, i))
			bit_clear(kept, i);
}

static bool
keep(const struct call *call, const struct batch *batch, uint64_t *kept,
     struct error *err)
{
	const struct drop_missing *f = call->fields;

	(void)err;
	memset(kept, 0xff, bit_words(batch->rows) * sizeof(*kept));
	for (size_t i = 0; i < f->input_column.n; i++)
		drop(batch->at[schema_find(call->in, f->input_column.at[i])], kept);
	for (size_t i = 0; f->input_column.n == 0 && i < batch->n; i++)
		drop(batch->at[i], kept);
	return true;
}

const struct op op_drop_missing = {
	.name = "drop_missing",
	.title = "Drop missing",
	.group = "Missing values",
	.help = "Drop rows in which a value is missing.",
	.id = "sagemaker.spark.handle_missing_0.1",
	.choices = choices,
	.block = "drop_missing_parameters",
	.params = params,
	.params_size = sizeof(struct drop_missing),
	.examples = examples,
	.reads = reads,
	.keep = keep,
};
