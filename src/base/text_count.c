/*
 * text_count - characters, 64 bytes at a time where all is as it is in most texts.
 *
 * Bytes that carry on a character (10xxxxxx) must stand exactly behind those that begin
 * one of two or three bytes; then every other byte is a character. What is longer, or
 * begins with a byte that asks for a closer look (C0, C1, E0, ED), goes by text_next().
 */
#include "base/text.h"

#if defined(__SSE2__)
#include <immintrin.h>
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

typedef struct masks mask_maker(const char *data);

static inline struct masks
masks_sse2(const char *data)
{
	struct masks m = { 0 };
	__m128i odd = _mm_setzero_si128();

	for (int i = 0; i < BLOCK / 16; i++) {
		const __m128i v =
			_mm_loadu_si128((const __m128i *)(const void *)data + i);
		const __m128i carries = _mm_cmplt_epi8(v, _mm_set1_epi8(-64));
		const __m128i three =
			_mm_cmpeq_epi8(_mm_and_si128(v, _mm_set1_epi8((char)0xf0)),
				       _mm_set1_epi8((char)0xe0));
		const uint64_t high = (unsigned)_mm_movemask_epi8(v);
		const uint64_t on = (unsigned)_mm_movemask_epi8(carries);

		m.carries_on |= on << 16 * i;
		m.begins |= (high & ~on) << 16 * i;
		m.begins_3 |= (uint64_t)(unsigned)_mm_movemask_epi8(three) << 16 * i;
		odd = _mm_or_si128(
			odd,
			_mm_cmpeq_epi8(_mm_max_epu8(v, _mm_set1_epi8((char)0xf0)), v));
		odd = _mm_or_si128(
			odd, _mm_cmpeq_epi8(_mm_and_si128(v, _mm_set1_epi8((char)0xfe)),
					    _mm_set1_epi8((char)0xc0)));
		odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xe0)));
		odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xed)));
	}
	m.odd = _mm_movemask_epi8(odd) != 0;
	return m;
}

/* The same in halves. */
__attribute__((target("avx2"))) static inline struct masks
masks_avx2(const char *data)
{
	struct masks m = { 0 };
	__m256i odd = _mm256_setzero_si256();

	for (int i = 0; i < BLOCK / 32; i++) {
		const __m256i v =
			_mm256_loadu_si256((const __m256i *)(const void *)data + i);
		const __m256i carries = _mm256_cmpgt_epi8(_mm256_set1_epi8(-64), v);
		const __m256i three = _mm256_cmpeq_epi8(
			_mm256_and_si256(v, _mm256_set1_epi8((char)0xf0)),
			_mm256_set1_epi8((char)0xe0));
		const uint64_t high = (unsigned)_mm256_movemask_epi8(v);
		const uint64_t on = (unsigned)_mm256_movemask_epi8(carries);

		m.carries_on |= on << 32 * i;
		m.begins |= (high & ~on) << 32 * i;
		m.begins_3 |= (uint64_t)(unsigned)_mm256_movemask_epi8(three) << 32 * i;
		odd = _mm256_or_si256(
			odd,
			_mm256_cmpeq_epi8(
				_mm256_max_epu8(v, _mm256_set1_epi8((char)0xf0)), v));
		odd = _mm256_or_si256(
			odd, _mm256_cmpeq_epi8(
				     _mm256_and_si256(v, _mm256_set1_epi8((char)0xfe)),
				     _mm256_set1_epi8((char)0xc0)));
		odd = _mm256_or_si256(odd,
				      _mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)0xe0)));
		odd = _mm256_or_si256(odd,
				      _mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)0xed)));
	}
	m.odd = !_mm256_testz_si256(odd, odd);
	return m;
}

/* Where the last character of a full block begins that is not whole in it, else its end.
 */
static inline __attribute__((always_inline)) size_t
whole_end(const struct masks *m)
{
	if (m->begins >> (BLOCK - 1))
		return BLOCK - 1;
	return m->begins_3 >> (BLOCK - 2) & 1 ? BLOCK - 2 : BLOCK;
}

/* The characters from *at on, which is a place where one begins, as far as a block goes;
 * false: they need a closer look. */
static inline __attribute__((always_inline)) bool
count_block(struct text t, size_t *at, size_t *n, mask_maker *make)
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
	m = make(data);
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

static inline __attribute__((always_inline)) size_t
count(struct text t, mask_maker *make)
{
	size_t n = 0;

	for (size_t at = 0; at < t.size;)
		if (!count_block(t, &at, &n, make))
			n += count_slowly(t, &at,
					  t.size - at < BLOCK ? t.size : at + BLOCK);
	return n;
}

static size_t
count_sse2(struct text t)
{
	return count(t, masks_sse2);
}

__attribute__((target("avx2,popcnt"))) static size_t
count_avx2(struct text t)
{
	return count(t, masks_avx2);
}

static size_t (*count_chosen)(struct text t) = count_sse2;

__attribute__((constructor)) static void
choose(void)
{
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt"))
		count_chosen = count_avx2;
}

size_t
text_count(struct text t)
{
	return count_chosen(t);
}

#else

size_t
text_count(struct text t)
{
	size_t at = 0;

	return count_slowly(t, &at, t.size);
}

#endif
