/*
 * csv_write - what Spark's CSV writer (univocity) makes of the same rows.
 *
 *   - A value is quoted if it holds the delimiter, the quote, CR or LF; quotes in it are
 *     doubled. The empty string is "", so that null, which is nothing, differs.
 *   - Blanks (bytes up to ' ') at both ends of strings and names are dropped: Spark's
 *     ignoreLeadingWhiteSpace and ignoreTrailingWhiteSpace are on when it writes
 *     (SPARK-18579), and Data Wrangler does not turn them off. Whether to quote is seen
 *     behind the leading blanks, but before the trailing ones go: "a\n" is "a" in quotes.
 *     A string of nothing but blanks is the empty one.
 *   - A row's first value is quoted if it begins with '#', before blanks are dropped:
 *     univocity takes that for a comment unless told otherwise, and Spark's readers of
 *     its files would too. Its names also.
 *   - A row of one column that is null is no line at all.
 *   - Doubles are Java's, moments ISO with milliseconds and zone.
 *   - Vectors and lists are text as Spark casts them; structs, and lists of structs, are
 *     JSON, without the members that are null, as to_json() does it.
 */
#include "io/csv_write.h"

#include "base/date.h"
#include "base/json.h"
#include "base/number.h"
#include "data/cast.h"

static bool
put(struct buffer *out, const char *text, struct error *err)
{
	return buffer_append(out, text, strlen(text), err);
}

static bool json_cell(const struct column *c, size_t row, struct buffer *out,
		      struct error *err);

static bool
json_list(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	const int64_t *end = column_longs(c) + row;

	if (!put(out, "[", err))
		return false;
	for (int64_t i = end[0]; i < end[1]; i++)
		if ((i > end[0] && !put(out, ",", err)) ||
		    !json_cell(c->children[0], (size_t)i, out, err))
			return false;
	return put(out, "]", err);
}

static bool
json_struct(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	bool any = false;

	if (!put(out, "{", err))
		return false;
	for (size_t i = 0; i < c->n_children; i++) {
		if (column_is_null(c->children[i], row))
			continue;
		if ((any && !put(out, ",", err)) ||
		    !json_write_string(text_of(c->names ? c->names[i] : ""), false, out,
				       err) ||
		    !put(out, ":", err) || !json_cell(c->children[i], row, out, err))
			return false;
		any = true;
	}
	return put(out, "}", err);
}

static bool
json_moment(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	char text[DATE_SIZE];
	size_t n = c->type == TYPE_DATE ? date_print(column_ints(c)[row], text)
					: datetime_print(column_longs(c)[row], text);

	return json_write_string((struct text){ text, n }, false, out, err);
}

static bool
json_cell(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	if (column_is_null(c, row))
		return put(out, "null", err);
	switch (c->type) {
	case TYPE_STRING:
		return json_write_string(column_text(c, row), false, out, err);
	case TYPE_DATE:
	case TYPE_DATETIME:
		return json_moment(c, row, out, err);
	case TYPE_OBJECT:
		return c->layout == LAYOUT_LIST ? json_list(c, row, out, err)
						: json_struct(c, row, out, err);
	case TYPE_FLOAT: {
		double x = column_floats(c)[row];
		bool finite = x - x == 0; /* others are words, and words are quoted */

		return (finite || put(out, "\"", err)) && cell_print(c, row, out, err) &&
		       (finite || put(out, "\"", err));
	}
	default:
		return cell_print(c, row, out, err);
	}
}

/* A struct that is no vector, at any depth of lists. */
static bool
is_json(const struct column *c)
{
	while (c->layout == LAYOUT_LIST && c->n_children)
		c = c->children[0];
	return c->layout == LAYOUT_STRUCT && !c->is_vector;
}

bool
csv_write_cell(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	char text[DATE_SIZE];

	if (column_is_null(c, row))
		return true;
	if (c->type == TYPE_DATETIME)
		return buffer_append(out, text,
				     datetime_print(column_longs(c)[row], text), err);
	if (c->type == TYPE_OBJECT && is_json(c))
		return json_cell(c, row, out, err);
	return cell_print(c, row, out, err);
}

