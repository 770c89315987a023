/*
 * sorter_parts.h - pages, items and runs. Private to sort*.c of op/.
 */
#ifndef OP_SORTER_PARTS_H
#define OP_SORTER_PARTS_H

#include <pthread.h>

#include "op/sorter.h"

enum { SORTER_ROWS = 2048 }; /* rows of a batch that comes out */

struct kept {
	struct packed *page;
	struct place place; /* of its first row */
	bool shelved;       /* the page stands on a shelf, and goes with it */
};

/* A large block that pages of a sorter with many stand in, behind its head. */
struct shelf {
	struct shelf *next;
	size_t used; /* bytes, the head included */
};

/* A row, and the number that decides first. */
struct sort_item {
	uint64_t key;
	struct packed_row row;
};

/* Pages in the order of places, all of one or more packings. */
struct pages {
	size_t n, room, rows, bytes;
	struct kept *at;
	struct shelf *shelves;   /* the first one has room */
	struct packing *packing; /* of the first one */
};

/* Rows in order, as pages in a file. Behind the columns stands the place of each. */
struct run {
	size_t n, room, rows;
	struct spill_piece *pieces;
	struct packing *packing; /* of its pages; a sorter has it */
};

struct sorter {
	size_t n_keys, n_in, n_out, threads;
	struct sort_key *keys;
	enum type *types;         /* of the keys */
	bool *is_key;             /* by column, with one more for the place */
	struct sort_stats *stats; /* by key, of the pages in memory */
	struct pages pages;
	struct packing **packings; /* of pages, of runs; then those of others, joined */
	size_t n_packings;
	struct run *runs;
	size_t n_runs;
	struct spill *spill;
	const atomic_bool *cancel;
	struct pause *pause;
};

/* Pages in the order of their places. */
void sorter_settle(struct sorter *sorter);
/* Columns of pages out of columns that come out; to be freed. NULL: refused. */
CHECKED bool *sorter_wanted(const struct sorter *sorter, const bool *wanted,
			    struct error *err);
/* A batch of pages as it comes out. */
void sorter_cut(const struct sorter *sorter, struct batch *batch);
void pages_release(struct pages *pages);

/* The rows of all pages in order: sorter->pages.rows items, counted. */
CHECKED bool sorter_order(struct sorter *sorter, struct sort_item **items,
			  struct error *err);

/* Make the pages in memory a run in the file. */
CHECKED bool sorter_spill(struct sorter *sorter, struct error *err);
/* A run that grows by batches, as they stand in runs. */
CHECKED bool sorter_add_run(struct sorter *sorter, struct error *err);
CHECKED bool run_put(struct sorter *sorter, struct run *run, const struct batch *batch,
		     struct error *err);
void run_release(struct run *run, struct spill *spill);

/* The runs as the table's batches. The sorter belongs to it then. */
CHECKED bool sorter_merge(struct sorter *sorter, struct table *out, struct error *err);

/* Waits while the work is held; with `locked`, where others would wait for the lock, it
 * does not. */
static inline bool
sorter_is_over(const struct sorter *sorter, bool locked)
{
	return work_is_over(sorter->cancel, locked ? NULL : sorter->pause);
}

#endif
