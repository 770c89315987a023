/*
 * sieve - shards of an open table that points into a growing list of entries.
 *
 * A slot is 0 or the number of an entry + 1 in its low bits and bits of the hash in the
 * others, so that a row that is new mostly costs one look into memory; slots double and
 * entries stay where they are.
 */
#include "op/sieve.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdlib.h>

enum {
	SHARD_BITS = 6,
	SHARDS = 1 << SHARD_BITS,
	ROOM = 8192,   /* bytes of entries, at first */
	ROW_BITS = 36, /* of a place in 64 bits; the chunk has the others */
};

struct entry {
	struct row_hash hash;
	uint64_t place;
};

struct shard {
	alignas(64) pthread_mutex_t lock;
	uint32_t *slots, mask;
	uint32_t n; /* entries */
	struct entry *entries;
	size_t size; /* bytes of them */
};

struct sieve {
	struct shard shards[SHARDS];
};

static size_t
slots_size(const struct shard *s)
{
	return ((size_t)s->mask + 1) * sizeof(*s->slots);
}

struct sieve *
sieve_new(struct error *err)
{
	struct sieve *sieve = memory_alloc(sizeof(*sieve), err);

	for (size_t i = 0; sieve && i < SHARDS; i++)
		pthread_mutex_init(&sieve->shards[i].lock, NULL);
	return sieve;
}

static void
shard_empty(struct shard *s)
{
	memory_pages_free(s->entries, s->size);
	memory_free(s->slots, slots_size(s));
	s->entries = NULL, s->slots = NULL, s->n = 0, s->size = 0, s->mask = 0;
}

void
sieve_free(struct sieve *sieve)
{
	if (!sieve)
		return;
	for (size_t i = 0; i < SHARDS; i++) {
		shard_empty(&sieve->shards[i]);
		pthread_mutex_destroy(&sieve->shards[i].lock);
	}
	memory_free(sieve, sizeof(*sieve));
}

/* What a slot says of entry i with this hash: bits above the mask are the hash's. */
static inline uint32_t
slot_value(const struct shard *s, struct row_hash hash, uint32_t i)
{
	return ((uint32_t)(hash.low >> 32) & ~s->mask) | (i + 1);
}

static void
put_slot(struct shard *s, struct row_hash hash, uint32_t i)
{
	uint32_t at = (uint32_t)hash.low & s->mask;

	while (s->slots[at])
		at = (at + 1) & s->mask;
	s->slots[at] = slot_value(s, hash, i);
}

static bool
grow_slots(struct shard *s, uint64_t entries, struct error *err)
{
	struct shard wider = *s;
	uint64_t mask = s->mask ? s->mask : 63;

	while (mask - mask / 4 <= entries)
		mask = mask * 2 + 1;
	if (mask > UINT32_MAX)
		return fail(err, "too many rows to look for duplicates");
	wider.mask = (uint32_t)mask;
	if (!(wider.slots = memory_alloc(slots_size(&wider), err)))
		return false;
	for (uint32_t i = 0; i < s->n; i++)
		put_slot(&wider, s->entries[i].hash, i);
	memory_free(s->slots, slots_size(s));
	s->slots = wider.slots;
	s->mask = wider.mask;
	return true;
}

/* By a sixteenth: what is not used yet must not count much. */
static bool
grow_entries(struct shard *s, uint64_t entries, struct error *err)
{
	size_t need = entries * sizeof(*s->entries), size = s->size;
	struct entry *more;

	while (size < need)
		size += (size / 16 / ROOM + 1) * ROOM;
	if (!(more = memory_pages(s->entries, s->size, size, err)))
		return false;
	s->entries = more;
	s->size = size;
	return true;
}

/* Room for n entries more. */
static bool
make_room(struct shard *s, size_t n, struct error *err)
{
	uint64_t entries = (uint64_t)s->n + n;

	if ((!s->slots || entries >= s->mask - s->mask / 4) &&
	    !grow_slots(s, entries, err))
		return false;
	return entries * sizeof(*s->entries) <= s->size || grow_entries(s, entries, err);
}

/* Is it new? There is room for it. */
static inline bool
add_row(struct shard *s, struct row_hash hash, uint64_t place)
{
	for (uint32_t at = (uint32_t)hash.low & s->mask;; at = (at + 1) & s->mask) {
		uint32_t slot = s->slots[at];
		struct entry *entry;

		if (!slot) {
			s->slots[at] = slot_value(s, hash, s->n);
			s->entries[s->n++] = (struct entry){ hash, place };
			return true;
		}
		if (((slot ^ (uint32_t)(hash.low >> 32)) & ~s->mask))
			continue;
		entry = &s->entries[(slot & s->mask) - 1];
		if (entry->hash.low == hash.low && entry->hash.high == hash.high) {
			entry->place = entry->place < place ? entry->place : place;
			return false;
		}
	}
}