/* The delimiter's and quote's places, looked up once. */
struct pen {
	const struct csv_style *style;
	size_t delimiter_size;
	bool special[256]; /* bytes that may make a value need quotes */
	struct buffer *out;
	struct buffer *scratch; /* for values that are built before they are quoted */
	struct error *err;
};

static bool
pen_init(struct pen *pen, const struct csv_style *style, struct buffer *out,
	 struct error *err)
{
	*pen = (struct pen){ .style = style, .out = out, .err = err };
	pen->delimiter_size = strnlen(style->delimiter, sizeof(style->delimiter));
	pen->special[(unsigned char)style->delimiter[0]] = true;
	pen->special['\n'] = pen->special['\r'] = true;
	if (style->quote)
		pen->special[(unsigned char)style->quote] = true;
	pen->scratch = buffer_new(0, err);
	return pen->scratch != NULL;
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

static bool
put_text(struct pen *pen, struct text t, bool first)
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
static bool
put_built(struct pen *pen, const struct column *c, size_t row, bool first)
{
	struct text t;

	pen->scratch->size = 0;
	if (!csv_write_cell(c, row, pen->scratch, pen->err))
		return false;
	t = (struct text){ pen->scratch->data, pen->scratch->size };
	return put_text(pen, t, first);
}

static bool
put_cell(struct pen *pen, const struct column *c, size_t row, bool first)
{
	char *to;

	if (column_is_null(c, row))
		return true;
	if (c->type == TYPE_STRING)
		return put_text(pen, column_text(c, row), first);
	if (c->type != TYPE_LONG && c->type != TYPE_FLOAT)
		return put_built(pen, c, row, first);
	if (!buffer_reserve(pen->out, NUMBER_SIZE, pen->err))
		return false;
	to = pen->out->data + pen->out->size;
	pen->out->size += c->type == TYPE_LONG
				  ? number_print_long(column_longs(c)[row], to)
				  : number_print_float(column_floats(c)[row], to);
	return true;
}

/* A delimiter that may stand in a number: then numbers are looked at like text. */
static bool
is_odd(const struct csv_style *style)
{
	return strchr("0123456789+-.:eEaAdfFinNIrstTuyxZ", style->delimiter[0]) != NULL ||
	       (style->quote && strchr("0123456789+-.:", style->quote) != NULL);
}

bool
csv_write_header(const struct csv_style *style, const struct schema *schema,
		 struct buffer *out, struct error *err)
{
	struct pen pen;
	bool ok = pen_init(&pen, style, out, err);

	for (size_t i = 0; ok && i < schema->n; i++)
		ok = (i == 0 ||
		      buffer_append(out, style->delimiter, pen.delimiter_size, err)) &&
		     put_text(&pen, text_of(schema->at[i].name), i == 0);
	buffer_drop(pen.scratch);
	return ok && buffer_append(out, "\n", 1, err);
}

bool
csv_write_batch(const struct csv_style *style, const struct batch *batch,
		struct buffer *out, struct error *err)
{
	struct pen pen;
	bool ok = pen_init(&pen, style, out, err), odd = is_odd(style);

	for (size_t row = 0; ok && row < batch->rows; row++) {
		if (batch->n == 1 && column_is_null(batch->at[0], row))
			continue;
		for (size_t i = 0; ok && i < batch->n; i++) {
			const struct column *c = batch->at[i];

			if (i)
				ok = buffer_append(out, style->delimiter,
						   pen.delimiter_size, err);
			ok = ok &&
			     (odd && c->type != TYPE_STRING && !column_is_null(c, row)
				      ? put_built(&pen, c, row, i == 0)
				      : put_cell(&pen, c, row, i == 0));
		}
		ok = ok && buffer_append(out, "\n", 1, err);
	}
	buffer_drop(pen.scratch);
	return ok;
}
