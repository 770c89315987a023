/*
 * feed.h - the rows of a root, in chunks that are the same in every pass.
 *
 * A root is a source (chunks of its file, read in parallel) or a table (its batches).
 * Chunks are handed out in order; what a chunk holds does not depend on who reads it.
 */
#ifndef RUN_FEED_H
#define RUN_FEED_H

#include "run/plan.h"

struct pass; /* io/io.h */

struct feed {
	struct knot *root;
	struct pass *pass;  /* of a source */
	atomic_size_t next; /* of a table */
};

struct feed_reader; /* of one thread */

/* The columns that the root's wanted marks ask for, in batches of at most rows. reader:
 * the only step that reads the root, or NULL: what it would cast comes cast. again: the
 * root will be read once more after this pass. */
CHECKED bool feed_open(struct feed *feed, struct knot *root, const struct knot *reader,
		       size_t batch_rows, bool again, struct arena *arena,
		       struct error *err);
/* After its readers; what was odd in the data is noted in the root, if the pass read
 * all of it. */
void feed_close(struct feed *feed, bool read_all);

/* How far the pass is: bytes of a source, batches of a table; total 0: not known. */
void feed_progress(const struct feed *feed, size_t *done, size_t *total);

CHECKED struct feed_reader *feed_reader_new(struct feed *feed, struct error *err);
void feed_reader_free(struct feed_reader *reader);

/* The next chunk becomes the reader's; *any false: there is none. */
CHECKED bool feed_take(struct feed_reader *reader, size_t *chunk, bool *any,
		       struct error *err);

/* The next batch of the chunk, or *batch NULL at its end. As wide as the root's schema;
 * columns that are not wanted are NULL. */
CHECKED bool feed_batch(struct feed_reader *reader, struct batch **batch,
			struct error *err);

#endif
