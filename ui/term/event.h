/*
 * event.h - what a user does: keys, mouse, paste; and how keys are written.
 *
 * A key is a code point ('a', ' ', 0x20ac) or one of enum key, with modifiers. Letters
 * with Ctrl are MOD_CTRL and the small letter ("Ctrl-P"); Shift counts only where it
 * makes no other character ("Shift-Tab", "Shift-Up").
 */
#ifndef TERM_EVENT_H
#define TERM_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum key {
	K_NONE,
	K_FIRST = 0x110000, /* behind all code points */
	K_ESCAPE = K_FIRST,
	K_ENTER,
	K_TAB,
	K_BACKSPACE,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PAGE_UP,
	K_PAGE_DOWN,
	K_INSERT,
	K_DELETE,
	K_F1, /* to K_F1 + 11 */
	K_LAST = K_F1 + 11,
};

enum { MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };

struct press {
	uint32_t key; /* 0: none */
	unsigned mods;
};

enum event_kind {
	EVENT_KEY,
	EVENT_MOUSE,
	EVENT_PASTE,
	EVENT_FOCUS, /* came or went */
	EVENT_LOOKS, /* the terminal is lighter or darker than was thought */
};

enum mouse_kind {
	MOUSE_PRESS,
	MOUSE_RELEASE,
	MOUSE_DRAG,
	MOUSE_WHEEL, /* lines: -1 up, 1 down */
};

struct mouse {
	enum mouse_kind kind;
	int button; /* 1 left, 2 middle, 3 right */
	int row, column, lines;
	unsigned mods;
	int clicks; /* of a press: 2 for a double click */
};

struct event {
	enum event_kind kind;
	struct press press;
	struct mouse mouse;
	struct text paste; /* until the next event; any bytes */
	bool focus;
	/* The bytes that a key came as, for a line editor. */
	char bytes[16];
	size_t n_bytes;
};

/* The press of a key with these modifiers, written the one way that there is for it:
 * Shift and 'a' are 'A', Ctrl and 'A' are Ctrl and 'a'. */
struct press press_of(uint32_t key, unsigned mods);

enum { PRESS_SIZE = 32 };
/* "Ctrl-P", "F2", "Alt-Up", "Space", "g". */
void press_print(struct press press, char out[PRESS_SIZE]);
/* The same read, in any case of the words; false: it is no key. */
bool press_parse(struct text text, struct press *out);

/* Is it this key without modifiers? */
static inline bool
event_is(const struct event *event, uint32_t key)
{
	return event->kind == EVENT_KEY && event->press.key == key &&
	       event->press.mods == 0;
}

static inline bool
event_is_ctrl(const struct event *event, uint32_t key)
{
	return event->kind == EVENT_KEY && event->press.key == key &&
	       event->press.mods == MOD_CTRL;
}

static inline bool
event_is_alt(const struct event *event, uint32_t key)
{
	return event->kind == EVENT_KEY && event->press.key == key &&
	       event->press.mods == MOD_ALT;
}

#endif
