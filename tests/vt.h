/*
 * vt.h - a program in a terminal of our own: type, wait, look.
 *
 * The terminal is an emulator in memory (libvterm); the program has a pseudo terminal and
 * a process group, and knows of nothing else: its environment is PATH, a UTF-8 locale,
 * TERM, HOME and what is asked for. Every call that waits also reads what the program
 * sends. Places are rows and columns from 0.
 */
#ifndef VT_H
#define VT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/text.h"
#include "vt_watch.h"

struct vt;

struct vt_options {
	int rows, columns;  /* 0: 24, 80 */
	const char *term;   /* NULL: xterm-256color */
	const char *folder; /* where it runs, and its HOME; NULL: here */
	const char *const
		*more; /* of the environment, "NAME=VALUE", up to NULL; or NULL */
};

/* NULL: it cannot be started; *why says so. words: the program and its arguments. */
struct vt *vt_start(const char *const *words, const struct vt_options *options,
		    const char **why);
/* Ends the program, if it is still there. */
void vt_free(struct vt *vt);

/* "ggj<Enter><Ctrl-P>": keys as press_parse() has them, in <> if they are words, "<<>" is
 * a "<". An Escape is given the time to be one. False: there is no such key. */
bool vt_keys(struct vt *vt, const char *keys);
void vt_send(struct vt *vt, struct text bytes);
void vt_paste(struct vt *vt, struct text text);
/* button: 1 to 3; 4 and 5 are the wheel up and down. has_shift: with that key. */
void vt_mouse(struct vt *vt, int button, bool is_down, bool has_shift, int row,
	      int column);
void vt_focus(struct vt *vt, bool has_it);
void vt_resize(struct vt *vt, int rows, int columns);
void vt_signal(struct vt *vt, int number);

/* Until it has read all, sends nothing for `quiet` milliseconds, none of its threads runs,
 * and the first one does not sleep for less than a moment; false: it goes on for more than
 * `most`. */
bool vt_settle(struct vt *vt, int quiet, int most);
/* Until the text is on the screen; false: not within so many milliseconds. */
bool vt_wait(struct vt *vt, const char *text, int most);
/* Until it has ended; status as the shell has it (128 and the signal). */
bool vt_wait_end(struct vt *vt, int most, int *status);
bool vt_is_alive(struct vt *vt);
/* Why it may not do what is awaited: how it ended, or where its threads wait. */
void vt_explain(struct vt *vt, FILE *out);

void vt_size(const struct vt *vt, int *rows, int *columns);
/* A row without blanks at its end; all of them with newlines, without empty ones at the
 * end. */
const char *vt_row(const struct vt *vt, int row, struct arena *arena);
const char *vt_text(const struct vt *vt, struct arena *arena);
bool vt_has(const struct vt *vt, const char *text);

struct vt_cell {
	uint32_t code;
	int width;
	bool bold, reverse, underline;
	int fg, bg; /* of the palette; -1: the terminal's own */
};
struct vt_cell vt_cell(const struct vt *vt, int row, int column);
/* False: it is hidden. */
bool vt_cursor(const struct vt *vt, int *row, int *column);

/* What it has sent. */
const struct watch *vt_watch(const struct vt *vt);
uint64_t vt_received(const struct vt *vt);
/* Microseconds from the last key to the last byte that came after it. */
int64_t vt_latency(const struct vt *vt);

/* After its end: are modes and line settings as they were? If not, what is not. */
bool vt_is_restored(const struct vt *vt, char why[160]);

#endif
