/*
 * date_pattern - dates by Java patterns and by strftime codes.
 *
 * Both are read from left to right without going back, so the time taken is that of
 * the text and the pattern once. Fields that a pattern lacks are those of 1970-01-01.
 */
#include "base/date.h"
#include "base/date_scan.h"

struct fields {
	struct civil civil;
	int half;   /* 0: am, 12: pm, -1: not said */
	int hour12; /* 0: not said */
	int day_of_year;
	int offset; /* seconds east of UTC */
};

static const struct fields none = { .civil = { .year = 1970, .month = 1, .day = 1 },
				    .half = -1 };

static bool
settle(struct fields *f, int64_t *micros)
{
	struct civil *c = &f->civil;

	if (f->hour12) {
		c->hour = hour_of_half(f->hour12, f->half > 0 ? f->half : 0);
		if (c->hour < 0)
			return false;
	}
	if (f->day_of_year) {
		const int hour = c->hour, minute = c->minute, second = c->second;
		const int micro = c->micro, year = c->year;

		date_civil(date_days(year, 1, 1) + f->day_of_year - 1, c);
		if (c->year != year)
			return false;
		c->hour = hour;
		c->minute = minute;
		c->second = second;
		c->micro = micro;
	}
	return civil_to_micros(c, f->offset, micros);
}

/* +hh, +hhmm, +hh:mm and seconds alike. minutes: 0 none, 1 perhaps, 2 there. */
static bool
take_offset(struct scan *s, int minutes, bool colon, int *offset)
{
	const bool minus = scan_char(s, '-');
	int hour, minute = 0;

	if (!minus && !scan_char(s, '+'))
		return false;
	if (!scan_number(s, 2, 2, &hour) || hour > 23)
		return false;
	if (minutes) {
		struct scan before = *s;

		if ((colon && !scan_char(s, ':')) || !scan_number(s, 2, 2, &minute) ||
		    minute > 59) {
			if (minutes == 2)
				return false;
			*s = before;
			minute = 0;
		}
	}
	*offset = (hour * 60 + minute) * (minus ? -60 : 60);
	return true;
}

static bool
take_zone_name(struct scan *s)
{
	static const char *const names[] = { "utc", "gmt", "z", "ut" };

	return scan_word(s, names, COUNT(names)) != 0;
}

/* n digits if the letter stands more than once, else one or two. */
static bool
take_two(struct scan *s, int n, int *out)
{
	return n <= 2 && scan_number(s, n, 2, out);
}

static bool
take_year(struct scan *s, int n, int *year)
{
	if (n != 2)
		return scan_number(s, n == 1 ? 1 : n, n == 1 ? 4 : n, year);
	if (!scan_number(s, 2, 2, year))
		return false;
	*year += 2000;
	return true;
}

