/*
 * A formula gives a row the same, alone or among others, whether its texts have a
 * dictionary or not.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "data/cast.h"
#include "expr/expr.h"

enum { ROWS = 300 };

static const struct field fields[] = {
	{ "x", TYPE_LONG }, { "y", TYPE_FLOAT }, { "s", TYPE_STRING },
	{ "t", TYPE_BOOL }, { "d", TYPE_DATE },  { "at", TYPE_DATETIME },
	{ "z", TYPE_LONG }, { "w", TYPE_FLOAT }, { "u", TYPE_STRING },
};

static const char *const texts[] = { "a", "b",          "Abc", "",     "42",
				     "é", "2016-07-01", "a b", "true", "x%y" };

static void
build_cell(struct build *b, enum type type, uint64_t *seed)
{
	static const double numbers[] = { 0, -0.0, 1, 2.5, -3, 1e300, NAN, INFINITY };
	static const int64_t longs[] = { 0, 1, 2, -1, 7, INT64_MAX, INT64_MIN };

	if (random_below(seed, 5) == 0) {
		build_null(b);
		return;
	}
	switch (type) {
	case TYPE_LONG:
		build_long(b, longs[random_below(seed, COUNT(longs))]);
		break;
	case TYPE_FLOAT:
		build_float(b, numbers[random_below(seed, COUNT(numbers))]);
		break;
	case TYPE_BOOL:
		build_bool(b, random_below(seed, 2));
		break;
	case TYPE_DATE:
		build_date(b, 16980 + (int32_t)random_below(seed, 4));
		break;
	case TYPE_DATETIME:
		build_long(b, INT64_C(1467331200000000) + (int64_t)random_below(seed, 3));
		break;
	default:
		build_text(b, text_of(texts[random_below(seed, COUNT(texts))]));
	}
}

/* The same texts as codes. */
static struct column *
coded(const struct column *plain)
{
	struct error err = { 0 };
	struct column *out = column_new(TYPE_STRING, 0, &err);
	struct build entries;

	build_start(&entries, TYPE_STRING, COUNT(texts));
	for (size_t k = 0; k < COUNT(texts); k++)
		build_text(&entries, text_of(texts[k]));
	buffer_drop(out->values);
	buffer_drop(out->bytes);
	out->bytes = NULL;
	out->layout = LAYOUT_DICTIONARY;
	out->dictionary = build_end(&entries, &err);
	out->rows = plain->rows;
	out->nulls = plain->nulls;
	out->validity = buffer_share(plain->validity);
	out->values = buffer_new(plain->rows * sizeof(int32_t), &err);
	for (size_t i = 0; i < plain->rows; i++)
		for (size_t k = 0; k < COUNT(texts); k++)
			if (!column_is_null(plain, i) &&
			    text_is(column_text(plain, i), texts[k]))
				column_ints(out)[i] = (int32_t)k;
	return out;
}

static struct batch *
plain_batch(void)
{
	struct error err = { 0 };
	struct batch *batch = batch_new(COUNT(fields), ROWS, &err);
	uint64_t seed = 11;

	for (size_t i = 0; batch && i < COUNT(fields); i++) {
		struct build b;

		build_start(&b, fields[i].type, ROWS);
		for (size_t row = 0; row < ROWS; row++)
			build_cell(&b, fields[i].type, &seed);
		batch_take(batch, i, build_end(&b, &err));
	}
	if (!batch)
		abort();
	return batch;
}

static struct batch *
coded_batch(const struct batch *plain)
{
	struct error err = { 0 };
	struct batch *batch = batch_copy(plain, &err);

	for (size_t i = 0; batch && i < batch->n; i++)
		if (fields[i].type == TYPE_STRING)
			batch_take(batch, i, coded(plain->at[i]));
	if (!batch)
		abort();
	return batch;
}

