/*
 * date_any - a moment in whatever form people write it, as pandas and dateutil read it.
 *
 * The text is cut into numbers, words and signs, at most TOKENS of them. Numbers that
 * are no time and names of months are gathered, at most three, and then told apart:
 * the month is first unless it cannot be.
 */
#include <limits.h>
#include <strings.h>

#include "base/date.h"
#include "base/date_scan.h"

enum {
	TOKENS = 40,
	LONGEST = 14, /* digits: 20150701123000 */
	PIVOT = 75,   /* two digits below are 20xx */
};

enum kind { END, NUMBER, WORD, SIGN };

struct token {
	enum kind kind;
	struct text text;
};

struct moment {
	struct token token[TOKENS + 3]; /* the last ones are END */
	size_t n, at;
	int part[3]; /* day, month and year in the order they came */
	int parts;
	int year_at, month_at; /* which part is known to be it; -1: none is */
	bool has_time, has_zone, has_half;
	int sign; /* of an offset: behind a zone's name it is the other way round */
	struct civil civil;
	int offset;
};

static enum kind
kind_of(char c)
{
	if (c >= '0' && c <= '9')
		return NUMBER;
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? WORD : SIGN;
}

static bool
cut(struct moment *m, struct text t)
{
	for (size_t i = 0; i < t.size;) {
		const size_t start = i;
		const enum kind kind = kind_of(t.data[i]);

		if (m->n == TOKENS)
			return false;
		while (++i < t.size && kind != SIGN && kind_of(t.data[i]) == kind)
			;
		m->token[m->n++] = (struct token){ kind, { t.data + start, i - start } };
	}
	return true;
}

static const struct token *
peek(const struct moment *m, size_t ahead)
{
	return &m->token[m->at + ahead < m->n ? m->at + ahead : m->n];
}

static bool
is_sign(const struct token *t, char c)
{
	return t->kind == SIGN && *t->text.data == c;
}

/* Digits [first, first + n) of a number. */
static int
digits(struct text t, size_t first, size_t n)
{
	int value = 0;

	for (size_t i = first; i < first + n; i++)
		value = value * 10 + (t.data[i] - '0');
	return value;
}

static int
number(const struct token *t)
{
	return t->text.size > 9 ? INT_MAX : digits(t->text, 0, t->text.size);
}

static struct scan
scan_of(const struct token *t)
{
	return (struct scan){ t->text.data, t->text.data + t->text.size };
}

/* A month's name, whole or cut to three letters; 0: it is none. */
static int
month_of(const struct token *t)
{
	static const char *const sept[] = { "sept" };
	struct scan s;
	int month;

	if (t->kind != WORD)
		return 0;
	s = scan_of(t);
	month = scan_month(&s, true);
	if (month && s.at == s.end)
		return month;
	s = scan_of(t);
	if (scan_word(&s, sept, 1) && s.at == s.end)
		return 9;
	s = scan_of(t);
	month = scan_month(&s, false);
	return s.at == s.end ? month : 0;
}

static bool
is_weekday(const struct token *t)
{
	static const char *const longer[] = { "tues", "thur", "thurs", "weds" };
	struct scan s = scan_of(t);

	if (scan_weekday(&s, true) && s.at == s.end)
		return true;
	s = scan_of(t);
	if (scan_weekday(&s, false) && s.at == s.end)
		return true;
	s = scan_of(t);
	return scan_word(&s, longer, COUNT(longer)) && s.at == s.end;
}

/* 0: am, 12: pm, -1: neither. */
static int
half_of(const struct token *t)
{
	if (t->kind != WORD)
		return -1;
	if (text_is_nocase(t->text, "am") || text_is_nocase(t->text, "a"))
		return 0;
	if (text_is_nocase(t->text, "pm") || text_is_nocase(t->text, "p"))
		return 12;
	return -1;
}

static bool
is_one_of(struct text t, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_is_nocase(t, words[i]))
			return true;
	return false;
}

/* Words that only stand between others. */
static bool
is_filler(struct text t)
{
	static const char *const words[] = { "at", "on", "and", "ad", "m", "t",
					     "of", "st", "nd",  "rd", "th" };

	return is_one_of(t, words, COUNT(words));
}

static bool
is_zone(struct text t)
{
	static const char *const utc[] = { "z", "utc", "gmt" };

	if (is_one_of(t, utc, COUNT(utc)))
		return true;
	for (size_t i = 0; i < t.size; i++)
		if (t.data[i] < 'A' || t.data[i] > 'Z')
			return false;
	return t.size >= 3 && t.size <= 5;
}

static bool
add_part(struct moment *m, int value, size_t size)
{
	if (m->parts == 3)
		return false;
	if (size > 2) {
		if (m->year_at >= 0)
			return false;
		m->year_at = m->parts;
	}
	m->part[m->parts++] = value;
	return true;
}

