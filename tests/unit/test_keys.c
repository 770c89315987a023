/* Bytes of terminals as events, however the stream is cut. */
#include <stdlib.h>

#include "base/arena.h"
#include "check.h"
#include "term/keys.h"

static struct arena arena;

static const char *
mouse_words(const struct mouse *mouse)
{
	static const char *const kinds[] = { "press", "release", "drag", "wheel" };
	const char *mods = arena_print(
		&arena, "%s%s%s", mouse->mods & MOD_CTRL ? "C" : "",
		mouse->mods & MOD_ALT ? "A" : "", mouse->mods & MOD_SHIFT ? "S" : "");

	return arena_print(&arena, "%s%s%d@%d,%d%s", mods, kinds[mouse->kind],
			   mouse->kind == MOUSE_WHEEL ? mouse->lines : mouse->button,
			   mouse->row, mouse->column, mouse->clicks > 1 ? "x2" : "");
}

static const char *
words(const struct event *event)
{
	char press[PRESS_SIZE];

	switch (event->kind) {
	case EVENT_KEY:
		press_print(event->press, press);
		return arena_text(&arena, press);
	case EVENT_MOUSE:
		return mouse_words(&event->mouse);
	case EVENT_FOCUS:
		return event->focus ? "came" : "went";
	default:
		return arena_print(&arena, "paste(%.*s)", (int)event->paste.size,
				   event->paste.data);
	}
}

static const char *
drain(struct keys *keys, int64_t now, const char *so_far)
{
	struct event event;

	while (keys_next(keys, now, &event))
		so_far = arena_print(&arena, "%s%s%s", so_far, *so_far ? " " : "",
				     words(&event));
	return so_far;
}

static struct keys *
fresh(void)
{
	struct keys *keys = keys_new();

	keys_learn(keys, "\033[[A", press_of(K_F1, 0));
	keys_learn(keys, "\033Xq", press_of(K_INSERT, 0));
	keys_learn(keys, "\033Xqq", press_of(K_DELETE, 0));
	keys_learn(keys, "\177", press_of(K_DELETE, 0)); /* not one byte */
	return keys;
}

/* Fed in pieces that end at these places, all at once in time; then time goes on. */
static const char *
decode(struct text bytes, size_t first, size_t second)
{
	const size_t ends[] = { first, second, bytes.size };
	struct keys *keys = fresh();
	const char *out = "";
	size_t at = 0;

	for (size_t i = 0; i < COUNT(ends); i++) {
		keys_feed(keys, bytes.data + at, ends[i] - at, 1000);
		out = drain(keys, 1000, out);
		at = ends[i];
	}
	out = drain(keys, 1000 + KEYS_WAIT, out);
	out = drain(keys, 10000, out);
	CHECK(keys_wait(keys, 10000) == -1);
	keys_free(keys);
	return out;
}

