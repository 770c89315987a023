/*
 * row_index - chunks are counted in any order and joined in theirs.
 *
 * Whether a chunk begins within quotes is known when all before it are joined; until
 * then both counts wait. Where quotes turn out not to be plain, the file's chunks from
 * there on are counted again by a reader, whose word is the last. What was told before
 * stays right: rows before the quote do not depend on it.
 */
#include "io/row_index_parts.h"

#include <stdlib.h>

extern const struct format format_csv;

struct part *
index_part(const struct row_index *index, size_t chunk)
{
	size_t low = 0, high = index->n_parts;

	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;

		if (index->parts[middle].first <= chunk)
			low = middle;
		else
			high = middle;
	}
	return &index->parts[low];
}

/* Files without a chunk have no part. */
static bool
find_parts(struct row_index *index, struct error *err)
{
	size_t n_files;

	if (!csv_source_begin(index->source, &n_files, err))
		return false;
	index->parts = calloc(n_files + 1, sizeof(*index->parts));
	if (!index->parts)
		return fail(err, "out of memory: the system refused %zu files", n_files);
	index->direct = true;
	for (size_t i = 0; i < n_files; i++) {
		struct csv_file *file = csv_source_file(index->source, i);
		struct part part = { file, index->n_chunks, file->n_chunks, SIZE_MAX };

		if (!file->plain)
			index->direct = false;
		if (part.n == 0)
			continue;
		if (!csv_lines_can(&file->rules))
			part.read_from = part.first;
		index->parts[index->n_parts++] = part;
		index->n_chunks += part.n;
	}
	if (!index->direct)
		index->n_chunks = 0;
	index->ended = index->direct && index->n_chunks == 0;
	return buffer_resize(index->chunks, index->n_chunks * sizeof(struct chunk), err);
}

static bool
open_pass(struct row_index *index, struct error *err)
{
	const size_t n = index->source->schema.n;
	enum type *types = calloc(n + 1, sizeof(*types));
	const struct want want = { .types = types };
	bool ok = types ? pass_open(index->source, &want, &index->pass, err)
			: fail(err, "out of memory: the system refused %zu columns", n);

	free(types);
	return ok;
}

bool
row_index_new(struct source *source, struct row_index **out, struct error *err)
{
	struct row_index *index = calloc(1, sizeof(*index));

	if (!index)
		return fail(err, "out of memory: the system refused an index");
	index->source = source;
	pthread_mutex_init(&index->lock, NULL);
	if ((index->chunks = buffer_new(0, err)) &&
	    (source->format != &format_csv || find_parts(index, err)) &&
	    open_pass(index, err)) {
		*out = index;
		return true;
	}
	row_index_free(index);
	return false;
}

void
row_index_free(struct row_index *index)
{
	if (!index)
		return;
	pass_close(index->pass);
	buffer_drop(index->chunks);
	free(index->parts);
	pthread_mutex_destroy(&index->lock);
	free(index);
}

bool
row_index_is_direct(const struct row_index *index)
{
	return index->direct;
}

/* Chunks from i on, of part, are for a reader. The lock is held. */
static void
leave_to_reader(struct row_index *index, struct part *part, size_t i)
{
	part->read_from = i;
	for (; i < part->first + part->n; i++)
		index_chunk(index, i)->known = false;
	if (index->next > part->read_from)
		index->next = part->read_from;
	if (index->joined > part->read_from) {
		index->joined = part->read_from;
		index->rows = index_chunk(index, index->joined)->first;
	}
}

/* The state that chunk i begins in; the one before it is joined. */
static bool
begins_inside(const struct row_index *index, const struct part *part, size_t i)
{
	const struct chunk *before;

	if (i == part->first)
		return false;
	before = index_chunk(index, i - 1);
	return before->inside != before->flips;
}

/* The quote that is open at the end of part never closes: the chunk it stands in. */
static size_t
last_with_quotes(const struct row_index *index, const struct part *part)
{
	size_t i = part->first + part->n - 1;

	while (i > part->first && !index_chunk(index, i)->quotes)
		i--;
	return i;
}

