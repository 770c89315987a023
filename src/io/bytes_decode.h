/*
 * bytes_decode.h - text of other encodings as UTF-8, in pieces. What is not valid becomes
 * U+FFFD.
 */
#ifndef IO_BYTES_DECODE_H
#define IO_BYTES_DECODE_H

#include "base/error.h"
#include "base/text.h"

struct decode;

/* encoding: as a flow or Java says it (UTF-8, utf_8, ISO_8859_1, latin1, utf-16,
 * windows-1252, ...); NULL: utf-8. head: the first bytes; a byte order mark there wins
 * over the name, *mark is its size. *out is NULL where nothing is to be done. */
CHECKED bool decode_new(const char *encoding, struct text head, const char *path,
			struct decode **out, size_t *mark, struct error *err);
void decode_free(struct decode *decode);

enum { DECODE_ROOM = 8 }; /* at least, of out */

/* Take bytes from *in, which moves, and put up to size into out. *put is 0 only if no
 * whole character is left in *in; with ended, only if *in is used up. */
void decode_step(struct decode *decode, struct text *in, bool ended, char *out,
		 size_t size, size_t *put);

#endif
