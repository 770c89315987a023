/* tally_moments - sum, mean and spread of numbers, exactly. */
#include <math.h>

#include "op/slim_sum.h"
#include "op/tally_parts.h"

struct seen {
	uint64_t n;
	int64_t whole; /* the sum of longs, which wraps, as in Spark */
};

struct moments_tally {
	struct tally tally;
	struct seen *seen;
	struct slim_sums x, xx; /* as far as they are needed */
};

static bool
needs_squares(const struct tally *t)
{
	return t->function == DEVIATION || t->function == VARIANCE;
}

static bool
needs_numbers(const struct tally *t)
{
	return t->in != TYPE_LONG || t->function != SUM;
}

static bool
room(struct tally *tally, size_t groups, struct error *err)
{
	struct moments_tally *t = (struct moments_tally *)tally;
	void *seen = t->seen;
	bool ok;

	t->xx.squares = true;
	ok = (!needs_numbers(tally) || slim_sums_room(&t->x, groups, err)) &&
	     (!needs_squares(tally) || slim_sums_room(&t->xx, groups, err)) &&
	     tally_grow(&seen, tally->groups, groups, sizeof(*t->seen), err);
	t->seen = seen;
	return ok;
}

static void
add_seen(struct seen *seen, const struct present *p)
{
	const int64_t *longs =
		p->column->type == TYPE_LONG ? column_longs(p->column) : NULL;
	uint64_t whole = 0;

	if (p->groups) {
		for (size_t i = 0; i < p->n; i++)
			seen[p->groups[i]].n++;
	} else {
		seen->n += p->n;
	}
	if (!longs)
		return;
	if (p->groups) {
		for (size_t i = 0; i < p->n; i++) {
			int64_t *to = &seen[p->groups[i]].whole;

			*to = (int64_t)((uint64_t)*to +
					(uint64_t)longs[present_row(p, i)]);
		}
		return;
	}
	for (size_t i = 0; i < p->n; i++)
		whole += (uint64_t)longs[present_row(p, i)];
	seen->whole = (int64_t)((uint64_t)seen->whole + whole);
}

static bool
add_numbers(struct moments_tally *t, const struct present *p, const double *x,
	    struct error *err)
{
	return slim_sums_add(&t->x, x, p->n, p->groups, err) &&
	       (!needs_squares(&t->tally) ||
		slim_sums_add(&t->xx, x, p->n, p->groups, err));
}

static bool
add(struct tally *tally, const struct present *p, struct error *err)
{
	struct moments_tally *t = (struct moments_tally *)tally;
	size_t size = p->n * sizeof(double);
	double *x;
	bool ok;

	add_seen(t->seen, p);
	if (!needs_numbers(tally))
		return true;
	if (p->column->type == TYPE_FLOAT && !p->rows)
		return add_numbers(t, p, column_floats(p->column), err);
	if (!(x = memory_alloc(size, err)))
		return false;
	tally_numbers(p, x);
	ok = add_numbers(t, p, x, err);
	memory_free(x, size);
	return ok;
}

static bool
merge(struct tally *into, struct tally *from, const uint32_t *map, size_t n,
      struct error *err)
{
	struct moments_tally *to = (struct moments_tally *)into;
	struct moments_tally *t = (struct moments_tally *)from;

	for (size_t g = 0; g < n; g++) {
		struct seen *seen = &to->seen[map[g]];

		seen->n += t->seen[g].n;
		seen->whole =
			(int64_t)((uint64_t)seen->whole + (uint64_t)t->seen[g].whole);
	}
	return (!needs_numbers(into) || slim_sums_merge(&to->x, &t->x, map, n, err)) &&
	       (!needs_squares(into) || slim_sums_merge(&to->xx, &t->xx, map, n, err));
}

static void
put(struct tally *tally, enum tally_function function, size_t group, struct build *out)
{
	struct moments_tally *t = (struct moments_tally *)tally;
	const struct seen *seen = &t->seen[group];
	struct moments m;

	if (seen->n < (needs_squares(tally) ? 2 : 1)) {
		build_null(out);
		return;
	}
	if (!needs_numbers(tally)) {
		build_long(out, seen->whole);
		return;
	}
	m.n = seen->n;
	slim_sums_value(&t->x, group, &m.x);
	if (needs_squares(tally)) {
		slim_sums_value(&t->xx, group, &m.xx);
		build_float(out, function == VARIANCE ? moments_variance(&m)
						      : sqrt(moments_variance(&m)));
	} else {
		build_float(out, function == SUM ? sum_value(&m.x) : moments_mean(&m));
	}
}

static size_t
bytes(const struct tally *tally)
{
	const struct moments_tally *t = (const struct moments_tally *)tally;

	return slim_sums_bytes(&t->x) + slim_sums_bytes(&t->xx);
}

static void
release(struct tally *tally)
{
	struct moments_tally *t = (struct moments_tally *)tally;

	slim_sums_release(&t->x);
	slim_sums_release(&t->xx);
	memory_free(t->seen, tally->groups * sizeof(*t->seen));
}

const struct tally_kind tally_moments = {
	.size = sizeof(struct moments_tally),
	.width = sizeof(struct seen),
	.bytes = bytes,
	.room = room,
	.add = add,
	.merge = merge,
	.put = put,
	.release = release,
};