/* One more chunk, or fewer where quotes are odd. The lock is held. */
static void
join(struct row_index *index)
{
	const size_t i = index->joined;
	struct part *part = index_part(index, i);
	struct chunk *chunk = index_chunk(index, i);

	chunk->first = index->rows;
	if (!chunk->by_reader) {
		chunk->inside = begins_inside(index, part, i);
		chunk->line = i == part->first ? part->file->first_line
					       : chunk[-1].line + chunk[-1].newlines;
		if (chunk->odd[chunk->inside]) {
			leave_to_reader(index, part, i);
			return;
		}
		if (i + 1 == part->first + part->n && chunk->inside != chunk->flips) {
			leave_to_reader(index, part, last_with_quotes(index, part));
			return;
		}
	}
	index->rows += chunk->rows[chunk->by_reader ? LINES_OUTSIDE : chunk->inside];
	index->joined++;
}

static void
put(struct row_index *index, size_t i, const struct chunk *counted)
{
	struct chunk *chunk = index_chunk(index, i);

	/* Counted in vain, if readers were called for meanwhile. */
	if (!counted->by_reader && i >= index_part(index, i)->read_from)
		return;
	*chunk = *counted;
	chunk->known = true;
	while (index->joined < index->n_chunks &&
	       index_chunk(index, index->joined)->known)
		join(index);
	index->ended = index->joined == index->n_chunks;
}

/* What a chunk needs beside the index, of one thread. */
struct counting {
	struct row_index *index;
	struct buffer *raw;
	struct reader *reader;
	const atomic_bool *cancel;
};

void
index_seed(struct row_index *index, struct part *part, size_t upto)
{
	struct csv_file *file = part->file;

	pthread_mutex_lock(&index->lock);
	pthread_mutex_lock(&file->lock);
	while (file->n_resolved <= upto) {
		const size_t i = part->first + file->n_resolved;
		const struct chunk *chunk = index_chunk(index, i);
		struct csv_mark *mark = &file->marks[file->n_resolved];

		if (i >= index->joined || i >= part->read_from)
			break;
		mark->start = chunk->inside ? CSV_INSIDE : CSV_OUTSIDE;
		if (i > part->first && !chunk->inside && chunk[-1].ends_in_quote)
			mark->start = CSV_CLOSER;
		mark->line = chunk->line;
		file->n_resolved++;
	}
	pthread_mutex_unlock(&file->lock);
	pthread_mutex_unlock(&index->lock);
}

static bool
count_by_reader(struct counting *c, struct part *part, size_t i, struct chunk *out,
		struct error *err)
{
	*out = (struct chunk){ .by_reader = true };
	if (!c->reader && !reader_open(c->index->pass, &c->reader, err))
		return false;
	index_seed(c->index, part, i - part->first);
	if (!csv_reader_go(c->reader, part->file, i - part->first, 0, err))
		return false;
	out->rows[LINES_OUTSIDE] = ((const struct csv_reader *)c->reader)->n_rows;
	return true;
}

static bool
count(struct counting *c, size_t i, bool by_reader, struct error *err)
{
	struct row_index *index = c->index;
	struct part *part = index_part(index, i);
	struct chunk chunk;
	bool ok;

	if (by_reader) {
		ok = count_by_reader(c, part, i, &chunk, err);
	} else {
		ok = csv_file_use(part->file, err);
		if (ok) {
			ok = chunk_count(part->file, i - part->first, c->raw, &chunk,
					 err);
			csv_file_leave(part->file);
		}
	}
	if (!ok)
		return false;
	pthread_mutex_lock(&index->lock);
	put(index, i, &chunk);
	pthread_mutex_unlock(&index->lock);
	return true;
}

/* A chunk to be counted; false: none is left. */
static bool
claim(struct row_index *index, size_t *i, bool *by_reader)
{
	bool got;

	pthread_mutex_lock(&index->lock);
	while (index->next < index->n_chunks && index_chunk(index, index->next)->known)
		index->next++;
	got = !index->failed && index->next < index->n_chunks;
	*i = index->next++;
	*by_reader = got && *i >= index_part(index, *i)->read_from;
	pthread_mutex_unlock(&index->lock);
	return got;
}

static bool
is_cancelled(const struct counting *c)
{
	return c->cancel && atomic_load(c->cancel);
}

static bool
work_directly(struct counting *c, struct error *err)
{
	size_t i;
	bool by_reader, more = true;

	while (more && !is_cancelled(c)) {
		more = claim(c->index, &i, &by_reader);
		if (more && !count(c, i, by_reader, err))
			return false;
	}
	return true;
}