static const struct {
	const char *bytes, *events;
} cases[] = {
	{ "aZ \t\r\n", "a Z Space Tab Enter Enter" },
	{ "\001\020\032\036\037", "Ctrl-A Ctrl-P Ctrl-Z Ctrl-^ Ctrl-_" },
	{ "\b\177", "Backspace Backspace" },
	{ "\303\251\342\202\254\360\237\230\200",
	  "\303\251 \342\202\254 \360\237\230\200" },
	{ "\342\202x\377y", "\357\277\275 \357\277\275 x \357\277\275 y" },
	{ "\302\233A", "A" }, /* a control in two bytes */
	{ "\033", "Escape" },
	{ "\033\033", "Escape Escape" },
	{ "\033x\033\303\251\033\r", "Alt-x Alt-\303\251 Alt-Enter" },
	{ "\033\001\033\177", "Ctrl-Alt-A Alt-Backspace" },
	{ "\0331\0339\0330", "F1 F9 F10" },
	{ "\033[", "Alt-[" },
	{ "\033O", "Alt-O" },
	{ "\033]\033P\033x", "Alt-] Alt-P Alt-x" },
	{ "\033[A\033OA\033[H\033OF", "Up Up Home End" },
	{ "\033[1;5A\033[1;2D\033[1;3C\033[1;10B",
	  "Ctrl-Up Shift-Left Alt-Right Alt-Shift-Down" },
	{ "\033[3~\033[3;2~\033[5;5~", "Delete Shift-Delete Ctrl-PgUp" },
	{ "\033[1~\033[4~\033[7~\033[8~", "Home End Home End" },
	{ "\033OP\033[11~\033[15~\033[24~\033[1;5P", "F1 F1 F5 F12 Ctrl-F1" },
	{ "\033[[A\033[[E\033[[Z", "F1 F5" },
	{ "\033[3$\033[3^\033[3@\033[a\033Oa",
	  "Shift-Delete Ctrl-Delete Ctrl-Shift-Delete Shift-Up Ctrl-Up" },
	{ "\033[Z", "Shift-Tab" },
	{ "\033Oj\033Op\033OM\033O5A", "* 0 Enter Ctrl-Up" },
	{ "\033\033[A\033\033OB\033\033[3~", "Alt-Up Alt-Down Alt-Delete" },
	{ "\033\033x", "Escape Alt-x" },
	{ "\033[27;5;13~\033[27;2;65~\033[27;5;80~", "Ctrl-Enter A Ctrl-P" },
	{ "\033[13;5u\033[97;2u\033[97;5u\033[27u\033[127;3u",
	  "Ctrl-Enter A Ctrl-A Escape Alt-Backspace" },
	{ "\033[97;1:3u\033[97;1:1u\033[57400u\033[57441u", "a 1" },
	{ "\033Xq\033Xqq", "Insert Delete" },
	{ "\033[<0;5;3M\033[<0;5;3m", "press1@2,4 release1@2,4" },
	{ "\033[<0;5;3M\033[<0;5;3m\033[<0;5;3M",
	  "press1@2,4 release1@2,4 press1@2,4x2" },
	{ "\033[<2;250;9M\033[<34;251;9M\033[<2;251;9m",
	  "press3@8,249 drag3@8,250 release3@8,250" },
	{ "\033[<64;1;1M\033[<65;1;1M\033[<68;1;1M\033[<67;1;1M",
	  "wheel-1@0,0 wheel1@0,0 Swheel-1@0,0 Swheel1@0,0" },
	{ "\033[<35;1;1M\033[<128;1;1M\033[<0;0;0M\033[<0;1M", "" },
	{ "\033[<20;2;2M", "CSpress1@1,1" },
	{ "\033[M !!\033[M#!!", "press1@0,0 release1@0,0" },
	{ "\033[M\"\377\241x", "press3@128,222 x" },
	{ "\033[32;5;3M\033[?1;2c\033[5;10R\033[?2026;2$y\033[4;1$y", "" },
	{ "\033[I\033[O", "came went" },
	{ "\033[200~a\033[31m\001b\033[201~c", "paste(a\033[31m\001b) c" },
	{ "\033[200~\033[201~\033[201~x", "paste() x" },
	{ "\033[200~\033[200~\033[201\033[201~", "paste(\033[200~\033[201)" },
	{ "\033]11;rgb:0000/0000/0000\033\\a\033]52;c;?\ab", "a b" },
	{ "\033P1$r0m\033\\a\033_Gi=1;OK\033\\b", "a b" },
	{ "\033]11;rgb\033[Ax", "Up x" },
	{ "\033[1;\030x\033[1;\033[Ay", "Ctrl-X x Up y" },
	{ "\033[99999999999999999999;5~\033[1;5;6;7;8;9;10A", "Ctrl-Up" },
	{ "\033[0000000000000000000000000000000000000000000000000000000000000000000000000"
	  "0000000000000000000000000000000~x",
	  "x" },
};

static void
check_cases(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct text bytes = text_of(cases[i].bytes);

		for (size_t first = 0; first <= bytes.size; first++)
			for (size_t second = first; second <= bytes.size; second++)
				CHECK_TEXT(decode(bytes, first, second), cases[i].events);
		arena_release(&arena);
	}
}

static void
check_nul(void)
{
	const struct text bytes = { "\0\033\0\033[200~\0\033[201~", 16 };

	CHECK_TEXT(decode(bytes, 0, 0), "Ctrl-Space Ctrl-Alt-Space paste()");
}

