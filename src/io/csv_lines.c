/*
 * csv_lines - newlines outside of quotes, and lines that are no rows.
 *
 * A tile without quotes, in which no line begins with a blank, is counted at the speed
 * of memory; any other is turned into masks of 64 bytes. Quoted bytes are found by the
 * running xor of the quote bits: a carry-less multiplication by all ones.
 */
#include <string.h>

#include "io/csv_lines.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { TILE = 8192 }; /* bytes; 255 * 32 is the most that byte counters hold */

/* The place where a block is looked at, in either state. */
struct walk {
	const struct csv_rules *rules;
	const char *data;
	size_t size;
	struct csv_lines *out;
	bool inside; /* here, if the block began outside; else the other way round */
};

struct masks {
	uint64_t quote, newline, end, blank; /* end: delimiter, newline or quote */
};

bool
csv_lines_can(const struct csv_rules *rules)
{
	return rules->delimiter_size == 1 && (rules->quote < 0 || rules->quote > ' ');
}

bool
csv_is_blank_line(const struct csv_rules *rules, struct text t, bool *whole)
{
	size_t n = 0;

	while (n < t.size && (unsigned char)t.data[n] <= ' ' &&
	       t.data[n] != rules->newline)
		n++;
	*whole = n < t.size;
	if (*whole && t.data[n] != rules->newline)
		return false;
	return csv_is_blank(rules,
			    csv_row_content(rules, (struct text){ t.data, n + *whole }));
}

/* A line that starts at place and may be blank. */
static void
look_at_line(struct walk *walk, size_t place, int began)
{
	bool whole;
	const struct text rest = { walk->data + place, walk->size - place };
	const bool blank = csv_is_blank_line(walk->rules, rest, &whole);

	if (!whole) {
		walk->out->unsure[began] = true;
		walk->out->unsure_at[began] = place;
	} else if (blank) {
		walk->out->rows[began]--;
	}
}

/* One byte is looked at for what kind of place it stands at. */
static bool
is_newline(const struct walk *walk, size_t place)
{
	return walk->data[place] == walk->rules->newline;
}

static bool
is_end(const struct walk *walk, char byte)
{
	return byte == walk->rules->newline || byte == walk->rules->delimiter[0] ||
	       (walk->rules->quote >= 0 && byte == (char)walk->rules->quote);
}

/* The same as the vector code does, a byte at a time. */
static void
count_plain(struct walk *walk, size_t from, size_t to)
{
	const int quote = walk->rules->quote;

	for (size_t i = from; i < to; i++) {
		const char byte = walk->data[i];
		const bool starts = i && is_newline(walk, i - 1);

		for (int began = 0; starts && began < LINES_BOTH; began++) {
			if (walk->inside != (began == LINES_INSIDE))
				continue;
			walk->out->rows[began]++;
			if ((unsigned char)byte <= ' ')
				look_at_line(walk, i, began);
		}
		walk->out->newlines += byte == walk->rules->newline;
		if (quote < 0 || byte != (char)quote)
			continue;
		walk->out->quotes = true;
		if (i && !is_end(walk, walk->data[i - 1]))
			walk->out->odd[walk->inside] = true;
		walk->inside = !walk->inside;
	}
}

typedef void counter(struct walk *walk, size_t from, size_t to);
static counter *chosen = count_plain;

#if defined(__x86_64__)
#define VECTOR __attribute__((target("avx2,bmi,popcnt,pclmul")))

VECTOR static uint64_t
mask_of(__m256i low, __m256i high)
{
	return (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 |
	       (uint32_t)_mm256_movemask_epi8(low);
}

VECTOR static struct masks
make_masks(const struct csv_rules *rules, const char *data)
{
	const __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)data);
	const __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)data + 1);
	const __m256i n = _mm256_set1_epi8(rules->newline);
	const __m256i d = _mm256_set1_epi8(rules->delimiter[0]);
	const __m256i q = _mm256_set1_epi8((char)rules->quote);
	const __m256i blank = _mm256_set1_epi8(' ');
	struct masks m;

	m.newline = mask_of(_mm256_cmpeq_epi8(low, n), _mm256_cmpeq_epi8(high, n));
	m.quote = rules->quote < 0 ? 0
				   : mask_of(_mm256_cmpeq_epi8(low, q),
					     _mm256_cmpeq_epi8(high, q));
	m.end = m.newline | m.quote |
		mask_of(_mm256_cmpeq_epi8(low, d), _mm256_cmpeq_epi8(high, d));
	m.blank = mask_of(_mm256_cmpeq_epi8(_mm256_min_epu8(low, blank), low),
			  _mm256_cmpeq_epi8(_mm256_min_epu8(high, blank), high));
	return m;
}

VECTOR static uint64_t
running_xor(uint64_t bits)
{
	const __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)bits),
						     _mm_set1_epi8((char)0xff), 0);

	return (uint64_t)_mm_cvtsi128_si64(product);
}

