/*
 * cells_number - plain numbers, eight digits at a time.
 *
 * Digits are loaded as one word, shifted so that the last one is the highest byte, and
 * summed up in pairs, fours and eights by three multiplications (D. Lemire, "Quickly
 * parsing eight digits", 2018). Whether all of them are digits is seen in the same word.
 * There is no branch on the length, since lengths differ from row to row.
 */
#include "base/number.h"
#include "io/cells.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

static uint64_t
load(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* Of words whose bytes are digits less '0', the first in the lowest byte. */
static uint64_t
sum_up(uint64_t x)
{
	const uint64_t mask = UINT64_C(0x000000ff000000ff);

	x = x * 10 + (x >> 8);
	return ((x & mask) * UINT64_C(0x000f424000000064) +
		(x >> 16 & mask) * UINT64_C(0x0000271000000001)) >>
	       32;
}

/* Bytes above 9 have a high bit here. */
static uint64_t
no_digits(uint64_t x)
{
	return (x | (x + EACH(0x76))) & EACH(0x80);
}

/* 1 <= n <= 8 digits out of a word of text; others make *odd not 0. */
static inline uint64_t
digits(uint64_t word, size_t n, uint64_t *odd)
{
	const uint64_t x = (word ^ EACH('0')) << (64 - 8 * n);

	*odd |= no_digits(x);
	return sum_up(x);
}

static const uint64_t tens[] = { 1,      10,      100,      1000,     10000,
				 100000, 1000000, 10000000, 100000000 };

/* 1 <= n <= 16 digits, of which low holds the first eight. */
static inline uint64_t
all_digits(uint64_t low, uint64_t high, size_t n, uint64_t *odd)
{
	if (n <= 8)
		return digits(low, n, odd);
	return digits(low, 8, odd) * tens[n - 8] + digits(high, n - 8, odd);
}

/* One number of up to 16 digits with a sign perhaps; false: it is none. */
static inline bool
plain_long(struct text t, int64_t *out)
{
	const uint64_t minus = (*t.data == '-') & (t.size > 1);
	const char *p = t.data + minus;
	uint64_t odd = 0;
	const uint64_t value = all_digits(load(p), load(p + 8), t.size - minus, &odd);

	*out = (int64_t)((value ^ (0 - minus)) + minus);
	return odd == 0;
}

static uint64_t
longs_plain(const struct text *values, size_t n, int64_t *out)
{
	uint64_t plain = 0;

	for (size_t i = 0; i < n; i++)
		if (values[i].size - 1 < 16) /* not 0 either */
			plain |= (uint64_t)plain_long(values[i], &out[i]) << i;
	return plain;
}

static uint64_t (*longs_chosen)(const struct text *values, size_t n,
				int64_t *out) = longs_plain;

#if defined(__x86_64__)
/* Four words of digits less '0' at once, the first digit in the lowest byte: their sums,
 * and in *odd a bit for each that has a byte above 9. */
__attribute__((target("avx2"))) static inline __m256i
sum_up4(__m256i x, unsigned *odd)
{
	const __m256i pairs = _mm256_maddubs_epi16(x, _mm256_set1_epi16(0x010a));
	const __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00010064));
	const __m256i high = _mm256_mul_epu32(fours, _mm256_set1_epi64x(10000));
	const __m256i none = _mm256_cmpeq_epi64(_mm256_subs_epu8(x, _mm256_set1_epi8(9)),
						_mm256_setzero_si256());

	*odd = ~(unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(none)) & 15;
	return _mm256_add_epi64(high, _mm256_srli_epi64(fours, 32));
}

/* The word of a number of up to 8 digits; of others one that is none. */
static inline uint64_t
word_of(struct text t, uint64_t minus)
{
	const size_t size = t.size - minus;
	const uint64_t x = (load(t.data + minus) ^ EACH('0')) << ((64 - 8 * size) & 63);

	return size - 1 < 8 ? x : UINT64_MAX;
}

/* Lengths up to 8 four at a time, the few that are longer one by one. Words are written
 * and read in loops of their own: a vector right behind its parts would wait for them. */
