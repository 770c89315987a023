/*
 * What test suites of others say that their files mean, lariat reads, but for what is
 * listed here with its reason. Skipped where the suites are not at hand.
 */
#include <dirent.h>
#include <sys/mman.h>

#include "base/file.h"
#include "base/json.h"
#include "check.h"
#include "csv_dump.h"

static struct arena arena;
static struct buffer *found, *wanted;

/* As csv_dump.h has a row, with null as the empty string: the suites know none. */
static void
put_value(struct text t, struct buffer *to)
{
	struct error err;

	CHECK(dump_text(t, to, &err));
}

static void
end_row(struct buffer *to)
{
	struct error err;

	CHECK(buffer_append(to, "\n", 1, &err));
}

static struct text
text_in(const struct json *value)
{
	return value && value->kind == JSON_STRING ? value->text : text_of("");
}

/* Rows are as wide as the first one. */
static void
want_row(const struct json *row, size_t width)
{
	for (size_t i = 0; i < width; i++)
		put_value(i < row->n ? text_in(row->at[i].value) : text_of(""), wanted);
	end_row(wanted);
}

static bool
is_empty_row(const struct json *row)
{
	return row->n == 1 && text_in(row->at[0].value).size == 0;
}

static void
dump_plain(const struct batch *batch)
{
	for (size_t row = 0; row < batch->rows; row++) {
		for (size_t i = 0; i < batch->n; i++)
			put_value(column_is_null(batch->at[i], row)
					  ? text_of("")
					  : column_text(batch->at[i], row),
				  found);
		end_row(found);
	}
}

static bool
read_file(const struct source_options *o, struct error *err)
{
	struct want want = { 0 };
	struct source *source;
	struct pass *pass = NULL;
	struct reader *reader = NULL;
	struct batch *batch;
	size_t chunk;
	bool more = true, ok = source_open(o, &source, err);

	found->size = 0;
	ok = ok && pass_open(source, &want, &pass, err) &&
	     reader_open(pass, &reader, err);
	for (size_t i = 0; ok && o->dialect.header && i < source->schema.n; i++)
		put_value(text_of(source->schema.at[i].name), found);
	if (ok && o->dialect.header)
		end_row(found);
	while (ok && (ok = reader_claim(reader, &chunk, &more, err)) && more)
		while ((ok = reader_next(reader, &batch, err)) && batch) {
			dump_plain(batch);
			batch_free(batch);
		}
	reader_close(reader);
	pass_close(pass);
	source_close(source);
	return ok;
}

static void
compare(const char *what, const struct source_options *o)
{
	struct error err;
	bool same = read_file(o, &err) && found->size == wanted->size &&
		    memcmp(found->data, wanted->data, found->size) == 0;

	if (!same)
		printf("%s: found\n%.*swanted\n%.*s", what, (int)found->size, found->data,
		       (int)wanted->size, wanted->data);
	CHECK(same);
}

static const char *
shared(void)
{
	const char *set = getenv("LARIAT_SHARED"), *src = getenv("srcdir");

	return set ? set : arena_print(&arena, "%s/../shared", src ? src : ".");
}

static const struct json *
read_json(const char *path)
{
	struct error err;
	struct buffer *b = file_read(path, 1 << 24, &err);
	struct text t;

	if (!b)
		return NULL;
	t = (struct text){ arena_text_n(&arena, b->data, b->size), b->size };
	buffer_drop(b);
	return json_parse(t, &arena, &err);
}

/* The document lists rows, with the header among them; or objects by name. */
static void
want_document(const struct json *rows)
{
	wanted->size = 0;
	if (rows->n && rows->at[0].value->kind == JSON_OBJECT) {
		const struct json *first = rows->at[0].value;

		for (size_t i = 0; i < first->n; i++)
			put_value(first->at[i].key, wanted);
		end_row(wanted);
	}
	for (size_t i = 0; i < rows->n; i++)
		want_row(rows->at[i].value, rows->at[0].value->n);
}

