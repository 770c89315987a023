/*
 * summary - a table of texts and how often they occur, until there are too many.
 *
 * Rows of a dictionary are counted by code, as long as the dictionary stays the same;
 * only then are its entries looked up. Texts of up to 8 bytes are told apart by their
 * hash alone, which loses nothing of them.
 */
#include "data/summary_parts.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	FIRST_SLOTS = 64,
	FEW_TEXTS = 1 << 12, /* where only types or counts are asked for: they are as */
	FEW_BYTES = 1 << 18, /* exact either way, and small tables are fast */
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
	s->n_slots = FIRST_SLOTS;
	if ((s->texts = buffer_new(0, err)) && (s->entries = buffer_new(0, err)) &&
	    (s->slots = buffer_new(FIRST_SLOTS * sizeof(uint32_t), err)) &&
	    (s->codes = buffer_new(0, err)))
		return s;
	summary_free(s);
	return NULL;
}

void
summary_free(struct summary *s)
{
	if (!s)
		return;
	buffer_drop(s->texts);
	buffer_drop(s->entries);
	buffer_drop(s->slots);
	buffer_drop(s->codes);
	column_drop(s->dictionary);
	summary_wide_free(s->wide);
	free(s);
}

/* 8 readable bytes stand behind every text of a column. */
static uint64_t
first_bytes(struct text t)
{
	uint64_t word;

	memcpy(&word, t.data, sizeof(word));
	return t.size < 8 ? word & ((UINT64_C(1) << 8 * t.size) - 1) : word;
}

/* One to one for texts of the same size up to 8. The product's high bits depend on all
 * of the bytes, so they choose the slot. */
static uint64_t
hash_of(struct text t)
{
	if (t.size > 8)
		return XXH3_64bits(t.data, t.size);
	return (t.size ? first_bytes(t) ^ t.size << 56 : 0) *
	       UINT64_C(0x9e3779b97f4a7c15);
}

static size_t
slot_of(const struct summary *s, uint64_t hash)
{
	return (size_t)(hash >> 32) & (s->n_slots - 1);
}

static bool
is_entry(const struct summary *s, const struct summary_entry *e, uint64_t hash,
	 struct text t)
{
	return e->hash == hash && e->size == t.size &&
	       (t.size <= 8 || memcmp(s->texts->data + e->at, t.data, t.size) == 0);
}

static uint32_t *
find(const struct summary *s, uint64_t hash, struct text t)
{
	uint32_t *slots = (uint32_t *)(void *)s->slots->data;
	size_t i = slot_of(s, hash);

	while (slots[i] && !is_entry(s, &summary_entries(s)[slots[i] - 1], hash, t))
		i = (i + 1) & (s->n_slots - 1);
	return &slots[i];
}

static bool
grow(struct summary *s, struct error *err)
{
	struct buffer *wider = buffer_new(2 * s->n_slots * sizeof(uint32_t), err);
	uint32_t *slots;

	if (!wider)
		return false;
	slots = (uint32_t *)(void *)wider->data;
	s->n_slots *= 2;
	for (size_t e = 0; e < summary_texts(s); e++) {
		size_t i = slot_of(s, summary_entries(s)[e].hash);

		while (slots[i])
			i = (i + 1) & (s->n_slots - 1);
		slots[i] = (uint32_t)e + 1;
	}
	buffer_drop(s->slots);
	s->slots = wider;
	return true;
}

static bool
add_wide(struct summary *s, struct text t, uint64_t n, struct error *err)
{
	const unsigned looks = infer_looks(t);

	infer_count(&s->infer, looks, n);
	return s->level == SUMMARY_TYPE || summary_wide_add(s->wide, t, looks, n, err);
}

/* What was counted goes where single values cannot be told any more. */
static bool
widen(struct summary *s, struct error *err)
{
	if (s->wide)
		return true;
	if (!(s->wide = summary_wide_new(s->level, err)))
		return false;
	for (size_t e = 0; e < summary_texts(s); e++) {
		const struct summary_entry *entry = &summary_entries(s)[e];

		if (!add_wide(s, summary_text(s, entry), entry->count, err))
			return false;
	}
	s->entries->size = s->texts->size = 0;
	return true;
}

/* A text that is not there yet. */
static bool
add_new(struct summary *s, struct text t, uint64_t hash, uint32_t *slot, uint64_t n,
	struct error *err)
{
	struct summary_entry entry = { hash, n, (uint32_t)s->texts->size,
				       (uint32_t)t.size };

	if (summary_texts(s) == s->most_texts || t.size > s->most_bytes - s->texts->size)
		return widen(s, err) && add_wide(s, t, n, err);
	if (!buffer_append(s->texts, t.data, t.size, err) ||
	    !buffer_append(s->entries, &entry, sizeof(entry), err))
		return false;
	*slot = (uint32_t)summary_texts(s);
	return summary_texts(s) * 2 < s->n_slots || grow(s, err);
}

static bool
add_text(struct summary *s, struct text t, uint64_t n, struct error *err)
{
	uint64_t hash;
	uint32_t *slot;

	if (s->wide)
		return add_wide(s, t, n, err);
	hash = hash_of(t);
	slot = find(s, hash, t);
	if (!*slot)
		return add_new(s, t, hash, slot, n, err);
	summary_entries(s)[*slot - 1].count += n;
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
	for (size_t i = 0; i < c->rows; i++) {
		if (column_is_null(c, i))
			s->nulls++;
		else if (!add_text(s, column_text(c, i), 1, err))
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
	if (other->wide && !widen(into, err))
		return false;
	infer_merge(&into->infer, &other->infer);
	if (other->wide && !summary_wide_merge(into->wide, other->wide, err))
		return false;
	for (size_t e = 0; e < summary_texts(other); e++) {
		const struct summary_entry *entry = &summary_entries(other)[e];

		if (!add_text(into, summary_text(other, entry), entry->count, err))
			return false;
	}
	return true;
}

bool
summary_settle(struct summary *s, struct summary_result *out, struct arena *arena,
	       struct error *err)
{
	*out = (struct summary_result){ .infer = s->infer, .mean = NAN, .sd = NAN };
	if (!flush(s, err))
		return false;
	out->infer = s->infer;
	infer_count(&out->infer, LOOKS_NULL, s->nulls);
	for (size_t e = 0; e < summary_texts(s); e++) {
		const struct summary_entry *entry = &summary_entries(s)[e];

		infer_count(&out->infer, infer_looks(summary_text(s, entry)),
			    entry->count);
	}
	out->type = infer_type(&out->infer);
	out->rows = out->infer.n;
	if (s->level == SUMMARY_TYPE)
		return true;
	return s->wide ? summary_wide_settle(s->wide, s->nulls, out, arena, err)
		       : summary_narrow_settle(s, out, arena, err);
}
