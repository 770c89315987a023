/*
 * number_java - doubles as Java writes them, which is what most cells of tables are.
 *
 * Java up to 18 (Spark's are 8 and 11) does not always find the shortest decimal:
 *
 *   - It takes a power of two for less wide than it is: 2^-44 has a digit more. And it
 *     never takes a decimal halfway between two doubles: 2e23 is 1.9999999999999998E23.
 *   - It writes a whole number below 2^63 out, but for as many digits at the end as
 *     differ between any two doubles of that size: 2^60 is 1.15292150460684698E18.
 *   - It never writes fewer than two digits and takes the nearest two: 4.9E-324. Only
 *     the smallest doubles are so coarse that this matters.
 */
#include <math.h>
#include <string.h>

#include "base/digits.h"
#include "base/number_print.h"

enum { MOST_DIGITS = 18, LEAST_PLAIN = -3, MOST_PLAIN = 6 };

/*
 * Digits as text, eight a word, the first in the lowest byte, zeroes behind the n that
 * count; first is the power of ten of the first one, from LEAST_PLAIN to MOST_PLAIN.
 */
static size_t
lay_plain(uint64_t a, uint64_t b, uint64_t c, int n, int first, char *out)
{
	const int shift = 8 * (first + 1);

	if (first < 0) {
		memcpy(out, "0.00", 4);
		digits_store(a, out + 1 - first);
		digits_store(b, out + 9 - first);
		digits_store(c, out + 17 - first);
		return (size_t)(n + 1 - first);
	}
	digits_store(a, out);
	out[first + 1] = '.';
	out += first + 2;
	digits_store(a >> shift | b << (64 - shift), out);
	digits_store(b >> shift | c << (64 - shift), out + 8);
	out[16] = (char)(c >> shift); /* the last of 18 */
	return (size_t)(n > first + 1 ? n : first + 2) + 1;
}

static size_t
put_exponent(int power, char *out)
{
	out[0] = 'E';
	out[1] = '-';
	out += 1 + (power < 0);
	return 1 + (power < 0) + digits_put((uint32_t)(power < 0 ? -power : power), out);
}

/* At most MOST_DIGITS, which may end in zeroes. */
static size_t
lay_out(struct decimal r, char *out)
{
	static const uint64_t powers[MOST_DIGITS] = {
		1,
		UINT64_C(10),
		UINT64_C(100),
		UINT64_C(1000),
		UINT64_C(10000),
		UINT64_C(100000),
		UINT64_C(1000000),
		UINT64_C(10000000),
		UINT64_C(100000000),
		UINT64_C(1000000000),
		UINT64_C(10000000000),
		UINT64_C(100000000000),
		UINT64_C(1000000000000),
		UINT64_C(10000000000000),
		UINT64_C(100000000000000),
		UINT64_C(1000000000000000),
		UINT64_C(10000000000000000),
		UINT64_C(100000000000000000),
	};
	int n = (64 - __builtin_clzll(r.digits)) * 1233 >> 12, first;
	uint64_t whole, two, middle, last, a, b, c;
	size_t size;

	n += n < MOST_DIGITS && r.digits >= powers[n];
	first = n + r.power - 1;
	whole = r.digits * powers[MOST_DIGITS - n];
	two = digits_of((uint32_t)(whole / UINT64_C(10000000000000000))) >> 48;
	middle = digits_of((uint32_t)(whole / 100000000 % 100000000));
	last = digits_of((uint32_t)(whole % 100000000));
	n = last     ? 18 - __builtin_clzll(last) / 8
	    : middle ? 10 - __builtin_clzll(middle) / 8
		     : 1 + (two >> 8 > 0);
	a = (two | middle << 16) | DIGITS_ZEROES;
	b = (middle >> 48 | last << 16) | DIGITS_ZEROES;
	c = last >> 48 | DIGITS_ZEROES;
	if (first >= LEAST_PLAIN && first <= MOST_PLAIN)
		return lay_plain(a, b, c, n, first, out);
	size = lay_plain(a, b, c, n, 0, out);
	return size + put_exponent(first, out + size);
}

static struct decimal
java_whole(double value, int q)
{
	struct decimal r = { (uint64_t)value, q > 2 ? (q - 2) * 1233 >> 12 : 0 };
	uint64_t unit = 1;

	for (int i = 0; i < r.power; i++)
		unit *= 10;
	r.digits = r.digits / unit + (unit > 1 && r.digits % unit >= unit / 2);
	return r;
}

static struct decimal
two_digits(uint64_t c)
{
	const uint64_t digits = c * UINT64_C(49406564584124654); /* * 10^-340 */
	struct decimal r = { 0, -340 };
	uint64_t unit = 1;

	for (; digits / unit >= 100; unit *= 10)
		r.power++;
	r.digits = (digits + unit / 2) / unit;
	return r;
}

/* It may end in zeroes. */
static struct decimal
java_digits(double value)
{
	const struct parts p = parts_of(value);
	const bool edge = (p.c & (p.c - 1)) == 0;
	struct decimal r;

	if (is_whole(value, 0x1p53))
		return (struct decimal){ (uint64_t)value, 0 };
	if (p.q > 0 && p.q <= 10)
		return java_whole(value, p.q);
	r = schubfach(p.c, p.q, edge, true);
	if (!p.is_normal && p.c < 300) {
		r = no_zeroes(r);
		if (r.digits > 1 && r.digits < 10)
			r = two_digits(p.c);
	}
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
 *   - It is not halfway between two doubles, which Java does not take: 2^q times an odd
 *     number of 54 bits, which would have to divide d, or d times a power of two.
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

	if (!(value >= 1e-3 && value < 1e7))
		return 0;
	memcpy(&bits, &value, sizeof(bits));
	exponent = (int)(bits >> 52) - 1023;
	first = (exponent * 1233) >> 12; /* of 2^exponent, at most one less */
	first += value >= powers[first + 1 + 3];
	power = powers[7 - first + 3];
	product = value * power;
	d = (uint32_t)(product + 0.5);
	if (d < 10000000 || d > 99999999 || fabs(product - d) > 1e-6 ||
	    d / power != value || (!(bits << 12) && d != product))
		return 0;
	digits = digits_of(d);
	return lay_plain(digits | DIGITS_ZEROES, DIGITS_ZEROES, DIGITS_ZEROES,
			 8 - __builtin_clzll(digits) / 8, first, out);
}

size_t
number_print_float(double value, char out[NUMBER_SIZE])
{
	const double size = fabs(value);
	const bool minus = signbit(value);
	size_t n;

	out[0] = '-';
	n = print_short(size, out + minus);
	if (!n) {
		if (print_special(value, "0.0", "Infinity", "NaN", out, &n))
			return n;
		n = lay_out(java_digits(size), out + minus);
	}
	out[n + minus] = '\0';
	return n + minus;
}
