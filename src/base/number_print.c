/*
 * number_print - the shortest decimal that reads back as the same double.
 *
 * The method is R. Giulietti's ("The Schubfach way to render doubles", 2020): scale
 * the value and its rounding interval by one power of ten, so that the interval holds
 * a whole number or two, and keep whether something was cut off in the last bit.
 */
#include "base/number_print.h"

#include <math.h>
#include <string.h>

#include "base/digits.h"
#include "base/power10.h"

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

struct decimal
schubfach(uint64_t c, int q, bool is_edge, bool strict)
{
	/* log10 of the interval's size, which is 1, 3/4 or 1/2; all * 2^22 */
	const int narrowed = !is_edge ? 0 : strict ? 1262611 : 524031;
	const int k = (int)(((int64_t)q * 1262611 - narrowed) >> 22);
	const int h = q + power10_exponent(-k) + 1;
	const struct power10 g = rounded_up(-k);
	const bool open = strict || c & 1;
	const uint64_t middle = scale(g, (4 * c) << h), s = middle / 4, ten = s / 10;
	const uint64_t low = scale(g, (4 * c - 2 + is_edge) << h) + open;
	const uint64_t high = scale(g, (4 * c + 2 - (is_edge && strict)) << h) - open;
	/* Is the value of one digit less, below or above, within; and that of all digits?
	 */
	const bool ten_down = s >= 10 && low <= 40 * ten;
	const bool ten_up = s >= 10 && 40 * ten + 40 <= high;
	const bool down = low <= 4 * s, up = 4 * s + 4 <= high;
	const bool nearer = middle > 4 * s + 2 - (s & 1);
	const uint64_t shorter = (ten + ten_up) * 10,
		       whole = s + (down != up ? up : nearer);

	/* Which it is nobody can guess: a choice without a jump. */
	return (struct decimal){
		whole ^ ((shorter ^ whole) & -(uint64_t)(ten_down != ten_up)), k
	};
}

struct parts
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
struct decimal
no_zeroes(struct decimal r)
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

/* Of a finite value above 0; no zeroes at the end. */
static struct decimal
shortest_of(double value)
{
	const struct parts p = parts_of(value);
	const bool edge = p.c == UINT64_C(1) << 52 && p.q > -1074;

	if (is_whole(value, 0x1p53))
		return no_zeroes((struct decimal){ (uint64_t)value, 0 });
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
lay_out(struct decimal r, bool minus, const struct manner *m, char *start)
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

bool
print_special(double value, const char *zero, const char *infinity, const char *nan,
	      char out[NUMBER_SIZE], size_t *n)
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
