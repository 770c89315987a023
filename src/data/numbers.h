/*
 * numbers.h - the numbers of a column, one behind the other.
 */
#ifndef DATA_NUMBERS_H
#define DATA_NUMBERS_H

#include "data/column.h"

enum { NUMBERS_BLOCK = 512 }; /* rows that are taken at a time */

/* Those of the rows [first, first + n) that are neither null nor NaN, as doubles; how
 * many they are. n: at most NUMBERS_BLOCK; out: room for n. */
size_t numbers_take(const struct column *c, size_t first, size_t n, double *out);

/* The same of rows whose bit is set. */
size_t numbers_take_kept(const struct column *c, const uint64_t *kept, size_t first,
			 size_t n, double *out);

/* Call add for all of them, some at a time. */
CHECKED bool numbers_each(const struct column *c,
			  bool (*add)(void *state, const double *x, size_t n,
				      struct error *err),
			  void *state, struct error *err);

#endif
