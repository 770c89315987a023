/*
 * cast - whole columns, by a table of the pairs of types that have a conversion.
 *
 * A dictionary is cast once and its codes are mapped.
 */
#include "data/cast.h"

#include <math.h>
#include <stdio.h>

#include "base/date.h"
#include "base/number.h"

static void
text_to_long(struct build *b, const struct column *c, size_t row)
{
	int64_t value;

	if (cast_text_to_long(column_text(c, row), &value))
		build_long(b, value);
	else
		build_null(b);
}

static void
text_to_float(struct build *b, const struct column *c, size_t row)
{
	double value;

	if (cast_text_to_float(column_text(c, row), &value))
		build_float(b, value);
	else
		build_null(b);
}

static void
text_to_bool(struct build *b, const struct column *c, size_t row)
{
	bool value;

	if (cast_text_to_bool(column_text(c, row), &value))
		build_bool(b, value);
	else
		build_null(b);
}

static void
text_to_date(struct build *b, const struct column *c, size_t row)
{
	int32_t value;

	if (cast_text_to_date(column_text(c, row), &value))
		build_date(b, value);
	else
		build_null(b);
}

static void
text_to_datetime(struct build *b, const struct column *c, size_t row)
{
	int64_t value;

	if (cast_text_to_datetime(column_text(c, row), &value))
		build_long(b, value);
	else
		build_null(b);
}

static void
long_to_float(struct build *b, const struct column *c, size_t row)
{
	build_float(b, (double)column_longs(c)[row]);
}

/* Datetimes as well: the first moment of 1970 is false. */
static void
long_to_bool(struct build *b, const struct column *c, size_t row)
{
	build_bool(b, column_longs(c)[row] != 0);
}

/* Seconds; those that have no microseconds in 64 bits are the last that have. */
static void
long_to_datetime(struct build *b, const struct column *c, size_t row)
{
	const int64_t seconds = column_longs(c)[row], most = INT64_MAX / 1000000;

	build_long(b, seconds > most    ? INT64_MAX
		      : seconds < -most ? INT64_MIN
					: seconds * 1000000);
}

static void
float_to_long(struct build *b, const struct column *c, size_t row)
{
	build_long(b, cast_float_to_long(column_floats(c)[row]));
}

static void
float_to_bool(struct build *b, const struct column *c, size_t row)
{
	build_bool(b, column_floats(c)[row] != 0);
}

static void
float_to_datetime(struct build *b, const struct column *c, size_t row)
{
	const double seconds = column_floats(c)[row];

	if (isfinite(seconds))
		build_long(b, cast_float_to_long(seconds * 1e6));
	else
		build_null(b);
}

static void
bool_to_long(struct build *b, const struct column *c, size_t row)
{
	build_long(b, column_bool(c, row));
}

static void
bool_to_float(struct build *b, const struct column *c, size_t row)
{
	build_float(b, column_bool(c, row));
}

