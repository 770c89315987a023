/*
 * bytes_inflate - one step function a kind; the rest is the same for all of them.
 */
#include "io/bytes_inflate.h"

#include <stdlib.h>
#include <zlib.h>

#include "config.h"

#if HAVE_BZLIB_H
#include <bzlib.h>
#endif
#if HAVE_ZSTD
#include <zstd.h>
#endif

enum result { MORE, STREAM_END, BROKEN, NO_MEMORY };

struct inflate {
	const struct kind *kind;
	const char *path;
	bool between; /* streams: at the start, or behind the end of one */
	bool any;     /* a stream has ended well */
	z_stream zlib;
#if HAVE_BZLIB_H
	bz_stream bzip2;
#endif
#if HAVE_ZSTD
	ZSTD_DStream *zstd;
#endif
};

struct kind {
	const char *name;
	struct text magic;
	enum result (*start)(struct inflate *);
	enum result (*step)(struct inflate *, struct text *in, struct text *out);
	void (*stop)(struct inflate *);
};

/* Lengths as the libraries count them. */
static unsigned
part(size_t size)
{
	return size > 1u << 30 ? 1u << 30 : (unsigned)size;
}

static void
moved(struct text *t, size_t n)
{
	t->data += n;
	t->size -= n;
}

static enum result
gzip_start(struct inflate *f)
{
	f->zlib = (z_stream){ 0 };
	return inflateInit2(&f->zlib, 15 + 16) == Z_OK ? MORE : NO_MEMORY;
}

static enum result
gzip_step(struct inflate *f, struct text *in, struct text *out)
{
	z_stream *z = &f->zlib;
	unsigned n_in = part(in->size), n_out = part(out->size);
	int r;

	z->next_in = (unsigned char *)(uintptr_t)in->data;
	z->avail_in = n_in;
	z->next_out = (unsigned char *)(uintptr_t)out->data;
	z->avail_out = n_out;
	r = inflate(z, Z_NO_FLUSH);
	moved(in, n_in - z->avail_in);
	moved(out, n_out - z->avail_out);
	return r == Z_STREAM_END               ? STREAM_END
	       : r == Z_OK || r == Z_BUF_ERROR ? MORE
	       : r == Z_MEM_ERROR              ? NO_MEMORY
					       : BROKEN;
}

static void
gzip_stop(struct inflate *f)
{
	inflateEnd(&f->zlib);
}

#if HAVE_BZLIB_H
static enum result
bzip2_start(struct inflate *f)
{
	f->bzip2 = (bz_stream){ 0 };
	return BZ2_bzDecompressInit(&f->bzip2, 0, 0) == BZ_OK ? MORE : NO_MEMORY;
}

static enum result
bzip2_step(struct inflate *f, struct text *in, struct text *out)
{
	bz_stream *z = &f->bzip2;
	unsigned n_in = part(in->size), n_out = part(out->size);
	int r;

	z->next_in = (char *)(uintptr_t)in->data;
	z->avail_in = n_in;
	z->next_out = (char *)(uintptr_t)out->data;
	z->avail_out = n_out;
	r = BZ2_bzDecompress(z);
	moved(in, n_in - z->avail_in);
	moved(out, n_out - z->avail_out);
	return r == BZ_STREAM_END  ? STREAM_END
	       : r == BZ_OK        ? MORE
	       : r == BZ_MEM_ERROR ? NO_MEMORY
				   : BROKEN;
}

static void
bzip2_stop(struct inflate *f)
{
	BZ2_bzDecompressEnd(&f->bzip2);
}
#endif

#if HAVE_ZSTD
static enum result
zstd_start(struct inflate *f)
{
	f->zstd = ZSTD_createDStream();
	return f->zstd ? MORE : NO_MEMORY;
}

static enum result
zstd_step(struct inflate *f, struct text *in, struct text *out)
{
	ZSTD_inBuffer from = { in->data, in->size, 0 };
	ZSTD_outBuffer to = { (char *)(uintptr_t)out->data, out->size, 0 };
	size_t r = ZSTD_decompressStream(f->zstd, &to, &from);

	moved(in, from.pos);
	moved(out, to.pos);
	return ZSTD_isError(r) ? BROKEN : r == 0 ? STREAM_END : MORE;
}

static void
zstd_stop(struct inflate *f)
{
	ZSTD_freeDStream(f->zstd);
}
#endif

static const struct kind kinds[] = {
	{ "gzip", { "\x1f\x8b\x08", 3 }, gzip_start, gzip_step, gzip_stop },
#if HAVE_ZSTD
	{ "zstd", { "\x28\xb5\x2f\xfd", 4 }, zstd_start, zstd_step, zstd_stop },
#endif
#if HAVE_BZLIB_H
	{ "bzip2", { "BZh", 3 }, bzip2_start, bzip2_step, bzip2_stop },
#endif
};

/* Does bzip2's block mark follow its letters? A CSV may begin with "BZh". */
static bool
is_kind(const struct kind *kind, struct text head)
{
	if (head.size < kind->magic.size ||
	    memcmp(head.data, kind->magic.data, kind->magic.size) != 0)
		return false;
	return kind->magic.data[0] != 'B' ||
	       (head.size >= 10 && (memcmp(head.data + 4, "1AY&SY", 6) == 0 ||
				    memcmp(head.data + 4, "\x17rE8P\x90", 6) == 0));
}

bool
inflate_new(struct text head, const char *path, struct inflate **out, struct error *err)
{
	*out = NULL;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (!is_kind(&kinds[i], head))
			continue;
		*out = calloc(1, sizeof(**out));
		if (!*out)
			return fail(err, "out of memory: the system refused to open '%s'",
				    path);
		(*out)->kind = &kinds[i];
		(*out)->path = path;
		(*out)->between = true;
	}
	return true;
}

void
inflate_free(struct inflate *f)
{
	if (f && !f->between)
		f->kind->stop(f);
	free(f);
}

/* What stands behind a stream: another one, or something that is none, as gzip and tar
 * pad with, which is dropped. */
static bool
begin_stream(struct inflate *f, struct text *in, struct error *err)
{
	if (f->any && !is_kind(f->kind, *in)) {
		in->size = 0;
		return true;
	}
	if (f->kind->start(f) != MORE)
		return fail(err, "out of memory: the system refused to uncompress '%s'",
			    f->path);
	f->between = false;
	return true;
}

bool
inflate_step(struct inflate *f, struct text *in, bool ended, char *out, size_t size,
	     size_t *put, struct error *err)
{
	struct text to = { out, size };

	while (to.size == size && (in->size || (ended && !f->between))) {
		size_t before = in->size;
		enum result r;

		if (f->between && !begin_stream(f, in, err))
			return false;
		if (f->between)
			break;
		r = f->kind->step(f, in, &to);
		if (r == STREAM_END) {
			f->kind->stop(f);
			f->between = f->any = true;
		} else if (r == NO_MEMORY) {
			return fail(
				err,
				"out of memory: the system refused to uncompress '%s'",
				f->path);
		} else if (r == BROKEN) {
			return fail(err, "'%s' is broken: its %s data does not fit",
				    f->path, f->kind->name);
		} else if (to.size == size && in->size == before) {
			if (ended)
				return fail(err,
					    "'%s' is cut off: its %s data has no end",
					    f->path, f->kind->name);
			break;
		}
	}
	*put = size - to.size;
	return true;
}
