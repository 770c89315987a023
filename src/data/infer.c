/*
 * infer - counting what values look like, and the shares that decide.
 *
 * What looks like a null is found by how it begins, so "Nancy" is one: that is how the
 * stored schemas of flows were made.
 */
#include "data/infer.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/date.h"
#include "base/number.h"

static bool
is_space(uint32_t code)
{
	return (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x20) ||
	       code == 0x85 || code == 0xa0 || code == 0x1680 ||
	       (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
	       code == 0x202f || code == 0x205f || code == 0x3000;
}

/* Without what Python takes for white space at both ends. */
static struct text
strip(struct text t)
{
	size_t first = 0, end = 0;
	bool any = false;

	for (size_t at = 0; at < t.size;) {
		const size_t start = at;

		if (is_space(text_next(t, &at)))
			continue;
		if (!any)
			first = start;
		any = true;
		end = at;
	}
	return (struct text){ t.data + first, end - first };
}

static bool
is_null_like(struct text t, struct text stripped)
{
	static const char *const words[] = { "null", "none", "nil", "na" };

	if (stripped.size == 0)
		return true;
	for (size_t i = 0; i < COUNT(words); i++)
		if (t.size >= strlen(words[i]) &&
		    strncasecmp(t.data, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

/* Digits that a double holds exactly: an integer is what int() and float() make the same
 * of, so most numbers beyond 2^53 are none. */
static bool
is_integer(struct text t, double value)
{
	size_t i = t.size && (*t.data == '-' || *t.data == '+'), first;
	char exact[DBL_MAX_10_EXP + 2];

	while (i + 1 < t.size && t.data[i] == '0')
		i++;
	first = i;
	while (i < t.size && t.data[i] >= '0' && t.data[i] <= '9')
		i++;
	if (i < t.size || i == first)
		return false;
	if (fabs(value) < 0x1p53)
		return true;
	snprintf(exact, sizeof(exact), "%.0f", fabs(value));
	return text_is((struct text){ t.data + first, t.size - first }, exact);
}

unsigned
infer_looks_by_rules(struct text t)
{
	const struct text stripped = strip(t);
	unsigned looks = 0;
	int64_t micros;
	int32_t days;
	double value;

	if (is_null_like(t, stripped))
		return LOOKS_NULL;
	if (number_parse_float(stripped, &value) && isfinite(value))
		looks |=
			LOOKS_NUMERIC | (is_integer(stripped, value) ? LOOKS_INTEGER : 0);
	if (text_is_nocase(t, "true") || text_is_nocase(t, "false"))
		looks |= LOOKS_BOOL;
	if (date_parse_iso(t, &days))
		return looks | LOOKS_DATE;
	return looks | (datetime_parse_any(t, &micros) ? LOOKS_DATETIME : 0);
}

void
infer_count(struct infer *infer, unsigned looks, uint64_t n)
{
	infer->n += n;
	infer->nulls += looks & LOOKS_NULL ? n : 0;
	infer->numeric += looks & LOOKS_NUMERIC ? n : 0;
	infer->integer += looks & LOOKS_INTEGER ? n : 0;
	infer->boolean += looks & LOOKS_BOOL ? n : 0;
	infer->date += looks & LOOKS_DATE ? n : 0;
	infer->datetime += looks & LOOKS_DATETIME ? n : 0;
}

void
infer_add_text(struct infer *infer, const struct text *t)
{
	infer_count(infer, t ? infer_looks(*t) : LOOKS_NULL, 1);
}

/* What was seen last of each kind of text: values of a column repeat. */
struct seen {
	struct text text;
	unsigned looks;
	bool used;
};

enum { SEEN = 256 };

static unsigned
looks_of(struct seen seen[SEEN], struct text t)
{
	struct seen *s;
	unsigned place = (unsigned)t.size * 31;

	if (t.size)
		place += (unsigned char)t.data[0] * 7u +
			 (unsigned char)t.data[t.size / 2] * 5u +
			 (unsigned char)t.data[t.size - 1];
	s = &seen[place % SEEN];
	if (!s->used || !text_equal(s->text, t))
		*s = (struct seen){ t, infer_looks(t), true };
	return s->looks;
}

/* Codes are counted; each entry of the dictionary is looked at once. */
static bool
add_codes(struct infer *infer, const struct column *c, size_t first, size_t n)
{
	const struct column *words = c->dictionary;
	uint64_t *counts = calloc(words->rows + 1, sizeof(*counts));

	if (!counts)
		return false;
	for (size_t i = first; i < first + n; i++)
		counts[column_is_null(c, i) ? words->rows : (size_t)column_ints(c)[i]]++;
	infer_count(infer, LOOKS_NULL, counts[words->rows]);
	for (size_t i = 0; i < words->rows; i++)
		if (counts[i])
			infer_count(infer,
				    column_is_null(words, i)
					    ? LOOKS_NULL
					    : infer_looks(column_text(words, i)),
				    counts[i]);
	free(counts);
	return true;
}

void
infer_add(struct infer *infer, const struct column *c, size_t first, size_t n)
{
	struct seen seen[SEEN] = { 0 };

	if (c->layout == LAYOUT_DICTIONARY && c->dictionary->rows <= n &&
	    add_codes(infer, c, first, n))
		return;
	for (size_t i = first; i < first + n; i++)
		infer_count(infer,
			    column_is_null(c, i) ? LOOKS_NULL
						 : looks_of(seen, column_text(c, i)),
			    1);
}

void
infer_merge(struct infer *into, const struct infer *from)
{
	into->n += from->n;
	into->nulls += from->nulls;
	into->numeric += from->numeric;
	into->integer += from->integer;
	into->boolean += from->boolean;
	into->date += from->date;
	into->datetime += from->datetime;
}

static bool
is_most(uint64_t part, uint64_t of)
{
	return (double)part / (double)of > 0.8;
}

enum type
infer_type(const struct infer *infer)
{
	const uint64_t there = infer->n - infer->nulls;

	if (there == 0 || (infer->n >= INFER_ROWS && there < 1500) ||
	    (infer->n < INFER_ROWS && (double)there / (double)infer->n < 0.3))
		return TYPE_STRING;
	if (is_most(infer->numeric, there))
		return is_most(infer->integer, infer->numeric) ? TYPE_LONG : TYPE_FLOAT;
	if (is_most(infer->boolean, there))
		return TYPE_BOOL;
	if (is_most(infer->date, there))
		return infer->datetime ? TYPE_DATETIME : TYPE_DATE;
	return is_most(infer->date + infer->datetime, there) ? TYPE_DATETIME
							     : TYPE_STRING;
}
