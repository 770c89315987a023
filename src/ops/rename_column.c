/*
 * rename_column - give columns other names; values, types and places stay.
 *
 * The pairs of columns_to_rename come first, in order, then the single pair; each sees
 * the names that those before it made. As in Spark, a name may be taken already: then
 * two columns bear it.
 */
#include "op/op.h"

struct pair {
	const char *input_column, *new_name;
};

struct rename_column {
	const char *input_column, *new_name;
	struct list columns_to_rename;
};

static const struct param pair[] = {
	PARAM_COLUMN(struct pair, input_column, "Column", "column to rename",
		     .later = true),
	PARAM_NAME(struct pair, new_name, "New name", "name it gets"),
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMN(struct rename_column, input_column, "Column", "column to rename",
		     .preset = "", .later = true),
	PARAM_NAME(struct rename_column, new_name, "New name", "name it gets",
		   .preset = ""),
	PARAM_LIST(struct rename_column, columns_to_rename, "Columns",
		   "columns to rename, each with its new name", .preset = "",
		   .rows = pair, .rows_size = sizeof(struct pair)),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=sex_female new_name=sex", "id,sex_female\n7,1\n",
	  "id,sex\n7,1\n" },
	{ "columns_to_rename=a:x,b:y", "a,b\n1,2\n", "x,y\n1,2\n" },
	{ 0 },
};

static bool
check_pair(const char *from, const char *to, struct error *err)
{
	if (!*from)
		return fail(err, "input_column: must be given (column to rename)");
	if (!*to)
		return fail(err, "new_name: must be given (name that '%s' gets)", from);
	if (strcmp(from, to) == 0)
		return fail(err, "new_name: '%s' is the name the column has already", to);
	return true;
}

static bool
check(const void *fields, struct error *err)
{
	const struct rename_column *f = fields;
	const struct pair *pairs = f->columns_to_rename.at;

	for (size_t i = 0; i < f->columns_to_rename.n; i++)
		if (!check_pair(pairs[i].input_column, pairs[i].new_name, err))
			return fail_in(err, "columns_to_rename[%zu].", i);
	if (f->columns_to_rename.n && !*f->input_column && !*f->new_name)
		return true;
	return check_pair(f->input_column, f->new_name, err);
}

/* A column that is not known yet is left for later. */
static bool
rename_one(struct schema *schema, const char *from, const char *to, struct error *err)
{
	size_t at;

	if (schema->open && schema_find(schema, from) == SCHEMA_NONE)
		return true;
	if (!schema_need(schema, "input_column", from, 0, &at, err))
		return false;
	schema->at[at].name = to;
	return true;
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct rename_column *f = fields;
	const struct pair *pairs = f->columns_to_rename.at;

	(void)learned;
	shape_keep_all(out, in);
	for (size_t i = 0; i < f->columns_to_rename.n; i++)
		if (!rename_one(&out->schema, pairs[i].input_column, pairs[i].new_name,
				err))
			return fail_in(err, "columns_to_rename[%zu].", i);
	return !*f->input_column ||
	       rename_one(&out->schema, f->input_column, f->new_name, err);
}

const struct op op_rename_column = {
	.name = "rename_column",
	.title = "Rename columns",
	.group = "Manage columns",
	.help = "Give columns other names.",
	.id = "sagemaker.spark.manage_columns_0.1",
	.choices = (const struct op_choice[]){ { "operator", "Rename column" }, { 0 } },
	.block = "rename_column_parameters",
	.params = params,
	.params_size = sizeof(struct rename_column),
	.examples = examples,
	.check = check,
	.shape = shape,
};
