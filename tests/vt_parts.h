/*
 * vt_parts.h - what vt.c, vt_look.c and vt_wait.c share.
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

int64_t vt_microseconds(void);

enum { VT_STEP = 5 }; /* milliseconds that is waited at a time */

/* Read, write, or wait for so many milliseconds; true: bytes came. */
bool vt_pump(struct vt *vt, int wait);

/* Has the program read all that was sent? To poll brings what is still on its way there:
 * a worker of the kernel does that, which waits for a processor as others do. */
bool vt_is_taken(const struct vt *vt);

/* What may still be waited. A machine that stands still for a while, as virtual ones do,
 * takes no more of it than a step or two would. */
struct patience {
	int64_t left, now; /* microseconds */
};

struct patience patience_of(int milliseconds);
bool has_patience(struct patience *patience);

#endif
