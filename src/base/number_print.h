/*
 * number_print.h - from doubles to decimals, for number*.c only.
 */
#ifndef BASE_NUMBER_PRINT_H
#define BASE_NUMBER_PRINT_H

#include "base/number.h"

struct decimal { /* digits * 10^power */
	uint64_t digits;
	int power;
};

struct parts { /* of a finite value above 0: c * 2^q */
	uint64_t c;
	int q;
	bool is_normal;
};

struct parts parts_of(double value);

/*
 * The shortest decimal that reads back as c * 2^q, c > 0; it may end in zeroes. is_edge:
 * c is a power of two, so that the next double below may be only half as far. strict: as
 * Java up to 18 does it, which takes both sides of such a c for as narrow, and never a
 * decimal halfway between two doubles. At most 17 digits.
 */
struct decimal schubfach(uint64_t c, int q, bool is_edge, bool strict);
struct decimal no_zeroes(struct decimal d);

static inline bool
is_whole(double value, double below)
{
	return value < below && value == (double)(uint64_t)value;
}

/* What needs no digits; false: value is neither 0 nor infinite nor NaN. */
bool print_special(double value, const char *zero, const char *infinity, const char *nan,
		   char out[NUMBER_SIZE], size_t *n);

#endif
