/*
 * bytes.h - the bytes of a file or pipe as UTF-8 text, uncompressed, from first to last.
 *
 * gzip, zstd and bzip2 are known by their first bytes; UTF-16 and UTF-8 by their byte
 * order mark, which is dropped. What comes through a pipe is kept in a temporary file,
 * so that it can be read again.
 */
#ifndef IO_BYTES_H
#define IO_BYTES_H

#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct bytes;

/* Where bytes come from; may be read several times. */
struct origin {
	const char *path;     /* "-": standard input */
	const char *encoding; /* as the flow says it; "utf-8" if NULL */
	struct spool *spool;  /* made on the first reading of a pipe; origin_release() */
};

void origin_release(struct origin *origin);

/* One reading at a time of what is spooled; of files as many as there are. */
CHECKED bool bytes_open(struct origin *origin, struct bytes **out, struct error *err);
void bytes_close(struct bytes *bytes);

/* Up to size bytes, which must be 8 or more; 0: the end. */
CHECKED bool bytes_read(struct bytes *bytes, char *data, size_t size, size_t *got,
			struct error *err);

/* The file's own bytes from here on: it can be read by place as well. */
bool bytes_are_plain(const struct bytes *bytes);
size_t bytes_mark(const struct bytes *bytes); /* bytes of byte order mark before */

/* Of the file, read so far. */
uint64_t bytes_taken(const struct bytes *bytes);

/* What the first bytes of a file that is no text say it is ("a Parquet file"), or NULL.
 */
const char *bytes_are_other(struct text head);

#endif
