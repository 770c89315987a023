/*
 * tty_signals.h - signals become something to poll; those of a crash give the terminal
 * back first.
 *
 * The first signal that asks for an end is only told; a second SIGINT or SIGTERM ends the
 * program at once, terminal given back and files that are not whole removed.
 */
#ifndef TERM_TTY_SIGNALS_H
#define TERM_TTY_SIGNALS_H

#include "base/error.h"

/* give: called when the program ends in any way; safe in a handler. */
CHECKED bool tty_signals_open(void (*give)(void), struct error *err);
void tty_signals_close(void);

/* Becomes readable when a signal came. */
int tty_signals_descriptor(void);

struct tty_signals {
	bool ends, resized, stops, goes_on;
};
/* Those since the last time. */
struct tty_signals tty_signals_take(void);

/* Make the descriptor readable as if SIGHUP had come: the terminal is gone. */
void tty_signals_hang_up(void);

/* While another program has the terminal: what its keys send is not for us. */
void tty_signals_pause(void);
void tty_signals_resume(void);

/* Stop as the shell's user would by Ctrl-Z, and come back when it goes on. */
void tty_signals_stop(void);

#endif