static void
date_to_datetime(struct build *b, const struct column *c, size_t row)
{
	build_long(b, column_ints(c)[row] * DAY_MICROS);
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static void
datetime_to_date(struct build *b, const struct column *c, size_t row)
{
	build_date(b, (int32_t)floor_div(column_longs(c)[row], DAY_MICROS));
}

static void
datetime_to_long(struct build *b, const struct column *c, size_t row)
{
	build_long(b, floor_div(column_longs(c)[row], 1000000));
}

static void
datetime_to_float(struct build *b, const struct column *c, size_t row)
{
	build_float(b, (double)column_longs(c)[row] / 1e6);
}

static void
to_null(struct build *b, const struct column *c, size_t row)
{
	(void)c;
	(void)row;
	build_null(b);
}

static void
to_text(struct build *b, const struct column *c, size_t row)
{
	struct buffer *bytes;

	if (b->failed)
		return;
	bytes = b->column->bytes;
	if (cell_print(c, row, bytes, &b->err))
		build_text(b, text_of(""));
	else
		b->failed = true;
}

typedef void cast_cell(struct build *b, const struct column *c, size_t row);

static const struct {
	unsigned from;
	enum type to;
	cast_cell *cell;
} casts[] = {
	{ TYPE_STRING, TYPE_LONG, text_to_long },
	{ TYPE_STRING, TYPE_FLOAT, text_to_float },
	{ TYPE_STRING, TYPE_BOOL, text_to_bool },
	{ TYPE_STRING, TYPE_DATE, text_to_date },
	{ TYPE_STRING, TYPE_DATETIME, text_to_datetime },
	{ TYPE_LONG, TYPE_FLOAT, long_to_float },
	{ TYPE_LONG | TYPE_DATETIME, TYPE_BOOL, long_to_bool },
	{ TYPE_LONG, TYPE_DATETIME, long_to_datetime },
	{ TYPE_FLOAT, TYPE_LONG, float_to_long },
	{ TYPE_FLOAT, TYPE_BOOL, float_to_bool },
	{ TYPE_FLOAT, TYPE_DATETIME, float_to_datetime },
	{ TYPE_BOOL, TYPE_LONG, bool_to_long },
	{ TYPE_BOOL, TYPE_FLOAT, bool_to_float },
	{ TYPE_BOOL, TYPE_DATETIME, bool_to_long }, /* microseconds */
	{ TYPE_DATE, TYPE_DATETIME, date_to_datetime },
	{ TYPE_DATE, TYPE_LONG, to_null },
	{ TYPE_DATE, TYPE_FLOAT, to_null },
	{ TYPE_DATE, TYPE_BOOL, to_null },
	{ TYPE_DATETIME, TYPE_DATE, datetime_to_date },
	{ TYPE_DATETIME, TYPE_LONG, datetime_to_long },
	{ TYPE_DATETIME, TYPE_FLOAT, datetime_to_float },
	{ TYPE_ANY, TYPE_STRING, to_text },
};

static cast_cell *
find_cast(enum type from, enum type to)
{
	for (size_t i = 0; i < COUNT(casts); i++)
		if ((casts[i].from & from) && casts[i].to == to)
			return casts[i].cell;
	return NULL;
}

/* Rows of values by code, null where the code's row is null. */
static struct column *
map_codes(const struct column *in, const struct column *values, struct error *err)
{
	const size_t size = in->rows * sizeof(uint32_t);
	struct column *out;
	uint32_t *rows;

	if (values->rows == 0)
		return column_nulls(values->type, in->rows, err);
	if (!(rows = memory_alloc(size, err)))
		return NULL;
	for (size_t i = 0; i < in->rows; i++)
		rows[i] = column_is_null(in, i) ? 0 : (uint32_t)column_ints(in)[i];
	out = column_gather(values, rows, in->rows, err);
	memory_free(rows, size);
	for (size_t i = 0; out && in->nulls && i < in->rows; i++)
		if (column_is_null(in, i) && !column_set_null(out, i, err)) {
			column_drop(out);
			return NULL;
		}
	return out;
}

/* The cast that formulas make most. */
static bool
longs_to_floats(const struct column *in, struct column **out, struct error *err)
{
	if (!(*out = column_new(TYPE_FLOAT, in->rows, err)))
		return false;
	for (size_t i = 0; i < in->rows; i++)
		column_floats(*out)[i] = (double)column_longs(in)[i];
	(*out)->validity = buffer_share(in->validity);
	(*out)->nulls = in->nulls;
	return true;
}

static bool
is_worth_mapping(const struct column *in)
{
	return in->layout == LAYOUT_DICTIONARY && in->dictionary->rows <= in->rows;
}

/* As what a dictionary's entries are cast. */
struct target {
	enum type to;
	const struct datetime_format *format; /* NULL: as Spark casts */
};

static bool
cast_plain(const struct column *in, const struct target *target, struct column **out,
	   struct error *err)
{
	return target->format ? cast_by_format(in, target->to, target->format, out, err)
			      : cast_column(in, target->to, out, err);
}

static void
drop_column(void *column)
{
	column_drop(column);
}

static uint64_t
key_of(const struct target *target)
{
	const struct datetime_format *f = target->format;
	uint64_t key = target->to;

	if (f)
		key = key << 8 | (uint64_t)f->kind << 4 | 1;
	for (const char *p = f ? f->pattern : ""; *p; p++)
		key = (key ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
	return key;
}

/* The entries are cast once for all batches that have the dictionary. */
static bool
cast_codes(const struct column *in, const struct target *target, struct column **out,
	   struct error *err)
{
	static const char maker;
	const uint64_t key = key_of(target);
	struct column *values = column_memo(in->dictionary, &maker, key);

	if (!values &&
	    (!cast_plain(in->dictionary, target, &values, err) ||
	     !column_memo_take(in->dictionary, &maker, key, values, drop_column, err)))
		return false;
	*out = map_codes(in, values, err);
	return *out != NULL;
}

bool
cast_column(const struct column *in, enum type to, struct column **out, struct error *err)
{
	cast_cell *cell = find_cast(in->type, to);
	struct build b;

	if (in->type == to) {
		*out = column_share((struct column *)in); /* only its count changes */
		return true;
	}
	if (!cell)
		return fail(err, "values of type %s cannot become %s",
			    type_name(in->type), type_name(to));
	if (is_worth_mapping(in))
		return cast_codes(in, &(struct target){ .to = to }, out, err);
	if (in->type == TYPE_LONG && to == TYPE_FLOAT)
		return longs_to_floats(in, out, err);
	build_start(&b, to, in->rows);
	for (size_t i = 0; i < in->rows; i++)
		if (column_is_null(in, i))
			build_null(&b);
		else
			cell(&b, in, i);
	return (*out = build_end(&b, err)) != NULL;
}

struct datetime_format
datetime_format_of(struct text first)
{
	static const char *const times[] = {
		"HH:mm:ss.SSSXXX", "HH:mm:ss.SSSXX",
		"HH:mm:ss.SSSX",   "HH:mm:ss.SSS",
		"HH:mm:ssXXX",     "HH:mm:ssXX",
		"HH:mm:ssX",       "HH:mm:ss",
		"HH:mm",           "",
	};
	struct datetime_format f = { .kind = FORMAT_JAVA };
	const bool slash = first.size && memchr(first.data, '/', first.size);
	const bool dash = first.size && memchr(first.data, '-', first.size);
	const bool t = dash && memchr(first.data, 'T', first.size);
	const char *date = slash ? "MM/dd/yyyy" : dash ? "yyyy-MM-dd" : "yyyyMMdd";
	const char *between = slash || !t ? " " : "'T'";
	int64_t micros;

	for (size_t i = slash || dash ? 0 : COUNT(times) - 1; i < COUNT(times); i++) {
		snprintf(f.pattern, sizeof(f.pattern), "%s%s%s", date,
			 *times[i] ? between : "", times[i]);
		if (datetime_parse_java(first, f.pattern, &micros))
			return f;
	}
	return (struct datetime_format){ .kind = FORMAT_ANY };
}

bool
datetime_format_find(const struct column *in, size_t n, struct datetime_format *out)
{
	for (size_t i = 0; i < in->rows && i < n; i++)
		if (!column_is_null(in, i)) {
			*out = datetime_format_of(column_text(in, i));
			return true;
		}
	return false;
}

bool
datetime_format_parse(const struct datetime_format *f, struct text t, int64_t *micros)
{
	switch (f->kind) {
	case FORMAT_JAVA:
		return datetime_parse_java(t, f->pattern, micros);
	case FORMAT_STRFTIME:
		return datetime_parse_strftime(t, f->pattern, micros);
	default:
		return datetime_parse_any(t, micros);
	}
}

/*
 * Moments repeat: what a text was read as is kept for the next row that has it. Places
 * are chosen by a few of its bytes; a text that comes to a taken place replaces what is
 * there.
 */
enum { MEMO_PLACES = 256, MEMO_TEXT = 30 };

struct memo {
	struct {
		bool known, parsed;
		uint8_t size;
		char text[MEMO_TEXT];
		int64_t micros;
	} at[MEMO_PLACES];
};

static bool
parse_memo(const struct datetime_format *format, struct memo *memo, struct text t,
	   int64_t *micros)
{
	uint32_t place = (uint32_t)t.size;

	if (t.size > MEMO_TEXT)
		return datetime_format_parse(format, t, micros);
	for (size_t i = 0; i < t.size; i++)
		place = place * 31 + (unsigned char)t.data[i];
	place = (place ^ place >> 8 ^ place >> 16) % MEMO_PLACES;
	if (!memo->at[place].known || memo->at[place].size != t.size ||
	    memcmp(memo->at[place].text, t.data, t.size) != 0) {
		memo->at[place].known = true;
		memo->at[place].size = (uint8_t)t.size;
		memcpy(memo->at[place].text, t.data, t.size);
		memo->at[place].parsed =
			datetime_format_parse(format, t, &memo->at[place].micros);
	}
	*micros = memo->at[place].micros;
	return memo->at[place].parsed;
}

bool
cast_by_format(const struct column *in, enum type to,
	       const struct datetime_format *format, struct column **out,
	       struct error *err)
{
	struct memo memo = { 0 };
	struct build b;

	if (is_worth_mapping(in))
		return cast_codes(in, &(struct target){ to, format }, out, err);
	build_start(&b, to, in->rows);
	for (size_t i = 0; i < in->rows; i++) {
		int64_t micros;

		if (column_is_null(in, i) ||
		    !parse_memo(format, &memo, column_text(in, i), &micros))
			build_null(&b);
		else if (to == TYPE_DATE)
			build_date(&b, (int32_t)floor_div(micros, DAY_MICROS));
		else
			build_long(&b, micros);
	}
	return (*out = build_end(&b, err)) != NULL;
}
