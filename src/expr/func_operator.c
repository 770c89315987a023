/*
 * func_operator - arithmetic, and logic with three values.
 *
 * Longs wrap around, as in Spark without ANSI mode; what is divided by zero is null.
 */
#include <math.h>

#include "expr/func.h"

enum { ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO };

/* A loop for two columns, and one each where a side is the same for all rows: a and b are
 * the values of a row. */
#define ROWS(type, x, x_one, y, y_one, out, n, value)              \
	do {                                                       \
		if (x_one) {                                       \
			const type a = *(x);                       \
			for (size_t i = 0; i < (n); i++) {         \
				const type b = (y)[i];             \
				(out)[i] = (value);                \
			}                                          \
		} else if (y_one) {                                \
			const type b = *(y);                       \
			for (size_t i = 0; i < (n); i++) {         \
				const type a = (x)[i];             \
				(out)[i] = (value);                \
			}                                          \
		} else {                                           \
			for (size_t i = 0; i < (n); i++) {         \
				const type a = (x)[i], b = (y)[i]; \
				(out)[i] = (value);                \
			}                                          \
		}                                                  \
	} while (0)

struct sides {
	const struct column *x, *y;
	bool x_one, y_one;
	size_t n;
};

static int64_t
divided(int64_t a, int64_t b)
{
	if (b == -1) /* the least number by -1 is beyond the greatest: it wraps */
		return (int64_t)(0 - (uint64_t)a);
	return b ? a / b : 0;
}

static void
longs(int how, const struct sides *s, int64_t *out)
{
	const int64_t *x = column_longs(s->x), *y = column_longs(s->y);

	switch (how) {
	case ADD:
		ROWS(int64_t, x, s->x_one, y, s->y_one, out, s->n,
		     (int64_t)((uint64_t)a + (uint64_t)b));
		break;
	case SUBTRACT:
		ROWS(int64_t, x, s->x_one, y, s->y_one, out, s->n,
		     (int64_t)((uint64_t)a - (uint64_t)b));
		break;
	case MULTIPLY:
		ROWS(int64_t, x, s->x_one, y, s->y_one, out, s->n,
		     (int64_t)((uint64_t)a * (uint64_t)b));
		break;
	case DIVIDE:
		ROWS(int64_t, x, s->x_one, y, s->y_one, out, s->n, divided(a, b));
		break;
	default:
		ROWS(int64_t, x, s->x_one, y, s->y_one, out, s->n,
		     b == -1 || b == 0 ? 0 : a % b);
	}
}

static void
floats(int how, const struct sides *s, double *out)
{
	const double *x = column_floats(s->x), *y = column_floats(s->y);

	switch (how) {
	case ADD:
		ROWS(double, x, s->x_one, y, s->y_one, out, s->n, a + b);
		break;
	case SUBTRACT:
		ROWS(double, x, s->x_one, y, s->y_one, out, s->n, a - b);
		break;
	case MULTIPLY:
		ROWS(double, x, s->x_one, y, s->y_one, out, s->n, a *b);
		break;
	case DIVIDE:
		ROWS(double, x, s->x_one, y, s->y_one, out, s->n, b == 0 ? 0 : a / b);
		break;
	default:
		ROWS(double, x, s->x_one, y, s->y_one, out, s->n, fmod(a, b));
	}
}

static bool
blank_zeroes(struct column *out, const struct column *divisor, struct error *err)
{
	if (divisor->rows == 1 && out->rows != 1 &&
	    (divisor->type == TYPE_LONG ? column_longs(divisor)[0] != 0
					: column_floats(divisor)[0] != 0))
		return true;
	for (size_t i = 0; i < out->rows; i++) {
		const size_t at = args_place(divisor, i);
		const bool zero = divisor->type == TYPE_LONG
					  ? column_longs(divisor)[at] == 0
					  : column_floats(divisor)[at] == 0;

		if (zero && !column_set_null(out, i, err))
			return false;
	}
	return true;
}

