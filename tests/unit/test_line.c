/* Keys go into the editor, and the line is what one would have in a shell. */
#include "widget/line.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"

/* What a key is in the tables below, if it is not itself. */
static const struct {
	const char *name;
	struct press press;
} names[] = {
	{ "Enter", { K_ENTER, 0 } },
	{ "Esc", { K_ESCAPE, 0 } },
	{ "BS", { K_BACKSPACE, 0 } },
	{ "Del", { K_DELETE, 0 } },
	{ "Left", { K_LEFT, 0 } },
	{ "Right", { K_RIGHT, 0 } },
	{ "Up", { K_UP, 0 } },
	{ "Down", { K_DOWN, 0 } },
	{ "Home", { K_HOME, 0 } },
	{ "End", { K_END, 0 } },
	{ "C-Left", { K_LEFT, MOD_CTRL } },
	{ "C-w", { 'w', MOD_CTRL } },
	{ "C-y", { 'y', MOD_CTRL } },
	{ "C-k", { 'k', MOD_CTRL } },
	{ "C-u", { 'u', MOD_CTRL } },
	{ "C-r", { 'r', MOD_CTRL } },
	{ "C-a", { 'a', MOD_CTRL } },
	{ "C-c", { 'c', MOD_CTRL } },
	{ "C-d", { 'd', MOD_CTRL } },
	{ "C-_", { '_', MOD_CTRL } },
	{ "C-v", { 'v', MOD_CTRL } },
	{ "C-x", { 'x', MOD_CTRL } },
	{ "A-p", { 'p', MOD_ALT } },
	{ "Tab", { K_TAB, 0 } },
	{ "A-5", { '5', MOD_ALT } },
	{ "A-b", { 'b', MOD_ALT } },
	{ "A-d", { 'd', MOD_ALT } },
	{ "F5", { K_F1 + 4, 0 } },
	{ "PgUp", { K_PAGE_UP, 0 } },
};

static enum line_outcome
press(struct press press)
{
	struct event event = { .kind = EVENT_KEY, .press = press };

	return line_event(&event);
}

/* "ab {Left} c": all blanks but those in braces are keys. */
static enum line_outcome
type(const char *keys)
{
	struct text text = text_of(keys);
	enum line_outcome outcome = LINE_IGNORED;

	for (size_t at = 0; at < text.size;) {
		uint32_t code = text_next(text, &at);
		struct text name = { text.data + at, 0 };

		if (code != '{') {
			outcome = press((struct press){ code, 0 });
			continue;
		}
		while (text.data[at] != '}')
			at++;
		name.size = (size_t)(text.data + at - name.data);
		at++;
		for (size_t i = 0; i < COUNT(names); i++)
			if (text_is(name, names[i].name))
				outcome = press(names[i].press);
	}
	return outcome;
}

/* The cursor is shown as '|'. */
static const char *
shown(void)
{
	static char text[512];

	snprintf(text, sizeof text, "%.*s|%s", (int)line_point(), line_text(),
		 line_text() + line_point());
	return text;
}

static const struct {
	const char *start, *keys, *wanted;
} cases[] = {
	{ "", "", "|" },
	{ "", "abc", "abc|" },
	{ "goto ", "12", "goto 12|" },
	{ "", "abc{Left}{BS}x", "ax|c" },
	{ "", "abc{Home}x{End}y", "xabcy|" },
	{ "",
	  "Gr\xc3\xb6\xc3\x9f"
	  "e{Left}{Left}{BS}",
	  "Gr|\xc3\x9f"
	  "e" },
	{ "", "\xe8\xa1\xa8\xe8\xa1\xa8{Left}{Del}x", "\xe8\xa1\xa8x|" },
	{ "one two", "{C-w}", "one |" },
	{ "one two", "{C-w}{C-a}{C-y}", "two|one " },
	{ "one two", "{A-b}{C-k}", "one |" },
	{ "one two", "{C-u}", "|" },
	{ "one two", "{C-Left}x", "one x|two" },
	{ "one two", "{Home}{A-d}", "| two" },
	{ "one", "x{C-_}", "one|" },
	{ "one", "{F5}{PgUp}", "one|" },
};

static void
test_editing(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		line_begin(LINE_COMMAND, cases[i].start);
		type(cases[i].keys);
		CHECK_TEXT(shown(), cases[i].wanted);
		line_end();
	}
}

static void
test_outcomes(void)
{
	line_begin(LINE_COMMAND, "");
	CHECK(type("goto 5") == LINE_EDITED);
	CHECK(type("{F5}") == LINE_IGNORED);
	CHECK(type("{Left}{Enter}") == LINE_ENTERED);
	CHECK_TEXT(shown(), "goto 5|"); /* to be mended */
	CHECK(type("{BS}6{Enter}") == LINE_ENTERED);
	CHECK_TEXT(line_text(), "goto 6");
	CHECK(type("{Esc}") == LINE_LEFT);
	line_begin(LINE_COMMAND, "");
	CHECK(type("{C-d}") == LINE_LEFT);
	line_begin(LINE_COMMAND, "x");
	CHECK(type("{C-c}") == LINE_LEFT);
	line_end();
	CHECK(type("a") == LINE_IGNORED);
	CHECK_TEXT(line_text(), "");
}

