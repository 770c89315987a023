/*
 * Rows are counted and found as readers find them, whatever the quotes, the vectors, the
 * chunks and the threads.
 */
#include <fcntl.h>
#include <pthread.h>

#include "base/random.h"
#include "check.h"
#include "csv_dump.h"
#include "io/csv_lines.h"
#include "io/row_index.h"
#include "io/sniff.h"
#include "random_csv.h"
#include "shared_files.h"

static struct error err;
static struct buffer *all, *part;

/* Rows of a table as csv_dump.h has them. */
static void
dump_table(const struct table *table, struct buffer *out)
{
	struct batch *batch;

	out->size = 0;
	for (size_t i = 0; i < table->n; i++) {
		CHECK(table_batch(table, i, &batch, &err));
		CHECK(dump_batch(batch, out, &err));
		batch_free(batch);
	}
}

/* All rows by a reader; false: it cannot be read. */
static bool
read_all(const struct source_options *o, struct table *table)
{
	const struct want want = { 0 };
	struct source *source = NULL;
	struct pass *pass = NULL;
	struct reader *reader = NULL;
	struct batch *batch;
	size_t chunk;
	bool more = true, ok = source_open(o, &source, &err) &&
			       pass_open(source, &want, &pass, &err) &&
			       reader_open(pass, &reader, &err);

	while (ok && more) {
		ok = reader_claim(reader, &chunk, &more, &err);
		while (ok && more && (ok = reader_next(reader, &batch, &err)) && batch)
			ok = table_take(table, batch, &err);
	}
	reader_close(reader);
	pass_close(pass);
	source_close(source);
	return ok;
}

static void
compare_rows(struct row_index *index, const struct table *table, const char *name,
	     uint64_t first, size_t n)
{
	struct table found = { 0 }, wanted = { 0 };
	uint64_t before = 0;

	CHECK(row_index_read(index, first, n, NULL, &found, &err));
	for (size_t i = 0; i < table->n; i++) {
		struct batch *batch, *slice;
		uint64_t from, to;

		CHECK(table_batch(table, i, &batch, &err));
		from = first > before ? first - before : 0;
		to = first + n > before ? first + n - before : 0;
		to = to < batch->rows ? to : batch->rows;
		before += batch->rows;
		if (from < to) {
			slice = batch_slice(batch, (size_t)from, (size_t)(to - from),
					    &err);
			CHECK(slice && table_take(&wanted, slice, &err));
		}
		batch_free(batch);
	}
	dump_table(&found, part);
	dump_table(&wanted, all);
	CHECK(found.rows == wanted.rows && part->size == all->size &&
	      memcmp(part->data, all->data, all->size) == 0);
	if (found.rows != wanted.rows)
		printf("%s: rows [%llu, +%zu): %zu, not %zu\n", name,
		       (unsigned long long)first, n, found.rows, wanted.rows);
	table_release(&found);
	table_release(&wanted);
}

static void
compare(const struct source_options *o, const char *name, size_t threads)
{
	struct table table = { 0 };
	struct source *source = NULL;
	struct row_index *index = NULL;
	const bool ok = read_all(o, &table);
	bool whole = false;
	uint64_t rows, seed = 3;

	if (ok) {
		CHECK(source_open(o, &source, &err) &&
		      row_index_new(source, &index, &err) &&
		      row_index_build(index, threads, NULL, &err));
		rows = row_index_rows(index, &whole);
		CHECK(whole && rows == table.rows);
		if (rows != table.rows)
			printf("%s: %llu rows, not %zu\n", name, (unsigned long long)rows,
			       table.rows);
		if (table.rows < 2000)
			compare_rows(index, &table, name, 0, table.rows + 5);
		for (int i = 0; i < 4 && table.rows; i++)
			compare_rows(index, &table, name, random_below(&seed, table.rows),
				     1 + (size_t)random_below(&seed, 60));
		row_index_free(index);
		source_close(source);
	}
	table_release(&table);
}

