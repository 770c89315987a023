/* json_number - the shortest digits that read back as the same value. */
#include "base/json_number.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

bool
long_of(struct text t, int64_t *out)
{
	const bool minus = t.size && t.data[0] == '-';
	uint64_t value = 0, limit = (uint64_t)INT64_MAX + minus;

	if (t.size == minus)
		return false;
	for (size_t i = minus; i < t.size; i++) {
		unsigned digit = (unsigned char)t.data[i] - (unsigned)'0';

		if (digit > 9 || value > (limit - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = minus ? (int64_t)(0 - value) : (int64_t)value;
	return true;
}

static double
read_c(const char *text)
{
	locale_t c = newlocale(LC_ALL_MASK, "C", NULL);
	double value = strtod_l(text, NULL, c);

	freelocale(c);
	return value;
}

bool
number_of(struct text t, double *out)
{
	char small[64], *text = small;

	if (t.size >= sizeof(small) && !(text = malloc(t.size + 1)))
		return false;
	memcpy(text, t.data, t.size);
	text[t.size] = '\0';
	*out = read_c(text);
	if (text != small)
		free(text);
	return true;
}

/* The digits, and the power of ten of the first. */
static int
shortest(double value, char digits[20])
{
	char text[40];
	size_t n = 0;

	for (int precision = 0; precision < 17; precision++) {
		snprintf(text, sizeof(text), "%.*e", precision, value);
		for (char *p = text; *p; p++)
			if (*p == ',')
				*p = '.';
		if (read_c(text) == value)
			break;
	}
	for (const char *p = text; *p != 'e'; p++)
		if (*p != '.')
			digits[n++] = *p;
	digits[n] = '\0';
	return atoi(strchr(text, 'e') + 1);
}

/* Plain from 10^low on and below 10^high, else with an exponent. */
static void
lay_out(double value, int low, int high, const char *whole, const char *exponent,
	char out[NUMBER_SIZE])
{
	char digits[20];
	int power = shortest(fabs(value), digits), n = (int)strlen(digits);
	const char *sign = signbit(value) ? "-" : "";
	char e[8];

	snprintf(e, sizeof(e), exponent, power);
	if (power < low || power >= high)
		snprintf(out, NUMBER_SIZE, "%s%c%s%se%s", sign, digits[0],
			 n > 1 ? "." : "", digits + 1, e);
	else if (power < 0)
		snprintf(out, NUMBER_SIZE, "%s0.%.*s%s", sign, -power - 1, "0000000",
			 digits);
	else if (n <= power + 1)
		snprintf(out, NUMBER_SIZE, "%s%s%.*s%s", sign, digits, power + 1 - n,
			 "000000000000000000000", whole);
	else
		snprintf(out, NUMBER_SIZE, "%s%.*s.%s", sign, power + 1, digits,
			 digits + power + 1);
}

void
print_js(double value, char out[NUMBER_SIZE])
{
	lay_out(value == 0 ? 0 : value, -6, 21, "", "%+d", out);
}

void
print_python(double value, char out[NUMBER_SIZE])
{
	lay_out(value, -4, 16, ".0", "%+03d", out);
}
