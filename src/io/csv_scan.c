/*
 * csv_scan - where rows and fields end, 64 bytes at a time.
 *
 * Vector code turns a tile of the block into bit masks: a bit a byte for quote,
 * delimiter and newline. What follows works on the masks alone, so only the smallest
 * part exists once per kind of processor. Bytes inside quotes are found by a running
 * xor of the quote bits; that is right as long as every quote that opens stands at the
 * start of a field. Words where one does not are done quote by quote.
 */
#include <string.h>

#include "io/csv.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { TILE = 64 }; /* words of a tile */

struct masks {
	uint64_t quote[TILE], delimiter[TILE], newline[TILE];
	bool any_quote;
};

typedef void mask_maker(const char *data, size_t words, unsigned char quote,
			unsigned char delimiter, unsigned char newline,
			struct masks *out);

/* Eight bytes in a word of which equal ones become 1 in the low bit of each byte;
 * the multiplication collects them into one byte. Little and big endian alike, as the
 * word is built by value. */
static uint64_t
equal8(uint64_t word, uint64_t wanted)
{
	const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
	uint64_t x = word ^ wanted;

	x = ~(((x & low) + low) | x | low) >> 7;
	return x * UINT64_C(0x0102040810204080) >> 56;
}

static uint64_t
load8(const char *p)
{
	uint64_t word = 0;

	for (int i = 7; i >= 0; i--)
		word = word << 8 | (unsigned char)p[i];
	return word;
}

static void
masks_plain(const char *data, size_t words, unsigned char quote, unsigned char delimiter,
	    unsigned char newline, struct masks *out)
{
	const uint64_t each = UINT64_C(0x0101010101010101);

	for (size_t w = 0; w < words; w++, data += 64) {
		uint64_t q = 0, d = 0, n = 0;

		for (int i = 0; i < 8; i++) {
			uint64_t word = load8(data + 8 * i);

			q |= equal8(word, each * quote) << 8 * i;
			d |= equal8(word, each * delimiter) << 8 * i;
			n |= equal8(word, each * newline) << 8 * i;
		}
		out->quote[w] = q;
		out->delimiter[w] = d;
		out->newline[w] = n;
	}
}

static mask_maker *chosen = masks_plain;

#if defined(__x86_64__)
static uint64_t
equal_sse2(const __m128i v[4], __m128i wanted)
{
	uint64_t mask = 0;

	for (int i = 0; i < 4; i++)
		mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(
				_mm_cmpeq_epi8(v[i], wanted))
			<< 16 * i;
	return mask;
}

static void
masks_sse2(const char *data, size_t words, unsigned char quote, unsigned char delimiter,
	   unsigned char newline, struct masks *out)
{
	const __m128i q = _mm_set1_epi8((char)quote), d = _mm_set1_epi8((char)delimiter),
		      n = _mm_set1_epi8((char)newline);

	for (size_t w = 0; w < words; w++, data += 64) {
		__m128i v[4];

		for (int i = 0; i < 4; i++)
			v[i] = _mm_loadu_si128((const __m128i *)(const void *)data + i);
		out->quote[w] = equal_sse2(v, q);
		out->delimiter[w] = equal_sse2(v, d);
		out->newline[w] = equal_sse2(v, n);
	}
}

__attribute__((target("avx2"))) static uint64_t
equal_avx2(__m256i a, __m256i b, __m256i wanted)
{
	uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, wanted));
	uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, wanted));

	return (uint64_t)high << 32 | low;
}

__attribute__((target("avx2"))) static void
masks_avx2(const char *data, size_t words, unsigned char quote, unsigned char delimiter,
	   unsigned char newline, struct masks *out)
{
	const __m256i q = _mm256_set1_epi8((char)quote);
	const __m256i d = _mm256_set1_epi8((char)delimiter);
	const __m256i n = _mm256_set1_epi8((char)newline);

	for (size_t w = 0; w < words; w++, data += 64) {
		__m256i a = _mm256_loadu_si256((const __m256i *)(const void *)data);
		__m256i b = _mm256_loadu_si256((const __m256i *)(const void *)data + 1);

		out->quote[w] = equal_avx2(a, b, q);
		out->delimiter[w] = equal_avx2(a, b, d);
		out->newline[w] = equal_avx2(a, b, n);
	}
}

#endif

