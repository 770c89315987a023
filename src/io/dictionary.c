/*
 * dictionary - an open hash table of short texts.
 *
 * A text up to 16 bytes is its own key: two words of 8 bytes, zeroes behind its end, and
 * its size. Longer ones are told apart by their first and last 16 bytes first.
 */
#include "io/dictionary.h"

struct dictionary_place {
	uint64_t low, high; /* the first bytes */
	uint32_t size;      /* 0: free */
	int32_t code;
};

enum { FIRST_PLACES = 256, JUDGED_ROWS = 1024 };

void
dictionary_release(struct dictionary *d)
{
	memory_free(d->places, d->places ? (d->mask + 1) * sizeof(*d->places) : 0);
	buffer_drop(d->bytes);
	buffer_drop(d->ends);
	column_drop(d->column);
	*d = (struct dictionary){ .off = d->off };
}

static void
give_up(struct dictionary *d)
{
	d->off = true;
	dictionary_release(d);
}

void
dictionary_judge(struct dictionary *d)
{
	if (!d->off && d->rows >= JUDGED_ROWS && d->n > d->rows / 4)
		give_up(d);
}

static uint64_t
load(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return word;
}

/* The bytes of a word that belong to a text of n bytes, by n; lengths differ from row to
 * row, so a look-up is cheaper than a branch. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define FIRST(n) (UINT64_MAX << (64 - 8 * (n)))
#else
#define FIRST(n) (UINT64_MAX >> (64 - 8 * (n)))
#endif
#define ALL UINT64_MAX

static const uint64_t kept[17][2] = {
	{ 0, 0 },          { FIRST(1), 0 },   { FIRST(2), 0 },   { FIRST(3), 0 },
	{ FIRST(4), 0 },   { FIRST(5), 0 },   { FIRST(6), 0 },   { FIRST(7), 0 },
	{ ALL, 0 },        { ALL, FIRST(1) }, { ALL, FIRST(2) }, { ALL, FIRST(3) },
	{ ALL, FIRST(4) }, { ALL, FIRST(5) }, { ALL, FIRST(6) }, { ALL, FIRST(7) },
	{ ALL, ALL },
};

static inline struct dictionary_place
key_of(struct text t)
{
	const uint64_t *keep = kept[t.size < 16 ? t.size : 16];

	return (struct dictionary_place){
		.low = load(t.data) & keep[0],
		.high = load(t.data + 8) & keep[1],
		.size = (uint32_t)t.size,
	};
}

/* Odd multipliers with bits all over; the high bits of a product depend on all below
 * (D. E. Knuth, "Sorting and Searching", 6.4). */
static inline size_t
hash_of(const struct dictionary_place *key, struct text t)
{
	uint64_t x = key->low * UINT64_C(0x9e3779b97f4a7c15) ^
		     (key->high + key->size) * UINT64_C(0xd6e8feb86659fd93);

	if (t.size > 16)
		x ^= load(t.data + t.size - 8) * UINT64_C(0xa0761d6478bd642f);
	return (size_t)(x >> 40);
}

static inline uint64_t
differ(const struct dictionary_place *a, const struct dictionary_place *b)
{
	return (a->low ^ b->low) | (a->high ^ b->high) | (a->size ^ b->size);
}

/* What is behind the first 16 bytes is the same, too. */
static bool
is_same_rest(const struct dictionary *d, int32_t code, struct text t)
{
	const int64_t *ends = (const int64_t *)(const void *)d->ends->data;

	return memcmp(d->bytes->data + ends[code], t.data, t.size) == 0;
}

/* The place of a text, or the free one where it belongs. */
static inline size_t
find(const struct dictionary *d, const struct dictionary_place *key, struct text t)
{
	for (size_t at = hash_of(key, t) & d->mask;; at = (at + 1) & d->mask) {
		const struct dictionary_place *place = &d->places[at];

		if (!place->size || (!differ(place, key) &&
				     (t.size <= 16 || is_same_rest(d, place->code, t))))
			return at;
	}
}

