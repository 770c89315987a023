/*
 * slim_sum.h - exact sums of doubles, one for each of many groups.
 *
 * A slim sum is a few doubles that add up to it without loss; where they are too few, or
 * a number is not finite or very large, a wide one (base/sum.h) takes over. What comes
 * out does not depend on the order of adding.
 *
 * Slim sums of many groups are mostly whole numbers, of a few units that all groups share
 * (base/sum_parts.h). What the units do not suit, as it is far smaller or larger than
 * what came first, goes to a slim sum of the group.
 */
#ifndef OP_SLIM_SUM_H
#define OP_SLIM_SUM_H

#include "base/error.h"
#include "base/sum.h"

enum { SLIM_PARTS = 4 };

struct slim_sum {
	double part[SLIM_PARTS];
	size_t n;
	struct sum *wide;
};

CHECKED bool slim_add(struct slim_sum *sum, double x, struct error *err);
CHECKED bool slim_add_square(struct slim_sum *sum, double x, struct error *err);
CHECKED bool slim_merge(struct slim_sum *into, const struct slim_sum *from,
			struct error *err);
CHECKED bool slim_widen(struct slim_sum *sum, struct error *err); /* from now on wide */
void slim_value(const struct slim_sum *sum, struct sum *out);     /* added to out */
void slim_release(struct slim_sum *sum);

/* Zeroed, but for squares, to begin with. */
struct slim_sums {
	bool squares;  /* of the numbers are added */
	bool has_unit; /* 2^unit, of the first of each group's whole numbers */
	int unit;
	uint64_t adds, strays; /* since the unit was chosen; those that it did not suit */
	uint64_t due, load;    /* adds before a sum may be too large; what was added */
	size_t groups;         /* for which there is room */
	int64_t *at;           /* by group: its whole numbers, the largest unit first */
	size_t rests;          /* groups for which there is room in: */
	struct slim_sum *rest; /* what the units did not suit */
};

/* Room for so many groups, at least; new ones are 0. */
CHECKED bool slim_sums_room(struct slim_sums *sums, size_t groups, struct error *err);
/* Each number (or its square) to its group; groups NULL: to the first one. */
CHECKED bool slim_sums_add(struct slim_sums *sums, const double *x, size_t n,
			   const uint32_t *groups, struct error *err);
/* map: by group of from, which of into it is. */
CHECKED bool slim_sums_merge(struct slim_sums *into, struct slim_sums *from,
			     const uint32_t *map, size_t n, struct error *err);
void slim_sums_value(const struct slim_sums *sums, size_t group, struct sum *out);
size_t slim_sums_bytes(const struct slim_sums *sums); /* but for wide ones */
void slim_sums_release(struct slim_sums *sums);

#endif
