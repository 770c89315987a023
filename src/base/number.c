/*
 * number - text to numbers, correctly rounded and fast.
 *
 * Up to 19 digits are a whole number w times a power of ten. Where both fit a double,
 * one multiplication rounds correctly (W. D. Clinger, "How to read floating point
 * numbers accurately", 1990); else w times the power's top 128 bits decides nearly
 * always (D. Lemire, "Number parsing at a gigabyte per second", arXiv 2101.11408).
 * What is left over goes to strtod(), without a decimal point, so that no locale has
 * a say.
 */
#include "base/number.h"

#include <math.h>
#include <stdlib.h>

#include "base/power10.h"

enum {
	DIGITS = 19,     /* that always fit 64 bits */
	ENOUGH = 780,    /* digits that tell any double from its neighbours' middle */
	FAR = 100000000, /* exponents beyond are as good as this one */
};

bool
number_parse_long(struct text t, int64_t *out)
{
	size_t i = t.size && (t.data[0] == '-' || t.data[0] == '+');
	const bool minus = i && t.data[0] == '-';
	const uint64_t most = (uint64_t)INT64_MAX + minus;
	uint64_t value = 0;

	if (i == t.size)
		return false;
	for (; i < t.size; i++) {
		unsigned digit = (unsigned char)t.data[i] - (unsigned)'0';

		if (digit > 9 || value > (most - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = (int64_t)(minus ? 0 - value : value);
	return true;
}

struct decimal {
	uint64_t w;       /* the first digits */
	int64_t exponent; /* of ten */
	bool is_cut;      /* there are more digits, not all zero */
	struct text text; /* digits and point, without leading zeroes */
};

/* Digits with at most one point among them; what follows stays in *t. */
static bool
take_digits(struct text *t, struct decimal *d)
{
	const char *p = t->data, *end = p + t->size, *point = NULL, *first = NULL;
	int64_t dropped = 0;
	size_t n = 0, digits = 0;

	for (; p < end; p++) {
		unsigned digit = (unsigned char)*p - (unsigned)'0';

		if (*p == '.' && !point) {
			point = p;
			continue;
		}
		if (digit > 9)
			break;
		digits++;
		if (n == 0 && digit == 0)
			continue;
		if (n == 0)
			first = p;
		if (n++ < DIGITS) {
			d->w = d->w * 10 + digit;
		} else {
			dropped++;
			d->is_cut |= digit != 0;
		}
	}
	d->exponent = dropped - (point ? p - point - 1 : 0);
	d->text = (struct text){ first ? first : p, (size_t)(p - (first ? first : p)) };
	*t = (struct text){ p, (size_t)(end - p) };
	return digits > 0;
}

/* e, a sign perhaps, digits: all that is left. */
static bool
take_exponent(struct text t, struct decimal *d)
{
	int64_t exponent = 0;
	bool minus;
	size_t i;

	if (t.size == 0)
		return true;
	if (t.data[0] != 'e' && t.data[0] != 'E')
		return false;
	i = 1 + (t.size > 1 && (t.data[1] == '-' || t.data[1] == '+'));
	minus = i == 2 && t.data[1] == '-';
	if (i == t.size)
		return false;
	for (; i < t.size; i++) {
		unsigned digit = (unsigned char)t.data[i] - (unsigned)'0';

		if (digit > 9)
			return false;
		if (exponent < FAR)
			exponent = exponent * 10 + digit;
	}
	d->exponent += minus ? -exponent : exponent;
	return true;
}

static double
compose(uint64_t fraction, int exponent)
{
	uint64_t bits = (uint64_t)exponent << 52 | (fraction & ((UINT64_C(1) << 52) - 1));
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

/* w times the power: hi and lo of 128 bits, as exact as needed. */
static uint64_t
scaled(uint64_t w, int q, uint64_t *lo)
{
	const struct power10 power = power10(q);
	const uint128 first = (uint128)w * power.hi;
	uint64_t hi = (uint64_t)(first >> 64);

	*lo = (uint64_t)first;
	if ((hi & 0x1ff) == 0x1ff) {
		uint64_t more = (uint64_t)(((uint128)w * power.lo) >> 64);

		*lo += more;
		hi += *lo < more;
	}
	return hi;
}

static bool
eisel_lemire(uint64_t w, int64_t q, double *out)
{
	int zeroes, exponent;
	uint64_t hi, lo, m;
	bool upper;

	if (w == 0 || q < POWER10_LEAST) {
		*out = 0;
		return true;
	}
	if (q > 308) {
		*out = INFINITY;
		return true;
	}
	zeroes = __builtin_clzll(w);
	hi = scaled(w << zeroes, (int)q, &lo);
	if (lo == UINT64_MAX && (q < -27 || q > POWER10_EXACT))
		return false;
	upper = hi >> 63;
	m = hi >> (upper + 9);
	exponent = power10_exponent((int)q) + 63 + upper - zeroes + 1023;
	if (exponent <= 0) { /* subnormal */
		if (exponent <= -63) {
			*out = 0;
			return true;
		}
		m >>= -exponent + 1;
		m = (m + (m & 1)) >> 1;
		*out = compose(m, m >> 52 != 0);
		return true;
	}
	/* Exactly in the middle: the even one. */
	if (lo <= 1 && q >= -4 && q <= 23 && (m & 3) == 1 && m << (upper + 9) == hi)
		m &= ~UINT64_C(1);
	m = (m + (m & 1)) >> 1;
	if (m >> 53) {
		m = UINT64_C(1) << 52;
		exponent++;
	}
	*out = exponent >= 0x7ff ? INFINITY : compose(m, exponent);
	return true;
}

/* As many digits as matter, and a one for all those after them. */
static double
slow(const struct decimal *d)
{
	char text[ENOUGH + 32];
	int64_t exponent = d->exponent;
	size_t n = 0, digits = 0;
	bool more = false;

	for (size_t i = 0; i < d->text.size; i++) {
		if (d->text.data[i] == '.')
			continue;
		if (n < ENOUGH)
			text[n++] = d->text.data[i];
		else
			more |= d->text.data[i] != '0';
		digits++;
	}
	/* d->exponent is that of the digit number DIGITS, or of the last one. */
	exponent += (int64_t)(digits < DIGITS ? digits : DIGITS) - (int64_t)n;
	if (more) {
		text[n++] = '1';
		exponent--;
	}
	if (exponent > FAR || exponent < -FAR)
		return exponent > 0 ? INFINITY : 0;
	text[n++] = 'e';
	number_print_long(exponent, text + n);
	return strtod(text, NULL);
}

bool
number_scale(uint64_t w, int64_t q, double *out)
{
	static const double exact[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
					1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
					1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

	if (w > UINT64_C(1) << 53 || q < -22 || q > 22)
		return eisel_lemire(w, q, out);
	*out = q < 0 ? (double)w / exact[-q] : (double)w * exact[q];
	return true;
}

static double
value_of(const struct decimal *d)
{
	double value, next;

	if (!number_scale(d->w, d->exponent, &value))
		return slow(d);
	if (d->is_cut && (!eisel_lemire(d->w, d->exponent, &value) ||
			  !eisel_lemire(d->w + 1, d->exponent, &next) || next != value))
		return slow(d);
	return value;
}

static bool
parse_word(struct text t, double *out)
{
	if (text_is_nocase(t, "nan"))
		*out = NAN;
	else if (text_is_nocase(t, "inf") || text_is_nocase(t, "infinity"))
		*out = INFINITY;
	else
		return false;
	return true;
}

bool
number_parse_float(struct text t, double *out)
{
	const bool sign = t.size && (t.data[0] == '-' || t.data[0] == '+');
	struct decimal d = { 0 };
	struct text rest;
	double value;

	if (t.size == sign)
		return false;
	rest = (struct text){ t.data + sign, t.size - sign };
	if (take_digits(&rest, &d)) {
		if (!take_exponent(rest, &d))
			return false;
		value = value_of(&d);
	} else if (!parse_word((struct text){ t.data + sign, t.size - sign }, &value)) {
		return false;
	}
	*out = sign && t.data[0] == '-' ? -value : value;
	return true;
}
