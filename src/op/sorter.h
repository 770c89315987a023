/*
 * sorter.h - rows in order of keys, of any number, in bounded memory.
 *
 * A sorter takes batches in any order, each with its place among all rows, and keeps
 * their rows packed. Several may work at once, one a thread, and are joined at the end.
 * When memory is short a sorter puts its rows into a temporary file, as a run in order;
 * without a place for that it goes on, and memory may be refused. The result is a table
 * that is made batch by batch, by picking rows out of the pages in memory or by merging
 * runs (of more than can be merged at once some are merged first), so that rows are
 * never held twice.
 *
 * Rows that are equal in all keys come in the order of their places. The result depends
 * on neither memory nor threads.
 */
#ifndef OP_SORTER_H
#define OP_SORTER_H

#include "data/table.h"
#include "op/op.h"
#include "op/sort_key.h"

struct sorter;

struct sorter_plan {
	const struct sort_key *keys; /* copied */
	size_t n_keys;
	const struct schema *in; /* of the batches; names are not looked at */
	size_t n_out; /* the first columns come out again; those behind are only keys */
	struct spill *spill; /* NULL: nowhere */
	size_t threads;
	const atomic_bool *cancel;
	struct pause *pause; /* NULL: it is never held */
};

CHECKED struct sorter *sorter_new(const struct sorter_plan *plan, struct error *err);
void sorter_free(struct sorter *sorter); /* NULL is fine */

CHECKED bool sorter_take(struct sorter *sorter, const struct batch *batch,
			 struct place place, struct error *err);
/* All that the other one has; it is as good as new then. */
CHECKED bool sorter_join(struct sorter *into, struct sorter *from, struct error *err);

/* All rows become the table's, which is empty before; so does the sorter, whether it
 * fails or not. */
CHECKED bool sorter_end(struct sorter *sorter, struct table *out, struct error *err);

#endif
