/*
 * table.h - batches in order, which need not all be in memory as they are.
 *
 * A table that may spill packs the batches it takes (pack.h) while more than a little
 * data is in memory, and puts their pages into a temporary file (spill.h) when memory is
 * short. A table may also be made, batch by batch, by whoever has its rows: then nothing
 * is held that can be made again. Who reads it sees none of that: table_batch() gives
 * any batch at any time, on any thread. Taking and letting go is one thread's at a time.
 */
#ifndef DATA_TABLE_H
#define DATA_TABLE_H

#include "base/spill.h"
#include "data/batch.h"
#include "data/pack.h"

/* Who makes the batches of a table. make: as table_columns(), on several threads at once.
 * release: the table is gone. */
struct table_maker {
	void *context;
	bool (*make)(void *context, size_t i, const bool *wanted, struct batch **batch,
		     struct error *err);
	void (*release)(void *context);
};

struct table {
	size_t rows, n; /* n: batches */
	size_t room;
	struct part *parts;      /* where each batch is; none if there is a maker */
	struct packing *packing; /* of pages; NULL: batches stay as they are */
	struct spill *spill;     /* NULL: pages stay in memory */
	bool is_away;            /* pages go into the file whatever room there is */
	struct table_maker maker;
};

/* An empty table will pack what it takes, and spill it (NULL: only pack). */
CHECKED bool table_may_spill(struct table *table, struct spill *spill, struct error *err);
/* The same, and holds nothing in memory that can be in the file. */
CHECKED bool table_spill_all(struct table *table, struct spill *spill, struct error *err);
/* As another one does: batches may then move between the two. */
void table_spill_like(struct table *table, const struct table *other);
/* An empty table gets n batches of rows rows, made by the maker, which it owns. */
void table_make(struct table *table, const struct table_maker *maker, size_t n,
		size_t rows);

/* The batch becomes the table's, whether it fails or not. */
CHECKED bool table_take(struct table *table, struct batch *batch, struct error *err);
/* Cut into batches of at most rows. */
CHECKED bool table_take_cut(struct table *table, struct batch *batch, size_t rows,
			    struct error *err);
/* All batches of another table, which is empty then. Both spill alike, or not at all. */
CHECKED bool table_append(struct table *table, struct table *other, struct error *err);

/* Batch i, for the caller to free; it may share columns with the table. */
CHECKED bool table_batch(const struct table *table, size_t i, struct batch **batch,
			 struct error *err);
/* The same with only the columns whose wanted is set; NULL: all. */
CHECKED bool table_columns(const struct table *table, size_t i, const bool *wanted,
			   struct batch **batch, struct error *err);
/* The same as table_batch(); the table lets go of the batch, which is not read again. */
CHECKED bool table_pull(struct table *table, size_t i, struct batch **batch,
			struct error *err);

/* Empty, as if of zeroes. */
void table_release(struct table *table);

/* All rows as one batch; columns are shared where there is one batch only. columns:
 * how many a batch has, for a table without batches (types: of the schema). */
CHECKED struct batch *table_whole(const struct table *table, const struct schema *schema,
				  struct error *err);
/* The same out of a table that is released: little stands twice. */
CHECKED struct batch *table_merge(struct table *table, const struct schema *schema,
				  struct error *err);

#endif
