/*
 * quantile.h - quantiles of numbers, exact, whatever the order of adding.
 *
 * Numbers are counted by value, in counted memory, so what is held grows with the
 * number of different values. The target is that of Spark's approxQuantile: the value at
 * rank ceil(q * n) in ascending order, counting from 1 - always a value that occurs; the
 * least for q up to 0.001, the largest from 0.999 on.
 * NaN has no rank: leave it out.
 */
#ifndef DATA_QUANTILE_H
#define DATA_QUANTILE_H

#include "base/error.h"
#include "base/sum.h"

struct quantiles;

struct quantiles *quantiles_new(struct error *err);
void quantiles_free(void *quantiles); /* NULL is fine */

CHECKED bool quantiles_add(struct quantiles *quantiles, double x, struct error *err);
CHECKED bool quantiles_add_many(struct quantiles *quantiles, const double *x, size_t n,
				struct error *err);
CHECKED bool quantiles_merge(struct quantiles *into, const struct quantiles *from,
			     struct error *err);
uint64_t quantiles_count(const struct quantiles *quantiles);

/* 0 <= q <= 1; at least one number must have been added. */
CHECKED bool quantiles_at(struct quantiles *quantiles, double q, double *out,
			  struct error *err);

/* Mean and spread of the numbers from low to high, both inside. */
void quantiles_moments(const struct quantiles *quantiles, double low, double high,
		       struct moments *out);

#endif
