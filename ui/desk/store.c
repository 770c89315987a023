/*
 * store - a table is read batch by batch, found by the rows up to each one's end.
 */
#include "desk/store.h"

#include <stdlib.h>

enum {
	WINDOW_CELLS = 1 << 17,
	WINDOW_LEAST = 128,
	WINDOW_MOST = 2048,
};

struct store {
	atomic_int refs;
	struct arena arena;
	struct schema schema;
	bool is_file;
	struct excerpt excerpt;
	pthread_mutex_t lock; /* of the table and its ends, while it grows */
	struct table table;
	struct buffer *ends; /* uint64 by batch: rows up to its end */
	atomic_uint_fast64_t rows;
};

static struct store *
new_store(struct error *err)
{
	struct store *store = calloc(1, sizeof *store);

	if (!store) {
		fail(err, "out of memory: the system refused a table");
		return NULL;
	}
	store->refs = 1;
	pthread_mutex_init(&store->lock, NULL);
	return store;
}

bool
store_of_node(struct flow *flow, const char *node, const struct run_options *options,
	      struct store **out, struct error *err)
{
	struct store *store = new_store(err);

	*out = NULL;
	if (!store)
		return false;
	if (!excerpt_of_node(flow, node, options, &store->excerpt, &store->is_file,
			     err)) {
		store->is_file = false;
		store_drop(store);
		return false;
	}
	if (store->is_file)
		*out = store;
	else
		store_drop(store);
	return true;
}

struct store *
store_new(const struct schema *schema, struct spill *spill, struct error *err)
{
	struct store *store = new_store(err);
	bool ok = store && (!spill || table_may_spill(&store->table, spill, err)) &&
		  (store->ends = buffer_new(0, err));

	for (size_t i = 0; ok && i < schema->n; i++)
		schema_add(&store->schema, schema->at[i].name, schema->at[i].type,
			   &store->arena);
	if (ok)
		return store;
	store_drop(store);
	return NULL;
}

struct store *
store_share(struct store *store)
{
	atomic_fetch_add(&store->refs, 1);
	return store;
}

void
store_drop(struct store *store)
{
	if (!store || atomic_fetch_sub(&store->refs, 1) > 1)
		return;
	if (store->is_file)
		excerpt_close(&store->excerpt);
	table_release(&store->table);
	buffer_drop(store->ends);
	pthread_mutex_destroy(&store->lock);
	arena_release(&store->arena);
	free(store);
}

const struct schema *
store_schema(const struct store *store)
{
	return store->is_file ? &store->excerpt.schema : &store->schema;
}

struct excerpt *
store_excerpt(struct store *store)
{
	return store->is_file ? &store->excerpt : NULL;
}

static uint64_t *
ends_of(const struct store *store)
{
	return (uint64_t *)(void *)store->ends->data;
}

static bool
add(struct store *store, const struct batch *batch, struct error *err)
{
	struct batch *copy = batch_copy(batch, err);
	uint64_t end;

	if (!copy || !table_take(&store->table, copy, err))
		return false;
	end = store->table.rows;
	if (!buffer_append(store->ends, &end, sizeof end, err))
		return false;
	atomic_store(&store->rows, end);
	return true;
}

bool
store_add(struct store *store, const struct batch *batch, struct error *err)
{
	bool ok;

	if (batch->rows == 0)
		return true;
	pthread_mutex_lock(&store->lock);
	ok = add(store, batch, err);
	pthread_mutex_unlock(&store->lock);
	return ok;
}

/* No column is wanted to see how many rows there are. */
static bool
find_ends(struct store *store, struct error *err)
{
	const bool *none = ARENA_ARRAY(&store->arena, store->schema.n + 1, bool);
	uint64_t end = 0;

	for (size_t i = 0; i < store->table.n; i++) {
		struct batch *batch;

		if (!table_columns(&store->table, i, none, &batch, err))
			return false;
		end += batch->rows;
		batch_free(batch);
		if (!buffer_append(store->ends, &end, sizeof end, err))
			return false;
	}
	return true;
}

bool
store_adopt(struct store *store, struct table *table, struct error *err)
{
	bool ok;

	pthread_mutex_lock(&store->lock);
	table_release(&store->table);
	store->table = *table;
	*table = (struct table){ 0 };
	ok = find_ends(store, err);
	atomic_store(&store->rows, store->table.rows);
	pthread_mutex_unlock(&store->lock);
	return ok;
}

uint64_t
store_rows(struct store *store)
{
	bool whole;

	return store->is_file ? row_index_rows(store->excerpt.index, &whole)
			      : atomic_load(&store->rows);
}

/* The first batch that ends behind a row. */
static size_t
find_batch(const struct store *store, uint64_t row)
{
	size_t low = 0, high = store->table.n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (ends_of(store)[middle] <= row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The batch that holds row `first`, and where in it; NULL: there is none. */
static bool
batch_with(struct store *store, uint64_t first, const bool *wanted, struct batch **batch,
	   size_t *skip, struct error *err)
{
	bool ok = true;
	size_t i;

	*batch = NULL;
	pthread_mutex_lock(&store->lock);
	i = find_batch(store, first);
	if (i < store->table.n) {
		*skip = (size_t)(first - (i ? ends_of(store)[i - 1] : 0));
		ok = table_columns(&store->table, i, wanted, batch, err);
	}
	pthread_mutex_unlock(&store->lock);
	return ok;
}

/* The lock is free between batches, for those who add some. */
static bool
read_table(struct store *store, uint64_t first, size_t n, const bool *wanted,
	   struct table *out, struct error *err)
{
	while (n) {
		struct batch *batch, *part;
		size_t skip = 0, left;

		if (!batch_with(store, first, wanted, &batch, &skip, err))
			return false;
		if (!batch)
			return true;
		left = batch->rows - skip < n ? batch->rows - skip : n;
		part = batch_slice(batch, skip, left, err);
		batch_free(batch);
		if (!part || !table_take(out, part, err))
			return false;
		first += left;
		n -= left;
	}
	return true;
}

bool
store_read(struct store *store, uint64_t first, size_t n, const bool *wanted,
	   struct batch **out, struct error *err)
{
	struct table rows = { 0 };
	bool ok;

	if (store->is_file)
		return excerpt_rows(&store->excerpt, first, n, wanted, out, err);
	ok = read_table(store, first, n, wanted, &rows, err);
	*out = ok ? table_whole(&rows, &store->schema, err) : NULL;
	table_release(&rows);
	return *out != NULL;
}

size_t
store_window(const struct store *store)
{
	const size_t rows = WINDOW_CELLS / (store_schema(store)->n + 1);

	return rows < WINDOW_LEAST  ? WINDOW_LEAST
	       : rows > WINDOW_MOST ? WINDOW_MOST
				    : rows;
}
