/*
 * infer.h - the type that a column of texts wants to be, by Data Wrangler's rule.
 *
 * Counted over the first INFER_ROWS rows; only shares matter, so counts can be merged.
 * A value may be null, null-like (empty, blank, or beginning with null, none, nil, na or
 * nan in any case: "Nancy" is null-like, as in the product), a number (Python's float(),
 * finite, no '_'), a whole number (Python's int(): "5", not "5.0" or "1e3"), true or
 * false, an ISO date, or anything that pandas takes for a moment.
 */
#ifndef DATA_INFER_H
#define DATA_INFER_H

#include "data/column.h"

enum { INFER_ROWS = 5000 };

struct infer {
	uint64_t rows, nulls, null_likes;
	uint64_t numbers, integers, bools;
	uint64_t dates, datetimes; /* datetimes: dates too */
};

/* The first n rows of a string column. */
void infer_add(struct infer *infer, const struct column *column, size_t n);
void infer_merge(struct infer *into, const struct infer *from);
enum type infer_type(const struct infer *infer);

#endif
