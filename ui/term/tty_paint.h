/*
 * tty_paint.h - curses as a painter: it is given cells, and works out what to send.
 *
 * The only user of curses. It neither reads nor writes the terminal: what is to be sent
 * is handed back.
 */
#ifndef TERM_TTY_PAINT_H
#define TERM_TTY_PAINT_H

#include "base/error.h"
#include "term/glyph.h"
#include "term/surface.h"
#include "term/theme.h"

/* For a terminal of this entry of terminfo, blank. */
CHECKED bool tty_paint_open(const char *entry, struct error *err);
void tty_paint_close(void);

/* Colours and characters from the next frame on. */
void tty_paint_set(enum theme theme, enum tier tier, int colours, bool light);
void tty_paint_size(int rows, int columns);
/* Somebody else has drawn: what the terminal shows is not known. */
void tty_paint_forget(void);

/* Bytes that make the terminal look like the surface, until the next call. */
struct text tty_paint_show(const struct surface *surface, bool all);

#endif
