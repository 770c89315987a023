/* Sources of many files: one dataset, in the order of paths, with the file's name. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "csv_dump.h"
#include "io/io_files.h"

static char folder[] = "/tmp/lariat-test-XXXXXX";

static const struct {
	const char *name, *text;
} files[] = {
	{ "b.csv", "x,y\n3,4\n" },       { "a.csv", "x,y\n1,2\n" }, { "_SUCCESS", "" },
	{ ".b.csv.crc", "crc" },         { "c.csv", "y,x\n5,6\n" }, { "d.csv", "" },
	{ "below/e.csv", "x,y\n7,8\n" },
};

static void
in_folder(const char *name, char out[256])
{
	snprintf(out, 256, "%s/%s", folder, name);
}

static void
make_files(void)
{
	char path[256];

	CHECK(mkdtemp(folder) != NULL);
	in_folder("below", path);
	CHECK(mkdir(path, 0700) == 0);
	for (size_t i = 0; i < COUNT(files); i++) {
		FILE *f;

		in_folder(files[i].name, path);
		f = fopen(path, "w");
		CHECK(f && fputs(files[i].text, f) >= 0);
		if (f)
			fclose(f);
	}
}

static void
remove_files(void)
{
	char path[256];

	for (size_t i = 0; i < COUNT(files); i++) {
		in_folder(files[i].name, path);
		unlink(path);
	}
	in_folder("below", path);
	rmdir(path);
	rmdir(folder);
}

static void
expect(struct source_options o, const char *rows, struct buffer *out)
{
	struct want want = { 0 };
	struct error err = { 0 };
	char *p;

	for (int stream = 0; stream < 2; stream++) {
		o.stream = stream;
		CHECK(dump_source(&o, &want, 2, out, &err));
		CHECK(buffer_append(out, "", 1, &err));
		while ((p = strstr(out->data, folder))) {
			memmove(p + 1, p + strlen(folder),
				strlen(p + strlen(folder)) + 1);
			*p = 'F';
		}
		CHECK_TEXT(out->data, rows);
	}
}

#define OTHER_NAMES                                                                    \
	"'F': 1 file has other column names than the first one, columns are taken by " \
	"their place: 'F/c.csv' line 1\n"

static void
folders(struct buffer *out)
{
	struct source_options o = { .path = folder, .dialect = DIALECT_PRESET };

	expect(o, "1:x 1:y \n1:1 1:2 \n1:3 1:4 \n1:5 1:6 \n" OTHER_NAMES, out);
	o.nested = true;
	expect(o, "1:x 1:y \n1:1 1:2 \n1:3 1:4 \n1:7 1:8 \n1:5 1:6 \n" OTHER_NAMES, out);
	/* below/ stands between b.csv and c.csv: the order of whole paths. */
	o.nested = false;
	o.filename_column = true;
	o.uri = "s3://bucket/in/";
	expect(o,
	       "1:x 1:y 21:_data_source_filename \n1:1 1:2 20:s3://bucket/in/a.csv \n"
	       "1:3 1:4 20:s3://bucket/in/b.csv \n1:5 1:6 20:s3://bucket/in/c.csv "
	       "\n" OTHER_NAMES,
	       out);
	/* Lines are skipped of the input as a whole, then a header that is not the same
	 * line again is a row. */
	o.filename_column = false;
	o.dialect.skip = 1;
	expect(o, "1:1 1:2 \n1:x 1:y \n1:3 1:4 \n1:y 1:x \n1:5 1:6 \n", out);
	o.dialect.skip = 2;
	expect(o, "1:x 1:y \n1:3 1:4 \n1:y 1:x \n1:5 1:6 \n", out);
	o.dialect.skip = 0;
	o.dialect.header = false;
	expect(o,
	       "3:_c0 3:_c1 \n1:x 1:y \n1:1 1:2 \n1:x 1:y \n1:3 1:4 \n1:y 1:x \n1:5 1:6 "
	       "\n",
	       out);
}

static void
errors(void)
{
	struct source_options o = { .path = "/no/such/file", .dialect = DIALECT_PRESET };
	struct source *source;
	struct error err;
	struct arena arena = { 0 };
	struct names found;
	char below[256];

	CHECK(!source_open(&o, &source, &err));
	CHECK_TEXT(err.text, "cannot open '/no/such/file': No such file or directory");
	o.format = "tea leaves";
	CHECK(!source_open(&o, &source, &err) && !source);
	CHECK_TEXT(err.text, "'/no/such/file': no format 'tea leaves'");
	in_folder("below", below);
	CHECK(files_find(below, false, &found, &arena, &err) && found.n == 1);
	in_folder("below/e.csv", below);
	unlink(below);
	in_folder("below", below);
	CHECK(!files_find(below, false, &found, &arena, &err));
	CHECK(strstr(err.text, "is a folder without files") != NULL);
	arena_release(&arena);
}

/* The least places are kept, whoever counts them first. */
static void
counting(void)
{
	struct troubles a = { 0 }, b = { 0 };

	for (size_t i = 0; i < 20; i++) {
		struct trouble_place at = { 19 - i, 7, "f" };

		troubles_add(i % 2 ? &a : &b, TROUBLE_SHORT, &at);
	}
	troubles_merge(&a, &b);
	CHECK(a.n[TROUBLE_SHORT] == 20 && a.n_places[TROUBLE_SHORT] == TROUBLE_PLACES);
	for (size_t i = 0; i < TROUBLE_PLACES; i++)
		CHECK(a.place[TROUBLE_SHORT][i].chunk == i);
}

int
main(void)
{
	struct error err;
	struct buffer *out = buffer_new(0, &err);

	make_files();
	folders(out);
	errors();
	counting();
	remove_files();
	buffer_drop(out);
	return check_report();
}
