/*
 * summary - a table of texts and how often they occur, until there are too many.
 *
 * Rows of a dictionary are counted by code, as long as the dictionary stays the same;
 * only then are its entries looked up. Single texts are looked up some at a time, so that
 * what a large table misses in the cache is fetched meanwhile. Texts of up to 8 bytes are
 * told apart by their hash alone, which loses nothing of them.
 */
#include "data/summary_parts.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	FIRST_BITS = 6,
	FIRST_PLACES = 1 << FIRST_BITS,
	FEW_TEXTS = 1 << 16, /* where only types or counts are asked for: they are as */
	FEW_BYTES = 1 << 20, /* exact either way */
	LARGE = 2048,        /* texts, from which on a table is fetched ahead */
	TILE = 256,          /* texts looked up at once */
};

struct summary *
summary_new(enum summary_level level, size_t texts, struct error *err)
{
	const bool all = level == SUMMARY_ALL;
	struct summary *s = calloc(1, sizeof(*s));

	if (!s) {
		fail(err, "out of memory: the system refused a table of texts");
		return NULL;
	}
	s->level = level;
	s->most_texts = texts ? texts : all ? SUMMARY_TEXTS : FEW_TEXTS;
	s->most_bytes = all ? SUMMARY_BYTES : FEW_BYTES;
	s->places = FIRST_PLACES;
	s->shift = 64 - FIRST_BITS;
	if ((s->texts = buffer_new(0, err)) &&
	    (s->table = buffer_new(FIRST_PLACES * sizeof(struct summary_entry), err)) &&
	    (s->codes = buffer_new(0, err)))
		return s;
	summary_free(s);
	return NULL;
}

struct summary *
summary_new_of(enum type type, size_t texts, struct error *err)
{
	struct summary *s = summary_new(SUMMARY_ALL, texts, err);

	if (s)
		s->typed = type;
	return s;
}

void
summary_read_moments(struct summary *s, const struct datetime_format *format)
{
	s->format = *format;
}

void
summary_free(struct summary *s)
{
	if (!s)
		return;
	buffer_drop(s->texts);
	buffer_drop(s->table);
	buffer_drop(s->codes);
	column_drop(s->dictionary);
	summary_wide_free(s->wide);
	free(s);
}

/* 8 readable bytes stand behind every text of a column. */
static inline uint64_t
load(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return word;
}

/* One to one for texts of the same size up to 8. The product's high bits depend on all
 * of the bytes, so they choose the slot. */
static inline uint64_t
hash_of(struct text t)
{
	static const uint64_t kept[9] = {
		0,
		0xff,
		0xffff,
		0xffffff,
		0xffffffff,
		UINT64_C(0xffffffffff),
		UINT64_C(0xffffffffffff),
		UINT64_C(0xffffffffffffff),
		UINT64_MAX,
	};
	const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t hash;

	if (t.size <= 8)
		return ((load(t.data) & kept[t.size]) ^ (uint64_t)t.size << 56) * odd;
	if (t.size > 16)
		return XXH3_64bits(t.data, t.size);
	hash = load(t.data) * odd;
	return ((hash ^ hash >> 32) + load(t.data + t.size - 8)) * odd;
}

static inline uint64_t
head_of(struct text t)
{
	return t.size > 8 ? load(t.data) : 0;
}

static inline bool
is_entry(const struct summary *s, const struct summary_entry *e, uint64_t hash,
	 struct text t)
{
	return e->hash == hash && e->size == t.size && e->head == head_of(t) &&
	       (t.size <= 16 || memcmp(s->texts->data + e->at, t.data, t.size) == 0);
}

/* Its place, or the free one where it belongs. */
static inline struct summary_entry *
find(const struct summary *s, uint64_t hash, struct text t)
{
	struct summary_entry *table = summary_table(s);
	size_t i = (size_t)(hash >> s->shift);

	while (table[i].count && !is_entry(s, &table[i], hash, t))
		i = (i + 1) & (s->places - 1);
	return &table[i];
}

