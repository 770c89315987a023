/*
 * filter_rows - rows that meet a condition stay, or go.
 *
 * Values are compared as the column's type has them: numbers, moments, true and false,
 * texts by their bytes. A null or NaN meets no condition but "is missing", for which a
 * blank text is missing too.
 */
#include <math.h>

#include "base/date.h"
#include "base/number.h"
#include "data/cast.h"
#include "op/op.h"

enum {
	EQUAL,
	NOT_EQUAL,
	GREATER,
	AT_LEAST,
	LESS,
	AT_MOST,
	MISSING,
	NOT_MISSING,
	CONTAINS,
	CONTAINS_NOT,
	STARTS,
	ENDS,
	ONE_OF,
};
static const char *const conditions[] = {
	"is equal to",     "is not equal to",
	"is greater than", "is greater than or equal to",
	"is less than",    "is less than or equal to",
	"is missing",      "is not missing",
	"contains",        "does not contain",
	"starts with",     "ends with",
	"is one of",       NULL
};

enum { KEEP, DROP };
static const char *const actions[] = { "keep", "drop", NULL };

struct filter_rows {
	const char *column;
	int condition;
	const char *value;
	int action;
};

static const struct op_choice choices[] = {
	{ "operator", "Filter" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMN(struct filter_rows, column, "Column", "column to look at",
		     .accepts = TYPE_ANY & ~TYPE_OBJECT),
	PARAM_CHOICE(struct filter_rows, condition, "Condition", "what a value must meet",
		     .choices = conditions, .preset = "is equal to"),
	PARAM_TEXT(struct filter_rows, value, "Value",
		   "to compare with; for \"is one of\": several, with commas",
		   .preset = ""),
	PARAM_CHOICE(struct filter_rows, action, "Rows that meet it", "stay or go",
		     .choices = actions, .preset = "keep"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "column=x \"condition=is greater than\" value=1", "x\n1\n2\n\n3\n",
	  "x\n2\n3\n" },
	{ "column=x \"condition=is one of\" value=a,c action=drop", "x\na\nb\nc\n",
	  "x\nb\n" },
	{ 0 },
};

/* A value to compare with, read as the column's type. */
struct operand {
	enum type type;
	double number;  /* float */
	int64_t whole;  /* long, datetime, date, bool */
	bool is_number; /* long: compare as number, for the value has a fraction */
	struct text text;
};

static bool
read_whole(struct text t, enum type type, int64_t *out)
{
	int32_t days;

	if (type == TYPE_DATETIME)
		return datetime_parse_any(t, out);
	if (type == TYPE_BOOL) {
		*out = text_is_nocase(t, "true");
		return *out || text_is_nocase(t, "false");
	}
	if (type == TYPE_DATE) {
		if (!date_parse_iso(t, &days))
			return false;
		*out = days;
		return true;
	}
	return number_parse_long(t, out);
}

static bool
read_operand(const struct filter_rows *f, enum type type, struct text t,
	     struct operand *out, struct error *err)
{
	struct text trimmed = text_trim(t);

	*out = (struct operand){ .type = type, .text = t };
	if (type == TYPE_STRING)
		return true;
	if (type != TYPE_FLOAT && read_whole(trimmed, type, &out->whole))
		return true;
	out->is_number = true;
	if (type & TYPE_NUMERIC && number_parse_float(trimmed, &out->number) &&
	    !isnan(out->number))
		return true;
	return fail(err, "value: '%.*s' is not a %s, as column '%s' is", TEXT_ARG(t),
		    type_name(type), f->column);
}

static int
compare(const struct column *c, size_t row, const struct operand *o)
{
	double x;
	int64_t whole;

	if (c->type == TYPE_STRING)
		return text_compare(column_text(c, row), o->text);
	if (o->is_number) {
		x = column_number(c, row);
		return (x > o->number) - (x < o->number);
	}
	whole = c->type == TYPE_BOOL   ? column_bool(c, row)
		: c->type == TYPE_DATE ? column_ints(c)[row]
				       : column_longs(c)[row];
	return (whole > o->whole) - (whole < o->whole);
}

static bool
is_order_met(int condition, int order)
{
	switch (condition) {
	case EQUAL:
	case ONE_OF:
		return order == 0;
	case NOT_EQUAL:
		return order != 0;
	case GREATER:
		return order > 0;
	case AT_LEAST:
		return order >= 0;
	case LESS:
		return order < 0;
	default:
		return order <= 0;
	}
}

static bool
is_text_met(int condition, struct text t, struct text part)
{
	if (part.size > t.size)
		return condition == CONTAINS_NOT;
	switch (condition) {
	case STARTS:
		return part.size == 0 || memcmp(t.data, part.data, part.size) == 0;
	case ENDS:
		return part.size == 0 ||
		       memcmp(t.data + t.size - part.size, part.data, part.size) == 0;
	default:
		return (part.size == 0 || memmem(t.data, t.size, part.data, part.size)) ==
		       (condition == CONTAINS);
	}
}

static bool
is_about_missing(int condition)
{
	return condition == MISSING || condition == NOT_MISSING;
}

static bool
is_about_text(int condition)
{
	return condition >= CONTAINS && condition <= ENDS;
}

/* The values to compare with: one, or those between commas. */
static bool
read_operands(const struct filter_rows *f, enum type type, struct operand **out,
	      size_t *n, struct arena *arena, struct error *err)
{
	struct text rest = text_of(f->value);
	size_t commas = 0;

	*n = 0;
	for (const char *c = f->value; *c; c++)
		commas += *c == ',';
	*out = ARENA_ARRAY(arena, commas + 1, struct operand);
	if (is_about_missing(f->condition) || is_about_text(f->condition))
		return true;
	if (f->condition != ONE_OF) {
		*n = 1;
		return read_operand(f, type, rest, *out, err);
	}
	for (; *n <= commas; ++*n)
		if (!read_operand(f, type, text_cut(&rest, ','), *out + *n, err))
			return false;
	return true;
}

/* The settings, read. */
struct ready {
	size_t column;
	size_t n;
	struct operand *operands;
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct filter_rows *f = fields;
	struct ready *ready = ARENA_NEW(out->arena, struct ready);

	(void)learned;
	if (!schema_need(in, "column", f->column, 0, &ready->column, err) ||
	    !read_operands(f, in->at[ready->column].type, &ready->operands, &ready->n,
			   out->arena, err))
		return false;
	shape_keep_all(out, in);
	out->ready = ready;
	return true;
}

static bool
is_met(const struct filter_rows *f, const struct column *c, size_t row,
       const struct ready *ready)
{
	bool missing = column_is_missing(c, row);

	if (is_about_missing(f->condition))
		return missing == (f->condition == MISSING);
	if (column_is_null(c, row) || (missing && c->type == TYPE_FLOAT))
		return false;
	if (is_about_text(f->condition))
		return is_text_met(f->condition, column_text(c, row), text_of(f->value));
	for (size_t i = 0; i < ready->n; i++)
		if (is_order_met(f->condition, compare(c, row, &ready->operands[i])))
			return true;
	return false;
}

/* Rows by their codes: each entry is looked at once. */
static bool
keep_by_entry(const struct filter_rows *f, const struct column *c,
	      const struct ready *ready, uint64_t *kept, struct error *err)
{
	const struct column *entries = c->dictionary;
	unsigned char *stays = memory_alloc(entries->rows + 1, err);
	const int32_t *code = column_ints(c);
	const bool null_stays = (f->condition == MISSING) == (f->action == KEEP);

	if (!stays)
		return false;
	for (size_t k = 0; k < entries->rows; k++)
		stays[k] = is_met(f, entries, k, ready) == (f->action == KEEP);
	for (size_t i = 0; i < c->rows; i++) {
		const bool there = !column_is_null(c, i);

		kept[i / 64] |= (uint64_t)(there ? stays[code[i]] : null_stays) << i % 64;
	}
	memory_free(stays, entries->rows + 1);
	return true;
}

static bool
keep(const struct call *call, const struct batch *batch, uint64_t *kept,
     struct error *err)
{
	const struct filter_rows *f = call->fields;
	const struct ready *ready = call->ready;
	const struct column *in = batch->at[ready->column];
	struct column *texts = NULL;

	if (in->layout == LAYOUT_DICTIONARY && in->dictionary->rows < in->rows)
		return keep_by_entry(f, in, ready, kept, err);
	if (is_about_text(f->condition)) {
		if (!cast_column(in, TYPE_STRING, &texts, err))
			return false;
		in = texts;
	}
	for (size_t i = 0; i < batch->rows; i++)
		kept[i / 64] |= (uint64_t)(is_met(f, in, i, ready) == (f->action == KEEP))
				<< i % 64;
	column_drop(texts);
	return true;
}

const struct op op_filter_rows = {
	.name = "filter_rows",
	.title = "Filter",
	.group = "Manage rows",
	.help = "Keep or drop the rows that meet a condition.",
	.id = "sagemaker.spark.manage_rows_0.1",
	.choices = choices,
	.block = "filter_parameters",
	.params = params,
	.params_size = sizeof(struct filter_rows),
	.examples = examples,
	.shape = shape,
	.keep = keep,
};
