/*
 * scaled.h - floats that are short decimals, as whole numbers.
 *
 * Prices, rates and coordinates in files have few digits: 12.34 is 1234 / 10^2, and the
 * division gives the same float again, because both are the nearest one to 12.34.
 */
#ifndef DATA_SCALED_H
#define DATA_SCALED_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { SCALE_MOST = 4 };

/* Whole numbers below this, and ten times as large ones, are exact as floats. */
#define SCALED_MOST 0x1p49

static inline double
scale_power(unsigned scale)
{
	static const double powers[SCALE_MOST + 1] = { 1, 1e1, 1e2, 1e3, 1e4 };

	return powers[scale];
}

/* x times a power of ten, rounded; anything for what is too large or no number. */
static inline int64_t
scaled_near(double x, double power)
{
	const double magic = 0x1.8p52; /* sums with it are whole */
	double y = x * power;

	return fabs(y) < SCALED_MOST ? (int64_t)((y + magic) - magic) : 0;
}

/* The whole number that, divided by the power, gives back x, bit by bit. */
static inline bool
scaled_exact(double x, double power, int64_t *out)
{
	double back;

	*out = scaled_near(x, power);
	back = (double)*out / power;
	return memcmp(&back, &x, sizeof(x)) == 0;
}

#endif
