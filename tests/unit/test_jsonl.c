/* Rows become lines of JSON that say the same, whatever their texts hold; and endings say
 * which format that is. */
#include <math.h>

#include "base/json.h"
#include "base/random.h"
#include "check.h"
#include "io/io.h"

static struct arena arena;
static struct schema schema;
static struct buffer *out;

static const struct format *
jsonl(void)
{
	struct error err;

	return format_to_write("rows.jsonl", &err);
}

static const char *
written(const struct batch *batch)
{
	static const struct csv_style style = CSV_STYLE_PRESET;
	struct error err;

	out->size = 0;
	CHECK(jsonl()->write(&style, &schema, batch, out, &err));
	return arena_text_n(&arena, out->data, out->size);
}

/* One row of every plain type, then one of nulls. */
static void
test_types(void)
{
	static const struct {
		const char *name;
		enum type type;
	} columns[] = {
		{ "long", TYPE_LONG },      { "float", TYPE_FLOAT },
		{ "nan", TYPE_FLOAT },      { "bool", TYPE_BOOL },
		{ "day", TYPE_DATE },       { "time", TYPE_DATETIME },
		{ "a \"b\"", TYPE_STRING },
	};
	struct error err;
	struct batch *batch = batch_new(COUNT(columns), 2, &err);

	schema = (struct schema){ 0 };
	for (size_t i = 0; i < COUNT(columns); i++) {
		struct build b;

		schema_add(&schema, columns[i].name, columns[i].type, &arena);
		build_start(&b, columns[i].type, 2);
		if (columns[i].type == TYPE_LONG)
			build_long(&b, INT64_MIN);
		else if (columns[i].type == TYPE_DATETIME)
			build_long(&b, INT64_C(1435708800123000));
		else if (columns[i].type == TYPE_BOOL)
			build_bool(&b, true);
		else if (columns[i].type == TYPE_DATE)
			build_date(&b, 16617);
		else if (columns[i].type == TYPE_FLOAT)
			build_float(&b, i == 1 ? 35 : NAN);
		else
			build_text(&b, text_of("x\n\"\\\x1b\xff"));
		build_null(&b);
		batch->at[i] = build_end(&b, &err);
	}
	CHECK_TEXT(written(batch),
		   "{\"long\":-9223372036854775808,\"float\":35.0,\"nan\":\"NaN\","
		   "\"bool\":true,\"day\":\"2015-07-01\","
		   "\"time\":\"2015-07-01T00:00:00.123Z\","
		   "\"a \\\"b\\\"\":\"x\\n\\\"\\\\\\u001b\xef\xbf\xbd\"}\n"
		   "{\"long\":null,\"float\":null,\"nan\":null,\"bool\":null,"
		   "\"day\":null,\"time\":null,\"a \\\"b\\\"\":null}\n");
	batch_free(batch);
}

/* Texts of any bytes: what is read back is the same text, broken bytes replaced. */
static void
test_bytes(void)
{
	static char bytes[40];
	uint64_t seed = 5;
	struct error err;

	schema = (struct schema){ 0 };
	schema_add(&schema, "t", TYPE_STRING, &arena);
	for (int i = 0; i < 2000; i++) {
		struct batch *batch = batch_new(1, 1, &err);
		struct build b;
		struct text text = { bytes, random_next(&seed) % sizeof bytes };
		const struct json *found;
		const char *line;
		char wanted[200];
		size_t n = 0;

		for (size_t k = 0; k < text.size; k++)
			bytes[k] = (char)random_next(&seed);
		for (size_t at = 0; at < text.size;)
			n += text_put(text_next(text, &at), wanted + n);
		build_start(&b, TYPE_STRING, 1);
		build_text(&b, text);
		batch->at[0] = build_end(&b, &err);
		line = written(batch);
		CHECK(strchr(line, '\n') == line + out->size - 1);
		found = json_find(json_parse(text_of(line), &arena, &err), "t");
		CHECK(found && text_equal(found->text, (struct text){ wanted, n }));
		batch_free(batch);
	}
}

static void
test_endings(void)
{
	static const struct {
		const char *path, *format; /* NULL: none */
	} paths[] = {
		{ "a.csv", "csv" },       { "A.CSV", "csv" },
		{ "a.tsv.gz", "csv" },    { "-", "csv" },
		{ "noending", "csv" },    { "/dev/null", "csv" },
		{ "x.gz", "csv" },        { "a.b/noending", "csv" },
		{ ".hidden", "csv" },     { "a.jsonl", "jsonl" },
		{ "a.ndjson", "jsonl" },  { "a.jsonl.gz", "jsonl" },
		{ "a.md", "markdown" },   { "a.json", NULL },
		{ "a.csv.zst", NULL },    { "a.xlsx.gz", NULL },
		{ "a.csv/b.xlsx", NULL },
	};
	struct error err;

	for (size_t i = 0; i < COUNT(paths); i++) {
		const struct format *format = format_to_write(paths[i].path, &err);

		CHECK_TEXT(format ? format->name : "none",
			   paths[i].format ? paths[i].format : "none");
	}
	CHECK(!format_to_write("a.xlsx", &err));
	CHECK_TEXT(err.text, "'a.xlsx': a table is not written as .xlsx, but as .csv, "
			     ".tsv, .txt, .jsonl, .ndjson or .md");
	/* what is only written is read as what it may be: text with delimiters */
	CHECK_TEXT(format_by_ending("a.md")->name, "csv");
}

int
main(void)
{
	struct error err;

	out = buffer_new(0, &err);
	test_types();
	test_bytes();
	test_endings();
	buffer_drop(out);
	arena_release(&arena);
	return check_report();
}