__attribute__((target("avx2,bmi2"))) static uint64_t
longs_avx2(const struct text *values, size_t n, int64_t *out)
{
	uint64_t words[64], minus[64], plain = 0, left;
	const size_t whole = n & ~(size_t)3;

	for (size_t i = 0; i < whole; i++) {
		minus[i] = values[i].size > 1 && *values[i].data == '-';
		words[i] = values[i].size ? word_of(values[i], minus[i]) : UINT64_MAX;
	}
	for (size_t i = 0; i < whole; i += 4) {
		const __m256i sign = _mm256_loadu_si256((const void *)(minus + i));
		const __m256i mask = _mm256_sub_epi64(_mm256_setzero_si256(), sign);
		unsigned odd;
		const __m256i sum =
			sum_up4(_mm256_loadu_si256((const void *)(words + i)), &odd);

		_mm256_storeu_si256((void *)(out + i),
				    _mm256_add_epi64(_mm256_xor_si256(sum, mask), sign));
		plain |= (uint64_t)(odd ^ 15) << i;
	}
	left = ~plain & (n < 64 ? (UINT64_C(1) << n) - 1 : UINT64_MAX);
	for (; left; left &= left - 1) {
		const unsigned k = (unsigned)__builtin_ctzll(left);

		if (values[k].size - 1 < 16)
			plain |= (uint64_t)plain_long(values[k], &out[k]) << k;
	}
	return plain;
}
#endif

uint64_t
cells_longs(const struct text *values, size_t n, int64_t *out)
{
	return longs_chosen(values, n, out);
}

/* The place of the first point among the first 8 bytes; 8: none. */
static size_t
point_in(uint64_t word)
{
	const uint64_t x = word ^ EACH('.');
	const uint64_t zero = (x - EACH(1)) & ~x & EACH(0x80);

	return zero ? (size_t)__builtin_ctzll(zero) / 8 : 8;
}

/* The bytes below place n; all if n is 8. */
static uint64_t
below(size_t n)
{
	return n < 8 ? (UINT64_C(1) << 8 * n) - 1 : UINT64_MAX;
}

/* Up to 16 bytes with at most one point, taken out: whole number and digits behind the
 * point. */
static inline uint64_t
without_point(const char *p, size_t size, size_t *behind, uint64_t *odd)
{
	uint64_t low = load(p), high = load(p + 8);
	size_t point = point_in(low);

	if (point == 8)
		point += point_in(high);
	if (point >= size) {
		*behind = 0;
		return all_digits(low, high, size, odd);
	}
	*behind = size - point - 1;
	if (size == 1) { /* a point alone */
		*odd = 1;
		return 0;
	}
	if (point < 8) {
		low = (low & below(point)) | ((low >> 8 | high << 56) & ~below(point));
		high >>= 8;
	} else {
		high = (high & below(point - 8)) | (high >> 8 & ~below(point - 8));
	}
	return all_digits(low, high, size - 1, odd);
}

/* Up to 2^53 and 10^16 are doubles, so one division rounds as it should (W. D. Clinger,
 * "How to read floating point numbers accurately", 1990). */
static const double powers[] = { 1e0, 1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7, 1e8,
				 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16 };

static inline bool
plain_float(struct text t, double *out)
{
	const size_t minus = (*t.data == '-') & (t.size > 1);
	uint64_t odd = 0, value;
	size_t behind;
	double x;

	value = without_point(t.data + minus, t.size - minus, &behind, &odd);
	odd |= value > UINT64_C(1) << 53;
	x = (double)(int64_t)value / powers[behind];
	*out = minus ? -x : x;
	return odd == 0;
}

/* Digits from p on, at most so many that w holds them; returns how many. */
static size_t
take_digits(const char **p, const char *end, uint64_t *w)
{
	const char *start = *p;

	while (end - *p >= 8 && !no_digits(load(*p) ^ EACH('0'))) {
		*w = *w * tens[8] + sum_up(load(*p) ^ EACH('0'));
		*p += 8;
	}
	while (*p < end && (unsigned char)(**p - '0') <= 9)
		*w = *w * 10 + (uint64_t)(*(*p)++ - '0');
	return (size_t)(*p - start);
}

enum { MOST_DIGITS = 19, MOST_SIZE = 32 };

/* e, a sign perhaps, up to three digits; or nothing. */
static bool
take_exponent(const char *p, const char *end, int64_t *q)
{
	uint64_t value = 0;
	bool minus;
	size_t n;

	if (p == end)
		return true;
	if ((*p++ | 0x20) != 'e' || p == end)
		return false;
	minus = *p == '-';
	p += *p == '-' || *p == '+';
	n = take_digits(&p, end, &value);
	*q += minus ? -(int64_t)value : (int64_t)value;
	return n > 0 && n <= 3 && p == end;
}

/* With more digits, or an exponent. What is too long, or too near to the middle of two
 * doubles, is left. */
static bool
long_float(struct text t, double *out)
{
	const char *p = t.data + (t.size && *t.data == '-'), *end = t.data + t.size;
	uint64_t w = 0;
	size_t n, behind = 0;
	int64_t q;

	if (t.size > MOST_SIZE)
		return false;
	n = take_digits(&p, end, &w);
	if (p < end && *p == '.') {
		p++;
		behind = take_digits(&p, end, &w);
	}
	n += behind;
	q = -(int64_t)behind;
	if (n == 0 || n > MOST_DIGITS || !take_exponent(p, end, &q) ||
	    !number_scale(w, q, out))
		return false;
	if (*t.data == '-')
		*out = -*out;
	return true;
}

