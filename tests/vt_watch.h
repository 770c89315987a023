/*
 * vt_watch.h - looks at every byte that a program sends to its terminal.
 *
 * An emulator shows what came out; this says what went in: which modes are on, and
 * whether there was anything that a program which draws cells has no reason to send: a
 * control byte, a character that turns the direction of writing, a sequence that asks,
 * copies or renames.
 */
#ifndef VT_WATCH_H
#define VT_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WATCH_MODES = 32, WATCH_STRING = 4096 };

struct watch {
	int state;
	char sequence[WATCH_STRING]; /* that has begun */
	size_t n;
	uint32_t code; /* of UTF-8 that has begun */
	int more;
	int modes[WATCH_MODES]; /* private ones that are on */
	size_t n_modes;
	bool has_keypad, has_style, hides_cursor;
	size_t n_raw, n_copies, n_sequences;
	char first_raw[160];     /* what it was */
	char copy[WATCH_STRING]; /* the last one, in base64 */
	int n_titles;            /* of the window, put away and not taken back */
	char title[WATCH_STRING];
};

void watch_bytes(struct watch *watch, const char *bytes, size_t n);

bool watch_has_mode(const struct watch *watch, int mode);

/* Is everything as it was before the program? If not, what is not. */
bool watch_is_restored(const struct watch *watch, char why[160]);

#endif
