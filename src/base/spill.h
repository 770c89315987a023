/*
 * spill.h - a temporary file for data that memory has no room for.
 *
 * Pieces of bytes are put down and read back by any thread. The file has no name from
 * the start (or loses it at once), so whatever ends the process frees its space. It is
 * made with the first piece, in the folder given; NULL: $TMPDIR, else /var/tmp, which
 * (unlike /tmp) is a disk almost everywhere. A full disk is an error that says where,
 * how much was there, and what to do. Space of pieces that are let go is given back
 * while the file still stands, where the file system can.
 */
#ifndef BASE_SPILL_H
#define BASE_SPILL_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct spill;

/* One reference. folder must stay until the last one is dropped. */
CHECKED struct spill *spill_new(const char *folder, struct error *err);
struct spill *spill_share(struct spill *spill);
void spill_drop(struct spill *spill); /* NULL is fine */

struct spill_piece {
	uint64_t offset, size;
};

CHECKED bool spill_put(struct spill *spill, const void *data, size_t size,
		       struct spill_piece *piece, struct error *err);
/* All bytes of a piece. */
CHECKED bool spill_get(struct spill *spill, struct spill_piece piece, void *data,
		       struct error *err);
/* The piece is not read again. */
void spill_free(struct spill *spill, struct spill_piece piece);

/* Bytes put down so far, those that were let go included. */
uint64_t spill_bytes(const struct spill *spill);

#endif
