/*
 * CSV is read by its rules (io/csv.h), whoever reads it: the scanner in chunks of any
 * size, with any vector code and any number of readers, and libcsv from a stream.
 */
#include <dirent.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "check.h"
#include "csv_dump.h"
#include "io/csv.h"

static struct buffer *found, *other;
static char path[64];
static int file = -1;

static void
put_file(struct text t)
{
	CHECK(ftruncate(file, 0) == 0);
	CHECK(pwrite(file, t.data, t.size, 0) == (ssize_t)t.size);
}

static void
read_as(struct source_options *o, size_t rows, size_t readers, struct buffer *out)
{
	struct error err = { 0 };
	struct want want = { NULL, rows };

	if (!dump_source(o, &want, readers, out, &err)) {
		out->size = 0;
		CHECK(buffer_append(out, "! ", 2, &err));
		CHECK(buffer_append(out, err.text, strlen(err.text), &err));
	}
	CHECK(buffer_append(out, "", 1, &err));
	out->size--;
}

static bool
same(void)
{
	return found->size == other->size &&
	       memcmp(found->data, other->data, found->size) == 0;
}

/* As it stands, and in every other way that must not matter. */
static void
read_all_ways(struct source_options o, const char *what)
{
	static const size_t chunks[] = { 1, 2, 3, 5, 8, 63, 64, 65, 200 };
	bool fine = true;

	csv_use(CSV_AVX2);
	read_as(&o, 0, 1, found);
	for (size_t i = 0; i < COUNT(chunks) * 2; i++) {
		o.chunk_bytes = chunks[i % COUNT(chunks)];
		o.stream = i >= COUNT(chunks);
		csv_use(i % 3 == 0 ? CSV_PLAIN : i % 3 == 1 ? CSV_SSE2 : CSV_AVX2);
		read_as(&o, i % 4, 1 + i % 3, other);
		if (!same() && fine) {
			printf("%s: chunk %zu, %s:\n%s\nbut\n%s\n", what, o.chunk_bytes,
			       o.stream ? "stream" : "file", other->data, found->data);
			fine = false;
		}
	}
	csv_use(CSV_AVX2);
	CHECK(fine);
}

