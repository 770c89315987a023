/*
 * duplicate_column - the same column again, under a new name.
 *
 * It stands last; where a column of that name exists, it is overwritten in its place.
 */
#include "op/op.h"

struct duplicate_column {
	const char *input_column;
	const char *new_name;
};

static const struct op_choice choices[] = {
	{ "operator", "Duplicate column" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMN(struct duplicate_column, input_column, "Input column",
		     "column to copy"),
	PARAM_NAME(struct duplicate_column, new_name, "New name", "name of the copy"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=a new_name=c", "a,b\n1,x\n", "a,b,c\n1,x,1\n" },
	{ 0 },
};

static bool
check(const void *fields, struct error *err)
{
	const struct duplicate_column *f = fields;

	if (text_is_blank(text_of(f->new_name)))
		return fail(err, "new_name: the name is blank; give a column name");
	if (strcmp(f->new_name, f->input_column) == 0)
		return fail(err, "new_name: '%s' is the column itself; give another name",
			    f->new_name);
	return true;
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct duplicate_column *f = fields;
	size_t at;

	(void)learned;
	if (!schema_need(in, "input_column", f->input_column, 0, &at, err))
		return false;
	shape_keep_all(out, in);
	shape_put(out, f->new_name, in->at[at].type);
	return true;
}

static bool
apply(const struct call *call, const struct batch *in, struct batch *out,
      struct error *err)
{
	const struct duplicate_column *f = call->fields;
	int from = schema_find(call->in, f->input_column);
	int to = schema_find(call->out, f->new_name);

	(void)err;
	if (!call->wanted || call->wanted[to])
		batch_take(out, (size_t)to, column_share(in->at[from]));
	return true;
}

const struct op op_duplicate_column = {
	.name = "duplicate_column",
	.title = "Duplicate column",
	.group = "Manage columns",
	.help = "Copy a column under a new name.",
	.id = "sagemaker.spark.manage_columns_0.1",
	.choices = choices,
	.block = "duplicate_column_parameters",
	.params = params,
	.params_size = sizeof(struct duplicate_column),
	.examples = examples,
	.check = check,
	.shape = shape,
	.apply = apply,
};