static bool
grow(struct summary *s, struct error *err)
{
	struct buffer *wider =
		buffer_new(2 * s->places * sizeof(struct summary_entry), err);
	struct summary_entry *table;

	if (!wider)
		return false;
	table = (struct summary_entry *)(void *)wider->data;
	for (size_t e = summary_used(s, 0); e < s->places; e = summary_used(s, e + 1)) {
		size_t i = (size_t)(summary_table(s)[e].hash >> (s->shift - 1));

		while (table[i].count)
			i = (i + 1) & (2 * s->places - 1);
		table[i] = summary_table(s)[e];
	}
	buffer_drop(s->table);
	s->table = wider;
	s->places *= 2;
	s->shift--;
	return true;
}

static bool
add_wide(struct summary *s, struct text t, uint64_t n, struct error *err)
{
	const unsigned looks = s->typed ? 0 : infer_looks(t);

	infer_count(&s->infer, looks, n);
	if (s->typed)
		return summary_wide_add_typed(s->wide, t, s->typed, n, err);
	return s->level == SUMMARY_TYPE || summary_wide_add(s->wide, t, looks, n, err);
}

/* What was counted goes where single values cannot be told any more. */
static bool
widen(struct summary *s, struct error *err)
{
	if (s->wide)
		return true;
	if (!(s->wide = summary_wide_new(s->level, &s->format, err)))
		return false;
	for (size_t e = summary_used(s, 0); e < s->places; e = summary_used(s, e + 1)) {
		const struct summary_entry *entry = &summary_table(s)[e];

		if (!add_wide(s, summary_text(s, entry), entry->count, err))
			return false;
	}
	buffer_drop(s->table);
	buffer_drop(s->texts);
	s->table = s->texts = NULL;
	s->n = s->places = 0;
	return true;
}

/* A table is sparse as long as it is small. */
static bool
is_full(const struct summary *s)
{
	return s->n * (s->n < LARGE ? 4 : 2) >= s->places;
}

/* A text that is not there yet, at its place. */
static bool
add_new(struct summary *s, struct text t, uint64_t hash, struct summary_entry *place,
	uint64_t n, struct error *err)
{
	if (s->n == s->most_texts || t.size > s->most_bytes - s->texts->size)
		return widen(s, err) && add_wide(s, t, n, err);
	*place = (struct summary_entry){ hash, n, head_of(t), (uint32_t)s->texts->size,
					 (uint32_t)t.size };
	s->n++;
	return buffer_append(s->texts, t.data, t.size, err) &&
	       (!is_full(s) || grow(s, err));
}

static bool
add_text(struct summary *s, struct text t, uint64_t n, struct error *err)
{
	struct summary_entry *place;
	uint64_t hash;

	if (s->wide)
		return add_wide(s, t, n, err);
	hash = t.size ? hash_of(t) : 0;
	place = find(s, hash, t);
	if (!place->count)
		return add_new(s, t, hash, place, n, err);
	place->count += n;
	return true;
}

/* The codes counted so far become texts; the dictionary is let go. */
static bool
flush(struct summary *s, struct error *err)
{
	struct column *words = s->dictionary;
	uint64_t *counts = (uint64_t *)(void *)s->codes->data;
	bool ok = true;

	for (size_t i = 0; words && ok && i < words->rows; i++) {
		if (counts[i] && column_is_null(words, i))
			s->nulls += counts[i];
		else if (counts[i])
			ok = add_text(s, column_text(words, i), counts[i], err);
	}
	column_drop(words);
	s->dictionary = NULL;
	return ok;
}

static bool
take_dictionary(struct summary *s, struct column *words, struct error *err)
{
	if (!flush(s, err))
		return false;
	s->codes->size = 0;
	if (!buffer_resize(s->codes, words->rows * sizeof(uint64_t), err))
		return false;
	memset(s->codes->data, 0, s->codes->size);
	s->dictionary = column_share(words);
	return true;
}

static bool
add_codes(struct summary *s, const struct column *c, struct error *err)
{
	const int32_t *code = column_ints(c);
	uint64_t *counts;

	if (s->dictionary != c->dictionary && !take_dictionary(s, c->dictionary, err))
		return false;
	counts = (uint64_t *)(void *)s->codes->data;
	for (size_t i = 0; i < c->rows; i++)
		if (c->nulls == 0 || !column_is_null(c, i))
			counts[code[i]]++;
	s->nulls += c->nulls;
	return true;
}

