/*
 * entries.h - a column of texts by its dictionary: work for each entry, once. Only for
 * expr/.
 */
#ifndef EXPR_ENTRIES_H
#define EXPR_ENTRIES_H

#include "data/column.h"

/* The entries of a dictionary column as a plain column, and a null behind them. */
CHECKED struct column *entries_of(const struct column *codes, struct error *err);

/* What was made of each row of entries_of(), for the rows by their codes. */
CHECKED struct column *entries_spread(struct column *made, const struct column *codes,
				      struct error *err);

#endif
