/* parquet_page - page headers, and the four codecs that people use. */
#include "data/parquet_page.h"

#include <zlib.h>

#include "config.h"
#include "data/thrift.h"
#ifdef HAVE_SNAPPY
#include <snappy-c.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif
#ifdef HAVE_LZ4
#include <lz4.h>
#endif

enum { LARGEST_PAGE = 1 << 30 };

/* The fields that both versions of data pages and dictionaries have, by their ids. */
struct ids {
	int entries, encoding, definition_encoding, repetition_encoding;
	int definition_size, repetition_size, is_packed;
};

static const struct ids of_data = {
	.entries = 1, .encoding = 2, .definition_encoding = 3, .repetition_encoding = 4
};
static const struct ids of_dictionary = { .entries = 1, .encoding = 2 };
static const struct ids of_data_2 = { .entries = 1,
				      .encoding = 4,
				      .definition_size = 5,
				      .repetition_size = 6,
				      .is_packed = 7 };

static size_t
size_of(struct thrift *t, const struct thrift_field *f)
{
	int64_t size = thrift_int(t, f);

	if (size < 0 || size > LARGEST_PAGE) {
		t->is_bad = true;
		return 0;
	}
	return (size_t)size;
}

static void
read_kind(struct thrift *t, const struct thrift_field *field, const struct ids *ids,
	  struct parquet_page *page)
{
	if (!thrift_struct(t, field))
		return;
	for (struct thrift_field f = { 0 }; thrift_next(t, &f);) {
		if (f.id == ids->entries)
			page->entries = size_of(t, &f);
		else if (f.id == ids->encoding)
			page->encoding = (int)thrift_int(t, &f);
		else if (f.id == ids->definition_encoding)
			page->definition_encoding = (int)thrift_int(t, &f);
		else if (f.id == ids->repetition_encoding)
			page->repetition_encoding = (int)thrift_int(t, &f);
		else if (f.id == ids->definition_size)
			page->definition_size = size_of(t, &f);
		else if (f.id == ids->repetition_size)
			page->repetition_size = size_of(t, &f);
		else if (f.id == ids->is_packed)
			page->is_packed = thrift_bool(t, &f);
		else
			thrift_skip(t, &f);
	}
}

static void
read_header(struct thrift *t, struct parquet_page *page, size_t *packed, int64_t *crc)
{
	int64_t kind = -1;

	for (struct thrift_field f = { 0 }; thrift_next(t, &f);)
		switch (f.id) {
		case 1:
			kind = thrift_int(t, &f);
			break;
		case 2:
			page->size = size_of(t, &f);
			break;
		case 3:
			*packed = size_of(t, &f);
			break;
		case 4:
			*crc = (int64_t)(uint32_t)thrift_int(t, &f);
			break;
		case 5:
			read_kind(t, &f, &of_data, page);
			break;
		case 7:
			read_kind(t, &f, &of_dictionary, page);
			break;
		case 8:
			read_kind(t, &f, &of_data_2, page);
			break;
		default:
			thrift_skip(t, &f);
		}
	if (kind < PAGE_DATA || kind > PAGE_DATA_2)
		t->is_bad = true;
	page->kind = (enum parquet_page_kind)kind;
}

bool
parquet_next_page(struct text *left, struct parquet_page *page, struct error *err)
{
	struct thrift t = { .at = left->data, .end = left->data + left->size };
	size_t packed = 0, levels;
	int64_t crc = -1;

	*page = (struct parquet_page){ .is_packed = true };
	read_header(&t, page, &packed, &crc);
	if (t.is_bad)
		return fail(err, "a page's header is damaged");
	if (packed > (size_t)(t.end - t.at))
		return fail(err, "a page is cut off");
	page->body = (struct text){ t.at, packed };
	levels = page->definition_size + page->repetition_size;
	if (levels > packed || levels > page->size)
		return fail(err, "a page's header is damaged");
	if (crc >= 0 && (int64_t)crc32(0, (const Bytef *)t.at, (uInt)packed) != crc)
		return fail(err, "a page is damaged: its checksum differs");
	*left = (struct text){ t.at + packed, (size_t)(t.end - t.at) - packed };
	return true;
}

