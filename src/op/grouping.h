/*
 * grouping.h - groups of rows with tallies of their columns, in bounded memory.
 *
 * While memory is short, rows of groups that are not there yet are put aside, in a table
 * that spills (table.h). They are taken up when all others have been seen, as often as is
 * needed. A group that is there sees all of its rows, so memory has to do for the tallies
 * of those that are there: a median and a count of distinct values hold values.
 *
 * The outcome does not depend on memory, nor on the order of rows.
 */
#ifndef OP_GROUPING_H
#define OP_GROUPING_H

#include "data/table.h"
#include "op/op.h"
#include "op/place.h"

/* One aggregate: its function (tally.h), and the type of its column; 0: rows are counted.
 * same: the first aggregate of the same column. */
struct aggregated {
	int function;
	enum type type;
	size_t same;
};

struct grouping;

/* The lists are copied. spill: NULL: memory has to do for everything. */
CHECKED struct grouping *grouping_new(const enum type *keys, size_t n_keys,
				      const struct aggregated *aggregates, size_t n,
				      struct spill *spill, struct error *err);
void grouping_free(struct grouping *grouping); /* NULL is fine */
/* All that it holds in a new one; it can only be freed then. */
CHECKED struct grouping *grouping_take(struct grouping *grouping, struct error *err);

/* columns: by aggregate; NULL: rows are counted. */
CHECKED bool grouping_add(struct grouping *grouping, const struct batch *keys,
			  struct column *const *columns, const struct places *places,
			  struct error *err);
/* from is used up, but for grouping_free(). */
CHECKED bool grouping_merge(struct grouping *into, struct grouping *from,
			    struct error *err);

/* A row a group, in the order of their first rows: keys and aggregates. The grouping is
 * used up, but for grouping_free(). call: whose work it is. */
CHECKED bool grouping_table(struct grouping *grouping, struct table *out,
			    const struct call *call, struct error *err);

#endif
