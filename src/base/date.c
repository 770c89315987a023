/*
 * date - days and microseconds, taken apart and put together.
 *
 * Years are counted from March on, so that the leap day is the last one; 400 of them
 * are an era of always the same length.
 */
#include "base/date.h"

#include <strings.h>

#include "base/date_scan.h"
#include "base/date_words.h"

enum { ERA_DAYS = 146097, TO_1970 = 719468 };

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int32_t
date_days(int year, int month, int day)
{
	const int64_t y = (int64_t)year - (month <= 2);
	const int64_t era = floor_div(y, 400), of_era = y - era * 400;
	const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return (int32_t)(era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 +
			 of_year - TO_1970);
}

/* Days since 0000-03-01, not many (C. Neri and L. Schneider, "Euclidean affine functions
 * and their application to calendar algorithms", 2022): products instead of quotients. */
static void
near_civil(uint32_t days, struct civil *out)
{
	const uint32_t quarters = 4 * days + 3;
	const uint32_t century = quarters / ERA_DAYS;
	const uint32_t of_century = quarters % ERA_DAYS | 3;
	const uint64_t years = UINT64_C(2939745) * of_century; /* * 2^32 */
	const uint32_t of_year = (uint32_t)years / 2939745 / 4;
	const uint32_t months = 2141 * of_year + 197913; /* * 2^16 */
	const bool next = of_year >= 306;                /* January, February */

	*out = (struct civil){ .year = (int)(100 * century + (years >> 32) + next),
			       .month = (int)(months >> 16) - (next ? 12 : 0),
			       .day = (int)((months & 0xffff) / 2141) + 1 };
}

