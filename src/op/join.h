/*
 * join.h - the rows of two tables side by side, where their keys are equal.
 *
 * Keys of two types are compared as Spark does: as numbers, moments or truths wherever
 * one of them is such a thing. A null is equal to nothing, NaN to NaN, 0.0 to -0.0. The
 * columns are those of the left table, then those of the right one; what bears a name
 * twice is renamed (join_names()). Only semi and anti joins have just the left ones.
 *
 * Rows come in the order of the left table, for each those of the right one in order,
 * then, if they stay, those of the right one that found nobody. A right join goes by the
 * rows of the right table.
 *
 * A cross join has a condition too, as in Data Wrangler: Spark makes an inner join of it.
 * Without keys it pairs every row with every row.
 */
#ifndef OP_JOIN_H
#define OP_JOIN_H

#include "op/op.h"

/* Every spelling that Spark takes, up to NULL. */
extern const char *const join_types[];

struct join {
	int type;                 /* place in join_types */
	struct names left, right; /* keys, pair by pair */
};

/* Are there keys, or may there be none? */
CHECKED bool join_check(const struct join *join, struct error *err);

CHECKED bool join_shape(const struct join *join, const struct schema *in,
			struct shape *out, struct error *err);

CHECKED bool join_run(const struct join *join, const struct call *call,
		      struct table *const *in, struct table *out, struct error *err);

/* Names that occur more than once, in any case, get _0, _1 and so on behind them, and
 * _dup as long as such a name is there already. */
CHECKED bool join_names(const char **names, size_t n, struct arena *arena,
			struct error *err);

#endif
