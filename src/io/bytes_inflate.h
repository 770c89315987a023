/*
 * bytes_inflate.h - gzip, zstd and bzip2, in pieces. Several streams one behind the other
 * are one, as the tools have it.
 */
#ifndef IO_BYTES_INFLATE_H
#define IO_BYTES_INFLATE_H

#include "base/error.h"
#include "base/text.h"

struct inflate;

/* By the first bytes of the data; *out is NULL if they are not compressed. path: for
 * errors. */
CHECKED bool inflate_new(struct text head, const char *path, struct inflate **out,
			 struct error *err);
void inflate_free(struct inflate *inflate);

/* Take bytes from *in, which moves, and put up to size into out. ended: nothing more
 * comes behind *in. *put is 0 only if *in is used up. */
CHECKED bool inflate_step(struct inflate *inflate, struct text *in, bool ended, char *out,
			  size_t size, size_t *put, struct error *err);

#endif
