/*
 * sum_parts.h - doubles cut into whole numbers of a unit, for exact sums of many.
 *
 * Adding 1.5 * 2^52 units to a double that is below 2^51 of them rounds it to a whole
 * number of units, which then stands in the low bits of the result (the "magic number"
 * of binned sums; J. Demmel and H. D. Nguyen, "Parallel reproducible summation", IEEE
 * Transactions on Computers 64, 2015). What was cut off is exact as well, and is next to
 * be cut by a smaller unit. So whole numbers are added where doubles were, in loops
 * without branches.
 */
#ifndef BASE_SUM_PARTS_H
#define BASE_SUM_PARTS_H

#include <stddef.h>
#include <stdint.h>

enum {
	SUM_LANE = 4,      /* loops take so many at once: fill up with zeroes */
	SUM_BLOCK = 512,   /* numbers that are cut at a time */
	SUM_CUT = 51,      /* bits of the whole numbers */
	SUM_LEAST = -1074, /* exponent of the least unit */
	SUM_HIGHEST = 960, /* numbers that are to be cut are below 2^SUM_HIGHEST */
};

/* Some e such that all of x are below 2^e in size, not much larger than the least one;
 * SUM_LEAST if all are 0; above SUM_HIGHEST if one is not finite. n: a multiple of
 * SUM_LANE. */
int sum_exponent(const double *x, size_t n);

/* Take the whole numbers of 2^unit out of x: parts get them, x keeps the rest, which is
 * at most half of a unit. All of x are below 2^(unit + SUM_CUT) in size; SUM_LEAST <=
 * unit
 * <= SUM_HIGHEST - SUM_CUT. n: a multiple of SUM_LANE. Returns the exponent of the rest.
 */
int sum_cut(double *x, size_t n, int unit, int64_t *parts);

/* Squares and what rounding took off them, exactly. n: a multiple of SUM_LANE; each x is
 * 0, or from 2^-SUM_SQUARE to 2^SUM_SQUARE in size. */
enum { SUM_SQUARE = 470 };
void sum_squares(const double *x, size_t n, double *square, double *lost);

/* n up to a multiple of SUM_LANE. */
static inline size_t
sum_lanes(size_t n)
{
	return (n + SUM_LANE - 1) / SUM_LANE * SUM_LANE;
}

#endif
