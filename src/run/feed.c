/* feed - one face for files and tables. */
#include "run/feed.h"

#include <stdlib.h>

#include "io/io.h"

struct feed_reader {
	struct feed *feed;
	struct reader *reader; /* of a source */
	size_t at;             /* batch of a table; feed->root->table.n: none */
};

/* Types by column: the root's own, what the reader would cast them to, 0: not read. */
static enum type *
wanted_types(const struct knot *root, const struct knot *reader, struct arena *arena)
{
	enum type *types = ARENA_ARRAY(arena, root->schema.n + 1, enum type);
	enum type *cast = ARENA_ARRAY(arena, root->schema.n + 1, enum type);

	if (reader && reader->step->op->casts && knot_is_ready(reader))
		reader->step->op->casts(reader->step->fields, reader->step->learned,
					reader->step->in, cast);
	for (size_t i = 0; i < root->schema.n; i++)
		if (!root->wanted || root->wanted[i])
			types[i] = cast[i] ? cast[i] : root->schema.at[i].type;
	return types;
}

bool
feed_open(struct feed *feed, struct knot *root, const struct knot *reader,
	  size_t batch_rows, bool again, struct arena *arena, struct error *err)
{
	struct want want = { .batch_rows = batch_rows, .again = again };

	*feed = (struct feed){ .root = root };
	if (!root->source)
		return true;
	want.types = wanted_types(root, reader, arena);
	return pass_open(root->source, &want, &feed->pass, err);
}

void
feed_close(struct feed *feed, bool read_all)
{
	if (!feed->pass)
		return;
	if (read_all && !pass_recalls(feed->pass))
		pass_troubles(feed->pass, feed->root->troubles);
	pass_close(feed->pass);
}

void
feed_progress(const struct feed *feed, size_t *done, size_t *total)
{
	if (feed->pass) {
		*done = (size_t)pass_bytes(feed->pass);
		*total = (size_t)feed->root->source->bytes;
	} else {
		*done = feed->next;
		*total = feed->root->table.n;
	}
}

struct feed_reader *
feed_reader_new(struct feed *feed, struct error *err)
{
	struct feed_reader *reader = calloc(1, sizeof(*reader));

	if (!reader) {
		fail(err, "out of memory");
		return NULL;
	}
	reader->feed = feed;
	reader->at = feed->root->table.n;
	if (!feed->pass || reader_open(feed->pass, &reader->reader, err))
		return reader;
	free(reader);
	return NULL;
}

void
feed_reader_free(struct feed_reader *reader)
{
	reader_close(reader->reader);
	free(reader);
}

bool
feed_take(struct feed_reader *reader, size_t *chunk, bool *any, struct error *err)
{
	struct feed *feed = reader->feed;

	if (feed->pass)
		return reader_claim(reader->reader, chunk, any, err);
	*chunk = reader->at = atomic_fetch_add(&feed->next, 1);
	*any = reader->at < feed->root->table.n;
	return true;
}

bool
feed_batch(struct feed_reader *reader, struct batch **batch, struct error *err)
{
	const struct knot *root = reader->feed->root;
	const struct table *table = &root->table;
	size_t at = reader->at;

	if (reader->reader)
		return reader_next(reader->reader, batch, err);
	*batch = NULL;
	if (at >= table->n)
		return true;
	reader->at = table->n;
	return table_columns(table, at, root->wanted, batch, err);
}
