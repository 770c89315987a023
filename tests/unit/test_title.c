/* The name of a window: text between two ends, whatever is in it. */
#include "check.h"
#include "term/title.h"

static const struct {
	const char *in;
	enum tier tier;
	const char *out;
} cases[] = {
	{ "hotel.flow \u2014 lariat", TIER_UNICODE, "<hotel.flow \u2014 lariat>" },
	{ "hotel.flow \u2014 lariat", TIER_ASCII, "<hotel.flow - lariat>" },
	{ "a\a\033]0;b\n.csv", TIER_UNICODE, "<a\u2407\u241b]0;b\u240a.csv>" },
	{ "a\u202e"
	  "b\u200b\xff",
	  TIER_UNICODE, "<a\ufffdb\ufffd>" },
	{ "e\u0301", TIER_UNICODE, "<e>" },
	{ "", TIER_UNICODE, "<>" },
};

static void
test_cases(void)
{
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK_TEXT(title_sequence("<", ">", cases[i].tier, text_of(cases[i].in),
					  &arena),
			   cases[i].out);
	arena_release(&arena);
}

/* A window is so wide at most. */
static void
test_long(void)
{
	struct arena arena = { 0 };
	char name[5000];

	memset(name, 'x', sizeof name);
	CHECK(strlen(title_sequence("<", ">", TIER_UNICODE,
				    (struct text){ name, sizeof name }, &arena)) == 122);
	arena_release(&arena);
}

int
main(void)
{
	test_cases();
	test_long();
	return check_report();
}
