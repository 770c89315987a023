/*
 * tally_pick - least, largest, first and last of numbers of all types.
 *
 * Values are compared as whole numbers of the same order; for the largest, all bits are
 * turned. Of equals the one that stands first is picked: 0.0 and -0.0 are equal.
 */
#include <math.h>

#include "op/tally_parts.h"

struct pick {
	struct place place; /* NOWHERE: nothing is picked */
	int64_t value;      /* a double by its bits */
};

struct pick_tally {
	struct tally tally;
	int64_t *best; /* by group: order of the pick, of least and largest */
	struct pick *picks;
};

static const struct place nowhere = { UINT64_MAX, UINT64_MAX };

static bool
is_ordered(const struct tally *t)
{
	return t->function == MIN_OF || t->function == MAX_OF;
}

static bool
room(struct tally *tally, size_t groups, struct error *err)
{
	struct pick_tally *t = (struct pick_tally *)tally;
	void *picks = t->picks, *best = t->best;
	struct pick *more;
	size_t size = groups * sizeof(*t->best);

	if (is_ordered(tally) && !(best = memory_alloc(size, err)))
		return false;
	if (!tally_grow(&picks, tally->groups, groups, sizeof(*t->picks), err)) {
		memory_free(is_ordered(tally) ? best : NULL, size);
		return false;
	}
	more = picks;
	for (size_t g = tally->groups; g < groups; g++)
		more[g].place = nowhere;
	t->picks = picks;
	if (!is_ordered(tally))
		return true;
	for (size_t g = 0; g < groups; g++)
		((int64_t *)best)[g] = g < tally->groups ? t->best[g] : INT64_MAX;
	memory_free(t->best, tally->groups * sizeof(*t->best));
	t->best = best;
	return true;
}

static int64_t
value_at(const struct column *c, size_t row)
{
	int64_t value;

	switch (c->type) {
	case TYPE_FLOAT:
		memcpy(&value, &column_floats(c)[row], sizeof(value));
		return value;
	case TYPE_BOOL:
		return column_bool(c, row);
	case TYPE_DATE:
		return column_ints(c)[row];
	default:
		return column_longs(c)[row];
	}
}

static int64_t
order_at(const struct column *c, size_t row)
{
	return c->type == TYPE_FLOAT ? tally_order(column_floats(c)[row])
				     : value_at(c, row);
}

static void
take(struct pick_tally *t, size_t group, const struct present *p, size_t i)
{
	t->picks[group] = (struct pick){ present_place(p, i),
					 value_at(p->column, present_row(p, i)) };
}

/* The least of floats in which no NaN is looked for; infinity if there is none. Two at
 * once, as one waits for the one before. */
static double
least_float(const double *x, size_t n, double sign)
{
	double a = INFINITY, b = INFINITY;
	size_t i = 0;

	for (; i + 1 < n; i += 2) {
		double y = sign * x[i], z = sign * x[i + 1];

		a = y < a ? y : a;
		b = z < b ? z : b;
	}
	if (i < n && sign * x[i] < a)
		a = sign * x[i];
	return a < b ? a : b;
}

static bool
any_nan(const double *x, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any |= x[i] != x[i];
	return any;
}

/* The least order of all rows. */
static int64_t
least_order(const struct present *p, int64_t turn)
{
	const struct column *c = p->column;
	int64_t best = INT64_MAX;

	if (c->type == TYPE_FLOAT && !p->rows && !any_nan(column_floats(c), p->n)) {
		double sign = turn ? -1 : 1;

		return tally_order(sign * least_float(column_floats(c), p->n, sign)) ^
		       turn;
	}
	for (size_t i = 0; i < p->n; i++) {
		int64_t order = order_at(c, present_row(p, i)) ^ turn;

		best = order < best ? order : best;
	}
	return best;
}

