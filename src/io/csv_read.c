/* csv_read - batches out of the rows of a chunk. */
#include "io/csv_read.h"

#include <stdlib.h>

enum {
	MOST_CELLS = 1u << 22, /* of a batch: many columns make it shorter */
};

static bool
new_buffers(struct csv_reader *r, struct error *err)
{
	struct buffer **all[] = { &r->raw,  &r->at,     &r->row_ends,
				  &r->rows, &r->values, &r->cells };

	for (size_t i = 0; i < COUNT(all); i++)
		if (!(*all[i] = buffer_new(0, err)))
			return false;
	return true;
}

bool
csv_reader_init(struct csv_reader *r, struct pass *pass, size_t columns,
		struct error *err)
{
	const enum type *types = pass->want.types;
	size_t *wanted = malloc((columns + 1) * sizeof(*wanted));

	*r = (struct csv_reader){ .base = { pass }, .columns = columns };
	r->wanted = wanted;
	r->place = malloc((columns + 1) * sizeof(*r->place));
	if (!wanted || !r->place)
		return fail(err, "out of memory: the system refused %zu columns",
			    columns);
	for (size_t i = 0; i < columns; i++)
		if (types[i])
			wanted[r->n_wanted++] = i;
	for (size_t i = 0, k = 0; i < columns; i++)
		r->place[i] = types[i] ? k++ : r->n_wanted;
	r->out = calloc(r->n_wanted + 1, sizeof(*r->out));
	r->bytes_out = calloc(r->n_wanted + 1, sizeof(*r->bytes_out));
	r->dictionaries = calloc(r->n_wanted + 1, sizeof(*r->dictionaries));
	if (!r->out || !r->bytes_out || !r->dictionaries)
		return fail(err, "out of memory: the system refused %zu columns",
			    columns);
	return new_buffers(r, err);
}

void
csv_reader_release(struct csv_reader *r)
{
	buffer_drop(r->raw);
	buffer_drop(r->at);
	buffer_drop(r->row_ends);
	buffer_drop(r->rows);
	buffer_drop(r->values);
	buffer_drop(r->cells);
	free(r->wanted);
	free(r->place);
	free(r->out);
	free(r->bytes_out);
	for (size_t i = 0; r->dictionaries && i < r->n_wanted; i++)
		dictionary_release(&r->dictionaries[i]);
	free(r->dictionaries);
}

void
csv_met(struct csv_reader *r, enum trouble kind, size_t place)
{
	struct trouble_place at = { r->chunk, place, r->file->origin.path };

	troubles_add(&r->met, kind, &at);
}

static uint64_t
line_of(const struct csv_reader *r, size_t place)
{
	struct text before = { csv_reader_data(r).data, place };

	return r->line + csv_count_lines(&r->file->rules, before) + 1;
}

void
csv_reader_clear(struct csv_reader *r)
{
	for (int kind = 0; kind < TROUBLES; kind++)
		for (size_t i = 0; i < r->met.n_places[kind]; i++) {
			uint64_t *line = &r->met.place[kind][i].line;

			*line = kind == TROUBLE_HEADER ? 1 : line_of(r, (size_t)*line);
		}
	troubles_merge(&r->troubles, &r->met);
	r->met = (struct troubles){ 0 };
	r->n_rows = r->row = 0;
}

static size_t
rows_now(const struct csv_reader *r)
{
	size_t most = r->base.pass->want.batch_rows, left = r->n_rows - r->row;

	if (r->n_wanted && most > MOST_CELLS / r->n_wanted)
		most = MOST_CELLS / r->n_wanted;
	most = most ? most : 1;
	return left < most ? left : most;
}

static bool
fill(struct csv_reader *r, size_t n, struct error *err)
{
	struct text values[CELLS_TILE];

	for (size_t done = 0; done < n; done += CELLS_TILE) {
		size_t tile = n - done < CELLS_TILE ? n - done : CELLS_TILE;

		for (size_t i = 0; i < r->n_wanted; i++) {
			if (r->file->plain)
				csv_chunk_values(r, r->wanted[i], r->row + done, tile,
						 values);
			else
				csv_piece_values(r, i, r->row + done, tile, values);
			if (!cells_add(&r->out[i], values, tile, err))
				return false;
		}
	}
	return true;
}

static bool
open_columns(struct csv_reader *r, size_t n, struct error *err)
{
	const enum type *types = r->base.pass->want.types;

	for (size_t i = 0; i < r->n_wanted; i++)
		if (!cells_open(&r->out[i], types[r->wanted[i]], n,
				r->bytes_out[i] + r->bytes_out[i] / 8,
				&r->dictionaries[i], err))
			return false;
	return true;
}

static bool
hand_over(struct csv_reader *r, struct batch *batch, struct error *err)
{
	for (size_t i = 0; i < r->n_wanted; i++) {
		struct column *c = cells_take(&r->out[i], err);

		if (!c)
			return false;
		r->bytes_out[i] = c->bytes ? c->bytes->size : 0;
		batch_take(batch, r->wanted[i], c);
	}
	return true;
}

/* The file's name n times: one word of a dictionary. */
static struct column *
file_name(const struct csv_reader *r, size_t n, struct error *err)
{
	struct build word;
	struct column *c;

	build_start(&word, TYPE_STRING, 1);
	build_text(&word, text_of(r->file->shown));
	c = column_new(TYPE_DATE, n, err); /* int32 zeroes: the codes */
	if (!c) {
		build_discard(&word);
		return NULL;
	}
	c->type = TYPE_STRING;
	c->layout = LAYOUT_DICTIONARY;
	c->dictionary = build_end(&word, err);
	if (c->dictionary)
		return c;
	column_drop(c);
	return NULL;
}

bool
csv_reader_batch(struct csv_reader *r, struct batch **out, struct error *err)
{
	const struct pass *pass = r->base.pass;
	size_t n = rows_now(r);
	struct batch *batch;

	if (n == 0)
		return true;
	batch = batch_new(pass->source->schema.n, n, err);
	if (!batch)
		return false;
	if (!open_columns(r, n, err) || !fill(r, n, err) || !hand_over(r, batch, err))
		goto failed;
	if (batch->n > r->columns && pass->want.types[r->columns] &&
	    !(batch->at[r->columns] = file_name(r, n, err)))
		goto failed;
	r->row += n;
	*out = batch;
	return true;
failed:
	for (size_t i = 0; i < r->n_wanted; i++)
		cells_drop(&r->out[i]);
	batch_free(batch);
	return false;
}
