/*
 * set - the entries of an IN, found by hash: as many as there are, the same time.
 *
 * Numbers and moments are compared as bits that are one where the values are equal: NaN
 * is one value, and so is zero.
 */
#include <math.h>

#include "expr/node.h"

struct slot {
	const struct node *entry; /* NULL: free */
	uint64_t key;             /* its bits, or its text's hash */
};

struct set {
	enum type type;
	bool has_null;
	size_t mask; /* slots - 1 */
	struct slot *slots;
};

static uint64_t
mixed(uint64_t x)
{
	x *= UINT64_C(0x9e3779b97f4a7c15);
	return x ^ x >> 32;
}

static uint64_t
float_key(double x)
{
	uint64_t bits = 0;

	if (isnan(x))
		return UINT64_MAX;
	if (x != 0)
		memcpy(&bits, &x, sizeof(bits));
	return bits;
}

static uint64_t
text_key(struct text t)
{
	uint64_t key = t.size, word;

	for (; t.size >= sizeof(word); t.data += sizeof(word), t.size -= sizeof(word)) {
		memcpy(&word, t.data, sizeof(word));
		key = mixed(key ^ word);
	}
	word = 0;
	if (t.size)
		memcpy(&word, t.data, t.size);
	return mixed(key ^ word);
}

static uint64_t
entry_key(const struct node *entry)
{
	if (entry->type == TYPE_STRING)
		return text_key(entry->text);
	return entry->type == TYPE_FLOAT ? float_key(entry->number)
					 : (uint64_t)entry->whole;
}

static const struct node *
find(const struct set *set, uint64_t key, struct text text)
{
	for (size_t i = mixed(key) & set->mask; set->slots[i].entry;
	     i = (i + 1) & set->mask)
		if (set->slots[i].key == key &&
		    (set->type != TYPE_STRING ||
		     text_equal(set->slots[i].entry->text, text)))
			return set->slots[i].entry;
	return NULL;
}

static void
add(struct set *set, const struct node *entry)
{
	const uint64_t key = entry_key(entry);
	size_t i = mixed(key) & set->mask;

	if (find(set, key, entry->text))
		return;
	while (set->slots[i].entry)
		i = (i + 1) & set->mask;
	set->slots[i] = (struct slot){ entry, key };
}

const struct set *
set_new(struct node *const *entries, size_t n, struct arena *arena)
{
	struct set *set = ARENA_NEW(arena, struct set);
	size_t size = 4;

	while (size < 2 * n)
		size *= 2;
	set->type = entries[0]->type;
	set->mask = size - 1;
	set->slots = ARENA_ARRAY(arena, size, struct slot);
	for (size_t i = 0; i < n; i++) {
		const struct node *entry =
			entries[i]->known ? entries[i]->known : entries[i];

		if (entry->is_null)
			set->has_null = true;
		else
			add(set, entry);
	}
	return set;
}

static bool
is_met(const struct set *set, const struct column *x, size_t row)
{
	switch (x->type) {
	case TYPE_STRING: {
		const struct text text = column_text(x, row);

		return find(set, text_key(text), text);
	}
	case TYPE_FLOAT:
		return find(set, float_key(column_floats(x)[row]), (struct text){ 0 });
	case TYPE_DATE:
		return find(set, (uint64_t)(int64_t)column_ints(x)[row],
			    (struct text){ 0 });
	case TYPE_BOOL:
		return find(set, column_bool(x, row), (struct text){ 0 });
	default:
		return find(set, (uint64_t)column_longs(x)[row], (struct text){ 0 });
	}
}

struct column *
set_find(const struct set *set, const struct column *x, struct error *err)
{
	struct column *in[] = { (struct column *)x };
	const struct args args = { NULL, TYPE_BOOL, x->rows, 1, in };
	struct column *out = args_strict(&args, err);

	for (size_t i = 0; out && i < x->rows; i++) {
		if (column_is_null(x, i))
			continue;
		if (is_met(set, x, i)) {
			bit_set(out->values->data, i);
		} else if (set->has_null && !column_set_null(out, i, err)) {
			column_drop(out);
			return NULL;
		}
	}
	return out;
}
