/* Rows become the text that Spark writes, and are the same rows when read again. */
#include <math.h>

#include "base/random.h"
#include "check.h"
#include "csv_dump.h"
#include "io/csv_write.h"

static struct buffer *out;

static const struct {
	const char *value, *written; /* NULL: null */
	struct csv_style style;
} texts[] = {
#define SPARK      .style = CSV_STYLE_PRESET
#define KEEP       .style = { ",", '"', false }
#define WITH(d, q) .style = { d, q, true }
	{ NULL, "", SPARK },
	{ "", "\"\"", SPARK },
	{ "Sales & Marketing", "Sales & Marketing", SPARK },
	{ "Master's & above", "Master's & above", SPARK },
	{ "a,b", "\"a,b\"", SPARK },
	{ "a\"b", "\"a\"\"b\"", SPARK },
	{ "\"", "\"\"\"\"", SPARK },
	{ "a\nb", "\"a\nb\"", SPARK },
	{ "a\rb", "\"a\rb\"", SPARK },
	{ " a b ", "a b", SPARK },
	{ "\t a", "a", SPARK },
	{ " ", "\"\"", SPARK },
	{ " \n\t", "\"\"", SPARK },
	{ "\na", "a", SPARK },
	{ "a\n", "\"a\"", SPARK },
	{ " a,b ", "\"a,b\"", SPARK },
	{ " a b ", " a b ", KEEP },
	{ "\n", "\"\n\"", KEEP },
	{ "a,b;c", "\"a,b;c\"", WITH(";", '"') },
	{ "a,b", "a,b", WITH(";", '"') },
	{ "a|b", "a|b", WITH("||", '"') },
	{ "a||b", "\"a||b\"", WITH("||", '"') },
	{ "it's", "'it''s'", WITH(",", '\'') },
	{ "a,b", "a,b", WITH(",", 0) },
	{ "x#", "x#", SPARK },
	{ " #x", "#x", SPARK },
	{ "\xc3\xa9\xff", "\xc3\xa9\xff", SPARK },
};

static void
end_text(void)
{
	struct error err;

	CHECK(buffer_append(out, "", 1, &err));
	out->size--;
}

static void
strings(void)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct error err;
		struct build b;
		struct batch *batch = batch_new(2, 1, &err);
		char wanted[100];

		for (size_t k = 0; k < 2; k++) {
			build_start(&b, TYPE_STRING, 1);
			if (texts[i].value)
				build_text(&b, text_of(texts[i].value));
			else
				build_null(&b);
			batch->at[k] = build_end(&b, &err);
		}
		out->size = 0;
		CHECK(csv_write_batch(&texts[i].style, batch, out, &err));
		end_text();
		snprintf(wanted, sizeof(wanted), "%s%s%s\n", texts[i].written,
			 texts[i].style.delimiter, texts[i].written);
		CHECK_TEXT(out->data, wanted);
		batch_free(batch);
	}
}

/* One row of every type, then one of nulls. */
static struct batch *
typed(struct error *err)
{
	static const enum type types[] = { TYPE_LONG,    TYPE_FLOAT, TYPE_FLOAT,
					   TYPE_FLOAT,   TYPE_BOOL,  TYPE_DATE,
					   TYPE_DATETIME };
	struct batch *batch = batch_new(COUNT(types), 2, err);

	for (size_t i = 0; i < COUNT(types); i++) {
		struct build b;

		build_start(&b, types[i], 2);
		if (types[i] == TYPE_LONG)
			build_long(&b, INT64_MIN);
		else if (types[i] == TYPE_DATETIME)
			build_long(&b, INT64_C(1435708800123000));
		else if (types[i] == TYPE_BOOL)
			build_bool(&b, true);
		else if (types[i] == TYPE_DATE)
			build_date(&b, 16617);
		else
			build_float(&b, i == 1 ? 35 : i == 2 ? 1e10 : NAN);
		build_null(&b);
		batch->at[i] = build_end(&b, err);
	}
	return batch;
}

