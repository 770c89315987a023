/*
 * row_index_read - rows by their numbers: the chunk is found, and read from there on; of a
 * stream, from its start.
 */
#include "io/row_index_parts.h"

/* Among those joined: the last that starts at the row or before it, and has rows. */
static size_t
find_chunk(const struct row_index *index, uint64_t row)
{
	size_t low = 0, high = index->joined;

	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;

		if (index_chunk(index, middle)->first <= row)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The chunk that a known row begins in, and the row's number within it. */
static void
find_row(struct row_index *index, uint64_t row, size_t *chunk, uint64_t *within)
{
	pthread_mutex_lock(&index->lock);
	*chunk = index->joined ? find_chunk(index, row) : 0;
	*within = index->joined ? row - index_chunk(index, *chunk)->first : row;
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
		struct part *part = index_part(index, chunk);
		const size_t number = chunk - part->first;

		index_seed(index, part, number);
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
	find_row(index, first, &chunk, &within);
	ok = pass_open(index->source, &want, &pass, err) &&
	     reader_open(pass, &reader, err) &&
	     (index->direct ? read_directly(index, reader, chunk, within, most, out, err)
			    : read_through(reader, chunk, within, most, out, err));
	reader_close(reader);
	pass_close(pass);
	return ok;
}
