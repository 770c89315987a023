/*
 * join_outgrown - a join of tables that memory has no room for.
 *
 * Both are cut into parts by the hashes of their keys, each row with its place, and the
 * parts are joined one after another; what they give, each in order of places, is merged.
 * All of it may stand in temporary files. Rows of the table that stands which nobody met
 * come behind all others, so their places begin where those of the other table end.
 */
#include "data/rows.h"
#include "op/join.h"

enum {
	PARTS_MOST = 256,
	WINDOW_LEAST = 64, /* places that are merged at a time */
	WINDOW_MOST = 16384,
	ROW = 48, /* bytes that an indexed row takes, but for its columns */
	CELL = 24,
};

struct half {
	struct table parts[PARTS_MOST];
};

struct outgrown {
	const struct join *join;
	const struct call *call;
	size_t n; /* parts */
	size_t window;
	size_t stream;
	struct schema in[2], out; /* with the places last */
	struct half *halves[2];
	struct half *made; /* with the places last */
	uint64_t rows[2];  /* of the tables */
	struct arena arena;
};

/* That the table which stands would take as an index. */
static size_t
bytes_of(const struct join *join, const struct call *call, const struct table *table)
{
	return table->rows * (ROW + CELL * call->in[1 - join_streams(join)].n);
}

bool
join_fits(const struct join *join, const struct call *call, const struct table *table)
{
	return bytes_of(join, call, table) <= memory_room() / 2;
}

static void
release(struct outgrown *o)
{
	struct half *all[] = { o->halves[0], o->halves[1], o->made };

	for (size_t i = 0; i < COUNT(all); i++) {
		for (size_t p = 0; all[i] && p < o->n; p++)
			table_release(&all[i]->parts[p]);
		memory_free(all[i], sizeof(*all[i]));
	}
	arena_release(&o->arena);
}

static struct half *
half_new(struct outgrown *o, struct error *err)
{
	struct half *half = memory_alloc(sizeof(*half), err);

	for (size_t p = 0; half && p < o->n; p++)
		if (!table_may_spill(&half->parts[p], o->call->spill, err)) {
			for (size_t i = 0; i <= p; i++)
				table_release(&half->parts[i]);
			memory_free(half, sizeof(*half));
			return NULL;
		}
	return half;
}

/* Places from first on. */
static struct column *
count_up(uint64_t first, size_t rows, struct error *err)
{
	struct column *c = column_new(TYPE_LONG, rows, err);

	for (size_t i = 0; c && i < rows; i++)
		column_longs(c)[i] = (int64_t)(first + i);
	return c;
}

/* The batch, which is taken, with one column more, which is taken too. */
static struct batch *
widen(struct batch *batch, struct column *more, struct error *err)
{
	struct batch *wide = more ? batch_new(batch->n + 1, batch->rows, err) : NULL;

	for (size_t i = 0; wide && i < batch->n; i++)
		wide->at[i] = column_share(batch->at[i]);
	if (wide)
		wide->at[batch->n] = more;
	else
		column_drop(more);
	batch_free(batch);
	return wide;
}

/* Rows by part: a counting sort. A key with a null is equal to nothing: any part will do.
 */
static bool
scatter(struct outgrown *o, size_t side, const struct batch *batch,
	const struct row_hash *hashes, uint32_t *order, struct error *err)
{
	uint32_t first[PARTS_MOST + 1] = { 0 }, at[PARTS_MOST + 1];
	bool ok = true;

	for (size_t i = 0; i < batch->rows; i++)
		first[((hashes[i].high >> 32) * o->n >> 32) + 1]++;
	for (size_t p = 0; p < o->n; p++)
		first[p + 1] += first[p];
	memcpy(at, first, sizeof(at));
	for (size_t i = 0; i < batch->rows; i++)
		order[at[(hashes[i].high >> 32) * o->n >> 32]++] = (uint32_t)i;
	for (size_t p = 0; ok && p < o->n; p++) {
		size_t n = first[p + 1] - first[p];
		struct batch *part;

		if (!n)
			continue;
		part = batch_gather(batch, order + first[p], n, err);
		ok = part && table_take(&o->halves[side]->parts[p], part, err);
	}
	return ok;
}