static bool
add_month(struct moment *m, int month)
{
	if (m->parts == 3 || m->month_at >= 0)
		return false;
	m->month_at = m->parts;
	m->part[m->parts++] = month;
	return true;
}

/* 20150701, and 20150701123000 */
static bool
add_packed_date(struct moment *m, struct text t)
{
	if (!add_part(m, digits(t, 0, 4), 4) || !add_month(m, digits(t, 4, 2)) ||
	    !add_part(m, digits(t, 6, 2), 2))
		return false;
	if (t.size == 8)
		return true;
	m->has_time = true;
	m->civil.hour = digits(t, 8, 2);
	m->civil.minute = digits(t, 10, 2);
	m->civil.second = digits(t, 12, 2);
	return true;
}

/* Behind a whole date: hh, hhmm, hhmmss */
static bool
add_packed_time(struct moment *m, struct text t)
{
	m->has_time = true;
	m->civil.hour = digits(t, 0, 2);
	m->civil.minute = t.size > 2 ? digits(t, 2, 2) : 0;
	m->civil.second = t.size > 4 ? digits(t, 4, 2) : 0;
	return true;
}

/* A point or comma and digits behind a second. */
static void
add_fraction(struct moment *m)
{
	struct scan s;

	if ((!is_sign(peek(m, 0), '.') && !is_sign(peek(m, 0), ',')) ||
	    peek(m, 1)->kind != NUMBER)
		return;
	s = scan_of(peek(m, 1));
	scan_fraction(&s, 1, (int)(s.end - s.at), &m->civil.micro);
	m->at += 2;
}

/* h:m[:s[.f]], from its first number on. */
static bool
add_time(struct moment *m)
{
	if (m->has_time || peek(m, 2)->kind != NUMBER)
		return false;
	m->has_time = true;
	m->civil.hour = number(peek(m, 0));
	m->civil.minute = number(peek(m, 2));
	m->at += 3;
	if (!is_sign(peek(m, 0), ':'))
		return true;
	if (peek(m, 1)->kind != NUMBER)
		return false;
	m->civil.second = number(peek(m, 1));
	m->at += 2;
	add_fraction(m);
	return true;
}

/* The zone's distance, from its sign on: hh, hhmm, hh:mm */
static bool
add_offset(struct moment *m)
{
	const int sign = is_sign(peek(m, 0), '-') ? -m->sign : m->sign;
	const struct token *hour = peek(m, 1);
	int hours, minutes = 0;

	if (hour->kind != NUMBER || hour->text.size > 4 || hour->text.size == 3)
		return false;
	if (hour->text.size == 4) {
		hours = digits(hour->text, 0, 2);
		minutes = digits(hour->text, 2, 2);
		m->at += 2;
	} else {
		hours = number(hour);
		m->at += 2;
		if (is_sign(peek(m, 0), ':') && peek(m, 1)->kind == NUMBER) {
			minutes = number(peek(m, 1));
			m->at += 2;
		}
	}
	if (hours > 23 || minutes > 59)
		return false;
	m->offset = sign * (hours * 60 + minutes) * 60;
	m->has_zone = true;
	m->sign = 0;
	return true;
}

static bool
add_date_part(struct moment *m)
{
	const struct token *t = peek(m, 0);
	const int month = month_of(t);

	m->at++;
	return month ? add_month(m, month) : add_part(m, number(t), t->text.size);
}

/* a-b[-c] with any of the signs, whose parts belong together even behind a time. Two
 * numbers round a point are one with a fraction, no date. */
static bool
add_date(struct moment *m)
{
	const char sign = *peek(m, 1)->text.data;
	const int before = m->parts;

	if (!add_date_part(m))
		return false;
	for (int i = 0; i < 2; i++) {
		if (!is_sign(peek(m, 0), sign) ||
		    (peek(m, 1)->kind != NUMBER && !month_of(peek(m, 1))))
			break;
		m->at++;
		if (!add_date_part(m))
			return false;
	}
	return sign != '.' || m->parts - before == 3 || m->month_at >= 0;
}

static bool
is_dashed(const struct moment *m)
{
	const struct token *t = peek(m, 1);

	return (is_sign(t, '-') || is_sign(t, '/') || is_sign(t, '.')) &&
	       (peek(m, 2)->kind == NUMBER || month_of(peek(m, 2)));
}

/* 10 am */
static bool
has_half_behind(const struct moment *m)
{
	const size_t gap = is_sign(peek(m, 1), ' ');

	return !m->has_time && number(peek(m, 0)) <= 12 && half_of(peek(m, 1 + gap)) >= 0;
}

