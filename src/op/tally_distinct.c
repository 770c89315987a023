/*
 * tally_distinct - how many values differ, by hashes of 128 bits.
 *
 * One set holds the values of all groups, each with its group; a set each would be many
 * small ones. A hash of zeroes is a free slot.
 */
#include <stdlib.h>

#include "op/tally_parts.h"

struct distinct_tally {
	struct tally tally;
	uint64_t *counts;       /* by group */
	struct row_hash *slots; /* room of them, a power of 2 or 0 */
	uint32_t *owners;       /* by slot, its group; NULL: all are of group 0 */
	size_t n, room;
	struct row_hash *hashes; /* of a batch */
	size_t hashes_room;
};

enum { FIRST_ROOM = 64, AHEAD = 8 /* slots that are fetched before they are needed */ };

static bool
room(struct tally *tally, size_t groups, struct error *err)
{
	struct distinct_tally *t = (struct distinct_tally *)tally;
	void *counts = t->counts;
	bool ok = tally_grow(&counts, tally->groups, groups, sizeof(*t->counts), err);

	t->counts = counts;
	return ok;
}

static size_t
home_of(const struct distinct_tally *t, struct row_hash hash, uint32_t group)
{
	return (hash.low + group * UINT64_C(0x9e3779b97f4a7c15)) & (t->room - 1);
}

static bool
is_free(struct row_hash slot)
{
	return !slot.low && !slot.high;
}

/* The slot where a value of a group is, or belongs. */
static size_t
find(const struct distinct_tally *t, struct row_hash hash, uint32_t group)
{
	size_t slot = home_of(t, hash, group);

	while (!is_free(t->slots[slot]) &&
	       (t->slots[slot].low != hash.low || t->slots[slot].high != hash.high ||
		(t->owners && t->owners[slot] != group)))
		slot = (slot + 1) & (t->room - 1);
	return slot;
}

static void
release_set(struct distinct_tally *t)
{
	memory_free(t->slots, t->room * sizeof(*t->slots));
	memory_free(t->owners, t->room * sizeof(*t->owners));
}

/* Room for one more. */
static bool
grow_set(struct distinct_tally *t, bool owned, struct error *err)
{
	struct distinct_tally more = *t;

	if (3 * t->n < 2 * t->room)
		return true;
	more.room = t->room ? 2 * t->room : FIRST_ROOM;
	more.slots = memory_alloc(more.room * sizeof(*more.slots), err);
	if (!more.slots)
		return false;
	more.owners = NULL;
	if (owned && !(more.owners = memory_alloc(more.room * sizeof(uint32_t), err))) {
		memory_free(more.slots, more.room * sizeof(*more.slots));
		return false;
	}
	for (size_t i = 0; i < t->room; i++) {
		uint32_t owner = t->owners ? t->owners[i] : 0;
		size_t slot;

		if (is_free(t->slots[i]))
			continue;
		slot = find(&more, t->slots[i], owner);
		more.slots[slot] = t->slots[i];
		if (owned)
			more.owners[slot] = owner;
	}
	release_set(t);
	*t = more;
	return true;
}

static bool
add_hash(struct distinct_tally *t, struct row_hash hash, uint32_t group, bool owned,
	 struct error *err)
{
	size_t slot;

	if (!grow_set(t, owned, err))
		return false;
	slot = find(t, hash, group);
	if (!is_free(t->slots[slot]))
		return true;
	t->slots[slot] = hash;
	if (owned)
		t->owners[slot] = group;
	t->counts[group]++;
	t->n++;
	return true;
}

static bool
hash_column(struct distinct_tally *t, const struct column *c, struct error *err)
{
	struct column *columns[] = { (struct column *)c };
	struct batch batch = { .rows = c->rows, .n = 1, .at = columns };

	if (t->hashes_room < c->rows) {
		void *hashes = memory_alloc(c->rows * sizeof(*t->hashes), err);

		if (!hashes)
			return false;
		memory_free(t->hashes, t->hashes_room * sizeof(*t->hashes));
		t->hashes = hashes;
		t->hashes_room = c->rows;
	}
	return rows_hash(&batch, t->hashes, err);
}

static bool
add(struct tally *tally, const struct present *p, struct error *err)
{
	struct distinct_tally *t = (struct distinct_tally *)tally;

	if (!hash_column(t, p->column, err))
		return false;
	for (size_t i = 0; i < p->n; i++) {
		struct row_hash hash = t->hashes[present_row(p, i)];

		if (t->room && i + AHEAD < p->n)
			__builtin_prefetch(
				&t->slots[home_of(t, t->hashes[present_row(p, i + AHEAD)],
						  p->groups ? p->groups[i + AHEAD] : 0)]);
		hash.high += is_free(hash);
		if (!add_hash(t, hash, p->groups ? p->groups[i] : 0, p->groups, err))
			return false;
	}
	return true;
}

static bool
merge(struct tally *into, struct tally *from, const uint32_t *map, size_t n,
      struct error *err)
{
	struct distinct_tally *to = (struct distinct_tally *)into;
	struct distinct_tally *t = (struct distinct_tally *)from;

	(void)n;
	/* slots come in the order of their places, which would crowd a smaller set */
	while (to->room < t->room) {
		size_t have = to->n;

		to->n = to->room;
		if (!grow_set(to, t->owners, err))
			return false;
		to->n = have;
	}
	for (size_t i = 0; i < t->room; i++)
		if (!is_free(t->slots[i]) &&
		    !add_hash(to, t->slots[i], map[t->owners ? t->owners[i] : 0],
			      t->owners, err))
			return false;
	return true;
}

static void
put(struct tally *tally, enum tally_function function, size_t group, struct build *out)
{
	(void)function;
	build_long(out, (int64_t)((struct distinct_tally *)tally)->counts[group]);
}

static size_t
bytes(const struct tally *tally)
{
	const struct distinct_tally *t = (const struct distinct_tally *)tally;

	return t->room * (sizeof(*t->slots) + (t->owners ? sizeof(*t->owners) : 0));
}

static void
release(struct tally *tally)
{
	struct distinct_tally *t = (struct distinct_tally *)tally;

	release_set(t);
	memory_free(t->counts, tally->groups * sizeof(*t->counts));
	memory_free(t->hashes, t->hashes_room * sizeof(*t->hashes));
}

const struct tally_kind tally_distinct = {
	.size = sizeof(struct distinct_tally),
	.width = sizeof(uint64_t),
	.bytes = bytes,
	.room = room,
	.add = add,
	.merge = merge,
	.put = put,
	.release = release,
};