static bool
damaged(size_t size, struct error *err)
{
	return fail(err, "a page does not unpack to %zu bytes", size);
}

static bool
unpack_gzip(struct text packed, size_t size, char *out, struct error *err)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)packed.data,
		       .avail_in = (uInt)packed.size,
		       .next_out = (Bytef *)out,
		       .avail_out = (uInt)size };
	int status;

	if (inflateInit2(&z, MAX_WBITS + 32) != Z_OK)
		return fail(err, "no memory to unpack a page");
	while ((status = inflate(&z, Z_FINISH)) == Z_STREAM_END && z.avail_in &&
	       z.avail_out)
		if (inflateReset(&z) != Z_OK) /* members, one behind the other */
			break;
	inflateEnd(&z);
	return (status == Z_STREAM_END && z.avail_out == 0) || damaged(size, err);
}

static bool
unpack_snappy(struct text packed, size_t size, char *out, struct error *err)
{
#ifdef HAVE_SNAPPY
	size_t found;

	if (snappy_uncompressed_length(packed.data, packed.size, &found) != SNAPPY_OK ||
	    found != size ||
	    snappy_uncompress(packed.data, packed.size, out, &found) != SNAPPY_OK)
		return damaged(size, err);
	return true;
#else
	(void)packed, (void)size, (void)out;
	return fail(err,
		    "a page is packed by snappy, and this program is built without it");
#endif
}

static bool
unpack_zstd(struct text packed, size_t size, char *out, struct error *err)
{
#ifdef HAVE_ZSTD
	return ZSTD_decompress(out, size, packed.data, packed.size) == size ||
	       damaged(size, err);
#else
	(void)packed, (void)size, (void)out;
	return fail(err,
		    "a page is packed by zstd, and this program is built without it");
#endif
}

static bool
unpack_lz4(struct text packed, size_t size, char *out, struct error *err)
{
#ifdef HAVE_LZ4
	return LZ4_decompress_safe(packed.data, out, (int)packed.size, (int)size) ==
		       (int)size ||
	       damaged(size, err);
#else
	(void)packed, (void)size, (void)out;
	return fail(err, "a page is packed by lz4, and this program is built without it");
#endif
}

bool
parquet_unpack(int codec, struct text packed, size_t size, struct buffer *out,
	       struct error *err)
{
	/* Only zstd packs better than this; a false size is not worth the memory. */
	if (codec != PARQUET_ZSTD && size / 1100 > packed.size)
		return damaged(size, err);
	out->size = 0;
	if (!buffer_reserve(out, size, err))
		return false;
	out->size = size;
	if (size == 0 && packed.size == 0)
		return true;
	switch (codec) {
	case PARQUET_UNCOMPRESSED:
		if (packed.size != size)
			return damaged(size, err);
		memcpy(out->data, packed.data, size);
		return true;
	case PARQUET_SNAPPY:
		return unpack_snappy(packed, size, out->data, err);
	case PARQUET_GZIP:
		return unpack_gzip(packed, size, out->data, err);
	case PARQUET_ZSTD:
		return unpack_zstd(packed, size, out->data, err);
	case PARQUET_LZ4:
		return unpack_lz4(packed, size, out->data, err);
	default:
		return fail(err, "a page is packed by codec %d, which is not known",
			    codec);
	}
}

bool
parquet_pack(int codec, struct text data, struct buffer *out, struct error *err)
{
	if (codec == PARQUET_UNCOMPRESSED)
		return buffer_append(out, data.data, data.size, err);
#ifdef HAVE_SNAPPY
	if (codec == PARQUET_SNAPPY) {
		size_t size = snappy_max_compressed_length(data.size);

		if (!buffer_reserve(out, size, err))
			return false;
		if (snappy_compress(data.data, data.size, out->data + out->size, &size) !=
		    SNAPPY_OK)
			return fail(err, "snappy cannot pack a page");
		out->size += size;
		return true;
	}
#endif
	return fail(err, "cannot pack by codec %d: this program is built without it",
		    codec);
}
