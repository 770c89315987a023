/*
 * sum.h - sums of doubles that do not depend on the order of adding.
 *
 * A result may not depend on batch size or threads, so sums are exact: a fixed-point
 * number wide enough for every double (a "superaccumulator"; R. M. Neal, "Fast exact
 * summation using small and large superaccumulators", arXiv 1505.05571). Merging
 * is adding. Rounded once, to nearest even, when asked.
 */
#ifndef BASE_SUM_H
#define BASE_SUM_H

#include <stddef.h>
#include <stdint.h>

/* 32 bits each in 64, so that many adds need no carry. Wide enough for the product of
 * any two doubles: from 2^-2176 to 2^2112. */
enum { SUM_LIMBS = 134 };

struct sum {
	int64_t limb[SUM_LIMBS];
	uint64_t adds;                 /* since the last carry */
	uint64_t nans, infs, neg_infs; /* kept apart: they have no place in fixed point */
};

void sum_add(struct sum *sum, double x);
void sum_add_product(struct sum *sum, double x, double y);        /* exactly x * y */
void sum_add_whole(struct sum *sum, int64_t whole, int exponent); /* whole * 2^exponent */
/* As sum_add() for each, in a fraction of the time. */
void sum_add_many(struct sum *sum, const double *x, size_t n);
void sum_add_squares(struct sum *sum, const double *x, size_t n); /* exactly x * x */
void sum_merge(struct sum *into, const struct sum *from);
double sum_value(const struct sum *sum); /* NaN and infinities as IEEE would have it */

/* Mean and spread of what was observed: counts, exact sums of x and of x * x. */
struct moments {
	uint64_t n; /* observed, NaN and infinities as well */
	struct sum x, xx;
};

void moments_add(struct moments *m, double x);
void moments_add_many(struct moments *m, const double *x, size_t n);
void moments_merge(struct moments *into, const struct moments *from);
double moments_mean(const struct moments *m); /* NaN if nothing was observed */
/* Sample variance (n - 1), from the exact sums without cancellation; NaN for n < 2. */
double moments_variance(const struct moments *m);

#endif
