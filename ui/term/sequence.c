/*
 * sequence - tables: final characters, numbers, code points.
 */
#include "term/sequence.h"

enum {
	DOUBLE_CLICK = 400, /* milliseconds */

	/* Codes of the protocols of kitty (the digits of a keypad) and of xterm (other keys:
	 * CSI 27 ; modifiers ; code ~); where code points of private use begin. */
	KEYPAD_0 = 57399,
	KEYPAD_9 = 57408,
	OTHER_KEY = 27,
	PRIVATE_USE = 0xe000,

	/* Bits of a mouse report. */
	MOUSE_BUTTON = 3,
	MOUSE_SHIFT = 4,
	MOUSE_META = 8,
	MOUSE_CONTROL = 16,
	MOUSE_MOTION = 32,
	MOUSE_IS_WHEEL = 64,
	MOUSE_KNOWN = 127,
};

struct meaning {
	int what;
	uint32_t key;
	unsigned mods;
};

/* CSI x, CSI 1 ; mods x. */
static const struct meaning csi_finals[] = {
	{ 'A', K_UP },
	{ 'B', K_DOWN },
	{ 'C', K_RIGHT },
	{ 'D', K_LEFT },
	{ 'H', K_HOME },
	{ 'F', K_END },
	{ 'P', K_F1 },
	{ 'Q', K_F1 + 1 },
	{ 'R', K_F1 + 2 },
	{ 'S', K_F1 + 3 },
	{ 'Z', K_TAB, MOD_SHIFT },
	{ 'a', K_UP, MOD_SHIFT },
	{ 'b', K_DOWN, MOD_SHIFT },
	{ 'c', K_RIGHT, MOD_SHIFT },
	{ 'd', K_LEFT, MOD_SHIFT },
};

/* SS3 x: cursor and function keys, and the keypad of a VT100. */
static const struct meaning ss3_finals[] = {
	{ 'A', K_UP },
	{ 'B', K_DOWN },
	{ 'C', K_RIGHT },
	{ 'D', K_LEFT },
	{ 'H', K_HOME },
	{ 'F', K_END },
	{ 'P', K_F1 },
	{ 'Q', K_F1 + 1 },
	{ 'R', K_F1 + 2 },
	{ 'S', K_F1 + 3 },
	{ 'M', K_ENTER },
	{ 'I', K_TAB },
	{ 'X', '=' },
	{ ' ', ' ' },
	{ 'a', K_UP, MOD_CTRL },
	{ 'b', K_DOWN, MOD_CTRL },
	{ 'c', K_RIGHT, MOD_CTRL },
	{ 'd', K_LEFT, MOD_CTRL },
};

/* CSI n ~. */
static const struct meaning numbers[] = {
	{ 1, K_HOME },    { 2, K_INSERT },    { 3, K_DELETE },   { 4, K_END },
	{ 5, K_PAGE_UP }, { 6, K_PAGE_DOWN }, { 7, K_HOME },     { 8, K_END },
	{ 11, K_F1 },     { 12, K_F1 + 1 },   { 13, K_F1 + 2 },  { 14, K_F1 + 3 },
	{ 15, K_F1 + 4 }, { 17, K_F1 + 5 },   { 18, K_F1 + 6 },  { 19, K_F1 + 7 },
	{ 20, K_F1 + 8 }, { 21, K_F1 + 9 },   { 23, K_F1 + 10 }, { 24, K_F1 + 11 },
};

/* Code points that are keys, and kitty's own ones for the keypad. */
static const struct meaning codes[] = {
	{ 8, K_BACKSPACE },     { 9, K_TAB },        { 10, K_ENTER },
	{ 13, K_ENTER },        { 27, K_ESCAPE },    { 127, K_BACKSPACE },
	{ 57409, '.' },         { 57410, '/' },      { 57411, '*' },
	{ 57412, '-' },         { 57413, '+' },      { 57414, K_ENTER },
	{ 57415, '=' },         { 57417, K_LEFT },   { 57418, K_RIGHT },
	{ 57419, K_UP },        { 57420, K_DOWN },   { 57421, K_PAGE_UP },
	{ 57422, K_PAGE_DOWN }, { 57423, K_HOME },   { 57424, K_END },
	{ 57425, K_INSERT },    { 57426, K_DELETE },
};

