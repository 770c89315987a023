/* frequency - open addressing over entries; texts lie one behind the other. */
#include "data/frequency.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

struct entry {
	uint64_t hash, count;
	size_t at, size; /* in texts */
};

struct frequency {
	struct buffer *texts, *entries, *slots; /* slots: uint32, entry + 1 or 0 */
	size_t n_slots;
};

enum { FIRST_SLOTS = 64 };

struct frequency *
frequency_new(struct error *err)
{
	struct frequency *f = calloc(1, sizeof(*f));

	if (!f) {
		fail(err, "out of memory: the system refused a table of texts");
		return NULL;
	}
	f->n_slots = FIRST_SLOTS;
	if ((f->texts = buffer_new(0, err)) && (f->entries = buffer_new(0, err)) &&
	    (f->slots = buffer_new(FIRST_SLOTS * sizeof(uint32_t), err)))
		return f;
	frequency_free(f);
	return NULL;
}

void
frequency_free(void *frequency)
{
	struct frequency *f = frequency;

	if (!f)
		return;
	buffer_drop(f->texts);
	buffer_drop(f->entries);
	buffer_drop(f->slots);
	free(f);
}

static struct entry *
entries_of(const struct frequency *f)
{
	return (struct entry *)(void *)f->entries->data;
}

size_t
frequency_distinct(const struct frequency *f)
{
	return f->entries->size / sizeof(struct entry);
}

static struct text
text_at(const struct frequency *f, const struct entry *entry)
{
	return (struct text){ f->texts->data + entry->at, entry->size };
}

/* The slot of a text, or the free one where it belongs. */
static uint32_t *
slot_of(const struct frequency *f, uint64_t hash, struct text text)
{
	uint32_t *slots = (uint32_t *)(void *)f->slots->data;
	size_t i = hash & (f->n_slots - 1);

	for (; slots[i]; i = (i + 1) & (f->n_slots - 1)) {
		const struct entry *entry = &entries_of(f)[slots[i] - 1];

		if (entry->hash == hash && text_equal(text_at(f, entry), text))
			break;
	}
	return &slots[i];
}

static bool
grow(struct frequency *f, struct error *err)
{
	size_t n_slots = f->n_slots * 2, n = frequency_distinct(f);
	struct buffer *wider;
	uint32_t *slots;

	if (n >= UINT32_MAX - 1)
		return fail(err, "more than %u different texts in one column",
			    UINT32_MAX - 1);
	wider = buffer_new(n_slots * sizeof(uint32_t), err);
	if (!wider)
		return false;
	slots = (uint32_t *)(void *)wider->data;
	for (size_t e = 0; e < n; e++) {
		size_t i = entries_of(f)[e].hash & (n_slots - 1);

		while (slots[i])
			i = (i + 1) & (n_slots - 1);
		slots[i] = (uint32_t)e + 1;
	}
	buffer_drop(f->slots);
	f->slots = wider;
	f->n_slots = n_slots;
	return true;
}

bool
frequency_add(struct frequency *f, struct text text, uint64_t count, struct error *err)
{
	uint64_t hash = XXH3_64bits(text.data, text.size);
	uint32_t *slot = slot_of(f, hash, text);
	struct entry entry = { hash, count, f->texts->size, text.size };

	if (*slot) {
		entries_of(f)[*slot - 1].count += count;
		return true;
	}
	if (!buffer_append(f->texts, text.data, text.size, err) ||
	    !buffer_append(f->entries, &entry, sizeof(entry), err))
		return false;
	*slot = (uint32_t)frequency_distinct(f);
	return frequency_distinct(f) * 2 < f->n_slots || grow(f, err);
}

/* Codes are counted; each entry of the dictionary is added once. Not for a few rows of
 * a large dictionary: all of it is looked at. */
static bool
add_dictionary(struct frequency *f, const struct column *column, struct error *err)
{
	const struct column *dictionary = column->dictionary;
	size_t size = dictionary->rows * sizeof(uint64_t);
	uint64_t *counts = memory_alloc(size, err);
	bool ok = counts != NULL;

	for (size_t i = 0; ok && i < column->rows; i++)
		if (!column_is_null(column, i))
			counts[column_ints(column)[i]]++;
	for (size_t i = 0; ok && i < dictionary->rows; i++)
		if (counts[i] && !column_is_null(dictionary, i))
			ok = frequency_add(f, column_text(dictionary, i), counts[i], err);
	memory_free(counts, size);
	return ok;
}

bool
frequency_add_column(struct frequency *f, const struct column *column, struct error *err)
{
	if (column->layout == LAYOUT_DICTIONARY &&
	    column->dictionary->rows <= column->rows)
		return add_dictionary(f, column, err);
	for (size_t i = 0; i < column->rows; i++)
		if (!column_is_null(column, i) &&
		    !frequency_add(f, column_text(column, i), 1, err))
			return false;
	return true;
}

bool
frequency_merge(struct frequency *into, const struct frequency *from, struct error *err)
{
	for (size_t e = 0; e < frequency_distinct(from); e++) {
		const struct entry *entry = &entries_of(from)[e];

		if (!frequency_add(into, text_at(from, entry), entry->count, err))
			return false;
	}
	return true;
}

static int
by_count(const void *a, const void *b)
{
	const struct frequency_entry *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return text_compare(x->text, y->text);
}

bool
frequency_sorted(const struct frequency *f, struct frequency_entry **out, size_t *n,
		 struct arena *arena, struct error *err)
{
	(void)err;
	*n = frequency_distinct(f);
	*out = ARENA_ARRAY(arena, *n + 1, struct frequency_entry);
	for (size_t e = 0; e < *n; e++) {
		const struct entry *entry = &entries_of(f)[e];

		(*out)[e].count = entry->count;
		(*out)[e].text.size = entry->size;
		(*out)[e].text.data =
			arena_text_n(arena, f->texts->data + entry->at, entry->size);
	}
	qsort(*out, *n, sizeof(**out), by_count);
	return true;
}
