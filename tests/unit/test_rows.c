/* Rows that are the same hash alike, others do not; and they have an order. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "data/rows.h"

static bool
is_same(struct row_hash a, struct row_hash b)
{
	return a.low == b.low && a.high == b.high;
}

static int
sign(int order)
{
	return (order > 0) - (order < 0);
}

static struct column *
floats(const double *x, size_t n)
{
	struct error err = { 0 };
	struct column *c = column_new(TYPE_FLOAT, n, &err);

	memcpy(column_floats(c), x, n * sizeof(*x));
	return c;
}

static struct column *
strings(const char *const *text, size_t n)
{
	struct error err = { 0 };
	struct build b;

	build_start(&b, TYPE_STRING, 0);
	for (size_t i = 0; i < n; i++)
		if (text[i])
			build_text(&b, text_of(text[i]));
		else
			build_null(&b);
	return build_end(&b, &err);
}

/* Each row its own word of the dictionary. */
static struct column *
by_code(struct column *words)
{
	struct error err = { 0 };
	struct column *c = column_new(TYPE_DATE, words->rows, &err);

	for (size_t i = 0; i < words->rows; i++) {
		column_ints(c)[i] = (int32_t)i;
		if (column_is_null(words, i))
			CHECK(column_set_null(c, i, &err));
	}
	c->type = TYPE_STRING;
	c->layout = LAYOUT_DICTIONARY;
	c->dictionary = column_share(words);
	return c;
}

enum { ROWS = 6 };

static struct batch *
table(bool coded)
{
	static const double x[ROWS] = { 0.0, -0.0, NAN, 1, 1, 0 };
	static const char *const text[ROWS] = { "a", "a", "", NULL, "", "b" };
	struct error err = { 0 };
	struct batch *batch = batch_new(2, ROWS, &err);
	struct column *words = strings(text, ROWS);

	batch_take(batch, 0, floats(x, ROWS));
	batch_take(batch, 1, coded ? by_code(words) : column_share(words));
	column_drop(words);
	return batch;
}

static void
hashes(void)
{
	struct batch *plain = table(false), *coded = table(true), *swapped = table(false);
	struct column *first = swapped->at[0];
	struct row_hash a[ROWS], b[ROWS], c[ROWS];
	struct error err = { 0 };

	swapped->at[0] = swapped->at[1];
	swapped->at[1] = first;
	CHECK(rows_hash(plain, a, &err));
	CHECK(rows_hash(coded, b, &err));
	CHECK(rows_hash(swapped, c, &err));
	for (size_t i = 0; i < ROWS; i++) {
		CHECK(is_same(a[i], b[i]));
		CHECK(!is_same(a[i], c[i]));
		for (size_t j = 0; j < i; j++)
			CHECK(is_same(a[i], a[j]) == (i == 1 && j == 0));
	}
	batch_free(coded);
	coded = table(true);
	memory_refuse(1);
	CHECK(!rows_hash(coded, b, &err));
	CHECK(rows_hash(coded, b, &err) && is_same(a[3], b[3]));
	batch_free(plain);
	batch_free(coded);
	batch_free(swapped);
}

/* Every NaN is one. */
static void
hashes_nan(void)
{
	const uint64_t odd = UINT64_C(0xfff8000000000123);
	double x[2] = { NAN, 0 };
	struct error err = { 0 };
	struct batch *batch = batch_new(1, 2, &err);
	struct row_hash h[2];

	memcpy(&x[1], &odd, sizeof(odd));
	batch_take(batch, 0, floats(x, 2));
	CHECK(rows_hash(batch, h, &err) && is_same(h[0], h[1]));
	batch_free(batch);
}

/* How often two of n hashes share a half, which has 64 bits: never, where it is good. */
static int
by_low(const void *a, const void *b)
{
	const struct row_hash *x = a, *y = b;

	return (x->low > y->low) - (x->low < y->low);
}

static int
by_high(const void *a, const void *b)
{
	const struct row_hash *x = a, *y = b;

	return (x->high > y->high) - (x->high < y->high);
}

static size_t
shared(struct row_hash *h, size_t n)
{
	size_t same = 0;

	qsort(h, n, sizeof(*h), by_low);
	for (size_t i = 1; i < n; i++)
		same += h[i].low == h[i - 1].low;
	qsort(h, n, sizeof(*h), by_high);
	for (size_t i = 1; i < n; i++)
		same += h[i].high == h[i - 1].high;
	return same;
}

/* Rows that are all different, but alike: small numbers in COLUMNS columns, of which some
 * are null. kind: longs, floats, texts, bools and nulls. */
enum { COLUMNS = 5, ALIKE = 1 << 15 };

static struct column *
alike(size_t column, int kind)
{
	static const enum type types[] = { TYPE_LONG, TYPE_FLOAT, TYPE_STRING,
					   TYPE_BOOL };
	struct error err = { 0 };
	struct build b;

	build_start(&b, types[kind], ALIKE);
	for (size_t i = 0; i < ALIKE; i++) {
		int digit = (int)(i >> 3 * column & 7);
		char text[32];

		if (kind == 3)
			digit = (int)(i >> column & 1);
		snprintf(text, sizeof(text), "%.*s%d", digit * 3,
			 "aaaaaaaaaaaaaaaaaaaaaaaaaaa", digit);
		if (digit == 0)
			build_null(&b);
		else if (kind == 0)
			build_long(&b, digit - 4);
		else if (kind == 1)
			build_float(&b, digit - 4);
		else if (kind == 2)
			build_text(&b, text_of(text));
		else
			build_bool(&b, true);
	}
	return build_end(&b, &err);
}

