/*
 * tty.h - the terminal: taken, drawn on, listened to, given back.
 *
 * tty_open() takes the terminal over (raw, alternate screen, mouse, bracketed paste,
 * focus); tty_close() gives it back as it was. It is given back on every other way out
 * too: exit(), a signal that ends the program, a crash. Input is read as bytes and
 * decoded by keys.h; curses paints: it sends what changed since the last time.
 *
 * With LARIAT_LINEAR in its environment nothing is drawn: the terminal keeps its screen and
 * all its modes but that keys come as they are pressed, and tty_say() adds lines to what
 * stands there, for those who listen to it or feel it.
 *
 * What the terminal can do is found at the start: colours (256, 16, 8, none), characters
 * (Unicode; those of the Linux console; ASCII). Settings may say less, never more.
 */
#ifndef TERM_TTY_H
#define TERM_TTY_H

#include "base/error.h"
#include "term/event.h"
#include "term/glyph.h"
#include "term/surface.h"
#include "term/theme.h"

struct tty_options {
	enum theme theme;
	bool ascii; /* no character beyond ASCII */
	bool mouse;
};

/* What the terminal is, as found. */
struct tty_facts {
	int colours; /* 256, 16, 8, 0 */
	enum tier tier;
	bool utf8, mouse;
	bool no_color;    /* its variable is set */
	bool light;       /* its background */
	bool linear;      /* lines are said, nothing is drawn */
	const char *name; /* TERM */
};

/* What the terminal of TERM is, by its name alone: nothing is taken or asked. False: no
 * screen can be drawn on it; the sentence says what to do. */
CHECKED bool tty_look(struct tty_facts *facts, struct error *err);

CHECKED bool tty_open(const struct tty_options *options, struct error *err);
void tty_close(void);
const struct tty_facts *tty_facts(void);
/* Another theme, other glyphs, mouse on or off, from the next tty_show() on. */
void tty_set(const struct tty_options *options);

/* Its size now; the surface is made as large. */
void tty_size(int *rows, int *columns);

/* Bring the surface to the terminal. All of it: also what did not change (after somebody
 * else wrote to the terminal). */
void tty_show(const struct surface *surface, bool all);

/* Lines of text, clean or not, below what stands there; where lines are said. */
void tty_say(const char *text);

/* To poll: becomes readable when keys come, when the size changed, when a signal asks the
 * program to end. */
int tty_descriptor(void);
int tty_signals(void);

enum tty_news { TTY_NOTHING, TTY_RESIZED, TTY_ENDED };
enum tty_news tty_news(void);

/* The next event that has come; false: none. *wait: milliseconds after which to ask again
 * even if nothing more comes, -1: none. */
bool tty_next(struct event *out, int *wait);

/* The name of the terminal's window until it is given back, where windows have names. Any
 * text; sent when it is another one. */
void tty_title(const char *title);
/* Copy to the clipboard of the terminal (OSC 52), because the user said so. */
void tty_copy(struct text text);
/* Give the terminal to the shell (Ctrl-Z in the sense of job control), and take it back.
 */
void tty_suspend(void);
/* The same while a program (an editor, a pager) runs with its own words; its status. */
int tty_run(const char *const *words);

#endif