bool
summary_add(struct summary *s, const struct column *c, struct error *err)
{
	if (c->layout == LAYOUT_DICTIONARY && c->dictionary->rows <= SUMMARY_TEXTS)
		return add_codes(s, c, err);
	if (summary_is_binary(s))
		return summary_add_typed(s, c, err);
	for (size_t i = 0; i < c->rows; i++) {
		if (column_is_null(c, i))
			s->nulls++;
		else if (!add_text(s, column_text(c, i), 1, err))
			return false;
	}
	return true;
}

/* A tile of them. *done: fewer, if the table was left on the way. */
static bool
add_tile(struct summary *s, const struct text *texts, size_t n, size_t *done,
	 struct error *err)
{
	uint64_t hashes[TILE];
	size_t i;

	for (i = 0; i < n; i++)
		hashes[i] = texts[i].size ? hash_of(texts[i]) : 0;
	for (i = 0; s->n > LARGE && i < n; i++)
		__builtin_prefetch(&summary_table(s)[hashes[i] >> s->shift], 1);
	for (i = 0; i < n && !s->wide; i++) {
		struct summary_entry *place;

		if (texts[i].size == 0) {
			s->nulls++;
			continue;
		}
		place = find(s, hashes[i], texts[i]);
		if (place->count)
			place->count++;
		else if (!add_new(s, texts[i], hashes[i], place, 1, err))
			return false;
	}
	*done = i;
	return true;
}

bool
summary_add_texts(struct summary *s, const struct text *texts, size_t n,
		  struct error *err)
{
	size_t i = 0;

	while (i < n && !s->wide) {
		size_t done;

		if (!add_tile(s, texts + i, n - i < TILE ? n - i : TILE, &done, err))
			return false;
		i += done;
	}
	for (; i < n; i++) {
		if (texts[i].size == 0)
			s->nulls++;
		else if (!add_wide(s, texts[i], 1, err))
			return false;
	}
	return true;
}

bool
summary_merge(struct summary *into, struct summary *other, struct error *err)
{
	if (!flush(into, err) || !flush(other, err))
		return false;
	into->nulls += other->nulls;
	into->objects += other->objects;
	if (other->wide && !widen(into, err))
		return false;
	infer_merge(&into->infer, &other->infer);
	if (other->wide && !summary_wide_merge(into->wide, other->wide, err))
		return false;
	/* Texts come in the order of their places, which would crowd a smaller table. */
	while (!into->wide && into->places < other->places)
		if (!grow(into, err))
			return false;
	for (size_t e = summary_used(other, 0); e < other->places;
	     e = summary_used(other, e + 1)) {
		const struct summary_entry *entry = &summary_table(other)[e];

		if (!add_text(into, summary_text(other, entry), entry->count, err))
			return false;
	}
	return true;
}

/* What decides the type, and the number of rows. */
static struct infer
count_looks(const struct summary *s)
{
	struct infer infer = s->infer;

	infer_count(&infer, LOOKS_NULL, s->nulls);
	infer_count(&infer, 0, s->objects);
	for (size_t e = summary_used(s, 0); e < s->places; e = summary_used(s, e + 1)) {
		const struct summary_entry *entry = &summary_table(s)[e];

		infer_count(&infer, s->typed ? 0 : infer_looks(summary_text(s, entry)),
			    entry->count);
	}
	return infer;
}

bool
summary_settle(struct summary *s, enum type as, struct summary_result *out,
	       struct arena *arena, struct error *err)
{
	*out = (struct summary_result){ .mean = NAN, .sd = NAN };
	if (!flush(s, err))
		return false;
	out->infer = count_looks(s);
	out->type = s->typed ? s->typed : as ? as : infer_type(&out->infer);
	out->rows = out->infer.n;
	if (s->level == SUMMARY_TYPE)
		return true;
	if (out->type == TYPE_OBJECT) {
		out->count = s->objects;
		out->missing = s->nulls;
		return true;
	}
	return s->wide ? summary_wide_settle(s->wide, s->nulls, out, arena, err)
		       : summary_narrow_settle(s, out, arena, err);
}
