/* table - batches as they are, as pages, in a file, or yet to be made. */
#include "data/table.h"

#include <assert.h>
#include <stdlib.h>

enum { LOOSE_MOST = 32 << 20 }; /* bytes of data in memory, before tables are packed */

/* One of these is there; none: it was let go. */
struct part {
	struct batch *batch;
	struct packed *page;
	struct spill_piece piece;
};

bool
table_may_spill(struct table *table, struct spill *spill, struct error *err)
{
	assert(!table->n && !table->packing);
	table->packing = packing_new(err);
	if (!table->packing)
		return false;
	table->spill = spill_share(spill);
	return true;
}

bool
table_spill_all(struct table *table, struct spill *spill, struct error *err)
{
	table->is_away = true;
	return table_may_spill(table, spill, err);
}

void
table_spill_like(struct table *table, const struct table *other)
{
	assert(!table->n && !table->packing);
	table->packing = packing_share(other->packing);
	table->spill = spill_share(other->spill);
}

void
table_make(struct table *table, const struct table_maker *maker, size_t n, size_t rows)
{
	assert(!table->n && !table->maker.make);
	table->maker = *maker;
	table->n = n;
	table->rows = rows;
}

static bool
need_room(struct table *table, size_t more, struct error *err)
{
	size_t room = table->room ? table->room : 8;
	struct part *parts;

	while (room < table->n + more)
		room *= 2;
	if (room == table->room)
		return true;
	parts = realloc(table->parts, room * sizeof(*parts));
	if (!parts)
		return fail(err, "out of memory: the system refused %zu batches", room);
	table->parts = parts;
	table->room = room;
	return true;
}

static bool
put_away(struct table *table, struct part *part, struct error *err)
{
	bool is_short;

	part->page = pack(table->packing, part->batch, err);
	if (!part->page)
		return false;
	is_short = memory_is_short(0); /* there will be another batch like this one */
	batch_free(part->batch);
	part->batch = NULL;
	if (!table->spill || !(is_short || table->is_away))
		return true;
	if (!spill_put(table->spill, part->page, part->page->size, &part->piece, err))
		return false;
	packed_free(part->page);
	part->page = NULL;
	return true;
}

bool
table_take(struct table *table, struct batch *batch, struct error *err)
{
	struct part part = { .batch = batch };
	size_t rows = batch->rows;

	assert(!table->maker.make);
	if (!need_room(table, 1, err) ||
	    (table->packing && rows &&
	     (table->is_away || memory_used() > LOOSE_MOST || memory_is_short(0)) &&
	     !put_away(table, &part, err))) {
		batch_free(part.batch);
		packed_free(part.page);
		return false;
	}
	table->parts[table->n++] = part;
	table->rows += rows;
	return true;
}

bool
table_take_cut(struct table *table, struct batch *batch, size_t rows, struct error *err)
{
	bool ok = true;

	if (batch->rows <= rows)
		return table_take(table, batch, err);
	for (size_t first = 0; ok && first < batch->rows; first += rows) {
		size_t n = batch->rows - first < rows ? batch->rows - first : rows;
		struct batch *part = batch_slice(batch, first, n, err);

		ok = part && table_take(table, part, err);
	}
	batch_free(batch);
	return ok;
}

bool
table_append(struct table *table, struct table *other, struct error *err)
{
	assert(table->packing == other->packing && !other->maker.make);
	if (!need_room(table, other->n, err))
		return false;
	if (other->n)
		memcpy(table->parts + table->n, other->parts,
		       other->n * sizeof(*other->parts));
	table->n += other->n;
	table->rows += other->rows;
	other->n = other->rows = 0;
	return true;
}

static bool
fetch(const struct table *table, struct spill_piece piece, const bool *wanted,
      struct batch **batch, struct error *err)
{
	struct packed *page = memory_alloc_bare(piece.size, err);

	if (page && spill_get(table->spill, piece, page, err))
		*batch = unpack(table->packing, page, wanted, err);
	memory_free(page, piece.size);
	return *batch != NULL;
}

bool
table_columns(const struct table *table, size_t i, const bool *wanted,
	      struct batch **batch, struct error *err)
{
	const struct part *part = table->maker.make ? NULL : &table->parts[i];

