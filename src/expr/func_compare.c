/*
 * func_compare - which is more, and LIKE.
 *
 * As Spark: NaN equals NaN and is above all numbers, -0.0 equals 0.0, texts compare by
 * their bytes, false is below true.
 */
#include <math.h>

#include "data/rows.h"
#include "expr/func.h"

/* For which orders a comparison is true. */
enum { LESS = 1, EQUAL = 2, MORE = 4 };

static bool
is_met(int how, int order)
{
	return how & (order < 0 ? LESS : order > 0 ? MORE : EQUAL);
}

static int
order_longs(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

static int
order_floats(double x, double y)
{
	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x > y) - (x < y);
}

/* Sets the bits of the rows for which it is true; nulls are whatever they are. */
static void
compare_columns(int how, const struct column *x, const struct column *y, void *bits)
{
	if (x->type == TYPE_LONG || x->type == TYPE_DATETIME) {
		for (size_t i = 0; i < x->rows; i++)
			if (is_met(how,
				   order_longs(column_longs(x)[i], column_longs(y)[i])))
				bit_set(bits, i);
	} else if (x->type == TYPE_FLOAT) {
		for (size_t i = 0; i < x->rows; i++)
			if (is_met(how, order_floats(column_floats(x)[i],
						     column_floats(y)[i])))
				bit_set(bits, i);
	} else {
		for (size_t i = 0; i < x->rows; i++)
			if (!column_is_null(x, i) && !column_is_null(y, i) &&
			    is_met(how, cells_compare(x, i, y, i)))
				bit_set(bits, i);
	}
}

static bool
compare(const struct args *args, struct column **out, struct error *err)
{
	if (!(*out = args_strict(args, err)))
		return false;
	compare_columns(args->func->how, args->at[0], args->at[1], (*out)->values->data);
	return true;
}

/* <=>: nulls are equal to each other, and to nothing else. */
static bool
same(const struct args *args, struct column **out, struct error *err)
{
	const struct column *x = args->at[0], *y = args->at[1];
	char *bits;

	if (!(*out = column_new(TYPE_BOOL, args->rows, err)))
		return false;
	bits = (*out)->values->data;
	compare_columns(EQUAL, x, y, bits);
	for (size_t i = 0; i < args->rows; i++) {
		const bool no_x = column_is_null(x, i), no_y = column_is_null(y, i);

		if (no_x && no_y)
			bit_set(bits, i);
		else if (no_x || no_y)
			bit_clear(bits, i);
	}
	return true;
}

/* x >= low AND x <= high, of which one that is false is enough. */
static bool
between(const struct args *args, struct column **out, struct error *err)
{
	const struct column *x = args->at[0], *ends[] = { args->at[1], args->at[2] };
	struct column *met[2] = { column_new(TYPE_BOOL, args->rows, err), NULL };
	struct build b;

	if (met[0])
		met[1] = column_new(TYPE_BOOL, args->rows, err);
	if (met[1]) {
		compare_columns(MORE | EQUAL, x, ends[0], met[0]->values->data);
		compare_columns(LESS | EQUAL, x, ends[1], met[1]->values->data);
		build_start(&b, TYPE_BOOL, args->rows);
	}
	for (size_t i = 0; met[1] && i < args->rows; i++) {
		const bool no_x = column_is_null(x, i);
		const bool null[] = { no_x || column_is_null(ends[0], i),
				      no_x || column_is_null(ends[1], i) };
		const bool no = (!null[0] && !column_bool(met[0], i)) ||
				(!null[1] && !column_bool(met[1], i));

		if (no || !(null[0] || null[1]))
			build_bool(&b, !no);
		else
			build_null(&b);
	}
	*out = met[1] ? build_end(&b, err) : NULL;
	column_drop(met[0]);
	column_drop(met[1]);
	return *out != NULL;
}

/* The pattern's character at *at, moved behind it: % and _ bare, or some other with a
 * backslash before it. */
static uint32_t
pattern_next(struct text pattern, size_t *at, bool *plain)
{
	uint32_t code = text_next(pattern, at);

	*plain = code != '%' && code != '_';
	if (code == '\\' && *at < pattern.size)
		code = text_next(pattern, at);
	return code;
}

/* Back to the last % whenever it does not go on: no more steps than the text times the
 * pattern. */
static bool
is_like(struct text t, struct text pattern)
{
	size_t at = 0, p = 0, again_at = 0, again_p = 0;
	bool any = false;

	while (at < t.size) {
		size_t behind = p, after = at;
		bool plain = true;
		uint32_t code = 0;

		if (p < pattern.size)
			code = pattern_next(pattern, &behind, &plain);
		if (p < pattern.size && !plain && code == '%') {
			any = true;
			again_p = p = behind;
			again_at = at;
			continue;
		}
		if (p < pattern.size && (text_next(t, &after) == code || !plain)) {
			at = after;
			p = behind;
			continue;
		}
		if (!any)
			return false;
		text_next(t, &again_at);
		at = again_at;
		p = again_p;
	}
	while (p < pattern.size && pattern.data[p] == '%')
		p++;
	return p == pattern.size;
}

static bool
like(const struct args *args, struct column **out, struct error *err)
{
	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++)
		if (!column_is_null(*out, i) &&
		    is_like(column_text(args->at[0], i), column_text(args->at[1], i)))
			bit_set((*out)->values->data, i);
	return true;
}

const struct func func_compare[] = {
	{ "=", "cc", "b", compare, .how = EQUAL, .spark = "($1 = $2)",
	  .example = "cast('nan' as double) = cast('nan' as double)", .value = "true" },
	{ "!=", "cc", "b", compare, .how = LESS | MORE, .spark = "(NOT ($1 = $2))",
	  .example = "1 != 1.0", .value = "false" },
	{ "<", "cc", "b", compare, .how = LESS, .spark = "($1 < $2)",
	  .example = "'10' < '9'", .value = "true" },
	{ "<=", "cc", "b", compare, .how = LESS | EQUAL, .spark = "($1 <= $2)",
	  .example = "null <= 1", .value = "null" },
	{ ">", "cc", "b", compare, .how = MORE, .spark = "($1 > $2)",
	  .example = "cast('nan' as double) > 1e300", .value = "true" },
	{ ">=", "cc", "b", compare, .how = MORE | EQUAL, .spark = "($1 >= $2)",
	  .example = "date '2020-02-01' >= '2020-01-31'", .value = "true" },
	{ "<=>", "cc", "b", same, .spark = "($1 <=> $2)", .example = "null <=> null",
	  .value = "true" },
	{ "between", "ccc", "b", between, .spark = "(($1 >= $2) AND ($1 <= $3))",
	  .example = "5 between null and 4", .value = "false" },
	{ "like", "ss", "b", like, .spark = "$1 LIKE $2", .example = "'50%' like '%0\\%'",
	  .value = "true" },
	{ 0 },
};