static uint64_t
floats_plain(const struct text *values, size_t n, double *out)
{
	uint64_t plain = 0;

	for (size_t i = 0; i < n; i++)
		if (values[i].size - 1 < 16) /* not 0 either */
			plain |= (uint64_t)plain_float(values[i], &out[i]) << i;
	return plain;
}

static uint64_t (*floats_chosen)(const struct text *values, size_t n,
				 double *out) = floats_plain;

#if defined(__x86_64__)
/* Where the bytes of 16 digits come from, the last one last, in a text of some size with
 * its point at some place (size: it has none): an index each, or 0x80 for a zero. */
static unsigned char places[17][17][16];

static void
make_places(void)
{
	for (int size = 1; size <= 16; size++)
		for (int point = 0; point <= size; point++)
			for (int i = 0, from = size - 1; i < 16; i++) {
				from -= from == point;
				places[size][point][15 - i] =
					from < 0 ? 0x80 : (unsigned char)from--;
			}
}

/* The same with a sign, so that none is chosen by a branch. */
static double units[2][17];

static void
make_units(void)
{
	for (int i = 0; i <= 16; i++) {
		units[0][i] = powers[i];
		units[1][i] = -powers[i];
	}
}

/* A number as a fraction: up to 16 bytes are brought in place by one shuffle, whatever
 * their length and wherever the point is, and summed up in vectors. No branch depends on
 * how a number looks. */
__attribute__((target("avx2,bmi2"))) static inline bool
shuffled_float(struct text t, double *whole, double *unit)
{
	const size_t minus = (*t.data == '-') & (t.size > 1);
	const size_t size = t.size - minus;
	const __m128i text = _mm_loadu_si128((const void *)(t.data + minus));
	const unsigned points =
		(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(text, _mm_set1_epi8('.'))) |
		1u << size;
	const size_t point = (size_t)__builtin_ctz(points);
	const __m128i x =
		_mm_shuffle_epi8(_mm_sub_epi8(text, _mm_set1_epi8('0')),
				 _mm_loadu_si128((const void *)places[size][point]));
	const __m128i odd = _mm_subs_epu8(x, _mm_set1_epi8(9));
	const __m128i pairs = _mm_maddubs_epi16(x, _mm_set1_epi16(0x010a));
	const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00010064));
	const __m128i eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours),
					      _mm_set1_epi32(0x00012710));
	const uint64_t both = (uint64_t)_mm_cvtsi128_si64(eights);
	const uint64_t value = (both & UINT32_MAX) * tens[8] + (both >> 32);

	*whole = (double)(int64_t)value;
	*unit = units[minus][size - point - (point < size)];
	return (_mm_testz_si128(odd, odd) & (value <= UINT64_C(1) << 53) &
		((size > 1) | (point == 1))) != 0;
}

/* Four divisions take hardly longer than one. */
__attribute__((target("avx2"))) static void
divide(const double *a, const double *b, size_t n, double *out)
{
	size_t i;

	for (i = 0; i + 4 <= n; i += 4)
		_mm256_storeu_pd(out + i, _mm256_div_pd(_mm256_loadu_pd(a + i),
							_mm256_loadu_pd(b + i)));
	for (; i < n; i++)
		out[i] = a[i] / b[i];
}

__attribute__((target("avx2,bmi2"))) static uint64_t
floats_avx2(const struct text *values, size_t n, double *out)
{
	double whole[64], unit[64];
	uint64_t plain = 0;

	for (size_t i = 0; i < n; i++) {
		whole[i] = unit[i] = 1;
		if (values[i].size - 1 < 16)
			plain |= (uint64_t)shuffled_float(values[i], &whole[i], &unit[i])
				 << i;
	}
	divide(whole, unit, n, out);
	return plain;
}

__attribute__((constructor)) static void
choose(void)
{
	if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2"))
		return;
	make_places();
	make_units();
	longs_chosen = longs_avx2;
	floats_chosen = floats_avx2;
}
#endif

uint64_t
cells_floats(const struct text *values, size_t n, double *out)
{
	uint64_t plain = floats_chosen(values, n, out), left;

	left = ~plain & (n < 64 ? (UINT64_C(1) << n) - 1 : UINT64_MAX);
	for (; left; left &= left - 1) {
		const unsigned k = (unsigned)__builtin_ctzll(left);

		if (values[k].size)
			plain |= (uint64_t)long_float(values[k], &out[k]) << k;
	}
	return plain;
}