/* Files and cases whose meaning here is another one, and why that is right. */
static const struct {
	const char *name, *why;
} differ[] = {
	{ "empty-one-column", "lines of nothing are no rows, as in Spark" },
	{ "all-empty", "the same" },
	{ "header-no-rows", "its JSON has no names to compare" },
	{ "location_coordinates", "its JSON has another telephone number than its CSV" },
	{ "Quoted field has no closing quote",
	  "a quote that never closes spoils its line, not the rest of the file" },
	{ "Quoted field has invalid trailing quote after delimiter with a valid closer",
	  "\"a,\"b: the second quote closes, what is behind it is text up to the "
	  "delimiter, as in univocity" },
	{ "Quoted field has invalid trailing quote before delimiter", "the same" },
};

static bool
is_other(const char *name)
{
	for (size_t i = 0; i < COUNT(differ); i++)
		if (strcmp(differ[i].name, name) == 0)
			return true;
	return false;
}

/* FOLDER/csvs/X.csv is FOLDER/json/X.json. */
static void
by_folder(const char *suite, const char *csvs)
{
	const char *folder =
		arena_print(&arena, "%s/data/csv-torture/%s", shared(), suite);
	const char *jsons = arena_print(&arena, "%s/json", folder);
	DIR *dir = opendir(jsons);
	struct dirent *entry;

	if (!dir) {
		printf("skipped: no '%s'\n", jsons);
		return;
	}
	while ((entry = readdir(dir))) {
		char *name = arena_text(&arena, entry->d_name), *dot = strrchr(name, '.');
		struct source_options o = { .dialect = DIALECT_PRESET };
		const struct json *rows;

		if (!dot || strcmp(dot, ".json") != 0)
			continue;
		*dot = '\0';
		rows = read_json(arena_print(&arena, "%s/%s.json", jsons, name));
		CHECK(rows != NULL);
		if (!rows || is_other(name))
			continue;
		o.path = arena_print(&arena, "%s/%s/%s.csv", folder, csvs, name);
		o.dialect.header = rows->n && rows->at[0].value->kind == JSON_OBJECT;
		want_document(rows);
		compare(name, &o);
	}
	closedir(dir);
}

/* Only what a dialect of ours can say. */
static bool
set_config(const struct json *config, struct dialect *d)
{
	for (size_t i = 0; config && i < config->n; i++) {
		struct text key = config->at[i].key, value = text_in(config->at[i].value);

		if (text_is(key, "delimiter") && value.size && value.size < 8)
			memcpy(d->delimiter, value.data, value.size);
		else if (text_is(key, "quoteChar") && value.size == 1)
			d->quote = value.data[0];
		else
			return false;
	}
	return true;
}

static void
papaparse_case(const struct json *test, const char *path, int fd)
{
	struct source_options o = { .path = path, .format = "csv" };
	const char *name = json_text(json_find(test, "description"), &arena);
	struct text input = text_in(json_find(test, "input"));
	const struct json *rows = json_at(test, "expected.data");
	bool any = false;

	o.dialect = (struct dialect)DIALECT_PRESET;
	o.dialect.header = false;
	if (!name || !rows || !set_config(json_find(test, "config"), &o.dialect) ||
	    is_other(name))
		return;
	wanted->size = 0;
	for (size_t i = 0, width = 0; i < rows->n; i++) {
		const struct json *row = rows->at[i].value;

		if (row->kind != JSON_ARRAY || is_empty_row(row))
			continue;
		width = any ? width : row->n;
		any = true;
		want_row(row, width);
	}
	CHECK(ftruncate(fd, 0) == 0 &&
	      pwrite(fd, input.data, input.size, 0) == (ssize_t)input.size);
	compare(name, &o);
}

static void
papaparse(void)
{
	const char *path = arena_print(
		&arena, "%s/data/csv-torture/papaparse/papaparse-cases.json", shared());
	const struct json *tests = json_find(read_json(path), "CORE_PARSER_TESTS");
	int fd = memfd_create("csv", MFD_CLOEXEC);

	if (!tests)
		printf("skipped: no '%s'\n", path);
	for (size_t i = 0; tests && i < tests->n; i++)
		papaparse_case(tests->at[i].value,
			       arena_print(&arena, "/proc/self/fd/%d", fd), fd);
	close(fd);
}

int
main(void)
{
	struct error err;

	found = buffer_new(0, &err);
	wanted = buffer_new(0, &err);
	by_folder("csv-spectrum", "csvs");
	by_folder("csv-test-data", "csv");
	papaparse();
	buffer_drop(found);
	buffer_drop(wanted);
	arena_release(&arena);
	return check_report();
}
