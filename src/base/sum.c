/*
 * sum - exact sums, and exact mean and variance from them.
 *
 * A sum is a long whole number in units of 2^-UNIT, in limbs of 32 bits that lie in 64
 * so that carries can wait. What is asked for is computed in long whole numbers too and
 * rounded once.
 */
#include "base/sum.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

__extension__ typedef unsigned __int128 uint128;

enum {
	UNIT = 2176,          /* the least bit is 2^-UNIT */
	HALF = UNIT / 2 / 32, /* limbs below 2^(-UNIT / 2): of sums of doubles, empty */
	MANY = 1 << 29,       /* adds before a carry is due */
	PUSH = 6,             /* limbs put below a number before it is divided */
	WIDE = SUM_LIMBS + 10,
};

/* A number without a sign. */
struct wide {
	uint32_t limb[WIDE];
};

static void
carry(struct sum *sum)
{
	for (size_t i = 0; i + 1 < SUM_LIMBS; i++) {
		sum->limb[i + 1] += sum->limb[i] >> 32;
		sum->limb[i] &= 0xffffffff;
	}
	sum->adds = 1;
}

/* word * 2^(bit - UNIT) */
static void
add_word(struct sum *sum, uint64_t word, int bit, bool minus)
{
	int64_t *limb = sum->limb + bit / 32;
	const uint128 shifted = (uint128)word << bit % 32;
	const int64_t sign = minus ? -1 : 1;

	if (sum->adds >= MANY)
		carry(sum);
	limb[0] += sign * (int64_t)(uint32_t)shifted;
	limb[1] += sign * (int64_t)(uint32_t)(shifted >> 32);
	limb[2] += sign * (int64_t)(uint32_t)(shifted >> 64);
	sum->adds++;
}

/* A finite double as a whole number of bit positions. */
struct parts {
	uint64_t fraction;
	int exponent; /* of the last bit */
	bool minus;
};

static struct parts
take_apart(double x)
{
	uint64_t bits;
	int exponent;

	memcpy(&bits, &x, sizeof(bits));
	exponent = (int)(bits >> 52 & 0x7ff);
	return (struct parts){
		(bits & ((UINT64_C(1) << 52) - 1)) | (uint64_t)(exponent != 0) << 52,
		(exponent ? exponent : 1) - 1075,
		bits >> 63,
	};
}

static void
add_special(struct sum *sum, double x)
{
	if (isnan(x))
		sum->nans++;
	else if (x > 0)
		sum->infs++;
	else
		sum->neg_infs++;
}

void
sum_add(struct sum *sum, double x)
{
	struct parts p;

	if (!isfinite(x)) {
		add_special(sum, x);
		return;
	}
	p = take_apart(x);
	add_word(sum, p.fraction, p.exponent + UNIT, p.minus);
}

void
sum_add_product(struct sum *sum, double x, double y)
{
	struct parts p, q;
	uint128 product;
	int bit;

	if (!isfinite(x) || !isfinite(y)) {
		add_special(sum, x * y);
		return;
	}
	p = take_apart(x);
	q = take_apart(y);
	product = (uint128)p.fraction * q.fraction;
	bit = p.exponent + q.exponent + UNIT;
	add_word(sum, (uint64_t)product, bit, p.minus != q.minus);
	add_word(sum, (uint64_t)(product >> 64), bit + 64, p.minus != q.minus);
}

void
sum_add_whole(struct sum *sum, int64_t whole, int exponent)
{
	uint64_t size = whole < 0 ? -(uint64_t)whole : (uint64_t)whole;

	add_word(sum, size, exponent + UNIT, whole < 0);
}

void
sum_merge(struct sum *into, const struct sum *from)
{
	if (into->adds + from->adds >= MANY)
		carry(into);
	for (size_t i = 0; i < SUM_LIMBS; i++)
		into->limb[i] += from->limb[i];
	into->adds += from->adds;
	into->nans += from->nans;
	into->infs += from->infs;
	into->neg_infs += from->neg_infs;
}

/* What was observed beside finite numbers decides alone. */
static bool
is_special(const struct sum *sum, double *value)
{
	if (sum->nans || (sum->infs && sum->neg_infs))
		*value = NAN;
	else if (sum->infs || sum->neg_infs)
		*value = sum->infs ? INFINITY : -INFINITY;
	else
		return false;
	return true;
}

/* Its size; true: below 0. */
static bool
size_of(const struct sum *sum, struct wide *out)
{
	struct sum copy = *sum;
	bool minus;

	carry(&copy);
	minus = copy.limb[SUM_LIMBS - 1] < 0;
	if (minus) {
		for (size_t i = 0; i < SUM_LIMBS; i++)
			copy.limb[i] = -copy.limb[i];
		carry(&copy);
	}
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < SUM_LIMBS; i++)
		out->limb[i] = (uint32_t)copy.limb[i];
	out->limb[SUM_LIMBS] = (uint32_t)(copy.limb[SUM_LIMBS - 1] >> 32);
	return minus;
}

