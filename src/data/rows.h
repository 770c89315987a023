/*
 * rows.h - rows as wholes: hashes, and order by sort keys.
 */
#ifndef DATA_ROWS_H
#define DATA_ROWS_H

#include "data/batch.h"

struct row_hash {
	uint64_t low, high;
};

/* 128-bit hashes of the rows over all columns of the batch that are not NULL. Nulls
 * equal each other, NaN equals NaN, -0.0 equals 0.0; the layout of strings does not
 * count. Rows that are equal have equal hashes; of n others two have with a chance of
 * about (n * columns)^2 / 2^129. Either half alone is well mixed. Hashes are for this run
 * on this machine: they are not to be stored. */
CHECKED bool rows_hash(const struct batch *batch, struct row_hash *out,
		       struct error *err);

/* Order of two cells of one column: nulls first, NaN above all numbers, strings by
 * bytes, false before true; objects by size, then entry by entry. */
int cells_compare(const struct column *a, size_t i, const struct column *b, size_t j);

#endif
