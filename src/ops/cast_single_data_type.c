/*
 * cast_single_data_type - a column as another type.
 *
 * What cannot be cast is null, and so is what was null before: both count as "not
 * castable". They stay null, become a value, or their rows go; with a new column,
 * COLUMN_typecast_error right behind the column, the texts that could not be cast are
 * kept, and "" where nothing was wrong.
 *
 * Numbers and truth values are cast as Spark casts; dates are read by a pattern, moments
 * by one or, without, as pandas reads them. A column of the type already stays as it is.
 */
#include "base/date.h"
#include "base/number.h"
#include "data/cast.h"
#include "op/op.h"

enum { NULLS, NULLS_AND_COLUMN, VALUE, VALUE_AND_COLUMN, DROP };
static const char *const methods[] = { "replace_null",  "replace_null_with_new_col",
				       "replace_value", "replace_value_with_new_col",
				       "drop",          NULL };

struct cast_single_data_type {
	const char *column;
	enum type data_type;
	const char *original_data_type;
	int non_castable_data_handling_method;
	const char *replace_value;
	const char *date_formatting;
	const char *datetime_formatting;
};

static const struct param params[] = {
	PARAM_COLUMN(struct cast_single_data_type, column, "Column", "column to cast"),
	PARAM_TYPE(struct cast_single_data_type, data_type, "Type", "type it becomes",
		   .accepts = TYPE_ANY & ~TYPE_OBJECT),
	PARAM_TEXT(struct cast_single_data_type, original_data_type, "Original type",
		   "type it had; only noted", .preset = ""),
	PARAM_CHOICE(struct cast_single_data_type, non_castable_data_handling_method,
		     "Not castable", "what becomes of values that cannot be cast",
		     .choices = methods, .preset = "replace_null"),
	PARAM_TEXT(struct cast_single_data_type, replace_value, "Replacement",
		   "value for what cannot be cast; empty: null", .preset = ""),
	PARAM_FORMAT(struct cast_single_data_type, date_formatting, "Date format",
		     "how dates are written: dd-MM-yyyy or %d-%m-%Y",
		     .preset = "dd-MM-yyyy"),
	PARAM_FORMAT(struct cast_single_data_type, datetime_formatting, "Datetime format",
		     "how moments are written; empty: found out value by value",
		     .preset = ""),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "column=x data_type=long", "x\n5\n7.9\nfoo\n", "x\n5\n7\n\n" },
	{ "column=x data_type=bool", "x\nyes\n0\nfoo\n", "x\ntrue\nfalse\n\n" },
	{ 0 },
};

/* A pattern of Java or, with %, of Python; none: as pandas reads moments. */
static struct datetime_format
format_of(const struct cast_single_data_type *f)
{
	const char *pattern =
		f->data_type == TYPE_DATE ? f->date_formatting : f->datetime_formatting;
	struct datetime_format format = { FORMAT_ANY, "" };

	if (!pattern[0])
		return format;
	format.kind = strchr(pattern, '%') ? FORMAT_STRFTIME : FORMAT_JAVA;
	strcpy(format.pattern, pattern);
	return format;
}

static bool
cast_texts(const struct cast_single_data_type *f, const struct column *in,
	   struct column **out, struct error *err)
{
	struct datetime_format format = format_of(f);
	struct column *texts;
	bool ok;

	if (!cast_column(in, TYPE_STRING, &texts, err))
		return false;
	ok = cast_by_format(texts, f->data_type, &format, out, err);
	column_drop(texts);
	return ok;
}

/* As pandas takes bare numbers for moments: nanoseconds since 1970. */
static struct column *
moments_of_numbers(const struct column *in, struct error *err)
{
	struct build b;

	build_start(&b, TYPE_DATETIME, in->rows);
	for (size_t i = 0; i < in->rows; i++) {
		double x = column_is_null(in, i) ? 0 : column_number(in, i);
		int64_t nanos;

		if (column_is_null(in, i) || !(x > -9.2e18 && x < 9.2e18)) {
			build_null(&b);
			continue;
		}
		nanos = in->type == TYPE_LONG ? column_longs(in)[i] : (int64_t)x;
		build_long(&b, nanos / 1000 - (nanos % 1000 < 0));
	}
	return build_end(&b, err);
}

static bool
cast(const struct cast_single_data_type *f, const struct column *in, struct column **out,
     struct error *err)
{
	if (f->data_type == TYPE_DATE && in->type != TYPE_DATETIME)
		return cast_texts(f, in, out, err);
	if (f->data_type != TYPE_DATETIME || in->type == TYPE_DATE)
		return cast_column(in, f->data_type, out, err);
	if (in->type & TYPE_NUMERIC && !f->datetime_formatting[0])
		return (*out = moments_of_numbers(in, err)) != NULL;
	return cast_texts(f, in, out, err);
}

static bool
has_column(const struct cast_single_data_type *f)
{
	return f->non_castable_data_handling_method == NULLS_AND_COLUMN ||
	       f->non_castable_data_handling_method == VALUE_AND_COLUMN;
}

static bool
has_value(const struct cast_single_data_type *f)
{
	return f->replace_value[0] &&
	       (f->non_castable_data_handling_method == VALUE ||
		f->non_castable_data_handling_method == VALUE_AND_COLUMN);
}

static int32_t
day_of(int64_t micros)
{
	return (int32_t)(micros / DAY_MICROS - (micros % DAY_MICROS < 0));
}