static void
types(void)
{
	static const struct csv_style spark = CSV_STYLE_PRESET, odd = { "-", '"', true };
	struct error err;
	struct batch *batch = typed(&err);

	out->size = 0;
	CHECK(csv_write_batch(&spark, batch, out, &err));
	end_text();
	CHECK_TEXT(out->data, "-9223372036854775808,35.0,1.0E10,NaN,true,2015-07-01,"
			      "2015-07-01T00:00:00.123Z\n,,,,,,\n");
	out->size = 0;
	CHECK(csv_write_batch(&odd, batch, out, &err));
	end_text();
	CHECK_TEXT(out->data, "\"-9223372036854775808\"-35.0-1.0E10-NaN-true-"
			      "\"2015-07-01\"-\"2015-07-01T00:00:00.123Z\"\n------\n");
	batch_free(batch);
}

static void
header(void)
{
	static const struct csv_style spark = CSV_STYLE_PRESET;
	struct field fields[] = { { "a", TYPE_LONG },
				  { " b,c", TYPE_LONG },
				  { "", TYPE_LONG },
				  { "d\"", TYPE_LONG } };
	struct schema schema = { COUNT(fields), fields, false };
	struct error err;

	out->size = 0;
	CHECK(csv_write_header(&spark, &schema, out, &err));
	end_text();
	CHECK_TEXT(out->data, "a,\"b,c\",\"\",\"d\"\"\"\n");
}

/* What looks like a comment, and a line of nothing. */
static void
first_column(void)
{
	static const struct csv_style spark = CSV_STYLE_PRESET;
	static const char *const values[] = { "#x", "# ", " #x", NULL, "", "b" };
	struct field fields[] = { { "#a", TYPE_STRING }, { "#b", TYPE_STRING } };
	struct schema schema = { COUNT(fields), fields, false };
	struct error err;
	struct batch *batch = batch_new(2, COUNT(values), &err);
	struct build b;

	build_start(&b, TYPE_STRING, COUNT(values));
	for (size_t i = 0; i < COUNT(values); i++)
		if (values[i])
			build_text(&b, text_of(values[i]));
		else
			build_null(&b);
	batch->at[0] = build_end(&b, &err);
	batch->at[1] = column_share(batch->at[0]);
	out->size = 0;
	CHECK(csv_write_header(&spark, &schema, out, &err));
	CHECK(csv_write_batch(&spark, batch, out, &err));
	end_text();
	CHECK_TEXT(out->data,
		   "\"#a\",#b\n\"#x\",#x\n\"#\",#\n#x,#x\n,\n\"\",\"\"\nb,b\n");
	batch->n = 1;
	out->size = 0;
	CHECK(csv_write_batch(&spark, batch, out, &err));
	end_text();
	CHECK_TEXT(out->data, "\"#x\"\n\"#\"\n#x\n\"\"\nb\n");
	batch->n = 2;
	batch_free(batch);
}

static struct column *
longs(int64_t a, int64_t b)
{
	struct error err;
	struct column *c = column_new(TYPE_LONG, 2, &err);

	column_longs(c)[0] = a;
	column_longs(c)[1] = b;
	return c;
}

