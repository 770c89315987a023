/* What is typed is found, at the places one would point at, the best first, at once. */
#include "widget/fuzzy.h"

#include <time.h>

#include "check.h"

static const struct {
	const char *pattern, *text,
		*hits; /* NULL: no match; '^' below what was matched */
} cases[] = {
	{ "", "abc", "" },
	{ "abc", "abc", "^^^" },
	{ "ac", "abc", "^ ^" },
	{ "ca", "abc", NULL },
	{ "abcd", "abc", NULL },
	{ "a", "", NULL },
	{ "sd", "asd standard deviation", " ^^" },
	{ "out", "Standard deviation outliers", "                   ^^^" },
	{ "mc", "dumpMyCell", "    ^ ^" },
	{ "MC", "dumpMyCell", "    ^ ^" },
	{ "C", "cell", NULL },
	{ "c", "Cell", "^" },
	{ "out std", "std outliers", "^^^ ^^^" },
	{ "out xyz", "std outliers", NULL },
	{ "gr",
	  "Tool \xc3\xbc gr\xc3\xb6\xc3\x9f"
	  "e",
	  "       ^^" },
	{ "\xc3\xb6", "Gr\xc3\x96\xc3\x9f", "  ^" },
	{ "join", "jo in join", "      ^^^^" },
	{ "\xff", "a\xfe", " ^" },
};

static void
test_cases(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fuzzy found;
		char hits[FUZZY_TEXT + 1] = "";
		size_t n = 0;
		bool is_found = fuzzy_match(text_of(cases[i].pattern),
					    text_of(cases[i].text), &found);

		for (size_t j = 0; is_found && j < FUZZY_TEXT; j++)
			if (fuzzy_has(&found, j)) {
				while (n < j)
					hits[n++] = ' ';
				hits[n++] = '^';
			}
		CHECK_TEXT(is_found ? hits : "none",
			   cases[i].hits ? cases[i].hits : "none");
	}
}

/* The first is better than the second. */
static const char *const better[][3] = {
	{ "out", "outliers", "group by count" },
	{ "sort", "Sort rows", "Standard deviation or robust tool" },
	{ "im", "Impute", "Min max" },
	{ "drop", "Drop column", "Drop duplicate rows and columns" },
	{ "dc", "Drop column", "Decode" },
	{ "low", "Lower case", "Flow" },
};

static void
test_order(void)
{
	for (size_t i = 0; i < COUNT(better); i++) {
		struct fuzzy a, b;

		CHECK(fuzzy_match(text_of(better[i][0]), text_of(better[i][1]), &a));
		if (fuzzy_match(text_of(better[i][0]), text_of(better[i][2]), &b) &&
		    b.score >= a.score)
			CHECK_TEXT(better[i][2], better[i][1]);
		else
			CHECK(a.score > 0);
	}
}

/* Long, odd, repeating: no crash, and in time. */
static void
test_edges(void)
{
	char text[1000], pattern[200];
	struct fuzzy found;

	memset(text, 'a', sizeof(text));
	memset(pattern, 'a', sizeof(pattern));
	CHECK(fuzzy_match((struct text){ pattern, sizeof(pattern) },
			  (struct text){ text, sizeof(text) }, &found));
	CHECK(fuzzy_has(&found, 0) && fuzzy_has(&found, FUZZY_PATTERN - 1));
	CHECK(!fuzzy_has(&found, FUZZY_PATTERN) && !fuzzy_has(&found, FUZZY_TEXT));
	CHECK(fuzzy_match((struct text){ NULL, 0 }, (struct text){ NULL, 0 }, &found));
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* A key in a list of 500 commands must not be felt: the best of some tries, since others
 * may be at work here, and a bound that a build with checks keeps, too. */
static void
test_speed(void)
{
	double best = 1e9;

	for (int round = 0; round < 20; round++) {
		double start = now();
		struct fuzzy found;
		int n = 0;

		for (int i = 0; i < 500; i++)
			n += fuzzy_match(text_of("outl"),
					 text_of(i % 2 ? "Handle outliers · clip by std"
						       : "Standard deviation columns"),
					 &found);
		CHECK(n == 250);
		if (now() - start < best)
			best = now() - start;
	}
	printf("500 texts: %.3f ms\n", best);
	CHECK(best < 10);
}

int
main(void)
{
	test_cases();
	test_order();
	test_edges();
	test_speed();
	return check_report();
}
