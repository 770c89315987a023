/*
 * ordinal_encode - a label becomes its number, 0.0 for the most frequent.
 *
 * Labels are numbered as in labels.h; an empty text is a label here. Null and what was
 * not seen when learning:
 *
 *	Keep			the number behind the last label's
 *	Skip			the row goes
 *	Error			ends the run
 *	Replace with NaN	NaN
 */
#include <math.h>

#include "data/frequency.h"
#include "op/labels.h"

enum { INVALID_ERROR, INVALID_SKIP, INVALID_KEEP, INVALID_NAN };
static const char *const invalids[] = { "Error", "Skip", "Keep", "Replace with NaN",
					NULL };

struct ordinal {
	struct names input_column;
	const char *output_column;
	int invalid_handling_strategy;
};

static const struct param params[] = {
	PARAM_COLUMNS(struct ordinal, input_column, "Columns", "columns to encode",
		      .accepts = TYPE_ANY & ~TYPE_OBJECT),
	PARAM_CHOICE(struct ordinal, invalid_handling_strategy, "Unknown labels",
		     "what is done with null and labels not learned", .choices = invalids,
		     .preset = "Error"),
	PARAM_NAME(struct ordinal, output_column, "Output",
		   "new column; empty: the column itself", .preset = ""),
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Ordinal encode" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=c", "c\nb\na\nb\n", "c\n0.0\n1.0\n0.0\n" },
	{ "input_column=c invalid_handling_strategy=Keep output_column=n", "c\nb\n\n",
	  "c,n\nb,0.0\n,1.0\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct ordinal *f = fields;

	(void)learned;
	return shape_replace(out, in, f->input_column.at[0], f->output_column, TYPE_FLOAT,
			     err);
}

static bool
changes_rows(const void *fields)
{
	return ((const struct ordinal *)fields)->invalid_handling_strategy ==
	       INVALID_SKIP;
}

static const struct column *
input_of(const struct call *call, const struct batch *batch)
{
	const struct ordinal *f = call->fields;

	return batch->at[schema_find(call->in, f->input_column.at[0])];
}

static void *
start(const struct call *call, struct error *err)
{
	(void)call;
	return frequency_new(err);
}

static bool
observe(const struct call *call, void *state, const struct batch *batch,
	struct error *err)
{
	struct column *text;
	bool ok;

	if (!labels_text(input_of(call, batch), &text, err))
		return false;
	ok = frequency_add_column(state, text, err);
	column_drop(text);
	return ok;
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	(void)call;
	return frequency_merge(into, from, err);
}

static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	(void)call;
	return labels_settle(learned, state, false, arena, err);
}

static bool
recall(const void *fields, const struct json *trained, void *learned, bool *usable,
       struct arena *arena, struct error *err)
{
	(void)fields;
	(void)err;
	return labels_recall(trained, learned, usable, arena);
}

static const struct json *
record(const void *fields, const void *learned, const struct json *object,
       struct arena *arena)
{
	static const char *const spark[] = { "error", "skip", "keep", "keep" };
	const struct ordinal *f = fields;
	struct indexed as = { f->input_column.at[0],
			      f->output_column[0] ? f->output_column : "temp_col",
			      spark[f->invalid_handling_strategy] };

	return labels_record(object, learned, &as, arena);
}

static bool
codes_of(const struct call *call, const struct column *in, int32_t *codes,
	 struct error *err)
{
	struct column *text;
	bool ok;

	if (!labels_text(in, &text, err))
		return false;
	ok = labels_codes(call->learned, text, codes, err);
	column_drop(text);
	return ok;
}

static bool
keep(const struct call *call, const struct batch *batch, uint64_t *kept,
     struct error *err)
{
	size_t size = batch->rows * sizeof(int32_t);
	int32_t *codes = memory_alloc(size, err);
	bool ok = codes && codes_of(call, input_of(call, batch), codes, err);

	for (size_t i = 0; ok && i < batch->rows; i++)
		if (codes[i] != LABEL_NONE)
			bit_set(kept, i);
	memory_free(codes, size);
	return ok;
}

static bool
fill(const struct call *call, const struct column *in, const int32_t *codes,
     struct column *out, struct error *err)
{
	const struct ordinal *f = call->fields;
	const struct labels *labels = call->learned;
	double *x = column_floats(out);
	double unknown = f->invalid_handling_strategy == INVALID_KEEP
				 ? (double)labels->list.n
				 : NAN;

	for (size_t i = 0; i < in->rows; i++) {
		if (codes[i] == LABEL_NONE &&
		    f->invalid_handling_strategy == INVALID_ERROR)
			return labels_refuse(f->input_column.at[0], in, i, err);
		x[i] = codes[i] == LABEL_NONE ? unknown : codes[i];
	}
	return true;
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	size_t size = in->rows * sizeof(int32_t);
	int32_t *codes = memory_alloc(size, err);
	bool ok = codes && codes_of(call, in, codes, err) &&
		  (*out = column_new(TYPE_FLOAT, in->rows, err)) &&
		  fill(call, in, codes, *out, err);

	memory_free(codes, size);
	return ok;
}

const struct op op_ordinal_encode = {
	.name = "ordinal_encode",
	.title = "Ordinal encode",
	.group = "Categories",
	.help = "Turn each label of a column into a number, the most frequent into 0.",
	.id = "sagemaker.spark.encode_categorical_0.1",
	.choices = choices,
	.block = "ordinal_encode_parameters",
	.params = params,
	.params_size = sizeof(struct ordinal),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned_size = sizeof(struct labels),
	.hashed = "invalid_handling_strategy",
	.examples = examples,
	.shape = shape,
	.changes_rows = changes_rows,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = frequency_free,
	.lacks = labels_lack,
	.recall = recall,
	.record = record,
	.tells = labels_tell,
	.keep = keep,
	.each = each,
};
