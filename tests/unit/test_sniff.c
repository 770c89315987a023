/* The delimiter of a file that no flow describes. */
#include <stdlib.h>
#include <unistd.h>
#include <zstd.h>

#include "check.h"
#include "io/sniff.h"

static const struct {
	const char *bytes, *delimiter;
} files[] = {
	{ "a,b,c\n1,2,3\n", "," },
	{ "a\tb\n1\t2\n3\t4\n", "\t" },
	{ "a;b;c\n1,5;2,5;3\n", ";" },
	{ "a|b\n1|2\n", "|" },
	{ "one\n1\n2\n", "," },                     /* a single column */
	{ "", "," },                                /* nothing */
	{ "a;b\n\"1,2,3\";x\n\"4,5,6\";y\n", ";" }, /* commas within quotes */
	{ "\"a\nb\";c\n1;2\n", ";" },               /* a newline within quotes */
	{ "a,b;c\n1,2\n3,4\n", "," },               /* what cuts more lines alike */
	{ "\"never closed;a,b\n", "," },
};

static void
check_file(int fd, const char *path, const char *bytes, size_t size,
	   const char *delimiter)
{
	struct error err = { 0 };
	struct dialect dialect;

	CHECK(ftruncate(fd, 0) == 0 && pwrite(fd, bytes, size, 0) == (ssize_t)size);
	CHECK(sniff_file(path, &dialect, &err));
	CHECK_TEXT(dialect.delimiter, delimiter);
	CHECK(dialect.header && dialect.quote == '"');
}

static void
check_packed(int fd, const char *path, const char *bytes, const char *delimiter)
{
	char packed[256];
	const size_t size = ZSTD_compress(packed, sizeof packed, bytes, strlen(bytes), 1);

	CHECK(!ZSTD_isError(size));
	check_file(fd, path, packed, size, delimiter);
}

int
main(void)
{
	char path[] = "/tmp/lariat-sniff-XXXXXX";
	int fd = mkstemp(path);
	struct error err = { 0 };
	struct dialect dialect;

	CHECK(fd >= 0);
	for (size_t i = 0; i < COUNT(files); i++) {
		const size_t size = strlen(files[i].bytes);

		check_file(fd, path, files[i].bytes, size, files[i].delimiter);
	}
	check_packed(fd, path, "a;b;c\n1,5;2,5;3\n", ";");
	close(fd);
	unlink(path);
	CHECK(!sniff_file("/nowhere/x.csv", &dialect, &err));
	CHECK_TEXT(err.text, "cannot open '/nowhere/x.csv': No such file or directory");
	CHECK(sniff_file("/tmp", &dialect, &err)); /* a folder: the preset */
	CHECK_TEXT(dialect.delimiter, ",");
	return check_report();
}