/* The masks of up to TILE words; bits behind size are clear. */
static size_t
make_masks(const struct csv_rules *rules, const char *data, size_t size,
	   struct masks *out)
{
	size_t words = (size + 63) / 64;
	uint64_t kept = size % 64 ? (UINT64_C(1) << size % 64) - 1 : UINT64_MAX;

	words = words > TILE ? TILE : words;
	chosen(data, words, (unsigned char)rules->quote,
	       (unsigned char)rules->delimiter[0], (unsigned char)rules->newline, out);
	if (rules->quote < 0)
		memset(out->quote, 0, words * sizeof(out->quote[0]));
	if (size < TILE * 64) {
		out->quote[words - 1] &= kept;
		out->delimiter[words - 1] &= kept;
		out->newline[words - 1] &= kept;
	}
	out->any_quote = false;
	for (size_t w = 0; w < words; w++)
		out->any_quote |= out->quote[w] != 0;
	return words;
}

/* Each bit becomes the xor of all bits up to it: of quotes, what is inside. */
typedef uint64_t running_xor(uint64_t x);

static inline uint64_t
xor_plain(uint64_t x)
{
	x ^= x << 1;
	x ^= x << 2;
	x ^= x << 4;
	x ^= x << 8;
	x ^= x << 16;
	x ^= x << 32;
	return x;
}

#if defined(__x86_64__)
/* A multiplication without carries, by all ones (D. Lemire, G. Langdale, "Parsing
 * gigabytes of JSON per second", 2019). */
__attribute__((target("pclmul"))) static inline uint64_t
xor_clmul(uint64_t x)
{
	return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(
		_mm_set_epi64x(0, (long long)x), _mm_set1_epi8('\xff'), 0));
}
#endif

/* Quotes of a word: which bytes are inside (after the byte itself), which quotes close,
 * which open a field. */
struct quotes {
	uint64_t inside, closers, openers;
};

/* One quote after the other: some of them are text. */
static struct quotes
walk_quotes(uint64_t quote, uint64_t ends, const struct csv_state *state)
{
	struct quotes out = { 0 };
	bool inside = state->inside;
	int since = 0;

	for (; quote; quote &= quote - 1) {
		int i = __builtin_ctzll(quote);
		bool after_closer = i ? out.closers >> (i - 1) & 1 : state->closer;
		bool at_start = i ? ends >> (i - 1) & 1 : state->prev_ok;

		if (inside) {
			out.inside |= (UINT64_MAX << since) & ~(UINT64_MAX << i);
			out.closers |= UINT64_C(1) << i;
			inside = false;
		} else if (after_closer || at_start) {
			if (!after_closer)
				out.openers |= UINT64_C(1) << i;
			inside = true;
			since = i;
		}
	}
	if (inside)
		out.inside |= UINT64_MAX << since;
	return out;
}

/* A word of bits bytes: ends are delimiters and newlines, quoted or not. */
static inline __attribute__((always_inline)) struct quotes
step(uint64_t quote, uint64_t ends, size_t bits, size_t base, running_xor *run,
     struct csv_state *state)
{
	struct quotes out = { .inside = state->inside ? UINT64_MAX : 0 };
	size_t last = bits - 1;

	if (quote) {
		uint64_t before, opening, fine;

		out.inside ^= run(quote);
		before = out.inside << 1 | state->inside;
		out.closers = quote & before;
		opening = quote & ~before;
		fine = (ends | out.closers) << 1 | state->prev_ok | state->closer;
		out.openers = opening & ~(out.closers << 1 | state->closer);
		if (opening & ~fine)
			out = walk_quotes(quote, ends, state);
		if (out.openers)
			state->open_at = base + 63 - (size_t)__builtin_clzll(out.openers);
	}
	state->inside = out.inside >> last & 1;
	state->closer = out.closers >> last & 1;
	state->prev_ok = !state->inside && (ends >> last & 1);
	return out;
}

static inline __attribute__((always_inline)) uint32_t *
put_places(uint32_t *to, uint64_t bits, size_t base)
{
	for (; bits; bits &= bits - 1)
		*to++ = (uint32_t)(base + (size_t)__builtin_ctzll(bits));
	return to;
}

