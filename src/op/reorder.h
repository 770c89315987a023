/*
 * reorder.h - a table's rows in another order, for operators that need all of them.
 */
#ifndef OP_REORDER_H
#define OP_REORDER_H

#include "data/table.h"

/* All rows as one batch, and their places 0, 1, 2... to put in order. */
struct reorder {
	struct batch *all;
	uint32_t *rows;
	size_t n, size; /* rows; bytes of .rows */
};

CHECKED bool reorder_start(struct reorder *r, const struct table *in,
			   const struct schema *schema, struct error *err);

/* The first n of rows, in that order, as the only batch of out. */
CHECKED bool reorder_end(struct reorder *r, struct table *out, struct error *err);
void reorder_release(struct reorder *r);

#endif