static const size_t chunk_sizes[] = { 0, 1, 7, 64, 100, 4096, 20000 };

static void
compare_file(const char *path)
{
	static const size_t sizes[] = { 0, 100, 4096 };
	const char *name = strrchr(path, '/') + 1;
	struct source_options o = { .path = path };
	FILE *file = fopen(path, "rb");
	long size;

	fseek(file, 0, SEEK_END);
	size = ftell(file);
	fclose(file);
	if (!sniff_file(path, &o.dialect, &err))
		return;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		o.chunk_bytes = sizes[i];
		/* Many small chunks are slow. */
		if (o.chunk_bytes && size / (long)o.chunk_bytes > 200)
			continue;
		compare(&o, name, 1 + i % 2);
	}
}

static char scratch[64];

static void
write_scratch(const char *data, size_t size)
{
	int fd = open(scratch, O_WRONLY | O_TRUNC | O_CLOEXEC);

	CHECK(fd >= 0 && write(fd, data, size) == (ssize_t)size && close(fd) == 0);
}

/* What counting alone could get wrong. */
static const char *const texts[] = {
	"",
	"a",
	"a\n",
	"a\n\n",
	"a\n1",
	"a\n1\n",
	"a\n\n\n1\n \n\t\n2\n",
	"a\n1\n   ",
	"a\n1\n\r\n2\r\n",
	"a\r1\r2\r\r3",
	"a,b\n\"1\n2\",3\n4,5\n",
	"a,b\n\"1\n\n2\",3\n4,5\n",
	"a,b\n\"1\"\"\n\"\"2\",3\n4,5\n",
	"a,b\n1,\"\"\n\"\",\n",
	"a,b\n1,2\"\n3\",4\n",
	"a,b\n1,\"2\" \n3,4\n",
	"a,b\n1,\"2\" \"\n3\",4\n",
	"a,b\n1,\"2\n3,4\n5,6\n",
	"a,b\n1,2\n3,\"4\n5,6\n7,\"8\"\n",
	"a,b\n1,\"2\"x\n3,\"\n",
	"a,b\n1,\"",
	"a,b\n1,\"\"",
	"a,b\n\"\n\"\n\"\n",
	"\"a\nb\",c\n1,2\n",
	"a,b\n \"1\n\"\n2,3\n",
};

static void
odd_texts(void)
{
	for (size_t i = 0; i < COUNT(texts); i++)
		for (size_t k = 0; k < 2 * COUNT(chunk_sizes); k++) {
			struct source_options o = { .path = scratch };

			o.dialect = (struct dialect)DIALECT_PRESET;
			o.dialect.multi_line = k % 2;
			o.chunk_bytes = chunk_sizes[k / 2];
			write_scratch(texts[i], strlen(texts[i]));
			compare(&o, texts[i], 1 + k % 2);
			o.stream = true;
			compare(&o, texts[i], 2);
		}
}

static void
random_texts(uint64_t seed, int rounds)
{
	static const char bytes[] = "\"\"\n\n,, \r\tax\"\n";
	char text[600];

	for (int round = 0; round < rounds; round++) {
		struct source_options o = { .path = scratch };
		size_t n = (size_t)random_below(&seed, sizeof(text));

		/* Long stretches without quotes are counted in another way. */
		for (size_t i = 0; i < n; i++)
			text[i] = round % 3 && random_below(&seed, 3)
					  ? 'x'
					  : bytes[random_below(&seed, sizeof(bytes) - 1)];
		o.dialect = (struct dialect)DIALECT_PRESET;
		o.dialect.multi_line = round % 2;
		o.dialect.header = round % 5 != 0;
		o.chunk_bytes = 1 + (size_t)random_below(&seed, 200);
		write_scratch(text, n);
		compare(&o, "random text", 1 + (size_t)round % 2);
	}
}

