/* date_spark - the forms that Spark's cast from string takes, and those of ISO 8601. */
#include "base/date.h"

#include <string.h>

#include "base/date_scan.h"

bool
date_parse_iso(struct text t, int32_t *days)
{
	struct scan s = { t.data, t.data + t.size };
	struct civil c = { 0 };

	if (t.size != 10 || !scan_number(&s, 4, 4, &c.year) || !scan_char(&s, '-') ||
	    !scan_number(&s, 2, 2, &c.month) || !scan_char(&s, '-') ||
	    !scan_number(&s, 2, 2, &c.day) || !civil_is_valid(&c))
		return false;
	*days = date_days(c.year, c.month, c.day);
	return true;
}

/* Year, year-month or year-month-day. *parts: how many. digits: the most of the year. */
static bool
take_date(struct scan *s, int digits, struct civil *c, int *parts)
{
	const bool minus = scan_char(s, '-');

	if (!minus)
		scan_char(s, '+');
	*parts = 1;
	c->month = c->day = 1;
	if (!scan_number(s, 4, digits, &c->year))
		return false;
	if (minus)
		c->year = -c->year;
	if (scan_char(s, '-')) {
		*parts = 2;
		if (!scan_number(s, 1, 2, &c->month))
			return false;
	}
	if (*parts == 2 && scan_char(s, '-')) {
		*parts = 3;
		if (!scan_number(s, 1, 2, &c->day))
			return false;
	}
	return civil_is_valid(c);
}

static bool
take_gap(struct scan *s)
{
	return scan_char(s, 'T') || scan_char(s, ' ');
}

bool
date_parse_spark(struct text t, int32_t *days)
{
	struct scan s = { t.data, t.data + t.size };
	struct civil c = { 0 };
	int parts;

	if (t.size == 0 || !take_date(&s, 7, &c, &parts))
		return false;
	if (s.at < s.end && (parts < 3 || !take_gap(&s)))
		return false;
	if (c.year > 5881579 || c.year < -5877640)
		return false; /* more days than 32 bits hold */
	*days = date_days(c.year, c.month, c.day);
	return true;
}

static void
take_zone_name(struct scan *s)
{
	static const char *const names[] = { "Z", "UTC", "GMT", "UT" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const size_t size = strlen(names[i]);

		if (size <= (size_t)(s->end - s->at) &&
		    memcmp(s->at, names[i], size) == 0) {
			s->at += size;
			return;
		}
	}
}

/* Z, UTC, GMT, and [+-]h[h][:m[m]] or [+-]hhmm, also behind them. */
static bool
take_zone(struct scan *s, int *offset)
{
	int hours, minutes = 0;
	bool minus;

	*offset = 0;
	while (scan_char(s, ' '))
		;
	take_zone_name(s);
	if (s->at == s->end)
		return true;
	minus = scan_char(s, '-');
	if (!minus && !scan_char(s, '+'))
		return false;
	if (!scan_number(s, 1, 2, &hours))
		return false;
	if (s->at < s->end) {
		bool colon = scan_char(s, ':');

		if (!scan_number(s, colon ? 1 : 2, 2, &minutes))
			return false;
	}
	if (s->at < s->end || minutes > 59 || hours * 60 + minutes > 18 * 60)
		return false;
	*offset = (hours * 60 + minutes) * (minus ? -60 : 60);
	return true;
}

/* h[:m[:s[.f]]]; a zone may follow seconds only. */
static bool
take_time(struct scan *s, struct civil *c, int *offset)
{
	if (!scan_number(s, 1, 2, &c->hour))
		return false;
	if (!scan_char(s, ':'))
		return s->at == s->end;
	if (!scan_number(s, 1, 2, &c->minute))
		return false;
	if (!scan_char(s, ':'))
		return s->at == s->end;
	if (!scan_number(s, 1, 2, &c->second))
		return false;
	if (scan_char(s, '.') && !scan_fraction(s, 0, 1000, &c->micro))
		return false;
	return s->at == s->end || take_zone(s, offset);
}

bool
datetime_parse_spark(struct text t, int64_t *micros)
{
	struct scan s = { t.data, t.data + t.size };
	struct civil c = { 0 };
	int parts, offset = 0;

	if (t.size == 0 || !take_date(&s, 6, &c, &parts))
		return false;
	if (s.at < s.end && (parts < 3 || !take_gap(&s) || !take_time(&s, &c, &offset)))
		return false;
	return civil_to_micros(&c, offset, micros);
}