static const char *const formulas[] = {
	"x",
	"1",
	"null",
	"'a'",
	"s",
	"x + 1",
	"1 + x",
	"x + z",
	"x * y",
	"2.5 * y",
	"y / 2",
	"2 / y",
	"y / w",
	"x % 2",
	"7 % x",
	"x div z",
	"x div 0",
	"x + null",
	"-x",
	"-y",
	"x = 1",
	"1 = x",
	"x = z",
	"x != 2",
	"x < 1",
	"1 < x",
	"x <= z",
	"x >= 1",
	"x > z",
	"y = 2.5",
	"y < 2.5",
	"2.5 < y",
	"y <= w",
	"y > 1",
	"y >= cast('nan' as double)",
	"y < cast('nan' as double)",
	"cast('nan' as double) <= y",
	"y = cast('nan' as double)",
	"x < y",
	"s = 'a'",
	"'a' = s",
	"s = u",
	"s != 'a'",
	"s < 'b'",
	"'b' <= s",
	"s > u",
	"s = null",
	"s <=> null",
	"s <=> 'a'",
	"x <=> z",
	"x <=> 1",
	"null <=> y",
	"t = true",
	"t < false",
	"d = '2016-06-30'",
	"d < date '2016-07-01'",
	"at > '2016-07-01'",
	"t and x > 1",
	"t or x > 1",
	"t and true",
	"t and false",
	"t or null",
	"null and t",
	"not t",
	"not (s = 'a')",
	"x is null",
	"s is null",
	"s is not null and t",
	"x between 0 and 2",
	"x between z and 2",
	"1 between x and z",
	"x between null and 0",
	"s between 'a' and 'b'",
	"x in (1, 2, 7)",
	"x in (1, null)",
	"x in (z, 1)",
	"y in (0, 2.5)",
	"y in (cast('nan' as double), 1e300)",
	"s in ('a', 'Abc')",
	"s in ('a', null)",
	"s in ('a', u)",
	"t in (true)",
	"d in (date '2016-06-30')",
	"at in (timestamp '2016-07-01 00:00:00')",
	"null in (1, 2)",
	"s like 'a%'",
	"s like '%'",
	"s like null",
	"s like u",
	"'abc' like s",
	"s like 'x\\%y'",
	"if(t, x, z)",
	"if(t, 'yes', 'no')",
	"if(t, 'yes', null)",
	"if(x > 1, s, 'small')",
	"case when x < 1 then 'low' when x < 3 then 'mid' else 'high' end",
	"case when s = 'a' then 1 when t then 2 end",
	"case s when 'a' then 'b' else u end",
	"case x when 1 then d end",
	"case when t then true when x = 1 then false end",
	"coalesce(x, 0)",
	"coalesce(s, 'none')",
	"coalesce(s, u)",
	"coalesce(y, w, 1)",
	"nullif(s, 'a')",
	"nullif(x, 1)",
	"greatest(x, 1, z)",
	"least(s, u)",
	"least(s, 'b')",
	"upper(s)",
	"lower(upper(s)) = 'abc'",
	"length(s)",
	"trim(s) || u",
	"concat(s, '-', s)",
	"concat_ws('-', s, null, u)",
	"concat_ws(',', s, 'z')",
	"substring(s, 2, 1)",
	"replace(s, 'a', 'bb')",
	"cast(s as bigint)",
	"cast(s as double)",
	"cast(s as boolean)",
	"cast(s as date)",
	"cast(s as timestamp)",
	"cast(x as string)",
	"cast(y as string) = s",
	"year(s)",
	"to_date(s, 'yyyy-MM-dd')",
	"date_add(d, x)",
	"round(y, 1)",
	"floor(y)",
	"abs(x)",
	"pow(y, 2)",
	"ln(y)",
	"isnan(y)",
	"length(coalesce(s, 'none')) > 2 and y < 3",
	"coalesce(upper(s), 'NONE') in ('NONE')",
	"s = 'a' or s = 'b' or s is null",
	"s = 'a' or u = 'b'",
	"1 < 2 and s = 'a'",
	"case when s is null then null else upper(s) end",
};

static bool
is_same(const struct column *a, size_t i, const struct column *b, size_t j)
{
	struct error err = { 0 };
	struct buffer *x = buffer_new(0, &err), *y = buffer_new(0, &err);
	const bool same = a->type == b->type &&
			  column_is_null(a, i) == column_is_null(b, j) &&
			  cell_print(a, i, x, &err) && cell_print(b, j, y, &err) &&
			  text_equal((struct text){ x->data, x->size },
				     (struct text){ y->data, y->size });

	buffer_drop(x);
	buffer_drop(y);
	return same;
}

/* Each row alone, as a batch of its own. */
static size_t
differing(const struct expr *expr, const struct batch *plain, const struct column *all)
{
	struct error err = { 0 };
	size_t n = 0;

	for (size_t row = 0; row < ROWS; row++) {
		struct batch *one = batch_slice(plain, row, 1, &err);
		struct column *c = expr_run(expr, one, &err);

		n += !c || c->rows != 1 || !is_same(c, 0, all, row);
		column_drop(c);
		batch_free(one);
	}
	return n;
}

/* What is kept is what is true, and behind the rows there is nothing. */
static bool
keeps(const struct expr *expr, const struct batch *batch, const struct column *all)
{
	struct error err = { 0 };
	uint64_t kept[(ROWS + 63) / 64], others[(ROWS + 63) / 64];
	bool ok = expr_keep(expr, batch, true, kept, &err) &&
		  expr_keep(expr, batch, false, others, &err);

	for (size_t i = 0; ok && i < 64 * COUNT(kept); i++) {
		const bool met =
			i < ROWS && !column_is_null(all, i) && column_bool(all, i);

		ok = bit_get(kept, i) == met && bit_get(others, i) == (i < ROWS && !met);
	}
	return ok;
}

static void
formula(const char *text, const struct batch *plain, const struct batch *codes)
{
	const struct schema schema = { COUNT(fields), (struct field *)fields, false };
	struct error err = { 0 };
	struct arena mem = { 0 };
	struct expr *expr = expr_read(text_of(text), &mem, &err);
	struct column *rows = NULL, *by_codes = NULL;
	const int before = check_failed;

	CHECK(expr && expr_bind(expr, &schema, &mem, &err));
	if (check_failed == before) {
		CHECK((rows = expr_run(expr, plain, &err)));
		CHECK((by_codes = expr_run(expr, codes, &err)));
	}
	if (rows && by_codes) {
		size_t n = 0;

		CHECK(rows->rows == ROWS && by_codes->rows == ROWS);
		for (size_t i = 0; i < ROWS; i++)
			n += !is_same(rows, i, by_codes, i);
		CHECK(n == 0);
		CHECK(differing(expr, plain, rows) == 0);
		if (expr_type(expr) == TYPE_BOOL)
			CHECK(keeps(expr, codes, rows));
	}
	if (check_failed != before)
		printf("\tof %s %s\n", text, err.text);
	column_drop(rows);
	column_drop(by_codes);
	arena_release(&mem);
}

int
main(void)
{
	struct batch *plain = plain_batch(), *codes = coded_batch(plain);

	for (size_t i = 0; i < COUNT(formulas); i++)
		formula(formulas[i], plain, codes);
	batch_free(plain);
	batch_free(codes);
	return check_report();
}