/* In rows: N is null, [..] a string. */
static const struct {
	const char *csv, *rows;
	struct dialect dialect;
} cases[] = {
#define PRESET      .dialect = DIALECT_PRESET
#define OTHER(d, q) .dialect = { d, q, true, 0, false, "utf-8" }
#define NO_HEADER   .dialect = { ",", '"', false, 0, false, "utf-8" }
#define SKIP(n)     .dialect = { ",", '"', true, n, false, "utf-8" }
#define ENCODED(e)  .dialect = { ",", '"', true, 0, false, e }
#define MULTI_LINE  .dialect = { ",", '"', true, 0, true, "utf-8" }
	/* rows and fields */
	{ "a,b\n1,2\n3,4\n", "1:a 1:b \n1:1 1:2 \n1:3 1:4 \n", PRESET },
	{ "a,b\n1,2\n3,4", "1:a 1:b \n1:1 1:2 \n1:3 1:4 \n", PRESET },
	{ "a,b\r\n1,2\r\n3,4\r\n", "1:a 1:b \n1:1 1:2 \n1:3 1:4 \n", PRESET },
	{ "a,b\r1,2\r3,4\r", "1:a 1:b \n1:1 1:2 \n1:3 1:4 \n", PRESET },
	{ "a,b\n1,2\r", "1:a 1:b \n1:1 1:2 \n", PRESET },
	{ "a\nx\ry\n\rz\r\r\n", "1:a \n3:x\ry \n3:\rz\r \n", PRESET },
	{ "a,b\n1,2\r\n\"3\"\r\n",
	  "1:a 1:b \n1:1 1:2 \n1:3 N \n'F': 1 row has too few "
	  "fields, the rest is null: line 3\n",
	  PRESET },
	{ "a,b\n,\n\"\",\"\"\n , x \n", "1:a 1:b \nN N \nN N \n1:  3: x  \n", PRESET },
	{ "a,b\n1\n1,2,3\n\n1,2\n",
	  "1:a 1:b \n1:1 N \n1:1 1:2 \n1:1 1:2 \n"
	  "'F': 1 row has too few fields, the rest is null: line 2\n"
	  "'F': 1 row has too many fields, the rest is dropped: line 3\n",
	  PRESET },
	{ "a\n\n\n1\n\r\n2\n", "1:a \n1:1 \n1:2 \n", PRESET },
	{ "a\n \n\t\n1\n",
	  "1:a \n1:1 \n'F': 2 lines of nothing but blanks are skipped: "
	  "line 2, 3\n",
	  PRESET },
	{ "a\n \n\n1\n", "1:a \n1:  \n1:1 \n", MULTI_LINE },
	{ "a\tb\n\t\n1\t\n",
	  "1:a 1:b \n1:1 N \n'F': 1 line of nothing but blanks is "
	  "skipped: line 2\n",
	  OTHER("\t", '"') },
	{ "a\n\"\"\n", "1:a \nN \n", PRESET },
	/* quotes */
	{ "a,b\n\"x,y\",\"z\nw\"\n", "1:a 1:b \n3:x,y 3:z\nw \n", PRESET },
	{ "a\n\"x\"\"y\"\n\"\"\"\"\n", "1:a \n3:x\"y \n1:\" \n", PRESET },
	{ "a,b\nx\"y,\"\"\n \"q\",2\n", "1:a 1:b \n3:x\"y N \n4: \"q\" 1:2 \n", PRESET },
	{ "a,b\n\"x\" ,\"y\"\t\n", "1:a 1:b \n1:x 1:y \n", PRESET },
	{ "a,b\n\"x\"y,\"p\"\"q\"r\"s,t\n",
	  "1:a 1:b \n4:\"x\"y 8:\"p\"q\"r\"s \n'F': 1 row has too many fields, the rest "
	  "is "
	  "dropped: line 2\n'F': 2 fields have text behind their closing quote, quotes "
	  "are "
	  "kept: line 2, 2\n",
	  PRESET },
	{ "a,b\n1,\"x\n2,y\n",
	  "1:a 1:b \n1:1 1:x \n1:2 1:y \n'F': 1 quote never closes, its "
	  "field ends with the line: line 2\n",
	  PRESET },
	{ "a,b\n\"x,1\n2,\"\"\n\"\"\"\",\"\"\n",
	  "1:a 1:b \n3:x,1 N \n1:2 N \n1:\" N \n'F': 1 row has too few fields, the "
	  "rest is "
	  "null: line 2\n'F': 1 quote never closes, its field ends with the line: line "
	  "2\n",
	  PRESET },
	{ "a\n\"",
	  "1:a \n1:\" \n'F': 1 quote never closes, its field ends with the line: line "
	  "2\n",
	  PRESET },
	{ "a\n'x''y'\n\"z\"\n", "1:a \n3:x'y \n3:\"z\" \n", OTHER(",", '\'') },
	{ "a\n\"x\"\n", "1:a \n3:\"x\" \n", OTHER(",", 0) },
	/* delimiters */
	{ "a;b\n1,5;2\n", "1:a 1:b \n3:1,5 1:2 \n", OTHER(";", '"') },
	{ "a||b\n1|2||3|||4\n",
	  "1:a 1:b \n3:1|2 1:3 \n'F': 1 row has too many fields, the "
	  "rest is dropped: line 2\n",
	  OTHER("||", '"') },
	{ "a||b\n\"1||\"||\"2\"x\n",
	  "1:a 1:b \n3:1|| 4:\"2\"x \n'F': 1 field has text "
	  "behind its closing quote, quotes are kept: line 2\n",
	  OTHER("||", '"') },
	/* names */
	{ "a,A,b,,\"\"\n", "2:a0 2:A1 1:b 3:_c3 3:_c4 \n", PRESET },
	{ "\xc3\x89,\xc3\xa9\n",
	  "3:\xc3\x89"
	  "0 3:\xc3\xa9"
	  "1 \n",
	  PRESET },
	{ "1,2\n3,4\n", "3:_c0 3:_c1 \n1:1 1:2 \n1:3 1:4 \n", NO_HEADER },
	{ "\n \na,b\n1,2\n", "1:a 1:b \n1:1 1:2 \n", PRESET },
	{ "\"a\nb\",c\n1,2,3\n",
	  "3:a\nb 1:c \n1:1 1:2 \n'F': 1 row has too many fields, the "
	  "rest is dropped: line 3\n",
	  PRESET },
	{ "", "\n", PRESET },
	{ "\n\n", "\n", PRESET },
	{ "a\n", "1:a \n", PRESET },
	/* lines before the header are lines, whatever their quotes */
	{ "by \"me\na,b\n1,2\n", "1:a 1:b \n1:1 1:2 \n", SKIP(1) },
	{ "\n\na\n1\n2,3\n",
	  "1:a \n1:1 \n1:2 \n'F': 1 row has too many fields, the rest is "
	  "dropped: line 5\n",
	  SKIP(2) },
	{ "a\n1\n", "\n", SKIP(5) },
	/* encodings */
	{ "\xef\xbb\xbf\"a\"\n1\n", "1:a \n1:1 \n", PRESET },
	{ "a\n\xe9\n", "1:a \n2:\xc3\xa9 \n", ENCODED("ISO_8859_1") },
	{ "a\n\x80\n", "1:a \n3:\xe2\x82\xac \n", ENCODED("windows-1252") },
	{ "a\n\xe9\n", "1:a \n1:\xe9 \n", PRESET },
	/* refused */
	{ "a\n", "! 'F': delimiter: it is empty; a comma is usual", OTHER("", '"') },
	{ "a\n", "! 'F': delimiter: it holds the quote, \"", OTHER("\"", '"') },
	{ "a\n", "! 'F': delimiter: it ends a line, so it cannot end a field",
	  OTHER("\n", '"') },
	{ "a\n",
	  "! 'F': encoding: 'klingon' is not known; try utf-8, iso-8859-1, "
	  "windows-1252 or utf-16",
	  ENCODED("klingon") },
};

