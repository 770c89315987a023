/*
 * vt_parts.h - what vt.c and vt_look.c share.
 */
#ifndef VT_PARTS_H
#define VT_PARTS_H

#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

#include "vt.h"

struct vt {
	VTerm *vterm;
	VTermScreen *screen;
	int rows, columns;
	int master, slave; /* the slave is kept: line settings survive the program */
	pid_t child;
	bool is_alive;
	int status;
	struct termios before;
	bool shows_cursor;
	struct watch watch;
	uint64_t received;
	int64_t sent_at, came_at; /* microseconds */
	char *unsent;             /* input that the program has not taken yet */
	size_t n_unsent;
};

#endif
