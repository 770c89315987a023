/*
 * func_null - what is null, and choices among arguments.
 */
#include "expr/func.h"

#include "data/rows.h"

enum { IS_NULL, IS_THERE };

static bool
is_null(const struct args *args, struct column **out, struct error *err)
{
	const struct buffer *there = args->at[0]->validity;
	const uint64_t turn = args->func->how == IS_NULL ? UINT64_MAX : 0;

	if (!(*out = column_new(TYPE_BOOL, args->rows, err)))
		return false;
	for (size_t w = 0; w < bit_words(args->rows); w++)
		bits_words((*out)->values)[w] =
			(there ? bits_words(there)[w] : UINT64_MAX) ^ turn;
	args_trim(*out);
	return true;
}

/* Each row's choice, by a rule; NULL if memory is refused. */
static bool
choose(const struct args *args, uint32_t (*rule)(const struct args *args, size_t row),
       struct column **out, struct error *err)
{
	const size_t size = args->rows * sizeof(uint32_t);
	uint32_t *pick = memory_alloc(size, err);
	bool ok;

	if (!pick)
		return false;
	for (size_t i = 0; i < args->rows; i++)
		pick[i] = rule(args, i);
	ok = args_pick(args, pick, out, err);
	memory_free(pick, size);
	return ok;
}

static uint32_t
first_there(const struct args *args, size_t row)
{
	uint32_t i = 0;

	while (i < args->n && column_is_null(args->at[i], args_place(args->at[i], row)))
		i++;
	return i;
}

static bool
coalesce(const struct args *args, struct column **out, struct error *err)
{
	return choose(args, first_there, out, err);
}

static bool
are_equal(const struct column *a, const struct column *b, size_t row)
{
	const size_t i = args_place(a, row), j = args_place(b, row);

	return !column_is_null(a, i) && !column_is_null(b, j) &&
	       cells_compare(a, i, b, j) == 0;
}

static uint32_t
unless_equal(const struct args *args, size_t row)
{
	return are_equal(args->at[0], args->at[1], row) ? 2 : 0;
}

static bool
null_if(const struct args *args, struct column **out, struct error *err)
{
	return choose(args, unless_equal, out, err);
}

/* Condition, value, condition, value, ..., value of all others. */
static uint32_t
first_true(const struct args *args, size_t row)
{
	uint32_t i = 0;

	for (; i + 1 < args->n; i += 2) {
		const size_t at = args_place(args->at[i], row);

		if (!column_is_null(args->at[i], at) && column_bool(args->at[i], at))
			return i + 1;
	}
	return i;
}

static bool
when(const struct args *args, struct column **out, struct error *err)
{
	return choose(args, first_true, out, err);
}

static uint32_t
first_equal(const struct args *args, size_t row)
{
	uint32_t i = 1;

	for (; i + 1 < args->n; i += 2)
		if (are_equal(args->at[0], args->at[i], row))
			return i + 1;
	return i;
}

static bool
when_equal(const struct args *args, struct column **out, struct error *err)
{
	return choose(args, first_equal, out, err);
}

enum { GREATEST, LEAST };

static uint32_t
extreme(const struct args *args, size_t row)
{
	uint32_t best = (uint32_t)args->n;

	for (uint32_t i = 0; i < args->n; i++) {
		const struct column *c = args->at[i];
		int order;

		if (column_is_null(c, args_place(c, row)))
			continue;
		order = best == args->n
				? 0
				: cells_compare(c, args_place(c, row), args->at[best],
						args_place(args->at[best], row));
		if (best == args->n ||
		    (args->func->how == GREATEST ? order > 0 : order < 0))
			best = i;
	}
	return best;
}

static bool
extremes(const struct args *args, struct column **out, struct error *err)
{
	return choose(args, extreme, out, err);
}

const struct func func_null[] = {
	{ "isnull", "a", "b", is_null, .how = IS_NULL, .spark = "($1 IS NULL)",
	  .example = "isnull(null)", .value = "true" },
	{ "isnotnull", "a", "b", is_null, .how = IS_THERE, .spark = "($1 IS NOT NULL)",
	  .example = "isnotnull('')", .value = "true" },
	{ "coalesce", "u[u]", "u", coalesce, .ones = true,
	  .example = "coalesce(null, 2, 3.5)", .value = "2.0" },
	{ "ifnull", "uu", "u", coalesce, .ones = true, .example = "ifnull(null, 'a')",
	  .value = "a" },
	{ "nvl", "uu", "u", coalesce, .ones = true, .example = "nvl(1, 2)",
	  .value = "1" },
	{ "nullif", "cc", "c", null_if, .ones = true, .example = "nullif(2, 2)",
	  .value = "null" },
	{ "if", "buu", "u", when, .ones = true, .spark = "(IF($1, $2, $3))",
	  .example = "if(null, 'a', 'b')", .value = "b" },
	{ "case", "bu[bu]u", "u", when, .ones = true, .spark = "CASE",
	  .example = "case when 1 > 2 then 'a' when true then 'b' end", .value = "b" },
	{ "case of", "ccu[cu]u", "u", when_equal, .ones = true, .spark = "CASE",
	  .example = "case 3 when 1 then 'a' when 2 then 'b' end", .value = "null" },
	{ "greatest", "uu[u]", "u", extremes, .ones = true, .how = GREATEST,
	  .example = "greatest(1, null, 3)", .value = "3" },
	{ "least", "uu[u]", "u", extremes, .ones = true, .how = LEAST,
	  .example = "least(1, cast('nan' as double))", .value = "1.0" },
	{ 0 },
};
