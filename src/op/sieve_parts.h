/* sieve_parts.h - a sieve from the inside. Private to sieve*.c. */
#ifndef OP_SIEVE_PARTS_H
#define OP_SIEVE_PARTS_H

#include <pthread.h>
#include <stdalign.h>

#include "op/sieve.h"

enum {
	SHARD_BITS = 6,
	SHARDS = 1 << SHARD_BITS,
	ROW_BITS = 36, /* of a place in 64 bits; the chunk has the others */
};

struct entry {
	struct row_hash hash;
	uint64_t place; /* the least of its kind */
};

/* Slots hold 0 or the number of an entry + 1. */
struct shard {
	alignas(64) pthread_mutex_t lock;
	uint32_t *slots, mask;
	uint32_t n; /* entries */
	struct entry *entries;
	size_t size; /* bytes of them */
	/* what was put down: entries of any number a piece */
	struct spill_piece *pieces;
	size_t n_pieces, pieces_room;
	uint64_t put_down; /* entries */
};

struct sieve {
	struct shard shards[SHARDS];
	struct spill *spill;
	atomic_bool spills; /* rows are not looked at any more, but put down */
};

static inline size_t
shard_of(struct row_hash hash)
{
	return hash.high >> (64 - SHARD_BITS);
}

/* Room for n entries more; then they can be added. */
CHECKED bool shard_room(struct shard *shard, size_t n, struct error *err);
/* How many bytes that takes at most. */
size_t shard_growth(const struct shard *shard, size_t n);
/* Is it new? */
bool shard_add(struct shard *shard, struct row_hash hash, uint64_t place);
/* Lets go of the entries. */
void shard_empty(struct shard *shard);

/* Memory is short: from now on all is put down, also what the shards hold. Any thread. */
CHECKED bool sieve_spill(struct sieve *sieve, struct error *err);
/* Rows of shard s, which is not locked. */
CHECKED bool sieve_put_down(struct sieve *sieve, struct sieve_hand *hand, size_t s,
			    const struct row_hash *hashes, const uint32_t *rows, size_t n,
			    uint64_t place, struct error *err);
/* What the hand still has. */
CHECKED bool sieve_hand_flush(struct sieve *sieve, struct sieve_hand *hand,
			      struct error *err);
/* The entries of what was put down, each kind once, go to a shard, part by part: those
 * of one of `parts` ranges of hashes at a time. */
CHECKED bool sieve_pick_up(struct sieve *sieve, size_t s, size_t part, size_t parts,
			   struct shard *into, struct error *err);

#endif
