/* Bytes arrive the same, compressed or not, from files and pipes, in any encoding. */
#include <bzlib.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/memory.h"
#include "check.h"
#include "io/bytes.h"

static char path[64];
static int file = -1;

static void
put_file(struct text t)
{
	CHECK(ftruncate(file, 0) == 0);
	CHECK(pwrite(file, t.data, t.size, 0) == (ssize_t)t.size);
}

/* Everything, in steps of some bytes; false with the error. */
static bool
read_all(struct origin *origin, size_t step, struct buffer *out, struct error *err)
{
	struct bytes *bytes;
	char piece[4096];
	size_t got = 1;
	bool ok = bytes_open(origin, &bytes, err);

	out->size = 0;
	while (ok && got)
		ok = bytes_read(bytes, piece, step, &got, err) &&
		     buffer_append(out, piece, got, err);
	bytes_close(bytes);
	return ok;
}

static bool
is_text(const struct buffer *b, struct text t)
{
	return b->size == t.size && memcmp(b->data, t.data, t.size) == 0;
}

static const struct {
	const char *encoding;
	struct text raw, utf8;
} encodings[] = {
#define T(s)                     \
	{                        \
		s, sizeof(s) - 1 \
	}
	{ NULL, T("a\xc3\xa9\xff"), T("a\xc3\xa9\xff") },
	{ "UTF_8",
	  T("\xef\xbb\xbf"
	    "a"),
	  T("a") },
	{ "utf-8",
	  T("\xff\xfe"
	    "a\0"),
	  T("a") }, /* the mark knows better */
	{ "utf-8", T("\xfe\xff\0a\xd8\x3d\xde\0"), T("a\xf0\x9f\x98\x80") },
	{ "utf-16", T("\0a\0b"), T("ab") },
	{ "UTF_16LE", T("a\0\x3d\xd8\0\xde"), T("a\xf0\x9f\x98\x80") },
	{ "utf-16le",
	  T("\0\xde"
	    "a\0\x3d\xd8"),
	  T("\xef\xbf\xbd"
	    "a\xef\xbf\xbd") },
	{ "utf-16le",
	  T("\x3d\xd8"
	    "a\0b"),
	  T("\xef\xbf\xbd"
	    "a\xef\xbf\xbd") },
	{ "ISO_8859_1", T("\xe9\x80\xff\0"), T("\xc3\xa9\xc2\x80\xc3\xbf\0") },
	{ "latin1", T("\xe9"), T("\xc3\xa9") },
	{ "windows-1252", T("\x80\xe9"), T("\xe2\x82\xac\xc3\xa9") },
	{ "windows-1252",
	  T("a\x81"
	    "b"),
	  T("a\xef\xbf\xbd"
	    "b") },
	{ "shift_jis",
	  T("\x83\x65"
	    "a\x83"),
	  T("\xe3\x83\x86"
	    "a\xef\xbf\xbd") },
	{ "utf-16", T(""), T("") },
};

static void
decoding(struct buffer *out)
{
	static const size_t steps[] = { 8, 9, 4096 };
	struct error err;

	for (size_t i = 0; i < COUNT(encodings); i++)
		for (size_t k = 0; k < COUNT(steps); k++) {
			struct origin origin = { path, encodings[i].encoding, NULL };

			put_file(encodings[i].raw);
			CHECK(read_all(&origin, steps[k], out, &err));
			CHECK(is_text(out, encodings[i].utf8));
		}
}

static struct text
sample(void)
{
	static char text[300000];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)('a' + i * i % 23);
	return (struct text){ text, sizeof(text) };
}

static size_t
gzip(struct text t, char *out, size_t room)
{
	z_stream z = { 0 };

	CHECK(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)t.data;
	z.avail_in = (unsigned)t.size;
	z.next_out = (unsigned char *)out;
	z.avail_out = (unsigned)room;
	CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
	deflateEnd(&z);
	return room - z.avail_out;
}

