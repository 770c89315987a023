/*
 * row_index - chunks are counted in any order and joined in theirs.
 *
 * Whether a chunk begins within quotes is known when all before it are joined; until
 * then both counts wait. Where quotes turn out not to be plain, the file's chunks from
 * there on are counted again by a reader, whose word is the last. What was told before
 * stays right: rows before the quote do not depend on it.
 */
#include "io/row_index.h"

#include <pthread.h>
#include <stdlib.h>

#include "io/csv_lines.h"
#include "io/csv_read.h"

enum { BLANKS = 65536 }; /* looked at, at once, behind a chunk that ends in blanks */

struct chunk {
	uint64_t first; /* the first row that starts in it, if joined */
	uint64_t line;  /* newlines of the file before it, if joined */
	uint64_t newlines;
	uint64_t rows[LINES_BOTH];
	bool known;
	bool by_reader; /* rows[LINES_OUTSIDE] is what a reader found */
	bool odd[LINES_BOTH], flips, quotes;
	bool ends_in_quote;
	bool inside; /* it begins within quotes, if joined */
};

struct part { /* a plain file */
	struct csv_file *file;
	size_t first, n;  /* of the chunks */
	size_t read_from; /* chunks from here on are for a reader */
};

struct row_index {
	struct source *source;
	bool direct; /* all files are plain: chunks are theirs, one after the other */
	size_t n_parts;
	struct part *parts;
	struct pass *pass; /* without columns: for readers */

	pthread_mutex_t lock; /* of all below */
	struct buffer *chunks;
	size_t n_chunks; /* of direct: all; else: met so far */
	size_t next;     /* of direct: where to look for one to count */
	size_t joined;
	uint64_t rows;
	size_t at_work; /* threads */
	bool end_met;   /* of a stream; some may be at work yet */
	bool ended, failed;
	struct error err;
};

extern const struct format format_csv;

static struct chunk *
chunk_at(const struct row_index *index, size_t i)
{
	return (struct chunk *)(void *)index->chunks->data + i;
}

static struct part *
part_of(const struct row_index *index, size_t chunk)
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
		chunk_at(index, i)->known = false;
	if (index->next > part->read_from)
		index->next = part->read_from;
	if (index->joined > part->read_from) {
		index->joined = part->read_from;
		index->rows = chunk_at(index, index->joined)->first;
	}
}

/* The state that chunk i begins in; the one before it is joined. */
static bool
begins_inside(const struct row_index *index, const struct part *part, size_t i)
{
	const struct chunk *before;

	if (i == part->first)
		return false;
	before = chunk_at(index, i - 1);
	return before->inside != before->flips;
}

/* The quote that is open at the end of part never closes: the chunk it stands in. */
static size_t
last_with_quotes(const struct row_index *index, const struct part *part)
{
	size_t i = part->first + part->n - 1;

	while (i > part->first && !chunk_at(index, i)->quotes)
		i--;
	return i;
}