static bool
cut_batch(struct outgrown *o, size_t side, struct batch *batch, struct error *err)
{
	size_t rows = batch->rows, hashes_size = rows * sizeof(struct row_hash);
	size_t order_size = rows * sizeof(uint32_t), nulls_size = bit_words(rows) * 8;
	struct row_hash *hashes = memory_alloc(hashes_size, err);
	uint32_t *order = hashes ? memory_alloc(order_size, err) : NULL;
	uint64_t *nulls = order ? memory_alloc(nulls_size, err) : NULL;
	bool ok =
		nulls && join_keys(o->join, o->call->in, side, batch, hashes, nulls, err);

	if (ok) {
		batch = widen(batch, count_up(o->rows[side], rows, err), err);
		ok = batch && scatter(o, side, batch, hashes, order, err);
	}
	o->rows[side] += rows;
	batch_free(batch);
	memory_free(hashes, hashes_size);
	memory_free(order, order_size);
	memory_free(nulls, nulls_size);
	return ok;
}

static bool
is_cancelled(const struct outgrown *o)
{
	return call_is_over(o->call);
}

static bool
cut(struct outgrown *o, size_t side, struct table *table, struct error *err)
{
	if (!(o->halves[side] = half_new(o, err)))
		return false;
	for (size_t i = 0; i < table->n; i++) {
		struct batch *batch;

		if (is_cancelled(o))
			return fail_cancelled(err);
		if (!table_pull(table, i, &batch, err) || !cut_batch(o, side, batch, err))
			return false;
	}
	return true;
}

/* What a part pours. */
struct basin {
	struct outlet outlet;
	struct outgrown *o;
	struct table *table;
};

/* The place of a pair: of the row that streams, or behind all of them. */
static struct column *
places_of(const struct outgrown *o, const struct column *streamed,
	  const struct column *standing, struct error *err)
{
	struct column *c = column_new(TYPE_LONG, streamed->rows, err);

	for (size_t i = 0; c && i < c->rows; i++)
		column_longs(c)[i] =
			column_is_null(streamed, i)
				? column_longs(standing)[i] + (int64_t)o->rows[o->stream]
				: column_longs(streamed)[i];
	return c;
}

static bool
take(struct outlet *outlet, struct batch *batch, struct error *err)
{
	struct basin *basin = (struct basin *)(void *)outlet;
	const struct outgrown *o = basin->o;
	size_t n_left = o->in[0].n, n = 0;
	bool both = batch->n > n_left;
	size_t at[2] = { n_left - 1, batch->n - 1 };
	struct column *places;
	struct batch *out;

	places = both ? places_of(o, batch->at[at[o->stream]],
				  batch->at[at[1 - o->stream]], err)
		      : column_share(batch->at[at[0]]);
	out = places ? batch_new(batch->n - both, batch->rows, err) : NULL;
	for (size_t i = 0; out && i < batch->n; i++)
		if (i != at[0] && i != at[1])
			out->at[n++] = column_share(batch->at[i]);
	if (out)
		out->at[n] = places;
	else
		column_drop(places);
	batch_free(batch);
	return out && table_take(basin->table, out, err);
}

static bool
pour_part(struct outgrown *o, size_t p, struct call *call, struct error *err)
{
	struct basin basin = { { take }, o, &o->made->parts[p] };
	struct table *table = &o->halves[o->stream]->parts[p];
	void *state = join_open(o->join, err);
	bool ok = state && (call->pool = join_pool(o->join, call, err));

	for (size_t i = 0; ok && i < table->n; i++) {
		struct batch *batch;

		ok = table_pull(table, i, &batch, err) &&
		     join_pour(call, state, batch, &basin.outlet, err);
	}
	ok = ok && join_rest(call, state, &basin.outlet, err);
	if (call->pool)
		join_drain(call->pool);
	if (state)
		join_close(state);
	return ok;
}

static bool
join_part(struct outgrown *o, size_t p, struct error *err)
{
	struct call call = { .in = o->in,
			     .cancel = o->call->cancel,
			     .pause = o->call->pause };
	struct table *standing = &o->halves[1 - o->stream]->parts[p];
	struct join_index index = { 0 };
	bool ok = join_index(o->join, &call, standing, &index, err);

	call.learned = &index;
	ok = ok && pour_part(o, p, &call, err);
	join_index_release(&index);
	table_release(standing);
	table_release(&o->halves[o->stream]->parts[p]);
	return ok;
}

/* How far the merge is in what a part gave. */
struct cursor {
	size_t next; /* batch */
	struct batch *batch;
	size_t row;
};

/* The rows of a part below a place, as slices in a table. */
static bool
slices_below(struct table *made, struct cursor *c, int64_t end, struct table *out,
	     struct error *err)
{
	for (;;) {
		const int64_t *places;
		struct batch *slice;
		size_t first = c->row;

		if (!c->batch || c->row == c->batch->rows) {
			batch_free(c->batch);
			c->batch = NULL, c->row = first = 0;
			if (c->next == made->n)
				return true;
			if (!table_pull(made, c->next++, &c->batch, err))
				return false;
		}
		places = column_longs(c->batch->at[c->batch->n - 1]);
		while (c->row < c->batch->rows && places[c->row] < end)
			c->row++;
		if (c->row == first)
			return true;
		slice = batch_slice(c->batch, first, c->row - first, err);
		if (!slice || !table_take(out, slice, err))
			return false;
		if (c->row < c->batch->rows)
			return true;
	}
}