static bool
add_rows(struct shard *s, const struct row_hash *hashes, const uint32_t *rows, size_t n,
	 uint64_t place, uint64_t *fresh, struct error *err)
{
	bool ok;

	pthread_mutex_lock(&s->lock);
	if ((ok = make_room(s, n, err))) {
		for (size_t i = 0; i < n; i++)
			__builtin_prefetch(
				&s->slots[(uint32_t)hashes[rows[i]].low & s->mask]);
		for (size_t i = 0; i < n; i++)
			if (add_row(s, hashes[rows[i]], place + rows[i]) && fresh)
				bit_set(fresh, rows[i]);
	}
	pthread_mutex_unlock(&s->lock);
	return ok;
}

void
sieve_hand_release(struct sieve_hand *hand)
{
	memory_free(hand->spans, hand->room * sizeof(*hand->spans));
	memory_free(hand->order, hand->order_room * sizeof(*hand->order));
	*hand = (struct sieve_hand){ 0 };
}

static bool
note_span(struct sieve_hand *hand, uint64_t chunk, uint64_t rows, struct error *err)
{
	struct sieve_span *last = hand->n ? &hand->spans[hand->n - 1] : NULL, *more;
	size_t room = hand->room ? 2 * hand->room : 16;

	if (last && last->chunk == chunk) {
		last->rows = last->rows < rows ? rows : last->rows;
		return true;
	}
	if (hand->n == hand->room) {
		if (!(more = memory_alloc(room * sizeof(*more), err)))
			return false;
		if (hand->n)
			memcpy(more, hand->spans, hand->n * sizeof(*more));
		memory_free(hand->spans, hand->room * sizeof(*more));
		hand->spans = more;
		hand->room = room;
	}
	hand->spans[hand->n++] = (struct sieve_span){ .chunk = chunk, .rows = rows };
	return true;
}

bool
sieve_hand_merge(struct sieve_hand *into, const struct sieve_hand *from,
		 struct error *err)
{
	for (size_t i = 0; i < from->n; i++)
		if (!note_span(into, from->spans[i].chunk, from->spans[i].rows, err))
			return false;
	return true;
}

static inline size_t
shard_of(struct row_hash hash)
{
	return hash.high >> (64 - SHARD_BITS);
}

/* Rows of a batch by shard: those of s are order[first[s]] to order[first[s + 1] - 1]. */
static bool
sort_by_shard(struct sieve_hand *hand, const struct row_hash *hashes, size_t n,
	      uint32_t *first, struct error *err)
{
	uint32_t at[SHARDS + 1] = { 0 };

	if (hand->order_room < n) {
		memory_free(hand->order, hand->order_room * sizeof(*hand->order));
		hand->order_room = 0;
		if (!(hand->order = memory_alloc(n * sizeof(*hand->order), err)))
			return false;
		hand->order_room = n;
	}
	for (size_t i = 0; i < n; i++)
		at[shard_of(hashes[i]) + 1]++;
	for (size_t s = 0; s < SHARDS; s++)
		at[s + 1] += at[s];
	memcpy(first, at, sizeof(at));
	for (size_t i = 0; i < n; i++)
		hand->order[at[shard_of(hashes[i])]++] = (uint32_t)i;
	return true;
}

bool
sieve_add(struct sieve *sieve, struct sieve_hand *hand, const struct row_hash *hashes,
	  size_t n, struct place place, uint64_t *fresh, struct error *err)
{
	uint32_t first[SHARDS + 1];

	if (n == 0)
		return true;
	if (place.chunk >> (64 - ROW_BITS) || (place.row + n) >> ROW_BITS)
		return fail(err, "too many rows to look for duplicates");
	if (!note_span(hand, place.chunk, place.row + n, err) ||
	    !sort_by_shard(hand, hashes, n, first, err))
		return false;
	for (size_t s = 0; s < SHARDS; s++)
		if (first[s + 1] > first[s] &&
		    !add_rows(&sieve->shards[s], hashes, hand->order + first[s],
			      first[s + 1] - first[s],
			      place.chunk << ROW_BITS | place.row, fresh, err))
			return false;
	return true;
}

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

/* Threads share out the shards; they meet in words of bits. */
struct marker {
	struct sieve *sieve;
	struct survivors *out;
	atomic_size_t next;
};

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

static void *
mark(void *context)
{
	struct marker *m = context;
	size_t i;

	while ((i = atomic_fetch_add(&m->next, 1)) < SHARDS) {
		mark_shard(&m->sieve->shards[i], m->out);
		shard_empty(&m->sieve->shards[i]);
	}
	return NULL;
}

/* As many threads as can be had; it works with one as well. */
static void
mark_all(struct sieve *sieve, size_t threads, struct survivors *out)
{
	struct marker marker = { .sieve = sieve, .out = out };
	pthread_t others[SHARDS];
	size_t n = 0;

	while (n + 1 < threads && n < SHARDS &&
	       pthread_create(&others[n], NULL, mark, &marker) == 0)
		n++;
	mark(&marker);
	while (n > 0)
		pthread_join(others[--n], NULL);
}

bool
sieve_settle(struct sieve *sieve, const struct sieve_hand *hand, size_t threads,
	     struct survivors *out, struct error *err)
{
	*out = (struct survivors){ 0 };
	if (!lay_out(hand, out, err)) {
		survivors_release(out);
		return false;
	}
	mark_all(sieve, threads, out);
	return true;
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