static bool
arithmetic(const struct args *args, struct column **out, struct error *err)
{
	const int how = args->func->how;
	const struct sides sides = { args->at[0], args->at[1], args_is_one(args, 0),
				     args_is_one(args, 1), args->rows };

	if (!(*out = args_strict(args, err)))
		return false;
	if (args->type == TYPE_LONG)
		longs(how, &sides, column_longs(*out));
	else
		floats(how, &sides, column_floats(*out));
	if ((how == DIVIDE || how == MODULO) && !blank_zeroes(*out, sides.y, err)) {
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

/* 64 rows of a bool: which are true, which are false; the rest is null. one: the first
 * row is all of them. */
static void
truths(const struct column *c, bool one, size_t word, uint64_t *yes, uint64_t *no)
{
	uint64_t values = bits_words(c->values)[one ? 0 : word];
	uint64_t there =
		c->validity ? bits_words(c->validity)[one ? 0 : word] : UINT64_MAX;

	if (one) {
		values = values & 1 ? UINT64_MAX : 0;
		there = there & 1 ? UINT64_MAX : 0;
	}
	*yes = values & there;
	*no = ~values & there;
}

enum { AND, OR };

static bool
has_nulls(const struct column *c)
{
	return c->validity && c->nulls;
}

static bool
combine(int how, const struct args *args, struct column **out, struct error *err)
{
	const struct column *x = args->at[0], *y = args->at[1];
	const bool x_one = args_is_one(args, 0), y_one = args_is_one(args, 1);
	const bool nulls = has_nulls(x) || has_nulls(y);
	struct column *c = nulls ? column_nulls(TYPE_BOOL, args->rows, err)
				 : column_new(TYPE_BOOL, args->rows, err);

	if (!(*out = c))
		return false;
	for (size_t i = 0; i < bit_words(args->rows); i++) {
		uint64_t yes[2], no[2], all_yes, all_no;

		truths(x, x_one, i, &yes[0], &no[0]);
		truths(y, y_one, i, &yes[1], &no[1]);
		all_yes = how == AND ? yes[0] & yes[1] : yes[0] | yes[1];
		all_no = how == AND ? no[0] | no[1] : no[0] & no[1];
		bits_words(c->values)[i] = all_yes;
		if (nulls)
			bits_words(c->validity)[i] = all_yes | all_no;
	}
	args_trim(c);
	args_count_nulls(c);
	return true;
}

static bool
logic(const struct args *args, struct column **out, struct error *err)
{
	return combine(args->func->how, args, out, err);
}

bool
args_and(struct column *x, struct column *y, size_t rows, struct column **out,
	 struct error *err)
{
	struct column *both[] = { x, y };
	const struct args args = { NULL, TYPE_BOOL, rows, 2, both };

	return combine(AND, &args, out, err);
}

static bool
inverse(const struct args *args, struct column **out, struct error *err)
{
	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < bit_words(args->rows); i++)
		bits_words((*out)->values)[i] = ~bits_words(args->at[0]->values)[i];
	args_trim(*out);
	return true;
}

const struct func func_operator[] = {
	{ "+", "nn", "n", arithmetic, .how = ADD, .ones = true, .spark = "($1 + $2)",
	  .example = "9223372036854775807 + 1", .value = "-9223372036854775808" },
	{ "-", "nn", "n", arithmetic, .how = SUBTRACT, .ones = true, .spark = "($1 - $2)",
	  .example = "'3' - 1", .value = "2.0" },
	{ "*", "nn", "n", arithmetic, .how = MULTIPLY, .ones = true, .spark = "($1 * $2)",
	  .example = "3 * 0.5", .value = "1.5" },
	{ "/", "ff", "f", arithmetic, .how = DIVIDE, .ones = true, .spark = "($1 / $2)",
	  .example = "6 / 4", .value = "1.5" },
	{ "%", "nn", "n", arithmetic, .how = MODULO, .ones = true, .spark = "($1 % $2)",
	  .example = "-7 % 3", .value = "-1" },
	{ "mod", "nn", "n", arithmetic, .how = MODULO, .ones = true,
	  .spark = "mod($1, $2)", .example = "mod(7, 0)", .value = "null" },
	{ "div", "ll", "l", arithmetic, .how = DIVIDE, .ones = true,
	  .spark = "($1 div $2)", .example = "-7 div 2", .value = "-3" },
	{ "negative", "n", "n", negative, .spark = "(- $1)", .example = "negative(1.5)",
	  .value = "-1.5" },
	{ "and", "bb", "b", logic, .how = AND, .ones = true, .spark = "($1 AND $2)",
	  .example = "null and false", .value = "false" },
	{ "or", "bb", "b", logic, .how = OR, .ones = true, .spark = "($1 OR $2)",
	  .example = "null or true", .value = "true" },
	{ "not", "b", "b", inverse, .spark = "(NOT $1)", .example = "not 1 = 2",
	  .value = "true" },
	{ 0 },
};
