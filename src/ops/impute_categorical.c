/*
 * impute_categorical - the most frequent value in the place of missing ones.
 *
 * Of values that are equally frequent, the first in the order of their text. The type
 * stays. What is learned is stored as text; dates in ISO form. In a column without any
 * value what is missing becomes null, as in the product; one of dates is an error.
 */
#include "data/cast.h"
#include "data/frequency.h"
#include "op/fill.h"

struct impute {
	struct names input_column;
	const char *output_column;
};

struct imputed {
	const char *impute_value;
};

static const struct param params[] = {
	PARAM_COLUMNS(struct impute, input_column, "Columns", "columns to fill",
		      .accepts = TYPE_FILLABLE),
	PARAM_NAME(struct impute, output_column, "Output",
		   "new column; empty: the column itself", .preset = ""),
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Impute" },
	{ "impute_parameters.column_type", "Categorical" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=c", "c\nb\na\n\nb\n", "c\nb\na\nb\nb\n" },
	{ "input_column=n", "n\n7\n3\n\n7\n", "n\n7\n3\n7\n7\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct impute *f = fields;
	size_t at;

	(void)learned;
	return schema_need(in, "input_column", f->input_column.at[0], TYPE_FILLABLE, &at,
			   err) &&
	       shape_replace(out, in, f->input_column.at[0], f->output_column,
			     in->at[at].type, err);
}

static void *
start(const struct call *call, struct error *err)
{
	(void)call;
	return frequency_new(err);
}

/* The column as text in which everything missing is null. */
static bool
present_text(const struct column *in, struct column **out, struct error *err)
{
	if (!cast_column(in, TYPE_STRING, out, err))
		return false;
	for (size_t i = 0; i < in->rows; i++)
		if (column_is_missing(in, i) && !column_is_null(*out, i) &&
		    (!column_edit(out, err) || !column_set_null(*out, i, err))) {
			column_drop(*out);
			return false;
		}
	return true;
}

static bool
observe(const struct call *call, void *state, const struct batch *batch,
	struct error *err)
{
	const struct impute *f = call->fields;
	struct column *text;
	bool ok;

	if (!present_text(batch->at[schema_find(call->in, f->input_column.at[0])], &text,
			  err))
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
	const struct impute *f = call->fields;
	struct imputed *imputed = learned;
	struct frequency_entry *sorted;
	enum type type;
	size_t n;
	char *blank;
	int at;

	if (!frequency_sorted(state, &sorted, &n, arena, err))
		return false;
	at = schema_find(call->in, f->input_column.at[0]);
	type = call->in->at[at].type;
	imputed->impute_value = NULL;
	if (n == 0)
		return !(type & TYPE_TEMPORAL) ||
		       fail(err, "input_column: column '%s' has no value to learn from",
			    f->input_column.at[0]);
	imputed->impute_value =
		arena_text_n(arena, sorted[0].text.data, sorted[0].text.size);
	blank = strchr(imputed->impute_value, ' ');
	if (blank && type == TYPE_DATETIME)
		*blank = 'T';
	return true;
}

/* A string, or a number as it is written. */
static bool
recall(const void *fields, const struct json *trained, void *learned, bool *usable,
       struct arena *arena, struct error *err)
{
	const struct json *value = json_find(trained, "impute_value");
	struct imputed *imputed = learned;

	(void)fields;
	(void)err;
	*usable = value && (value->kind == JSON_STRING || value->kind == JSON_NUMBER);
	if (*usable)
		imputed->impute_value =
			arena_text_n(arena, value->text.data, value->text.size);
	return true;
}

static const struct json *
record(const void *fields, const void *learned, const struct json *object,
       struct arena *arena)
{
	const struct imputed *imputed = learned;

	(void)fields;
	return json_with(object, "impute_value",
			 imputed->impute_value
				 ? json_new_string(imputed->impute_value, arena)
				 : json_new_null(),
			 arena);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct imputed *imputed = call->learned;
	struct column *value =
		fill_value("impute_value", imputed->impute_value, in->type, err);
	bool ok = value && fill_missing(in, value, out, err);

	column_drop(value);
	return ok;
}

static const char *
tells(const void *learned, struct arena *arena)
{
	const struct imputed *imputed = learned;

	return imputed->impute_value ? arena_print(arena, "'%s'", imputed->impute_value)
				     : "no value";
}

const struct op op_impute_categorical = {
	.name = "impute_categorical",
	.title = "Impute categories",
	.group = "Missing values",
	.help = "Put the most frequent value in the place of missing ones.",
	.id = "sagemaker.spark.handle_missing_0.1",
	.choices = choices,
	.block = "impute_parameters.categorical_parameters",
	.params = params,
	.params_size = sizeof(struct impute),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned_size = sizeof(struct imputed),
	.hashed = "",
	.examples = examples,
	.shape = shape,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = frequency_free,
	.recall = recall,
	.record = record,
	.tells = tells,
	.each = each,
};