/* Quotes have been dealt with: ends and newline are bits outside of them. */
static inline __attribute__((always_inline)) void
put_word(uint64_t ends, uint64_t newline, size_t base, struct csv_index *index)
{
	uint32_t *put = index->at + index->n, *row_end = index->row_end + index->n_rows;

	for (; newline; newline &= newline - 1) {
		uint64_t upto = newline ^ (newline - 1);

		put = put_places(put, ends & upto, base);
		ends &= ~upto;
		*row_end++ = (uint32_t)(put - index->at) - 1;
	}
	put = put_places(put, ends, base);
	index->n = (size_t)(put - index->at);
	index->n_rows = (size_t)(row_end - index->row_end);
}

/* No quote among the words: all of them are inside, or none. */
static void
step_over(const struct masks *m, size_t words, size_t bits, struct csv_state *state)
{
	uint64_t ends = m->delimiter[words - 1] | m->newline[words - 1];

	state->closer = false;
	state->prev_ok = !state->inside && (ends >> (bits - 1) & 1);
}

static inline __attribute__((always_inline)) void
index_block(const struct csv_rules *rules, const char *data, size_t from, size_t to,
	    running_xor *run, struct csv_state *state, struct csv_index *out)
{
	struct csv_index index = *out;
	struct masks m;

	for (size_t tile = from; tile < to; tile += TILE * 64) {
		size_t words = make_masks(rules, data + tile, to - tile, &m);
		size_t last = to - tile < TILE * 64 ? (to - tile - 1) % 64 + 1 : 64;

		if (!m.any_quote) {
			for (size_t w = 0; w < words && !state->inside; w++)
				put_word(m.delimiter[w] | m.newline[w], m.newline[w],
					 tile + w * 64, &index);
			step_over(&m, words, last, state);
			continue;
		}
		index.quotes = true;
		for (size_t w = 0; w < words; w++) {
			uint64_t ends = m.delimiter[w] | m.newline[w];
			uint64_t inside =
				step(m.quote[w], ends, w + 1 < words ? 64 : last,
				     tile + w * 64, run, state)
					.inside;

			put_word(ends & ~inside, m.newline[w] & ~inside, tile + w * 64,
				 &index);
		}
	}
	*out = index;
}

typedef void block_indexer(const struct csv_rules *rules, const char *data, size_t from,
			   size_t to, struct csv_state *state, struct csv_index *index);

static void
index_plain(const struct csv_rules *rules, const char *data, size_t from, size_t to,
	    struct csv_state *state, struct csv_index *index)
{
	index_block(rules, data, from, to, xor_plain, state, index);
}

static block_indexer *index_chosen = index_plain;

#if defined(__x86_64__)
/* The same, compiled for processors that find and count bits in one instruction. */
__attribute__((target("bmi,popcnt,pclmul"))) static void
index_bmi(const struct csv_rules *rules, const char *data, size_t from, size_t to,
	  struct csv_state *state, struct csv_index *index)
{
	index_block(rules, data, from, to, xor_clmul, state, index);
}
#endif

void
csv_index_block(const struct csv_rules *rules, const char *data, size_t from, size_t to,
		struct csv_state *state, struct csv_index *index)
{
	index_chosen(rules, data, from, to, state, index);
}

/* One of the states a stretch may begin in, as it goes on. Most are the same as another
 * one's soon, and are followed there. */
struct lane {
	struct csv_state state;
	int as; /* the lane that it goes with; its own, if alone */
	bool closes;
};

static void
start_lanes(struct lane lane[CSV_STATES], bool prev_ok)
{
	memset(lane, 0, CSV_STATES * sizeof(*lane));
	for (int i = 0; i < CSV_STATES; i++)
		lane[i].as = i;
	lane[CSV_OUTSIDE].state.prev_ok = prev_ok;
	lane[CSV_INSIDE].state.inside = true;
	lane[CSV_CLOSER].state.closer = true;
}

static bool
same_state(const struct csv_state *a, const struct csv_state *b)
{
	return a->inside == b->inside && a->closer == b->closer &&
	       a->prev_ok == b->prev_ok;
}

/* Lanes in the same state go together from here on. */
static void
join_lanes(struct lane lane[CSV_STATES])
{
	for (int i = 1; i < CSV_STATES; i++)
		for (int k = 0; k < i && lane[i].as == i; k++)
			if (lane[k].as == k && same_state(&lane[i].state, &lane[k].state))
				for (int j = i; j < CSV_STATES; j++)
					lane[j].as = lane[j].as == i ? k : lane[j].as;
}

