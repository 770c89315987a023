/*
 * infer - counting what values look like, and the shares that decide.
 *
 * What looks like a null is found by how it begins, so "Nancy" is one: that is how the
 * stored schemas of flows were made. A whole number is one that a long holds, where they
 * were made of those that a double holds: an ID of 17 digits became a float.
 */
#include "data/infer.h"

#include <math.h>
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

static bool
is_digits(struct text t)
{
	size_t i = t.size && (*t.data == '-' || *t.data == '+');

	if (i == t.size)
		return false;
	while (i < t.size && t.data[i] >= '0' && t.data[i] <= '9')
		i++;
	return i == t.size;
}

static unsigned
looks_of_number(struct text t)
{
	int64_t whole;

	if (number_parse_long(t, &whole))
		return LOOKS_NUMERIC | LOOKS_INTEGER;
	return LOOKS_NUMERIC | (is_digits(t) ? LOOKS_HUGE : 0);
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
		looks |= looks_of_number(stripped);
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
	infer->huge += looks & LOOKS_HUGE ? n : 0;
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
	into->huge += from->huge;
	into->boolean += from->boolean;
	into->date += from->date;
	into->datetime += from->datetime;
}

static bool
is_most(uint64_t part, uint64_t of)
{
	return (double)part / (double)of > 0.8;
}

/* A long would lose what is beyond it and a float the last digits, so a column of whole
 * numbers that has one stays as it is written. */
static enum type
type_of_numbers(const struct infer *infer)
{
	if (!is_most(infer->integer + infer->huge, infer->numeric))
		return TYPE_FLOAT;
	return infer->huge ? TYPE_STRING : TYPE_LONG;
}

enum type
infer_type(const struct infer *infer)
{
	const uint64_t there = infer->n - infer->nulls;

	if (there == 0 || (infer->n >= INFER_ROWS && there < 1500) ||
	    (infer->n < INFER_ROWS && (double)there / (double)infer->n < 0.3))
		return TYPE_STRING;
	if (is_most(infer->numeric, there))
		return type_of_numbers(infer);
	if (is_most(infer->boolean, there))
		return TYPE_BOOL;
	if (is_most(infer->date, there))
		return infer->datetime ? TYPE_DATETIME : TYPE_DATE;
	return is_most(infer->date + infer->datetime, there) ? TYPE_DATETIME
							     : TYPE_STRING;
}
