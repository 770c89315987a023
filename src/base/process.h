/*
 * process.h - run a program with pipes to it, and never be hurt by it.
 *
 * No shell. The program starts in a session and process group of its own, without our
 * descriptors, signal settings or environment: PATH, HOME and TMPDIR are handed on,
 * LANG is C.UTF-8, nothing else but what .env says. It is killed, with all of its
 * group, when time is up, on cancel, when feed or take fail, and when we die. Time in
 * which it is held does not count.
 *
 *	descriptor 0	what feed gives
 *	descriptor 1	what it prints: the last bytes are kept
 *	descriptor 2	the same for what it complains of
 *	descriptor 3	its answer: goes to take
 *
 * Both directions run at once, so either side may be slow and the data of any size.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pause.h"
#include "base/text.h"

enum { PROCESS_TAIL = 16384 };

struct tail { /* the last bytes of something long */
	size_t size;
	bool cut; /* there was more before */
	char data[PROCESS_TAIL];
};

void tail_add(struct tail *tail, struct text piece);

struct process {
	const char *const
		*argv; /* up to NULL; a name without slash is looked up in PATH */
	const char *const *env;    /* more "NAME=value", up to NULL; or NULL */
	double seconds;            /* of wall time; 0: no limit */
	const atomic_bool *cancel; /* or NULL; looked at every 20 ms */
	struct pause *pause;       /* the same; it is stopped while it is held */

	/* The next piece for its standard input, valid until the next call; no bytes: the
	 * end. NULL: nothing to say. A program that does not listen is no error. */
	bool (*feed)(void *state, struct text *piece, struct error *err);
	/* A piece of its answer. NULL: there should be none, it is dropped. */
	bool (*take)(void *state, struct text piece, struct error *err);
	void *state;

	/* How it ended, after true. */
	int status; /* of exit; -1 if a signal ended it */
	int signal; /* or 0 */
	struct tail printed, complained;
};

/* False: it could not be started, was cancelled or out of time, or a hook failed. */
CHECKED bool process_run(struct process *process, struct error *err);

/* The file that a program name means, as execvp() would find it; NULL if none. */
const char *process_find(const char *name, struct arena *arena);

#endif