/* A list of two rows: [1,2] and []; a struct of it and a text. */
static void
objects(void)
{
	static const char *const names[] = { "n", "t\"" };
	static const struct csv_style spark = CSV_STYLE_PRESET;
	struct error err;
	struct batch *batch = batch_new(2, 2, &err);
	struct column *list = column_new(TYPE_OBJECT, 2, &err), *row;
	struct build b;

	list->children = malloc(sizeof(*list->children));
	list->children[0] = longs(1, 2);
	list->n_children = 1;
	column_longs(list)[1] = column_longs(list)[2] = 2;
	row = column_new(TYPE_OBJECT, 2, &err);
	row->layout = LAYOUT_STRUCT;
	row->children = malloc(2 * sizeof(*row->children));
	row->names = malloc(2 * sizeof(*row->names));
	memcpy(row->names, names, sizeof(names));
	row->n_children = 2;
	row->children[0] = column_share(list);
	build_start(&b, TYPE_STRING, 2);
	build_text(&b, text_of("x\ny"));
	build_null(&b);
	row->children[1] = build_end(&b, &err);
	batch->at[0] = list;
	batch->at[1] = row;
	out->size = 0;
	CHECK(csv_write_batch(&spark, batch, out, &err));
	end_text();
	CHECK_TEXT(out->data,
		   "\"[1, 2]\",\"{\"\"n\"\":[1,2],\"\"t\\\"\"\"\":\"\"x\\ny\"\"}\"\n"
		   "[],\"{\"\"n\"\":[]}\"\n");
	batch_free(batch);
}

static struct text
random_text(uint64_t *r, char *room)
{
	static const char bytes[] = "abcdefgh # ,;\"\n\r\t' |x0-\xc3\xa9";
	size_t n = random_below(r, 8) ? random_below(r, 20) : random_below(r, 70);
	const bool plain = random_below(r, 3);

	for (size_t i = 0; i < n; i++)
		room[i] = bytes[random_below(r, plain ? 8 : sizeof(bytes) - 1)];
	return (struct text){ room, n };
}

static double
random_float(uint64_t *r)
{
	static const double odd[] = { 0.0, -0.0, NAN, INFINITY, -INFINITY, 1e300, 1e-7 };
	const double whole = (double)random_below(r, 1000000);

	switch (random_below(r, 5)) {
	case 0:
		return odd[random_below(r, COUNT(odd))];
	case 1:
		return whole / 100;
	case 2:
		return -whole / 7;
	default:
		return (double)random_below(r, 2);
	}
}

static void
random_cell(uint64_t *r, enum type type, uint64_t small, struct build *b)
{
	const uint64_t bits = random_next(r) >> random_below(r, 64);
	char room[80];

	if (type == TYPE_LONG)
		build_long(b,
			   small ? (int64_t)random_below(r, small * 990) : (int64_t)bits);
	else if (type == TYPE_FLOAT)
		build_float(b, small > 2 ? (double)random_below(r, 100010) / 100
			       : small   ? (double)random_below(r, small + 1)
					 : random_float(r));
	else if (type == TYPE_BOOL)
		build_bool(b, bits & 1);
	else if (type == TYPE_DATE)
		build_date(b, small ? (int32_t)random_below(r, 9) : (int32_t)bits);
	else if (type == TYPE_DATETIME)
		build_long(b, small ? (int64_t)random_below(r, 9) * INT64_C(43200000000)
				    : (int64_t)bits);
	else
		build_text(b, small ? text_of("Corporate, of a town")
				    : random_text(r, room));
}

static struct column *
random_values(uint64_t *r, enum type type, size_t rows, bool nulls)
{
	const uint64_t small = random_below(r, 2) ? 0 : random_below(r, 12);
	struct error err;
	struct build b;

	build_start(&b, type, rows);
	for (size_t i = 0; i < rows; i++)
		if (nulls && random_below(r, 4) == 0)
			build_null(&b);
		else
			random_cell(r, type, small, &b);
	return build_end(&b, &err);
}

/* A null's code may be anything. */
static struct column *
random_codes(uint64_t *r, size_t rows, bool nulls)
{
	const size_t entries = 1 + random_below(r, 30);
	struct column *c = random_values(r, TYPE_DATE, rows, nulls);

	c->type = TYPE_STRING;
	c->layout = LAYOUT_DICTIONARY;
	c->dictionary = random_values(r, TYPE_STRING, entries, false);
	for (size_t i = 0; i < rows; i++)
		if (!column_is_null(c, i))
			column_ints(c)[i] = (int32_t)random_below(r, entries);
	return c;
}

