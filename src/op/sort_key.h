/*
 * sort_key.h - the order of rows as numbers.
 *
 * A row's keys become numbers of 64 bits whose order is that of the rows. The leading
 * number holds as many keys as fit, each as the distance from its least value in the
 * table (floats that are short decimals as whole numbers, texts of dictionaries as their
 * rank); what rows do not differ in there is compared key by key, texts in pieces of
 * seven bytes.
 *
 * Ascending puts nulls first, descending last; NaN is above every number, -0.0 equals
 * 0.0; texts are in the order of their bytes.
 */
#ifndef OP_SORT_KEY_H
#define OP_SORT_KEY_H

#include "data/batch.h"
#include "data/pack.h"
#include "data/scaled.h"

struct sort_key {
	size_t column;
	bool descending;
};

/* What there is in a key column: enough to know how many bits tell its values apart. */
struct sort_stats {
	bool any, nulls;
	bool raw;              /* float: some are no short decimals */
	unsigned scale;        /* of those that are */
	uint64_t low, high;    /* as sort_start() gives them */
	double least, largest; /* float, without NaN */
};

void sort_stats_add(struct sort_stats *stats, const struct column *c);
void sort_stats_merge(struct sort_stats *into, const struct sort_stats *from);

/* One cell as a number in ascending order: least for a null, and of texts the first eight
 * bytes. Different only if the cells are; equal for cells that differ: texts, and null
 * and the least long. */
uint64_t sort_start(const struct column *c, size_t row);

/* A part of a key for rows that are equal so far: part 0, 1, 2... until it says that
 * the key is at its end. */
uint64_t sort_part(const struct column *c, size_t row, bool descending, unsigned part);
bool sort_part_ends(enum type type, bool descending, unsigned part, uint64_t number);

/* How the leading number is put together. */
struct sort_lead {
	size_t n; /* keys in it; those from here on are left */
	unsigned bits;
	struct lead_key {
		bool descending, nulls;
		enum { LEAD_START, LEAD_SCALED, LEAD_RANK } as;
		unsigned bits;
		uint64_t low, range; /* range: of all numbers, that of null included */
		double power;
		struct buffer *ranks; /* uint32 by code */
	} * at;
};

/* stats: by key. ranks: by key, of the words of a dictionary by code; NULL: it is no
 * dictionary. The lead takes them; drop it even if it failed. */
CHECKED bool sort_lead_make(struct sort_lead *lead, const struct sort_key *keys, size_t n,
			    const enum type *types, const struct sort_stats *stats,
			    struct buffer **ranks, struct error *err);
void sort_lead_release(struct sort_lead *lead);
/* The leading numbers of all rows, from one every `stride` bytes. */
void sort_lead_put(const struct sort_lead *lead, const struct sort_key *keys,
		   const struct batch *batch, void *first, size_t stride);

/* The rank of each text among all, as uint32. */
CHECKED struct buffer *sort_ranks(const struct column *words, struct error *err);

#endif