	*batch = NULL;
	assert(i < table->n);
	if (!part)
		return table->maker.make(table->maker.context, i, wanted, batch, err);
	if (part->piece.size)
		return fetch(table, part->piece, wanted, batch, err);
	if (part->page) {
		*batch = unpack(table->packing, part->page, wanted, err);
		return *batch != NULL;
	}
	*batch = batch_copy(part->batch, err);
	for (size_t c = 0; *batch && wanted && c < (*batch)->n; c++)
		if (!wanted[c])
			batch_take(*batch, c, NULL);
	return *batch != NULL;
}

bool
table_batch(const struct table *table, size_t i, struct batch **batch, struct error *err)
{
	return table_columns(table, i, NULL, batch, err);
}

static void
let_go(struct table *table, struct part *part)
{
	batch_free(part->batch);
	packed_free(part->page);
	if (part->piece.size)
		spill_free(table->spill, part->piece);
	*part = (struct part){ 0 };
}

bool
table_pull(struct table *table, size_t i, struct batch **batch, struct error *err)
{
	if (!table_batch(table, i, batch, err))
		return false;
	if (!table->maker.make)
		let_go(table, &table->parts[i]);
	return true;
}

void
table_release(struct table *table)
{
	for (size_t i = 0; table->parts && i < table->n; i++)
		let_go(table, &table->parts[i]);
	free(table->parts);
	if (table->maker.release)
		table->maker.release(table->maker.context);
	packing_drop(table->packing);
	spill_drop(table->spill);
	*table = (struct table){ 0 };
}

/* One column of a batch; NULL without an error: it is not there. What is held as it is
 * is not looked through for the others, which may be thousands. */
static bool
one_column(const struct table *table, size_t b, size_t i, const bool *wanted,
	   struct column **out, struct error *err)
{
	const struct batch *held = table->parts ? table->parts[b].batch : NULL;
	struct batch *batch;

	if (held) {
		*out = held->at[i] ? column_share(held->at[i]) : NULL;
		return true;
	}
	if (!table_columns(table, b, wanted, &batch, err))
		return false;
	*out = batch->at[i] ? column_share(batch->at[i]) : NULL;
	batch_free(batch);
	return true;
}

/* One column of all batches; NULL without an error: it is nowhere. */
static bool
whole_column(const struct table *table, size_t i, size_t n, struct column **out,
	     struct error *err)
{
	struct column **parts = calloc(table->n, sizeof(*parts));
	bool *wanted = calloc(n + 1, sizeof(*wanted));
	bool ok = (parts && wanted) ||
		  fail(err, "out of memory: the system refused %zu batches", table->n);
	size_t b = 0;

	*out = NULL;
	if (ok)
		wanted[i] = true;
	for (; ok && b < table->n; b++) {
		ok = one_column(table, b, i, wanted, &parts[b], err);
		if (!ok || !parts[b])
			break;
	}
	if (ok && b == table->n)
		ok = (*out = column_concat(parts, table->n, err)) != NULL;
	while (b > 0)
		column_drop(parts[--b]);
	free(parts);
	free(wanted);
	return ok;
}

/* letting_go: each column leaves the table as soon as it is put together. */
static struct batch *
whole(const struct table *table, const struct schema *schema, bool letting_go,
      struct error *err)
{
	struct batch *batch = batch_new(schema->n, table->rows, err);

	for (size_t i = 0; batch && i < schema->n; i++) {
		bool ok;

		if (table->n)
			ok = whole_column(table, i, schema->n, &batch->at[i], err);
		else
			ok = (batch->at[i] = column_new(schema->at[i].type, 0, err)) !=
			     NULL;
		if (!ok) {
			batch_free(batch);
			return NULL;
		}
		for (size_t b = 0; letting_go && table->parts && b < table->n; b++)
			if (table->parts[b].batch)
				batch_take(table->parts[b].batch, i, NULL);
	}
	return batch;
}

struct batch *
table_whole(const struct table *table, const struct schema *schema, struct error *err)
{
	return whole(table, schema, false, err);
}

struct batch *
table_merge(struct table *table, const struct schema *schema, struct error *err)
{
	struct batch *batch = whole(table, schema, true, err);

	table_release(table);
	return batch;
}