/* Of streams: chunks are numbered by the pass, and their number is met. */
static bool
put_met(struct row_index *index, size_t i, uint64_t rows, struct error *err)
{
	bool ok = true;

	pthread_mutex_lock(&index->lock);
	if (i >= index->n_chunks) {
		ok = buffer_resize(index->chunks, (i + 1) * sizeof(struct chunk), err);
		index->n_chunks = ok ? i + 1 : index->n_chunks;
	}
	if (ok) {
		*index_chunk(index, i) = (struct chunk){ .by_reader = true,
							 .known = true,
							 .rows = { rows, 0 } };
		while (index->joined < index->n_chunks &&
		       index_chunk(index, index->joined)->known) {
			struct chunk *chunk = index_chunk(index, index->joined++);

			chunk->first = index->rows;
			index->rows += chunk->rows[LINES_OUTSIDE];
		}
	}
	pthread_mutex_unlock(&index->lock);
	return ok;
}

static bool
count_batches(struct reader *reader, uint64_t *rows, struct error *err)
{
	struct batch *batch;

	for (*rows = 0; reader_next(reader, &batch, err); batch_free(batch)) {
		if (!batch)
			return true;
		*rows += batch->rows;
	}
	return false;
}

static bool
work_through(struct counting *c, struct error *err)
{
	uint64_t rows;
	size_t i;
	bool more = true;

	if (!reader_open(c->index->pass, &c->reader, err))
		return false;
	while (!is_cancelled(c)) {
		if (!reader_claim(c->reader, &i, &more, err))
			return false;
		if (!more) {
			pthread_mutex_lock(&c->index->lock);
			c->index->end_met = true;
			pthread_mutex_unlock(&c->index->lock);
			return true;
		}
		if (!count_batches(c->reader, &rows, err) ||
		    !put_met(c->index, i, rows, err))
			return false;
	}
	return true;
}

/* A thread ends. Who meets the end of a stream may be overtaken by those at work on the
 * last chunks. err: of its failure, or NULL. */
static void
leave(struct row_index *index, const struct error *err)
{
	pthread_mutex_lock(&index->lock);
	if (err && !index->failed) {
		index->err = *err;
		index->failed = true;
	}
	if (--index->at_work == 0 && index->end_met && !index->failed)
		index->ended = true;
	pthread_mutex_unlock(&index->lock);
}

bool
row_index_work(struct row_index *index, const atomic_bool *cancel, struct error *err)
{
	struct counting c = { .index = index, .cancel = cancel };
	bool ok;

	pthread_mutex_lock(&index->lock);
	index->at_work++;
	pthread_mutex_unlock(&index->lock);
	ok = (c.raw = buffer_new(0, err)) &&
	     (index->direct ? work_directly(&c, err) : work_through(&c, err));
	reader_close(c.reader);
	buffer_drop(c.raw);
	leave(index, ok ? NULL : err);
	return ok;
}

struct helper {
	pthread_t thread;
	struct row_index *index;
	const atomic_bool *cancel;
};

static void *
help(void *context)
{
	struct helper *helper = context;
	struct error err = { 0 };

	/* Kept in the index. */
	if (!row_index_work(helper->index, helper->cancel, &err))
		return NULL;
	return NULL;
}

bool
row_index_build(struct row_index *index, size_t threads, const atomic_bool *cancel,
		struct error *err)
{
	struct helper *helpers = calloc(threads, sizeof(*helpers));
	size_t made = 0;
	bool ok;

	while (helpers && made + 1 < threads) {
		helpers[made] = (struct helper){ .index = index, .cancel = cancel };
		if (pthread_create(&helpers[made].thread, NULL, help, &helpers[made]))
			break;
		made++;
	}
	ok = row_index_work(index, cancel, err);
	for (size_t i = 0; i < made; i++)
		pthread_join(helpers[i].thread, NULL);
	free(helpers);
	if (ok && index->failed) {
		*err = index->err;
		ok = false;
	}
	return ok;
}

uint64_t
row_index_rows(struct row_index *index, bool *whole)
{
	uint64_t rows;

	pthread_mutex_lock(&index->lock);
	rows = index->rows;
	*whole = index->ended;
	pthread_mutex_unlock(&index->lock);
	return rows;
}

double
row_index_share(struct row_index *index)
{
	double share;

	pthread_mutex_lock(&index->lock);
	share = index->direct && index->n_chunks
			? (double)index->joined / (double)index->n_chunks
			: index->ended;
	pthread_mutex_unlock(&index->lock);
	return share;
}
