/*
 * column_parts.h - the pieces that columns are put together from. Private to column*.c.
 */
#ifndef DATA_COLUMN_PARTS_H
#define DATA_COLUMN_PARTS_H

#include "data/column.h"

/* Bytes of rows bits, and of the values of a plain or dictionary column. */
size_t column_bits_size(size_t rows);
size_t column_values_size(enum type type, enum layout layout, size_t rows);

/* A column without buffers. */
CHECKED struct column *column_bare(enum type type, enum layout layout, size_t rows,
				   struct error *err);
/* Drops it; NULL. */
struct column *column_fail(struct column *c);

CHECKED bool column_children_new(struct column *c, size_t n, struct error *err);
/* Struct members' names: the array is the column's own, the text is shared. */
CHECKED bool column_names_like(struct column *c, const struct column *from,
			       struct error *err);
/* All rows are there, unless it is known already which are. */
CHECKED bool column_need_validity(struct column *c, struct error *err);

#endif
