/*
 * csv_chunk - the rows that start in a chunk of a plain file.
 *
 * The chunk is read into a buffer that stays from chunk to chunk (cheaper than mapping,
 * and a file that shrinks is an error, not a signal). A row that goes on behind the
 * chunk is read to its end, a little at a time at first.
 */
#include "io/csv_read.h"

enum { FIRST_STEP = 4096, LAST_STEP = 1 << 20 };

/* The work on one chunk. */
struct work {
	struct csv_reader *r;
	struct csv_file *file;
	size_t chunk; /* the next behind what is read, if size is at its place */
	uint64_t begin;
	size_t own;  /* bytes of the chunk itself */
	size_t size; /* bytes read from begin on */
	struct csv_state state;
	bool open; /* behind a quote that never closes, in its line */
};

static const char *
data_of(const struct work *w)
{
	return w->r->raw->data + w->r->before;
}

/* More bytes behind those that are there. */
static bool
read_more(struct work *w, size_t n, struct error *err)
{
	struct buffer *raw = w->r->raw;

	if (n > UINT32_MAX - 4096 - w->size)
		return fail(err, "'%s' has a row of more than 4 GB; is '%c' its quote?",
			    w->file->origin.path, w->file->rules.quote);
	if (!buffer_reserve(raw, n, err) ||
	    !csv_file_read(w->file, w->begin + w->size, raw->data + raw->size, n, err))
		return false;
	raw->size += n;
	w->size += n;
	return true;
}

static bool
need_places(struct csv_reader *r, size_t n, struct error *err)
{
	r->at->size = r->index.n * sizeof(uint32_t);
	r->row_ends->size = r->index.n_rows * sizeof(uint32_t);
	if (!buffer_reserve(r->at, n * sizeof(uint32_t), err) ||
	    !buffer_reserve(r->row_ends, n * sizeof(uint32_t), err))
		return false;
	r->index.at = (uint32_t *)(void *)r->at->data;
	r->index.row_end = (uint32_t *)(void *)r->row_ends->data;
	return true;
}

static bool
scan(struct work *w, size_t from, struct error *err)
{
	if (!need_places(w->r, w->size - from + 1, err))
		return false;
	csv_index_block(&w->file->rules, data_of(w), from, w->size, &w->state,
			&w->r->index);
	return true;
}

static void
put_row_end(struct csv_index *index, size_t place)
{
	index->at[index->n] = (uint32_t)place;
	index->row_end[index->n_rows++] = (uint32_t)index->n++;
}

/* At the place of a chunk: if what is open here never closes, its line ends it. */
static bool
look_for_close(struct work *w, struct error *err)
{
	bool closes;

	if (w->open || w->begin + w->size != csv_chunk_place(w->file, w->chunk))
		return true;
	if (!csv_file_closes(w->file, w->chunk, &w->state, &closes, err))
		return false;
	w->open = !closes;
	return true;
}

/* The end of such a line, if it is there, is a row's end like any other. */
static bool
end_open(struct work *w, struct error *err)
{
	size_t from = w->state.open_at;
	const char *newline;

	if (!w->open)
		return true;
	newline = memchr(data_of(w) + from, w->file->rules.newline, w->size - from);
	if (!newline) {
		w->state.open_at = w->size;
		return true;
	}
	w->open = false;
	w->state = (struct csv_state){ .prev_ok = true };
	if (!need_places(w->r, 1, err))
		return false;
	put_row_end(&w->r->index, (size_t)(newline - data_of(w)));
	return scan(w, (size_t)(newline - data_of(w)) + 1, err);
}

static bool
settle(struct work *w, struct error *err)
{
	return look_for_close(w, err) && end_open(w, err);
}

/* Do the places reach to the end of every row that starts in the chunk? */
static bool
is_whole(const struct work *w)
{
	const struct csv_index *index = &w->r->index;

	return index->n_rows &&
	       index->at[index->row_end[index->n_rows - 1]] + 1 >= w->own;
}

/* Read on until the last row is whole. */
static bool
finish_row(struct work *w, struct error *err)
{
	size_t step = FIRST_STEP;

	while (!is_whole(w)) {
		uint64_t here = w->begin + w->size, next;
		size_t from = w->size, n = step;

		if (here == w->file->size) {
			if (!need_places(w->r, 1, err))
				return false;
			put_row_end(&w->r->index, w->size);
			return true;
		}
		if (here == csv_chunk_place(w->file, w->chunk))
			w->chunk++;
		next = csv_chunk_place(w->file, w->chunk);
		if (n > next - here)
			n = (size_t)(next - here);
		if (!read_more(w, n, err) || (!w->open && !scan(w, from, err)) ||
		    !settle(w, err))
			return false;
		if (step < LAST_STEP)
			step *= 2;
	}
	return true;
}

/* Where the first row of the chunk starts: at the index of which row's end it follows
 * (0: it starts the chunk), or false: no row starts here. */
static bool
first_row(const struct work *w, bool at_start, size_t *ends_before)
{
	const struct csv_index *index = &w->r->index;

	*ends_before = !at_start;
	return at_start ? w->own > 0
			: index->n_rows && index->at[index->row_end[0]] + 1 < w->own;
}

static void
count_fields(struct csv_reader *r, const struct csv_row *row)
{
	if (row->fields < r->columns) {
		r->even = false;
		csv_met(r, TROUBLE_SHORT, row->start);
	} else if (row->fields > r->columns) {
		csv_met(r, TROUBLE_LONG, row->start);
	}
}

