/*
 * map_text - one pass over the texts of a column, and the padding and stripping that
 * several operators are made of.
 */
#include "op/map_text.h"

#include "data/cast.h"

const struct param map_text_params[] = {
	PARAM_COLUMNS(struct map_text, input_column, "Input column", "columns to format"),
	PARAM_NAME(struct map_text, output_column, "Output column",
		   "column to make; empty: the input column changes", .preset = ""),
	{ 0 },
};

bool
map_text_shape(const void *fields, const void *learned, const struct schema *in,
	       struct shape *out, struct error *err)
{
	const struct map_text *f = fields;

	(void)learned;
	return shape_replace(out, in, f->input_column.at[0], f->output_column,
			     TYPE_STRING, err);
}

/* The mapped texts of a string column of plain layout, nulls kept. */
static struct column *
map_rows(const struct column *in,
	 bool (*map)(const void *, struct text, struct buffer *, struct error *),
	 const void *with, struct error *err)
{
	struct column *out = column_new(TYPE_STRING, in->rows, err);
	int64_t *ends;

	if (!out)
		return NULL;
	ends = column_longs(out);
	for (size_t i = 0; i < in->rows; i++) {
		if (!column_is_null(in, i) &&
		    !map(with, column_text(in, i), out->bytes, err)) {
			column_drop(out);
			return NULL;
		}
		ends[i + 1] = (int64_t)out->bytes->size;
	}
	out->validity = buffer_share(in->validity);
	out->nulls = in->nulls;
	return out;
}

/* The same codes into a mapped dictionary. */
static struct column *
map_dictionary(struct column *in,
	       bool (*map)(const void *, struct text, struct buffer *, struct error *),
	       const void *with, struct error *err)
{
	struct column *dictionary = map_rows(in->dictionary, map, with, err), *out;

	if (!dictionary)
		return NULL;
	out = column_share(in);
	if (!column_edit(&out, err)) {
		column_drop(dictionary);
		column_drop(out);
		return NULL;
	}
	column_drop(out->dictionary);
	out->dictionary = dictionary;
	return out;
}

bool
map_text(const struct column *in,
	 bool (*map)(const void *with, struct text in, struct buffer *out,
		     struct error *err),
	 const void *with, struct column **out, struct error *err)
{
	struct column *texts;

	if (!cast_column(in, TYPE_STRING, &texts, err))
		return false;
	if (texts->layout == LAYOUT_DICTIONARY && texts->dictionary->rows <= texts->rows)
		*out = map_dictionary(texts, map, with, err);
	else
		*out = map_rows(texts, map, with, err);
	column_drop(texts);
	return *out != NULL;
}

bool
pad_check(int64_t width, const char *fill, struct error *err)
{
	if (width > PAD_WIDTH_MAX)
		return fail(err, "width: must be at most %d, but is %lld", PAD_WIDTH_MAX,
			    (long long)width);
	if (text_count(text_of(fill)) > 1)
		return fail(err, "fill_character: must be one character, but is '%s'",
			    fill);
	return true;
}

static bool
put_fill(struct text fill, int64_t n, struct buffer *out, struct error *err)
{
	for (; n > 0; n--)
		if (!buffer_append(out, fill.data, fill.size, err))
			return false;
	return true;
}

/* The first n characters. */
static struct text
head(struct text t, int64_t n)
{
	size_t at = 0;

	for (; n > 0 && at < t.size; n--)
		text_next(t, &at);
	return (struct text){ t.data, at };
}

bool
pad_text(const void *with, struct text in, struct buffer *out, struct error *err)
{
	const struct pad *pad = with;
	int64_t length = (int64_t)text_count(in), more = pad->width - length;
	int64_t left = 0;

	if (pad->side != PAD_CENTER)
		in = head(in, pad->width);
	if (pad->side == PAD_LEFT)
		left = more;
	else if (pad->side == PAD_CENTER && more > 0)
		left = more / 2 + (more & pad->width & 1);
	return put_fill(pad->fill, left, out, err) &&
	       buffer_append(out, in.data, in.size, err) &&
	       put_fill(pad->fill, pad->side == PAD_LEFT ? 0 : more - left, out, err);
}

struct charset
charset_of(const char *characters)
{
	struct charset set = { .others = text_of(characters) };

	for (const char *c = characters; *c; c++)
		if ((unsigned char)*c < 0x80)
			set.ascii[(unsigned char)*c] = true;
	return set;
}

bool
charset_has(const struct charset *set, uint32_t code)
{
	if (code < 0x80)
		return set->ascii[code];
	for (size_t at = 0; at < set->others.size;)
		if (text_next(set->others, &at) == code)
			return true;
	return false;
}

struct strip
strip_of(const char *characters, bool left, bool right)
{
	static const char blanks[] =
		"\t\n\v\f\r\x1c\x1d\x1e\x1f \xc2\x85"
		"\u00a0\u1680\u2000\u2001\u2002\u2003"
		"\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f"
		"\u3000";

	return (struct strip){ charset_of(characters[0] ? characters : blanks), left,
			       right };
}

/* Stripping both ends takes one pass: remember where the last kept character ends. */
bool
strip_text(const void *with, struct text in, struct buffer *out, struct error *err)
{
	const struct strip *strip = with;
	size_t first = SIZE_MAX, end = 0;

	for (size_t at = 0; at < in.size;) {
		size_t start = at;

		if (charset_has(&strip->set, text_next(in, &at)))
			continue;
		first = start < first ? start : first;
		end = at;
	}
	if (first == SIZE_MAX) /* nothing but what is stripped */
		return true;
	first = strip->left ? first : 0;
	end = strip->right ? end : in.size;
	return buffer_append(out, in.data + first, end - first, err);
}
