/*
 * groups - open addressing over hashes; for keys of few values, a table of all of them.
 *
 * A slot holds some bits of the hash beside the number, so that a group is looked at only
 * if it is most likely the one. Where all keys are codes of small dictionaries, the codes
 * of a row make a number, and a table leads from there to the group as long as the
 * dictionaries are the same.
 */
#include "op/groups.h"

#include <stdlib.h>

#include "data/rows.h"

enum {
	AHEAD = 8,            /* slots that are fetched before they are needed */
	MOST_CODES = 1 << 16, /* entries of the table of codes */
	FIRST_ROOM = 16,
};

/* Slots: the upper half of hash.high, and the number + 1; 0: free. */
#define SLOT_BITS (UINT64_C(0xffffffff) << 32)

struct group {
	struct row_hash hash;
	struct place first;
};

/* One more of each dictionary: the null. */
struct codes {
	struct column **dictionaries;
	size_t *rows;      /* of each when it was looked at: it may grow */
	size_t n;          /* all combinations; 0: there is none */
	uint32_t *numbers; /* by combination, + 1; 0: not met yet */
};

struct groups {
	size_t n_keys, n, room;
	struct group *at;
	uint64_t *slots;    /* 2 * room */
	struct build *keys; /* a column a key, a row a group */
	struct place end;   /* rows before it were met, none behind */
	struct codes codes;
	struct row_hash *hashes; /* of a batch */
	size_t hashes_room;
};

static void
release_codes(struct groups *g)
{
	for (size_t k = 0; g->codes.dictionaries && k < g->n_keys; k++) {
		column_drop(g->codes.dictionaries[k]);
		g->codes.dictionaries[k] = NULL;
	}
	memory_free(g->codes.numbers, g->codes.n * sizeof(uint32_t));
	g->codes.numbers = NULL;
	g->codes.n = 0;
}

void
groups_free(struct groups *g)
{
	if (!g)
		return;
	release_codes(g);
	free(g->codes.dictionaries);
	free(g->codes.rows);
	for (size_t k = 0; g->keys && k < g->n_keys; k++)
		build_discard(&g->keys[k]);
	free(g->keys);
	memory_free(g->at, g->room * sizeof(*g->at));
	memory_free(g->slots, 2 * g->room * sizeof(*g->slots));
	memory_free(g->hashes, g->hashes_room * sizeof(*g->hashes));
	free(g);
}

struct groups *
groups_new(const enum type *types, size_t n, struct error *err)
{
	struct groups *g = calloc(1, sizeof(*g));

	if (g) {
		g->keys = calloc(n + 1, sizeof(*g->keys));
		g->codes.dictionaries = calloc(n + 1, sizeof(*g->codes.dictionaries));
		g->codes.rows = calloc(n + 1, sizeof(*g->codes.rows));
	}
	if (!g || !g->keys || !g->codes.dictionaries || !g->codes.rows) {
		fail(err, "out of memory: the system refused %zu keys", n);
		groups_free(g);
		return NULL;
	}
	g->n_keys = n;
	g->n = n == 0;
	for (size_t k = 0; k < n; k++)
		build_start(&g->keys[k], types[k], 0);
	return g;
}

size_t
groups_count(const struct groups *g)
{
	return g->n;
}

static uint64_t
slot_of(struct row_hash hash, size_t number)
{
	return (hash.high & SLOT_BITS) | (number + 1);
}

static bool
grow(struct groups *g, struct error *err)
{
	size_t room = g->room ? 2 * g->room : FIRST_ROOM, mask = 2 * room - 1;
	struct group *at;
	uint64_t *slots;

	if (room > UINT32_MAX / 2)
		return fail(err, "more than %u groups; group by fewer columns",
			    UINT32_MAX / 4);
	if (!(slots = memory_alloc(2 * room * sizeof(*slots), err)))
		return false;
	if (!(at = memory_alloc(room * sizeof(*at), err))) {
		memory_free(slots, 2 * room * sizeof(*slots));
		return false;
	}
	if (g->n)
		memcpy(at, g->at, g->n * sizeof(*at));
	for (size_t i = 0; i < g->n; i++) {
		size_t slot = at[i].hash.low & mask;

		while (slots[slot])
			slot = (slot + 1) & mask;
		slots[slot] = slot_of(at[i].hash, i);
	}
	memory_free(g->at, g->room * sizeof(*at));
	memory_free(g->slots, 2 * g->room * sizeof(*slots));
	g->at = at;
	g->slots = slots;
	g->room = room;
	return true;
}

/* A group that is there, or GROUP_NONE and the slot where it belongs. There are slots. */
static uint32_t
find_there(const struct groups *g, struct row_hash hash, size_t *free_slot)
{
	size_t mask = 2 * g->room - 1, slot;

	for (slot = hash.low & mask; g->slots[slot]; slot = (slot + 1) & mask) {
		uint32_t number = (uint32_t)g->slots[slot] - 1;
		const struct group *there;

		if ((g->slots[slot] ^ hash.high) & SLOT_BITS)
			continue;
		there = &g->at[number];
		if (there->hash.low == hash.low && there->hash.high == hash.high)
			return number;
	}
	*free_slot = slot;
	return GROUP_NONE;
}