/* The replacement in a column of one row. Any text is true, as in Python. */
static struct column *
replacement(const struct cast_single_data_type *f, struct error *err)
{
	struct text t = text_of(f->replace_value), number = text_trim(t);
	struct datetime_format format = format_of(f);
	int64_t whole;
	double x;
	bool ok = true;
	struct build b;

	build_start(&b, f->data_type, 1);
	if (f->data_type == TYPE_STRING)
		build_text(&b, t);
	else if (f->data_type == TYPE_BOOL)
		build_bool(&b, true);
	else if (f->data_type == TYPE_LONG && (ok = number_parse_long(number, &whole)))
		build_long(&b, whole);
	else if (f->data_type == TYPE_FLOAT && (ok = number_parse_float(number, &x)))
		build_float(&b, x);
	else if (f->data_type & TYPE_TEMPORAL &&
		 (ok = datetime_format_parse(&format, t, &whole)))
		f->data_type == TYPE_DATE ? build_date(&b, day_of(whole))
					  : build_long(&b, whole);
	if (ok)
		return build_end(&b, err);
	build_discard(&b);
	fail(err, "replace_value: '%s' is not a %s", f->replace_value,
	     type_name(f->data_type));
	return NULL;
}

static bool
check_pattern(const char *name, const char *pattern, struct error *err)
{
	if (strlen(pattern) < sizeof(((struct datetime_format *)0)->pattern))
		return true;
	return fail(err, "%s: '%s' is too long for a format", name, pattern);
}

static bool
check(const void *fields, struct error *err)
{
	const struct cast_single_data_type *f = fields;
	struct column *value;

	if (!check_pattern("date_formatting", f->date_formatting, err) ||
	    !check_pattern("datetime_formatting", f->datetime_formatting, err))
		return false;
	if (!has_value(f))
		return true;
	value = replacement(f, err);
	column_drop(value);
	return value != NULL;
}

static const char *
error_name(const struct cast_single_data_type *f, struct arena *arena)
{
	return arena_print(arena, "%s_typecast_error", f->column);
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct cast_single_data_type *f = fields;
	const char *wrong = error_name(f, out->arena);
	size_t at;

	(void)learned;
	if (!schema_need(in, "column", f->column, 0, &at, err))
		return false;
	if (in->at[at].type == f->data_type) {
		shape_keep_all(out, in);
		return true;
	}
	if (in->at[at].type == TYPE_OBJECT && f->data_type != TYPE_STRING)
		return fail(err,
			    "column: '%s' is an object, which can become a string only",
			    f->column);
	for (size_t i = 0; i < in->n; i++) {
		if (has_column(f) && strcmp(in->at[i].name, wrong) == 0)
			continue;
		if (i == at)
			shape_add(out, f->column, f->data_type);
		else
			shape_keep(out, in, i);
		if (i == at && has_column(f))
			shape_add(out, wrong, TYPE_STRING);
	}
	out->schema.open = in->open;
	return true;
}

static bool
changes_rows(const void *fields)
{
	const struct cast_single_data_type *f = fields;

	return f->non_castable_data_handling_method == DROP;
}

static bool
keep(const struct call *call, const struct batch *batch, uint64_t *kept,
     struct error *err)
{
	const struct cast_single_data_type *f = call->fields;
	const struct column *in = batch->at[schema_find(call->in, f->column)];
	struct column *out;

	if (in->type == f->data_type) {
		memset(kept, 0xff, bit_words(batch->rows) * sizeof(*kept));
		return true;
	}
	if (!cast(f, in, &out, err))
		return false;
	for (size_t i = 0; i < out->rows; i++)
		if (!column_is_null(out, i))
			bit_set(kept, i);
	column_drop(out);
	return true;
}

/* What could not be cast, as text; "" where nothing was wrong. */
static struct column *
wrong_values(const struct column *in, const struct column *out, struct error *err)
{
	struct column *texts;
	struct build b;

	if (!cast_column(in, TYPE_STRING, &texts, err))
		return NULL;
	build_start(&b, TYPE_STRING, in->rows);
	for (size_t i = 0; i < in->rows; i++)
		if (!column_is_null(out, i))
			build_text(&b, text_of(""));
		else
			build_from(&b, texts, i);
	column_drop(texts);
	return build_end(&b, err);
}

/* Nulls become the replacement; out is taken. */
static struct column *
fill(const struct cast_single_data_type *f, struct column *out, struct error *err)
{
	struct column *value, *filled = NULL;
	struct build b;

	if (!out->nulls || !has_value(f))
		return out;
	value = replacement(f, err);
	if (value) {
		build_start(&b, f->data_type, out->rows);
		for (size_t i = 0; i < out->rows; i++)
			if (column_is_null(out, i))
				build_from(&b, value, 0);
			else
				build_from(&b, out, i);
		filled = build_end(&b, err);
	}
	column_drop(value);
	column_drop(out);
	return filled;
}

static bool
apply(const struct call *call, const struct batch *in, struct batch *out,
      struct error *err)
{
	const struct cast_single_data_type *f = call->fields;
	const struct column *column = in->at[schema_find(call->in, f->column)];
	size_t at = (size_t)schema_find(call->out, f->column);
	struct column *made, *wrong;

	if (column->type == f->data_type)
		return true;
	if (!cast(f, column, &made, err))
		return false;
	if (has_column(f)) {
		wrong = wrong_values(column, made, err);
		if (!wrong) {
			column_drop(made);
			return false;
		}
		batch_take(out, at + 1, wrong);
	}
	made = fill(f, made, err);
	if (made)
		batch_take(out, at, made);
	return made != NULL;
}

const struct op op_cast_single_data_type = {
	.name = "cast_single_data_type",
	.title = "Parse column as type",
	.group = "Data types",
	.help = "Cast a column to another type.",
	.id = "sagemaker.spark.cast_single_data_type_0.1",
	.params = params,
	.params_size = sizeof(struct cast_single_data_type),
	.examples = examples,
	.check = check,
	.shape = shape,
	.changes_rows = changes_rows,
	.keep = keep,
	.apply = apply,
};
