/* Text becomes typed values exactly as cast.h does it, whichever way is taken. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "data/cast.h"
#include "io/cells.h"

static const enum type types[] = { TYPE_STRING, TYPE_LONG, TYPE_FLOAT,
				   TYPE_BOOL,   TYPE_DATE, TYPE_DATETIME };

static const char *const words[] = {
	"",
	"0",
	"-0",
	"+7",
	"-",
	"+",
	".",
	"-.",
	"1.",
	".5",
	"-.5",
	"28.5",
	" 12 ",
	"1 2",
	"007",
	"--1",
	"1e3",
	"1E-7",
	"NaN",
	"inf",
	"-Infinity",
	"1,000",
	"1_000",
	"0x1p3",
	"1d",
	"1.5f",
	"999999999999999",
	"123456789012345678",
	"1234567890123456789",
	"9223372036854775807",
	"9223372036854775808",
	"-9223372036854775808",
	"-9223372036854775809",
	"0.1",
	"123456.789012345",
	"1234567.890123456",
	"0.000000000000001",
	"0.0000000000000001",
	"179769313486231570000000000000000000000",
	"1.1.1",
	"true",
	"T",
	"Yes",
	"n",
	"2",
	"2015-07-01",
	"2015-7-1",
	"2015-07-01 10:11:12.5",
	"2015-07-01T10:11:12Z",
	"2015-13-01",
	"\xd9\xa1",
	"1\xc2\xa0",
};

/* The same column by way of strings. */
static bool
fits(const struct text *values, size_t n, enum type type, struct dictionary *dictionary)
{
	struct column *want = NULL, *plain, *got;
	struct build b;
	struct cells cells;
	struct error err;
	bool ok;

	build_start(&b, TYPE_STRING, n);
	for (size_t i = 0; i < n; i++)
		if (values[i].size)
			build_text(&b, values[i]);
		else
			build_null(&b);
	plain = build_end(&b, &err);
	ok = plain && cast_column(plain, type, &want, &err) &&
	     cells_open(&cells, type, n, 0, dictionary, &err);
	for (size_t i = 0; ok && i < n; i += CELLS_TILE)
		ok = cells_add(&cells, values + i,
			       n - i < CELLS_TILE ? n - i : CELLS_TILE, &err);
	got = ok ? cells_take(&cells, &err) : NULL;
	ok = got && column_equal(got, want) && got->nulls == want->nulls;
	column_drop(got);
	cells_drop(&cells);
	column_drop(plain);
	column_drop(want);
	return ok;
}

/* Random spellings from the letters of numbers. */
static size_t
spell(uint64_t *seed, char out[24])
{
	static const char letters[] = "0123456789012345678901234567890.-+e ";
	size_t n;

	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	n = *seed >> 59;
	n = n > 22 ? 22 : n;
	for (size_t i = 0; i < n; i++) {
		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		out[i] = letters[(*seed >> 33) % (sizeof(letters) - 1)];
	}
	return n;
}

enum { ROOM = 400 }; /* with what may be read behind a value */

static char room[4096][ROOM];
static struct text values[4096];

/* Texts that repeat are codes until they do not repeat, or are long; what comes out are
 * the same texts. */
static void
test_dictionary(void)
{
	struct dictionary d = { 0 };
	uint64_t seed = 5;

	for (int batch = 0; batch < 4; batch++) {
		for (size_t i = 0; i < COUNT(room); i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			values[i] = (struct text){
				room[i], (size_t)snprintf(room[i], ROOM, "%.*s%u",
							  (int)(seed >> 60),
							  "abcdefghijklmnopqrstuv",
							  (unsigned)(seed >> 33) % 40)
			};
			if (seed >> 40 & 1)
				values[i].size = 0;
		}
		CHECK(fits(values, COUNT(room), TYPE_STRING, &d));
		CHECK(!d.off && d.n > 100 && d.n <= 640);
	}
	snprintf(room[3000], ROOM, "%040d", 7);
	values[3000] = (struct text){ room[3000], 40 };
	CHECK(fits(values, COUNT(room), TYPE_STRING, &d) && !d.off);
	for (size_t i = 0; i < COUNT(room); i++)
		values[i].size = (size_t)snprintf(room[i], ROOM, "%zu", i);
	CHECK(fits(values, COUNT(room), TYPE_STRING, &d));
	CHECK(d.off); /* more than it may hold */
	CHECK(fits(values, COUNT(room), TYPE_STRING, &d));
	dictionary_release(&d);
}

/* Numbers as programs print them. */
static void
test_numbers(void)
{
	static const char *const formats[] = { "%.17g", "%.6e", "%.8f", "%.2f",
					       "%.0f",  "%g",   "%a" };
	uint64_t seed = 3;

	for (size_t f = 0; f < COUNT(formats); f++) {
		for (size_t i = 0; i < COUNT(room); i++) {
			double x;

			seed = seed * 6364136223846793005u + 1442695040888963407u;
			x = (double)(int64_t)seed / 0x1p50;
			if (seed >> 20 & 1) /* any exponent */
				memcpy(&x, &seed, sizeof(x));
			snprintf(room[i], ROOM, formats[f], x);
			values[i] = text_of(room[i]);
		}
		CHECK(fits(values, COUNT(room), TYPE_FLOAT, NULL));
		CHECK(fits(values, COUNT(room), TYPE_LONG, NULL));
	}
}

int
main(void)
{
	struct dictionary few = { 0 };
	uint64_t seed = 1;

	for (size_t i = 0; i < COUNT(words); i++) {
		snprintf(room[i], ROOM, "%s", words[i]);
		values[i] = text_of(room[i]);
	}
	for (size_t k = 0; k < COUNT(types); k++)
		CHECK(fits(values, COUNT(words) + 1, types[k],
			   NULL)); /* the last one is null */
	CHECK(fits(values, COUNT(words) + 1, TYPE_STRING, &few));
	dictionary_release(&few);
	for (size_t i = 0; i < COUNT(room); i++)
		values[i] = (struct text){ room[i], spell(&seed, room[i]) };
	for (size_t k = 0; k < COUNT(types); k++)
		CHECK(fits(values, COUNT(values), types[k], NULL));
	CHECK(fits(values, 0, TYPE_LONG, NULL));
	test_dictionary();
	test_numbers();
	return check_report();
}