static void
pick_for_one(struct pick_tally *t, const struct present *p)
{
	int64_t turn = t->tally.function == MAX_OF ? -1 : 0;
	int64_t best = least_order(p, turn);
	size_t i = 0;

	if (best > t->best[0] ||
	    (best == t->best[0] && !place_before(p->places.first, t->picks[0].place)))
		return;
	while ((order_at(p->column, present_row(p, i)) ^ turn) != best)
		i++;
	if (best == t->best[0] && !place_before(present_place(p, i), t->picks[0].place))
		return;
	t->best[0] = best;
	take(t, 0, p, i);
}

static void
pick_best(struct pick_tally *t, const struct present *p)
{
	int64_t turn = t->tally.function == MAX_OF ? -1 : 0;

	for (size_t i = 0; i < p->n; i++) {
		int64_t order = order_at(p->column, present_row(p, i)) ^ turn;
		size_t g = p->groups[i];

		if (order > t->best[g] ||
		    (order == t->best[g] &&
		     !place_before(present_place(p, i), t->picks[g].place)))
			continue;
		t->best[g] = order;
		take(t, g, p, i);
	}
}

/* Is the place of a row that of the first (last) of its group so far? */
static bool
comes_next(enum tally_function function, struct place place, struct place picked)
{
	if (function == FIRST || picked.chunk == UINT64_MAX)
		return place_before(place, picked);
	return place_before(picked, place);
}

static bool
add(struct tally *tally, const struct present *p, struct error *err)
{
	struct pick_tally *t = (struct pick_tally *)tally;
	size_t i = tally->function == FIRST ? 0 : p->n - 1;

	(void)err;
	if (is_ordered(tally)) {
		if (p->groups)
			pick_best(t, p);
		else
			pick_for_one(t, p);
		return true;
	}
	if (!p->groups) {
		if (comes_next(tally->function, present_place(p, i), t->picks[0].place))
			take(t, 0, p, i);
		return true;
	}
	for (i = 0; i < p->n; i++)
		if (comes_next(tally->function, present_place(p, i),
			       t->picks[p->groups[i]].place))
			take(t, p->groups[i], p, i);
	return true;
}

static bool
is_better(const struct pick_tally *to, size_t g, const struct pick_tally *from, size_t i)
{
	struct place place = from->picks[i].place;

	if (place.chunk == UINT64_MAX)
		return false;
	if (!is_ordered(&to->tally))
		return comes_next(to->tally.function, place, to->picks[g].place);
	if (from->best[i] != to->best[g])
		return from->best[i] < to->best[g];
	return place_before(place, to->picks[g].place);
}

static bool
merge(struct tally *into, struct tally *from, const uint32_t *map, size_t n,
      struct error *err)
{
	struct pick_tally *to = (struct pick_tally *)into;
	struct pick_tally *t = (struct pick_tally *)from;

	(void)err;
	for (size_t i = 0; i < n; i++) {
		if (!is_better(to, map[i], t, i))
			continue;
		to->picks[map[i]] = t->picks[i];
		if (is_ordered(into))
			to->best[map[i]] = t->best[i];
	}
	return true;
}

static void
put(struct tally *tally, enum tally_function function, size_t group, struct build *out)
{
	const struct pick *pick = &((struct pick_tally *)tally)->picks[group];
	double x;

	(void)function;
	memcpy(&x, &pick->value, sizeof(x));
	if (pick->place.chunk == UINT64_MAX)
		build_null(out);
	else if (tally->in == TYPE_FLOAT)
		build_float(out, x);
	else if (tally->in == TYPE_BOOL)
		build_bool(out, pick->value != 0);
	else if (tally->in == TYPE_DATE)
		build_date(out, (int32_t)pick->value);
	else
		build_long(out, pick->value);
}

static void
release(struct tally *tally)
{
	struct pick_tally *t = (struct pick_tally *)tally;

	memory_free(t->best, tally->groups * sizeof(*t->best));
	memory_free(t->picks, tally->groups * sizeof(*t->picks));
}

const struct tally_kind tally_pick = {
	.size = sizeof(struct pick_tally),
	.width = sizeof(struct pick) + sizeof(int64_t),
	.room = room,
	.add = add,
	.merge = merge,
	.put = put,
	.release = release,
};