/* The file's name in sentences is F. */
static void
shorten_path(struct buffer *b)
{
	char *p = b->data;

	while ((p = strstr(p, path))) {
		memmove(p + 1, p + strlen(path), strlen(p + strlen(path)) + 1);
		*p = 'F';
		b->size -= strlen(path) - 1;
	}
}

static void
table(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		put_file(text_of(cases[i].csv));
		read_all_ways((struct source_options){ .path = path,
						       .format = "csv",
						       .dialect = cases[i].dialect },
			      cases[i].csv);
		shorten_path(found);
		CHECK_TEXT(found->data, cases[i].rows);
	}
}

/* NUL is a byte of a value. */
static void
nul(void)
{
	static const char csv[] = "a,b\nx\0y,\"\0\"\n";
	static const char rows[] = "1:a 1:b \n3:x\0y 1:\0 \n";

	put_file((struct text){ csv, sizeof(csv) - 1 });
	read_all_ways((struct source_options){ .path = path,
					       .format = "csv",
					       .dialect = DIALECT_PRESET },
		      "NUL");
	CHECK(found->size == sizeof(rows) - 1 &&
	      memcmp(found->data, rows, sizeof(rows) - 1) == 0);
}

/* Every text over a small alphabet up to some length: all borders, all states. */
static void
every_text(void)
{
	static const char letters[] = "\",\nx";
	struct source_options o = { .path = path, .format = "csv" };
	char text[7];
	size_t differ = 0;

	o.dialect = (struct dialect){ ",", '"', false, 0, false, NULL };
	for (size_t n = 1; n <= sizeof(text); n++)
		for (size_t k = 0; k < (size_t)1 << 2 * n; k += n < 6 ? 1 : 7) {
			for (size_t i = 0; i < n; i++)
				text[i] = letters[k >> 2 * i & 3];
			put_file((struct text){ text, n });
			o.chunk_bytes = 0;
			o.stream = true;
			read_as(&o, 0, 1, found);
			o.stream = false;
			o.chunk_bytes = 1 + k % 3;
			read_as(&o, 0, 1, other);
			differ += !same();
			if (!same() && differ == 1)
				printf("'%.*s' in %zu:\n%s\nbut\n%s\n", (int)n, text,
				       o.chunk_bytes, other->data, found->data);
		}
	CHECK(differ == 0);
}