/* Keys of rows, and what to do with new ones. */
struct search {
	const struct batch *keys;
	const struct places *places;
	bool frozen;
};

/* The group of a row of the keys; a new one takes its keys from there, and stands where
 * place `which` says. */
static bool
find(struct groups *g, struct row_hash hash, const struct search *search, size_t row,
     size_t which, uint32_t *out, struct error *err)
{
	size_t slot = 0;

	if (g->n == g->room && !(search->frozen && g->room) && !grow(g, err))
		return false;
	*out = find_there(g, hash, &slot);
	if (*out != GROUP_NONE || search->frozen)
		return true;
	for (size_t k = 0; k < g->n_keys; k++)
		build_from(&g->keys[k], search->keys->at[k], row);
	g->slots[slot] = slot_of(hash, g->n);
	g->at[g->n] = (struct group){ hash, place_at(search->places, which) };
	*out = (uint32_t)g->n++;
	return true;
}

static bool
hash_rows(struct groups *g, const struct batch *keys, struct error *err)
{
	if (g->hashes_room < keys->rows) {
		void *more = memory_alloc(keys->rows * sizeof(*g->hashes), err);

		if (!more)
			return false;
		memory_free(g->hashes, g->hashes_room * sizeof(*g->hashes));
		g->hashes = more;
		g->hashes_room = keys->rows;
	}
	return rows_hash(keys, g->hashes, err);
}

static bool
find_by_hash(struct groups *g, const struct search *search, uint32_t *out,
	     struct error *err)
{
	size_t rows = search->keys->rows;

	if (!hash_rows(g, search->keys, err))
		return false;
	for (size_t i = 0; i < rows; i++) {
		if (g->room && i + AHEAD < rows)
			__builtin_prefetch(
				&g->slots[g->hashes[i + AHEAD].low & (2 * g->room - 1)]);
		if (!find(g, g->hashes[i], search, i, i, &out[i], err))
			return false;
	}
	return true;
}

/* All combinations of codes, one more of each for the null; 0: not all are codes, or
 * there are too many. */
static size_t
count_codes(const struct batch *keys)
{
	size_t n = 1;

	for (size_t k = 0; k < keys->n; k++) {
		if (keys->at[k]->layout != LAYOUT_DICTIONARY)
			return 0;
		n *= keys->at[k]->dictionary->rows + 1;
		if (n > MOST_CODES)
			return 0;
	}
	return n;
}

/* A table for these dictionaries, if it is not there. */
static bool
open_codes(struct groups *g, const struct batch *keys, size_t n, struct error *err)
{
	struct codes *codes = &g->codes;
	bool same = codes->n == n;

	for (size_t k = 0; k < keys->n; k++)
		same = same && codes->dictionaries[k] == keys->at[k]->dictionary &&
		       codes->rows[k] == keys->at[k]->dictionary->rows;
	if (same)
		return true;
	release_codes(g);
	if (!(codes->numbers = memory_alloc(n * sizeof(uint32_t), err)))
		return false;
	codes->n = n;
	for (size_t k = 0; k < keys->n; k++) {
		codes->dictionaries[k] = column_share(keys->at[k]->dictionary);
		codes->rows[k] = codes->dictionaries[k]->rows;
	}
	return true;
}

/* The combination of each row. */
static void
combine(const struct batch *keys, uint32_t *out)
{
	for (size_t k = 0; k < keys->n; k++) {
		const struct column *c = keys->at[k];
		const int32_t *code = column_ints(c);
		uint32_t null = (uint32_t)c->dictionary->rows, times = k ? null + 1 : 0;

		if (!c->validity || !c->nulls)
			for (size_t i = 0; i < c->rows; i++)
				out[i] = (k ? out[i] * times : 0) + (uint32_t)code[i];
		else
			for (size_t i = 0; i < c->rows; i++)
				out[i] =
					(k ? out[i] * times : 0) +
					(bit_get(c->validity->data, i) ? (uint32_t)code[i]
								       : null);
	}
}

/* Numbers for combinations that are new; rows: the first rows that have them. */
static bool
find_new_codes(struct groups *g, const struct search *search, const uint32_t *combined,
	       const uint32_t *rows, size_t n, struct error *err)
{
	struct search few = *search;
	struct batch *keys = batch_gather(search->keys, rows, n, err);
	bool ok = keys && hash_rows(g, keys, err);

	few.keys = keys;
	for (size_t i = 0; ok && i < n; i++) {
		uint32_t number;

		ok = find(g, g->hashes[i], &few, i, rows[i], &number, err);
		g->codes.numbers[combined[rows[i]]] = ok ? number + 1 : 0;
	}
	batch_free(keys);
	return ok;
}

