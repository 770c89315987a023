/* csv_pen - cells as CSV text, one by one: see csv_write.c for the rules. */
#include "io/csv_pen.h"

#include "base/number.h"

bool
pen_init(struct pen *pen, const struct csv_style *style, struct buffer *out,
	 struct error *err)
{
	const char marks[] = { style->delimiter[0], '\n', '\r',
			       style->quote ? style->quote : '\n' };

	*pen = (struct pen){ .style = style, .out = out, .err = err };
	pen->delimiter_size = strnlen(style->delimiter, sizeof(style->delimiter));
	for (size_t i = 0; i < COUNT(pen->marks); i++) {
		memset(pen->marks[i], marks[i], sizeof(pen->marks[i]));
		pen->special[(unsigned char)marks[i]] = true;
	}
	pen->scratch = buffer_new(0, err);
	return pen->scratch != NULL;
}

void
pen_release(struct pen *pen)
{
	buffer_drop(pen->scratch);
}

static bool
needs_quotes(const struct pen *pen, struct text t)
{
	const struct csv_style *style = pen->style;

	for (size_t i = 0; i < t.size; i++) {
		if (!pen->special[(unsigned char)t.data[i]])
			continue;
		if (t.data[i] != style->delimiter[0] || pen->delimiter_size == 1 ||
		    (t.size - i >= pen->delimiter_size &&
		     memcmp(t.data + i, style->delimiter, pen->delimiter_size) == 0))
			return true;
	}
	return false;
}

static bool
put_quoted(struct pen *pen, struct text t)
{
	const char quote = pen->style->quote;
	char *to;

	if (!buffer_reserve(pen->out, 2 * t.size + 2, pen->err))
		return false;
	to = pen->out->data + pen->out->size;
	*to++ = quote;
	for (size_t i = 0; i < t.size; i++) {
		if (t.data[i] == quote)
			*to++ = quote;
		*to++ = t.data[i];
	}
	*to++ = quote;
	pen->out->size = (size_t)(to - pen->out->data);
	return true;
}

bool
pen_text(struct pen *pen, struct text t, bool first)
{
	const bool comment = first && t.size && t.data[0] == '#';
	bool quoted;

	while (pen->style->trim && t.size && (unsigned char)t.data[0] <= ' ') {
		t.data++;
		t.size--;
	}
	quoted = pen->style->quote && (t.size == 0 || comment || needs_quotes(pen, t));
	while (pen->style->trim && t.size && (unsigned char)t.data[t.size - 1] <= ' ')
		t.size--;
	return quoted ? put_quoted(pen, t)
		      : buffer_append(pen->out, t.data, t.size, pen->err);
}

/* What is not a string: numbers and moments need no quotes but under an odd delimiter. */
bool
pen_built(struct pen *pen, const struct column *c, size_t row, bool first)
{
	struct text t;

	pen->scratch->size = 0;
	if (!csv_write_cell(c, row, pen->scratch, pen->err))
		return false;
	t = (struct text){ pen->scratch->data, pen->scratch->size };
	return pen_text(pen, t, first);
}

bool
pen_cell(struct pen *pen, const struct column *c, size_t row, bool first)
{
	char *to;

	if (column_is_null(c, row))
		return true;
	if (c->type == TYPE_STRING)
		return pen_text(pen, column_text(c, row), first);
	if (c->type != TYPE_LONG && c->type != TYPE_FLOAT)
		return pen_built(pen, c, row, first);
	if (!buffer_reserve(pen->out, NUMBER_SIZE, pen->err))
		return false;
	to = pen->out->data + pen->out->size;
	pen->out->size += c->type == TYPE_LONG
				  ? number_print_long(column_longs(c)[row], to)
				  : number_print_float(column_floats(c)[row], to);
	return true;
}
