/* cache - a list of tables, the one used last in front. */
#include "run/cache.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { KEY_SIZE = 41 };

struct entry {
	struct entry *next; /* used before this one */
	char key[KEY_SIZE];
	struct arena arena;
	struct kept kept;
	size_t bytes;
};

struct cache {
	pthread_mutex_t lock;
	size_t budget, bytes;
	struct entry *first;
};

struct cache *
cache_new(size_t budget, struct error *err)
{
	struct cache *cache = calloc(1, sizeof(*cache));

	if (!cache) {
		fail(err, "out of memory");
		return NULL;
	}
	cache->budget = budget;
	pthread_mutex_init(&cache->lock, NULL);
	return cache;
}

static void
entry_free(struct entry *entry)
{
	batch_free(entry->kept.rows);
	arena_release(&entry->arena);
	free(entry);
}

/* All from *slot on. */
static void
drop_from(struct cache *cache, struct entry **slot)
{
	struct entry *entry = *slot, *next;

	*slot = NULL;
	for (; entry; entry = next) {
		next = entry->next;
		cache->bytes -= entry->bytes;
		entry_free(entry);
	}
}

void
cache_clear(struct cache *cache)
{
	pthread_mutex_lock(&cache->lock);
	drop_from(cache, &cache->first);
	pthread_mutex_unlock(&cache->lock);
}

void
cache_free(struct cache *cache)
{
	if (!cache)
		return;
	drop_from(cache, &cache->first);
	pthread_mutex_destroy(&cache->lock);
	free(cache);
}

size_t
cache_bytes(struct cache *cache)
{
	size_t bytes;

	pthread_mutex_lock(&cache->lock);
	bytes = cache->bytes;
	pthread_mutex_unlock(&cache->lock);
	return bytes;
}

/* Buffers that columns share count for each: more is never held than is said. */
static size_t
kept_bytes(const struct kept *kept)
{
	size_t bytes = sizeof(struct entry);

	for (size_t i = 0; i < kept->rows->n; i++)
		if (kept->rows->at[i])
			bytes += column_bytes(kept->rows->at[i]);
	return bytes;
}

/* Columns are shared, names are copied. */
static bool
kept_copy(struct kept *to, const struct kept *from, struct arena *arena,
	  struct error *err)
{
	*to = (struct kept){ .complete = from->complete };
	for (size_t i = 0; i < from->schema.n; i++)
		schema_add(&to->schema, from->schema.at[i].name, from->schema.at[i].type,
			   arena);
	for (size_t i = 0; i < from->warnings.n; i++)
		names_add(&to->warnings, from->warnings.at[i], arena);
	to->rows = batch_copy(from->rows, err);
	return to->rows != NULL;
}

/* The slot that holds the entry of that key, or the one behind the last. */
static struct entry **
find(struct cache *cache, const char *key)
{
	struct entry **slot = &cache->first;

	while (*slot && strcmp((*slot)->key, key) != 0)
		slot = &(*slot)->next;
	return slot;
}

static void
to_front(struct cache *cache, struct entry **slot)
{
	struct entry *entry = *slot;

	*slot = entry->next;
	entry->next = cache->first;
	cache->first = entry;
}

bool
cache_find(struct cache *cache, const char *key, size_t rows, struct kept *out,
	   bool *found, struct arena *arena, struct error *err)
{
	struct entry **slot;
	bool ok = true;

	pthread_mutex_lock(&cache->lock);
	slot = find(cache, key);
	*found = *slot && ((*slot)->kept.complete || (*slot)->kept.rows->rows >= rows);
	if (*found) {
		to_front(cache, slot);
		ok = kept_copy(out, &cache->first->kept, arena, err);
	}
	pthread_mutex_unlock(&cache->lock);
	return ok;
}

/* From the first one that does not fit into the budget on, all go. */
static void
shrink(struct cache *cache)
{
	struct entry **slot = &cache->first;
	size_t bytes = 0;

	for (; *slot; slot = &(*slot)->next) {
		bytes += (*slot)->bytes;
		if (bytes > cache->budget) {
			drop_from(cache, slot);
			return;
		}
	}
}

void
cache_put(struct cache *cache, const char *key, const struct kept *kept)
{
	struct entry *entry = calloc(1, sizeof(*entry)), **slot, *old;
	struct error err;

	if (!entry)
		return;
	snprintf(entry->key, sizeof(entry->key), "%s", key);
	entry->bytes = kept_bytes(kept);
	if (entry->bytes > cache->budget ||
	    !kept_copy(&entry->kept, kept, &entry->arena, &err)) {
		entry_free(entry);
		return;
	}
	pthread_mutex_lock(&cache->lock);
	slot = find(cache, key);
	if ((old = *slot)) {
		*slot = old->next;
		cache->bytes -= old->bytes;
		entry_free(old);
	}
	entry->next = cache->first;
	cache->first = entry;
	cache->bytes += entry->bytes;
	shrink(cache);
	pthread_mutex_unlock(&cache->lock);
}
