/*
 * func_compare - which is more, and LIKE.
 *
 * As Spark: NaN equals NaN and is above all numbers, -0.0 equals 0.0, texts compare by
 * their bytes, false is below true.
 */
#include "data/rows.h"
#include "expr/func.h"

/* For which orders a comparison is true. */
enum { LESS = 1, EQUAL = 2, MORE = 4 };

/*
 * All comparisons are "equal" and "less", of one side or the other, or their opposites.
 * The steps (0: one value for all rows, 1) are constants where these are called, so that
 * each becomes a loop of its own.
 */
#define KERNEL static inline __attribute__((always_inline)) void

KERNEL
longs_less(const int64_t *x, size_t x_step, const int64_t *y, size_t y_step, size_t n,
	   uint64_t *words){ BITS_OF(n, words, i, x[i * x_step] < y[i * y_step]) }

KERNEL longs_equal(const int64_t *x, size_t x_step, const int64_t *y, size_t y_step,
		   size_t n, uint64_t *words){ BITS_OF(n, words, i,
						       x[i * x_step] == y[i * y_step]) }

KERNEL ints_less(const int32_t *x, size_t x_step, const int32_t *y, size_t y_step,
		 size_t n,
		 uint64_t *words){ BITS_OF(n, words, i, x[i * x_step] < y[i * y_step]) }

KERNEL ints_equal(const int32_t *x, size_t x_step, const int32_t *y, size_t y_step,
		  size_t n, uint64_t *words)
{
	BITS_OF(n, words, i, x[i * x_step] == y[i * y_step])
}

static inline bool
is_less(double x, double y)
{
	return (x < y) | ((y != y) & (x == x));
}

KERNEL
floats_less(const double *x, size_t x_step, const double *y, size_t y_step, size_t n,
	    uint64_t *words)
{
	BITS_OF(n, words, i, is_less(x[i * x_step], y[i * y_step]))
}

static inline bool
is_equal(double x, double y)
{
	return (x == y) | ((x != x) & (y != y));
}

KERNEL
floats_equal(const double *x, size_t x_step, const double *y, size_t y_step, size_t n,
	     uint64_t *words)
{
	BITS_OF(n, words, i, is_equal(x[i * x_step], y[i * y_step]))
}

#define BY_STEPS(kernel, x, x_one, y, y_one, n, words) \
	do {                                           \
		if (x_one)                             \
			kernel(x, 0, y, 1, n, words);  \
		else if (y_one)                        \
			kernel(x, 1, y, 0, n, words);  \
		else                                   \
			kernel(x, 1, y, 1, n, words);  \
	} while (0)

struct sides {
	const struct column *x, *y;
	bool x_one, y_one;
	size_t n;
};

static bool
is_any_null(const struct sides *s, size_t i)
{
	return column_is_null(s->x, s->x_one ? 0 : i) ||
	       column_is_null(s->y, s->y_one ? 0 : i);
}

static void
texts_equal(const struct sides *s, uint64_t *words)
{
	BITS_OF(s->n, words, i,
		!is_any_null(s, i) && text_equal(column_text(s->x, s->x_one ? 0 : i),
						 column_text(s->y, s->y_one ? 0 : i)))
}

/* Whatever the type. */
static void
cells_meet(const struct sides *s, bool less, uint64_t *words)
{
	for (size_t i = 0; i < s->n; i++) {
		int order;

		if (is_any_null(s, i))
			continue;
		order = cells_compare(s->x, s->x_one ? 0 : i, s->y, s->y_one ? 0 : i);
		if (less ? order < 0 : order == 0)
			words[i / 64] |= UINT64_C(1) << i % 64;
	}
}

static void
sides_less(const struct sides *s, uint64_t *words)
{
	switch (s->x->type) {
	case TYPE_LONG:
	case TYPE_DATETIME:
		BY_STEPS(longs_less, column_longs(s->x), s->x_one, column_longs(s->y),
			 s->y_one, s->n, words);
		break;
	case TYPE_FLOAT:
		BY_STEPS(floats_less, column_floats(s->x), s->x_one, column_floats(s->y),
			 s->y_one, s->n, words);
		break;
	case TYPE_DATE:
		BY_STEPS(ints_less, column_ints(s->x), s->x_one, column_ints(s->y),
			 s->y_one, s->n, words);
		break;
	default:
		cells_meet(s, true, words);
	}
}

