/*
 * infer_looks - what a value looks like, without the long way through every parser.
 *
 * Only what the rules (infer_looks_by_rules()) surely say of a shape is said here:
 *
 *	- Digits, a sign before them: a whole number; a moment too only if there are 8
 *	  or 14 of them (20150701, 20150701123000).
 *	- Digits, a point, digits, perhaps an exponent: a number, never a moment.
 *	- What begins with a letter or is not ASCII is no number (nan and inf are not
 *	  finite), and without a digit no moment, as a moment has a year.
 *
 * The rest is left to the rules.
 */
#include "base/date.h"
#include "data/infer.h"

enum {
	EXACT = 18, /* digits that every long holds */
	FINITE = 99 /* digits, and with them an exponent of two digits, are no infinity */
};

static bool
is_digit(char c)
{
	return (unsigned char)(c - '0') <= 9;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool
is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static const char *
pass_digits(const char *p, const char *end)
{
	while (p < end && is_digit(*p))
		p++;
	return p;
}

static bool
is_exponent(const char *p, const char *end)
{
	const char *first;

	if (p == end || lower(*p) != 'e')
		return false;
	p++;
	p += p < end && (*p == '-' || *p == '+');
	first = p;
	p = pass_digits(p, end);
	return p == end && p - first >= 1 && p - first <= 2;
}

/* Of what begins with a sign or digit; false: the rules must say. */
static bool
looks_of_number(struct text t, unsigned *looks)
{
	const char *end = t.data + t.size;
	const char *first = t.data + (*t.data == '-' || *t.data == '+');
	const char *point = pass_digits(first, end), *last;
	const size_t n = (size_t)(point - first);

	*looks = LOOKS_NUMERIC;
	if (n == 0 || n > FINITE)
		return false;
	if (point == end) {
		*looks |= LOOKS_INTEGER;
		return n <= EXACT && n != 8 && n != 14;
	}
	last = pass_digits(point + 1, end);
	return *point == '.' && last > point + 1 && (size_t)(last - point) <= FINITE &&
	       (last == end || is_exponent(last, end));
}

static bool
begins_with(struct text t, const char *word, size_t n)
{
	if (t.size < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (lower(t.data[i]) != word[i])
			return false;
	return true;
}

static bool
begins_as_null(struct text t)
{
	return begins_with(t, "null", 4) || begins_with(t, "none", 4) ||
	       begins_with(t, "nil", 3) || begins_with(t, "na", 2);
}

static bool
has_digit(struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		if (is_digit(t.data[i]))
			return true;
	return false;
}

/* May the word that t begins with begin a moment? Months, days of the week, and words
 * that stand between; by their first two letters. */
static bool
may_begin_moment(struct text t)
{
	static const char pairs[] = "jafemaapjuauseocnodemotuwethfrsasuatonanadofstndrd";
	const char a = lower(t.data[0]);

	if (t.size < 2 || !is_letter(t.data[1]))
		return a == 'm' || a == 't';
	for (size_t i = 0; pairs[i]; i += 2)
		if (a == pairs[i] && lower(t.data[1]) == pairs[i + 1])
			return true;
	return false;
}

static unsigned
looks_of_word(struct text t)
{
	int64_t micros;

	if (lower(*t.data) == 'n' && begins_as_null(t))
		return LOOKS_NULL;
	if ((t.size == 4 && begins_with(t, "true", 4)) ||
	    (t.size == 5 && begins_with(t, "false", 5)))
		return LOOKS_BOOL;
	return may_begin_moment(t) && has_digit(t) && datetime_parse_any(t, &micros)
		       ? LOOKS_DATETIME
		       : 0;
}

unsigned
infer_looks(struct text t)
{
	unsigned looks;

	if (t.size == 0)
		return LOOKS_NULL;
	if (is_letter(*t.data))
		return looks_of_word(t);
	if (is_digit(*t.data) || *t.data == '-' || *t.data == '+')
		if (looks_of_number(t, &looks))
			return looks;
	/* Latin and most of Greek and Cyrillic, no white space among them: no number,
	 * and no moment begins so. */
	if ((unsigned char)*t.data >= 0xc3 && (unsigned char)*t.data <= 0xdf &&
	    t.size > 1 && ((unsigned char)t.data[1] & 0xc0) == 0x80)
		return 0;
	return infer_looks_by_rules(t);
}
