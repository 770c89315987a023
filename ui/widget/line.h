/*
 * line.h - the command line's editor: GNU readline, without a terminal of its own.
 *
 * Readline edits, remembers and searches; it is fed with what events hold, and it draws
 * nothing: who shows the line asks for what is in it. It catches no signals, leaves the
 * environment and the terminal's modes alone, and writes nowhere. There is one line at a
 * time, since readline has one; all of it is asked from the screen's thread.
 *
 * Kill, yank, undo, history and its search work as in a shell, in the manner of emacs,
 * and so do the bindings of the user's inputrc. Tab and Escape do not come here: they
 * belong to who shows the line (but for a search, which Escape ends).
 */
#ifndef WIDGET_LINE_H
#define WIDGET_LINE_H

#include "base/error.h"
#include "term/event.h"

/* Lines that were entered stay apart by what they are for. */
enum line_kind { LINE_COMMAND, LINE_FIND, LINE_KINDS };

enum { LINE_HISTORY = 1000 };

enum line_outcome {
	LINE_IGNORED, /* not a key for it */
	LINE_EDITED,
	LINE_ENTERED, /* line_text() is what was entered, and can be edited further */
	LINE_LEFT,    /* Escape, Ctrl-C, Ctrl-D on an empty line */
};

/* text: to go on from; the cursor stands at its end. */
void line_begin(enum line_kind kind, const char *text);
void line_end(void);
enum line_outcome line_event(const struct event *event);

const char *line_text(void);
size_t line_point(void); /* bytes before the cursor */
/* "" if there is nothing to say; "(reverse-i-search)`adr': " during a search. */
const char *line_prompt(void);
bool line_is_searching(void);

/* Put a text in the place of some bytes, as one change to undo. The cursor stands behind
 * it. */
void line_replace(size_t from, size_t to, const char *text);

/* The last ones; equal to the one before it is not added. */
void line_remember(enum line_kind kind, const char *text);

#endif
