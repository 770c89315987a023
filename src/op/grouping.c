/* grouping - batches through groups and tallies. */
#include "op/grouping_parts.h"

#include <stdlib.h>

void
grouping_stop(struct grouping *g)
{
	groups_free(g->groups);
	g->groups = NULL;
	for (size_t k = 0; g->tallies && k < g->n; k++) {
		tally_free(g->tallies[k]);
		g->tallies[k] = NULL;
	}
	g->frozen = false;
}

/* A tally for each aggregate, but one for all of a column that it does for. */
bool
grouping_start(struct grouping *g, struct error *err)
{
	const struct aggregated *a = g->aggregates;

	if (!(g->groups = groups_new(g->keys, g->n_keys, err)))
		return false;
	for (size_t k = 0; k < g->n; k++) {
		size_t i = 0;

		while (i < k && !(g->tallies[i] && a[i].same == a[k].same &&
				  tally_is_shared(g->tallies[i], a[k].function)))
			i++;
		g->tally_of[k] = i;
		if (i == k && !(g->tallies[k] = tally_new(a[k].function, a[k].type, err)))
			return false;
	}
	return true;
}

static void *
copy(const void *list, size_t n, size_t width)
{
	void *to = calloc(n + 1, width);

	if (to && n)
		memcpy(to, list, n * width);
	return to;
}

struct grouping *
grouping_new(const enum type *keys, size_t n_keys, const struct aggregated *aggregates,
	     size_t n, struct spill *spill, struct error *err)
{
	struct grouping *g = calloc(1, sizeof(*g));

	if (g) {
		*g = (struct grouping){
			.n_keys = n_keys, .n = n, .spill = spill, .open = NOT_OPEN
		};
		g->keys = copy(keys, n_keys, sizeof(*keys));
		g->aggregates = copy(aggregates, n, sizeof(*aggregates));
		g->tallies = calloc(n + 1, sizeof(struct tally *));
		g->tally_of = calloc(n + 1, sizeof(*g->tally_of));
	}
	if (!g || !g->keys || !g->aggregates || !g->tallies || !g->tally_of)
		fail(err, "out of memory: the system refused %zu aggregates", n);
	else if (grouping_start(g, err))
		return g;
	grouping_free(g);
	return NULL;
}

void
grouping_free(struct grouping *g)
{
	if (!g)
		return;
	grouping_stop(g);
	late_release(g);
	memory_free(g->numbers, g->room * sizeof(*g->numbers));
	free(g->keys);
	free(g->aggregates);
	free(g->tallies);
	free(g->tally_of);
	free(g);
}

struct grouping *
grouping_take(struct grouping *g, struct error *err)
{
	struct grouping *taken = malloc(sizeof(*taken));

	if (!taken) {
		fail(err, "out of memory: the system refused %zu bytes", sizeof(*taken));
		return NULL;
	}
	*taken = *g;
	*g = (struct grouping){ 0 };
	return taken;
}

/* Room in all tallies for the groups that there are, and for more if they are many. */
static bool
make_room(struct grouping *g, struct error *err)
{
	size_t groups = groups_count(g->groups), room = 1;

	while (room < groups)
		room *= 2;
	for (size_t k = 0; k < g->n; k++)
		if (g->tallies[k] && !tally_room(g->tallies[k], room, err))
			return false;
	return true;
}

/* What groups need may double with the next batch. There is always a group, however short
 * memory is, so that all rows come through in the end. */
static bool
is_full(const struct grouping *g)
{
	size_t bytes = groups_bytes(g->groups);

	if (!groups_count(g->groups))
		return false;
	for (size_t k = 0; k < g->n; k++)
		bytes += g->tallies[k] ? tally_bytes(g->tallies[k]) : 0;
	return bytes >= memory_least() && memory_is_short(2 * bytes);
}

static bool
tally_rows(struct grouping *g, struct column *const *columns, size_t rows,
	   const struct places *places, struct error *err)
{
	for (size_t k = 0; k < g->n; k++) {
		struct tally_rows some = { .rows = rows, .places = *places };

		if (!g->tallies[k])
			continue;
		some.column = columns[k];
		some.groups = g->n_keys ? g->numbers : NULL;
		if (!tally_add(g->tallies[k], &some, err))
			return false;
	}
	return true;
}

/* The rows of a batch by whether their groups are there. */
struct split {
	uint32_t *there, *late;
	size_t n_there, n_late;
};

/* Only rows whose groups are there; numbers become theirs. */
static bool
tally_some(struct grouping *g, struct column *const *columns, const struct places *places,
	   const struct split *split, struct error *err)
{
	size_t n = split->n_there, size = n * sizeof(struct place);
	struct column **few = calloc(g->n + 1, sizeof(*few));
	struct place *each = memory_alloc_bare(size, err);
	struct places their = { { 0 }, each };
	bool ok = few && each;

	for (size_t k = 0; ok && k < g->n; k++)
		ok = !g->tallies[k] || !columns[k] ||
		     (few[k] = column_gather(columns[k], split->there, n, err));
	for (size_t i = 0; ok && i < n; i++) {
		g->numbers[i] = g->numbers[split->there[i]];
		each[i] = place_at(places, split->there[i]);
	}
	if (!few)
		fail(err, "out of memory: the system refused %zu columns", g->n);
	ok = ok && (!n || tally_rows(g, few, n, &their, err));
	for (size_t k = 0; few && k < g->n; k++)
		column_drop(few[k]);
	free(few);
	memory_free(each, size);
	return ok;
}