/* A row of several megabytes, quoted and not; more columns than anybody has. */
static void
large(void)
{
	static const char *const ends[] = { "", "\"" };
	struct source_options o = { .path = path, .format = "csv" };
	size_t size = 5000000;
	char *text = malloc(size);

	CHECK(text != NULL);
	o.dialect = (struct dialect)DIALECT_PRESET;
	for (size_t i = 0; text && i < COUNT(ends); i++) {
		memset(text, i ? '\n' : ',', size);
		memcpy(text, "a\n\"", 3);
		memcpy(text + size - 4, "\",\"\n", 4);
		put_file((struct text){ text, size });
		o.stream = false;
		o.chunk_bytes = 100000;
		read_as(&o, 0, 2, found);
		o.stream = true;
		read_as(&o, 0, 2, other);
		CHECK(found->size > size - 100 && same());
	}
	for (size_t i = 0; text && i < 200000; i++)
		text[i] = i == 99999 || i == 199999 ? '\n' : ',';
	put_file((struct text){ text, 200000 });
	o.stream = false;
	read_as(&o, 0, 1, found);
	CHECK(found->size > 100000 * 2 && found->data[found->size - 2] == ' ');
	free(text);
}

/* Columns that nobody wants are not there; types are cast. */
static void
wanted(void)
{
	static const enum type types[] = { TYPE_LONG, 0, TYPE_FLOAT, TYPE_BOOL };
	struct source_options o = { .path = path, .format = "csv" };
	struct want want = { types, 0 };
	struct source *source = NULL;
	struct pass *pass = NULL;
	struct reader *reader = NULL;
	struct batch *b = NULL;
	struct error err;
	size_t chunk = 0;
	bool more = false;

	o.dialect = (struct dialect)DIALECT_PRESET;
	put_file(text_of("l,s,f,b\n28.5,x,1e3,Yes\n\"\",y,,2\n"));
	for (int stream = 0; stream < 2; stream++) {
		o.stream = stream;
		CHECK(source_open(&o, &source, &err) &&
		      pass_open(source, &want, &pass, &err) &&
		      reader_open(pass, &reader, &err));
		CHECK(reader_claim(reader, &chunk, &more, &err) && more && chunk == 0);
		CHECK(reader_next(reader, &b, &err) && b && b->rows == 2 && b->n == 4);
		CHECK(column_longs(b->at[0])[0] == 28 && column_is_null(b->at[0], 1));
		CHECK(b->at[1] == NULL);
		CHECK(column_floats(b->at[2])[0] == 1000 && column_is_null(b->at[2], 1));
		CHECK(column_bool(b->at[3], 0) && column_is_null(b->at[3], 1));
		batch_free(b);
		CHECK(reader_next(reader, &b, &err) && !b);
		CHECK(reader_claim(reader, &chunk, &more, &err) && !more);
		reader_close(reader);
		pass_close(pass);
		source_close(source);
	}
}

