/*
 * parquet_page.h - what is below a column chunk: pages, codecs, packed whole numbers.
 * Only for the other parquet_*.c.
 */
#ifndef DATA_PARQUET_PAGE_H
#define DATA_PARQUET_PAGE_H

#include "data/parquet.h"

enum parquet_encoding {
	ENCODING_PLAIN = 0,
	ENCODING_PLAIN_DICTIONARY = 2,
	ENCODING_RLE = 3,
	ENCODING_BIT_PACKED = 4,
	ENCODING_RLE_DICTIONARY = 8,
};

enum parquet_page_kind {
	PAGE_DATA = 0,
	PAGE_INDEX = 1,
	PAGE_DICTIONARY = 2,
	PAGE_DATA_2 = 3
};

/* Give values the buffers that they lack. */
CHECKED bool parquet_prepare(struct parquet_values *values, struct error *err);

struct parquet_page {
	enum parquet_page_kind kind;
	struct text body; /* as it is in the file */
	size_t size;      /* of the body, unpacked */
	size_t entries;   /* dictionary: values */
	int encoding, definition_encoding, repetition_encoding;
	size_t definition_size, repetition_size; /* version 2: before what is packed */
	bool is_packed;
};

/* Take the first page off what is left of a chunk. */
CHECKED bool parquet_next_page(struct text *left, struct parquet_page *page,
			       struct error *err);

/* Unpack into out (what was there is gone) to exactly size bytes. */
CHECKED bool parquet_unpack(int codec, struct text packed, size_t size,
			    struct buffer *out, struct error *err);

/* Append data, packed. */
CHECKED bool parquet_pack(int codec, struct text data, struct buffer *out,
			  struct error *err);

/* Runs of equal numbers mixed with packed ones. */
struct hybrid {
	const unsigned char *at, *end;
	unsigned width; /* bits, at most 32 */
	uint64_t run;   /* entries left in the run */
	bool is_packed;
	uint32_t value; /* of an equal run */
	unsigned bit;   /* of a packed run: place in *at */
};

struct hybrid hybrid_start(struct text data, unsigned width);
/* n numbers; false: there are less. */
CHECKED bool hybrid_take(struct hybrid *h, uint32_t *out, size_t n);

/* Numbers as one run after the other. */
CHECKED bool hybrid_write(const struct buffer *levels, unsigned width, struct buffer *out,
			  struct error *err);

static inline unsigned
bits_for(unsigned most)
{
	unsigned bits = 0;

	for (; most; most >>= 1)
		bits++;
	return bits;
}

#endif
