/* A batch that was squeezed is the same batch again, whatever is in it. */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "data/squeeze.h"

enum { ROWS = 1000 };

static uint64_t seed = 7;

static uint64_t
any(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return seed >> 16;
}

/* Numbers of so many bits from a start on; every seventh is null, if asked. */
static struct column *
longs(enum type type, int bits, int64_t start, bool nulls)
{
	struct error err;
	struct build b;

	build_start(&b, type, ROWS);
	for (size_t i = 0; i < ROWS; i++) {
		const uint64_t x = bits ? any() << 40 ^ any() << 20 ^ any() : 0;

		if (nulls && i % 7 == 3)
			build_null(&b);
		else if (type == TYPE_DATE)
			build_date(&b,
				   (int32_t)(start +
					     (bits ? (int64_t)(x >> (64 - bits)) : 0)));
		else
			build_long(&b, (int64_t)((uint64_t)start +
						 (bits ? x >> (64 - bits) : 0)));
	}
	return build_end(&b, &err);
}

static struct column *
floats(double unit, bool odd)
{
	struct error err;
	struct build b;

	build_start(&b, TYPE_FLOAT, ROWS);
	for (size_t i = 0; i < ROWS; i++)
		build_float(&b, (double)((int64_t)(any() % 100000) - 50000) / unit);
	if (odd) {
		static const double values[] = { -0.0, NAN, INFINITY, 1e300, 0x1p-1074 };

		for (size_t i = 0; i < COUNT(values); i++)
			build_float(&b, values[i]);
	}
	return build_end(&b, &err);
}

static struct column *
texts(void)
{
	struct error err;
	struct build b;

	build_start(&b, TYPE_STRING, ROWS);
	for (size_t i = 0; i < ROWS; i++)
		build_text(&b, text_of(any() & 1 ? "Ulm" : "Bonn"));
	return build_end(&b, &err);
}

/* Codes into those texts. */
static struct column *
codes(void)
{
	struct error err;
	struct column *c = column_new(TYPE_DATE, ROWS, &err);

	for (size_t i = 0; i < ROWS; i++)
		column_ints(c)[i] = (int32_t)(any() % ROWS);
	c->type = TYPE_STRING;
	c->layout = LAYOUT_DICTIONARY;
	c->dictionary = texts();
	return c;
}

static bool
same_bits(const struct column *a, const struct column *b)
{
	return a->type != TYPE_FLOAT ||
	       memcmp(column_floats(a), column_floats(b), a->rows * 8) == 0;
}

/* Alone in a batch with an empty slot; takes the column. Returns the bytes held. */
static size_t
comes_back(struct column *c)
{
	struct error err;
	struct batch *batch = batch_new(2, c->rows, &err), *again = NULL;
	struct squeezed *s = NULL;
	size_t bytes = 0;
	bool ok;

	batch_take(batch, 1, c);
	ok = squeeze(batch, &s, &err) && squeezed_open(s, NULL, &again, &err);
	CHECK(ok);
	if (ok) {
		bytes = squeezed_bytes(s);
		CHECK(again->rows == c->rows && !again->at[0]);
		CHECK(column_equal(again->at[1], c));
		CHECK(again->at[1]->nulls == c->nulls);
		CHECK(same_bits(again->at[1], c));
	}
	batch_free(again);
	squeezed_free(s);
	batch_free(batch);
	return bytes;
}

static void
test_wanted(void)
{
	static const bool wanted[] = { true, false };
	struct error err;
	struct batch *batch = batch_new(2, ROWS, &err), *again = NULL;
	struct squeezed *s = NULL;

	batch_take(batch, 0, longs(TYPE_LONG, 5, 0, true));
	batch_take(batch, 1, texts());
	CHECK(squeeze(batch, &s, &err) && squeezed_open(s, wanted, &again, &err));
	CHECK(column_equal(again->at[0], batch->at[0]) && !again->at[1]);
	batch_free(again);
	squeezed_free(s);
	batch_free(batch);
}

int
main(void)
{
	for (int bits = 0; bits <= 64; bits++)
		for (int nulls = 0; nulls < 2; nulls++) {
			comes_back(longs(TYPE_LONG, bits, 0, nulls));
			comes_back(longs(TYPE_DATETIME, bits, INT64_MIN, nulls));
			comes_back(longs(TYPE_LONG, bits, INT64_MAX - 3, nulls));
			if (bits <= 30)
				comes_back(longs(TYPE_DATE, bits, -5, nulls));
		}
	CHECK(comes_back(longs(TYPE_LONG, 3, 2015, false)) < ROWS * 8);
	CHECK(comes_back(floats(100, false)) < ROWS * 4);
	for (double unit = 1; unit < 1e8; unit *= 10) {
		comes_back(floats(unit, false));
		comes_back(floats(unit, true));
	}
	comes_back(floats(3, false));
	comes_back(texts());
	comes_back(codes());
	test_wanted();
	return check_report();
}
