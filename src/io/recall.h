/*
 * recall.h - what a pass has parsed, kept for the next one. Private to io.c and formats.
 *
 * A pass that is not the last one over its source (want.again) may keep its batches, in
 * few bits (data/squeeze.h), as long as the source's share of memory lasts and memory is
 * not short; chunks that found no room are read again. A later pass that wants no other
 * column, and none as another type, takes what is kept. Since chunks are the same in
 * every pass, nobody can tell but by the time it takes.
 */
#ifndef IO_RECALL_H
#define IO_RECALL_H

#include "io/io.h"

struct recall; /* of a source */

CHECKED struct recall *recall_new(size_t most_bytes, struct error *err);
void recall_free(struct recall *recall); /* NULL is fine, here and below */

/* What a pass may do: its want is known. */
void recall_begin(struct pass *pass);

/* Is there a chunk to be taken by the reader, so that it need not be read? */
bool recall_has(struct reader *reader, size_t chunk);
/* Its next batch; NULL: no more. */
CHECKED bool recall_next(struct reader *reader, struct batch **out, struct error *err);

/* The reader reads a chunk, and its batches one by one; NULL: that was all. */
void recall_chunk(struct reader *reader, size_t chunk);
void recall_keep(struct reader *reader, const struct batch *batch);

/* The reader is done with its chunk, or gives it up. */
void recall_leave(struct reader *reader);

#endif
