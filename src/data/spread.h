/*
 * spread.h - whole numbers counted in bins of one width, which doubles when they no
 * longer fit: how moments are spread, in bounded memory.
 *
 * Bins are at multiples of their width and as narrow as the extremes allow, so what is
 * counted does not depend on the order, nor on what was merged.
 */
#ifndef DATA_SPREAD_H
#define DATA_SPREAD_H

#include "base/memory.h"

enum { SPREAD_BINS = 1 << 12 };

struct spread {
	uint64_t n;
	int64_t min, max;
	int shift;      /* a bin is 2^shift wide */
	uint64_t *bins; /* of x >> shift, its last bits; NULL: only n and the extremes */
};

/* counts: also in bins. */
CHECKED bool spread_add(struct spread *spread, int64_t x, uint64_t n, bool counts,
			struct error *err);
CHECKED bool spread_merge(struct spread *into, const struct spread *from,
			  struct error *err);
void spread_release(struct spread *spread); /* {0} is fine */

/* The bins there are, from the first to the last. */
static inline int64_t
spread_first(const struct spread *spread)
{
	return spread->min >> spread->shift;
}

static inline int64_t
spread_last(const struct spread *spread)
{
	return spread->max >> spread->shift;
}

static inline uint64_t
spread_count(const struct spread *spread, int64_t bin)
{
	return spread->bins[(uint64_t)bin % SPREAD_BINS];
}

/* The middle of a bin, as far as values are there. */
double spread_value(const struct spread *spread, int64_t bin);

#endif
