/*
 * csv_tile.h - the rows of a batch as CSV text, column by column. Private to csv_write.c.
 */
#ifndef IO_CSV_TILE_H
#define IO_CSV_TILE_H

#include "io/csv_pen.h"

/* Fewer rows are faster written cell by cell. */
enum { TILE_LEAST = 16 };

/* The delimiter is one byte, and none that numbers or moments may hold. */
CHECKED bool tile_write(const struct csv_style *style, const struct batch *batch,
			struct buffer *out, struct error *err);

#endif
