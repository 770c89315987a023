/*
 * random.h - random numbers that a seed decides, the same everywhere.
 *
 * SplitMix64 (Steele, Lea, Flood, 2014): enough for samples, splits and tests; not for
 * secrets. The seed is the state.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

/* 64 random bits. */
static inline uint64_t
random_next(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

/* Below n, each with the same chance; n > 0. */
static inline uint64_t
random_below(uint64_t *seed, uint64_t n)
{
	uint64_t skewed = -n % n, x; /* the first values that would come once too often */

	do
		x = random_next(seed);
	while (x < skewed);
	return x % n;
}

/* In [0, 1), 53 bits. */
static inline double
random_unit(uint64_t *seed)
{
	return (double)(random_next(seed) >> 11) * 0x1p-53;
}

#endif
