/* Every pair of types is cast as Spark casts it, in either layout of strings. */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "data/cast.h"

static const struct {
	const char *text;
	const char *as_long, *as_float, *as_bool; /* NULL: null */
} texts[] = {
	{ "28", "28", "28.0", NULL },
	{ " 28\t", "28", "28.0", NULL },
	{ "\x7f"
	  "28\x7f",
	  "28", NULL, NULL },
	{ "28.5", "28", "28.5", NULL },
	{ "-28.9", "-28", "-28.9", NULL },
	{ "5.", "5", "5.0", NULL },
	{ ".5", "0", "0.5", NULL },
	{ "-.5", "0", "-0.5", NULL },
	{ ".", "0", NULL, NULL },
	{ "1.2.3", NULL, NULL, NULL },
	{ "1.x", NULL, NULL, NULL },
	{ "+7", "7", "7.0", NULL },
	{ "1e3", NULL, "1000.0", NULL },
	{ "1", "1", "1.0", "true" },
	{ "0", "0", "0.0", "false" },
	{ "-0", "0", "-0.0", NULL },
	{ "9223372036854775807", "9223372036854775807", "9.223372036854776E18", NULL },
	{ "9223372036854775808", NULL, "9.223372036854776E18", NULL },
	{ "-9223372036854775808.7", "-9223372036854775808", "-9.223372036854776E18",
	  NULL },
	{ "1e400", NULL, "Infinity", NULL },
	{ "NaN", NULL, "NaN", NULL },
	{ "-NaN", NULL, "NaN", NULL },
	{ "nan", NULL, "NaN", NULL },
	{ "-nan", NULL, NULL, NULL },
	{ "Infinity", NULL, "Infinity", NULL },
	{ "-inf", NULL, "-Infinity", NULL },
	{ " +INF ", NULL, "Infinity", NULL },
	{ "1d", NULL, "1.0", NULL },
	{ "1.5F", NULL, "1.5", NULL },
	{ "1.D", NULL, "1.0", NULL },
	{ "d", NULL, NULL, NULL },
	{ "infd", NULL, NULL, NULL },
	{ "1dd", NULL, NULL, NULL },
	{ "0x10", NULL, NULL, NULL },
	{ "0x1p3", NULL, "8.0", NULL },
	{ "-0X1.8P+1d", NULL, "-3.0", NULL },
	{ "0x.8p0", NULL, "0.5", NULL },
	{ "0xp0", NULL, NULL, NULL },
	{ "0x1p", NULL, NULL, NULL },
	{ "0x1.00000000000008p0", NULL, "1.0", NULL },
	{ "0x1.000000000000080000000001p0", NULL, "1.0000000000000002", NULL },
	{ "0x1p-1074", NULL, "4.9E-324", NULL },
	{ "0x1p999999999999", NULL, "Infinity", NULL },
	{ "1_000", NULL, NULL, NULL },
	{ "1,5", NULL, NULL, NULL },
	{ "", NULL, NULL, NULL },
	{ " ", NULL, NULL, NULL },
	{ "-", NULL, NULL, NULL },
	{ "t", NULL, NULL, "true" },
	{ " TRUE ", NULL, NULL, "true" },
	{ "Yes", NULL, NULL, "true" },
	{ "y", NULL, NULL, "true" },
	{ "f", NULL, NULL, "false" },
	{ "False", NULL, NULL, "false" },
	{ "NO", NULL, NULL, "false" },
	{ "n", NULL, NULL, "false" },
	{ "on", NULL, NULL, NULL },
	{ "truee", NULL, NULL, NULL },
};

/* A cell as a string; NULL: null. */
static const char *
cell(const struct column *c, size_t row)
{
	static char text[256];
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);

	if (column_is_null(c, row)) {
		buffer_drop(out);
		return NULL;
	}
	CHECK(cell_print(c, row, out, &err));
	snprintf(text, sizeof(text), "%.*s", (int)out->size, out->data);
	buffer_drop(out);
	return text;
}

static void
is_cell(const struct column *c, size_t row, const char *wanted)
{
	const char *found = cell(c, row);

	if (wanted)
		CHECK_TEXT(found, wanted);
	else
		CHECK(!found);
}

static struct column *
strings(const char *const *text, size_t n)
{
	struct error err = { 0 };
	struct build b;

	build_start(&b, TYPE_STRING, 0);
	for (size_t i = 0; i < n; i++)
		if (text[i])
			build_text(&b, text_of(text[i]));
		else
			build_null(&b);
	return build_end(&b, &err);
}