static void
sides_equal(const struct sides *s, uint64_t *words)
{
	switch (s->x->type) {
	case TYPE_LONG:
	case TYPE_DATETIME:
		BY_STEPS(longs_equal, column_longs(s->x), s->x_one, column_longs(s->y),
			 s->y_one, s->n, words);
		break;
	case TYPE_FLOAT:
		BY_STEPS(floats_equal, column_floats(s->x), s->x_one, column_floats(s->y),
			 s->y_one, s->n, words);
		break;
	case TYPE_DATE:
		BY_STEPS(ints_equal, column_ints(s->x), s->x_one, column_ints(s->y),
			 s->y_one, s->n, words);
		break;
	case TYPE_STRING:
		texts_equal(s, words);
		break;
	default:
		cells_meet(s, false, words);
	}
}

/* The bits of the rows for which it is true, into a column that is all false; those of
 * nulls are whatever they are. */
static void
compare_columns(int how, const struct column *x, const struct column *y,
		struct column *out)
{
	const size_t rows = out->rows;
	uint64_t *words = bits_words(out->values);
	const bool x_one = x->rows == 1 && rows != 1, y_one = y->rows == 1 && rows != 1;
	const struct sides as_is = { x, y, x_one, y_one, rows };
	const struct sides swapped = { y, x, y_one, x_one, rows };

	if (how == EQUAL || how == (LESS | MORE))
		sides_equal(&as_is, words);
	else
		sides_less(how == LESS || how == (MORE | EQUAL) ? &as_is : &swapped,
			   words);
	if (how != EQUAL && how != LESS && how != MORE)
		for (size_t w = 0; w < bit_words(rows); w++)
			words[w] = ~words[w];
	args_trim(out);
}

static bool
compare(const struct args *args, struct column **out, struct error *err)
{
	if (!(*out = args_strict(args, err)))
		return false;
	compare_columns(args->func->how, args->at[0], args->at[1], *out);
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
	compare_columns(EQUAL, x, y, *out);
	for (size_t i = 0; (x->nulls || y->nulls) && i < args->rows; i++) {
		const bool no_x = column_is_null(x, args_place(x, i));
		const bool no_y = column_is_null(y, args_place(y, i));

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
	static const int hows[] = { MORE | EQUAL, LESS | EQUAL };
	struct column *met[2] = { NULL, NULL };
	bool ok = true;

	for (size_t i = 0; ok && i < 2; i++) {
		struct column *pair[] = { args->at[0], args->at[1 + i] };
		const struct args half = { args->func, TYPE_BOOL, args->rows, 2, pair };

		ok = (met[i] = args_strict(&half, err)) != NULL;
		if (ok)
			compare_columns(hows[i], pair[0], pair[1], met[i]);
	}
	ok = ok && args_and(met[0], met[1], args->rows, out, err);
	column_drop(met[0]);
	column_drop(met[1]);
	return ok;
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
		    is_like(column_text(args->at[0], args_place(args->at[0], i)),
			    column_text(args->at[1], args_place(args->at[1], i))))
			bit_set((*out)->values->data, i);
	return true;
}

const struct func func_compare[] = {
	{ "=", "cc", "b", compare, .how = EQUAL, .ones = true, .spark = "($1 = $2)",
	  .example = "cast('nan' as double) = cast('nan' as double)", .value = "true" },
	{ "!=", "cc", "b", compare, .how = LESS | MORE, .ones = true,
	  .spark = "(NOT ($1 = $2))", .example = "1 != 1.0", .value = "false" },
	{ "<", "cc", "b", compare, .how = LESS, .ones = true, .spark = "($1 < $2)",
	  .example = "'10' < '9'", .value = "true" },
	{ "<=", "cc", "b", compare, .how = LESS | EQUAL, .ones = true,
	  .spark = "($1 <= $2)", .example = "null <= 1", .value = "null" },
	{ ">", "cc", "b", compare, .how = MORE, .ones = true, .spark = "($1 > $2)",
	  .example = "cast('nan' as double) > 1e300", .value = "true" },
	{ ">=", "cc", "b", compare, .how = MORE | EQUAL, .ones = true,
	  .spark = "($1 >= $2)", .example = "date '2020-02-01' >= '2020-01-31'",
	  .value = "true" },
	{ "<=>", "cc", "b", same, .ones = true, .spark = "($1 <=> $2)",
	  .example = "null <=> null", .value = "true" },
	{ "between", "ccc", "b", between, .ones = true,
	  .spark = "(($1 >= $2) AND ($1 <= $3))", .example = "5 between null and 4",
	  .value = "false" },
	{ "like", "ss", "b", like, .ones = true, .spark = "$1 LIKE $2",
	  .example = "'50%' like '%0\\%'", .value = "true" },
	{ 0 },
};
