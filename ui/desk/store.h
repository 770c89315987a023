/*
 * store.h - rows that can be read from anywhere: of a file as it stands, or of a table.
 *
 * A file's rows are found by its index (run/excerpt.h), which grows while somebody works
 * on it. A table takes batches one after the other and may be read meanwhile; it goes to
 * the disk when memory is short. Whoever holds a store drops it; any thread.
 */
#ifndef DESK_STORE_H
#define DESK_STORE_H

#include "run/excerpt.h"

struct store;

/* That of a node whose rows are those of a file, as excerpt.h has it; *out is NULL if
 * they are not. What types it learned for that is set in the flow. */
CHECKED bool store_of_node(struct flow *flow, const char *node,
			   const struct run_options *options, struct store **out,
			   struct error *err);
/* A table without rows. spill: where to put what memory has no room for; NULL: nowhere.
 */
CHECKED struct store *store_new(const struct schema *schema, struct spill *spill,
				struct error *err);
struct store *store_share(struct store *store);
void store_drop(struct store *store); /* NULL is fine */

const struct schema *store_schema(const struct store *store);
/* NULL: it is a table. */
struct excerpt *store_excerpt(struct store *store);

/* Rows behind those there are; the batch stays the caller's. */
CHECKED bool store_add(struct store *store, const struct batch *batch, struct error *err);
/* All rows of a table, which is empty then, as those of a store that has none. */
CHECKED bool store_adopt(struct store *store, struct table *table, struct error *err);

/* Rows that can be read now; waits for nobody. */
uint64_t store_rows(struct store *store);
/* Those of [first, first + n) that there are, as one batch; none of them: an empty one.
 * wanted: by column, false: it stays NULL; NULL: all of them. */
CHECKED bool store_read(struct store *store, uint64_t first, size_t n, const bool *wanted,
			struct batch **out, struct error *err);

/* As many rows as are worth reading at once, by the number of columns. */
size_t store_window(const struct store *store);

#endif
