/* infer - counts and shares; four fifths decide. */
#include "data/infer.h"

#include <math.h>

#include "base/date.h"
#include "base/number.h"

/* White space as Python's str.strip() sees it. */
static bool
is_space(uint32_t code)
{
	return (code >= 9 && code <= 13) || (code >= 28 && code <= 32) || code == 0x85 ||
	       code == 0xa0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200a) ||
	       code == 0x2028 || code == 0x2029 || code == 0x202f || code == 0x205f ||
	       code == 0x3000;
}

static struct text
strip(struct text t)
{
	size_t at = 0, first = t.size, last = 0;

	while (at < t.size) {
		size_t before = at;

		if (is_space(text_next(t, &at)))
			continue;
		if (before < first)
			first = before;
		last = at;
	}
	return last ? (struct text){ t.data + first, last - first }
		    : (struct text){ t.data, 0 };
}

static bool
begins_with(struct text t, const char *word)
{
	size_t n = strlen(word);

	return t.size >= n && text_is_nocase((struct text){ t.data, n }, word);
}

static bool
is_null_like(struct text t)
{
	return strip(t).size == 0 || begins_with(t, "null") || begins_with(t, "none") ||
	       begins_with(t, "nil") || begins_with(t, "na");
}

static bool
is_integer(struct text t)
{
	size_t i = t.size && (t.data[0] == '-' || t.data[0] == '+');

	if (i == t.size)
		return false;
	for (; i < t.size; i++)
		if (t.data[i] < '0' || t.data[i] > '9')
			return false;
	return true;
}

static void
add_value(struct infer *infer, struct text t)
{
	struct text bare = strip(t);
	double x;
	int32_t days;
	int64_t micros;

	if (is_null_like(t)) {
		infer->null_likes++;
	} else if (number_parse_float(bare, &x) && isfinite(x)) {
		infer->numbers++;
		infer->integers += is_integer(bare);
	} else if (text_is_nocase(t, "true") || text_is_nocase(t, "false")) {
		infer->bools++;
	} else if (date_parse_iso(t, &days)) {
		infer->dates++;
		infer->datetimes++;
	} else if (datetime_parse_any(t, &micros)) {
		infer->datetimes++;
	}
}

void
infer_add(struct infer *infer, const struct column *column, size_t n)
{
	infer->rows += n;
	for (size_t i = 0; i < n; i++)
		if (column_is_null(column, i))
			infer->nulls++;
		else
			add_value(infer, column_text(column, i));
}

void
infer_merge(struct infer *into, const struct infer *from)
{
	into->rows += from->rows;
	into->nulls += from->nulls;
	into->null_likes += from->null_likes;
	into->numbers += from->numbers;
	into->integers += from->integers;
	into->bools += from->bools;
	into->dates += from->dates;
	into->datetimes += from->datetimes;
}

/* Most of all: more than four fifths. */
static bool
most(uint64_t part, uint64_t all)
{
	return (double)part / (double)all > 0.8;
}

enum type
infer_type(const struct infer *infer)
{
	uint64_t n = infer->rows, full = n - infer->nulls - infer->null_likes;

	if (full == 0 || (n >= INFER_ROWS && full < 1500) ||
	    (n < INFER_ROWS && (double)full / (double)n < 0.3))
		return TYPE_STRING;
	if (most(infer->numbers, full))
		return most(infer->integers, infer->numbers) ? TYPE_LONG : TYPE_FLOAT;
	if (most(infer->bools, full))
		return TYPE_BOOL;
	if (most(infer->dates, full))
		return infer->datetimes > infer->dates ? TYPE_DATETIME : TYPE_DATE;
	return most(infer->datetimes, full) ? TYPE_DATETIME : TYPE_STRING;
}
