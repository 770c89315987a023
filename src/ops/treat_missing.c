/*
 * treat_missing - a value that stands for a missing one becomes a missing one.
 *
 * The value is read as the column's type: "-1" means the number in a column of numbers. A
 * value that is none of the type means no cell, so one word can be looked for in columns
 * of many types. Texts are equal to the last blank.
 */
#include "data/cast.h"
#include "op/op.h"

struct treat_missing {
	struct names input_column;
	const char *value;
};

enum { COMPARED = TYPE_ANY & ~TYPE_OBJECT };

static const struct param params[] = {
	PARAM_COLUMNS(struct treat_missing, input_column, "Columns",
		      "columns to look through", .accepts = COMPARED),
	PARAM_TEXT(struct treat_missing, value, "Value",
		   "what stands for a missing value"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=city value=NULL", "city,n\nUlm,1\nNULL,2\n",
	  "city,n\nUlm,1\n,2\n" },
	{ "input_column=city,n value=-1", "city,n\nUlm,-1\n-1,2\n",
	  "city,n\nUlm,\n,2\n" },
	{ 0 },
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct treat_missing *f = fields;
	const char *name = f->input_column.at[0];
	size_t at;

	(void)learned;
	return schema_need(in, "input_column", name, COMPARED, &at, err) &&
	       shape_replace(out, in, name, "", in->at[at].type, err);
}

/* The value as a column of one row; null: it is none of the type. */
static struct column *
value_as(const char *text, enum type type, struct error *err)
{
	struct column *value = NULL, *written;
	struct build b;

	build_start(&b, TYPE_STRING, 1);
	build_text(&b, text_of(text));
	written = build_end(&b, err);
	if (written && !cast_column(written, type, &value, err))
		value = NULL;
	column_drop(written);
	return value;
}

/* Neither is null. */
static bool
is_same(const struct column *c, size_t row, const struct column *value)
{
	switch (c->type) {
	case TYPE_STRING:
		return text_equal(column_text(c, row), column_text(value, 0));
	case TYPE_FLOAT:
		return column_floats(c)[row] == column_floats(value)[0];
	case TYPE_DATE:
		return column_ints(c)[row] == column_ints(value)[0];
	case TYPE_BOOL:
		return column_bool(c, row) == column_bool(value, 0);
	default:
		return column_longs(c)[row] == column_longs(value)[0];
	}
}

static bool
blank(struct column **out, const struct column *value, struct error *err)
{
	const struct column *in = *out;
	bool is_ours = false;

	for (size_t row = 0; row < in->rows; row++) {
		if (column_is_null(in, row) || !is_same(in, row, value))
			continue;
		if (!is_ours && !column_edit(out, err))
			return false;
		is_ours = true;
		in = *out;
		if (!column_set_null(*out, row, err))
			return false;
	}
	return true;
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct treat_missing *f = call->fields;
	struct column *value = value_as(f->value, in->type, err);
	bool ok;

	/* The same column, until a cell of it is blanked. */
	if (!value || !cast_column(in, in->type, out, err)) {
		column_drop(value);
		return false;
	}
	ok = column_is_null(value, 0) || blank(out, value, err);
	column_drop(value);
	if (!ok)
		column_drop(*out);
	return ok;
}

const struct op op_treat_missing = {
	.name = "treat_missing",
	.title = "Treat as missing",
	.group = "Missing values",
	.help = "Make cells with a certain value missing ones.",
	.id = "lariat.treat_missing_0.1",
	.params = params,
	.params_size = sizeof(struct treat_missing),
	.each_column = "input_column",
	.examples = examples,
	.shape = shape,
	.each = each,
};
