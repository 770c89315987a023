/* Whatever bytes: only characters that are seen and do nothing, and their widths. */
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "term/clean.h"
#include "term/width.h"

/* What is seen, and the columns of it. */
static const char *
cleaned(struct text text, int *columns)
{
	static char out[4096];
	struct seen seen;
	size_t at = 0, n = 0;

	*columns = 0;
	while (n < sizeof out - 16 && clean_next(text, &at, &seen)) {
		for (size_t i = 0; i < COUNT(seen.code) && seen.code[i]; i++)
			n += text_put(seen.code[i], out + n);
		*columns += seen.width;
	}
	out[n] = '\0';
	return out;
}

static const struct {
	const char *in, *out;
	int columns;
} cases[] = {
	{ "", "", 0 },
	{ "plain", "plain", 5 },
	{ "\x1b[31m\a\r\n\t", "\u241b[31m\u2407\u240d\u240a\u2409", 9 },
	{ "\x7f", "\u2421", 1 },
	{ "a\xc2\x9b"
	  "31m\xc2\x85z",
	  "a\ufffd31m\ufffdz", 7 },          /* C1 */
	{ "\xff\xc3(", "\ufffd\ufffd(", 3 }, /* no UTF-8 */
	{ "a\u202e\u2066\u200f\u061c z", "a\ufffd\ufffd\ufffd\ufffd z", 7 }, /* turned */
	{ "a\u200b\u2060\ufeff\u00ad\u2028z", "a\u00ad\ufffdz", 4 },
	{ "e\u0301\u0302\u0303\u0304x", "e\u0301\u0302x", 2 }, /* two marks */
	{ "\u0301x", "x", 1 },                                 /* on nothing */
	{ "\u4e2d\u6587", "\u4e2d\u6587", 4 },
	{ "\U0001f468\u200d\U0001f469\ufe0f", "\U0001f468\U0001f469",
	  4 },                                             /* not joined */
	{ "\u1100\u1161\u11a8", "\u1100\u1161\u11a8", 2 }, /* Hangul */
	{ "a\U000e0041\U000e007fb", "ab", 2 },             /* tags */
};

static void
check_cases(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		int columns;

		CHECK_TEXT(cleaned(text_of(cases[i].in), &columns), cases[i].out);
		CHECK(columns == cases[i].columns);
		CHECK(clean_columns(text_of(cases[i].in), 100) == cases[i].columns);
	}
}

static void
check_fit(void)
{
	const struct text text = text_of("a\u4e2d\u6587e\u0301");

	CHECK(clean_fit(text, 0) == 0);
	CHECK(clean_fit(text, 1) == 1);
	CHECK(clean_fit(text, 2) == 1); /* half of a wide one is none */
	CHECK(clean_fit(text, 3) == 4);
	CHECK(clean_fit(text, 6) == text.size);
	CHECK(clean_columns(text, 2) > 2);
}

static bool
is_harmless(uint32_t code)
{
	return code >= ' ' && !(code >= 0x7f && code < 0xa0) && code != 0x61c &&
	       !(code >= 0x200b && code <= 0x200f) &&
	       !(code >= 0x2028 && code <= 0x202e) &&
	       !(code >= 0x2060 && code <= 0x206f) && code != 0xfeff &&
	       !(code >= 0xe0000 && code <= 0xe0fff) &&
	       !(code >= 0xd800 && code < 0xe000);
}

static void
check_seen(struct text text)
{
	struct seen seen;
	size_t at = 0;

	while (clean_next(text, &at, &seen)) {
		bool fine = seen.width == 1 || seen.width == 2;

		for (size_t i = 0; i < COUNT(seen.code); i++)
			fine &= i > 0 && !seen.code[i] ? true : is_harmless(seen.code[i]);
		for (size_t i = 1; i < COUNT(seen.code); i++)
			fine &= width_of(seen.code[i]) == 0 || !seen.code[i];
		CHECK(fine && width_of(seen.code[0]) == seen.width);
	}
	CHECK(at == text.size);
}

/* Every code point, alone and on a letter. */
static void
check_all(void)
{
	char bytes[8];

	for (uint32_t code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 7) {
		const size_t n = text_put(code, bytes + 1);
		const uint32_t one = clean_code(code);

		bytes[0] = 'x';
		check_seen((struct text){ bytes + 1, n });
		check_seen((struct text){ bytes, n + 1 });
		CHECK(is_harmless(one) && width_of(one) == 1);
	}
}

static void
check_random(void)
{
	uint64_t seed = 7;
	char bytes[64];

	for (int round = 0; round < 20000; round++) {
		const size_t n = (size_t)random_below(&seed, sizeof bytes);

		for (size_t i = 0; i < n; i++)
			bytes[i] = (char)random_below(&seed, 256);
		check_seen((struct text){ bytes, n });
	}
}

/* A flood of what is not seen is cut into few. */
static void
check_flood(void)
{
	enum { SIZE = 3 << 20 };
	char *flood = malloc(SIZE);
	const struct text text = { flood, SIZE };
	struct seen seen;
	size_t at = 0;

	for (size_t i = 0; i < SIZE; i += 3)
		memcpy(flood + i, "\u200b", 3);
	CHECK(clean_next(text, &at, &seen) && seen.code[0] == 0xfffd);
	CHECK(at < 3000);
	CHECK(clean_columns(text, 10) == 11);
	free(flood);
}

int
main(void)
{
	check_cases();
	check_fit();
	check_all();
	check_random();
	check_flood();
	CHECK(width_of('a') == 1 && width_of(0x378) == 1 && width_of(0xe000) == 1);
	CHECK(width_of(0xac00) == 2 && width_of(0x1f600) == 2 && width_of(0x301) == 0);
	return check_report();
}
