/*
 * tally.h - what is known of the values of one column, for each of many groups.
 *
 * Values are added in any order, a batch at a time; tallies are merged; the outcome is
 * the same. Nulls do not count. What a tally holds is counted memory. Names are those of
 * Spark's columns.
 */
#ifndef OP_TALLY_H
#define OP_TALLY_H

#include "data/rows.h"
#include "op/place.h"

/* The words of the functions, up to NULL. */
extern const char *const tally_functions[];

/* Name and type of the column that a function makes; column "" (count): of the rows. */
const char *tally_name(int function, const char *column, struct arena *arena);
enum type tally_type(int function, enum type in);
unsigned tally_accepts(int function);
bool tally_needs_column(int function);

struct tally;

/* in: the type of the column; 0: rows are counted. */
CHECKED struct tally *tally_new(int function, enum type in, struct error *err);
void tally_free(struct tally *tally);          /* NULL is fine */
size_t tally_bytes(const struct tally *tally); /* of memory that grows with groups */

/* Does it do for another function of the same column as well? */
bool tally_is_shared(const struct tally *tally, int function);

/* Rows of a batch: the column (NULL: rows are counted), the group of each (NULL: all are
 * of group 0, and stand one behind the other), and where they stand. */
struct tally_rows {
	const struct column *column;
	size_t rows;
	const uint32_t *groups;
	struct places places;
};

/* Room for so many groups; new ones are empty. Needed before rows of a group come. */
CHECKED bool tally_room(struct tally *tally, size_t groups, struct error *err);
CHECKED bool tally_add(struct tally *tally, const struct tally_rows *rows,
		       struct error *err);
/* map: by group of from, of which there are n, which of into it is. from is used up, but
 * for tally_free(). */
CHECKED bool tally_merge(struct tally *into, struct tally *from, const uint32_t *map,
			 size_t n, struct error *err);

/* What a function makes of groups, in that order; tally may be one that it shares. */
CHECKED struct column *tally_column(struct tally *tally, int function,
				    const uint32_t *groups, size_t n, struct error *err);

#endif
