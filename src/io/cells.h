/*
 * cells.h - columns of a batch, filled from text some rows at a time.
 */
#ifndef IO_CELLS_H
#define IO_CELLS_H

#include "io/dictionary.h"

enum { CELLS_TILE = 128 }; /* rows at a time; a multiple of 64 */

struct cells {
	struct column *column;
	struct dictionary *dictionary; /* of a string column; NULL: none, or given up */
	size_t rows;                   /* filled so far */
};

/* A column of rows rows to come. bytes: of text, as a guess. dictionary: of a string
 * column, kept by the caller from batch to batch; or NULL. */
CHECKED bool cells_open(struct cells *cells, enum type type, size_t rows, size_t bytes,
			struct dictionary *dictionary, struct error *err);

/* The next n <= CELLS_TILE values, cast from text where the type is no string; size 0:
 * null. Only the last call may have fewer than CELLS_TILE. 16 bytes behind each value
 * must be readable. */
CHECKED bool cells_add(struct cells *cells, const struct text *values, size_t n,
		       struct error *err);

/* The filled column, which is the caller's now. */
CHECKED struct column *cells_take(struct cells *cells, struct error *err);

void cells_drop(struct cells *cells);

/*
 * Private: cells_number.c. The plain spellings of n <= 64 numbers, a bit for each that
 * was one: digits, a sign before them, for floats a point among them; what differs from
 * them is left for cast.h.
 */
uint64_t cells_longs(const struct text *values, size_t n, int64_t *out);
uint64_t cells_floats(const struct text *values, size_t n, double *out);

#endif
