/*
 * func_operator - arithmetic, and logic with three values.
 *
 * Longs wrap around, as in Spark without ANSI mode; what is divided by zero is null.
 */
#include <math.h>

#include "expr/func.h"

enum { ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO };

static void
longs(int how, const int64_t *x, const int64_t *y, int64_t *out, size_t n)
{
	switch (how) {
	case ADD:
		for (size_t i = 0; i < n; i++)
			out[i] = (int64_t)((uint64_t)x[i] + (uint64_t)y[i]);
		break;
	case SUBTRACT:
		for (size_t i = 0; i < n; i++)
			out[i] = (int64_t)((uint64_t)x[i] - (uint64_t)y[i]);
		break;
	case MULTIPLY:
		for (size_t i = 0; i < n; i++)
			out[i] = (int64_t)((uint64_t)x[i] * (uint64_t)y[i]);
		break;
	case DIVIDE: /* the least number by -1 is beyond the greatest: it wraps */
		for (size_t i = 0; i < n; i++)
			out[i] = y[i] == -1 ? (int64_t)(0 - (uint64_t)x[i])
				 : y[i]     ? x[i] / y[i]
					    : 0;
		break;
	default:
		for (size_t i = 0; i < n; i++)
			out[i] = y[i] == -1 || y[i] == 0 ? 0 : x[i] % y[i];
	}
}

static void
floats(int how, const double *x, const double *y, double *out, size_t n)
{
	switch (how) {
	case ADD:
		for (size_t i = 0; i < n; i++)
			out[i] = x[i] + y[i];
		break;
	case SUBTRACT:
		for (size_t i = 0; i < n; i++)
			out[i] = x[i] - y[i];
		break;
	case MULTIPLY:
		for (size_t i = 0; i < n; i++)
			out[i] = x[i] * y[i];
		break;
	case DIVIDE:
		for (size_t i = 0; i < n; i++)
			out[i] = y[i] == 0 ? 0 : x[i] / y[i];
		break;
	default:
		for (size_t i = 0; i < n; i++)
			out[i] = fmod(x[i], y[i]);
	}
}

static bool
blank_zeroes(struct column *out, const struct column *divisor, struct error *err)
{
	for (size_t i = 0; i < out->rows; i++) {
		const bool zero = divisor->type == TYPE_LONG
					  ? column_longs(divisor)[i] == 0
					  : column_floats(divisor)[i] == 0;

		if (zero && !column_set_null(out, i, err))
			return false;
	}
	return true;
}

static bool
arithmetic(const struct args *args, struct column **out, struct error *err)
{
	const int how = args->func->how;
	const struct column *x = args->at[0], *y = args->at[1];

	if (!(*out = args_strict(args, err)))
		return false;
	if (args->type == TYPE_LONG)
		longs(how, column_longs(x), column_longs(y), column_longs(*out),
		      args->rows);
	else
		floats(how, column_floats(x), column_floats(y), column_floats(*out),
		       args->rows);
	if ((how == DIVIDE || how == MODULO) && !blank_zeroes(*out, y, err)) {
		column_drop(*out);
		return false;
	}
	return true;
}

static bool
negative(const struct args *args, struct column **out, struct error *err)
{
	const struct column *x = args->at[0];

	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++)
		if (args->type == TYPE_LONG)
			column_longs(*out)[i] =
				(int64_t)(0 - (uint64_t)column_longs(x)[i]);
		else
			column_floats(*out)[i] = -column_floats(x)[i];
	return true;
}

/* 64 rows of a bool: which are true, which are false; the rest is null. */
static void
truths(const struct column *c, size_t word, uint64_t *yes, uint64_t *no)
{
	const uint64_t *values = (const uint64_t *)(const void *)c->values->data;
	const uint64_t *there =
		c->validity ? (const uint64_t *)(const void *)c->validity->data : NULL;

	*yes = values[word] & (there ? there[word] : UINT64_MAX);
	*no = ~values[word] & (there ? there[word] : UINT64_MAX);
}

enum { AND, OR };

static bool
logic(const struct args *args, struct column **out, struct error *err)
{
	struct column *c = column_nulls(TYPE_BOOL, args->rows, err);
	size_t there = 0;

	if (!(*out = c))
		return false;
	for (size_t i = 0; i < bit_words(args->rows); i++) {
		uint64_t yes[2], no[2], all_yes, all_no;

		truths(args->at[0], i, &yes[0], &no[0]);
		truths(args->at[1], i, &yes[1], &no[1]);
		all_yes = args->func->how == AND ? yes[0] & yes[1] : yes[0] | yes[1];
		all_no = args->func->how == AND ? no[0] | no[1] : no[0] & no[1];
		((uint64_t *)(void *)c->values->data)[i] = all_yes;
		((uint64_t *)(void *)c->validity->data)[i] = all_yes | all_no;
	}
	for (size_t i = 0; i < c->rows; i++)
		there += bit_get(c->validity->data, i);
	c->nulls = c->rows - there;
	return true;
}

static bool
inverse(const struct args *args, struct column **out, struct error *err)
{
	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++)
		if (!column_bool(args->at[0], i))
			bit_set((*out)->values->data, i);
	return true;
}

const struct func func_operator[] = {
	{ "+", "nn", "n", arithmetic, .how = ADD, .spark = "($1 + $2)",
	  .example = "9223372036854775807 + 1", .value = "-9223372036854775808" },
	{ "-", "nn", "n", arithmetic, .how = SUBTRACT, .spark = "($1 - $2)",
	  .example = "'3' - 1", .value = "2.0" },
	{ "*", "nn", "n", arithmetic, .how = MULTIPLY, .spark = "($1 * $2)",
	  .example = "3 * 0.5", .value = "1.5" },
	{ "/", "ff", "f", arithmetic, .how = DIVIDE, .spark = "($1 / $2)",
	  .example = "6 / 4", .value = "1.5" },
	{ "%", "nn", "n", arithmetic, .how = MODULO, .spark = "($1 % $2)",
	  .example = "-7 % 3", .value = "-1" },
	{ "mod", "nn", "n", arithmetic, .how = MODULO, .spark = "mod($1, $2)",
	  .example = "mod(7, 0)", .value = "null" },
	{ "div", "ll", "l", arithmetic, .how = DIVIDE, .spark = "($1 div $2)",
	  .example = "-7 div 2", .value = "-3" },
	{ "negative", "n", "n", negative, .spark = "(- $1)", .example = "negative(1.5)",
	  .value = "-1.5" },
	{ "and", "bb", "b", logic, .how = AND, .spark = "($1 AND $2)",
	  .example = "null and false", .value = "false" },
	{ "or", "bb", "b", logic, .how = OR, .spark = "($1 OR $2)",
	  .example = "null or true", .value = "true" },
	{ "not", "b", "b", inverse, .spark = "(NOT $1)", .example = "not 1 = 2",
	  .value = "true" },
	{ 0 },
};