static bool
take_number(struct moment *m)
{
	const struct text t = peek(m, 0)->text;

	if (is_sign(peek(m, 1), ':'))
		return add_time(m);
	if (has_half_behind(m)) {
		m->has_time = true;
		m->civil.hour = number(peek(m, 0));
		m->at++;
		return true;
	}
	if (m->parts < 3 && is_dashed(m))
		return add_date(m);
	m->at++;
	if (m->parts == 0 && (t.size == 8 || (t.size == LONGEST && !m->has_time)))
		return add_packed_date(m, t);
	if (m->parts == 3 && !m->has_time &&
	    (t.size == 2 || t.size == 4 || t.size == 6)) {
		add_packed_time(m, t);
		if (t.size == 6)
			add_fraction(m);
		return true;
	}
	return t.size <= 4 && add_part(m, digits(t, 0, t.size), t.size);
}

static bool
take_half(struct moment *m, int half)
{
	if (!m->has_time || m->has_half)
		return false;
	m->has_half = true;
	if (m->civil.hour == 0) /* 0:30 is 12:30 */
		m->civil.hour = 12;
	m->civil.hour = hour_of_half(m->civil.hour, half);
	return m->civil.hour >= 0;
}

static bool
take_word(struct moment *m)
{
	const struct token *t = peek(m, 0);
	const int month = month_of(t), half = half_of(t);

	m->at++;
	if (month)
		return add_month(m, month);
	if (half >= 0)
		return take_half(m, half);
	if (is_weekday(t) || is_filler(t->text))
		return true;
	if (m->has_time && !m->has_zone && is_zone(t->text)) {
		m->has_zone = true;
		m->sign = -1;
		return true;
	}
	return false;
}

static bool
take_sign(struct moment *m)
{
	const struct token *t = peek(m, 0);

	/* sign is 0 once an offset was read. */
	if (m->has_time && m->sign && (is_sign(t, '+') || is_sign(t, '-')))
		return add_offset(m);
	m->at++;
	if (is_sign(t, '(') && m->has_zone && peek(m, 0)->kind == WORD &&
	    is_sign(peek(m, 1), ')')) {
		m->at += 2;
		return true;
	}
	return strchr(" \t\n\r,;-/.'", *t->text.data) && *t->text.data;
}

/* Which of the three parts is which; month_at and year_at are what is known. */
static void
tell_three(struct moment *m, int *year, int *month, int *day)
{
	const int *p = m->part;
	int y, d;

	if (m->month_at >= 0) {
		/* The two others: a large one is the year; else the last one, but
		 * behind a first month (Jul 1 15) and round a middle one (1 Jul 15). */
		const int a = m->month_at == 0, b = m->month_at == 2 ? 1 : 2;
		const bool first = m->month_at == 2 ? p[1] <= 31 : p[a] > 31;

		y = m->year_at >= 0 ? m->year_at : first ? a : b;
		d = y == a ? b : a;
		*month = p[m->month_at];
	} else if (p[0] > 31 || m->year_at == 0) {
		y = 0;
		d = 2;
		*month = p[1];
	} else {
		y = 2;
		d = p[0] > 12 ? 0 : 1;
		*month = p[1 - d];
	}
	*year = p[y];
	*day = p[d];
}

/* Month and year; false if there is no year. */
static bool
tell_two(struct moment *m, int *year, int *month)
{
	const int *p = m->part;
	const int known = m->month_at >= 0  ? 1 - m->month_at
			  : m->year_at >= 0 ? m->year_at
			  : p[0] > 31       ? 0
					    : 1;

	*year = p[known];
	*month = p[1 - known];
	return m->year_at >= 0 || *year > 31;
}

static bool
settle(struct moment *m)
{
	struct civil *c = &m->civil;

	c->day = 1;
	if (m->parts == 3)
		tell_three(m, &c->year, &c->month, &c->day);
	else if (m->parts != 2 || !tell_two(m, &c->year, &c->month))
		return false;
	if (c->year < 100 && m->year_at < 0)
		c->year += c->year < PIVOT ? 2000 : 1900;
	return true;
}

/* Nanoseconds since 1970 in 64 bits. */
static bool
is_held_by_pandas(int64_t micros)
{
	return micros >= INT64_MIN / 1000 && micros <= INT64_MAX / 1000;
}

bool
datetime_parse_any(struct text t, int64_t *micros)
{
	struct moment m = { .year_at = -1, .month_at = -1, .sign = 1 };
	int64_t found;

	if (!cut(&m, text_trim(t)))
		return false;
	while (m.at < m.n) {
		const enum kind kind = peek(&m, 0)->kind;

		if (!(kind == NUMBER ? take_number(&m)
		      : kind == WORD ? take_word(&m)
				     : take_sign(&m)))
			return false;
	}
	if (!settle(&m) || !civil_to_micros(&m.civil, m.offset, &found) ||
	    !is_held_by_pandas(found))
		return false;
	*micros = found;
	return true;
}