/* An ESC is a key only when nothing follows in time. */
static void
check_time(void)
{
	struct keys *keys = fresh();
	struct event event;

	CHECK(keys_wait(keys, 0) == -1);
	keys_feed(keys, "\033", 1, 100);
	CHECK(!keys_next(keys, 100 + KEYS_WAIT - 1, &event));
	CHECK(keys_wait(keys, 100) == KEYS_WAIT);
	CHECK(keys_wait(keys, 100 + KEYS_WAIT) == 0);
	keys_feed(keys, "[", 1, 110);
	CHECK(!keys_next(keys, 110, &event));
	keys_feed(keys, "A", 1, 120);
	CHECK(keys_next(keys, 120, &event) && event_is(&event, K_UP));
	CHECK(event.n_bytes == 3 && memcmp(event.bytes, "\033[A", 3) == 0);
	/* What has surely begun may take longer: a line over the world. */
	keys_feed(keys, "\033[1;", 4, 200);
	CHECK(!keys_next(keys, 200 + 4 * KEYS_WAIT, &event));
	keys_feed(keys, "5A", 2, 400);
	CHECK(keys_next(keys, 400, &event) && event_is_ctrl(&event, K_UP));
	/* But not for ever. */
	keys_feed(keys, "\033]11;", 5, 1000);
	CHECK(!keys_next(keys, 1000, &event) && keys_wait(keys, 1000) > 0);
	CHECK(!keys_next(keys, 3000, &event) && keys_wait(keys, 3000) == -1);
	keys_feed(keys, "x", 1, 3000);
	CHECK(keys_next(keys, 3000, &event) && event_is(&event, 'x'));
	keys_free(keys);
}

static int
clicks(int64_t between, const char *second)
{
	struct keys *keys = fresh();
	struct event event = { 0 };

	keys_feed(keys, "\033[<0;9;9M", 9, 1000);
	CHECK(keys_next(keys, 1000, &event) && event.mouse.clicks == 1);
	keys_feed(keys, second, strlen(second), 1000 + between);
	CHECK(keys_next(keys, 1000 + between, &event));
	keys_free(keys);
	return event.mouse.clicks;
}

static void
check_clicks(void)
{
	CHECK(clicks(400, "\033[<0;9;9M") == 2);
	CHECK(clicks(401, "\033[<0;9;9M") == 1);
	CHECK(clicks(10, "\033[<0;9;8M") == 1);
	CHECK(clicks(10, "\033[<2;9;9M") == 1);
}

/* Looking for the end again and again from the start would take for ever. */
static void
check_long_paste(void)
{
	enum { SIZE = 3 << 20 };
	struct keys *keys = fresh();
	struct event event;
	char piece[4096];
	size_t n = 0;

	memset(piece, '\033', sizeof piece);
	keys_feed(keys, "\033[200~", 6, 0);
	for (; n < SIZE; n += sizeof piece) {
		keys_feed(keys, piece, sizeof piece, 0);
		CHECK(!keys_next(keys, 100000, &event));
	}
	CHECK(keys_wait(keys, 0) == -1);
	keys_feed(keys, "\033[201~", 6, 0);
	CHECK(keys_next(keys, 0, &event) && event.kind == EVENT_PASTE);
	CHECK(event.paste.size == SIZE);
	CHECK(!keys_next(keys, 100, &event));
	keys_free(keys);
}

static void
check_words(const char *in, const char *out)
{
	char again[PRESS_SIZE];
	struct press press, twice;

	CHECK(press_parse(text_of(in), &press));
	press_print(press, again);
	CHECK_TEXT(again, out);
	CHECK(press_parse(text_of(again), &twice));
	CHECK(twice.key == press.key && twice.mods == press.mods);
}

static void
check_names(void)
{
	struct press press;

	check_words("g", "g");
	check_words("G", "G");
	check_words("ctrl-p", "Ctrl-P");
	check_words("ALT-CTRL-Up", "Ctrl-Alt-Up");
	check_words("shift-a", "A");
	check_words("Shift-Tab", "Shift-Tab");
	check_words("esc", "Escape");
	check_words("pageup", "PgUp");
	check_words("f12", "F12");
	check_words("F", "F");
	check_words("-", "-");
	check_words("Ctrl--", "Ctrl--");
	check_words("Space", "Space");
	check_words("\342\202\254", "\342\202\254");
	check_words("U+202e", "U+202E");
	CHECK(!press_parse(text_of(""), &press));
	CHECK(!press_parse(text_of("gg"), &press));
	CHECK(!press_parse(text_of("F13"), &press));
	CHECK(!press_parse(text_of("F0"), &press));
	CHECK(!press_parse(text_of("Ctrl-"), &press));
	CHECK(!press_parse(text_of("Ctrl-gg"), &press));
}

int
main(void)
{
	check_cases();
	check_nul();
	check_time();
	check_clicks();
	check_long_paste();
	check_names();
	arena_release(&arena);
	return check_report();
}
