/*
 * ui_words.h - the words of a .keys file (run_ui.c lists them), one line at a time.
 */
#ifndef UI_WORDS_H
#define UI_WORDS_H

#include "vt.h"

struct ui {
	const char *test_name, *program; /* program: lariat */
	const char *build, *source, *shared;
	size_t passed, failed, line_number;
	struct vt *vt; /* NULL: nothing runs yet */
	bool is_lost;  /* a line was wrong: the rest, up to the next program, is left out
			*/
	bool is_settled;          /* nothing was done since */
	uint64_t received_before; /* bytes, when something was done last */
	size_t n_copied;          /* texts that the program was meant to copy */
	struct arena arena;
};

extern struct ui ui;

/* Do what the line says. */
void ui_word(const char *line);

/* Count it; if it does not hold, say what and show the screen. */
void ui_hold(bool holds, const char *format, ...) PRINTF_LIKE(2, 3);
/* Until nothing moves. */
void ui_settle(void);
/* Are they the same, where U+22EF stands for anything? */
bool ui_is_like(const char *found, const char *wanted);
/* No program runs any more. */
void ui_end(void);

#endif
