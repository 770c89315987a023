/*
 * power10.h - powers of ten as 128 bits and a power of two, for number*.c only.
 *
 * 10^q = (hi * 2^64 + lo) * 2^(power10_exponent(q) - 127), the highest bit set. Exact
 * for 0 <= q <= 55; else cut off (q > 55) or rounded up (q < 0).
 */
#ifndef BASE_POWER10_H
#define BASE_POWER10_H

#include <stdint.h>

__extension__ typedef unsigned __int128 uint128;

enum { POWER10_LEAST = -342, POWER10_MOST = 324, POWER10_EXACT = 55 };

struct power10 {
	uint64_t hi, lo;
};

extern struct power10 power10_table[POWER10_MOST - POWER10_LEAST + 1];

static inline struct power10
power10(int q)
{
	return power10_table[q - POWER10_LEAST];
}

/* floor(log2(10^q)) */
static inline int
power10_exponent(int q)
{
	return (q * 1741647) >> 19;
}

#endif
