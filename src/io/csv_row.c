/* csv_row - the rules of csv.h as a program, one byte after the other. */
#include <string.h>

#include "io/csv.h"

enum stop { STOP_DELIMITER, STOP_NEWLINE, STOP_END, STOP_OPEN };

static bool
is_delimiter(const struct csv_rules *rules, const char *p, const char *end)
{
	return *p == rules->delimiter[0] &&
	       (rules->delimiter_size == 1 ||
		((size_t)(end - p) >= rules->delimiter_size &&
		 memcmp(p, rules->delimiter, rules->delimiter_size) == 0));
}

/* The quote that closes, from behind the one that opened; NULL: none. */
static const char *
closing(const struct csv_rules *rules, const char *p, const char *end)
{
	while ((p = memchr(p, rules->quote, (size_t)(end - p)))) {
		if (p + 1 == end || p[1] != (char)rules->quote)
			return p;
		p += 2;
		if (p == end)
			break;
	}
	return NULL;
}

static bool
is_quoted(const struct csv_rules *rules, const char *p, const char *end)
{
	return rules->quote >= 0 && p < end && *p == (char)rules->quote;
}

/* Where the field at p ends, and at what. */
static enum stop
field_end(const struct csv_rules *rules, const char *p, const char *end, const char **at)
{
	if (is_quoted(rules, p, end)) {
		const char *close = p + 1 < end ? closing(rules, p + 1, end) : NULL;

		if (!close) {
			*at = end;
			return STOP_OPEN;
		}
		p = close + 1;
	}
	for (; p < end; p++) {
		*at = p;
		if (*p == rules->newline)
			return STOP_NEWLINE;
		if (is_delimiter(rules, p, end))
			return STOP_DELIMITER;
	}
	*at = end;
	return STOP_END;
}

bool
csv_has_quote(const struct csv_rules *rules, struct text t)
{
	return rules->quote >= 0 && t.size && memchr(t.data, rules->quote, t.size);
}

size_t
csv_row_size(const struct csv_rules *rules, struct text data, bool end)
{
	const char *p = data.data, *last = p + data.size, *at;

	if (data.size == 0)
		return 0;
	at = memchr(p, rules->newline, data.size);
	if (at && !csv_has_quote(rules, (struct text){ p, (size_t)(at - p) }))
		return (size_t)(at - p) + 1;
	for (;; p = at + rules->delimiter_size) {
		const char *newline;

		switch (field_end(rules, p, last, &at)) {
		case STOP_DELIMITER:
			continue;
		case STOP_NEWLINE:
			return (size_t)(at - data.data) + 1;
		case STOP_END:
			return end ? data.size : 0;
		case STOP_OPEN:
			if (!end)
				return 0;
			newline = memchr(p, rules->newline, (size_t)(last - p));
			return newline ? (size_t)(newline - data.data) + 1 : data.size;
		}
	}
}

struct text
csv_row_content(const struct csv_rules *rules, struct text row)
{
	if (row.size && row.data[row.size - 1] == rules->newline)
		row.size--;
	if (rules->newline == '\n' && row.size && row.data[row.size - 1] == '\r')
		row.size--;
	return row;
}

bool
csv_is_blank(const struct csv_rules *rules, struct text content)
{
	return rules->keeps_blanks ? content.size == 0 : text_is_blank(content);
}

bool
csv_field(const struct csv_rules *rules, struct text content, size_t *at,
	  struct text *raw)
{
	const char *end = content.data + content.size, *stop;
	enum stop why;

	if (*at > content.size)
		return false;
	why = field_end(rules, content.data + *at, end, &stop);
	*raw = (struct text){ content.data + *at, (size_t)(stop - content.data) - *at };
	*at = why == STOP_DELIMITER
		      ? (size_t)(stop - content.data) + rules->delimiter_size
		      : content.size + 1;
	return true;
}

/*
 * From behind the quote that opened to the one that closes (NULL: none), doubled quotes
 * become one, in place; *to is the new end. What is left over becomes quotes, so that
 * lines can still be counted in the bytes.
 */
static char *
unescape(const struct csv_rules *rules, char *from, char *end, char **to)
{
	const char quote = (char)rules->quote;
	char *p = from, *found;

	*to = from;
	for (;;) {
		found = p < end ? memchr(p, quote, (size_t)(end - p)) : NULL;
		from = found ? found : end;
		if (*to != p)
			memmove(*to, p, (size_t)(from - p));
		*to += from - p;
		if (!found || found + 1 == end || found[1] != quote)
			break;
		*(*to)++ = quote;
		p = found + 2;
	}
	memset(*to, quote, (size_t)(from - *to));
	return found;
}

enum csv_decoded
csv_decode(const struct csv_rules *rules, char *data, size_t size, struct text *value)
{
	char *end = data + size, *close, *to;

	*value = (struct text){ size ? data : NULL, size };
	if (!is_quoted(rules, data, end))
		return CSV_FINE;
	close = unescape(rules, data + 1, end, &to);
	if (!close ||
	    text_is_blank((struct text){ close + 1, (size_t)(end - close - 1) })) {
		*value = (struct text){ data + 1, (size_t)(to - data - 1) };
		if (value->size == 0) /* "" is null; a quote alone is a text */
			*value = (struct text){ close ? NULL : data, !close };
		return close ? CSV_FINE : CSV_NEVER_CLOSED;
	}
	memmove(to, close, (size_t)(end - close));
	*value = (struct text){ data, (size_t)(to - data) + (size_t)(end - close) };
	return CSV_TEXT_BEHIND_QUOTE;
}

uint64_t
csv_count_lines(const struct csv_rules *rules, struct text t)
{
	const char *end = t.data + t.size;
	uint64_t n = 0;

	for (const char *p = t.data; p < end; p++, n++) {
		p = memchr(p, rules->newline, (size_t)(end - p));
		if (!p)
			break;
	}
	return n;
}
