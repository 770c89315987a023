/* sieve_settle - the rows that survive, as bits. */
#include <stdlib.h>

#include "op/sieve_parts.h"

static int
compare_spans(const void *a, const void *b)
{
	const struct sieve_span *x = a, *y = b;

	if (x->chunk != y->chunk)
		return x->chunk < y->chunk ? -1 : 1;
	return (x->rows > y->rows) - (x->rows < y->rows);
}

/* Chunks in order, each once, and where their bits begin. */
static bool
lay_out(const struct sieve_hand *hand, struct survivors *out, struct error *err)
{
	uint64_t bits = 0;

	out->spans_size = hand->n * sizeof(*out->spans);
	if (!(out->spans = memory_alloc(out->spans_size, err)))
		return false;
	if (hand->n)
		memcpy(out->spans, hand->spans, out->spans_size);
	qsort(out->spans, hand->n, sizeof(*out->spans), compare_spans);
	for (size_t i = 0; i < hand->n; i++) /* the last of a chunk has most rows */
		if (i + 1 == hand->n || out->spans[i + 1].chunk != out->spans[i].chunk)
			out->spans[out->n++] = out->spans[i];
	for (size_t i = 0; i < out->n; i++) {
		out->spans[i].bit = bits;
		bits += bit_words(out->spans[i].rows) * 64;
	}
	out->bits_size = bits / 8;
	return (out->bits = memory_alloc(out->bits_size, err)) != NULL;
}

static const struct sieve_span *
find_span(const struct survivors *s, uint64_t chunk)
{
	size_t low = 0, high = s->n;

	if (chunk < s->n && s->spans[chunk].chunk == chunk) /* no chunk is empty */
		return &s->spans[chunk];
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->spans[middle].chunk < chunk)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->n && s->spans[low].chunk == chunk ? &s->spans[low] : NULL;
}

static void
mark_shard(const struct shard *s, struct survivors *out)
{
	const struct sieve_span *span = NULL;

	for (uint32_t i = 0; i < s->n; i++) {
		uint64_t place = s->entries[i].place, chunk = place >> ROW_BITS;

		if (!span || span->chunk != chunk)
			span = find_span(out, chunk);
		place = span->bit + (place & (((uint64_t)1 << ROW_BITS) - 1));
		__atomic_fetch_or(&out->bits[place / 64], (uint64_t)1 << place % 64,
				  __ATOMIC_RELAXED);
	}
}

/* Threads share out the shards; they meet in words of bits. */
struct marker {
	struct sieve *sieve;
	struct survivors *out;
	size_t threads;
	atomic_size_t next;
	atomic_bool failed;
	struct error *err; /* of who set failed */
};

/* So many parts of a shard's rows fit into memory one by one. */
static size_t
parts_of(const struct shard *s, size_t threads)
{
	enum { ROW = 40 }; /* bytes at most, with its slots */
	size_t room = memory_room() / 2 / threads;

	return room < ROW ? 1 : s->put_down / (room / ROW) + 1;
}

/* What was put down of a shard. */
static bool
mark_pieces(struct marker *m, size_t i, struct error *err)
{
	struct shard *s = &m->sieve->shards[i];
	size_t parts = parts_of(s, m->threads);
	bool ok = true;

	for (size_t part = 0; ok && s->n_pieces && part < parts; part++) {
		struct shard some = { 0 };

		ok = sieve_pick_up(m->sieve, i, part, parts, &some, err);
		if (ok)
			mark_shard(&some, m->out);
		shard_empty(&some);
	}
	for (size_t p = 0; p < s->n_pieces; p++)
		spill_free(m->sieve->spill, s->pieces[p]);
	s->n_pieces = 0;
	return ok;
}

static void *
mark(void *context)
{
	struct marker *m = context;
	struct error err;
	size_t i;

	while ((i = atomic_fetch_add(&m->next, 1)) < SHARDS) {
		mark_shard(&m->sieve->shards[i], m->out);
		shard_empty(&m->sieve->shards[i]);
		if (!mark_pieces(m, i, &err) && !atomic_exchange(&m->failed, true))
			*m->err = err;
	}
	return NULL;
}

/* As many threads as can be had; it works with one as well. */
static bool
mark_all(struct sieve *sieve, size_t threads, struct survivors *out, struct error *err)
{
	struct marker marker = {
		.sieve = sieve, .out = out, .threads = threads ? threads : 1, .err = err
	};
	pthread_t others[SHARDS];
	size_t n = 0;

	while (n + 1 < threads && n < SHARDS &&
	       pthread_create(&others[n], NULL, mark, &marker) == 0)
		n++;
	mark(&marker);
	while (n > 0)
		pthread_join(others[--n], NULL);
	return !marker.failed;
}

bool
sieve_settle(struct sieve *sieve, struct sieve_hand *hand, size_t threads,
	     struct survivors *out, struct error *err)
{
	*out = (struct survivors){ 0 };
	if (sieve_hand_flush(sieve, hand, err) && lay_out(hand, out, err) &&
	    mark_all(sieve, threads, out, err))
		return true;
	survivors_release(out);
	return false;
}

void
survivors_release(struct survivors *survivors)
{
	memory_free(survivors->spans, survivors->spans_size);
	memory_free(survivors->bits, survivors->bits_size);
	*survivors = (struct survivors){ 0 };
}

bool
survivors_get(const struct survivors *survivors, struct place place, size_t n,
	      uint64_t *kept)
{
	const struct sieve_span *span = find_span(survivors, place.chunk);
	const uint64_t *from;
	unsigned shift;
	uint64_t bit;

	if (!span || place.row + n > span->rows)
		return n == 0;
	bit = span->bit + place.row;
	from = survivors->bits + bit / 64;
	shift = bit % 64;
	for (size_t w = 0; w < bit_words(n); w++) {
		kept[w] = from[w] >> shift;
		if (shift && w * 64 + 64 - shift < n)
			kept[w] |= from[w + 1] << (64 - shift);
	}
	if (n % 64)
		kept[n / 64] &= ((uint64_t)1 << n % 64) - 1;
	return true;
}
