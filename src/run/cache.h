/*
 * cache.h - first rows of nodes that were looked at, by what they are made of.
 *
 * A screen that shows a flow makes one cache, puts it into run_options.cache, and asks
 * head_of_node() (head.h) for whatever is on view, from any thread. Rows are found again
 * by the content above them (content.h): a step that is edited, switched or undone has
 * other rows from there on, and the same above; so what is edited at step 9 of 12 is run
 * from what step 8 gave. Nobody has to say what is out of date: a key means the same rows
 * for ever, and what nobody asks for any more is the first to go.
 *
 * Batches are shared and read-only. Their memory is counted as all data is (--memory);
 * budget is what the cache may hold of it.
 */
#ifndef RUN_CACHE_H
#define RUN_CACHE_H

#include "base/arena.h"
#include "base/names.h"
#include "data/batch.h"

struct cache;

CHECKED struct cache *cache_new(size_t budget, struct error *err);
void cache_free(struct cache *cache);  /* NULL is fine */
void cache_clear(struct cache *cache); /* gives its memory back */
size_t cache_bytes(struct cache *cache);

/* The first rows of a node. */
struct kept {
	struct schema schema;
	struct batch *rows;
	bool complete;         /* there are no more */
	struct names warnings; /* of the run that made them */
};

/* A key is a fingerprint of at most 40 characters. */

/* What stands under the key, if that is so many rows or all there are: *found. Names live
 * in the arena, the batch (which may have more rows) is the caller's. */
CHECKED bool cache_find(struct cache *cache, const char *key, size_t rows,
			struct kept *out, bool *found, struct arena *arena,
			struct error *err);

/* Keep it, in place of what stands there. What is more than the budget, or cannot be held
 * for another reason, is not kept. */
void cache_put(struct cache *cache, const char *key, const struct kept *kept);

#endif
