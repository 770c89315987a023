/*
 * cells.h - columns of a batch, filled from text some rows at a time.
 */
#ifndef IO_CELLS_H
#define IO_CELLS_H

#include "base/text.h"
#include "data/column.h"

struct cells {
	struct column *column;
	size_t rows; /* filled so far */
};

/* A column of rows rows to come. bytes: of text, as a guess. */
CHECKED bool cells_open(struct cells *cells, enum type type, size_t rows, size_t bytes,
			struct error *err);

/* The next n values, cast from text where the type is no string; data NULL: null. */
CHECKED bool cells_add(struct cells *cells, const struct text *values, size_t n,
		       struct error *err);

void cells_drop(struct cells *cells);

#endif
