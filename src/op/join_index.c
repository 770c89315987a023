/*
 * join_index - a hash table over the keys of the table that stands.
 *
 * A slot holds the first row of a key and bits of its hash, so that what is not there
 * mostly costs one look into memory.
 */
#include "data/rows.h"
#include "op/join.h"

enum {
	AHEAD = 16, /* rows for which slots are fetched before they are needed */
	DICTIONARY_ROWS = 4096 /* of a table whose texts become dictionaries */
};

struct join_slot {
	uint32_t row, tag;
};

static inline uint32_t
tag_of(struct row_hash hash)
{
	return (uint32_t)(hash.low >> 32);
}

static inline bool
same(struct row_hash a, struct row_hash b)
{
	return a.low == b.low && a.high == b.high;
}

/* The slot of a key: that of equal rows, or the free one where it belongs. */
static inline struct join_slot *
find_slot(const struct join_index *x, struct row_hash hash)
{
	size_t at = hash.low & x->mask;

	while (x->slots[at].row != GATHER_NONE &&
	       !(x->slots[at].tag == tag_of(hash) &&
		 same(x->hashes[x->slots[at].row], hash)))
		at = (at + 1) & x->mask;
	return &x->slots[at];
}

void
join_index_find(const struct join_index *x, const struct row_hash *hashes, size_t n,
		uint32_t *found)
{
	for (size_t i = 0; i < n; i++) {
		if (i + AHEAD < n)
			__builtin_prefetch(&x->slots[hashes[i + AHEAD].low & x->mask]);
		found[i] = find_slot(x, hashes[i])->row;
	}
}

void
join_index_release(struct join_index *x)
{
	size_t rows = x->all ? x->all->rows : 0;

	memory_free(x->hashes, rows * sizeof(*x->hashes));
	memory_free(x->slots, (x->mask + 1) * sizeof(*x->slots));
	memory_free(x->next, rows * sizeof(*x->next));
	batch_free(x->all);
	*x = (struct join_index){ 0 };
}

static bool
make_rooms(struct join_index *x, struct error *err)
{
	size_t rows = x->all->rows;

	x->mask = 15;
	while (x->mask < rows + rows / 2)
		x->mask = x->mask * 2 + 1;
	x->slots = memory_alloc((x->mask + 1) * sizeof(*x->slots), err);
	if (!x->slots)
		return false;
	memset(x->slots, 0xff, (x->mask + 1) * sizeof(*x->slots)); /* GATHER_NONE */
	x->hashes = memory_alloc(rows * sizeof(*x->hashes), err);
	return x->hashes && (x->next = memory_alloc(rows * sizeof(*x->next), err));
}

/* From the last row to the first, so that each hangs before those that follow. */
static void
fill(struct join_index *x, const uint64_t *nulls)
{
	for (size_t row = x->all->rows; row-- > 0;) {
		struct join_slot *slot;

		if (row >= AHEAD)
			__builtin_prefetch(
				&x->slots[x->hashes[row - AHEAD].low & x->mask]);
		if (bit_get(nulls, row))
			continue;
		slot = find_slot(x, x->hashes[row]);
		x->next[row] = slot->row;
		x->repeats = x->repeats || slot->row != GATHER_NONE;
		*slot = (struct join_slot){ (uint32_t)row, tag_of(x->hashes[row]) };
	}
}

/* The codes of texts, and the rows in which each text stands first; the number of texts.
 */
static size_t
code_texts(const struct column *c, const struct row_hash *hashes, int32_t *codes,
	   uint32_t *firsts)
{
	enum { SLOTS = 4 * DICTIONARY_ROWS };
	uint16_t slots[SLOTS] = { 0 }; /* code + 1 */
	size_t n = 0;

	for (size_t row = 0; row < c->rows; row++) {
		size_t at = hashes[row].low % SLOTS;

		if (column_is_null(c, row))
			continue;
		while (slots[at] && !same(hashes[firsts[slots[at] - 1]], hashes[row]))
			at = (at + 1) % SLOTS;
		if (!slots[at]) {
			firsts[n++] = (uint32_t)row;
			slots[at] = (uint16_t)n;
		}
		codes[row] = slots[at] - 1;
	}
	return n;
}

/* A plain column of texts as codes into a dictionary. */
static struct column *
code_column(struct column *c, struct error *err)
{
	struct batch batch = { c->rows, 1, &c };
	size_t hashes_size = c->rows * sizeof(struct row_hash);
	size_t firsts_size = c->rows * sizeof(uint32_t);
	struct row_hash *hashes = memory_alloc(hashes_size, err);
	uint32_t *firsts = hashes ? memory_alloc(firsts_size, err) : NULL;
	struct column *to = firsts ? column_new(TYPE_DATE, c->rows, err) : NULL;
	bool ok = to && rows_hash(&batch, hashes, err);

	if (ok) { /* dates are what is as wide as codes */
		size_t n = code_texts(c, hashes, column_ints(to), firsts);

		to->type = TYPE_STRING;
		to->layout = LAYOUT_DICTIONARY;
		to->nulls = c->nulls;
		to->validity = buffer_share(c->validity);
		to->dictionary = column_gather(c, firsts, n, err);
		ok = to->dictionary != NULL;
	}
	memory_free(hashes, hashes_size);
	memory_free(firsts, firsts_size);
	if (ok)
		return to;
	column_drop(to);
	return NULL;
}

/* Texts of a table that is not large become codes: what is gathered of it again and again
 * is a number then. */
static bool
code_texts_of(struct batch *all, struct error *err)
{
	for (size_t i = 0; all->rows <= DICTIONARY_ROWS && i < all->n; i++) {
		struct column *c = all->at[i], *coded;

		if (!c || c->type != TYPE_STRING || c->layout != LAYOUT_PLAIN)
			continue;
		if (!(coded = code_column(c, err)))
			return false;
		batch_take(all, i, coded);
	}
	return true;
}

bool
join_index(const struct join *join, const struct call *call, struct table *table,
	   struct join_index *x, struct error *err)
{
	static atomic_ullong last;
	size_t side = 1 - join_streams(join), size = bit_words(table->rows) * 8;
	uint64_t *nulls;
	bool ok;

	if (table->rows >= UINT32_MAX)
		return fail(err, "%zu rows are too many to look up in; at most %u can be",
			    table->rows, UINT32_MAX - 1);
	if (!(nulls = memory_alloc(size, err)))
		return false;
	x->number = ++last;
	x->all = table_merge(table, &call->in[side], err);
	ok = x->all && make_rooms(x, err) &&
	     join_keys(join, call->in, side, x->all, x->hashes, nulls, err);
	if (ok)
		fill(x, nulls);
	memory_free(nulls, size);
	if (ok && code_texts_of(x->all, err))
		return true;
	join_index_release(x);
	return false;
}