/* The same strings by code: each row its own word, and a null behind them. */
static struct column *
by_code(struct column *words)
{
	struct error err = { 0 };
	struct column *c = column_new(TYPE_DATE, words->rows + 1, &err);

	for (size_t i = 0; i < words->rows; i++)
		column_ints(c)[i] = (int32_t)i;
	column_ints(c)[words->rows] = -1;
	CHECK(column_set_null(c, words->rows, &err));
	c->type = TYPE_STRING;
	c->layout = LAYOUT_DICTIONARY;
	c->dictionary = column_share(words);
	return c;
}

static struct column *
cast(struct column *in, enum type to)
{
	struct error err = { 0 };
	struct column *out = NULL;

	CHECK(cast_column(in, to, &out, &err));
	CHECK(out && out->type == to && out->rows == in->rows);
	return out;
}

static void
casts_texts(void)
{
	const char *words[COUNT(texts)];
	struct column *plain, *coded;

	for (size_t i = 0; i < COUNT(texts); i++)
		words[i] = texts[i].text;
	plain = strings(words, COUNT(texts));
	coded = by_code(plain);
	for (int layout = 0; layout < 2; layout++) {
		struct column *in = layout ? coded : plain;
		struct column *longs = cast(in, TYPE_LONG);
		struct column *floats = cast(in, TYPE_FLOAT);
		struct column *bools = cast(in, TYPE_BOOL);

		for (size_t i = 0; i < COUNT(texts); i++) {
			is_cell(longs, i, texts[i].as_long);
			is_cell(floats, i, texts[i].as_float);
			is_cell(bools, i, texts[i].as_bool);
		}
		if (layout)
			CHECK(column_is_null(longs, COUNT(texts)));
		column_drop(longs);
		column_drop(floats);
		column_drop(bools);
	}
	column_drop(plain);
	column_drop(coded);
}

static void
casts_times(void)
{
	static const char *const words[] = { "2015-07-01 10:11:12.5", "2015", "x", NULL,
					     " 2015-7-1 " };
	struct column *in = strings(words, COUNT(words));
	struct column *date = cast(in, TYPE_DATE), *time = cast(in, TYPE_DATETIME);
	struct column *again = cast(time, TYPE_DATE), *seconds = cast(time, TYPE_LONG);
	struct column *back = cast(seconds, TYPE_DATETIME), *midnight;
	struct column *fine = cast(time, TYPE_FLOAT), *none = cast(date, TYPE_LONG);

	midnight = cast(date, TYPE_DATETIME);
	is_cell(date, 0, "2015-07-01");
	is_cell(date, 1, "2015-01-01");
	is_cell(date, 2, NULL);
	is_cell(date, 3, NULL);
	is_cell(date, 4, "2015-07-01");
	is_cell(time, 0, "2015-07-01 10:11:12.5");
	CHECK(column_equal(date, again));
	is_cell(seconds, 0, "1435745472");
	is_cell(back, 0, "2015-07-01 10:11:12");
	is_cell(fine, 0, "1.4357454725E9");
	is_cell(midnight, 0, "2015-07-01 00:00:00");
	CHECK(none->nulls == none->rows);
	column_drop(in);
	column_drop(date);
	column_drop(time);
	column_drop(again);
	column_drop(seconds);
	column_drop(back);
	column_drop(fine);
	column_drop(none);
	column_drop(midnight);
}

static void
casts_floats(void)
{
	static const struct {
		double x;
		const char *as_long, *as_bool, *as_time, *as_text;
	} cases[] = {
		{ 2.9, "2", "true", "1970-01-01 00:00:02.9", "2.9" },
		{ -2.9, "-2", "true", "1969-12-31 23:59:57.1", "-2.9" },
		{ 0, "0", "false", "1970-01-01 00:00:00", "0.0" },
		{ NAN, "0", "true", NULL, "NaN" },
		{ INFINITY, "9223372036854775807", "true", NULL, "Infinity" },
		{ -1e300, "-9223372036854775808", "true", "-290308-12-21 19:59:05.224192",
		  "-1.0E300" },
	};
	struct error err = { 0 };
	struct column *in = column_new(TYPE_FLOAT, COUNT(cases), &err);
	struct column *whole, *flag, *time, *text;

	for (size_t i = 0; i < COUNT(cases); i++)
		column_floats(in)[i] = cases[i].x;
	whole = cast(in, TYPE_LONG);
	flag = cast(in, TYPE_BOOL);
	time = cast(in, TYPE_DATETIME);
	text = cast(in, TYPE_STRING);
	for (size_t i = 0; i < COUNT(cases); i++) {
		is_cell(whole, i, cases[i].as_long);
		is_cell(flag, i, cases[i].as_bool);
		is_cell(time, i, cases[i].as_time);
		is_cell(text, i, cases[i].as_text);
	}
	column_drop(in);
	in = cast(flag, TYPE_FLOAT);
	is_cell(in, 0, "1.0");
	is_cell(in, 2, "0.0");
	column_drop(in);
	in = cast(flag, TYPE_STRING);
	is_cell(in, 0, "true");
	column_drop(in);
	column_drop(whole);
	column_drop(flag);
	column_drop(time);
	column_drop(text);
}

