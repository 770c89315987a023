/* tally - one table of functions, each with the state that it needs. */
#include "op/tally.h"

#include <math.h>
#include <stdlib.h>

#include "op/slim_sum.h"

enum function {
	COUNT_ALL,
	COUNT_DISTINCT,
	SUM,
	MEAN,
	MIN_OF,
	MAX_OF,
	FIRST,
	LAST,
	DEVIATION,
	VARIANCE,
	MEDIAN
};

const char *const tally_functions[] = {
	"count", "count_distinct",     "sum",      "mean",   "min", "max", "first",
	"last",  "standard_deviation", "variance", "median", NULL,
};

enum { ORDERED = TYPE_ANY & ~TYPE_OBJECT };

struct moment_tally {
	uint64_t n;
	int64_t whole; /* of longs, which wrap as in Spark */
	struct slim_sum x, xx;
};

/* A set that grows; a hash of zeroes is free. */
struct distinct_tally {
	struct row_hash *slots;
	size_t n, room; /* room: a power of 2, or 0 */
};

/* The value that was chosen, and where it stood. */
struct pick_tally {
	bool any;
	struct place place;
	struct column *cell; /* of one row */
};

/* Every value. */
struct bag_tally {
	double *at;
	size_t n, room;
};

static const struct {
	const char *name;
	size_t size;
	unsigned accepts;
	enum type type; /* 0: that of the column */
} functions[] = {
	[COUNT_ALL] = { "count(%s)", sizeof(uint64_t), TYPE_ANY, TYPE_LONG },
	[COUNT_DISTINCT] = { "count(DISTINCT %s)", sizeof(struct distinct_tally),
			     TYPE_ANY, TYPE_LONG },
	[SUM] = { "sum(%s)", sizeof(struct moment_tally), TYPE_NUMERIC, 0 },
	[MEAN] = { "avg(%s)", sizeof(struct moment_tally), TYPE_NUMERIC, TYPE_FLOAT },
	[MIN_OF] = { "min(%s)", sizeof(struct pick_tally), ORDERED, 0 },
	[MAX_OF] = { "max(%s)", sizeof(struct pick_tally), ORDERED, 0 },
	[FIRST] = { "first(%s)", sizeof(struct pick_tally), ORDERED, 0 },
	[LAST] = { "last(%s)", sizeof(struct pick_tally), ORDERED, 0 },
	[DEVIATION] = { "stddev_samp(%s)", sizeof(struct moment_tally), TYPE_NUMERIC,
			TYPE_FLOAT },
	[VARIANCE] = { "var_samp(%s)", sizeof(struct moment_tally), TYPE_NUMERIC,
		       TYPE_FLOAT },
	[MEDIAN] = { "median(%s)", sizeof(struct bag_tally), TYPE_NUMERIC, TYPE_FLOAT },
};

const char *
tally_name(int function, const char *column, struct arena *arena)
{
	const char *name = functions[function].name, *at = strstr(name, "%s");

	return arena_print(arena, "%.*s%s%s", (int)(at - name), name,
			   column[0] ? column : "1", at + 2);
}

enum type
tally_type(int function, enum type in)
{
	return functions[function].type ? functions[function].type : in;
}

unsigned
tally_accepts(int function)
{
	return functions[function].accepts;
}

bool
tally_needs_hash(int function)
{
	return function == COUNT_DISTINCT;
}

bool
tally_needs_column(int function)
{
	return function != COUNT_ALL;
}

size_t
tally_size(int function)
{
	return functions[function].size;
}

static bool
add_moment(struct moment_tally *t, const struct column *c, size_t row, bool squares,
	   struct error *err)
{
	double x = column_number(c, row);

	t->n++;
	if (c->type == TYPE_LONG)
		t->whole = (int64_t)((uint64_t)t->whole + (uint64_t)column_longs(c)[row]);
	return slim_add(&t->x, x, err) && (!squares || slim_add_square(&t->xx, x, err));
}