void
date_civil(int32_t days, struct civil *out)
{
	const int64_t z = (int64_t)days + TO_1970;
	const int64_t era = floor_div(z, ERA_DAYS), of_era = z - era * ERA_DAYS;
	const int64_t y =
		(of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	const int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	const int64_t m = (5 * of_year + 2) / 153;

	if (z >= 0 && z < 1 << 24) {
		near_civil((uint32_t)z, out);
		return;
	}
	*out = (struct civil){ .day = (int)(of_year - (153 * m + 2) / 5 + 1),
			       .month = (int)(m < 10 ? m + 3 : m - 9) };
	out->year = (int)(y + era * 400 + (out->month <= 2));
}

int64_t
datetime_micros(const struct civil *c)
{
	const int64_t seconds = (c->hour * 60 + c->minute) * INT64_C(60) + c->second;

	return date_days(c->year, c->month, c->day) * DAY_MICROS + seconds * 1000000 +
	       c->micro;
}

void
datetime_civil(int64_t micros, struct civil *out)
{
	const int64_t days = floor_div(micros, DAY_MICROS);
	const int64_t rest = micros % DAY_MICROS;
	const int64_t of_day = rest < 0 ? rest + DAY_MICROS : rest;
	const int seconds = (int)(of_day / 1000000);

	date_civil((int32_t)days, out);
	out->hour = seconds / 3600;
	out->minute = seconds / 60 % 60;
	out->second = seconds % 60;
	out->micro = (int)(of_day % 1000000);
}

static int
month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

bool
civil_is_valid(const struct civil *c)
{
	return c->month >= 1 && c->month <= 12 && c->day >= 1 &&
	       c->day <= month_days(c->year, c->month) && c->hour >= 0 && c->hour < 24 &&
	       c->minute >= 0 && c->minute < 60 && c->second >= 0 && c->second < 60 &&
	       c->micro >= 0 && c->micro < 1000000;
}

/* Room for 290,000 years is enough: more microseconds do not fit. */
bool
civil_to_micros(const struct civil *civil, int offset, int64_t *micros)
{
	if (!civil_is_valid(civil) || civil->year > 290000 || civil->year < -290000)
		return false;
	*micros = datetime_micros(civil) - offset * INT64_C(1000000);
	return true;
}

/* At least width digits. */
static char *
put_number(char *out, unsigned value, int width)
{
	char digits[12];
	int n = 0;

	for (; value > 0 || n < width; value /= 10)
		digits[n++] = (char)('0' + value % 10);
	while (n > 0)
		*out++ = digits[--n];
	return out;
}

static char *
put_date(char *out, const struct civil *c)
{
	uint64_t words[2];

	if (c->year >= 0 && c->year <= 9999) {
		date_words(c, words);
		digits_store(words[0], out);
		digits_store(words[1], out + 8);
		return out + 10;
	}
	if (c->year < 0)
		*out++ = '-';
	else if (c->year > 9999)
		*out++ = '+';
	out = put_number(out, (unsigned)(c->year < 0 ? -c->year : c->year), 4);
	*out++ = '-';
	out = put_number(out, (unsigned)c->month, 2);
	*out++ = '-';
	return put_number(out, (unsigned)c->day, 2);
}

static char *
put_time(char *out, const struct civil *c)
{
	digits_store(clock_word((uint32_t)(c->hour * 60 + c->minute) * 60 +
				(uint32_t)c->second),
		     out);
	return out + 8;
}

static size_t
end_text(char *out, char *end)
{
	*end = '\0';
	return (size_t)(end - out);
}

size_t
date_print(int32_t days, char out[DATE_SIZE])
{
	struct civil c;

	date_civil(days, &c);
	return end_text(out, put_date(out, &c));
}

size_t
datetime_print(int64_t micros, char out[DATE_SIZE])
{
	const int64_t days = floor_div(micros, DAY_MICROS);
	uint64_t words[2];
	struct civil c;
	char *p;

	date_civil((int32_t)days, &c);
	p = put_date(out, &c);
	/* of the first days there are, not all microseconds fit 64 bits */
	clock_words((uint32_t)(((uint64_t)micros - (uint64_t)days * DAY_MICROS) / 1000),
		    words);
	digits_store(words[0], p);
	digits_store(words[1], p + 6);
	return end_text(out, p + 14);
}

size_t
datetime_print_sql(int64_t micros, char out[DATE_SIZE])
{
	struct civil c;
	char *p;

	datetime_civil(micros, &c);
	p = put_date(out, &c);
	*p++ = ' ';
	p = put_time(p, &c);
	if (c.micro) {
		*p++ = '.';
		digits_store((digits_of((uint32_t)c.micro) | DIGITS_ZEROES) >> 16, p);
		p += 6;
		while (p[-1] == '0')
			p--;
	}
	return end_text(out, p);
}

bool
scan_number(struct scan *s, int least, int most, int *out)
{
	int value = 0, n = 0;

	for (; n < most && s->at < s->end && *s->at >= '0' && *s->at <= '9'; n++)
		value = value * 10 + (*s->at++ - '0');
	*out = value;
	return n >= least;
}

bool
scan_char(struct scan *s, char c)
{
	if (s->at == s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}

bool
scan_fraction(struct scan *s, int least, int most, int *micro)
{
	int n = 0;

	*micro = 0;
	for (; n < most && s->at < s->end && *s->at >= '0' && *s->at <= '9'; n++, s->at++)
		if (n < 6)
			*micro = *micro * 10 + (*s->at - '0');
	for (int i = n; i < 6; i++)
		*micro *= 10;
	return n >= least;
}

int
scan_word(struct scan *s, const char *const *words, size_t n)
{
	size_t longest = 0;
	int found = 0;

	for (size_t i = 0; i < n; i++) {
		size_t size = strlen(words[i]);

		if (size > longest && size <= (size_t)(s->end - s->at) &&
		    strncasecmp(words[i], s->at, size) == 0) {
			longest = size;
			found = (int)i + 1;
		}
	}
	s->at += longest;
	return found;
}

int
scan_month(struct scan *s, bool whole)
{
	static const char *const names[] = { "january", "february", "march",
					     "april",   "may",      "june",
					     "july",    "august",   "september",
					     "october", "november", "december" };
	static const char *const brief[] = { "jan", "feb", "mar", "apr", "may", "jun",
					     "jul", "aug", "sep", "oct", "nov", "dec" };

	return scan_word(s, whole ? names : brief, COUNT(names));
}

int
scan_weekday(struct scan *s, bool whole)
{
	static const char *const names[] = { "monday",   "tuesday", "wednesday",
					     "thursday", "friday",  "saturday",
					     "sunday" };
	static const char *const brief[] = { "mon", "tue", "wed", "thu",
					     "fri", "sat", "sun" };

	return scan_word(s, whole ? names : brief, COUNT(names));
}

int
scan_half(struct scan *s)
{
	static const char *const names[] = { "am", "pm" };

	switch (scan_word(s, names, COUNT(names))) {
	case 1:
		return 0;
	case 2:
		return 12;
	default:
		return -1;
	}
}

int
hour_of_half(int hour, int half)
{
	return hour < 1 || hour > 12 ? -1 : hour % 12 + half;
}