static void
knows_what_it_cannot(void)
{
	static const char *const words[] = { "a" };
	struct error err = { 0 };
	struct column *in = column_new(TYPE_LONG, 3, &err), *out = NULL;
	struct column *text = strings(words, 1);

	CHECK(!cast_column(in, TYPE_DATE, &out, &err));
	CHECK_TEXT(err.text, "values of type long cannot become date");
	CHECK(!cast_column(text, TYPE_OBJECT, &out, &err));
	CHECK(cast_column(in, TYPE_LONG, &out, &err) && out == in);
	column_drop(out);
	column_longs(in)[1] = INT64_MAX;
	column_longs(in)[2] = INT64_MIN;
	out = cast(in, TYPE_DATETIME);
	CHECK(column_longs(out)[1] == INT64_MAX && column_longs(out)[2] == INT64_MIN);
	column_drop(out);
	memory_refuse(1);
	CHECK(!cast_column(text, TYPE_LONG, &out, &err));
	column_drop(in);
	column_drop(text);
}

static const struct {
	const char *first, *pattern; /* "": each value for itself */
} formats[] = {
	{ "07/01/2015", "MM/dd/yyyy" },
	{ "7/1/2015", "" },
	{ "07/01/2015 10:11", "MM/dd/yyyy HH:mm" },
	{ "07/01/2015 10:11:12.123Z", "MM/dd/yyyy HH:mm:ss.SSSXXX" },
	{ "2015-07-01", "yyyy-MM-dd" },
	{ "2015-07-01 10:11:12", "yyyy-MM-dd HH:mm:ss" },
	{ "2015-07-01T10:11:12", "yyyy-MM-dd'T'HH:mm:ss" },
	{ "2015-07-01T10:11:12+0200", "yyyy-MM-dd'T'HH:mm:ssXX" },
	{ "2015-07-01T10:11:12+02", "yyyy-MM-dd'T'HH:mm:ssX" },
	{ "20150701", "yyyyMMdd" },
	{ "1 July 2015", "" },
	{ "", "" },
};

static void
finds_formats(void)
{
	static const char *const words[] = { NULL, "2015-07-01", "2015-7-2", "x", NULL };
	struct datetime_format f = { 0 };
	struct error err = { 0 };
	struct column *in = strings(words, COUNT(words)), *out = NULL;

	for (size_t i = 0; i < COUNT(formats); i++) {
		f = datetime_format_of(text_of(formats[i].first));
		CHECK_TEXT(f.pattern, formats[i].pattern);
		CHECK((f.kind == FORMAT_ANY) == (*f.pattern == '\0'));
	}
	CHECK(!datetime_format_find(in, 1, &f));
	CHECK(datetime_format_find(in, FORMAT_SAMPLE, &f));
	CHECK(cast_by_format(in, TYPE_DATETIME, &f, &out, &err));
	is_cell(out, 1, "2015-07-01 00:00:00");
	CHECK(out->nulls == 4);
	column_drop(out);
	f.kind = FORMAT_ANY;
	CHECK(cast_by_format(in, TYPE_DATE, &f, &out, &err));
	is_cell(out, 2, "2015-07-02");
	CHECK(out->nulls == 3);
	column_drop(out);
	f = (struct datetime_format){ FORMAT_STRFTIME, "%Y-%m-%d" };
	CHECK(cast_by_format(in, TYPE_DATE, &f, &out, &err));
	is_cell(out, 2, "2015-07-02");
	column_drop(out);
	column_drop(in);
}

/* A list of floats 1, null, 3 and an empty one. */
static void
prints_lists(void)
{
	struct error err = { 0 };
	struct column *in = column_new(TYPE_OBJECT, 2, &err), *out;
	struct build b;

	build_start(&b, TYPE_FLOAT, 3);
	build_float(&b, 1);
	build_null(&b);
	build_float(&b, 3);
	in->children = calloc(1, sizeof(*in->children));
	in->n_children = 1;
	in->children[0] = build_end(&b, &err);
	column_longs(in)[1] = 3;
	column_longs(in)[2] = 3;
	out = cast(in, TYPE_STRING);
	is_cell(out, 0, "[1.0, null, 3.0]");
	is_cell(out, 1, "[]");
	CHECK(!cast_column(in, TYPE_LONG, &out, &err));
	column_drop(in);
	column_drop(out);
}

int
main(void)
{
	casts_texts();
	casts_times();
	casts_floats();
	knows_what_it_cannot();
	finds_formats();
	prints_lists();
	return check_report();
}