static void
note_closing(struct lane lane[CSV_STATES], int as)
{
	for (int i = 0; i < CSV_STATES; i++)
		lane[i].closes = lane[i].closes || lane[i].as == as;
}

static inline __attribute__((always_inline)) void
step_lanes(struct lane lane[CSV_STATES], uint64_t quote, uint64_t ends, size_t bits,
	   running_xor *run)
{
	uint64_t kept = bits < 64 ? (UINT64_C(1) << bits) - 1 : UINT64_MAX;

	for (int i = 0; i < CSV_STATES; i++) {
		struct quotes q;

		if (lane[i].as != i)
			continue;
		q = step(quote, ends, bits, 0, run, &lane[i].state);
		if (kept & ~q.inside & ~q.closers)
			note_closing(lane, i);
	}
}

static void
step_lanes_over(struct lane lane[CSV_STATES], const struct masks *m, size_t words,
		size_t bits)
{
	for (int i = 0; i < CSV_STATES; i++) {
		if (lane[i].as != i)
			continue;
		step_over(m, words, bits, &lane[i].state);
		if (!lane[i].state.inside)
			note_closing(lane, i);
	}
}

static inline __attribute__((always_inline)) void
summarize(const struct csv_rules *rules, const char *data, size_t size, running_xor *run,
	  struct lane lane[CSV_STATES], uint64_t *lines)
{
	struct masks m;

	for (size_t tile = 0; tile < size; tile += TILE * 64) {
		size_t words = make_masks(rules, data + tile, size - tile, &m);
		size_t last = size - tile < TILE * 64 ? (size - tile - 1) % 64 + 1 : 64;

		for (size_t w = 0; w < words; w++)
			*lines += (uint64_t)__builtin_popcountll(m.newline[w]);
		if (!m.any_quote)
			step_lanes_over(lane, &m, words, last);
		for (size_t w = 0; m.any_quote && w < words; w++)
			step_lanes(lane, m.quote[w], m.delimiter[w] | m.newline[w],
				   w + 1 < words ? 64 : last, run);
		join_lanes(lane);
	}
}

typedef void summarizer(const struct csv_rules *rules, const char *data, size_t size,
			struct lane lane[CSV_STATES], uint64_t *lines);

static void
summarize_plain(const struct csv_rules *rules, const char *data, size_t size,
		struct lane lane[CSV_STATES], uint64_t *lines)
{
	summarize(rules, data, size, xor_plain, lane, lines);
}

#if defined(__x86_64__)
__attribute__((target("bmi,popcnt,pclmul"))) static void
summarize_bmi(const struct csv_rules *rules, const char *data, size_t size,
	      struct lane lane[CSV_STATES], uint64_t *lines)
{
	summarize(rules, data, size, xor_clmul, lane, lines);
}
#endif

static summarizer *summarize_chosen = summarize_plain;

void
csv_use(enum csv_vector most)
{
	chosen = masks_plain;
	index_chosen = index_plain;
	summarize_chosen = summarize_plain;
#if defined(__x86_64__)
	if (most >= CSV_SSE2)
		chosen = masks_sse2;
	if (most >= CSV_AVX2 && __builtin_cpu_supports("avx2"))
		chosen = masks_avx2;
	if (most >= CSV_AVX2 && __builtin_cpu_supports("bmi") &&
	    __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul")) {
		index_chosen = index_bmi;
		summarize_chosen = summarize_bmi;
	}
#endif
	(void)most;
}

__attribute__((constructor)) static void
choose(void)
{
	csv_use(CSV_AVX2);
}

void
csv_summarize(const struct csv_rules *rules, const char *data, size_t size, bool prev_ok,
	      struct csv_summary *out)
{
	struct lane lane[CSV_STATES];

	*out = (struct csv_summary){ 0 };
	start_lanes(lane, prev_ok);
	summarize_chosen(rules, data, size, lane, &out->lines);
	for (int i = 0; i < CSV_STATES; i++) {
		const struct csv_state *state = &lane[lane[i].as].state;

		out->end[i] = state->inside   ? CSV_INSIDE
			      : state->closer ? CSV_CLOSER
					      : CSV_OUTSIDE;
		out->closes[i] = lane[i].closes;
	}
}
