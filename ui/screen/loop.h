/*
 * loop.h - the workbench on a terminal, or driven by a file of commands without one.
 */
#ifndef SCREEN_LOOP_H
#define SCREEN_LOOP_H

#include "screen/app.h"
#include "term/tty.h"

struct loop_options {
	struct tty_options tty;
	const char *path;   /* to open; NULL: the start screen */
	bool is_piped;      /* the path is a temporary file with what came by a pipe */
	const char *script; /* commands to begin with; NULL: none */
	bool stays;         /* on the screen behind the script; else it ends there */
	struct run_options run; /* maps, params, memory: for all runs */
};

/* Until the user ends it. */
CHECKED bool loop_screen(const struct loop_options *options, struct error *err);
/* Run the script, without a terminal. */
CHECKED bool loop_script(const struct loop_options *options, struct error *err);

#endif
