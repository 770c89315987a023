/* cast_text - single values from text, as Spark's cast takes them. */
#include <math.h>

#include "base/date.h"
#include "base/number.h"
#include "data/cast.h"

static bool
is_blank(char c)
{
	return (unsigned char)c <= ' ' || c == 0x7f;
}

static struct text
trim(struct text t)
{
	while (t.size && is_blank(*t.data)) {
		t.data++;
		t.size--;
	}
	while (t.size && is_blank(t.data[t.size - 1]))
		t.size--;
	return t;
}

static bool
all_digits(struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		if (t.data[i] < '0' || t.data[i] > '9')
			return false;
	return true;
}

bool
cast_text_to_long(struct text t, int64_t *out)
{
	struct text whole = trim(t), fraction = { 0 };
	const char *point = whole.size ? memchr(whole.data, '.', whole.size) : NULL;
	bool sign;

	if (!point)
		return number_parse_long(whole, out);
	fraction =
		(struct text){ point + 1, (size_t)(whole.data + whole.size - point) - 1 };
	whole.size = (size_t)(point - whole.data);
	sign = whole.size == 1 && (*whole.data == '-' || *whole.data == '+');
	if (!all_digits(fraction))
		return false;
	if (whole.size > sign)
		return number_parse_long(whole, out);
	*out = 0; /* nothing before the point */
	return true;
}

/* The value of a hexadecimal digit; -1: it is none. */
static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Behind 0x: digits, perhaps with a point, and p with an exponent of two. 15 digits
 * are kept, and in the last bit whether there were more. */
static bool
parse_hex(struct text t, double *out)
{
	uint64_t w = 0;
	int64_t exponent = 0, power;
	size_t i = 0, digits = 0, kept = 0;
	bool point = false;

	for (; i < t.size; i++) {
		const int digit = hex_digit(t.data[i]);

		if (t.data[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (digit < 0)
			break;
		digits++;
		if (kept < 15) {
			w = w * 16 + (unsigned)digit;
			kept += w != 0;
			exponent -= point ? 4 : 0;
		} else {
			w |= digit != 0;
			exponent += point ? 0 : 4;
		}
	}
	if (!digits || i == t.size || (t.data[i] | 0x20) != 'p' ||
	    !number_parse_long((struct text){ t.data + i + 1, t.size - i - 1 }, &power))
		return false;
	if (power > 100000000 || power < -100000000)
		*out = w == 0 || power < 0 ? 0 : INFINITY;
	else
		*out = (double)scalblnl((long double)w, (long)(power + exponent));
	return true;
}

/* Java takes d, D, f, F behind a number; NaN and Infinity only as they are. */
static bool
parse_java(struct text t, double *out)
{
	bool sign = t.size && (*t.data == '-' || *t.data == '+');
	const char last = t.size ? (char)(t.data[t.size - 1] | 0x20) : '\0';
	struct text rest;

	if (t.size > 1 && (last == 'd' || last == 'f') &&
	    (t.data[t.size - 2] == '.' || (unsigned)(t.data[t.size - 2] - '0') <= 9))
		t.size--;
	if (t.size == 0)
		return false;
	rest = (struct text){ t.data + sign, t.size - sign };
	if (rest.size < 2 || rest.data[0] != '0' || (rest.data[1] | 0x20) != 'x')
		return number_parse_float(t, out) &&
		       !(sign && isnan(*out) && !text_is(rest, "NaN"));
	if (!parse_hex((struct text){ rest.data + 2, rest.size - 2 }, out))
		return false;
	if (sign && *t.data == '-')
		*out = -*out;
	return true;
}

bool
cast_text_to_float(struct text t, double *out)
{
	return parse_java(text_trim(t), out);
}

bool
cast_text_to_bool(struct text t, bool *out)
{
	static const char *const yes[] = { "t", "true", "y", "yes", "1" };
	static const char *const no[] = { "f", "false", "n", "no", "0" };
	const struct text word = trim(t);

	for (size_t i = 0; i < COUNT(yes); i++)
		if (text_is_nocase(word, yes[i]) || text_is_nocase(word, no[i])) {
			*out = text_is_nocase(word, yes[i]);
			return true;
		}
	return false;
}

bool
cast_text_to_date(struct text t, int32_t *out)
{
	return date_parse_spark(trim(t), out);
}

bool
cast_text_to_datetime(struct text t, int64_t *out)
{
	return datetime_parse_spark(trim(t), out);
}

int64_t
cast_float_to_long(double value)
{
	if (isnan(value))
		return 0;
	if (value >= 0x1p63)
		return INT64_MAX;
	return value <= -0x1p63 ? INT64_MIN : (int64_t)value;
}
