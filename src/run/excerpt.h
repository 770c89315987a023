/*
 * excerpt.h - any rows of a file at once, typed as the first ones are.
 *
 * An excerpt is made once a file: it finds the types and holds the file open; its index
 * grows while others work on it (row_index_work()), and rows that the index knows are
 * read by going to them. The file may be one that no flow describes, or that of a node
 * that passes its rows on as they are: a source, or steps behind it that only find types.
 */
#ifndef RUN_EXCERPT_H
#define RUN_EXCERPT_H

#include <pthread.h>

#include "io/row_index.h"
#include "run/run.h"

struct excerpt {
	struct arena arena;
	struct schema schema; /* as a flow types the columns */
	struct source *source;
	struct row_index *index;
	size_t *from;       /* by column of the schema: which one of the source it is */
	enum type *types;   /* by column of the source: that readers cast to */
	struct schema read; /* the same with names */
	struct datetime_format *formats; /* of the columns that they cannot cast */
	bool needs_formats;              /* some are not known yet */
	pthread_mutex_t lock;            /* of the formats */
};

CHECKED bool excerpt_open(const char *path, const struct run_options *options,
			  struct excerpt *excerpt, struct error *err);
/* That of a node. *fits: false, with nothing to close: its rows are others than the
 * file's, or cannot be got at one without the other (Parquet, compressed). What types it
 * learned for that is set in the flow. */
CHECKED bool excerpt_of_node(struct flow *flow, const char *node,
			     const struct run_options *options, struct excerpt *excerpt,
			     bool *fits, struct error *err);
/* How the texts of columns become moments, by column of the source, in the arena; *known:
 * false: not yet, the index has too few rows. Any thread. */
CHECKED bool excerpt_formats(struct excerpt *excerpt, struct datetime_format **out,
			     struct arena *arena, bool *known, struct error *err);
void excerpt_close(struct excerpt *excerpt); /* {0} is fine */

/* Rows [first, first + n), as far as the index knows them. wanted: by column of the
 * schema, false: it stays NULL; NULL: all of them. Any thread. */
CHECKED bool excerpt_rows(struct excerpt *excerpt, uint64_t first, size_t n,
			  const bool *wanted, struct batch **out, struct error *err);

#endif
