/*
 * custom_code_udf - a function in Python, custom_func, makes one column from another.
 *
 *	Pandas	custom_func(series) gives a series of as many values; near types are
 *		converted to the return type, NaN is null
 *	Python	custom_func(value) gives a value; one of another type is null, anything
 *		is text for string (as in Spark)
 *
 * Only the input column goes to Python; the others stay as they are.
 */
#include "op/code.h"

enum { PANDAS, PYTHON };
static const char *const modes[] = { "Pandas", "Python", NULL };

static const struct op_choice choices[] = {
	{ "operator", "Python (User-Defined Function)" }, { 0 }
};

struct udf {
	const char *input_col, *output_col, *pandas_code, *python_code;
	enum type return_type;
	int udf_mode;
};

static const struct param params[] = {
	PARAM_COLUMN(struct udf, input_col, "Input column",
		     "column that the function reads"),
	PARAM_NAME(struct udf, output_col, "Output column", "preset: the input column",
		   .preset = ""),
	PARAM_TYPE(struct udf, return_type, "Return type", "type of the output column",
		   .accepts = TYPE_ANY & ~TYPE_OBJECT, .preset = "string"),
	PARAM_CHOICE(struct udf, udf_mode, "Mode", "a series or a value at a time",
		     .choices = modes, .preset = "Pandas"),
	PARAM_CODE(struct udf, pandas_code, "Pandas code", "defines custom_func(series)",
		   .preset = ""),
	PARAM_CODE(struct udf, python_code, "Python code", "defines custom_func(value)",
		   .preset = ""),
	{ 0 },
};

/* Flows keep the code of either mode below pandas_code; python_code goes first. */
static const char *
code_of(const struct udf *udf)
{
	return udf->udf_mode == PYTHON && udf->python_code[0] ? udf->python_code
							      : udf->pandas_code;
}

static bool
check(const void *fields, struct error *err)
{
	const struct udf *udf = fields;

	if (text_is_blank(text_of(code_of(udf))))
		return fail(err, "pandas_code: no code; define custom_func");
	return true;
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct udf *udf = fields;

	(void)learned;
	return shape_replace(out, in, udf->input_col, udf->output_col, udf->return_type,
			     err);
}

/* The input column alone, batch by batch. */
static bool
narrow(const struct table *in, size_t column, struct table *out, struct error *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < in->n; i++) {
		struct batch *batch, *one;

		if (!table_batch(in, i, &batch, err))
			return false;
		one = batch_new(1, batch->rows, err);
		if (one)
			batch_take(one, 0, column_share(batch->at[column]));
		ok = one && table_take(out, one, err);
		batch_free(batch);
	}
	return ok;
}

/* All columns as one batch, the made one in its place. */
static bool
widen(const struct call *call, const struct table *in, const struct table *made,
      struct table *out, struct error *err)
{
	const struct udf *udf = call->fields;
	const char *name = udf->output_col[0] ? udf->output_col : udf->input_col;
	const struct schema one = { 1, &(struct field){ name, udf->return_type }, false };
	struct batch *whole = table_whole(in, call->in, err), *all = NULL;
	struct batch *column = whole ? table_whole(made, &one, err) : NULL;
	int at = schema_find(call->in, name);

	if (column && (all = batch_new(call->out->n, whole->rows, err))) {
		for (size_t i = 0; i < whole->n; i++)
			batch_take(all, i, column_share(whole->at[i]));
		batch_take(all, at == SCHEMA_NONE ? all->n - 1 : (size_t)at,
			   column_share(column->at[0]));
	}
	batch_free(column);
	batch_free(whole);
	return all && table_take(out, all, err);
}

static bool
whole(const struct call *call, struct table *const *in, struct table *out,
      struct schema *schema, struct arena *arena, struct error *err)
{
	const struct udf *udf = call->fields;
	const struct frame_setting settings[] = {
		{ "code", code_of(udf) },
		{ "mode", modes[udf->udf_mode] },
		{ "type", type_name(udf->return_type) },
		{ NULL, NULL },
	};
	struct table one = { 0 }, made = { 0 };
	struct schema given = { 0 }, answer = { 0 };
	size_t at;
	bool ok;

	if (!schema_need(call->in, "input_col", udf->input_col, TYPE_ANY, &at, err))
		return false;
	schema_add(&given, udf->input_col, call->in->at[at].type, arena);
	ok = narrow(in[0], at, &one, err) &&
	     code_run(call, "udf", settings, &given, &one, &made, &answer, arena, err) &&
	     widen(call, in[0], &made, out, err);
	table_release(&one);
	table_release(&made);
	*schema = *call->out;
	schema->open = false;
	return ok;
}

const struct op op_custom_code_udf = {
	.name = "custom_code_udf",
	.title = "Custom code: function of a column",
	.group = "Custom code",
	.help = "Make a column by a Python function of another.",
	.id = "sagemaker.spark.custom_code_0.1",
	.choices = choices,
	.block = "udf_parameters",
	.params = params,
	.params_size = sizeof(struct udf),
	.flags = OP_CODE | OP_READS_ALL,
	.check = check,
	.shape = shape,
	.whole = whole,
};