/* Up to 64 bytes; kept: those that are there. */
VECTOR static void
count_word(struct walk *walk, size_t place, uint64_t kept)
{
	struct csv_lines *out = walk->out;
	const struct masks m = make_masks(walk->rules, walk->data + place);
	const uint64_t quote = m.quote & kept, newline = m.newline & kept;
	/* Bytes before which a quoted field is open, if the block began outside. */
	const uint64_t after =
		running_xor(quote) ^ (walk->inside ? UINT64_MAX : UINT64_C(0));
	const uint64_t before = after << 1 | walk->inside;
	const uint64_t prev_end =
		m.end << 1 | (place ? is_end(walk, walk->data[place - 1]) : 1);
	const uint64_t start =
		(m.newline << 1 | (place ? is_newline(walk, place - 1) : 0)) & kept;
	const uint64_t bad = quote & ~prev_end;

	out->newlines += (uint64_t)__builtin_popcountll(newline);
	out->quotes |= quote != 0;
	out->odd[LINES_OUTSIDE] |= (bad & ~before) != 0;
	out->odd[LINES_INSIDE] |= (bad & before) != 0;
	out->rows[LINES_OUTSIDE] += (uint64_t)__builtin_popcountll(start & ~before);
	out->rows[LINES_INSIDE] += (uint64_t)__builtin_popcountll(start & before);
	for (uint64_t may = start & m.blank; may; may &= may - 1) {
		const int bit = __builtin_ctzll(may);

		look_at_line(walk, place + (size_t)bit,
			     before >> bit & 1 ? LINES_INSIDE : LINES_OUTSIDE);
	}
	walk->inside ^= __builtin_popcountll(quote) & 1;
}

/* False: quotes or perhaps blank lines are in it. from is not 0. */
VECTOR static bool
count_simple(struct walk *walk, size_t from)
{
	const struct csv_rules *rules = walk->rules;
	const __m256i n = _mm256_set1_epi8(rules->newline);
	const __m256i q = _mm256_set1_epi8(
		(char)(rules->quote < 0 ? rules->newline : rules->quote));
	const __m256i blank = _mm256_set1_epi8(' '), zero = _mm256_setzero_si256();
	__m256i lines[2] = { zero, zero }, starts = zero, quotes = zero, sums;
	const char *p = walk->data + from;
	uint64_t found;

	for (size_t i = 0; i < TILE; i += 64)
		for (int k = 0; k < 2; k++) {
			const char *at = p + i + 32 * k;
			const __m256i v = _mm256_loadu_si256((const void *)at);
			const __m256i u = _mm256_loadu_si256((const void *)(at - 1));
			const __m256i low =
				_mm256_cmpeq_epi8(_mm256_min_epu8(v, blank), v);

			lines[k] = _mm256_sub_epi8(lines[k], _mm256_cmpeq_epi8(v, n));
			starts = _mm256_or_si256(
				starts, _mm256_and_si256(_mm256_cmpeq_epi8(u, n), low));
			quotes = _mm256_or_si256(quotes, _mm256_cmpeq_epi8(v, q));
		}
	if (!_mm256_testz_si256(starts, starts) ||
	    (rules->quote >= 0 && !_mm256_testz_si256(quotes, quotes)))
		return false;
	sums = _mm256_add_epi64(_mm256_sad_epu8(lines[0], zero),
				_mm256_sad_epu8(lines[1], zero));
	found = (uint64_t)(_mm256_extract_epi64(sums, 0) + _mm256_extract_epi64(sums, 1) +
			   _mm256_extract_epi64(sums, 2) + _mm256_extract_epi64(sums, 3));
	walk->out->newlines += found;
	/* Starts are behind newlines: one byte further. */
	walk->out->rows[walk->inside ? LINES_INSIDE : LINES_OUTSIDE] +=
		found + is_newline(walk, from - 1) - is_newline(walk, from + TILE - 1);
	return true;
}

VECTOR static void
count_avx2(struct walk *walk, size_t from, size_t to)
{
	bool simple = true; /* the tile before was */

	while (from < to) {
		const size_t end = to - from < TILE ? to : from + TILE;

		/* Where quotes are, more will be: one try in a while. */
		if (from && end - from == TILE && (simple || (from / TILE) % 16 == 0) &&
		    count_simple(walk, from)) {
			simple = true;
			from = end;
			continue;
		}
		simple = false;
		for (; from < end; from += 64)
			count_word(walk, from,
				   end - from < 64 ? (UINT64_C(1) << (end - from)) - 1
						   : UINT64_MAX);
		from = end;
	}
}
#endif

void
csv_lines_use(enum csv_vector most)
{
	chosen = count_plain;
#if defined(__x86_64__)
	if (most >= CSV_AVX2 && __builtin_cpu_supports("avx2") &&
	    __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt") &&
	    __builtin_cpu_supports("pclmul"))
		chosen = count_avx2;
#endif
	(void)most;
}

__attribute__((constructor)) static void
choose(void)
{
	csv_lines_use(CSV_AVX2);
}

/* The first byte has one before it that counts for what it is, or none. */
static void
count_first(struct walk *walk, bool first)
{
	const char before = first ? walk->rules->newline : walk->data[-1];
	const int quote = walk->rules->quote;

	if (before == walk->rules->newline) {
		walk->out->rows[LINES_OUTSIDE]++;
		if ((unsigned char)walk->data[0] <= ' ')
			look_at_line(walk, 0, LINES_OUTSIDE);
	}
	if (quote >= 0 && walk->data[0] == (char)quote && !is_end(walk, before))
		walk->out->odd[LINES_OUTSIDE] = true;
}

void
csv_count_rows(const struct csv_rules *rules, const char *data, size_t size, bool first,
	       struct csv_lines *out)
{
	struct walk walk = { rules, data, size, out, false };

	*out = (struct csv_lines){ 0 };
	if (size == 0)
		return;
	count_first(&walk, first);
	chosen(&walk, 0, size);
	out->flips = walk.inside;
}
