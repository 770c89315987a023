/* Numbers are read and written exactly, in the words of each language. */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "check.h"

static const struct {
	const char *text;
	bool ok;
	int64_t value;
} longs[] = {
	{ "0", true, 0 },
	{ "-0", true, 0 },
	{ "+7", true, 7 },
	{ "007", true, 7 },
	{ "9223372036854775807", true, INT64_MAX },
	{ "-9223372036854775808", true, INT64_MIN },
	{ "9223372036854775808", false, 0 },
	{ "-9223372036854775809", false, 0 },
	{ "18446744073709551617", false, 0 },
	{ "0000000000000000000000000001", true, 1 },
	{ "", false, 0 },
	{ "-", false, 0 },
	{ "+", false, 0 },
	{ "--1", false, 0 },
	{ " 1", false, 0 },
	{ "1 ", false, 0 },
	{ "1.0", false, 0 },
	{ "1e3", false, 0 },
	{ "0x1", false, 0 },
};

static void
reads_longs(void)
{
	for (size_t i = 0; i < COUNT(longs); i++) {
		int64_t value = 0;

		CHECK(number_parse_long(text_of(longs[i].text), &value) == longs[i].ok);
		CHECK(!longs[i].ok || value == longs[i].value);
	}
}

static const struct {
	const char *text;
	double value;
} floats[] = {
	{ "0", 0.0 },
	{ "-0.0", -0.0 },
	{ "5.", 5.0 },
	{ ".5", 0.5 },
	{ "+.5e1", 5.0 },
	{ "1E5", 1e5 },
	{ "1e+5", 1e5 },
	{ "1e-5", 1e-5 },
	{ "0e999999999999999999999", 0.0 },
	{ "1e999999999999999999999", INFINITY },
	{ "-1e999999999999999999999", -INFINITY },
	{ "1e-999999999999999999999", 0.0 },
	{ "4.9E-324", 0x1p-1074 },
	{ "2.4703282292062327208e-324", 0.0 },
	{ "2.4703282292062328e-324", 0x1p-1074 },
	{ "2.2250738585072011e-308", 0x0.fffffffffffffp-1022 },
	{ "2.2250738585072014e-308", 0x1p-1022 },
	{ "1.7976931348623157e308", DBL_MAX },
	{ "1.7976931348623158e308", DBL_MAX },
	{ "1.7976931348623159e308", INFINITY },
	{ "9007199254740993", 9007199254740992.0 },
	{ "9007199254740993.0000000000000000000000000000000000001", 9007199254740994.0 },
	{ "9007199254740995", 9007199254740996.0 },
	{ "123456789012345678901234567890", 123456789012345678901234567890.0 },
	{ "0.1", 0.1 },
	{ "0.000000000000000000000000000000000000000000000000000000000001", 1e-60 },
	{ "100000000000000000000000000000000000000000000e-44", 1.0 },
	{ "inf", INFINITY },
	{ "-Infinity", -INFINITY },
	{ "+INF", INFINITY },
	{ "NaN", NAN },
	{ "-nan", NAN },
};

static const char *const no_floats[] = {
	"",    ".",   "-",    "e5",   "1e",    "1e+",   "1_0",   "0x10", "1.2.3", " 1",
	"1 ",  "1,5", "--1",  "infi", "nanan", "1e5.0", "1d",    "+",    "-.",    "1ee5",
	"+-1", "\n1", "1e 5", "- 1",  "NaN1",  "inf.",  "1e--5", "١",
};

static bool
same(double a, double b)
{
	return isnan(a) ? isnan(b) : a == b && signbit(a) == signbit(b);
}

static void
reads_floats(void)
{
	double value;

	for (size_t i = 0; i < COUNT(floats); i++) {
		bool ok = number_parse_float(text_of(floats[i].text), &value);

		CHECK(ok && same(value, floats[i].value));
		if (!ok || !same(value, floats[i].value))
			printf("'%s' read as %a\n", floats[i].text, value);
	}
	for (size_t i = 0; i < COUNT(no_floats); i++)
		CHECK(!number_parse_float(text_of(no_floats[i]), &value));
	CHECK(!number_parse_float((struct text){ "1\0", 2 }, &value));
	CHECK(!number_parse_float((struct text){ 0 }, &value));
}

