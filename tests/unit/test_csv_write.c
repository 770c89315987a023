/* Rows become the text that Spark writes, and are the same rows when read again. */
#include <math.h>

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
	buffer_drop(out);
	return check_report();
}
