/*
 * bytes - three layers, each of which is asked for more by the one above: the raw bytes
 * (file, pipe, or what a pipe left in its spool), the uncompressed ones, the UTF-8.
 */
#include "io/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "io/bytes_decode.h"
#include "io/bytes_inflate.h"

/* What came through a pipe so far. */
struct spool {
	pthread_mutex_t lock; /* several may read, each from the start */
	int pipe, file;
	uint64_t size;
	bool ended;
};

enum { BLOCK = 65536 };

/* A block of bytes, of which some are taken. */
struct block {
	size_t at, size;
	bool ended; /* nothing comes behind it */
	char data[BLOCK];
};

struct bytes {
	const char *path;
	struct spool *spool;
	int fd;
	uint64_t place; /* in file or spool */
	size_t mark;
	struct inflate *inflate;
	struct decode *decode;
	struct block raw, text; /* raw: only used if compressed */
};

static struct spool *
spool_new(int fd, const char *path, struct error *err)
{
	const char *folder = getenv("TMPDIR");
	struct spool *spool = calloc(1, sizeof(*spool));

	if (!spool) {
		fail(err, "out of memory: the system refused to open '%s'", path);
		return NULL;
	}
	pthread_mutex_init(&spool->lock, NULL);
	spool->pipe = fd;
	spool->file = open(folder && *folder ? folder : "/tmp",
			   O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (spool->file < 0) {
		fail_errno(err, "cannot keep what comes from '%s' in '%s'", path,
			   folder && *folder ? folder : "/tmp");
		pthread_mutex_destroy(&spool->lock);
		free(spool);
		return NULL;
	}
	return spool;
}

void
origin_release(struct origin *origin)
{
	struct spool *spool = origin->spool;

	if (!spool)
		return;
	close(spool->file);
	close(spool->pipe);
	pthread_mutex_destroy(&spool->lock);
	free(spool);
	origin->spool = NULL;
}

static bool
read_some(int fd, char *data, size_t size, uint64_t place, bool placed, size_t *got)
{
	ssize_t n;

	do
		n = placed ? pread(fd, data, size, (off_t)place) : read(fd, data, size);
	while (n < 0 && errno == EINTR);
	*got = n > 0 ? (size_t)n : 0;
	return n >= 0;
}

static bool
spool_write(const struct spool *spool, const char *data, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t n = pwrite(spool->file, data + done, size - done,
				   (off_t)(spool->size + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

/* What is spooled already is read from there, the rest goes there. */
static bool
read_spooled(struct bytes *b, char *data, size_t size, size_t *got, struct error *err)
{
	struct spool *spool = b->spool;

	*got = 0;
	if (b->place < spool->size)
		return read_some(spool->file, data, size, b->place, true, got) ||
		       fail_errno(err, "cannot read what came from '%s' again", b->path);
	if (spool->ended)
		return true;
	if (!read_some(spool->pipe, data, size, 0, false, got))
		return fail_errno(err, "cannot read '%s'", b->path);
	spool->ended = *got == 0;
	if (!spool_write(spool, data, *got))
		return fail_errno(err, "cannot keep what comes from '%s'", b->path);
	spool->size += *got;
	return true;
}

static bool
read_raw(struct bytes *b, char *data, size_t size, size_t *got, struct error *err)
{
	if (b->spool) {
		bool ok;

		pthread_mutex_lock(&b->spool->lock);
		ok = read_spooled(b, data, size, got, err);
		pthread_mutex_unlock(&b->spool->lock);
		if (!ok)
			return false;
	} else if (!read_some(b->fd, data, size, b->place, true, got)) {
		return fail_errno(err, "cannot read '%s'", b->path);
	}
	b->place += *got;
	return true;
}

/* Behind the bytes that a block still holds; true with nothing new: the end. */
static bool
fill(struct bytes *b, struct block *block, struct error *err)
{
	size_t got;

	memmove(block->data, block->data + block->at, block->size - block->at);
	block->size -= block->at;
	block->at = 0;
	if (block->ended || block->size == BLOCK)
		return true;
	if (!read_raw(b, block->data + block->size, BLOCK - block->size, &got, err))
		return false;
	block->size += got;
	block->ended = got == 0;
	return true;
}

static struct text
rest(const struct block *block)
{
	return (struct text){ block->data + block->at, block->size - block->at };
}

static void
taken(struct block *block, struct text left)
{
	block->at = block->size - left.size;
}

/* Uncompressed bytes, not decoded. */
static bool
read_plain(struct bytes *b, char *data, size_t size, size_t *got, struct error *err)
{
	if (!b->inflate)
		return read_raw(b, data, size, got, err);
	for (;;) {
		struct text in = rest(&b->raw);

		if (!inflate_step(b->inflate, &in, b->raw.ended, data, size, got, err))
			return false;
		taken(&b->raw, in);
		if (*got || b->raw.ended)
			return true;
		if (!fill(b, &b->raw, err))
			return false;
	}
}

/* Enough of the first bytes to tell what they are. */
static bool
look_raw(struct bytes *b, struct error *err)
{
	while (b->raw.size < 64 && !b->raw.ended)
		if (!fill(b, &b->raw, err))
			return false;
	return true;
}

static bool
look_text(struct bytes *b, struct error *err)
{
	struct block *text = &b->text;
	size_t got = 1;

	while (text->size < 64 && got) {
		if (!read_plain(b, text->data + text->size, BLOCK - text->size, &got,
				err))
			return false;
		text->size += got;
	}
	return true;
}

static bool
open_file(struct origin *origin, struct bytes *b, struct error *err)
{
	struct stat st;
	int fd;

	if (origin->spool) {
		b->spool = origin->spool;
		return true;
	}
	fd = strcmp(origin->path, "-") == 0
		     ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
		     : open(origin->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0 || fstat(fd, &st) != 0) {
		fail_errno(err, "cannot open '%s'", origin->path);
		if (fd >= 0)
			close(fd);
		return false;
	}
	if (S_ISDIR(st.st_mode)) {
		close(fd);
		return fail(err, "cannot read '%s': it is a folder", origin->path);
	}
	if (!S_ISREG(st.st_mode)) {
		b->spool = origin->spool = spool_new(fd, origin->path, err);
		if (!b->spool)
			close(fd);
		return b->spool != NULL;
	}
	b->fd = fd;
	return true;
}

/* Known files that are no text, by their first bytes. */
static const struct {
	struct text magic;
	const char *what;
} others[] = {
	{ { "PAR1", 4 }, "a Parquet file" },
	{ { "PK\3\4", 4 }, "a ZIP archive (or a spreadsheet, .xlsx)" },
	{ { "\x7f"
	    "ELF",
	    4 },
	  "a program" },
	{ { "\x89PNG\r\n", 6 }, "a PNG image" },
	{ { "\xff\xd8\xff", 3 }, "a JPEG image" },
	{ { "GIF8", 4 }, "a GIF image" },
	{ { "%PDF-", 5 }, "a PDF document" },
	{ { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8 }, "an old Office file (.xls)" },
	{ { "Obj\1", 4 }, "an Avro file" },
	{ { "ARROW1", 6 }, "an Arrow file" },
	{ { "ORC", 3 }, "an ORC file" },
	{ { "SQLite format 3", 16 }, "an SQLite database" },
	{ { "\x1f\x8b", 2 }, "compressed by gzip" },
	{ { "\x28\xb5\x2f\xfd", 4 }, "compressed by zstd" },
	{ { "\xfd"
	    "7zXZ",
	    5 },
	  "compressed by xz" },
	{ { "7z\xbc\xaf\x27\x1c", 6 }, "a 7z archive" },
	{ { "Rar!\x1a", 5 }, "a RAR archive" },
};

/* Bytes that no text has. A name of a column may well begin with "ORC". */
static bool
has_control(struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		if ((unsigned char)t.data[i] < '\t')
			return true;
	return false;
}

const char *
bytes_are_other(struct text head)
{
	for (size_t i = 0; i < COUNT(others); i++)
		if (head.size >= others[i].magic.size &&
		    memcmp(head.data, others[i].magic.data, others[i].magic.size) == 0 &&
		    (has_control(others[i].magic) || has_control(head)))
			return others[i].what;
	return NULL;
}

static bool
begin(struct origin *origin, struct bytes *b, struct error *err)
{
	const char *other;

	if (!open_file(origin, b, err) || !look_raw(b, err) ||
	    !inflate_new(rest(&b->raw), b->path, &b->inflate, err))
		return false;
	if (!b->inflate) {
		memcpy(b->text.data, b->raw.data, b->raw.size);
		b->text.size = b->raw.size;
		b->raw.size = 0;
	}
	if (!look_text(b, err))
		return false;
	other = bytes_are_other(rest(&b->text));
	if (other)
		return fail(err, "'%s' is not text: it looks like %s", b->path, other);
	if (!decode_new(origin->encoding, rest(&b->text), b->path, &b->decode, &b->mark,
			err))
		return false;
	b->text.at = b->mark;
	return true;
}

bool
bytes_open(struct origin *origin, struct bytes **out, struct error *err)
{
	*out = calloc(1, sizeof(**out));
	if (!*out)
		return fail(err, "out of memory: the system refused to open '%s'",
			    origin->path);
	(*out)->path = origin->path;
	(*out)->fd = -1;
	if (begin(origin, *out, err))
		return true;
	bytes_close(*out);
	*out = NULL;
	return false;
}

void
bytes_close(struct bytes *b)
{
	if (!b)
		return;
	inflate_free(b->inflate);
	decode_free(b->decode);
	if (b->fd >= 0)
		close(b->fd);
	free(b);
}

/* What the first look took, then straight into the caller's hands. */
static bool
read_undecoded(struct bytes *b, char *data, size_t size, size_t *got, struct error *err)
{
	struct text have = rest(&b->text);

	if (!have.size)
		return read_plain(b, data, size, got, err);
	*got = have.size < size ? have.size : size;
	memcpy(data, have.data, *got);
	b->text.at += *got;
	return true;
}

static bool
refill_text(struct bytes *b, struct error *err)
{
	struct block *text = &b->text;
	size_t got;

	memmove(text->data, text->data + text->at, text->size - text->at);
	text->size -= text->at;
	text->at = 0;
	if (!read_plain(b, text->data + text->size, BLOCK - text->size, &got, err))
		return false;
	text->size += got;
	text->ended = got == 0;
	return true;
}

bool
bytes_read(struct bytes *b, char *data, size_t size, size_t *got, struct error *err)
{
	if (!b->decode)
		return read_undecoded(b, data, size, got, err);
	for (;;) {
		struct text in = rest(&b->text);

		decode_step(b->decode, &in, b->text.ended, data, size, got);
		taken(&b->text, in);
		if (*got || b->text.ended)
			return true;
		if (!refill_text(b, err))
			return false;
	}
}

bool
bytes_are_plain(const struct bytes *b)
{
	return !b->inflate && !b->decode && !b->spool;
}

size_t
bytes_mark(const struct bytes *b)
{
	return b->mark;
}

uint64_t
bytes_taken(const struct bytes *b)
{
	return b->place;
}