/* A million digits, and what decides only at the far end. */
static void
reads_long_texts(void)
{
	enum { SIZE = 1000000 };
	char *text = malloc(SIZE + 32);
	double value = 0;

	memset(text, '0', SIZE);
	text[0] = '1';
	memcpy(text + SIZE, "e-999999", 8);
	CHECK(number_parse_float((struct text){ text, SIZE + 8 }, &value) && value == 1);
	/* Half way between 1 and its neighbour, then zeroes, then perhaps a one. */
	memcpy(text, "1.00000000000000011102230246251565404236316680908203125", 55);
	CHECK(number_parse_float((struct text){ text, SIZE }, &value) && value == 1);
	text[SIZE - 1] = '1';
	CHECK(number_parse_float((struct text){ text, SIZE }, &value) &&
	      value == 1 + DBL_EPSILON);
	memset(text, '0', SIZE);
	memcpy(text, "0.", 2);
	memcpy(text + SIZE, "25e1000000", 10);
	CHECK(number_parse_float((struct text){ text, SIZE + 10 }, &value) &&
	      value == 25);
	free(text);
}

static const struct {
	double value;
	const char *java, *js, *python;
} prints[] = {
	{ 0.0, "0.0", "0", "0.0" },
	{ -0.0, "-0.0", "0", "-0.0" },
	{ 35, "35.0", "35", "35.0" },
	{ -1.5, "-1.5", "-1.5", "-1.5" },
	{ 0.1, "0.1", "0.1", "0.1" },
	{ 0.001, "0.001", "0.001", "0.001" },
	{ 0.0001, "1.0E-4", "0.0001", "0.0001" },
	{ 0.00012, "1.2E-4", "0.00012", "0.00012" },
	{ 0.00001, "1.0E-5", "0.00001", "1e-05" },
	{ 0.000001, "1.0E-6", "0.000001", "1e-06" },
	{ 1e-7, "1.0E-7", "1e-7", "1e-07" },
	{ 1.5e-10, "1.5E-10", "1.5e-10", "1.5e-10" },
	{ 9999999, "9999999.0", "9999999", "9999999.0" },
	{ 1e7, "1.0E7", "10000000", "10000000.0" },
	{ 12345678.5, "1.23456785E7", "12345678.5", "12345678.5" },
	{ 1e10, "1.0E10", "10000000000", "10000000000.0" },
	{ 1e15, "1.0E15", "1000000000000000", "1000000000000000.0" },
	{ 1e16, "1.0E16", "10000000000000000", "1e+16" },
	{ 1e20, "1.0E20", "100000000000000000000", "1e+20" },
	{ 1e21, "1.0E21", "1e+21", "1e+21" },
	{ 1e22, "1.0E22", "1e+22", "1e+22" },
	{ 1e23, "9.999999999999999E22", "1e+23", "1e+23" },
	{ 123456789012345680000.0, "1.2345678901234568E20", "123456789012345680000",
	  "1.2345678901234568e+20" },
	{ 9007199254740993.0, "9.007199254740992E15", "9007199254740992",
	  "9007199254740992.0" },
	{ 2e23, "1.9999999999999998E23", "2e+23", "2e+23" },
	{ 7e22, "7.0000000000000004E22", "7e+22", "7e+22" },
	{ 0x1p-44, "5.6843418860808015E-14", "5.684341886080802e-14",
	  "5.684341886080802e-14" },
	{ 0x1p-22, "2.384185791015625E-7", "2.384185791015625e-7",
	  "2.384185791015625e-07" },
	{ 0x1p53, "9.007199254740992E15", "9007199254740992", "9007199254740992.0" },
	{ 0x1p54, "1.8014398509481984E16", "18014398509481984",
	  "1.8014398509481984e+16" },
	{ 0x1p57, "1.44115188075855872E17", "144115188075855870",
	  "1.4411518807585587e+17" },
	{ 0x1p60, "1.15292150460684698E18", "1152921504606847000",
	  "1.152921504606847e+18" },
	{ 0x1.fffffffffffffp62, "9.2233720368547748E18", "9223372036854775000",
	  "9.223372036854775e+18" },
	{ 0x1p63, "9.223372036854776E18", "9223372036854776000",
	  "9.223372036854776e+18" },
	{ 1e17, "1.0E17", "100000000000000000", "1e+17" },
	{ 0x20p-1074, "1.58E-322", "1.6e-322", "1.6e-322" },
	{ 20 * 0x1p-1074, "1.0E-322", "1e-322", "1e-322" },
	{ 0x1p-1074, "4.9E-324", "5e-324", "5e-324" },
	{ 0x1p-1073, "1.0E-323", "1e-323", "1e-323" },
	{ 0x3p-1074, "1.5E-323", "1.5e-323", "1.5e-323" },
	{ 0x1p-1072, "2.0E-323", "2e-323", "2e-323" },
	{ 10 * 0x1p-1074, "4.9E-323", "5e-323", "5e-323" },
	{ 202 * 0x1p-1074, "1.0E-321", "1e-321", "1e-321" },
	{ 0x1p-1022, "2.2250738585072014E-308", "2.2250738585072014e-308",
	  "2.2250738585072014e-308" },
	{ DBL_MAX, "1.7976931348623157E308", "1.7976931348623157e+308",
	  "1.7976931348623157e+308" },
	{ 1.0 / 3, "0.3333333333333333", "0.3333333333333333", "0.3333333333333333" },
	{ 2.0 / 3, "0.6666666666666666", "0.6666666666666666", "0.6666666666666666" },
	{ 49.6934285971809, "49.6934285971809", "49.6934285971809", "49.6934285971809" },
	{ 5e-100, "5.0E-100", "5e-100", "5e-100" },
	{ 75.5, "75.5", "75.5", "75.5" },
	{ -0.00375, "-0.00375", "-0.00375", "-0.00375" },
	{ 1234567.8, "1234567.8", "1234567.8", "1234567.8" },
	{ 9999999.9, "9999999.9", "9999999.9", "9999999.9" },
	{ 9999999.999999998, "9999999.999999998", "9999999.999999998",
	  "9999999.999999998" },
	{ 0.0010000000000000002, "0.0010000000000000002", "0.0010000000000000002",
	  "0.0010000000000000002" },
	{ 0.00999999999, "0.00999999999", "0.00999999999", "0.00999999999" },
	{ 0.1 + 0.2, "0.30000000000000004", "0.30000000000000004",
	  "0.30000000000000004" },
	{ 0.5, "0.5", "0.5", "0.5" },
	{ 0x1p-9, "0.001953125", "0.001953125", "0.001953125" },
	{ 0x1p-7, "0.0078125", "0.0078125", "0.0078125" },
	{ 2251799813685249.5, "2.2517998136852495E15", "2251799813685249.5",
	  "2251799813685249.5" },
	{ INFINITY, "Infinity", "Infinity", "inf" },
	{ -INFINITY, "-Infinity", "-Infinity", "-inf" },
	{ NAN, "NaN", "NaN", "nan" },
};