/* Take a row in, unless it is blank. end: its place in at. */
static void
take_row(struct work *w, struct csv_row row, size_t end)
{
	struct csv_reader *r = w->r;
	const char *data = data_of(w);
	uint32_t *stop = &r->index.at[end];
	struct text content;

	if (w->file->rules.newline == '\n' && *stop > row.start &&
	    data[*stop - 1] == '\r')
		--*stop;
	content = (struct text){ data + row.start, *stop - row.start };
	if ((content.size == 0 || (unsigned char)content.data[0] <= ' ') &&
	    csv_is_blank(&w->file->rules, content)) {
		if (content.size)
			csv_met(r, TROUBLE_BLANK, row.start);
		return;
	}
	count_fields(r, &row);
	((struct csv_row *)(void *)r->rows->data)[r->n_rows++] = row;
}

static bool
take_rows(struct work *w, size_t ends_before, struct error *err)
{
	const struct csv_index *index = &w->r->index;
	struct csv_row row = { 0 };

	w->r->rows->size = 0;
	if (!buffer_reserve(w->r->rows, index->n_rows * sizeof(row), err))
		return false;
	if (ends_before) {
		row.start = index->at[index->row_end[0]] + 1;
		row.first = index->row_end[0] + 1;
	}
	for (size_t i = ends_before; i < index->n_rows && row.start < w->own; i++) {
		uint32_t end = index->row_end[i], next = index->at[end] + 1;

		row.fields = end - row.first + 1;
		take_row(w, row, end);
		row.start = next;
		row.first = end + 1;
	}
	return true;
}

static bool
load(struct work *w, struct error *err)
{
	struct csv_reader *r = w->r;
	struct text have;
	bool at_start;
	size_t ends_before;

	/* The byte before the chunk is read with it, to see whether a row ends there. */
	r->before = w->chunk > 0;
	r->raw->size = 0;
	if (!buffer_reserve(r->raw, w->own + r->before, err) ||
	    !csv_file_read(w->file, w->begin - r->before, r->raw->data,
			   w->own + r->before, err))
		return false;
	r->raw->size = w->own + r->before;
	w->size = w->own;
	have = (struct text){ r->raw->data, r->raw->size };
	if (!csv_file_state(w->file, w->chunk, have, &w->state, &r->line, err))
		return false;
	at_start = w->chunk == 0 ||
		   (w->state.prev_ok && have.data[0] == w->file->rules.newline);
	w->chunk++;
	if (!scan(w, 0, err) || !settle(w, err))
		return false;
	if (!first_row(w, at_start, &ends_before))
		return true;
	return finish_row(w, err) && take_rows(w, ends_before, err);
}

bool
csv_chunk_load(struct csv_reader *r, struct csv_file *file, size_t chunk,
	       struct error *err)
{
	struct work w = { .r = r, .file = file, .chunk = chunk };

	w.begin = csv_chunk_place(file, chunk);
	w.own = (size_t)(csv_chunk_place(file, chunk + 1) - w.begin);
	r->file = file;
	r->n_rows = r->row = 0;
	r->index.n = r->index.n_rows = 0;
	r->index.quotes = false;
	r->even = true;
	return load(&w, err);
}

static struct text
quoted_value(struct csv_reader *r, char *data, size_t size, size_t place)
{
	struct text value;

	switch (csv_decode(&r->file->rules, data, size, &value)) {
	case CSV_FINE:
		break;
	case CSV_TEXT_BEHIND_QUOTE:
		csv_met(r, TROUBLE_QUOTE, place);
		break;
	case CSV_NEVER_CLOSED:
		csv_met(r, TROUBLE_OPEN, place);
		break;
	}
	return value;
}

/* Where every row has all fields, places follow each other row by row. */
static void
even_values(const struct csv_reader *r, size_t column, size_t row, size_t n,
	    struct text *out)
{
	const struct csv_row *rows = (const struct csv_row *)(void *)r->rows->data + row;
	const char *data = r->raw->data + r->before;
	const uint32_t *at = r->index.at + column;

	for (size_t i = 0; column == 0 && i < n; i++)
		out[i] = (struct text){ data + rows[i].start,
					at[rows[i].first] - rows[i].start };
	for (size_t i = 0; column && i < n; i++) {
		const uint32_t *end = at + rows[i].first;
		const size_t start = (size_t)end[-1] + 1;

		out[i] = (struct text){ data + start, *end - start };
	}
}

/* The same where some have fewer: what is not there is null. */
static void
uneven_values(const struct csv_reader *r, size_t column, size_t row, size_t n,
	      struct text *out)
{
	const struct csv_row *rows = (const struct csv_row *)(void *)r->rows->data + row;

	for (size_t i = 0; i < n; i++)
		if (column < rows[i].fields)
			even_values(r, column, row + i, 1, &out[i]);
		else
			out[i] = (struct text){ 0 };
}

void
csv_chunk_values(struct csv_reader *r, size_t column, size_t row, size_t n,
		 struct text *out)
{
	char *data = r->raw->data + r->before;

	if (r->even)
		even_values(r, column, row, n, out);
	else
		uneven_values(r, column, row, n, out);
	for (size_t i = 0; r->index.quotes && i < n; i++) {
		const size_t start = (size_t)(out[i].data - data);

		if (out[i].size && *out[i].data == (char)r->file->rules.quote)
			out[i] = quoted_value(r, data + start, out[i].size, start);
	}
}
