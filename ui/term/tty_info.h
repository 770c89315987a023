/*
 * tty_info.h - what terminfo says of the terminal that curses has opened.
 */
#ifndef TERM_TTY_INFO_H
#define TERM_TTY_INFO_H

#include "base/error.h"
#include "term/keys.h"

enum { TTY_STRING = 512, TTY_TITLE = 16 };

struct tty_info {
	int colours;     /* 256, 16, 8, 0 */
	bool is_console; /* of Linux */
	/* It reads the private modes and the strings that xterm began: mouse, bracketed
	 * paste, focus, the clipboard, questions. */
	bool is_able;
	char enter[TTY_STRING]; /* takes the screen, but for the mouse */
	char leave[TTY_STRING]; /* gives it back, and everything else */
	/* What begins and ends the name of its window, which is kept and given back by the
	 * two above; "": its windows have no names. */
	char title_begin[TTY_TITLE], title_end[TTY_TITLE];
};

/* False: it cannot place the cursor; a screen is nothing for it. */
CHECKED bool tty_info_read(const char *name, struct tty_info *info, struct error *err);

/* Make it the terminal that curses works with: libraries that know no screen (readline)
 * put one of their own in its place. */
void tty_info_back(void);
/* There is none any more. */
void tty_info_end(void);

/* What a terminal of that name is, without curses. */
CHECKED bool tty_info_look(const char *name, struct tty_info *info, struct error *err);
/* The sequences of its keys. */
void tty_info_learn(struct keys *keys);

/* The entry of terminfo for a terminal of that name: its own, or that of a relative by
 * how the name begins; NULL: there is none. */
const char *tty_info_entry(const char *name, struct error *err);

#endif