static bool
add_frozen(struct grouping *g, const struct batch *keys, struct column *const *columns,
	   const struct places *places, struct error *err)
{
	size_t size = 2 * keys->rows * sizeof(uint32_t);
	struct split split = { .there = memory_alloc_bare(size, err) };
	bool ok = split.there != NULL;

	split.late = ok ? split.there + keys->rows : NULL;
	for (size_t i = 0; ok && i < keys->rows; i++)
		if (g->numbers[i] == GROUP_NONE)
			split.late[split.n_late++] = (uint32_t)i;
		else
			split.there[split.n_there++] = (uint32_t)i;
	if (ok && split.n_late)
		ok = late_put(g, keys, columns, places, split.late, split.n_late, err) &&
		     tally_some(g, columns, places, &split, err);
	else if (ok)
		ok = tally_rows(g, columns, keys->rows, places, err);
	memory_free(split.there, size);
	return ok;
}

bool
grouping_add(struct grouping *g, const struct batch *keys, struct column *const *columns,
	     const struct places *places, struct error *err)
{
	if (!keys->rows)
		return true;
	if (!g->n_keys)
		return make_room(g, err) &&
		       tally_rows(g, columns, keys->rows, places, err);
	if (g->room < keys->rows) {
		void *numbers = memory_alloc_bare(keys->rows * sizeof(*g->numbers), err);

		if (!numbers)
			return false;
		memory_free(g->numbers, g->room * sizeof(*g->numbers));
		g->numbers = numbers;
		g->room = keys->rows;
	}
	g->frozen = g->frozen || (g->spill && is_full(g));
	if (!groups_find(g->groups, keys, places, g->frozen, g->numbers, err) ||
	    !make_room(g, err))
		return false;
	return g->frozen ? add_frozen(g, keys, columns, places, err)
			 : tally_rows(g, columns, keys->rows, places, err);
}

bool
grouping_merge(struct grouping *into, struct grouping *from, struct error *err)
{
	size_t n = groups_count(from->groups), size = n * sizeof(uint32_t);
	uint32_t *map = memory_alloc(size, err);
	bool ok = map && make_room(from, err) &&
		  groups_merge(into->groups, from->groups, map, err) &&
		  make_room(into, err) && late_merge(into, from, err);

	for (size_t k = 0; ok && k < into->n; k++)
		ok = !into->tallies[k] ||
		     tally_merge(into->tallies[k], from->tallies[k], map, n, err);
	into->frozen |= from->frozen;
	memory_free(map, size);
	return ok;
}

/* -0.0 and 0.0 are one group, whichever came first: Spark calls it 0.0. */
static bool
without_minus_zero(struct column **slot, struct error *err)
{
	if ((*slot)->type != TYPE_FLOAT)
		return true;
	if (!column_edit(slot, err))
		return false;
	for (size_t i = 0; i < (*slot)->rows; i++)
		column_floats(*slot)[i] += 0.0;
	return true;
}

static bool
put_keys(struct grouping *g, const uint32_t *order, struct batch *out, struct error *err)
{
	struct batch *keys = groups_take_keys(g->groups, err);
	bool ok = keys != NULL;

	for (size_t k = 0; ok && k < keys->n; k++)
		ok = (out->at[k] = column_gather(keys->at[k], order, keys->rows, err)) &&
		     without_minus_zero(&out->at[k], err);
	batch_free(keys);
	return ok;
}

static bool
put_tallies(struct grouping *g, const uint32_t *order, struct batch *out,
	    struct error *err)
{
	for (size_t k = 0; k < g->n; k++) {
		struct column **slot = &out->at[g->n_keys + k];

		*slot = tally_column(g->tallies[g->tally_of[k]],
				     g->aggregates[k].function, order, out->rows, err);
		if (!*slot)
			return false;
	}
	return true;
}

static bool
put_places(struct grouping *g, const uint32_t *order, struct batch *out,
	   struct error *err)
{
	struct column **slot = &out->at[g->n_keys + g->n];

	if (!(slot[0] = column_new(TYPE_LONG, out->rows, err)) ||
	    !(slot[1] = column_new(TYPE_LONG, out->rows, err)))
		return false;
	for (size_t i = 0; i < out->rows; i++) {
		struct place first = groups_first(g->groups, order[i]);

		column_longs(slot[0])[i] = (int64_t)first.chunk;
		column_longs(slot[1])[i] = (int64_t)first.row;
	}
	return true;
}

struct batch *
grouping_rows(struct grouping *g, bool with_places, struct error *err)
{
	size_t n = groups_count(g->groups), size = n * sizeof(uint32_t);
	size_t width = g->n_keys + g->n + (with_places ? 2 : 0);
	uint32_t *order = memory_alloc(size, err);
	struct batch *out = order ? batch_new(width, n, err) : NULL;
	bool ok = out && make_room(g, err) && groups_order(g->groups, order, err) &&
		  (!with_places || put_places(g, order, out, err)) &&
		  put_keys(g, order, out, err) && put_tallies(g, order, out, err);

	memory_free(order, size);
	if (ok)
		return out;
	batch_free(out);
	return NULL;
}