static bool
begin(struct dictionary *d, struct error *err)
{
	const int64_t zero = 0;

	d->mask = FIRST_PLACES - 1;
	d->places = memory_alloc(FIRST_PLACES * sizeof(*d->places), err);
	return d->places && (d->bytes = buffer_new(0, err)) &&
	       (d->ends = buffer_new(0, err)) &&
	       buffer_append(d->ends, &zero, sizeof(zero), err);
}

static struct text
entry(const struct dictionary *d, int32_t code)
{
	const int64_t *ends = (const int64_t *)(const void *)d->ends->data + code;

	return (struct text){ d->bytes->data + ends[0], (size_t)(ends[1] - ends[0]) };
}

/* Twice the places, kept three quarters empty. */
static bool
grow(struct dictionary *d, struct error *err)
{
	struct dictionary more = *d;

	more.mask = 2 * d->mask + 1;
	more.places = memory_alloc((more.mask + 1) * sizeof(*more.places), err);
	if (!more.places)
		return false;
	for (size_t i = 0; i <= d->mask; i++) {
		const struct dictionary_place *place = &d->places[i];

		if (place->size)
			more.places[find(&more, place, entry(d, place->code))] = *place;
	}
	memory_free(d->places, (d->mask + 1) * sizeof(*d->places));
	*d = more;
	return true;
}

static bool
add(struct dictionary *d, struct dictionary_place key, size_t at, struct text t,
    struct error *err)
{
	int64_t end;

	key.code = (int32_t)d->n;
	if (!buffer_append(d->bytes, t.data, t.size, err))
		return false;
	end = (int64_t)d->bytes->size;
	if (!buffer_append(d->ends, &end, sizeof(end), err))
		return false;
	d->places[at] = key;
	d->n++;
	column_drop(d->column);
	d->column = NULL;
	return 4 * d->n <= d->mask || grow(d, err);
}

/* A text that is not in the first place looked at: further on, or new. *code -1: there is
 * no room for it. */
static __attribute__((noinline)) bool
meet(struct dictionary *d, struct text t, int32_t *code, struct error *err)
{
	const struct dictionary_place key = key_of(t);
	const size_t at = find(d, &key, t);

	*code = d->places[at].code;
	if (d->places[at].size)
		return true;
	*code = d->n < DICTIONARY_MOST && t.size <= DICTIONARY_TEXT ? (int32_t)d->n : -1;
	return *code < 0 || add(d, key, at, t, err);
}

/* Codes as long as texts stand in the place that is looked at first: most do. */
static size_t
code_known(const struct dictionary *d, const struct text *texts, size_t n, int32_t *codes)
{
	const struct dictionary_place *places = d->places;
	const size_t mask = d->mask;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct text t = texts[i];
		const struct dictionary_place *place;
		struct dictionary_place key;

		if (t.size - 1 >= 16) { /* none, or a long one */
			if (t.size)
				break;
			codes[i] = 0;
			continue;
		}
		key = key_of(t);
		place = &places[hash_of(&key, t) & mask];
		if (differ(place, &key))
			break;
		codes[i] = place->code;
	}
	return i;
}

bool
dictionary_code(struct dictionary *d, const struct text *texts, size_t n, int32_t *codes,
		size_t *done, struct error *err)
{
	size_t i = 0;

	if (!d->off && !d->places && !begin(d, err))
		return false;
	while (!d->off) {
		i += code_known(d, texts + i, n - i, codes + i);
		if (i == n)
			break;
		if (!meet(d, texts[i], &codes[i], err))
			return false;
		if (codes[i] < 0)
			break;
		i++;
	}
	*done = i;
	d->rows += i;
	d->off = d->off || i < n;
	return true;
}

struct column *
dictionary_column(struct dictionary *d, struct error *err)
{
	struct column *c;

	if (d->column)
		return column_share(d->column);
	c = column_new(TYPE_STRING, d->n, err);
	if (!c ||
	    (d->n && !buffer_append(c->bytes, d->bytes->data, d->bytes->size, err))) {
		column_drop(c);
		return NULL;
	}
	if (d->n)
		memcpy(c->values->data, d->ends->data, (d->n + 1) * sizeof(int64_t));
	d->column = c;
	return column_share(c);
}
