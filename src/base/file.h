/*
 * file.h - files read whole, and written whole or not at all.
 *
 * What is written appears under its name only when it is complete: a temporary name in
 * the same folder, fsync, rename. Without the fsync that holds as long as the machine
 * runs, and the system writes to the disk in its own time. The mode (and, where allowed,
 * the owner) of a file that is replaced stays, a symbolic link goes on pointing to it,
 * and what is no regular file (a pipe, /dev/null) is written straight. Temporary files of
 * processes that died are swept as the next one is opened.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdint.h>

#include "base/memory.h"

struct file_out {
	int fd;
	char *path;      /* with links followed */
	char *temporary; /* NULL: written straight */
	char *room;      /* waits to be written */
	size_t used;
	uint64_t bytes; /* taken so far */
	bool sync;      /* at the commit it is on the disk: so unless turned off */
};

/* After a failed open there is nothing to abort; after a failed write, abort. */
CHECKED bool file_out_open(struct file_out *out, const char *path, struct error *err);
CHECKED bool file_out_write(struct file_out *out, const void *data, size_t size,
			    struct error *err);
/* A file with a temporary name may be written by several threads: one at a time claims
 * the next size bytes, then any may fill them, and all must be filled at the commit. */
bool file_out_has_places(const struct file_out *out);
CHECKED bool file_out_claim(struct file_out *out, size_t size, uint64_t *place,
			    struct error *err);
CHECKED bool file_out_fill(const struct file_out *out, uint64_t place, const void *data,
			   size_t size, struct error *err);
/* Whether it fails or not, out is closed, and if it fails nothing is left behind. */
CHECKED bool file_out_commit(struct file_out *out, struct error *err);
/* Nothing is left behind. An out of zeroes, or one committed, is fine. */
void file_out_abort(struct file_out *out);

/* All of it at once, and on the disk. */
CHECKED bool file_write(const char *path, struct text bytes, struct error *err);

/* All bytes of a file or pipe; more than `most` is an error. Drop the buffer. */
CHECKED struct buffer *file_read(const char *path, size_t most, struct error *err);

#endif
