/*
 * tally.h - what is known of the values of one column in one group.
 *
 * Values are added in any order, tallies of the same group are merged; the outcome is
 * the same. Nulls do not count. A tally is zeroed memory of tally_size() bytes to start
 * with; what it holds beyond is counted. Names are those of Spark's columns.
 */
#ifndef OP_TALLY_H
#define OP_TALLY_H

#include "data/rows.h"
#include "op/op.h"

/* The words of the functions, up to NULL. */
extern const char *const tally_functions[];

/* Name and type of the column that a function makes; column "" (count): of the rows. */
const char *tally_name(int function, const char *column, struct arena *arena);
enum type tally_type(int function, enum type in);
unsigned tally_accepts(int function);
bool tally_needs_column(int function);
bool tally_needs_hash(int function);

size_t tally_size(int function);
/* c NULL: the rows are counted. hash: of the cell, where it is needed. */
CHECKED bool tally_add(int function, void *tally, const struct column *c, size_t row,
		       const struct row_hash *hash, struct place place,
		       struct error *err);
CHECKED bool tally_merge(int function, void *into, const void *from, struct error *err);
void tally_put(int function, void *tally, enum type in, struct build *out);
void tally_release(int function, void *tally);

#endif
