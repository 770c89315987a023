/* Archives there and back; what is damaged, lies or is too much is refused. */
#include "base/zip.h"
#include "check.h"

static char long_text[100000];

static const struct zip_file files[] = {
	{ "metadata/part-00000", { "{\"a\":1}\n", 8 } },
	{ "empty", { "", 0 } },
	{ "long", { long_text, sizeof(long_text) } },
	{ "bytes", { "\0\xff\n\x80", 4 } },
};

static struct buffer *
written(void)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);

	CHECK(out && zip_write(files, COUNT(files), out, &err));
	return out;
}

static void
there_and_back(void)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct buffer *file = written(), *again = written();
	struct zip zip;

	CHECK(file->size < 2000);
	CHECK(file->size == again->size && !memcmp(file->data, again->data, file->size));
	CHECK(zip_open((struct text){ file->data, file->size }, &zip, &mem, &err));
	CHECK(zip.n == COUNT(files));
	for (size_t i = 0; i < zip.n; i++) {
		struct text out = { 0 };

		CHECK_TEXT(zip.at[i].name, files[i].name);
		CHECK(zip_extract(&zip.at[i], &out, &mem, &err));
		CHECK(text_equal(out, files[i].data));
	}
	buffer_drop(file);
	buffer_drop(again);
	arena_release(&mem);
}

/* The same in an archive that begins behind other bytes of a buffer. */
static void
behind_others(void)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct buffer *out = buffer_new(3, &err);
	struct zip zip;

	CHECK(zip_write(files, 1, out, &err));
	CHECK(zip_open((struct text){ out->data + 3, out->size - 3 }, &zip, &mem, &err));
	buffer_drop(out);
	arena_release(&mem);
}

/* Opens and unpacks everything; the first error, or "". */
static const char *
read_all(struct text file, struct arena *mem)
{
	struct error err = { 0 };
	struct zip zip;
	bool done = zip_open(file, &zip, mem, &err);

	for (size_t i = 0; done && i < zip.n; i++) {
		struct text out;

		done = zip_extract(&zip.at[i], &out, mem, &err);
	}
	return arena_text(mem, done ? "" : err.text);
}

static const struct {
	const char *what;
	long from_end; /* of the byte that changes; sizes: 22 end, 46 + name a record */
	int value;
	const char *wrong;
} damages[] = {
	{ "end mark", 22, 0, "no ZIP archive" },
	{ "disk", 18, 1, "a ZIP archive of several parts, or ZIP64" },
	{ "entries", 12, 9, "a ZIP archive of several parts, or ZIP64" },
	{ "directory's place", 6, 0xff, "the archive's directory is damaged" },
	{ "directory's size", 9, 0xff, "the archive's directory is damaged" },
	{ "a record's mark", 22 + 51, 0, "the archive's directory is damaged" },
	{ "encrypted", 22 + 51 - 8, 1, "'bytes' is encrypted" },
	{ "method", 22 + 51 - 10, 12, "'bytes' is packed by method 12, not by deflate" },
	{ "checksum", 22 + 51 - 16, 0, "'bytes' is damaged: its checksum differs" },
	{ "packed size", 22 + 51 - 22, 0x7f, "'bytes' is cut off" },
	{ "size", 22 + 51 - 24, 5, "'bytes' cannot unpack to 5 bytes" },
	{ "size, of all", 22 + 51 - 27, 0x40,
	  "the archive would unpack to more than 64 MiB" },
	{ "place", 22 + 51 - 42, 0xff, "'bytes' is not where the archive says" },
};

static void
damaged(void)
{
	for (size_t i = 0; i < COUNT(damages); i++) {
		struct arena mem = { 0 };
		struct buffer *file = written();

		file->data[file->size - (size_t)damages[i].from_end] =
			(char)damages[i].value;
		CHECK_TEXT(read_all((struct text){ file->data, file->size }, &mem),
			   damages[i].wrong);
		buffer_drop(file);
		arena_release(&mem);
	}
}

/* No prefix of an archive opens, and no changed byte crashes. */
static void
every_byte(void)
{
	struct buffer *file = written();

	for (size_t i = 0; i < file->size; i++) {
		struct arena mem = { 0 };
		char *copy = arena_text_n(&mem, file->data, file->size);

		CHECK_TEXT(
			read_all((struct text){ arena_text_n(&mem, copy, i), i }, &mem),
			"no ZIP archive");
		copy[i] ^= 0x55;
		read_all((struct text){ copy, file->size }, &mem);
		arena_release(&mem);
	}
	buffer_drop(file);
}

/* Memory that is refused is an error, wherever. */
static void
refused(void)
{
	bool done = false;

	for (size_t n = 1; !done && n < 100; n++) {
		struct error err = { 0 };
		struct buffer *out = buffer_new(0, &err);

		memory_refuse(n);
		done = zip_write(files, COUNT(files), out, &err);
		CHECK(done || err.text[0]);
		memory_refuse(0);
		buffer_drop(out);
	}
	CHECK(done);
	CHECK(memory_used() == 0);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(long_text); i++)
		long_text[i] = (char)('a' + i % 7);
	there_and_back();
	behind_others();
	damaged();
	every_byte();
	refused();
	return check_report();
}