static void
random_files(uint64_t seed, int rounds)
{
	for (int round = 0; round < rounds; round++) {
		struct source_options o = { .path = scratch };
		struct random_csv csv;

		CHECK(random_csv(&seed, &csv, &err));
		o.dialect = (struct dialect)DIALECT_PRESET;
		strcpy(o.dialect.delimiter, csv.delimiter);
		o.dialect.header = csv.header;
		o.dialect.multi_line = csv.multi_line;
		o.chunk_bytes = 1 + (size_t)random_below(&seed, 300);
		write_scratch(csv.text->data, csv.text->size);
		compare(&o, "random file", 1 + (size_t)round % 3);
		buffer_drop(csv.text);
	}
}

/* Many lines, few of them odd: the fast way is taken in between. */
static void
long_file(bool quotes)
{
	struct buffer *text = buffer_new(0, &err);
	struct source_options o = { .path = scratch };
	uint64_t seed = 11;

	for (int i = 0; i < 60000; i++) {
		char line[64];
		int n = snprintf(line, sizeof(line), "%d,word %d,%d\n", i, i % 7, i * 3);

		if (random_below(&seed, 4000) == 0)
			n = snprintf(line, sizeof(line), "%s",
				     i % 3    ? "  \n"
				     : quotes ? "1,\"two\n\"\"lines\"\"\n\",3\n"
					      : "\n");
		CHECK(buffer_append(text, line, (size_t)n, &err));
	}
	write_scratch(text->data, text->size);
	o.dialect = (struct dialect)DIALECT_PRESET;
	for (int i = 0; i < 3; i++) {
		o.chunk_bytes = (size_t[]){ 0, 50000, 100001 }[i];
		compare(&o, "long file", 2);
	}
	/* A quote that never closes turns up when all is counted. */
	CHECK(buffer_append(text, "1,\"open\n2,3\n", 11, &err));
	write_scratch(text->data, text->size);
	compare(&o, "long file with an open quote", 2);
	buffer_drop(text);
}

static void *
build(void *index)
{
	struct error mine;

	return row_index_work(index, NULL, &mine) ? index : NULL;
}

/* What is known is right while the index grows. */
static void
use_while_it_grows(bool stream)
{
	struct source_options o = { .path = scratch,
				    .chunk_bytes = 3000,
				    .stream = stream };
	void *built;
	struct source *source;
	struct row_index *index = NULL;
	struct table table = { 0 };
	uint64_t seed = 5, last = 0;
	bool whole = false;
	pthread_t thread;

	o.dialect = (struct dialect)DIALECT_PRESET;
	CHECK(read_all(&o, &table));
	CHECK(source_open(&o, &source, &err) && row_index_new(source, &index, &err));
	CHECK(pthread_create(&thread, NULL, build, index) == 0);
	while (!whole) {
		uint64_t rows = row_index_rows(index, &whole);

		CHECK(rows >= last);
		last = rows;
		if (rows)
			compare_rows(index, &table, "growing", random_below(&seed, rows),
				     1);
	}
	pthread_join(thread, &built);
	CHECK(built && last == table.rows);
	table_release(&table);
	row_index_free(index);
	source_close(source);
}

static void
all_of_it(int rounds)
{
	odd_texts();
	random_texts(1, rounds);
	random_files(2, rounds);
	long_file(false);
	long_file(true);
}

int
main(void)
{
	int fd;

	strcpy(scratch, "/tmp/row_index_XXXXXX.csv");
	fd = mkstemps(scratch, 4);
	CHECK(fd >= 0 && close(fd) == 0);
	all = buffer_new(0, &err);
	part = buffer_new(0, &err);
	csv_lines_use(CSV_PLAIN);
	all_of_it(100);
	csv_lines_use(CSV_AVX2);
	all_of_it(300);
	use_while_it_grows(false);
	use_while_it_grows(true);
	shared_files("csv-torture", compare_file);
	buffer_drop(all);
	buffer_drop(part);
	unlink(scratch);
	return check_report();
}