/* One more chunk, or fewer where quotes are odd. The lock is held. */
static void
join(struct row_index *index)
{
	const size_t i = index->joined;
	struct part *part = part_of(index, i);
	struct chunk *chunk = chunk_at(index, i);

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
	struct chunk *chunk = chunk_at(index, i);

	/* Counted in vain, if readers were called for meanwhile. */
	if (!counted->by_reader && i >= part_of(index, i)->read_from)
		return;
	*chunk = *counted;
	chunk->known = true;
	while (index->joined < index->n_chunks && chunk_at(index, index->joined)->known)
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

/* A line that starts at place of the file: blank to its end? */
static bool
is_blank_line(struct csv_file *file, uint64_t place, bool *blank, struct error *err)
{
	bool whole = false;
	size_t size = 0;
	struct buffer *line = buffer_new(0, err);
	bool ok = line != NULL;

	*blank = true;
	while (ok && !whole && place + size < file->size) {
		const uint64_t left = file->size - place - size;
		const size_t n = left < BLANKS ? (size_t)left : BLANKS;

		ok = buffer_reserve(line, n, err) &&
		     csv_file_read(file, place + size, line->data + size, n, err);
		size += n;
		line->size = size;
		if (ok)
			*blank = csv_is_blank_line(
				&file->rules, (struct text){ line->data, size }, &whole);
	}
	buffer_drop(line);
	return ok;
}

static bool
settle_unsure(struct csv_file *file, uint64_t begin, struct csv_lines *lines,
	      struct error *err)
{
	for (int began = 0; began < LINES_BOTH; began++) {
		bool blank;

		if (!lines->unsure[began])
			continue;
		if (!is_blank_line(file, begin + lines->unsure_at[began], &blank, err))
			return false;
		lines->rows[began] -= blank;
	}
	return true;
}

/* With the byte before it. */
static bool
count_by_lines(struct counting *c, struct csv_file *file, size_t number,
	       struct chunk *out, struct error *err)
{
	const uint64_t begin = csv_chunk_place(file, number);
	const size_t before = number > 0;
	const size_t size = (size_t)(csv_chunk_place(file, number + 1) - begin);
	struct csv_lines lines;

	c->raw->size = 0;
	if (!buffer_reserve(c->raw, size + before, err) ||
	    !csv_file_read(file, begin - before, c->raw->data, size + before, err))
		return false;
	csv_count_rows(&file->rules, c->raw->data + before, size, !before, &lines);
	if (!settle_unsure(file, begin, &lines, err))
		return false;
	*out = (struct chunk){
		.newlines = lines.newlines,
		.rows = { lines.rows[0], lines.rows[1] },
		.odd = { lines.odd[0], lines.odd[1] },
		.flips = lines.flips,
		.quotes = lines.quotes,
		.ends_in_quote =
			file->rules.quote >= 0 &&
			c->raw->data[size + before - 1] == (char)file->rules.quote,
	};
	return true;
}

/* The file is told what the index knows of the states that its chunks begin in. */
static void
seed(struct row_index *index, struct part *part, size_t upto)
{
	struct csv_file *file = part->file;

	pthread_mutex_lock(&index->lock);
	pthread_mutex_lock(&file->lock);
	while (file->n_resolved <= upto) {
		const size_t i = part->first + file->n_resolved;
		const struct chunk *chunk = chunk_at(index, i);
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
	seed(c->index, part, i - part->first);
	if (!csv_reader_go(c->reader, part->file, i - part->first, 0, err))
		return false;
	out->rows[LINES_OUTSIDE] = ((const struct csv_reader *)c->reader)->n_rows;
	return true;
}

static bool
count(struct counting *c, size_t i, bool by_reader, struct error *err)
{
	struct row_index *index = c->index;
	struct part *part = part_of(index, i);
	struct chunk chunk;
	bool ok;

	if (by_reader) {
		ok = count_by_reader(c, part, i, &chunk, err);
	} else {
		ok = csv_file_use(part->file, err);
		if (ok) {
			ok = count_by_lines(c, part->file, i - part->first, &chunk, err);
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
	while (index->next < index->n_chunks && chunk_at(index, index->next)->known)
		index->next++;
	got = !index->failed && index->next < index->n_chunks;
	*i = index->next++;
	*by_reader = got && *i >= part_of(index, *i)->read_from;
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
		*chunk_at(index, i) = (struct chunk){ .by_reader = true,
						      .known = true,
						      .rows = { rows, 0 } };
		while (index->joined < index->n_chunks &&
		       chunk_at(index, index->joined)->known) {
			struct chunk *chunk = chunk_at(index, index->joined++);

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

/* Among those joined: the last that starts at the row or before it, and has rows. */
static size_t
find_chunk(const struct row_index *index, uint64_t row)
{
	size_t low = 0, high = index->joined;

	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;

		if (chunk_at(index, middle)->first <= row)
			low = middle;
		else
			high = middle;
	}
	return low;
}

void
row_index_find(struct row_index *index, uint64_t row, size_t *chunk, uint64_t *within)
{
	pthread_mutex_lock(&index->lock);
	*chunk = index->joined ? find_chunk(index, row) : 0;
	*within = index->joined ? row - chunk_at(index, *chunk)->first : row;
	pthread_mutex_unlock(&index->lock);
}

/* Batches of the reader's chunk, without the first skip rows, at most left. */
static bool
take_rows(struct reader *reader, uint64_t skip, size_t *left, struct table *out,
	  struct error *err)
{
	struct batch *batch;

	while (*left) {
		struct batch *part;
		size_t first, n;

		if (!reader_next(reader, &batch, err))
			return false;
		if (!batch)
			return true;
		first = skip < batch->rows ? (size_t)skip : batch->rows;
		skip -= first;
		n = batch->rows - first < *left ? batch->rows - first : *left;
		part = batch_slice(batch, first, n, err);
		batch_free(batch);
		if (!part || !table_take(out, part, err))
			return false;
		*left -= n;
	}
	return true;
}

static bool
read_directly(struct row_index *index, struct reader *reader, size_t chunk,
	      uint64_t within, size_t left, struct table *out, struct error *err)
{
	for (; left && chunk < index->n_chunks; chunk++, within = 0) {
		struct part *part = part_of(index, chunk);
		const size_t number = chunk - part->first;

		seed(index, part, number);
		if (!csv_reader_go(reader, part->file, number, (size_t)within, err) ||
		    !take_rows(reader, 0, &left, out, err))
			return false;
	}
	return true;
}

static bool
read_through(struct reader *reader, size_t chunk, uint64_t within, size_t left,
	     struct table *out, struct error *err)
{
	size_t at;
	bool more = true;

	while (left) {
		if (!reader_claim(reader, &at, &more, err))
			return false;
		if (!more)
			return true;
		if (at < chunk)
			continue;
		if (!take_rows(reader, at == chunk ? within : 0, &left, out, err))
			return false;
	}
	return true;
}

bool
row_index_read(struct row_index *index, uint64_t first, size_t n, const enum type *types,
	       struct table *out, struct error *err)
{
	bool whole;
	const uint64_t rows = row_index_rows(index, &whole);
	const size_t most = first >= rows      ? 0
			    : rows - first < n ? (size_t)(rows - first)
					       : n;
	const struct want want = { .types = types,
				   .batch_rows = most < 2048 ? most : 2048 };
	struct pass *pass;
	struct reader *reader = NULL;
	uint64_t within;
	size_t chunk;
	bool ok;

	if (most == 0)
		return true;
	row_index_find(index, first, &chunk, &within);
	ok = pass_open(index->source, &want, &pass, err) &&
	     reader_open(pass, &reader, err) &&
	     (index->direct ? read_directly(index, reader, chunk, within, most, out, err)
			    : read_through(reader, chunk, within, most, out, err));
	reader_close(reader);
	pass_close(pass);
	return ok;
}