static void
test_history(void)
{
	line_remember(LINE_COMMAND, "goto 1");
	line_remember(LINE_COMMAND, "goto 2");
	line_remember(LINE_COMMAND, "goto 2");
	line_remember(LINE_FIND, "Lisbon");
	line_begin(LINE_COMMAND, "");
	type("{Up}");
	CHECK_TEXT(shown(), "goto 2|");
	type("{Up}");
	CHECK_TEXT(shown(), "goto 1|");
	type("{Up}{Down}{Down}");
	CHECK_TEXT(shown(), "|");
	line_begin(LINE_FIND, "");
	type("{Up}{Up}");
	CHECK_TEXT(shown(), "Lisbon|");
	line_begin(LINE_COMMAND, "");
	type("{Up}");
	CHECK_TEXT(shown(), "goto 2|");
	line_end();
}

/* Left in the middle of a search, the next line begins as any other. */
static void
test_search(void)
{
	line_remember(LINE_COMMAND, "rename a b");
	line_remember(LINE_COMMAND, "filter x > 1");
	line_begin(LINE_COMMAND, "keep");
	type("{C-r}ren");
	CHECK(line_is_searching());
	CHECK_TEXT(line_prompt(), "(reverse-i-search)`ren': ");
	CHECK_TEXT(line_text(), "rename a b");
	type("{Esc}");
	CHECK(!line_is_searching());
	CHECK_TEXT(line_prompt(), "");
	CHECK_TEXT(shown(), "keep|");
	type("{C-r}fil");
	line_begin(LINE_COMMAND, "");
	CHECK(!line_is_searching());
	CHECK_TEXT(line_prompt(), "");
	type("abc");
	CHECK_TEXT(shown(), "abc|");
	type("{C-r}fil{Enter}");
	CHECK_TEXT(line_text(), "filter x > 1");
	line_end();
}

/* A sequence that is half typed ends a search, and ends with the line. */
static void
test_half_typed(void)
{
	line_remember(LINE_COMMAND, "rename a b");
	line_begin(LINE_COMMAND, "");
	type("{C-r}ren{C-x}");
	CHECK(!line_is_searching());
	CHECK_TEXT(line_text(), "rename a b");
	type("q");
	CHECK_TEXT(line_text(), "rename a b");
	type("{C-x}");
	line_begin(LINE_COMMAND, "");
	type("{Up}{BS}{C-x}");
	line_begin(LINE_COMMAND, "abc");
	type("{Up}");
	CHECK_TEXT(shown(), "rename a b|");
	type("{Down}d");
	CHECK_TEXT(shown(), "abcd|");
	line_end();
}

static void
test_paste(void)
{
	struct event event = { .kind = EVENT_PASTE,
			       .paste = text_of("a\nb\x1b[31m\t\xff") };
	static char many[100000];

	line_begin(LINE_COMMAND, "xy");
	type("{Left}");
	CHECK(line_event(&event) == LINE_EDITED);
	CHECK_TEXT(shown(), "xa b [31m \xef\xbf\xbd|y");
	type("{C-_}");
	CHECK_TEXT(shown(), "x|y");
	type("{C-r}z");
	CHECK(line_event(&event) == LINE_EDITED);
	CHECK(!line_is_searching());
	memset(many, 'm', sizeof many);
	event.paste = (struct text){ many, sizeof many };
	CHECK(line_event(&event) == LINE_EDITED);
	CHECK(strlen(line_text()) < 5000);
	line_end();
}

static void
test_replacing(void)
{
	line_begin(LINE_COMMAND, "sort le");
	line_replace(5, 7, "lead_time");
	CHECK_TEXT(shown(), "sort lead_time|");
	type("{C-_}");
	CHECK_TEXT(line_text(), "sort le");
	line_replace(5, 99, "x");
	CHECK_TEXT(line_text(), "sort le");
	line_end();
}

/* Lines that are left anywhere, in the midst of history, search and undo. */
static void
test_noise(void)
{
	uint64_t seed = 5;

	line_remember(LINE_COMMAND, "goto 1");
	for (int i = 0; i < 20000; i++) {
		const size_t at = random_below(&seed, COUNT(names) + 6);
		enum line_outcome outcome;

		if (at < COUNT(names))
			outcome = press(names[at].press);
		else
			outcome = press((struct press){ (uint32_t)('a' + at % 26), 0 });
		if (outcome == LINE_ENTERED)
			line_remember(LINE_COMMAND, line_text());
		if (outcome == LINE_LEFT || i % 50 == 0)
			line_begin(random_below(&seed, 2) ? LINE_COMMAND : LINE_FIND,
				   "x");
		CHECK(line_point() <= strlen(line_text()));
	}
	line_end();
}

/* What was changed in the history of a line that was left is as it was. */
static void
test_reverted(void)
{
	line_remember(LINE_COMMAND, "goto 7");
	line_begin(LINE_COMMAND, "");
	type("{Up}89");
	CHECK_TEXT(shown(), "goto 789|");
	line_begin(LINE_COMMAND, "abc");
	type("{Up}");
	CHECK_TEXT(shown(), "goto 7|");
	type("{Down}");
	CHECK_TEXT(shown(), "abc|");
	line_end();
}

/* Curses measures the terminal itself as long as nobody exports these. */
static void
test_environment(void)
{
	CHECK(!getenv("LINES"));
	CHECK(!getenv("COLUMNS"));
}

int
main(void)
{
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("INPUTRC", "/dev/null", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	test_editing();
	test_outcomes();
	test_history();
	test_search();
	test_half_typed();
	test_paste();
	test_replacing();
	test_reverted();
	test_noise();
	test_environment();
	return check_report();
}
