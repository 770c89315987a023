/*
 * join.h - the rows of two tables side by side, where their keys are equal.
 *
 * Keys of two types are compared as Spark does: as numbers, moments or truths wherever
 * one of them is such a thing. A null is equal to nothing, NaN to NaN, 0.0 to -0.0. The
 * columns are those of the left table, then those of the right one; what bears a name
 * twice is renamed (join_names()). Only semi and anti joins have just the left ones.
 *
 * Rows come in the order of the left table, for each those of the right one in order,
 * then, if they stay, those of the right one that found nobody. A right join goes by the
 * rows of the right table.
 *
 * A cross join has a condition too, as in Data Wrangler: Spark makes an inner join of it.
 * Without keys it pairs every row with every row.
 *
 * The table whose order counts streams; the other one is collected and indexed by hashes
 * of 128 bits. Its texts stand in dictionaries where it is not large, so that a pair of
 * rows costs a number a column.
 */
#ifndef OP_JOIN_H
#define OP_JOIN_H

#include "op/op.h"

/* Every spelling that Spark takes, up to NULL. */
extern const char *const join_types[];

struct join {
	int type;                 /* place in join_types */
	struct names left, right; /* keys, pair by pair */
};

/* Are there keys, or may there be none? */
CHECKED bool join_check(const struct join *join, struct error *err);

CHECKED bool join_shape(const struct join *join, const struct schema *in,
			struct shape *out, struct error *err);

size_t join_streams(const struct join *join);
/* The keys of the table that streams. */
void join_reads(const struct join *join, const struct schema *in, bool *read);

/* The table that stands, by its keys; zeroed memory is an empty one. Read-only while
 * others look up in it. */
struct join_index {
	struct batch *all; /* every column of the table */
	struct row_hash *hashes;
	struct join_slot *slots;
	uint32_t *next; /* rows with the same key hang together in their order */
	size_t mask;
	uint64_t number; /* of this index, among all that the program makes */
	bool repeats;    /* a key stands in several rows */
};

CHECKED bool join_index(const struct join *join, const struct call *call,
			struct table *table, struct join_index *index, struct error *err);
void join_index_release(struct join_index *index);

/* The first row with the key of each of n hashes, or GATHER_NONE. */
void join_index_find(const struct join_index *index, const struct row_hash *hashes,
		     size_t n, uint32_t *found);

/* The keys of a batch of one side as the types they are compared as, hashed; in a row
 * with a null among them the bit of nulls (zeroed bits) is set. */
CHECKED bool join_keys(const struct join *join, const struct schema *in, size_t side,
		       const struct batch *batch, struct row_hash *hashes,
		       uint64_t *nulls, struct error *err);

/* Hooks of op.h, for steps that have learned a join_index. */
void *join_open(const struct join *join, struct error *err);
bool join_pour(const struct call *call, void *state, struct batch *batch,
	       struct outlet *outlet, struct error *err);
bool join_rest(const struct call *call, void *state, struct outlet *outlet,
	       struct error *err);
void join_close(void *state);
void *join_pool(const struct join *join, const struct call *call, struct error *err);
void join_drain(void *pool);

/* May the table be indexed with half the memory there is? */
bool join_fits(const struct join *join, const struct call *call,
	       const struct table *table);
/* Both tables part by part, so that each part of the one that stands fits into memory;
 * out is in the same order as ever. */
CHECKED bool join_outgrown(const struct join *join, const struct call *call,
			   struct table *const *in, struct table *out, struct error *err);

/* Names that occur more than once, in any case, get _0, _1 and so on behind them, and
 * _dup as long as such a name is there already. */
CHECKED bool join_names(const char **names, size_t n, struct arena *arena,
			struct error *err);

enum join_kind { JOIN_INNER, JOIN_LEFT, JOIN_RIGHT, JOIN_FULL, JOIN_SEMI, JOIN_ANTI };
enum join_kind join_kind(const struct join *join);

#endif
