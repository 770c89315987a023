/* Keys edit a text, character by character as they are seen; the cursor stays on view. */
#include "widget/entry.h"

#include "check.h"

/* A key is a character, or one of these. */
static const struct {
	char mark;
	struct press press;
} marks[] = {
	{ '<', { K_LEFT, 0 } },        { '>', { K_RIGHT, 0 } },
	{ '^', { K_HOME, 0 } },        { '$', { K_END, 0 } },
	{ '~', { K_BACKSPACE, 0 } },   { '#', { K_DELETE, 0 } },
	{ '(', { K_LEFT, MOD_CTRL } }, { ')', { K_RIGHT, MOD_CTRL } },
	{ 'W', { 'w', MOD_CTRL } },    { 'K', { 'k', MOD_CTRL } },
	{ 'U', { 'u', MOD_CTRL } },    { 'D', { 'd', MOD_ALT } },
};

/* The cursor is shown as '|'. */
static const struct {
	const char *keys, *wanted;
} cases[] = {
	{ "", "|" },
	{ "abc", "abc|" },
	{ "abc<<x", "ax|bc" },
	{ "abc^x$y", "xabcy|" },
	{ "ab~~~", "|" },
	{ "ab^##", "|" },
	{ "ab#", "ab|" },
	{ "aé<x", "ax|é" },
	{ "ae\xcc\x81<", "a|e\xcc\x81" },
	{ "ae\xcc\x81~", "a|" },
	{ "表x<<~", "|表x" },
	{ "one two(x", "one x|two" },
	{ "one two((x)y", "xoney| two" },
	{ "one two W", "one |" },
	{ "one two(K", "one |" },
	{ "one two(U", "|two" },
	{ "one two^D", "| two" },
};

static struct event
event_of(struct text keys, size_t *at)
{
	struct event event = { .kind = EVENT_KEY };
	const uint32_t code = text_next(keys, at);

	event.press.key = code;
	for (size_t i = 0; i < COUNT(marks); i++)
		if ((uint32_t)marks[i].mark == code)
			event.press = marks[i].press;
	return event;
}

static void
test_keys(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text keys = text_of(cases[i].keys);
		struct entry entry = { 0 };
		char shown[ENTRY_SIZE + 2];

		for (size_t at = 0; at < keys.size;) {
			struct event event = event_of(keys, &at);

			CHECK(entry_event(&entry, &event));
		}
		snprintf(shown, sizeof shown, "%.*s|%s", (int)entry.at, entry.text,
			 entry.text + entry.at);
		CHECK_TEXT(shown, cases[i].wanted);
	}
}

static void
test_others(void)
{
	struct event enter = { .kind = EVENT_KEY, .press = { K_ENTER, 0 } };
	struct event control = { .kind = EVENT_KEY, .press = { 'p', MOD_CTRL } };
	struct event wheel = { .kind = EVENT_MOUSE };
	struct entry entry = { 0 };

	CHECK(!entry_event(&entry, &enter));
	CHECK(!entry_event(&entry, &control));
	CHECK(!entry_event(&entry, &wheel));
}

static void
test_paste(void)
{
	struct event event = { .kind = EVENT_PASTE,
			       .paste = text_of("a\nb\x1b[31m\xff") };
	struct entry entry = { 0 };
	char many[3 * ENTRY_SIZE];

	CHECK(entry_event(&entry, &event));
	CHECK_TEXT(entry.text, "a b [31m\xef\xbf\xbd");
	memset(many, 'x', sizeof many);
	event.paste = (struct text){ many, sizeof many };
	CHECK(entry_event(&entry, &event));
	CHECK(entry.size == ENTRY_SIZE - 1 && entry.text[entry.size] == '\0');
}

/* Wherever the cursor is, it is within the width. */
static void
test_drawing(void)
{
	struct surface surface = { 0 };
	struct entry entry = { 0 };

	surface_resize(&surface, 1, 20);
	for (int i = 0; i < 60; i++) {
		entry_insert(&entry, text_of(i % 7 ? "a" : "表"));
		surface_clear(&surface);
		entry_draw(&entry, surface_pane(&surface), 0, 3, 10, PAINT(INK_TEXT));
		CHECK(surface.cursor_row == 0 && surface.cursor_column >= 3 &&
		      surface.cursor_column <= 12);
		CHECK(surface_cell(&surface, 0, 13)->code[0] == ' ');
	}
	entry.at = 0;
	entry_draw(&entry, surface_pane(&surface), 0, 3, 10, PAINT(INK_TEXT));
	CHECK(surface.cursor_column == 3);
	surface_release(&surface);
}

int
main(void)
{
	test_keys();
	test_others();
	test_paste();
	test_drawing();
	return check_report();
}
