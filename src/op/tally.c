/* tally - the table of functions, and what all kinds of tallies share. */
#include "op/tally_parts.h"

#include <stdlib.h>

const char *const tally_functions[] = {
	"count", "count_distinct",     "sum",      "mean",   "min", "max", "first",
	"last",  "standard_deviation", "variance", "median", NULL,
};

enum { ORDERED = TYPE_ANY & ~TYPE_OBJECT };

static const struct {
	const char *name;
	const struct tally_kind *kind; /* of texts, tally_text if this is tally_pick */
	unsigned accepts;
	enum type type; /* 0: that of the column */
} functions[] = {
	[COUNT_ALL] = { "count(%s)", &tally_count, TYPE_ANY, TYPE_LONG },
	[COUNT_DISTINCT] = { "count(DISTINCT %s)", &tally_distinct, TYPE_ANY, TYPE_LONG },
	[SUM] = { "sum(%s)", &tally_moments, TYPE_NUMERIC, 0 },
	[MEAN] = { "avg(%s)", &tally_moments, TYPE_NUMERIC, TYPE_FLOAT },
	[MIN_OF] = { "min(%s)", &tally_pick, ORDERED, 0 },
	[MAX_OF] = { "max(%s)", &tally_pick, ORDERED, 0 },
	[FIRST] = { "first(%s)", &tally_pick, ORDERED, 0 },
	[LAST] = { "last(%s)", &tally_pick, ORDERED, 0 },
	[DEVIATION] = { "stddev_samp(%s)", &tally_moments, TYPE_NUMERIC, TYPE_FLOAT },
	[VARIANCE] = { "var_samp(%s)", &tally_moments, TYPE_NUMERIC, TYPE_FLOAT },
	[MEDIAN] = { "median(%s)", &tally_bag, TYPE_NUMERIC, TYPE_FLOAT },
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
tally_needs_column(int function)
{
	return function != COUNT_ALL;
}

static bool
is_spread(enum tally_function function)
{
	return function == DEVIATION || function == VARIANCE;
}

struct tally *
tally_new(int function, enum type in, struct error *err)
{
	const struct tally_kind *kind = functions[function].kind;
	struct tally *tally;

	if (kind == &tally_pick && in == TYPE_STRING)
		kind = &tally_text;
	if (!(tally = calloc(1, kind->size))) {
		fail(err, "out of memory: the system refused a tally");
		return NULL;
	}
	tally->kind = kind;
	tally->function = (enum tally_function)function;
	tally->in = in;
	return tally;
}

/* A sum of longs needs less than their mean. */
bool
tally_is_shared(const struct tally *tally, int function)
{
	if (tally->function == (enum tally_function)function)
		return true;
	return tally->kind == &tally_moments &&
	       functions[function].kind == &tally_moments &&
	       is_spread(tally->function) == is_spread((enum tally_function)function) &&
	       (tally->in != TYPE_LONG || is_spread((enum tally_function)function));
}

void
tally_free(struct tally *tally)
{
	if (!tally)
		return;
	tally->kind->release(tally);
	free(tally);
}

size_t
tally_bytes(const struct tally *tally)
{
	return tally->groups * tally->kind->width +
	       (tally->kind->bytes ? tally->kind->bytes(tally) : 0);
}

bool
tally_grow(void **at, size_t have, size_t want, size_t width, struct error *err)
{
	void *more = memory_alloc(want * width, err);

	if (!more)
		return false;
	if (have)
		memcpy(more, *at, have * width);
	memory_free(*at, have * width);
	*at = more;
	return true;
}

bool
tally_room(struct tally *tally, size_t groups, struct error *err)
{
	if (groups <= tally->groups)
		return true;
	if (!tally->kind->room(tally, groups, err))
		return false;
	tally->groups = groups;
	return true;
}

/* rows: room for all; groups: NULL, or room for all and theirs. */
static size_t
find_present(const struct tally_rows *from, uint32_t *rows, uint32_t *groups)
{
	const void *bits = from->column->validity->data;
	size_t n = 0;

	for (size_t i = 0; i < from->rows; i++) {
		rows[n] = (uint32_t)i;
		n += bit_get(bits, i);
	}
	for (size_t i = 0; groups && i < n; i++)
		groups[i] = from->groups[rows[i]];
	return n;
}

bool
tally_add(struct tally *tally, const struct tally_rows *from, struct error *err)
{
	const struct column *c = from->column;
	struct present all = { c, from->places, from->rows, NULL, from->groups };
	size_t size = 2 * (from->rows + 1) * sizeof(uint32_t);
	uint32_t *rows, *groups;
	bool ok;

	if (!c || !c->validity || !c->nulls)
		return !all.n || tally->kind->add(tally, &all, err);
	if (!(rows = memory_alloc(size, err)))
		return false;
	groups = from->groups ? rows + from->rows + 1 : NULL;
	all.n = find_present(from, rows, groups);
	all.rows = rows;
	all.groups = groups;
	ok = !all.n || tally->kind->add(tally, &all, err);
	memory_free(rows, size);
	return ok;
}

bool
tally_merge(struct tally *into, struct tally *from, const uint32_t *map, size_t n,
	    struct error *err)
{
	return into->kind->merge(into, from, map, n, err);
}

struct column *
tally_column(struct tally *tally, int function, const uint32_t *groups, size_t n,
	     struct error *err)
{
	struct build b;

	if (tally->kind->prepare && !tally->kind->prepare(tally, err))
		return NULL;
	build_start(&b, tally_type(function, tally->in), n);
	for (size_t i = 0; i < n; i++)
		tally->kind->put(tally, (enum tally_function)function, groups[i], &b);
	return build_end(&b, err);
}

void
tally_numbers(const struct present *p, double *out)
{
	const struct column *c = p->column;

	if (c->type == TYPE_LONG && p->rows)
		for (size_t i = 0; i < p->n; i++)
			out[i] = (double)column_longs(c)[p->rows[i]];
	else if (c->type == TYPE_LONG)
		for (size_t i = 0; i < p->n; i++)
			out[i] = (double)column_longs(c)[i];
	else
		for (size_t i = 0; i < p->n; i++)
			out[i] = column_floats(c)[present_row(p, i)];
}

/* How many there are. */
struct count {
	struct tally tally;
	uint64_t *at;
};

static bool
count_room(struct tally *tally, size_t groups, struct error *err)
{
	struct count *t = (struct count *)tally;
	void *at = t->at;
	bool ok = tally_grow(&at, tally->groups, groups, sizeof(*t->at), err);

	t->at = at;
	return ok;
}

static bool
count_add(struct tally *tally, const struct present *rows, struct error *err)
{
	uint64_t *at = ((struct count *)tally)->at;

	(void)err;
	if (!rows->groups)
		at[0] += rows->n;
	else
		for (size_t i = 0; i < rows->n; i++)
			at[rows->groups[i]]++;
	return true;
}

static bool
count_merge(struct tally *into, struct tally *from, const uint32_t *map, size_t n,
	    struct error *err)
{
	uint64_t *to = ((struct count *)into)->at, *at = ((struct count *)from)->at;

	(void)err;
	for (size_t g = 0; g < n; g++)
		to[map[g]] += at[g];
	return true;
}

static void
count_put(struct tally *tally, enum tally_function function, size_t group,
	  struct build *out)
{
	(void)function;
	build_long(out, (int64_t)((struct count *)tally)->at[group]);
}

static void
count_release(struct tally *tally)
{
	memory_free(((struct count *)tally)->at, tally->groups * sizeof(uint64_t));
}

const struct tally_kind tally_count = {
	.size = sizeof(struct count),
	.width = sizeof(uint64_t),
	.room = count_room,
	.add = count_add,
	.merge = count_merge,
	.put = count_put,
	.release = count_release,
};
