/*
 * csv_pen.h - cells as CSV text, one by one: with quotes where they are needed. Private
 * to csv_write.c and csv_tile.c.
 */
#ifndef IO_CSV_PEN_H
#define IO_CSV_PEN_H

#include "io/csv_write.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The delimiter's and quote's places, looked up once. */
struct pen {
	const struct csv_style *style;
	size_t delimiter_size;
	bool special[256];              /* bytes that may make a value need quotes */
	_Alignas(16) char marks[4][16]; /* the same as a list, 16 times each; some perhaps
					   twice */
	struct buffer *out;
	struct buffer *scratch; /* for values that are built before they are quoted */
	struct error *err;
};

CHECKED bool pen_init(struct pen *pen, const struct csv_style *style, struct buffer *out,
		      struct error *err);
void pen_release(struct pen *pen);

/* Append a text, or a cell that is not null; first: it is its row's first. */
CHECKED bool pen_text(struct pen *pen, struct text t, bool first);
CHECKED bool pen_cell(struct pen *pen, const struct column *c, size_t row, bool first);

/* The same for what is no string, where digits and signs may need quotes. */
CHECKED bool pen_built(struct pen *pen, const struct column *c, size_t row, bool first);

/* Which of 16 bytes are special: a bit a byte. */
static inline unsigned
pen_marks(const struct pen *pen, const char *data)
{
#if defined(__SSE2__)
	const __m128i *marks = (const __m128i *)(const void *)pen->marks;
	const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)data);
	const __m128i any = _mm_or_si128(
		_mm_or_si128(_mm_cmpeq_epi8(v, marks[0]), _mm_cmpeq_epi8(v, marks[1])),
		_mm_or_si128(_mm_cmpeq_epi8(v, marks[2]), _mm_cmpeq_epi8(v, marks[3])));

	return (unsigned)_mm_movemask_epi8(any);
#else
	unsigned any = 0;

	for (unsigned i = 0; i < 16; i++)
		any |= (unsigned)pen->special[(unsigned char)data[i]] << i;
	return any;
#endif
}

/* No byte of it is special. It must be followed by 15 readable bytes. */
static inline bool
pen_is_plain(const struct pen *pen, struct text t)
{
	for (; t.size >= 16; t.data += 16, t.size -= 16)
		if (pen_marks(pen, t.data))
			return false;
	return !(pen_marks(pen, t.data) & ((1u << t.size) - 1));
}

#endif
