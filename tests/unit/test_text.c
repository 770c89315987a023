/* Characters are counted as they are read one by one, whatever the bytes are. */
#include "base/random.h"
#include "check.h"

static size_t
one_by_one(struct text t)
{
	size_t n = 0;

	for (size_t at = 0; at < t.size; n++)
		text_next(t, &at);
	return n;
}

/* Pieces of which texts are made, whole and broken. */
static const char *const pieces[] = {
	"a",        "word ",        "é",        "ü",    "\u20ac",   "\U0001f600", "\xc3",
	"\xa9",     "\xe2\x82",     "\xe0\xa4", "\xed", "\xa0",     "\xf0",       "\xff",
	"\xc0\x80", "\xe0\x80\x80", "д",        "中",   "\xf4\x90",
};

static void
counts(uint64_t *seed, size_t kinds)
{
	char text[300];
	size_t size = 0;

	for (uint64_t n = random_below(seed, 120); n > 0; n--) {
		const char *piece = pieces[random_below(seed, kinds)];

		if (size + strlen(piece) > sizeof(text))
			break;
		memcpy(text + size, piece, strlen(piece));
		size += strlen(piece);
	}
	CHECK(text_count((struct text){ text, size }) ==
	      one_by_one((struct text){ text, size }));
}

int
main(void)
{
	uint64_t seed = 1;

	CHECK(text_count((struct text){ 0 }) == 0);
	CHECK(text_count(text_of("Übel ")) == 5);
	for (int i = 0; i < 3000; i++) {
		counts(&seed, 5);
		counts(&seed, COUNT(pieces));
	}
	return check_report();
}
