/*
 * text_count - characters, 64 bytes at a time where all is as it is in most texts.
 *
 * Bytes that carry on a character (10xxxxxx) must stand exactly behind those that begin
 * one of two or three bytes; then every other byte is a character. What is longer, or
 * begins with a byte that asks for a closer look (C0, C1, E0, ED), goes by text_next().
 */
#include "base/text.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The same, byte by byte, until `end` or a little beyond. */
static size_t
count_slowly(struct text t, size_t *at, size_t end)
{
	size_t n = 0;

	for (; *at < end; n++)
		text_next(t, at);
	return n;
}

#if defined(__SSE2__)

enum { BLOCK = 64 };

/* A bit a byte of a block. */
struct masks {
	uint64_t carries_on; /* 10xxxxxx */
	uint64_t begins;     /* 11xxxxxx */
	uint64_t begins_3;   /* 1110xxxx */
	bool odd;            /* some byte needs a closer look */
};

static __m128i
part(const char *data, int i)
{
	return _mm_loadu_si128((const __m128i *)(const void *)data + i);
}

static __m128i
is_byte(__m128i v, int byte)
{
	return _mm_cmpeq_epi8(v, _mm_set1_epi8((char)byte));
}

/* Unsigned. */
static __m128i
is_at_least(__m128i v, int byte)
{
	return _mm_cmpeq_epi8(_mm_max_epu8(v, _mm_set1_epi8((char)byte)), v);
}

/* What begins characters of more than two bytes, where there are any. */
static void
add_wide(const char *data, struct masks *m)
{
	__m128i odd = _mm_setzero_si128();

	for (int i = 0; i < BLOCK / 16; i++) {
		const __m128i v = part(data, i), longer = is_at_least(v, 0xf0);
		const __m128i three = _mm_andnot_si128(longer, is_at_least(v, 0xe0));

		m->begins_3 |= (uint64_t)(unsigned)_mm_movemask_epi8(three) << 16 * i;
		odd = _mm_or_si128(odd,
				   _mm_or_si128(longer, _mm_or_si128(is_byte(v, 0xe0),
								     is_byte(v, 0xed))));
	}
	m->odd = m->odd || _mm_movemask_epi8(odd) != 0;
}

static struct masks
masks_of(const char *data)
{
	__m128i odd = _mm_setzero_si128(), wide = _mm_setzero_si128();
	struct masks m = { 0 };

	for (int i = 0; i < BLOCK / 16; i++) {
		const __m128i v = part(data, i);
		const __m128i carries = _mm_cmplt_epi8(v, _mm_set1_epi8(-64));
		const __m128i pair = _mm_and_si128(v, _mm_set1_epi8((char)0xfe));
		const uint64_t high = (unsigned)_mm_movemask_epi8(v);
		const uint64_t on = (unsigned)_mm_movemask_epi8(carries);

		m.carries_on |= on << 16 * i;
		m.begins |= (high ^ on) << 16 * i;
		wide = _mm_or_si128(wide, is_at_least(v, 0xe0));
		odd = _mm_or_si128(odd, is_byte(pair, 0xc0));
	}
	m.odd = _mm_movemask_epi8(odd) != 0;
	if (_mm_movemask_epi8(wide))
		add_wide(data, &m);
	return m;
}

/* Where the last character of a full block begins that is not whole in it, else its end.
 */
static size_t
whole_end(const struct masks *m)
{
	if (m->begins >> (BLOCK - 1))
		return BLOCK - 1;
	return m->begins_3 >> (BLOCK - 2) & 1 ? BLOCK - 2 : BLOCK;
}

/* The characters from *at on, which is a place where one begins, as far as a block goes;
 * false: they need a closer look. */
static bool
count_block(struct text t, size_t *at, size_t *n)
{
	size_t size = t.size - *at < BLOCK ? t.size - *at : BLOCK;
	char copy[BLOCK] = { 0 };
	const char *data = t.data + *at;
	struct masks m;
	uint64_t expected, used;

	if (size < BLOCK) {
		memcpy(copy, data, size);
		data = copy;
	}
	m = masks_of(data);
	if (size == BLOCK)
		size = whole_end(&m);
	used = size < BLOCK ? (UINT64_C(1) << size) - 1 : UINT64_MAX;
	m.begins &= used;
	m.begins_3 &= used;
	expected = m.begins << 1 | m.begins_3 << 2;
	if (m.odd || expected != (m.carries_on & used))
		return false;
	*n += size - (size_t)__builtin_popcountll(expected);
	*at += size;
	return true;
}

size_t
text_count(struct text t)
{
	size_t n = 0;

	for (size_t at = 0; at < t.size;)
		if (!count_block(t, &at, &n))
			n += count_slowly(t, &at,
					  t.size - at < BLOCK ? t.size : at + BLOCK);
	return n;
}

#else

size_t
text_count(struct text t)
{
	size_t at = 0;

	return count_slowly(t, &at, t.size);
}

#endif
