/* sieve - rows go to shards by their hashes, a batch at a time. */
#include "op/sieve_parts.h"

struct sieve *
sieve_new(struct spill *spill, struct error *err)
{
	struct sieve *sieve = memory_alloc(sizeof(*sieve), err);

	for (size_t i = 0; sieve && i < SHARDS; i++)
		pthread_mutex_init(&sieve->shards[i].lock, NULL);
	if (sieve)
		sieve->spill = spill_share(spill);
	return sieve;
}

void
sieve_free(struct sieve *sieve)
{
	if (!sieve)
		return;
	for (size_t i = 0; i < SHARDS; i++) {
		struct shard *s = &sieve->shards[i];

		shard_empty(s);
		memory_free(s->pieces, s->pieces_room * sizeof(*s->pieces));
		pthread_mutex_destroy(&s->lock);
	}
	spill_drop(sieve->spill);
	memory_free(sieve, sizeof(*sieve));
}

bool
sieve_is_exact(const struct sieve *sieve)
{
	return !sieve->spills;
}

void
sieve_hand_release(struct sieve_hand *hand)
{
	memory_free(hand->spans, hand->room * sizeof(*hand->spans));
	memory_free(hand->order, hand->order_room * sizeof(*hand->order));
	memory_free(hand->waiting, SHARDS * hand->wait * sizeof(*hand->waiting));
	memory_free(hand->n_waiting, SHARDS * sizeof(*hand->n_waiting));
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
sieve_hand_merge(struct sieve *sieve, struct sieve_hand *into, struct sieve_hand *from,
		 struct error *err)
{
	for (size_t i = 0; i < from->n; i++)
		if (!note_span(into, from->spans[i].chunk, from->spans[i].rows, err))
			return false;
	return sieve_hand_flush(sieve, from, err);
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

/* Rows of a batch that belong to one shard. */
struct rows {
	const struct row_hash *hashes;
	const uint32_t *at;
	size_t n;
	uint64_t place; /* of the batch's first row */
};

/* What add_rows() did. */
enum added { ADDED, FULL, FAILED };

/* The shard has room. */
static void
look_at(struct shard *s, const struct rows *rows, uint64_t *fresh)
{
	for (size_t i = 0; i < rows->n; i++)
		__builtin_prefetch(
			&s->slots[(uint32_t)rows->hashes[rows->at[i]].low & s->mask]);
	for (size_t i = 0; i < rows->n; i++) {
		uint32_t row = rows->at[i];

		if (shard_add(s, rows->hashes[row], rows->place + row) && fresh)
			bit_set(fresh, row);
	}
}

static enum added
add_rows(struct sieve *sieve, size_t i, const struct rows *rows, uint64_t *fresh,
	 struct error *err)
{
	struct shard *s = &sieve->shards[i];
	enum added added = ADDED;

	pthread_mutex_lock(&s->lock);
	if (sieve->spills || (sieve->spill && memory_is_short(shard_growth(s, rows->n))))
		added = FULL;
	else if (!shard_room(s, rows->n, err))
		added = sieve->spill ? FULL : FAILED;
	else
		look_at(s, rows, fresh);
	pthread_mutex_unlock(&s->lock);
	return added;
}

static bool
add_or_put_down(struct sieve *sieve, struct sieve_hand *hand, size_t i,
		const struct rows *rows, uint64_t *fresh, struct error *err)
{
	switch (add_rows(sieve, i, rows, fresh, err)) {
	case ADDED:
		return true;
	case FULL:
		return (sieve->spills || sieve_spill(sieve, err)) &&
		       sieve_put_down(sieve, hand, i, rows->hashes, rows->at, rows->n,
				      rows->place, err);
	default:
		return false;
	}
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
	for (size_t s = 0; s < SHARDS; s++) {
		const struct rows rows = { hashes, hand->order + first[s],
					   first[s + 1] - first[s],
					   place.chunk << ROW_BITS | place.row };

		if (rows.n && !add_or_put_down(sieve, hand, s, &rows, fresh, err))
			return false;
	}
	return true;
}