static void
compressed(struct buffer *out)
{
	static char room[800000];
	struct origin origin = { path, NULL, NULL };
	struct text t = sample(), half = { t.data, 1000 };
	struct error err;
	size_t n = gzip(half, room, sizeof(room));
	size_t m = n + gzip((struct text){ t.data + 1000, t.size - 1000 }, room + n,
			    sizeof(room) - n);
	unsigned size = sizeof(room);

	/* Two streams one behind the other, and zeroes, as tapes have them. */
	memset(room + m, 0, 100);
	put_file((struct text){ room, m + 100 });
	CHECK(read_all(&origin, 4096, out, &err) && is_text(out, t));
	put_file((struct text){ room, m - 5 });
	CHECK(!read_all(&origin, 4096, out, &err) && strstr(err.text, "is cut off"));
	room[n + 30] ^= 0x55;
	room[n + 31] ^= 0x55;
	put_file((struct text){ room, m });
	CHECK(!read_all(&origin, 4096, out, &err) && strstr(err.text, "is broken"));
	CHECK(BZ2_bzBuffToBuffCompress(room, &size, (char *)(uintptr_t)t.data,
				       (unsigned)t.size, 9, 0, 0) == BZ_OK);
	put_file((struct text){ room, size });
	CHECK(read_all(&origin, 100, out, &err) && is_text(out, t));
	put_file((struct text)T("BZhello"));
	CHECK(read_all(&origin, 100, out, &err) && out->size == 7);
}

static const struct {
	struct text data;
	const char *what; /* NULL: text */
} others[] = {
	{ T("PAR1\x15\0\x15"), "a Parquet file" },
	{ T("PK\3\4\x14\0"), "a ZIP archive (or a spreadsheet, .xlsx)" },
	{ T("\x7f"
	    "ELF\2\1\1\0"),
	  "a program" },
	{ T("\x89PNG\r\n\x1a\n\0"), "a PNG image" },
	{ T("ORCID,name\n1,x\n"), NULL },
	{ T("PAR1,PAR2\n"), NULL },
	{ T("a\0b\n"), NULL },
};

static void
no_text(struct buffer *out)
{
	struct origin origin = { path, NULL, NULL };
	struct error err;

	for (size_t i = 0; i < COUNT(others); i++) {
		bool ok;

		put_file(others[i].data);
		ok = read_all(&origin, 4096, out, &err);
		CHECK(ok == !others[i].what);
		CHECK(ok || strstr(err.text, others[i].what));
	}
	origin.path = "/no/such/file";
	CHECK(!read_all(&origin, 8, out, &err) && strstr(err.text, "cannot open"));
	origin.path = "/";
	CHECK(!read_all(&origin, 8, out, &err) && strstr(err.text, "it is a folder"));
}

static void *
write_pipe(void *name)
{
	struct text t = sample();
	int fd = open(name, O_WRONLY);

	while (fd >= 0 && t.size) {
		ssize_t n = write(fd, t.data, t.size);

		if (n <= 0)
			break;
		t.data += n;
		t.size -= (size_t)n;
	}
	close(fd);
	return NULL;
}

/* A pipe can be read twice, even where the first reading stopped early. */
static void
pipes(struct buffer *out)
{
	char name[] = "/tmp/lariat-test-XXXXXX", fifo[64], piece[100];
	struct origin origin = { fifo, NULL, NULL };
	struct bytes *bytes;
	struct error err;
	pthread_t thread;
	size_t got;

	CHECK(mkdtemp(name) != NULL);
	snprintf(fifo, sizeof(fifo), "%s/pipe", name);
	CHECK(mkfifo(fifo, 0600) == 0);
	CHECK(pthread_create(&thread, NULL, write_pipe, fifo) == 0);
	CHECK(bytes_open(&origin, &bytes, &err));
	CHECK(bytes_read(bytes, piece, sizeof(piece), &got, &err) && got > 0);
	CHECK(!bytes_are_plain(bytes));
	bytes_close(bytes);
	CHECK(read_all(&origin, 4096, out, &err) && is_text(out, sample()));
	CHECK(read_all(&origin, 1000, out, &err) && is_text(out, sample()));
	pthread_join(thread, NULL);
	origin_release(&origin);
	unlink(fifo);
	rmdir(name);
}

int
main(void)
{
	struct error err;
	struct buffer *out = buffer_new(0, &err);

	file = memfd_create("bytes", MFD_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	decoding(out);
	compressed(out);
	no_text(out);
	pipes(out);
	buffer_drop(out);
	return check_report();
}