/* What is GROUP_NONE stays a combination that is new. */
static bool
find_by_codes(struct groups *g, const struct search *search, uint32_t *out,
	      struct error *err)
{
	const struct batch *keys = search->keys;
	size_t size = keys->rows * sizeof(uint32_t), n = 0;
	uint32_t *rows, *numbers = g->codes.numbers;
	bool ok;

	combine(keys, out);
	if (!(rows = memory_alloc_bare(size, err)))
		return false;
	for (size_t i = 0; i < keys->rows; i++)
		if (!numbers[out[i]]) {
			numbers[out[i]] = UINT32_MAX;
			rows[n++] = (uint32_t)i;
		}
	ok = !n || find_new_codes(g, search, out, rows, n, err);
	for (size_t i = 0; i < keys->rows; i++)
		out[i] = numbers[out[i]] - 1;
	memory_free(rows, size);
	if (!ok)
		release_codes(g);
	return ok;
}

/* Rows that come after others of a later place may be the first of their groups. */
static void
put_first(struct groups *g, const struct places *places, const uint32_t *numbers,
	  size_t n)
{
	struct place end = { places->first.chunk, places->first.row + n };

	for (size_t i = 0; i < n && (places->each || place_before(places->first, g->end));
	     i++) {
		struct place here = place_at(places, i);

		if (numbers[i] != GROUP_NONE &&
		    place_before(here, g->at[numbers[i]].first))
			g->at[numbers[i]].first = here;
	}
	if (places->each)
		g->end = (struct place){ UINT64_MAX, UINT64_MAX };
	else if (place_before(g->end, end))
		g->end = end;
}

bool
groups_find(struct groups *g, const struct batch *keys, const struct places *places,
	    bool frozen, uint32_t *out, struct error *err)
{
	const struct search search = { keys, places, frozen };
	size_t n = count_codes(keys);

	if (g->n_keys == 0) {
		memset(out, 0, keys->rows * sizeof(*out));
		return true;
	}
	if (n ? !open_codes(g, keys, n, err) || !find_by_codes(g, &search, out, err)
	      : !find_by_hash(g, &search, out, err))
		return false;
	put_first(g, places, out, keys->rows);
	return true;
}

size_t
groups_bytes(const struct groups *g)
{
	size_t bytes = g->room * (sizeof(*g->at) + 2 * sizeof(*g->slots));

	for (size_t k = 0; k < g->n_keys; k++) {
		const struct column *c = g->keys[k].column;

		if (c)
			bytes +=
				c->values->capacity + (c->bytes ? c->bytes->capacity : 0);
	}
	return bytes;
}

struct place
groups_first(const struct groups *g, size_t group)
{
	return g->at[group].first;
}

bool
groups_merge(struct groups *into, struct groups *from, uint32_t *map, struct error *err)
{
	struct batch *keys = groups_take_keys(from, err);
	bool ok = keys != NULL;

	if (ok && !from->n_keys)
		map[0] = 0;
	for (size_t i = 0; ok && from->n_keys && i < from->n; i++) {
		struct place first = from->at[i].first;
		struct places places = { first, NULL };
		struct search search = { keys, &places, false };

		ok = find(into, from->at[i].hash, &search, i, 0, &map[i], err);
		if (ok && place_before(first, into->at[map[i]].first))
			into->at[map[i]].first = first;
	}
	if (place_before(into->end, from->end))
		into->end = from->end;
	batch_free(keys);
	return ok;
}

struct item {
	struct place first;
	uint32_t group;
};

static int
compare(const void *a, const void *b)
{
	struct place x = ((const struct item *)a)->first;
	struct place y = ((const struct item *)b)->first;

	return place_before(y, x) - place_before(x, y);
}

bool
groups_order(const struct groups *g, uint32_t *order, struct error *err)
{
	size_t size = g->n * sizeof(struct item);
	struct item *items = g->n_keys ? memory_alloc(size, err) : NULL;

	if (!g->n_keys) {
		order[0] = 0;
		return true;
	}
	if (!items)
		return false;
	for (size_t i = 0; i < g->n; i++)
		items[i] = (struct item){ g->at[i].first, (uint32_t)i };
	qsort(items, g->n, sizeof(*items), compare);
	for (size_t i = 0; i < g->n; i++)
		order[i] = items[i].group;
	memory_free(items, size);
	return true;
}

struct batch *
groups_take_keys(struct groups *g, struct error *err)
{
	struct batch *keys = batch_new(g->n_keys, g->n, err);
	bool ok = keys != NULL;

	for (size_t k = 0; ok && k < g->n_keys; k++) {
		ok = (keys->at[k] = build_end(&g->keys[k], err)) != NULL;
		g->keys[k] = (struct build){ 0 };
	}
	if (ok)
		return keys;
	batch_free(keys);
	return NULL;
}
