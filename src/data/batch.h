/*
 * batch.h - some rows of a table: columns of equal length. table.h: all of them.
 *
 * A batch holds one reference to each of its columns; a column that nobody reads may
 * be NULL. Names and types stand in the schema that goes with it. A batch belongs to
 * one holder at a time.
 */
#ifndef DATA_BATCH_H
#define DATA_BATCH_H

#include "data/column.h"
#include "data/schema.h"

struct batch {
	size_t rows;
	size_t n;
	struct column **at;
};

/* n empty slots. */
CHECKED struct batch *batch_new(size_t n, size_t rows, struct error *err);
CHECKED struct batch *batch_copy(const struct batch *batch,
				 struct error *err); /* shares columns */
void batch_free(struct batch *batch);                /* NULL is fine */

/* Put a column into a slot, taking the reference; what was there is dropped. */
void batch_take(struct batch *batch, size_t slot, struct column *column);

/* Only the rows whose bit is set. */
CHECKED bool batch_filter(struct batch *batch, const uint64_t *kept, struct error *err);
CHECKED struct batch *batch_gather(const struct batch *batch, const uint32_t *rows,
				   size_t n, struct error *err);
CHECKED struct batch *batch_slice(const struct batch *batch, size_t first, size_t n,
				  struct error *err);

/* Words of 64 bits that hold rows bits. */
static inline size_t
bit_words(size_t rows)
{
	return (rows + 63) / 64;
}

#endif
