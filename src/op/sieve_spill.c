/*
 * sieve_spill - rows that memory has no room for wait in a file, shard by shard.
 *
 * A thread gathers some rows of a shard before it puts them down. In the end each shard
 * is read back, whole or range by range of hashes, as memory allows.
 */
#include "op/sieve_parts.h"

enum {
	WAIT_LEAST = 8, /* rows of a shard that a thread gathers */
	WAIT_MOST = 256,
	PIECE = 4096, /* entries put down at once when a shard is emptied */
};

static bool
note_piece(struct shard *s, struct spill_piece piece, struct error *err)
{
	size_t room = s->pieces_room ? 2 * s->pieces_room : 16;
	struct spill_piece *more;

	if (s->n_pieces == s->pieces_room) {
		if (!(more = memory_alloc(room * sizeof(*more), err)))
			return false;
		if (s->n_pieces)
			memcpy(more, s->pieces, s->n_pieces * sizeof(*more));
		memory_free(s->pieces, s->pieces_room * sizeof(*more));
		s->pieces = more;
		s->pieces_room = room;
	}
	s->pieces[s->n_pieces++] = piece;
	return true;
}

/* The shard is locked. */
static bool
put_piece(struct sieve *sieve, struct shard *s, const struct entry *entries, size_t n,
	  struct error *err)
{
	struct spill_piece piece;

	if (!spill_put(sieve->spill, entries, n * sizeof(*entries), &piece, err) ||
	    !note_piece(s, piece, err))
		return false;
	s->put_down += n;
	return true;
}

static bool
empty_into_file(struct sieve *sieve, struct shard *s, struct error *err)
{
	for (uint32_t i = 0; i < s->n; i += PIECE)
		if (!put_piece(sieve, s, s->entries + i,
			       s->n - i < PIECE ? s->n - i : PIECE, err))
			return false;
	shard_empty(s);
	return true;
}

bool
sieve_spill(struct sieve *sieve, struct error *err)
{
	bool ok = true;

	atomic_store(&sieve->spills, true);
	for (size_t i = 0; ok && i < SHARDS; i++) {
		struct shard *s = &sieve->shards[i];

		pthread_mutex_lock(&s->lock);
		ok = empty_into_file(sieve, s, err);
		pthread_mutex_unlock(&s->lock);
	}
	return ok;
}

/* A row of waiting entries for each shard. */
static bool
start_waiting(struct sieve_hand *hand, struct error *err)
{
	size_t wait = memory_least() / SHARDS / sizeof(struct entry);

	if (hand->n_waiting)
		return true;
	wait = wait < WAIT_LEAST ? WAIT_LEAST : wait > WAIT_MOST ? WAIT_MOST : wait;
	hand->wait = wait;
	hand->waiting = memory_alloc(SHARDS * wait * sizeof(struct entry), err);
	if (!hand->waiting)
		return false;
	hand->n_waiting = memory_alloc(SHARDS * sizeof(*hand->n_waiting), err);
	return hand->n_waiting != NULL;
}

static bool
flush_shard(struct sieve *sieve, struct sieve_hand *hand, size_t i, struct error *err)
{
	struct shard *s = &sieve->shards[i];
	bool ok;

	pthread_mutex_lock(&s->lock);
	ok = put_piece(sieve, s, hand->waiting + i * hand->wait, hand->n_waiting[i], err);
	pthread_mutex_unlock(&s->lock);
	hand->n_waiting[i] = 0;
	return ok;
}

bool
sieve_hand_flush(struct sieve *sieve, struct sieve_hand *hand, struct error *err)
{
	for (size_t i = 0; hand->n_waiting && i < SHARDS; i++)
		if (hand->n_waiting[i] && !flush_shard(sieve, hand, i, err))
			return false;
	return true;
}

bool
sieve_put_down(struct sieve *sieve, struct sieve_hand *hand, size_t s,
	       const struct row_hash *hashes, const uint32_t *rows, size_t n,
	       uint64_t place, struct error *err)
{
	if (!start_waiting(hand, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		hand->waiting[s * hand->wait + hand->n_waiting[s]++] =
			(struct entry){ hashes[rows[i]], place + rows[i] };
		if (hand->n_waiting[s] == hand->wait && !flush_shard(sieve, hand, s, err))
			return false;
	}
	return true;
}

/* The range of a hash within its shard. */
static size_t
part_of(struct row_hash hash, size_t parts)
{
	return (size_t)(((hash.high << SHARD_BITS) >> 32) * parts >> 32);
}

bool
sieve_pick_up(struct sieve *sieve, size_t s, size_t part, size_t parts,
	      struct shard *into, struct error *err)
{
	const struct shard *shard = &sieve->shards[s];
	size_t size = PIECE * sizeof(struct entry);
	struct entry *entries = memory_alloc(size, err);
	bool ok = entries != NULL;

	for (size_t i = 0; ok && i < shard->n_pieces; i++) {
		size_t n = shard->pieces[i].size / sizeof(*entries);

		ok = spill_get(sieve->spill, shard->pieces[i], entries, err) &&
		     shard_room(into, n, err);
		for (size_t j = 0; ok && j < n; j++)
			if (part_of(entries[j].hash, parts) == part)
				shard_add(into, entries[j].hash, entries[j].place);
	}
	memory_free(entries, size);
	return ok;
}
