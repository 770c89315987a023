/*
 * func_number - functions of numbers.
 *
 * Logarithms of what is not above zero are null, as in Spark; other functions without a
 * value give NaN.
 */
#include <math.h>

#include "base/number.h"
#include "data/cast.h"
#include "expr/func.h"

static bool
map_float(const struct args *args, struct column **out, struct error *err)
{
	const double *x = column_floats(args->at[0]);

	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++)
		column_floats(*out)[i] = args->func->number(x[i]);
	return true;
}

/* Of the last argument; with two, to the base of the first. */
static bool
logarithm(const struct args *args, struct column **out, struct error *err)
{
	const double *x = column_floats(args->at[args->n - 1]);
	const double *base = args->n > 1 ? column_floats(args->at[0]) : NULL;

	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++) {
		const double down = base ? log(base[i]) : 1;

		column_floats(*out)[i] = args->func->number(x[i]) / down;
		if ((x[i] <= 0 || (base && base[i] <= 0)) &&
		    !column_set_null(*out, i, err)) {
			column_drop(*out);
			return false;
		}
	}
	return true;
}

static bool
power(const struct args *args, struct column **out, struct error *err)
{
	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++)
		column_floats(*out)[i] =
			pow(column_floats(args->at[0])[i], column_floats(args->at[1])[i]);
	return true;
}

static bool
absolute(const struct args *args, struct column **out, struct error *err)
{
	const struct column *x = args->at[0];

	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++)
		if (args->type == TYPE_LONG) {
			const int64_t whole = column_longs(x)[i];

			column_longs(*out)[i] =
				whole < 0 ? (int64_t)(0 - (uint64_t)whole) : whole;
		} else {
			column_floats(*out)[i] = fabs(column_floats(x)[i]);
		}
	return true;
}

/* floor and ceil: whole numbers, NaN is 0, what is too large is the largest. */
static bool
to_whole(const struct args *args, struct column **out, struct error *err)
{
	const struct column *x = args->at[0];

	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++)
		column_longs(*out)[i] = x->type == TYPE_LONG
						? column_longs(x)[i]
						: cast_float_to_long(args->func->number(
							  column_floats(x)[i]));
	return true;
}

static bool
is_nan(const struct args *args, struct column **out, struct error *err)
{
	if (!(*out = column_new(TYPE_BOOL, args->rows, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++)
		if (!column_is_null(args->at[0], i) &&
		    isnan(column_floats(args->at[0])[i]))
			bit_set((*out)->values->data, i);
	return true;
}

/* To a multiple of a power of ten, halves away from zero. */
static int64_t
round_long(int64_t x, int64_t digits)
{
	const uint64_t size = x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
	uint64_t unit = 1, rest;

	if (digits >= 0)
		return x;
	if (digits < -19)
		return 0;
	for (; digits < 0; digits++)
		unit *= 10;
	rest = size % unit;
	rest = size - rest + (rest >= unit - rest ? unit : 0);
	return (int64_t)(x < 0 ? 0 - rest : rest);
}

/*
 * Of the decimal digits that Java prints, as Spark does: 2.675 is 2.68, though the double
 * is a little less. The text is rounded in place: digits with a point somewhere.
 */
static double
round_float(double x, int64_t digits)
{
	char text[NUMBER_SIZE], whole[NUMBER_SIZE + 8], *e;
	int64_t point = 0, n = 0, keep;
	int64_t exponent = 0;
	double size;
	bool up;

	if (!isfinite(x) || x == 0)
		return x;
	number_print_float(fabs(x), text);
	if ((e = strchr(text, 'E'))) {
		*e = '\0';
		if (!number_parse_long(text_of(e + 1), &exponent))
			return x;
	}
	for (const char *c = text; *c; c++)
		if (*c == '.')
			point = n;
		else
			whole[1 + n++] = *c;
	whole[0] = '0'; /* room for a carry */
	keep = digits > 400 ? n : digits < -400 ? -1 : point + exponent + digits;
	if (keep >= n)
		return x;
	if (keep < 0)
		return copysign(0, x);
	up = whole[1 + keep] >= '5';
	for (int64_t i = keep; up && i >= 0; i--) {
		up = whole[i] == '9';
		whole[i] = up ? '0' : (char)(whole[i] + 1);
	}
	whole[1 + keep] = 'E';
	number_print_long(point + exponent - keep, whole + 2 + keep);
	return number_parse_float(text_of(whole), &size) ? copysign(size, x) : x;
}

static bool
rounded(const struct args *args, struct column **out, struct error *err)
{
	const struct column *x = args->at[0];

	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++) {
		const int64_t digits = args->n > 1 ? column_longs(args->at[1])[i] : 0;

		if (column_is_null(*out, i))
			continue;
		if (args->type == TYPE_LONG)
			column_longs(*out)[i] = round_long(column_longs(x)[i], digits);
		else
			column_floats(*out)[i] = round_float(column_floats(x)[i], digits);
	}
	return true;
}

const struct func func_number[] = {
	{ "abs", "n", "n", absolute, .example = "abs(-1.5)", .value = "1.5" },
	{ "ceil", "n", "l", to_whole, .number = ceil, .spark = "CEIL($1)",
	  .example = "ceil(-0.1)", .value = "0" },
	{ "ceiling", "n", "l", to_whole, .number = ceil, .example = "ceiling(5.2)",
	  .value = "6" },
	{ "exp", "f", "f", map_float, .number = exp, .spark = "EXP($1)",
	  .example = "exp(0)", .value = "1.0" },
	{ "floor", "n", "l", to_whole, .number = floor, .spark = "FLOOR($1)",
	  .example = "floor(-0.1)", .value = "-1" },
	{ "isnan", "f", "b", is_nan, .example = "isnan(cast('nan' as double))",
	  .value = "true" },
	{ "ln", "f", "f", logarithm, .number = log, .example = "ln(1)", .value = "0.0" },
	{ "log", "f", "f", logarithm, .number = log, .spark = "ln($1)",
	  .example = "log(0)", .value = "null" },
	{ "log", "ff", "f", logarithm, .number = log, .spark = "LOG($1, $2)",
	  .example = "log(2, 8)", .value = "3.0" },
	{ "log10", "f", "f", logarithm, .number = log10, .spark = "LOG10($1)",
	  .example = "log10(1000)", .value = "3.0" },
	{ "log2", "f", "f", logarithm, .number = log2, .spark = "LOG2($1)",
	  .example = "log2(8)", .value = "3.0" },
	{ "pow", "ff", "f", power, .example = "pow(2, 3)", .value = "8.0" },
	{ "power", "ff", "f", power, .spark = "POWER($1, $2)", .example = "power(2, -1)",
	  .value = "0.5" },
	{ "round", "n", "n", rounded, .spark = "round($1, 0)", .example = "round(-2.5)",
	  .value = "-3.0" },
	{ "round", "nl", "n", rounded, .example = "round(2.675, 2)", .value = "2.68" },
	{ "sqrt", "f", "f", map_float, .number = sqrt, .spark = "SQRT($1)",
	  .example = "sqrt(4)", .value = "2.0" },
	{ 0 },
};