static void
prints_floats(void)
{
	char text[NUMBER_SIZE];

	for (size_t i = 0; i < COUNT(prints); i++) {
		CHECK(number_print_float(prints[i].value, text) ==
		      strlen(prints[i].java));
		CHECK_TEXT(text, prints[i].java);
		CHECK(number_print_js(prints[i].value, text) == strlen(prints[i].js));
		CHECK_TEXT(text, prints[i].js);
		CHECK(number_print_python(prints[i].value, text) ==
		      strlen(prints[i].python));
		CHECK_TEXT(text, prints[i].python);
	}
}

static void
prints_longs(void)
{
	static const struct {
		int64_t value;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ 7, "7" },
		{ -7, "-7" },
		{ 10, "10" },
		{ 99, "99" },
		{ 100, "100" },
		{ -105, "-105" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
	};
	char text[NUMBER_SIZE];

	for (size_t i = 0; i < COUNT(cases); i++) {
		CHECK(number_print_long(cases[i].value, text) == strlen(cases[i].text));
		CHECK_TEXT(text, cases[i].text);
	}
}

static uint64_t
next(uint64_t *seed)
{
	*seed += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t z = *seed;

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* Digits of a text with an exponent or without. */
static size_t
digits_of(const char *text)
{
	size_t n = 0, zeroes = 0;

	for (; *text && *text != 'e'; text++) {
		if (*text < '0' || *text > '9' || (n == 0 && *text == '0'))
			continue;
		n++;
		zeroes = *text == '0' ? zeroes + 1 : 0;
	}
	return n - zeroes;
}

/* Random bits: the C library reads back the same value, ours too, and no text of one
 * digit less is it. */
static void
goes_round(void)
{
	uint64_t seed = 7;

	for (int i = 0; i < 20000; i++) {
		uint64_t bits = next(&seed) >> (i % 3 ? 0 : i % 60);
		char text[NUMBER_SIZE], shorter[64];
		double value, again = 0;
		size_t n;

		memcpy(&value, &bits, sizeof(value));
		if (!isfinite(value) || value == 0)
			continue;
		number_print_js(value, text);
		CHECK(strtod(text, NULL) == value);
		CHECK(number_parse_float(text_of(text), &again) && again == value);
		n = digits_of(text);
		if (n > 1) {
			snprintf(shorter, sizeof(shorter), "%.*e", (int)n - 2, value);
			CHECK(strtod(shorter, NULL) != value);
		}
	}
}

/* Values of few digits, their neighbours, and others, from 10^-3 to 10^7. */
static double
plain_value(uint64_t *seed)
{
	const uint64_t bits = next(seed), how = next(seed);
	double value = (double)(bits % 100000000), power = 1;
	uint64_t word;

	for (uint64_t k = how % 11; k > 0; k--)
		power *= 10;
	value /= power;
	memcpy(&word, &value, sizeof(word));
	word += how >> 8 & 1 ? (how >> 9) % 7 - 3 : 0;
	if (!(how >> 20 & 7))
		word = (UINT64_C(1013) + (how >> 32) % 34) << 52 | bits >> 12;
	memcpy(&value, &word, sizeof(value));
	return how >> 63 ? -value : value;
}

/* Numbers of few digits have a way of their own in Java's manner; the other manners,
 * which do without, find the same digits. */
static void
prints_plain(void)
{
	uint64_t seed = 11, bits;

	for (int i = 0; i < 1000000; i++) {
		const double value = plain_value(&seed);
		char text[NUMBER_SIZE], other[NUMBER_SIZE + 2];
		size_t n;

		memcpy(&bits, &value, sizeof(bits));
		if (!(fabs(value) >= 1e-3 && fabs(value) < 1e7) || !(bits << 12))
			continue; /* Java has other digits for powers of two */
		n = number_print_js(value, other);
		if (!strchr(other, '.'))
			memcpy(other + n, ".0", 3);
		n = number_print_float(value, text);
		if (n != strlen(other) || strcmp(text, other) != 0)
			CHECK_TEXT(text, other);
	}
}

/* Of every length, the neighbours of powers of ten. */
static void
prints_long_ends(void)
{
	char text[NUMBER_SIZE], wanted[NUMBER_SIZE];
	int64_t power = 1;

	for (int digits = 1; digits <= 18; digits++, power *= 10)
		for (int64_t value = power - 1; value <= power + 1; value++) {
			snprintf(wanted, sizeof(wanted), "%lld", (long long)value);
			CHECK(number_print_long(value, text) == strlen(wanted));
			CHECK_TEXT(text, wanted);
			snprintf(wanted, sizeof(wanted), "%lld", -(long long)value);
			CHECK(number_print_long(-value, text) == strlen(wanted));
			CHECK_TEXT(text, wanted);
		}
}

int
main(void)
{
	reads_longs();
	reads_floats();
	reads_long_texts();
	prints_floats();
	prints_longs();
	prints_long_ends();
	prints_plain();
	goes_round();
	if (setlocale(LC_ALL, "de_DE.UTF-8")) { /* a decimal comma changes nothing */
		reads_floats();
		prints_floats();
	}
	return check_report();
}