static unsigned
bit_at(const struct wide *x, int bit)
{
	return bit < 0 ? 0 : x->limb[bit / 32] >> (bit % 32) & 1;
}

static bool
any_below(const struct wide *x, int bit)
{
	for (int i = 0; i < bit / 32; i++)
		if (x->limb[i])
			return true;
	return bit % 32 && (x->limb[bit / 32] & ((UINT32_C(1) << bit % 32) - 1));
}

/* x * 2^-unit to the nearest double, ties to even; more: x is a little larger. */
static double
round_to_double(const struct wide *x, int unit, bool more)
{
	int last = WIDE - 1, high, low;
	uint64_t kept = 0;

	while (last > 0 && x->limb[last] == 0)
		last--;
	if (x->limb[last] == 0)
		return 0;
	high = 32 * last + 31 - __builtin_clz(x->limb[last]);
	low = high - 52 > unit - 1074 ? high - 52 : unit - 1074;
	for (int bit = high; bit >= low; bit--)
		kept = kept << 1 | bit_at(x, bit);
	if (low > 0 && bit_at(x, low - 1))
		kept += more || any_below(x, low - 1) || (kept & 1);
	return ldexp((double)kept, low - unit);
}

/* Room below the point for a division. */
static void
push(struct wide *x)
{
	memmove(x->limb + PUSH, x->limb, (WIDE - PUSH) * sizeof(x->limb[0]));
	memset(x->limb, 0, PUSH * sizeof(x->limb[0]));
}

/* True if something is left over. */
static bool
divide(struct wide *x, uint64_t by)
{
	uint128 rest = 0;

	for (size_t i = WIDE; i-- > 0;) {
		rest = rest << 32 | x->limb[i];
		x->limb[i] = (uint32_t)(rest / by);
		rest %= by;
	}
	return rest != 0;
}

static void
multiply(struct wide *x, uint64_t by)
{
	uint128 high = 0;

	for (size_t i = 0; i < WIDE; i++) {
		high += (uint128)by * x->limb[i];
		x->limb[i] = (uint32_t)high;
		high >>= 32;
	}
}

/* a -= b * b, where b is in units of 2^(-UNIT / 2); the result is not below 0. */
static void
subtract_square(struct wide *a, const struct wide *b)
{
	for (size_t i = HALF; i < WIDE; i++) {
		uint64_t up = 0;
		int64_t borrow = 0;

		if (b->limb[i] == 0)
			continue;
		for (size_t j = HALF; i + j - 2 * HALF < WIDE; j++) {
			uint32_t *limb = &a->limb[i + j - 2 * HALF];

			up += j < WIDE ? (uint64_t)b->limb[i] * b->limb[j] : 0;
			borrow += (int64_t)*limb - (int64_t)(uint32_t)up;
			*limb = (uint32_t)borrow;
			borrow >>= 32;
			up >>= 32;
		}
	}
}

double
sum_value(const struct sum *sum)
{
	struct wide size;
	double value;
	bool minus;

	if (is_special(sum, &value))
		return value;
	minus = size_of(sum, &size);
	value = round_to_double(&size, UNIT, false);
	return minus ? -value : value;
}

void
moments_add(struct moments *m, double x)
{
	m->n++;
	sum_add(&m->x, x);
	sum_add_product(&m->xx, x, x);
}

void
moments_merge(struct moments *into, const struct moments *from)
{
	into->n += from->n;
	sum_merge(&into->x, &from->x);
	sum_merge(&into->xx, &from->xx);
}

double
moments_mean(const struct moments *m)
{
	struct wide size;
	double value;
	bool minus, more;

	if (m->n == 0)
		return NAN;
	if (is_special(&m->x, &value))
		return value;
	minus = size_of(&m->x, &size);
	push(&size);
	more = divide(&size, m->n);
	value = round_to_double(&size, UNIT + 32 * PUSH, more);
	return minus ? -value : value;
}

/* (n * sum of squares - square of sum) / (n * (n - 1)) */
double
moments_variance(const struct moments *m)
{
	struct wide squares, sum;
	double value;
	bool more;

	if (m->n < 2 || is_special(&m->x, &value))
		return NAN;
	size_of(&m->x, &sum);
	size_of(&m->xx, &squares);
	multiply(&squares, m->n);
	subtract_square(&squares, &sum);
	push(&squares);
	more = divide(&squares, m->n);
	more |= divide(&squares, m->n - 1);
	return round_to_double(&squares, UNIT + 32 * PUSH, more);
}
