/*
 * pairs.h - Pearson's r of every two numeric columns, in one pass.
 *
 * Sums are of what a value is above the first one of its column, so that large values
 * that differ little lose nothing.
 */
#ifndef DESK_PAIRS_H
#define DESK_PAIRS_H

#include "data/batch.h"
#include "desk/chart_data.h"

struct pair_sums {
	uint64_t n;
	double x, y, xx, yy, xy;
};

void pair_add(struct pair_sums *sums, double x, double y);
double pair_r(const struct pair_sums *sums); /* NaN: not defined */

struct pairs {
	size_t n;
	size_t *places; /* of columns */
	const char **names;
	double *first;          /* value of each column; NaN: none yet */
	struct pair_sums *sums; /* n * n, of which the lower half is used */
};

/* The first `most` numeric columns. */
void pairs_init(struct pairs *pairs, const struct schema *schema, size_t most,
		struct arena *arena);
void pairs_add(struct pairs *pairs, const struct batch *batch);
void pairs_settle(const struct pairs *pairs, struct chart_pairs *out,
		  struct arena *arena);

#endif
