/*
 * move.h - columns in another order: what the operators that move columns share.
 */
#ifndef OP_MOVE_H
#define OP_MOVE_H

#include "op/op.h"

/* Every column passes; those in moved stand at index of the list without them, in the
 * order they had. */
void move_columns(struct shape *out, const struct schema *in, const struct names *moved,
		  size_t index);

/* The index of target in the list without the moved columns. */
CHECKED bool move_target(const struct schema *in, const struct names *moved,
			 const char *target, size_t *index, struct error *err);

#endif
