/* One or several of many, by typing; a text of many lines, by typing. */
#include "widget/picker.h"

#include "check.h"
#include "widget/editor.h"

static struct arena mem;
static struct error err;
static struct surface surface;

static struct event
key_of(const char *name)
{
	struct event event = { .kind = EVENT_KEY };

	if (!press_parse(text_of(name), &event.press)) {
		event.kind = EVENT_PASTE;
		event.paste = text_of(name);
	}
	return event;
}

static enum picker_answer
pick(struct picker *picker, const char *const *keys)
{
	enum picker_answer last = PICKER_IGNORED;

	for (; *keys; keys++) {
		const struct event event = key_of(*keys);

		last = picker_event(picker, &event, &mem);
	}
	return last;
}

#define PICK(picker, ...) pick(picker, (const char *const[]){ __VA_ARGS__, NULL })

static const struct pick colours[] = {
	{ .name = "red" }, { .name = "dark red" }, { .name = "green" }, { .name = "blue" }
};

static struct picker
open_picker(bool takes_many)
{
	struct pick *picks = ARENA_ARRAY(&mem, COUNT(colours), struct pick);
	struct picker picker;

	memcpy(picks, colours, sizeof colours);
	picker_open(&picker, picks, COUNT(colours), NULL, takes_many, 0, &mem);
	return picker;
}

static const char *
order_of(const struct picker *picker)
{
	const char *out = "";

	for (size_t i = 0; i < picker->order.n; i++)
		out = arena_print(&mem, "%s%s%s", out, i ? "," : "", picker->order.at[i]);
	return out;
}

static void
check_one(void)
{
	struct picker picker = open_picker(false);

	CHECK(PICK(&picker, "Down", "Down") == PICKER_GOES_ON);
	CHECK_TEXT(picker_current(&picker)->name, "green");
	CHECK(PICK(&picker, "d", "r") == PICKER_GOES_ON);
	CHECK_TEXT(picker_current(&picker)->name, "dark red");
	CHECK(PICK(&picker, "Enter") == PICKER_TAKEN);
	CHECK(PICK(&picker, "x", "Enter") == PICKER_GOES_ON);
	CHECK(picker_current(&picker) == NULL);
	CHECK(PICK(&picker, "Escape") == PICKER_CLOSED);
	CHECK(PICK(&picker, "F5") == PICKER_IGNORED);
}

/* In the order in which they were marked. */
static void
check_many(void)
{
	struct picker picker = open_picker(true);

	CHECK(PICK(&picker, "b", "Space", "Backspace", "Home", "Space") ==
	      PICKER_GOES_ON);
	CHECK(PICK(&picker, "Enter") == PICKER_TAKEN);
	CHECK_TEXT(order_of(&picker), "blue,red");
	picker = open_picker(true);
	CHECK(PICK(&picker, "g", "Enter") == PICKER_TAKEN);
	CHECK_TEXT(order_of(&picker), "green");
	picker = open_picker(true);
	CHECK(PICK(&picker, "red", "Ctrl-a", "Enter") == PICKER_TAKEN);
	CHECK_TEXT(order_of(&picker), "red,dark red");
	picker = open_picker(true);
	CHECK(PICK(&picker, "Space", "Up", "Space", "Enter") == PICKER_TAKEN);
	CHECK_TEXT(order_of(&picker), "");
}

static bool
type(struct editor *editor, const char *const *keys)
{
	bool last = false;

	for (; *keys; keys++) {
		const struct event event = key_of(*keys);

		last = editor_event(editor, &event);
	}
	return last;
}

#define TYPE(editor, ...) type(editor, (const char *const[]){ __VA_ARGS__, NULL })

static void
check_lines(void)
{
	struct editor editor = { 0 };

	editor_set(&editor, "one\ntwo\nthree", true);
	CHECK(TYPE(&editor, "End", "Down"));
	CHECK(editor.at == 7);
	CHECK(TYPE(&editor, "Right", "x", "Backspace", "Backspace"));
	CHECK_TEXT(editor_text(&editor), "one\ntwothree");
	CHECK(TYPE(&editor, "Enter", "a\r\nb\rc", "Home", "Delete"));
	CHECK_TEXT(editor_text(&editor), "one\ntwo\na\nb\nthree");
	CHECK(TYPE(&editor, "End", "Delete"));
	CHECK(!TYPE(&editor, "Down"));
	editor_replace(&editor, 2, text_of("é"));
	CHECK(strstr(editor_text(&editor), "é"));
	editor_set(&editor, "a", false);
	CHECK(!TYPE(&editor, "Enter"));
	CHECK(TYPE(&editor, "b\nc"));
	CHECK_TEXT(editor_text(&editor), "ab c");
	editor_release(&editor);
}

/* What is longer than a row goes on in the next; the cursor stays on view. */
static void
check_rows(void)
{
	struct editor editor = { 0 };
	struct buffer *out = buffer_new(0, &err);

	CHECK(editor_rows(text_of(""), 5) == 1);
	CHECK(editor_rows(text_of("abcde"), 5) == 2);
	CHECK(editor_rows(text_of("ab\n\ncd"), 5) == 3);
	editor_set(&editor, "abcdefgh\nxy", true);
	CHECK(TYPE(&editor, "Down", "End"));
	surface_resize(&surface, 2, 5);
	editor_draw(&editor, surface_pane(&surface), PAINT(INK_TEXT), NULL);
	CHECK(out && surface_print(&surface, out, &err) &&
	      buffer_append(out, "", 1, &err));
	CHECK_TEXT(out->data, "fgh\nxy\n");
	CHECK(surface.cursor_row == 1 && surface.cursor_column == 2);
	buffer_drop(out);
	editor_release(&editor);
}

int
main(void)
{
	check_one();
	check_many();
	check_lines();
	check_rows();
	surface_release(&surface);
	arena_release(&mem);
	return check_report();
}