/* A list of the same number of values in each row. */
static struct column *
random_list(uint64_t *r, size_t rows)
{
	const size_t each = random_below(r, 4);
	struct error err;
	struct column *c = column_new(TYPE_OBJECT, rows, &err);

	c->children = malloc(sizeof(*c->children));
	c->children[0] = random_values(r, TYPE_FLOAT, rows * each, true);
	c->n_children = 1;
	for (size_t i = 0; i <= rows; i++)
		column_longs(c)[i] = (int64_t)(i * each);
	return c;
}

static struct batch *
random_batch(uint64_t *r)
{
	static const enum type types[] = { TYPE_LONG,  TYPE_FLOAT,    TYPE_FLOAT,
					   TYPE_FLOAT, TYPE_BOOL,     TYPE_DATE,
					   TYPE_FLOAT, TYPE_DATETIME, TYPE_STRING };
	const size_t n = 1 + random_below(r, 12), rows = random_below(r, 300);
	struct error err;
	struct batch *batch = batch_new(n, rows, &err);

	for (size_t i = 0; i < n; i++) {
		const size_t kind = random_below(r, COUNT(types) + 3);
		const bool nulls = random_below(r, 3) == 0;

		if (kind == COUNT(types))
			batch->at[i] = random_list(r, rows);
		else if (kind > COUNT(types))
			batch->at[i] = random_codes(r, rows, nulls);
		else
			batch->at[i] = random_values(r, types[kind], rows, nulls);
	}
	return batch;
}

/* A batch is the same text as its rows one by one, which are written cell by cell. */
static void
as_row_by_row(void)
{
	static const struct csv_style styles[] = {
		CSV_STYLE_PRESET,     { ",", '"', false }, { ";", '\'', true },
		{ "\t", '"', false }, { ",", 0, true },    { "|", '"', true },
		{ "||", '"', true },  { "-", '"', true },  { "l", '"', true },
		{ "#", '"', true },
	};
	uint64_t r = 5;
	struct error err;
	struct buffer *rows = buffer_new(0, &err);

	for (int i = 0; i < 1000; i++) {
		const struct csv_style *style = &styles[random_below(&r, COUNT(styles))];
		struct batch *batch = random_batch(&r);
		bool same;

		out->size = rows->size = 0;
		CHECK(csv_write_batch(style, batch, out, &err));
		for (size_t row = 0; row < batch->rows; row++) {
			struct batch *one = batch_slice(batch, row, 1, &err);

			CHECK(one && csv_write_batch(style, one, rows, &err));
			batch_free(one);
		}
		same = out->size == rows->size &&
		       memcmp(out->data, rows->data, out->size) == 0;
		CHECK(same);
		if (!same)
			printf("round %d, delimiter '%s'\n", i, style->delimiter);
		batch_free(batch);
	}
	buffer_drop(rows);
}

/* Wherever memory is refused, it is an error and no more. */
static void
out_of_memory(void)
{
	static const struct csv_style spark = CSV_STYLE_PRESET;
	uint64_t r = 9;

	for (int i = 0; i < 50; i++) {
		struct batch *batch = random_batch(&r);
		struct error err = { 0 };

		for (size_t n = 1;; n++) {
			struct buffer *small = buffer_new(0, &err);
			bool ok;

			memory_refuse(n);
			ok = csv_write_batch(&spark, batch, small, &err);
			memory_refuse(0);
			buffer_drop(small);
			if (ok)
				break;
			CHECK(strstr(err.text, "out of memory"));
		}
		batch_free(batch);
	}
	CHECK(memory_used() == out->capacity);
}

int
main(void)
{
	struct error err;

	out = buffer_new(0, &err);
	strings();
	types();
	header();
	first_column();
	objects();
	as_row_by_row();
	out_of_memory();
	buffer_drop(out);
	return check_report();
}