static struct row_hash *
find(const struct distinct_tally *t, struct row_hash hash)
{
	size_t slot = hash.low & (t->room - 1);

	while ((t->slots[slot].low || t->slots[slot].high) &&
	       (t->slots[slot].low != hash.low || t->slots[slot].high != hash.high))
		slot = (slot + 1) & (t->room - 1);
	return &t->slots[slot];
}

static bool
add_hash(struct distinct_tally *t, struct row_hash hash, struct error *err)
{
	struct row_hash *there;

	if (3 * t->n >= 2 * t->room) {
		struct distinct_tally more = { .n = t->n,
					       .room = t->room ? 2 * t->room : 4 };

		more.slots = memory_alloc(more.room * sizeof(*more.slots), err);
		if (!more.slots)
			return false;
		for (size_t i = 0; i < t->room; i++)
			if (t->slots[i].low || t->slots[i].high)
				*find(&more, t->slots[i]) = t->slots[i];
		memory_free(t->slots, t->room * sizeof(*t->slots));
		*t = more;
	}
	hash.high += !hash.low && !hash.high;
	there = find(t, hash);
	t->n += !there->low && !there->high;
	*there = hash;
	return true;
}

/* A copy that holds nothing of the column, such as a dictionary. */
static struct column *
cell_of(const struct column *c, size_t row, struct error *err)
{
	struct build b;

	build_start(&b, c->type, 1);
	build_from(&b, c, row);
	return build_end(&b, err);
}

static int
compare_places(struct place a, struct place b)
{
	if (a.chunk != b.chunk)
		return a.chunk < b.chunk ? -1 : 1;
	return (a.row > b.row) - (a.row < b.row);
}

/* Does a cell take the place of the one that is there? Of equals the first stays. */
static bool
is_better(enum function function, const struct pick_tally *t, const struct column *c,
	  size_t row, struct place place)
{
	int order = compare_places(place, t->place), values;

	if (!t->any || function == FIRST)
		return !t->any || order < 0;
	if (function == LAST)
		return order > 0;
	values = cells_compare(c, row, t->cell, 0);
	if (values == 0)
		return order < 0;
	return function == MIN_OF ? values < 0 : values > 0;
}

static bool
add_pick(enum function function, struct pick_tally *t, const struct column *c, size_t row,
	 struct place place, struct error *err)
{
	struct column *cell;

	if (!is_better(function, t, c, row, place))
		return true;
	if (!(cell = cell_of(c, row, err)))
		return false;
	column_drop(t->cell);
	*t = (struct pick_tally){ true, place, cell };
	return true;
}

static bool
add_to_bag(struct bag_tally *t, double x, struct error *err)
{
	if (t->n == t->room) {
		size_t room = t->room ? 2 * t->room : 4;
		double *at = memory_alloc(room * sizeof(*at), err);

		if (!at)
			return false;
		if (t->n)
			memcpy(at, t->at, t->n * sizeof(*at));
		memory_free(t->at, t->room * sizeof(*at));
		t->at = at;
		t->room = room;
	}
	t->at[t->n++] = x;
	return true;
}

bool
tally_add(int function, void *tally, const struct column *c, size_t row,
	  const struct row_hash *hash, struct place place, struct error *err)
{
	if (c && column_is_null(c, row))
		return true;
	switch ((enum function)function) {
	case COUNT_ALL:
		++*(uint64_t *)tally;
		return true;
	case COUNT_DISTINCT:
		return add_hash(tally, *hash, err);
	case SUM:
	case MEAN:
		return add_moment(tally, c, row, false, err);
	case DEVIATION:
	case VARIANCE:
		return add_moment(tally, c, row, true, err);
	case MEDIAN:
		return add_to_bag(tally, column_number(c, row), err);
	default:
		return add_pick((enum function)function, tally, c, row, place, err);
	}
}