static bool
look_up(const struct meaning *table, size_t n, int what, unsigned mods, struct press *out)
{
	for (size_t i = 0; i < n; i++)
		if (table[i].what == what) {
			*out = press_of(table[i].key, table[i].mods | mods);
			return true;
		}
	return false;
}

/* The number in a sequence is one more than the bits; Meta counts as Alt. */
static unsigned
mods_of(int param)
{
	const unsigned bits = param > 0 ? (unsigned)param - 1 : 0;

	return (bits & (MOD_SHIFT | MOD_ALT | MOD_CTRL)) | (bits & 8 ? MOD_ALT : 0);
}

static bool
code_press(int code, unsigned mods, struct press *out)
{
	if (look_up(codes, COUNT(codes), code, mods, out))
		return true;
	if (code >= KEYPAD_0 && code <= KEYPAD_9)
		code = code - KEYPAD_0 + '0';
	/* Others of the private area are keys that we have no name for. */
	if (code < ' ' || (code >= 0x80 && code < 0xa0) || code >= PRIVATE_USE)
		return false;
	*out = press_of((uint32_t)code, mods);
	return true;
}

/* rxvt says modifiers with another end. */
static unsigned
rxvt_mods(char final)
{
	switch (final) {
	case '$':
		return MOD_SHIFT;
	case '^':
		return MOD_CTRL;
	case '@':
		return MOD_SHIFT | MOD_CTRL;
	default:
		return 0;
	}
}

bool
sequence_csi(const struct sequence *s, struct press *out)
{
	const unsigned mods = s->n > 1 ? mods_of(s->params[1]) : 0;

	if (s->mark || s->kind == 3)
		return false;
	switch (s->final) {
	case 'u':
		return code_press(s->params[0], mods, out);
	case '~':
		if (s->params[0] == OTHER_KEY && s->n == 3)
			return code_press(s->params[2], mods, out);
		return look_up(numbers, COUNT(numbers), s->params[0], mods, out);
	case '$':
	case '^':
	case '@':
		return look_up(numbers, COUNT(numbers), s->params[0], rxvt_mods(s->final),
			       out);
	default:
		return s->params[0] <= 1 &&
		       look_up(csi_finals, COUNT(csi_finals), s->final, mods, out);
	}
}

bool
sequence_ss3(char final, unsigned mods, struct press *out)
{
	if (final >= 'j' && final <= 'y') {
		*out = press_of((uint32_t) "*+,-./0123456789"[final - 'j'], mods);
		return true;
	}
	return look_up(ss3_finals, COUNT(ss3_finals), final, mods, out);
}

static unsigned
pointer_mods(unsigned code)
{
	return (code & MOUSE_SHIFT ? MOD_SHIFT : 0u) |
	       (code & MOUSE_META ? MOD_ALT : 0u) |
	       (code & MOUSE_CONTROL ? MOD_CTRL : 0u);
}

/* To the left and right is the wheel with Shift. */
static void
turn(unsigned code, struct mouse *out)
{
	out->kind = MOUSE_WHEEL;
	out->lines = code & 1 ? 1 : -1;
	if (code & 2)
		out->mods |= MOD_SHIFT;
}

static void
press(struct pointer *pointer, int64_t now, struct mouse *out)
{
	const bool again = pointer->button == out->button && pointer->row == out->row &&
			   pointer->column == out->column &&
			   now - pointer->since <= DOUBLE_CLICK;

	out->kind = MOUSE_PRESS;
	out->clicks = again ? pointer->clicks + 1 : 1;
	*pointer = (struct pointer){ out->button, out->button, out->row,
				     out->column, out->clicks, now };
}

bool
pointer_moved(struct pointer *pointer, unsigned code, int row, int column,
	      bool is_release, int64_t now, struct mouse *out)
{
	const unsigned button = code & MOUSE_BUTTON;

	*out = (struct mouse){ .row = row, .column = column, .mods = pointer_mods(code) };
	if (row < 0 || column < 0 || code > MOUSE_KNOWN)
		return false;
	if (code & MOUSE_IS_WHEEL) {
		turn(code, out);
		return !is_release;
	}
	out->button = button < MOUSE_BUTTON ? (int)button + 1 : pointer->held;
	if (code & MOUSE_MOTION)
		out->kind = MOUSE_DRAG;
	else if (is_release || button == MOUSE_BUTTON)
		out->kind = MOUSE_RELEASE, pointer->held = 0;
	else
		press(pointer, now, out);
	return out->button != 0;
}
