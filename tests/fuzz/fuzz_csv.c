/*
 * fuzz_csv - both readers of CSV, in any chunks and batches, have the same rows of any
 * bytes; so has every kind of vector code.
 *
 * The first three bytes choose the dialect and the sizes, the rest is the file.
 * Reaches: src/io/csv*.c, bytes*.c, cells.c.
 */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "csv_dump.h"
#include "io/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const delimiters[] = { ",", ";", "\t", "|", "||", ",,", " ", "aba" };
static const char *const encodings[] = { "utf-8", "iso-8859-1", "utf-16",
					 "windows-1252" };
static const size_t chunks[] = { 1, 2, 3, 7, 61, 64, 65, 4096 };
static const size_t batches[] = { 1, 2, 3, 2048 };

static void
put_file(int fd, const uint8_t *data, size_t size)
{
	if (ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
}

/* What a reader has of it; an error is a text like any other. */
static void
read_all(const struct source_options *o, size_t rows, size_t readers, struct buffer *out)
{
	struct error err = { 0 };
	struct want want = { NULL, rows };

	if (dump_source(o, &want, readers, out, &err))
		return;
	out->size = 0;
	if (!buffer_append(out, err.text, strlen(err.text), &err))
		abort();
}

static void
compare(const struct buffer *a, const struct buffer *b)
{
	if (a->size == b->size && memcmp(a->data, b->data, a->size) == 0)
		return;
	fprintf(stderr, "--- one\n%.*s\n--- other\n%.*s\n", (int)a->size, a->data,
		(int)b->size, b->data);
	abort();
}

static void
check(struct source_options *o, unsigned how, struct buffer *a, struct buffer *b)
{
	csv_use(CSV_AVX2);
	read_all(o, 0, 1, a);
	o->chunk_bytes = chunks[how % COUNT(chunks)];
	read_all(o, batches[how / 8 % COUNT(batches)], 1 + how / 32 % 3, b);
	compare(a, b);
	csv_use(how & 1 ? CSV_SSE2 : CSV_PLAIN);
	o->chunk_bytes = chunks[how / 8 % COUNT(chunks)];
	read_all(o, 0, 2, b);
	compare(a, b);
	o->stream = true;
	read_all(o, batches[how % COUNT(batches)], 2, b);
	compare(a, b);
	o->chunk_bytes = 0;
	read_all(o, 0, 1, b);
	compare(a, b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct buffer *a, *b;
	static char path[64];
	static int fd = -1;
	struct source_options o = { .path = path, .format = "csv" };
	struct error err;

	if (fd < 0) {
		fd = memfd_create("csv", MFD_CLOEXEC);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		a = buffer_new(0, &err);
		b = buffer_new(0, &err);
		if (fd < 0 || !a || !b)
			abort();
	}
	if (size < 3)
		return 0;
	o.dialect = (struct dialect){
		.quote = data[1] & 4   ? '\''
			 : data[1] & 8 ? 0
				       : '"',
		.header = data[1] & 1,
		.multi_line = data[1] & 2,
		.skip = data[1] >> 6,
		.encoding = encodings[data[1] >> 4 & 3],
	};
	strcpy(o.dialect.delimiter, delimiters[data[0] % COUNT(delimiters)]);
	o.filename_column = data[0] & 128;
	put_file(fd, data + 3, size - 3);
	check(&o, data[2], a, b);
	return 0;
}
