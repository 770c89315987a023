/*
 * tty_report.h - what a terminal can do, as rows that a user can read and check.
 *
 * For `lariat doctor`, which has no screen, and for ":doctor", which has one. The last
 * rows are a ruler: its ends stand below each other if the terminal and we agree on how
 * wide characters are.
 */
#ifndef TERM_TTY_REPORT_H
#define TERM_TTY_REPORT_H

#include "base/arena.h"
#include "term/tty.h"

struct tty_row {
	const char *name, *state, *detail; /* state: "on", "off" */
};

enum { TTY_ROWS = 12 };

/* Rows of a terminal of that size; returns how many. Texts in the arena. problem: why no
 * screen can be drawn on it; NULL: one can. rows 0: there is none. */
size_t tty_report(const struct tty_facts *facts, const char *problem, int rows,
		  int columns, struct tty_row out[TTY_ROWS], struct arena *arena);

/* The same as lines, for a terminal that has a screen. */
const char *tty_report_text(const struct tty_facts *facts, int rows, int columns,
			    struct arena *arena);

#endif
