/*
 * digits.h - decimal digits, eight at a time: what the printers of numbers and moments
 * share with the writers of tables.
 *
 * A word holds a digit a byte, the first one in the lowest (P. Khuong, "How to print
 * integers really fast", 2017): halves are divided side by side in one register.
 */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define DIGITS_ZEROES UINT64_C(0x3030303030303030) /* added, they are text */

/* Of a value below 10^8. */
static inline uint64_t
digits_of(uint32_t value)
{
	const uint64_t fours = value / 10000 | (uint64_t)(value % 10000) << 32;
	const uint64_t upper = fours * 10486 >> 20 & UINT64_C(0x7f0000007f);
	const uint64_t twos = (fours - upper * 100) << 16 | upper;
	const uint64_t tens = twos * 103 >> 10 & UINT64_C(0x000f000f000f000f);

	return (twos - tens * 10) << 8 | tens;
}

/* Eight bytes, the lowest first. */
static inline void
digits_store(uint64_t word, char *out)
{
	word = htole64(word);
	memcpy(out, &word, sizeof(word));
}

/* Zeroes before the first digit that is none; 7 of 0. */
static inline unsigned
digits_leading(uint64_t digits)
{
	return (unsigned)__builtin_ctzll(digits | UINT64_C(1) << 56) / 8;
}

/* A value below 10^8 without zeroes in front; returns its length. Eight bytes are
 * written, whatever that is. */
static inline size_t
digits_put(uint32_t value, char *out)
{
	const uint64_t digits = digits_of(value);
	const unsigned leading = digits_leading(digits);

	digits_store((digits | DIGITS_ZEROES) >> 8 * leading, out);
	return 8 - leading;
}

/* The same of a value below 10^4, with a byte behind it. */
static inline size_t
digits_put4(uint32_t value, char end, char *out)
{
	const uint32_t upper = value * 10486 >> 20;
	const uint32_t twos = (value - upper * 100) << 16 | upper;
	const uint32_t tens = twos * 103 >> 10 & 0x000f000f;
	const uint32_t digits = (twos - tens * 10) << 8 | tens;
	const unsigned leading = (unsigned)__builtin_ctz(digits | 1 << 24) & 24;
	const uint64_t behind = (uint64_t)(unsigned char)end << (32 - leading);

	digits_store((uint64_t)(digits | 0x30303030) >> leading | behind, out);
	return 4 - leading / 8;
}

/* Whether a value from 0.01 to below 10^6, or 0, is printed as *hundredths / 100:
 * number_java.c says why it is (print_short()), and why a power of two must be so
 * exactly. */
static inline bool
digits_hundredths(double value, uint32_t *hundredths)
{
	const double product = value * 100;
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	if (bits >= UINT64_C(0x412e848000000000)) /* 10^6; a sign, infinity, NaN */
		return false;
	*hundredths = (uint32_t)(product + 0.5);
	return *hundredths / 100.0 == value && (bits << 12 || *hundredths == product);
}

#endif
