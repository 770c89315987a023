/*
 * sieve_shard - an open table that points into a growing list of entries.
 *
 * A slot is 0 or the number of an entry + 1 in its low bits and bits of the hash in the
 * others, so that a row that is new mostly costs one look into memory; slots double and
 * entries stay where they are.
 */
#include "op/sieve_parts.h"

enum { ROOM = 8192 }; /* bytes of entries, at first */

static size_t
slots_size(const struct shard *s)
{
	return ((size_t)s->mask + 1) * sizeof(*s->slots);
}

void
shard_empty(struct shard *s)
{
	memory_pages_free(s->entries, s->size);
	memory_free(s->slots, slots_size(s));
	s->entries = NULL, s->slots = NULL, s->n = 0, s->size = 0, s->mask = 0;
}

/* What a slot says of entry i with this hash: bits above the mask are the hash's. */
static inline uint32_t
slot_value(const struct shard *s, struct row_hash hash, uint32_t i)
{
	return ((uint32_t)(hash.low >> 32) & ~s->mask) | (i + 1);
}

static void
put_slot(struct shard *s, struct row_hash hash, uint32_t i)
{
	uint32_t at = (uint32_t)hash.low & s->mask;

	while (s->slots[at])
		at = (at + 1) & s->mask;
	s->slots[at] = slot_value(s, hash, i);
}

static bool
grow_slots(struct shard *s, uint64_t entries, struct error *err)
{
	struct shard wider = *s;
	uint64_t mask = s->mask ? s->mask : 63;

	while (mask - mask / 4 <= entries)
		mask = mask * 2 + 1;
	if (mask > UINT32_MAX)
		return fail(err, "too many rows to look for duplicates");
	wider.mask = (uint32_t)mask;
	if (!(wider.slots = memory_alloc(slots_size(&wider), err)))
		return false;
	for (uint32_t i = 0; i < s->n; i++)
		put_slot(&wider, s->entries[i].hash, i);
	memory_free(s->slots, slots_size(s));
	s->slots = wider.slots;
	s->mask = wider.mask;
	return true;
}

/* By a sixteenth: what is not used yet must not count much. */
static bool
grow_entries(struct shard *s, uint64_t entries, struct error *err)
{
	size_t need = entries * sizeof(*s->entries), size = s->size;
	struct entry *more;

	while (size < need)
		size += (size / 16 / ROOM + 1) * ROOM;
	if (!(more = memory_pages(s->entries, s->size, size, err)))
		return false;
	s->entries = more;
	s->size = size;
	return true;
}

static bool
slots_are_full(const struct shard *s, uint64_t entries)
{
	return !s->slots || entries >= s->mask - s->mask / 4;
}

size_t
shard_growth(const struct shard *s, size_t n)
{
	uint64_t entries = (uint64_t)s->n + n;
	size_t size = 0;

	if (slots_are_full(s, entries))
		size += 2 * slots_size(s) + entries * sizeof(*s->slots);
	if (entries * sizeof(*s->entries) > s->size)
		size += s->size / 16 + n * sizeof(*s->entries) + ROOM;
	return size;
}

bool
shard_room(struct shard *s, size_t n, struct error *err)
{
	uint64_t entries = (uint64_t)s->n + n;

	if (slots_are_full(s, entries) && !grow_slots(s, entries, err))
		return false;
	return entries * sizeof(*s->entries) <= s->size || grow_entries(s, entries, err);
}

bool
shard_add(struct shard *s, struct row_hash hash, uint64_t place)
{
	for (uint32_t at = (uint32_t)hash.low & s->mask;; at = (at + 1) & s->mask) {
		uint32_t slot = s->slots[at];
		struct entry *entry;

		if (!slot) {
			s->slots[at] = slot_value(s, hash, s->n);
			s->entries[s->n++] = (struct entry){ hash, place };
			return true;
		}
		if (((slot ^ (uint32_t)(hash.low >> 32)) & ~s->mask))
			continue;
		entry = &s->entries[(slot & s->mask) - 1];
		if (entry->hash.low == hash.low && entry->hash.high == hash.high) {
			entry->place = entry->place < place ? entry->place : place;
			return false;
		}
	}
}
