/* Codes mean the texts they were given for, as long as the dictionary pays. */
#include <stdlib.h>

#include "check.h"
#include "io/dictionary.h"

enum { TEXTS = 1000, ROOM = 128 }; /* room: with what may be read behind a text */

static char room[TEXTS][ROOM];
static struct text texts[TEXTS];

static void
put(size_t i, const char *format, int value)
{
	texts[i] =
		(struct text){ room[i], (size_t)snprintf(room[i], ROOM, format, value) };
}

/* All are coded, and each code's entry is the text; an empty one is 0. */
static bool
codes_fit(struct dictionary *d, size_t n)
{
	int32_t codes[TEXTS];
	struct column *entries = NULL;
	struct error err;
	size_t done = 0;
	bool ok = dictionary_code(d, texts, n, codes, &done, &err) && done == n &&
		  (entries = dictionary_column(d, &err));

	for (size_t i = 0; ok && i < n; i++)
		ok = texts[i].size == 0
			     ? codes[i] == 0
			     : text_equal(column_text(entries, (size_t)codes[i]),
					  texts[i]);
	column_drop(entries);
	return ok;
}

/* Sizes from 0 to beyond 16, where texts are no longer their own keys; such that differ
 * only behind the 16th byte, or in length. */
static void
test_sizes(void)
{
	struct dictionary d = { 0 };

	for (size_t i = 0; i < TEXTS; i++) {
		put(i, i % 2 ? "%d" : "the same beginning %d", (int)(i * 7 % 50));
		texts[i].size = i % 11 ? texts[i].size : i % 20;
	}
	CHECK(codes_fit(&d, TEXTS));
	CHECK(codes_fit(&d, TEXTS) && d.n < 150);
	dictionary_release(&d);
}

/* What a batch holds does not change when more is met. */
static void
test_snapshots(void)
{
	struct dictionary d = { 0 };
	struct column *before, *same, *after;
	struct error err;

	put(0, "%d", 1);
	CHECK(codes_fit(&d, 1));
	before = dictionary_column(&d, &err);
	same = dictionary_column(&d, &err);
	CHECK(before == same && before->rows == 1);
	put(0, "%d", 2);
	CHECK(codes_fit(&d, 1));
	after = dictionary_column(&d, &err);
	CHECK(before->rows == 1 && after->rows == 2);
	column_drop(before);
	column_drop(same);
	column_drop(after);
	dictionary_release(&d);
}

static size_t
done_of(struct dictionary *d, size_t n)
{
	int32_t codes[TEXTS];
	struct error err;
	size_t done = 0;
	bool ok = dictionary_code(d, texts, n, codes, &done, &err);

	CHECK(ok);
	return done;
}

static void
test_giving_up(void)
{
	struct dictionary d = { 0 };

	put(0, "%d", 5);
	put(1, "%0100d", 5); /* too long */
	CHECK(done_of(&d, 2) == 1 && d.off);
	CHECK(done_of(&d, 2) == 0); /* for good */
	dictionary_release(&d);

	d = (struct dictionary){ 0 };
	for (int round = 0; round < 5; round++) {
		for (size_t i = 0; i < TEXTS; i++)
			put(i, "%d", round * TEXTS + (int)i);
		if (!d.off && done_of(&d, TEXTS) < TEXTS)
			CHECK(d.n == DICTIONARY_MOST);
	}
	CHECK(d.off);
	dictionary_release(&d);

	d = (struct dictionary){ 0 };
	for (size_t i = 0; i < TEXTS; i++)
		put(i, "%d", (int)i);
	CHECK(done_of(&d, TEXTS) == TEXTS);
	dictionary_judge(&d);
	CHECK(!d.off); /* too early to tell */
	CHECK(done_of(&d, TEXTS) == TEXTS);
	dictionary_judge(&d);
	CHECK(d.off); /* an entry for every second row */
}

/* Every request may be refused. */
static void
test_refused(void)
{
	size_t n = 1;

	for (bool ok = false; !ok && n < 100; n++) {
		struct dictionary d = { 0 };
		int32_t codes[TEXTS];
		struct error err;
		size_t done;

		for (size_t i = 0; i < TEXTS; i++)
			put(i, "%d", (int)i);
		memory_refuse(n);
		ok = dictionary_code(&d, texts, TEXTS, codes, &done, &err);
		memory_refuse(0);
		dictionary_release(&d);
	}
	CHECK(n > 2 && n < 100);
	CHECK(memory_used() == 0);
}

int
main(void)
{
	test_sizes();
	test_snapshots();
	test_giving_up();
	test_refused();
	return check_report();
}