static bool
take_java(struct scan *s, char letter, int n, struct fields *f)
{
	struct civil *c = &f->civil;

	switch (letter) {
	case 'y':
	case 'u':
		return n <= 7 && take_year(s, n, &c->year);
	case 'M':
	case 'L':
		return n > 2 ? (c->month = scan_month(s, n > 3)) != 0
			     : take_two(s, n, &c->month);
	case 'd':
		return take_two(s, n, &c->day);
	case 'D':
		return scan_number(s, n, 3, &f->day_of_year) && f->day_of_year > 0;
	case 'H':
		return take_two(s, n, &c->hour);
	case 'h':
		return take_two(s, n, &f->hour12) && f->hour12 > 0;
	case 'm':
		return take_two(s, n, &c->minute);
	case 's':
		return take_two(s, n, &c->second);
	case 'S':
		return scan_fraction(s, 1, n, &c->micro); /* as Spark reads them */
	case 'a':
		return (f->half = scan_half(s)) >= 0;
	case 'E':
		return scan_weekday(s, n > 3) != 0;
	case 'X':
	case 'x':
		if (letter == 'X' && scan_char(s, 'Z'))
			return true;
		return take_offset(s, n == 1 ? 1 : 2, n == 3 || n == 5, &f->offset);
	case 'Z':
		return take_offset(s, 2, n == 5, &f->offset);
	case 'z':
	case 'V':
		return take_zone_name(s);
	default:
		return false;
	}
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Behind a quoted literal; NULL if the text does not have it. */
static const char *
take_quoted(struct scan *s, const char *p)
{
	if (p[1] == '\'')
		return scan_char(s, '\'') ? p + 2 : NULL;
	for (p++; *p && *p != '\''; p++)
		if (!scan_char(s, *p))
			return NULL;
	return *p ? p + 1 : p;
}

/* Behind the bracket that closes the one before p. */
static const char *
skip_optional(const char *p)
{
	for (int depth = 1; *p && depth > 0; p++)
		depth += *p == '[' ? 1 : *p == ']' ? -1 : 0;
	return p;
}

/* One element of a pattern; NULL if the text does not have it. */
static const char *
take_element(struct scan *s, const char *p, struct fields *f)
{
	const char letter = *p;
	int n = 0;

	if (letter == '\'')
		return take_quoted(s, p);
	if (!is_letter(letter))
		return scan_char(s, letter) ? p + 1 : NULL;
	for (; *p == letter; p++)
		n++;
	return take_java(s, letter, n, f) ? p : NULL;
}

bool
datetime_parse_java(struct text t, const char *pattern, int64_t *micros)
{
	enum { DEEP = 8 };
	struct {
		struct scan scan;
		struct fields fields;
		const char *behind;
	} saved[DEEP];
	struct scan s = { t.data, t.data + t.size };
	struct fields f = none;
	const char *p = pattern;
	int depth = 0;

	while (*p) {
		const char *next;

		if (*p == '[') {
			if (depth == DEEP)
				return false;
			saved[depth].scan = s;
			saved[depth].fields = f;
			saved[depth++].behind = skip_optional(++p);
			continue;
		}
		if (*p == ']') {
			depth -= depth > 0;
			p++;
			continue;
		}
		next = take_element(&s, p, &f);
		if (!next) {
			if (depth == 0)
				return false;
			s = saved[--depth].scan;
			f = saved[depth].fields;
			next = saved[depth].behind;
		}
		p = next;
	}
	return s.at == s.end && settle(&f, micros);
}

/* One digit or two, not more than most: of "13", %m takes 1 and leaves 3. */
static bool
take_up_to(struct scan *s, int most, int *out)
{
	struct scan before = *s;

	if (!scan_number(s, 1, 2, out))
		return false;
	if (*out > most) {
		*s = before;
		return scan_number(s, 1, 1, out);
	}
	return true;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
take_day(struct scan *s, int *day)
{
	scan_char(s, ' ');
	return take_up_to(s, 31, day);
}

static bool
take_short_year(struct scan *s, int *year)
{
	if (!scan_number(s, 2, 2, year))
		return false;
	*year += *year < 69 ? 2000 : 1900;
	return true;
}

static bool
take_python_offset(struct scan *s, int *offset)
{
	struct scan before = *s;

	if (scan_char(s, 'Z'))
		return true;
	if (take_offset(s, 2, true, offset))
		return true;
	*s = before;
	return take_offset(s, 2, false, offset);
}

static bool
take_code(struct scan *s, char code, struct fields *f)
{
	struct civil *c = &f->civil;

	switch (code) {
	case 'Y':
		return scan_number(s, 4, 4, &c->year);
	case 'y':
		return take_short_year(s, &c->year);
	case 'm':
		return take_up_to(s, 12, &c->month);
	case 'd':
	case 'e':
		return take_day(s, &c->day);
	case 'H':
		return take_up_to(s, 23, &c->hour);
	case 'I':
		return take_up_to(s, 12, &f->hour12) && f->hour12 > 0;
	case 'M':
		return take_up_to(s, 59, &c->minute);
	case 'S':
		return take_up_to(s, 61, &c->second);
	case 'f':
		return scan_fraction(s, 1, 6, &c->micro);
	case 'j':
		return scan_number(s, 1, 3, &f->day_of_year) && f->day_of_year > 0;
	case 'b':
	case 'h':
		return (c->month = scan_month(s, false)) != 0;
	case 'B':
		return (c->month = scan_month(s, true)) != 0;
	case 'a':
		return scan_weekday(s, false) != 0;
	case 'A':
		return scan_weekday(s, true) != 0;
	case 'p':
		return (f->half = scan_half(s)) >= 0;
	case 'z':
		return take_python_offset(s, &f->offset);
	case 'Z':
		return take_zone_name(s);
	case '%':
		return scan_char(s, '%');
	default:
		return false;
	}
}

bool
datetime_parse_strftime(struct text t, const char *format, int64_t *micros)
{
	struct scan s = { t.data, t.data + t.size };
	struct fields f = none;

	for (const char *p = format; *p; p++) {
		if (is_space(*p)) {
			if (s.at == s.end || !is_space(*s.at))
				return false;
			while (s.at < s.end && is_space(*s.at))
				s.at++;
			while (is_space(p[1]))
				p++;
		} else if (*p == '%') {
			if (!*++p || !take_code(&s, *p, &f))
				return false;
		} else if (!scan_char(&s, *p)) {
			return false;
		}
	}
	return s.at == s.end && settle(&f, micros);
}
