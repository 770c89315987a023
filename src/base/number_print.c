/*
 * number_print - the shortest decimal that reads back as the same double.
 *
 * The method is R. Giulietti's ("The Schubfach way to render doubles", 2020): scale
 * the value and its rounding interval by one power of ten, so that the interval holds
 * a whole number or two, and keep whether something was cut off in the last bit.
 */
#include "base/number.h"

#include <math.h>
#include <string.h>

#include "base/digits.h"
#include "base/power10.h"

/* The value is digits * 10^power. */
struct shortest {
	uint64_t digits;
	int power;
};

static int
floor_shift(int64_t x, int shift)
{
	return (int)(x >> shift);
}

/* x * g / 2^128, cut off; the last bit also says that there was more. */
static uint64_t
scale(struct power10 g, uint64_t x)
{
	const uint128 low = (uint128)g.lo * x;
	const uint128 high = (uint128)g.hi * x + (uint64_t)(low >> 64);

	return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

static struct power10
rounded_up(int q)
{
	struct power10 g = power10(q);

	if (q > POWER10_EXACT && ++g.lo == 0)
		g.hi++;
	return g;
}

/*
 * c * 2^q, c > 0; is_edge: c is a power of two, so that the next double below may be only
 * half as far. strict: as Java up to 18 does it, which takes both sides of such a c for
 * as narrow, and never a decimal halfway between two doubles.
 */
static struct shortest
schubfach(uint64_t c, int q, bool is_edge, bool strict)
{
	/* log10 of the interval's size, which is 1, 3/4 or 1/2; all * 2^22 */
	const int narrowed = !is_edge ? 0 : strict ? 1262611 : 524031;
	const int k = floor_shift((int64_t)q * 1262611 - narrowed, 22);
	const int h = q + power10_exponent(-k) + 1;
	const struct power10 g = rounded_up(-k);
	const bool open = strict || c & 1;
	const uint64_t middle = scale(g, (4 * c) << h), s = middle / 4, ten = s / 10;
	const uint64_t low = scale(g, (4 * c - 2 + is_edge) << h) + open;
	const uint64_t high = scale(g, (4 * c + 2 - (is_edge && strict)) << h) - open;
	bool down, up;

	if (s >= 10) {
		down = low <= 40 * ten;
		up = 40 * ten + 40 <= high;
		if (down != up)
			return (struct shortest){ ten + up, k + 1 };
	}
	down = low <= 4 * s;
	up = 4 * s + 4 <= high;
	if (down == up)
		up = middle > 4 * s + 2 || (middle == 4 * s + 2 && (s & 1));
	return (struct shortest){ s + up, k };
}

struct parts { /* of a finite value above 0: c * 2^q */
	uint64_t c;
	int q;
	bool is_normal;
};

static struct parts
parts_of(double value)
{
	uint64_t bits;
	int exponent;

	memcpy(&bits, &value, sizeof(bits));
	exponent = (int)(bits >> 52 & 0x7ff);
	bits &= (UINT64_C(1) << 52) - 1;
	return exponent
		       ? (struct parts){ bits | UINT64_C(1) << 52, exponent - 1075, true }
		       : (struct parts){ bits, -1074, false };
}

/* Eight zeroes at a time, then 4, 2, 1. */
static struct shortest
no_zeroes(struct shortest r)
{
	if (r.digits % 10)
		return r;
	while (r.digits % 100000000 == 0) {
		r.digits /= 100000000;
		r.power += 8;
	}
	if (r.digits % 10000 == 0) {
		r.digits /= 10000;
		r.power += 4;
	}
	if (r.digits % 100 == 0) {
		r.digits /= 100;
		r.power += 2;
	}
	if (r.digits % 10 == 0) {
		r.digits /= 10;
		r.power++;
	}
	return r;
}

static bool
is_whole(double value, double below)
{
	return value < below && value == (double)(uint64_t)value;
}

/* Of a finite value above 0; no zeroes at the end. */
static struct shortest
shortest_of(double value)
{
	const struct parts p = parts_of(value);
	const bool edge = p.c == UINT64_C(1) << 52 && p.q > -1074;

	if (is_whole(value, 0x1p53))
		return no_zeroes((struct shortest){ (uint64_t)value, 0 });
	return no_zeroes(schubfach(p.c, p.q, edge, false));
}

/* Up to eight bytes behind the last digit may be written, too. */
static size_t
put_digits(uint64_t value, char *out)
{
	size_t n;

	if (value < 100000000)
		return digits_put((uint32_t)value, out);
	n = put_digits(value / 100000000, out);
	digits_store(digits_of((uint32_t)(value % 100000000)) | DIGITS_ZEROES, out + n);
	return n + 8;
}

size_t
number_print_long(int64_t value, char out[NUMBER_SIZE])
{
	const bool minus = value < 0;
	size_t n;

	out[0] = '-';
	n = minus +
	    put_digits(minus ? 0 - (uint64_t)value : (uint64_t)value, out + minus);
	out[n] = '\0';
	return n;
}

/* How a language writes numbers. */
struct manner {
	int low, high;      /* plain from 10^low on and below 10^high */
	const char *whole;  /* behind a plain whole number, and a mantissa of one digit */
	bool is_whole_kept; /* the latter */
	const char *mark, *minus, *plus;
	int least_exponent; /* digits of it */
};

static const struct manner java = { -3, 7, ".0", true, "E", "-", "", 1 };
static const struct manner js = { -6, 21, "", false, "e", "-", "+", 1 };
static const struct manner python = { -4, 16, ".0", false, "e", "-", "+", 2 };

enum { MOST_DIGITS = 20 };

static char *
put(char *out, const char *text)
{
	while (*text)
		*out++ = *text++;
	return out;
}

/* n of MOST_DIGITS; all are copied, which is faster than to count. */
static char *
put_some(char *out, const char *digits, int n)
{
	memcpy(out, digits, MOST_DIGITS);
	return out + n;
}

static char *
put_zeroes(char *out, int n)
{
	for (; n > 0; n--)
		*out++ = '0';
	return out;
}

static char *
put_exponent(char *out, int exponent, const struct manner *m)
{
	const int size = exponent < 0 ? -exponent : exponent;

	out = put(put(out, m->mark), exponent < 0 ? m->minus : m->plus);
	if (m->least_exponent > 1 && size < 10)
		*out++ = '0';
	return out + put_digits((uint64_t)size, out);
}

static size_t
lay_out(struct shortest r, bool minus, const struct manner *m, char *start)
{
	char digits[2 * MOST_DIGITS + 8] = { 0 }, *out = start;
	const int n = (int)put_digits(r.digits, digits);
	const int first = n - 1 + r.power; /* power of the first digit */

	*out = '-';
	out += minus;
	if (first < m->low || first >= m->high) {
		*out++ = digits[0];
		if (n > 1) {
			*out++ = '.';
			out = put_some(out, digits + 1, n - 1);
		} else if (m->is_whole_kept) {
			out = put(out, m->whole);
		}
		out = put_exponent(out, first, m);
	} else if (first < 0) {
		out = put_zeroes(put(out, "0."), -first - 1);
		out = put_some(out, digits, n);
	} else if (r.power >= 0) {
		out = put_zeroes(put_some(out, digits, n), r.power);
		out = put(out, m->whole);
	} else {
		out = put_some(out, digits, first + 1);
		*out++ = '.';
		out = put_some(out, digits + first + 1, n - first - 1);
	}
	*out = '\0';
	return (size_t)(out - start);
}

/* 0, infinities and NaN need no digits; false: it is none of them. */
static bool
print_special(double value, const char *zero, const char *infinity, const char *nan,
	      char *out, size_t *n)
{
	char *end;

	if (value != 0 && isfinite(value))
		return false;
	*out = '-';
	end = put(out + (!isnan(value) && signbit(value)), isnan(value) ? nan
							   : value == 0 ? zero
									: infinity);
	*end = '\0';
	*n = (size_t)(end - out);
	return true;
}

/*
 * Java up to 18 (Spark's are 8 and 11) does not always find the shortest decimal:
 *
 *   - It takes a power of two for less wide than it is: 2^-44 has a digit more. And it
 *     never takes a decimal halfway between two doubles: 2e23 is 1.9999999999999998E23.
 *   - It writes a whole number below 2^63 out, but for as many digits at the end as
 *     differ between any two doubles of that size: 2^60 is 1.15292150460684698E18.
 *   - It never writes fewer than two digits and takes the nearest two: 4.9E-324. Only
 *     the smallest doubles are so coarse that this matters.
 */
static struct shortest
java_whole(double value, int q)
{
	struct shortest r = { (uint64_t)value, q > 2 ? (q - 2) * 1233 >> 12 : 0 };
	uint64_t unit = 1;

	for (int i = 0; i < r.power; i++)
		unit *= 10;
	r.digits = r.digits / unit + (unit > 1 && r.digits % unit >= unit / 2);
	return no_zeroes(r);
}

static struct shortest
two_digits(uint64_t c)
{
	const uint64_t digits = c * UINT64_C(49406564584124654); /* * 10^-340 */
	struct shortest r = { 0, -340 };
	uint64_t unit = 1;

	for (; digits / unit >= 100; unit *= 10)
		r.power++;
	r.digits = (digits + unit / 2) / unit;
	return r;
}

static struct shortest
java_digits(double value)
{
	const struct parts p = parts_of(value);
	const bool edge = (p.c & (p.c - 1)) == 0;
	struct shortest r;

	if (is_whole(value, 0x1p53))
		return no_zeroes((struct shortest){ (uint64_t)value, 0 });
	if (p.q > 0 && p.q <= 10)
		return java_whole(value, p.q);
	r = no_zeroes(schubfach(p.c, p.q, edge, true));
	if (!p.is_normal && p.c < 300 && r.digits > 1 && r.digits < 10)
		r = no_zeroes(two_digits(p.c));
	return r;
}

/*
 * Most numbers of tables have few digits. If d, a whole number of eight digits, divided
 * by 10^k (k <= 10) is the value, then d without the zeroes at its end are the digits:
 *
 *   - d and 10^k are exact and division rounds correctly, so d / 10^k reads back as the
 *     value.
 *   - Any two decimals of at most 15 digits are read as different doubles where doubles
 *     are normal (DBL_DIG; D. W. Matula, "In-and-out conversions", 1968), so no other one
 *     of up to 15 digits reads back as the value: none is shorter, none as short.
 *   - It is not halfway between two doubles, as Java does not allow: such a number is odd
 * * 2^q with an odd factor of 54 bits, which would divide d * 2^n.
 *   - Of a power of two, whose lower half of the interval Java takes for the upper one
 * too, it must be the exact value. Then the product is whole, as it is exact: a power of
 * two times 10^k, which has 24 bits.
 *
 * Returns 0 if there is no such d, or if it is no number between 10^-3 and 10^7, which
 * stand without an exponent.
 */
static size_t
print_short(double value, char *out)
{
	static const double powers[] = { 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3,
					 1e4,  1e5,  1e6,  1e7, 1e8, 1e9, 1e10 };
	uint64_t bits, digits;
	int exponent, first;
	double product, power;
	uint32_t d;
	size_t n;

	if (!(value >= 1e-3 && value < 1e7))
		return 0;
	memcpy(&bits, &value, sizeof(bits));
	exponent = (int)(bits >> 52) - 1023;
	first = floor_shift(exponent * 1233, 12); /* of 2^exponent, at most one less */
	first += value >= powers[first + 1 + 3];
	power = powers[7 - first + 3];
	product = value * power;
	d = (uint32_t)(product + 0.5);
	if (d < 10000000 || d > 99999999 || d / power != value ||
	    (!(bits << 12) && d != product))
		return 0;
	digits = digits_of(d);
	n = 8 - (size_t)__builtin_clzll(digits) / 8;
	digits |= DIGITS_ZEROES;
	if (first < 0) {
		memcpy(out, "0.00", 4);
		digits_store(digits, out + 1 - first);
		return n + 1 + (size_t)-first;
	}
	digits_store(digits, out);
	digits_store(digits >> 8 * (first + 1), out + first + 2);
	out[first + 1] = '.';
	return (n > (size_t)first + 1 ? n : (size_t)first + 2) + 1;
}

size_t
number_print_float(double value, char out[NUMBER_SIZE])
{
	const double size = fabs(value);
	size_t n;

	out[0] = '-';
	n = print_short(size, out + signbit(value));
	if (n) {
		n += signbit(value);
		out[n] = '\0';
		return n;
	}
	if (print_special(value, "0.0", "Infinity", "NaN", out, &n))
		return n;
	return lay_out(java_digits(size), signbit(value), &java, out);
}

size_t
number_print_js(double value, char out[NUMBER_SIZE])
{
	size_t n;

	if (print_special(value == 0 ? 0 : value, "0", "Infinity", "NaN", out, &n))
		return n;
	return lay_out(shortest_of(fabs(value)), signbit(value), &js, out);
}

size_t
number_print_python(double value, char out[NUMBER_SIZE])
{
	size_t n;

	if (print_special(value, "0.0", "inf", "nan", out, &n))
		return n;
	return lay_out(shortest_of(fabs(value)), signbit(value), &python, out);
}