static void
hashes_alike(void)
{
	struct row_hash *h = malloc(ALIKE * sizeof(*h));
	struct error err = { 0 };

	for (int kind = 0; kind < 4; kind++) {
		size_t n = kind == 3 ? 15 : COLUMNS;
		struct batch *batch = batch_new(n, ALIKE, &err);

		for (size_t c = 0; c < n; c++)
			batch_take(batch, c, alike(c, kind));
		CHECK(rows_hash(batch, h, &err) && shared(h, ALIKE) == 0);
		batch_free(batch);
	}
	free(h);
}

/* A bit of a cell turns every bit of both halves, about as often as not. */
static void
hashes_turn(void)
{
	enum { TRIES = 512, WIDE = 3 };
	static unsigned turned[64][128];
	struct error err = { 0 };
	unsigned least = TRIES * WIDE, most = 0;

	for (size_t wide = 0; wide < WIDE; wide++) {
		struct batch *batch = batch_new(WIDE, 65, &err);

		for (size_t c = 0; c < WIDE; c++)
			batch_take(batch, c, column_new(TYPE_LONG, 65, &err));
		for (int64_t t = 0; t < TRIES; t++) {
			struct row_hash h[65];

			for (size_t c = 0; c < WIDE; c++)
				for (size_t i = 0; i < 65; i++)
					column_longs(batch->at[c])[i] =
						t * (int64_t)c + t;
			for (size_t i = 0; i < 64; i++)
				column_longs(batch->at[wide])[i] ^=
					(int64_t)(UINT64_C(1) << i);
			CHECK(rows_hash(batch, h, &err));
			for (size_t i = 0; i < 64; i++)
				for (size_t bit = 0; bit < 64; bit++) {
					turned[i][bit] +=
						(h[i].low ^ h[64].low) >> bit & 1;
					turned[i][64 + bit] +=
						(h[i].high ^ h[64].high) >> bit & 1;
				}
		}
		batch_free(batch);
	}
	for (size_t i = 0; i < 64; i++)
		for (size_t bit = 0; bit < 128; bit++) {
			least = turned[i][bit] < least ? turned[i][bit] : least;
			most = turned[i][bit] > most ? turned[i][bit] : most;
		}
	CHECK(least > TRIES * WIDE / 3 && most < TRIES * WIDE * 2 / 3);
}

/* Texts that share a beginning, of every size around those that are done apart. */
static void
hashes_sizes(void)
{
	enum { MOST = 300 };
	static char zeroes[MOST];
	struct row_hash h[MOST];
	struct error err = { 0 };
	struct batch *batch = batch_new(1, MOST, &err);
	struct build b;

	build_start(&b, TYPE_STRING, MOST);
	for (size_t i = 0; i < MOST; i++)
		build_text(&b, (struct text){ zeroes, i });
	batch_take(batch, 0, build_end(&b, &err));
	CHECK(rows_hash(batch, h, &err) && shared(h, MOST) == 0);
	batch_free(batch);
}

/* A list for each row, with these ends, of numbers 1, 2, 3 ... */
static struct column *
lists(const int64_t *ends, size_t n)
{
	struct error err = { 0 };
	struct column *c = column_new(TYPE_OBJECT, n, &err);
	static const double x[] = { 1, 2, 1, 2, 1, 1 };

	for (size_t i = 0; i < n; i++)
		column_longs(c)[i + 1] = ends[i];
	c->children = calloc(1, sizeof(*c->children));
	c->n_children = 1;
	c->children[0] = floats(x, COUNT(x));
	return c;
}

static void
hashes_lists(void)
{
	static const int64_t ends[] = { 2, 4, 5, 5, 6 }; /* 12 12 1 - 1 */
	struct error err = { 0 };
	struct batch *batch = batch_new(1, COUNT(ends), &err);
	struct row_hash h[COUNT(ends)];
	struct column *c = lists(ends, COUNT(ends));

	batch_take(batch, 0, c);
	CHECK(rows_hash(batch, h, &err));
	CHECK(is_same(h[0], h[1]) && is_same(h[2], h[4]));
	CHECK(!is_same(h[0], h[2]) && !is_same(h[2], h[3]));
	CHECK(sign(cells_compare(c, 0, c, 1)) == 0 &&
	      sign(cells_compare(c, 0, c, 2)) == 1);
	CHECK(sign(cells_compare(c, 3, c, 2)) == -1);
	batch_free(batch);
}

static void
compares(void)
{
	static const double x[] = { -INFINITY, -1, 0, 1, INFINITY, NAN };
	static const char *const text[] = { NULL, "", "A", "a", "aa", "\xc3\xa9" };
	struct column *numbers = floats(x, COUNT(x)), *words = strings(text, COUNT(text));
	struct column *codes = by_code(words);

	for (size_t i = 0; i < COUNT(x); i++)
		for (size_t j = 0; j < COUNT(x); j++) {
			const int order = (i > j) - (i < j);

			CHECK(sign(cells_compare(numbers, i, numbers, j)) == order);
			CHECK(sign(cells_compare(words, i, words, j)) == order);
			CHECK(sign(cells_compare(words, i, codes, j)) == order);
		}
	column_drop(numbers);
	column_drop(words);
	column_drop(codes);
}

int
main(void)
{
	hashes();
	hashes_nan();
	hashes_alike();
	hashes_turn();
	hashes_sizes();
	hashes_lists();
	compares();
	CHECK(memory_used() == 0);
	return check_report();
}
