/*
 * slim_sum.h - exact sums of doubles, one for each of many groups.
 *
 * A sum is a few doubles that add up to it without loss; where they are too few, or a
 * number is not finite or very large, a wide one (base/sum.h) takes over. What comes out
 * does not depend on the order of adding.
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
void slim_value(const struct slim_sum *sum, struct sum *out);
void slim_release(struct slim_sum *sum);

#endif
