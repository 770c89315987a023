/* sum_many - many doubles into one exact sum, SUM_LANE of them at once. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/sum.h"
#include "base/sum_parts.h"

#define INLINE static inline __attribute__((always_inline))

/* Two in a vector, which every processor has; two of those at once, as one waits. */
enum { PAIR = 2 };
typedef double pair __attribute__((vector_size(PAIR * sizeof(double))));
typedef int64_t whole_pair __attribute__((vector_size(PAIR * sizeof(int64_t))));

INLINE pair
load(const double *x)
{
	pair both;

	memcpy(&both, x, sizeof(both));
	return both;
}

INLINE void
store(double *x, pair both)
{
	memcpy(x, &both, sizeof(both));
}

INLINE pair
size_of(pair x)
{
	return (pair)((whole_pair)x & INT64_MAX);
}

static int64_t
bits_of(double x)
{
	int64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits;
}

/* Of sizes that were added: the sum is as large as each, and is not finite if one is
 * not. What is below the least normal number is below its power of 2. */
static int
exponent_of(pair sums)
{
	double all = sums[0] + sums[1];
	int bits = (int)(bits_of(all) >> 52);

	if (all == 0)
		return SUM_LEAST;
	return (bits ? bits : 1) - 1022;
}

int
sum_exponent(const double *x, size_t n)
{
	pair even = { 0 }, odd = { 0 };

	for (size_t i = 0; i < n; i += SUM_LANE) {
		even += size_of(load(x + i));
		odd += size_of(load(x + i + PAIR));
	}
	return exponent_of(even + odd);
}

/* 2^exponent, which is a normal number. */
static double
power(int exponent)
{
	uint64_t bits = (uint64_t)(exponent + 1023) << 52;
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

struct magic {
	pair one;
	whole_pair none;
};

/* The whole numbers of a pair; *x is the rest then. */
INLINE whole_pair
cut_pair(pair *x, const struct magic *magic)
{
	pair both = *x + magic->one;

	*x -= both - magic->one;
	return (whole_pair)both - magic->none;
}

/* parts NULL: they are added. */
INLINE int
cut(double *x, size_t n, int unit, int64_t *parts, int64_t *sum)
{
	const double one = 1.5 * power(unit + 52);
	const int64_t none = bits_of(one);
	const struct magic magic = { { one, one }, { none, none } };
	whole_pair all[2] = { { 0 }, { 0 } };
	pair rests[2] = { { 0 }, { 0 } };
	int exponent;

	for (size_t i = 0; i < n; i += SUM_LANE) {
		pair a = load(x + i), b = load(x + i + PAIR);
		whole_pair p = cut_pair(&a, &magic), q = cut_pair(&b, &magic);

		store(x + i, a);
		store(x + i + PAIR, b);
		rests[0] += size_of(a);
		rests[1] += size_of(b);
		if (parts) {
			memcpy(parts + i, &p, sizeof(p));
			memcpy(parts + i + PAIR, &q, sizeof(q));
		} else {
			all[0] += p;
			all[1] += q;
		}
	}
	all[0] += all[1];
	if (!parts)
		*sum = all[0][0] + all[0][1];
	exponent = exponent_of(rests[0] + rests[1]);
	return exponent < unit ? exponent : unit;
}

int
sum_cut(double *x, size_t n, int unit, int64_t *parts)
{
	return cut(x, n, unit, parts, NULL);
}

/* T. J. Dekker, "A floating-point technique for extending the available precision",
 * Numerische Mathematik 18, 1971. */
void
sum_squares(const double *x, size_t n, double *square, double *lost)
{
	const double split = 0x1p27 + 1;

	for (size_t i = 0; i < n; i += PAIR) {
		pair some = load(x + i), wide = split * some;
		pair high = wide - (wide - some), low = some - high;
		pair product = some * some;

		store(square + i, product);
		store(lost + i, ((high * high - product) + 2 * high * low) + low * low);
	}
}

/* At most SUM_BLOCK numbers below 2^exponent, filled up; x is used up. */
static void
add_block(struct sum *sum, double *x, size_t n, int exponent)
{
	while (exponent > SUM_LEAST) {
		int unit =
			exponent - SUM_CUT > SUM_LEAST ? exponent - SUM_CUT : SUM_LEAST;
		int64_t all;

		exponent = cut(x, n, unit, NULL, &all);
		sum_add_whole(sum, all, unit);
	}
}

/* A copy that is filled up; returns the exponent. */
static int
take_block(double *block, const double *x, size_t n)
{
	memcpy(block, x, n * sizeof(*x));
	memset(block + n, 0, (sum_lanes(n) - n) * sizeof(*x));
	return sum_exponent(block, sum_lanes(n));
}

void
sum_add_many(struct sum *sum, const double *x, size_t n)
{
	for (size_t at = 0; at < n; at += SUM_BLOCK) {
		size_t some = n - at < SUM_BLOCK ? n - at : SUM_BLOCK;
		double block[SUM_BLOCK];
		int exponent = take_block(block, x + at, some);

		if (exponent <= SUM_HIGHEST)
			add_block(sum, block, sum_lanes(some), exponent);
		else
			for (size_t i = at; i < at + some; i++)
				sum_add(sum, x[i]);
	}
}

/* Is x too small for its square to be told exactly? */
static bool
any_small(const double *x, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any |= (fabs(x[i]) < 0x1p-470) & (x[i] != 0);
	return any;
}

void
sum_add_squares(struct sum *sum, const double *x, size_t n)
{
	for (size_t at = 0; at < n; at += SUM_BLOCK) {
		size_t some = n - at < SUM_BLOCK ? n - at : SUM_BLOCK;
		size_t whole = sum_lanes(some);
		double block[SUM_BLOCK], square[SUM_BLOCK], lost[SUM_BLOCK];

		if (take_block(block, x + at, some) > SUM_SQUARE ||
		    any_small(block, whole)) {
			for (size_t i = at; i < at + some; i++)
				sum_add_product(sum, x[i], x[i]);
			continue;
		}
		sum_squares(block, whole, square, lost);
		add_block(sum, square, whole, sum_exponent(square, whole));
		add_block(sum, lost, whole, sum_exponent(lost, whole));
	}
}

void
moments_add_many(struct moments *m, const double *x, size_t n)
{
	m->n += n;
	sum_add_many(&m->x, x, n);
	sum_add_squares(&m->xx, x, n);
}