/* A file that changes under our hands is an error, not a crash. */
static void
changed(void)
{
	struct source_options o = { .path = path, .format = "csv" };
	struct want want = { NULL, 0 };
	struct source *source = NULL;
	struct pass *pass = NULL;
	struct reader *reader = NULL;
	struct error err = { 0 };
	size_t chunk = 0;
	bool more = false;

	o.dialect = (struct dialect)DIALECT_PRESET;
	o.chunk_bytes = 4;
	put_file(text_of("a\n1\n2\n3\n4\n5\n6\n7\n"));
	CHECK(source_open(&o, &source, &err) && pass_open(source, &want, &pass, &err) &&
	      reader_open(pass, &reader, &err));
	CHECK(reader_claim(reader, &chunk, &more, &err) && more);
	CHECK(ftruncate(file, 5) == 0);
	CHECK(!reader_claim(reader, &chunk, &more, &err));
	CHECK(strstr(err.text, "was changed while it was read") != NULL);
	reader_close(reader);
	pass_close(pass);
	source_close(source);
}

/* The n-th request for memory is refused, for every n: an error, no leak, no crash. */
static void
refused(void)
{
	struct source_options o = { .path = path, .format = "csv" };
	struct error err = { 0 };
	struct want want = { NULL, 1 };
	size_t n = 1;

	o.dialect = (struct dialect)DIALECT_PRESET;
	put_file(text_of("a,b\n1,\"x\ny\"\n,\"z\"\"\"\n"));
	for (int stream = 0; stream < 2; stream++) {
		size_t used = memory_used();
		bool ok = false;

		o.stream = stream;
		for (n = 1; !ok && n < 1000; n++) {
			memory_refuse(n);
			ok = dump_source(&o, &want, 2, found, &err);
			memory_refuse(0);
			CHECK(ok || strstr(err.text, "out of memory"));
			CHECK(memory_used() <= used + 4096);
		}
		CHECK(n > 10 && n < 1000);
	}
}

static bool
is_data(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && (!strcmp(dot, ".csv") || !strcmp(dot, ".tsv") ||
		       !strcmp(dot, ".txt") || !strcmp(dot, ".gz"));
}

/* Every file of a folder, as far down as it goes. */
static size_t
walk(const char *folder, void (*visit)(const char *))
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t n = 0;

	while (dir && (entry = readdir(dir))) {
		char name[4096];
		struct stat st;

		snprintf(name, sizeof(name), "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] == '.' || stat(name, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode)) {
			n += walk(name, visit);
		} else if (is_data(name)) {
			visit(name);
			n++;
		}
	}
	if (dir)
		closedir(dir);
	return n;
}

static void
agree(const char *name)
{
	struct source_options o = { .path = name, .format = "csv" };
	struct stat st;

	o.dialect = (struct dialect)DIALECT_PRESET;
	read_as(&o, 0, 1, found);
	o.stream = true;
	read_as(&o, 100, 1, other);
	if (!same())
		printf("%s: a stream has other rows\n", name);
	CHECK(same());
	o.stream = false;
	o.chunk_bytes = stat(name, &st) == 0 && st.st_size > 100000 ? 4096 : 67;
	read_as(&o, 3, 2, other);
	if (!same())
		printf("%s: chunks have other rows\n", name);
	CHECK(same());
}

static void
torture(void)
{
	const char *shared = getenv("LARIAT_SHARED"), *src = getenv("srcdir");
	char folder[4096];

	snprintf(folder, sizeof(folder), "%s%s/data/csv-torture",
		 shared ? ""
		 : src  ? src
			: ".",
		 shared ? shared : "/../shared");
	if (walk(folder, agree) == 0)
		printf("skipped: no '%s'\n", folder);
}

int
main(void)
{
	struct error err;

	file = memfd_create("csv", MFD_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	found = buffer_new(0, &err);
	other = buffer_new(0, &err);
	table();
	nul();
	every_text();
	large();
	wanted();
	changed();
	refused();
	torture();
	buffer_drop(found);
	buffer_drop(other);
	return check_report();
}
