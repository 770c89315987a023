/*
 * power10 - the table is computed when the program starts: some thousand steps.
 *
 * The top 128 bits of 10^q are those of 5^q. Upwards a long number is multiplied by
 * five; downwards 2^LONG_BITS is divided by five, and since floor(floor(x / 5) / 5) =
 * floor(x / 25), each quotient's top bits are exact as long as there are 128 of them.
 */
#include "base/power10.h"

#include <stddef.h>

enum { LIMBS = 30, LONG_BITS = 32 * LIMBS - 1 };

struct power10 power10_table[POWER10_MOST - POWER10_LEAST + 1];

/* 64 bits of the number, from a bit below its end on; below 0 there are zeroes. */
static uint64_t
bits_at(const uint32_t limb[LIMBS], int bit)
{
	uint64_t bits = 0;

	for (int i = 63; i >= 0; i--) {
		int at = bit + i;

		bits <<= 1;
		if (at >= 0)
			bits |= limb[at / 32] >> (at % 32) & 1;
	}
	return bits;
}

static struct power10
top(const uint32_t limb[LIMBS])
{
	int last = LIMBS - 1, end;

	while (limb[last] == 0)
		last--;
	end = 32 * last + 32 - __builtin_clz(limb[last]);
	return (struct power10){ bits_at(limb, end - 64), bits_at(limb, end - 128) };
}

static void
multiply(uint32_t limb[LIMBS])
{
	uint64_t carry = 0;

	for (size_t i = 0; i < LIMBS; i++) {
		carry += (uint64_t)limb[i] * 5;
		limb[i] = (uint32_t)carry;
		carry >>= 32;
	}
}

static void
divide(uint32_t limb[LIMBS])
{
	uint64_t rest = 0;

	for (size_t i = LIMBS; i-- > 0;) {
		rest = rest << 32 | limb[i];
		limb[i] = (uint32_t)(rest / 5);
		rest %= 5;
	}
}

__attribute__((constructor)) static void
fill(void)
{
	uint32_t up[LIMBS] = { 1 }, down[LIMBS] = { 0 };

	for (int q = 0; q <= POWER10_MOST; q++) {
		power10_table[q - POWER10_LEAST] = top(up);
		multiply(up);
	}
	down[LONG_BITS / 32] = UINT32_C(1) << LONG_BITS % 32;
	for (int q = -1; q >= POWER10_LEAST; q--) {
		struct power10 *p = &power10_table[q - POWER10_LEAST];

		divide(down);
		*p = top(down);
		if (++p->lo == 0)
			p->hi++;
	}
}
