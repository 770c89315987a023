/*
 * scratch.h - a folder of its own for a test to work in; at the end it is gone.
 */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char scratch[] = "/tmp/lariat-test-XXXXXX";

static inline int
scratch_remove(const char *path, const struct stat *info, int type, struct FTW *place)
{
	(void)info, (void)type, (void)place;
	return remove(path);
}

static inline bool
scratch_make(void)
{
	return mkdtemp(scratch) != NULL;
}

/* Make it, and go there. */
static inline bool
scratch_enter(void)
{
	return scratch_make() && chdir(scratch) == 0;
}

/* Leave it, and remove it with all that is in it. */
static inline bool
scratch_leave(void)
{
	return chdir("/") == 0 &&
	       nftw(scratch, scratch_remove, 16, FTW_DEPTH | FTW_PHYS) == 0;
}

#endif
