/*
 * tty_modes.h - a terminal taken over, and given back whatever happens.
 *
 * Knows no curses: two strings and the line settings are all that there is to give back,
 * and both are ready before anything can go wrong. tty_modes_give() may be called from a
 * signal handler, any number of times.
 */
#ifndef TERM_TTY_MODES_H
#define TERM_TTY_MODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Find the terminal: standard input and output, or that of the session where one of them
 * is none; remember its line settings. */
CHECKED bool tty_modes_open(struct error *err);
void tty_modes_close(void);

/* What is sent when it is taken, and when it is given back. Copied. */
void tty_modes_strings(const char *enter, const char *leave);

void tty_modes_take(void);
/* The same after somebody else had it without being given it. */
void tty_modes_retake(void);
void tty_modes_give(void);

int tty_modes_input(void);
int tty_modes_output(void);

/* All of it, in one piece if the terminal takes it so; false: the terminal is gone. */
bool tty_modes_write(const char *bytes, size_t n);
/* What has come, at once; 0: nothing. *is_gone: nothing will come any more. */
size_t tty_modes_read(char *bytes, size_t n, bool *is_gone);

#endif