static bool
merge_moments(struct moment_tally *into, const struct moment_tally *from,
	      struct error *err)
{
	into->n += from->n;
	into->whole = (int64_t)((uint64_t)into->whole + (uint64_t)from->whole);
	return slim_merge(&into->x, &from->x, err) &&
	       slim_merge(&into->xx, &from->xx, err);
}

bool
tally_merge(int function, void *into, const void *from, struct error *err)
{
	const struct distinct_tally *set = from;
	const struct pick_tally *pick = from;
	const struct bag_tally *bag = from;

	switch ((enum function)function) {
	case COUNT_ALL:
		*(uint64_t *)into += *(const uint64_t *)from;
		return true;
	case COUNT_DISTINCT:
		for (size_t i = 0; i < set->room; i++)
			if ((set->slots[i].low || set->slots[i].high) &&
			    !add_hash(into, set->slots[i], err))
				return false;
		return true;
	case SUM:
	case MEAN:
	case DEVIATION:
	case VARIANCE:
		return merge_moments(into, from, err);
	case MEDIAN:
		for (size_t i = 0; i < bag->n; i++)
			if (!add_to_bag(into, bag->at[i], err))
				return false;
		return true;
	default:
		return !pick->any || add_pick((enum function)function, into, pick->cell,
					      0, pick->place, err);
	}
}

static int
compare_numbers(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	if (isnan(x) || isnan(y))
		return !!isnan(x) - !!isnan(y);
	return (x > y) - (x < y);
}

/* As Spark's percentile: between the two in the middle. */
static void
put_median(struct bag_tally *t, struct build *out)
{
	double low, high;

	if (t->n == 0) {
		build_null(out);
		return;
	}
	qsort(t->at, t->n, sizeof(*t->at), compare_numbers);
	low = t->at[(t->n - 1) / 2];
	high = t->at[t->n / 2];
	build_float(out, low == high ? low + 0.0 : 0.5 * low + 0.5 * high);
}

static void
put_moments(enum function function, const struct moment_tally *t, enum type in,
	    struct build *out)
{
	bool spread = function == DEVIATION || function == VARIANCE;
	struct moments m;
	double value;

	if (t->n < (spread ? 2 : 1)) {
		build_null(out);
		return;
	}
	if (function == SUM && in == TYPE_LONG) {
		build_long(out, t->whole);
		return;
	}
	m.n = t->n;
	slim_value(&t->x, &m.x);
	if (spread) {
		slim_value(&t->xx, &m.xx);
		value = moments_variance(&m);
		build_float(out, function == VARIANCE ? value : sqrt(value));
	} else {
		build_float(out, function == SUM ? sum_value(&m.x) : moments_mean(&m));
	}
}

void
tally_put(int function, void *tally, enum type in, struct build *out)
{
	const struct distinct_tally *set = tally;
	const struct pick_tally *pick = tally;

	switch ((enum function)function) {
	case COUNT_ALL:
		build_long(out, (int64_t) * (uint64_t *)tally);
		break;
	case COUNT_DISTINCT:
		build_long(out, (int64_t)set->n);
		break;
	case SUM:
	case MEAN:
	case DEVIATION:
	case VARIANCE:
		put_moments((enum function)function, tally, in, out);
		break;
	case MEDIAN:
		put_median(tally, out);
		break;
	default:
		if (pick->any)
			build_from(out, pick->cell, 0);
		else
			build_null(out);
	}
}

void
tally_release(int function, void *tally)
{
	struct distinct_tally *set = tally;
	struct moment_tally *moments = tally;
	struct bag_tally *bag = tally;

	switch ((enum function)function) {
	case COUNT_ALL:
		break;
	case COUNT_DISTINCT:
		memory_free(set->slots, set->room * sizeof(*set->slots));
		break;
	case SUM:
	case MEAN:
	case DEVIATION:
	case VARIANCE:
		slim_release(&moments->x);
		slim_release(&moments->xx);
		break;
	case MEDIAN:
		memory_free(bag->at, bag->room * sizeof(*bag->at));
		break;
	default:
		column_drop(((struct pick_tally *)tally)->cell);
	}
}
