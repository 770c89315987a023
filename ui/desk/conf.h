/*
 * conf.h - files that a user writes: "name = value" a line, "#" begins a comment.
 */
#ifndef DESK_CONF_H
#define DESK_CONF_H

#include "base/arena.h"
#include "base/names.h"

/* Takes a line; false with a sentence if it cannot. */
typedef bool conf_take(void *context, const char *name, const char *value,
		       struct error *err);

/* All lines. What is wrong with one goes to complaints, "FILE:LINE: what", and the others
 * are taken all the same. No file: no lines. */
void conf_read(const char *path, conf_take *take, void *context, struct names *complaints,
	       struct arena *arena);

/* The line of a name says another value from now on, or comes last; the other lines stay
 * as they are. */
CHECKED bool conf_set(const char *path, const char *name, const char *value,
		      struct error *err);

#endif
