/* Texts are cut into lines that fit; a chosen line is always on view. */
#include "widget/wrap.h"

#include "check.h"
#include "widget/choice.h"

/* Lines are shown with '|' between. */
static const struct {
	int columns;
	const char *text, *wanted;
} cases[] = {
	{ 10, "", "" },
	{ 10, "short", "short" },
	{ 5, "short", "short" },
	{ 9, "two words", "two words" },
	{ 8, "two words", "two|words" },
	{ 8, "two   words", "two|words" },
	{ 4, "incredible", "incr|edib|le" },
	{ 6, "an incredible", "an|incred|ible" },
	{ 10, "a\n\nb", "a||b" },
	{ 10, "a\n", "a" },
	{ 3, "表表表", "表|表|表" },
	{ 1, "表a", "表|a" },
	{ 0, "ab", "a|b" },
};

static void
test_wrap(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text rest = text_of(cases[i].text), line;
		char shown[200] = "";
		size_t n = 0;

		for (int k = 0; wrap_next(&rest, cases[i].columns, &line); k++)
			n += (size_t)snprintf(shown + n, sizeof shown - n, "%s%.*s",
					      k ? "|" : "", (int)line.size, line.data);
		CHECK_TEXT(shown, cases[i].wanted);
	}
}

static struct event
key(uint32_t code, unsigned mods)
{
	return (struct event){ .kind = EVENT_KEY, .press = { code, mods } };
}

static void
test_choice(void)
{
	static const struct press moves[] = {
		{ K_DOWN, 0 }, { K_PAGE_DOWN, 0 }, { 'n', MOD_CTRL },
		{ K_UP, 0 },   { K_PAGE_UP, 0 },   { 'p', MOD_CTRL },
	};
	struct event letter = key('j', 0);

	for (size_t n = 0; n < 30; n += 7) {
		struct choice choice = { 0 };

		choice_reset(&choice, n);
		for (int i = 0; i < 200; i++) {
			const struct press *press = &moves[i * 7 / 3 % 6];
			struct event event = key(press->key, press->mods);
			size_t shown = choice_show(&choice, 5);

			CHECK(shown == (n < 5 ? n : 5));
			CHECK(n == 0 || (choice.at >= choice.first &&
					 choice.at < choice.first + shown));
			CHECK(choice_event(&choice, &event));
			CHECK(choice.at < n || n == 0);
		}
		CHECK(choice_at(&choice, -1) == n && choice_at(&choice, 5) == n);
		CHECK(!choice_event(&choice, &letter));
	}
}

int
main(void)
{
	test_wrap();
	test_choice();
	return check_report();
}
