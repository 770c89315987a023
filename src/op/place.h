/*
 * place.h - where rows stand among all rows that reach a step.
 */
#ifndef OP_PLACE_H
#define OP_PLACE_H

#include "op/op.h"

/* Is place a before b? */
static inline bool
place_before(struct place a, struct place b)
{
	return a.chunk < b.chunk || (a.chunk == b.chunk && a.row < b.row);
}

/* Of the rows of a batch: one behind the other, or each where it stands. */
struct places {
	struct place first;
	const struct place *each; /* NULL: one behind the other */
};

static inline struct place
place_at(const struct places *places, size_t row)
{
	if (places->each)
		return places->each[row];
	return (struct place){ places->first.chunk, places->first.row + row };
}

#endif
