/*
 * sieve.h - which of many rows are the first of their kind, told while they pass.
 *
 * Rows are known by their hashes (data/rows.h). Many threads bring them at once: a sieve
 * is cut into shards by bits of the hash, each with a lock, and a batch is sorted by
 * shard first, so that a lock is taken once a shard and batch. A row is fresh to the one
 * who brings it if nobody brought an equal one before. In the end the row with the least
 * place survives, whoever came first. A distinct row takes 30 to 35 bytes.
 *
 * When memory is short, hashes and places are put into a temporary file (base/spill.h),
 * and no row is told to be fresh any more; who survives is found in the end, shard by
 * shard.
 *
 * Survivors are bits: one a row, chunk by chunk.
 */
#ifndef OP_SIEVE_H
#define OP_SIEVE_H

#include "data/rows.h"
#include "op/op.h"

struct sieve;
struct entry;

/* spill: for what memory has no room for; NULL: nothing is. */
CHECKED struct sieve *sieve_new(struct spill *spill, struct error *err);
void sieve_free(struct sieve *sieve); /* NULL is fine */

/* A chunk, and how many of its rows there are. bit: of its first row, in survivors. */
struct sieve_span {
	uint64_t chunk, rows, bit;
};

/* What one thread notes. */
struct sieve_hand {
	struct sieve_span *spans; /* in the order in which they came; a chunk may come
				   * several times */
	size_t n, room;
	uint32_t *order; /* rows of a batch by shard */
	size_t order_room;
	struct entry *waiting; /* rows to be put down: `wait` of each shard */
	size_t *n_waiting, wait;
};

void sieve_hand_release(struct sieve_hand *hand);
CHECKED bool sieve_hand_merge(struct sieve *sieve, struct sieve_hand *into,
			      struct sieve_hand *from, struct error *err);

/* n rows from a place on. fresh (zeroed bits, or NULL): the bits of those that are new
 * are set. Any thread, with a hand of its own. */
CHECKED bool sieve_add(struct sieve *sieve, struct sieve_hand *hand,
		       const struct row_hash *hashes, size_t n, struct place place,
		       uint64_t *fresh, struct error *err);

/* Was every row that is the first of its kind told to be fresh? */
bool sieve_is_exact(const struct sieve *sieve);

struct survivors {
	struct sieve_span *spans; /* in the order of chunks, each once */
	size_t n, spans_size;
	uint64_t *bits; /* set: the row stays; a chunk begins in a word of its own */
	size_t bits_size;
};

/* When all rows are in and all hands are merged. The sieve is empty then. */
CHECKED bool sieve_settle(struct sieve *sieve, struct sieve_hand *hand, size_t threads,
			  struct survivors *out, struct error *err);
void survivors_release(struct survivors *survivors);

/* The bits of n rows from a place on. False: there were no such rows. */
bool survivors_get(const struct survivors *survivors, struct place place, size_t n,
		   uint64_t *kept);

#endif