/* Rows in the order of their places, those of one place as they are: a counting sort. */
static void
order_rows(const int64_t *places, size_t n, int64_t begin, size_t window,
	   uint32_t *counts, uint32_t *order)
{
	memset(counts, 0, (window + 1) * sizeof(*counts));
	for (size_t i = 0; i < n; i++)
		counts[places[i] - begin + 1]++;
	for (size_t i = 0; i < window; i++)
		counts[i + 1] += counts[i];
	for (size_t i = 0; i < n; i++)
		order[counts[places[i] - begin]++] = (uint32_t)i;
}

/* What is in a window, without its places, to out. */
static bool
put_window(struct outgrown *o, struct table *slices, int64_t begin, uint32_t *counts,
	   struct table *out, struct error *err)
{
	size_t n = o->call->out->n, size = slices->rows * sizeof(uint32_t);
	struct batch *all, *sorted = NULL;
	uint32_t *order;

	if (slices->rows == 0)
		return true;
	all = table_merge(slices, &o->out, err);
	order = all ? memory_alloc(size, err) : NULL;
	if (order) {
		order_rows(column_longs(all->at[n]), all->rows, begin, o->window, counts,
			   order);
		batch_take(all, n, NULL);
		all->n = n;
		sorted = batch_gather(all, order, all->rows, err);
	}
	memory_free(order, size);
	batch_free(all);
	return sorted && table_take(out, sorted, err);
}

static bool
merge(struct outgrown *o, struct cursor *cursors, uint32_t *counts, struct table *out,
      struct error *err)
{
	uint64_t places = o->rows[0] + o->rows[1];

	for (uint64_t begin = 0; begin < places; begin += o->window) {
		struct table slices = { 0 };
		bool ok = !is_cancelled(o) || fail_cancelled(err);

		for (size_t p = 0; ok && p < o->n; p++)
			ok = slices_below(&o->made->parts[p], &cursors[p],
					  (int64_t)(begin + o->window), &slices, err);
		ok = ok && put_window(o, &slices, (int64_t)begin, counts, out, err);
		table_release(&slices);
		if (!ok)
			return false;
	}
	return true;
}

static bool
merge_all(struct outgrown *o, struct table *out, struct error *err)
{
	size_t size = (o->window + 1) * sizeof(uint32_t);
	struct cursor cursors[PARTS_MOST] = { 0 };
	uint32_t *counts = memory_alloc(size, err);
	bool ok = counts && merge(o, cursors, counts, out, err);

	for (size_t p = 0; p < o->n; p++)
		batch_free(cursors[p].batch);
	memory_free(counts, size);
	return ok;
}

static struct schema
with_place(const struct schema *schema, struct arena *arena)
{
	struct schema with = { 0 };

	for (size_t i = 0; i < schema->n; i++)
		schema_add(&with, schema->at[i].name, schema->at[i].type, arena);
	schema_add(&with, "", TYPE_LONG, arena);
	return with;
}

bool
join_outgrown(const struct join *join, const struct call *call, struct table *const *in,
	      struct table *out, struct error *err)
{
	struct outgrown o = { .join = join, .call = call, .stream = join_streams(join) };
	size_t need = bytes_of(join, call, in[1 - o.stream]),
	       room = memory_room() / 4 + 1;
	bool ok;

	o.n = need / room + 2;
	o.n = o.n > PARTS_MOST ? PARTS_MOST : o.n;
	o.window = memory_room() / 16 / (ROW + CELL * (call->in[0].n + call->in[1].n));
	o.window = o.window < WINDOW_LEAST  ? WINDOW_LEAST
		   : o.window > WINDOW_MOST ? WINDOW_MOST
					    : o.window;
	o.in[0] = with_place(&call->in[0], &o.arena);
	o.in[1] = with_place(&call->in[1], &o.arena);
	o.out = with_place(call->out, &o.arena);
	ok = cut(&o, 0, in[0], err) && cut(&o, 1, in[1], err) &&
	     (o.made = half_new(&o, err));
	for (size_t p = 0; ok && p < o.n; p++)
		ok = is_cancelled(&o) ? fail_cancelled(err) : join_part(&o, p, err);
	ok = ok && merge_all(&o, out, err);
	release(&o);
	return ok;
}
