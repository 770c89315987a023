/*
 * concat_columns - two columns as one text.
 *
 * Both are written as text and joined by a delimiter. What is null is left out together
 * with its delimiter, so two nulls make the empty text, never a null.
 */
#include "data/cast.h"
#include "op/op.h"

struct concat_columns {
	const char *left_column, *right_column;
	const char *delimiter;
	const char *output_column;
};

static const struct op_choice choices[] = {
	{ "operator", "Concatenate columns" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMN(struct concat_columns, left_column, "Left column",
		     "column that comes first"),
	PARAM_COLUMN(struct concat_columns, right_column, "Right column",
		     "column that comes second"),
	PARAM_TEXT(struct concat_columns, delimiter, "Delimiter", "text between the two",
		   .preset = "_"),
	PARAM_NAME(struct concat_columns, output_column, "Output column",
		   "column to make; empty: LEFT_RIGHT", .preset = ""),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "left_column=a right_column=b", "a,b\nx,1\n,2\n", "a,b,a_b\nx,1,x_1\n,2,2\n" },
	{ 0 },
};

static const char *
output_name(const struct concat_columns *f, struct arena *arena)
{
	if (f->output_column[0])
		return f->output_column;
	return arena_print(arena, "%s_%s", f->left_column, f->right_column);
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct concat_columns *f = fields;

	(void)learned;
	if (f->output_column[0] && text_is_blank(text_of(f->output_column)))
		return fail(err, "output_column: the name is blank; give a column name");
	shape_keep_all(out, in);
	shape_put(out, output_name(f, out->arena), TYPE_STRING);
	return true;
}

static struct column *
join(const struct column *left, const struct column *right, struct text delimiter,
     struct error *err)
{
	struct column *out = column_new(TYPE_STRING, left->rows, err);
	const struct column *both[] = { left, right };
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < left->rows; i++) {
		bool first = true;

		for (int side = 0; ok && side < 2; side++) {
			struct text t;

			if (column_is_null(both[side], i))
				continue;
			t = column_text(both[side], i);
			ok = (first || buffer_append(out->bytes, delimiter.data,
						     delimiter.size, err)) &&
			     buffer_append(out->bytes, t.data, t.size, err);
			first = false;
		}
		column_longs(out)[i + 1] = (int64_t)out->bytes->size;
	}
	if (!ok) {
		column_drop(out);
		return NULL;
	}
	return out;
}

static const struct column *
input(const struct call *call, const struct batch *in, const char *name)
{
	return in->at[schema_find(call->in, name)];
}

static bool
apply(const struct call *call, const struct batch *in, struct batch *out,
      struct error *err)
{
	const struct concat_columns *f = call->fields;
	struct column *left = NULL, *right = NULL, *joined = NULL;
	struct arena mem = { 0 };
	int to = schema_find(call->out, output_name(f, &mem));

	arena_release(&mem);
	if (call->wanted && !call->wanted[to])
		return true;
	if (cast_column(input(call, in, f->left_column), TYPE_STRING, &left, err) &&
	    cast_column(input(call, in, f->right_column), TYPE_STRING, &right, err))
		joined = join(left, right, text_of(f->delimiter), err);
	column_drop(left);
	column_drop(right);
	if (joined)
		batch_take(out, (size_t)to, joined);
	return joined != NULL;
}

const struct op op_concat_columns = {
	.name = "concat_columns",
	.title = "Concatenate columns",
	.group = "Manage columns",
	.help = "Join two columns as one text.",
	.id = "sagemaker.spark.manage_columns_0.1",
	.choices = choices,
	.block = "concat_columns_parameters",
	.params = params,
	.params_size = sizeof(struct concat_columns),
	.examples = examples,
	.shape = shape,
	.apply = apply,
};
