/*
 * grouping_late - rows of groups that had to wait, and rounds until there are none.
 *
 * Rows that wait are shared out by bits of the hash of their keys, so that the rows of a
 * table are those of few groups. Each round takes table after table, as long as memory
 * has room for their groups, which see all of their rows then. What there was no room for
 * is shared out by the next bits. What comes out of a round is sorted by the first rows
 * of its groups; the rounds are merged by them.
 */
#include "op/grouping_parts.h"

#include <stdlib.h>

#include "data/rows.h"

enum {
	OUT_ROWS = 65536, /* of a batch out, if all came in one round */
	ROUND_ROWS = 128, /* of a batch of a round: one of each is in memory */
	MERGED_ROWS = 2048,
};

static void
release_list(struct late *late, size_t n)
{
	for (size_t i = 0; i < n; i++)
		table_release(&late[i].table);
	free(late);
}

static void
drop_pending(struct grouping *g)
{
	while (g->n_pending)
		batch_free(g->pending[--g->n_pending]);
	g->pending_rows = 0;
}

void
late_release(struct grouping *g)
{
	drop_pending(g);
	release_list(g->late, g->n_late);
	g->late = NULL;
	g->n_late = 0;
	g->open = NOT_OPEN;
}

static bool
need_room(struct grouping *g, size_t n, struct error *err)
{
	struct late *late = realloc(g->late, (g->n_late + n) * sizeof(*late));

	if (!late)
		return fail(err, "out of memory: the system refused %zu tables",
			    g->n_late + n);
	g->late = late;
	return true;
}

/* Tables for rows that are to wait. */
static bool
open_tables(struct grouping *g, struct error *err)
{
	struct table *first;

	if (g->open != NOT_OPEN)
		return true;
	if (!need_room(g, LATE_PARTS, err))
		return false;
	first = &g->late[g->n_late].table;
	*first = (struct table){ 0 };
	if (!table_may_spill(first, g->spill, err)) {
		table_release(first);
		return false;
	}
	g->open = g->n_late;
	g->n_late += LATE_PARTS;
	for (size_t i = g->open; i < g->n_late; i++) {
		g->late[i].level = g->level;
		if (i == g->open)
			continue;
		g->late[i].table = (struct table){ 0 };
		table_spill_like(&g->late[i].table, first);
	}
	return true;
}

/* A batch of them: keys, the columns that are tallied, chunk and row of the place. */
static struct batch *
late_batch(const struct grouping *g, const struct batch *keys,
	   struct column *const *columns, const struct places *places,
	   const uint32_t *rows, size_t n, struct error *err)
{
	struct batch *batch = batch_new(g->n_keys + g->n + 2, n, err);
	struct column **place = batch ? batch->at + g->n_keys + g->n : NULL;
	bool ok = batch && (place[0] = column_new(TYPE_LONG, n, err)) &&
		  (place[1] = column_new(TYPE_LONG, n, err));

	for (size_t k = 0; ok && k < g->n_keys; k++)
		ok = (batch->at[k] = column_gather(keys->at[k], rows, n, err)) != NULL;
	for (size_t k = 0; ok && k < g->n; k++) {
		struct column **slot = &batch->at[g->n_keys + k];

		/* those that nobody tallies are there as well, but empty */
		if (g->tallies[k] && columns[k])
			ok = (*slot = column_gather(columns[k], rows, n, err)) != NULL;
		else
			ok = (*slot = column_nulls(TYPE_BOOL, n, err)) != NULL;
	}
	for (size_t i = 0; ok && i < n; i++) {
		struct place at = place_at(places, rows[i]);

		column_longs(place[0])[i] = (int64_t)at.chunk;
		column_longs(place[1])[i] = (int64_t)at.row;
	}
	if (ok)
		return batch;
	batch_free(batch);
	return NULL;
}

/* The rows of a batch by the bits of their hashes: by part, its rows. */
struct parts {
	uint32_t n[LATE_PARTS], *rows[LATE_PARTS];
};

static void
find_parts(const struct row_hash *hashes, size_t n, unsigned level, uint32_t *memory,
	   struct parts *parts)
{
	const unsigned shift = level * LATE_BITS;
	uint32_t before = 0;

	*parts = (struct parts){ { 0 }, { NULL } };
	for (size_t i = 0; i < n; i++)
		parts->n[hashes[i].high >> shift & (LATE_PARTS - 1)]++;
	for (size_t p = 0; p < LATE_PARTS; p++) {
		parts->rows[p] = memory + before;
		before += parts->n[p];
		parts->n[p] = 0;
	}
	for (uint32_t i = 0; i < n; i++) {
		size_t p = hashes[i].high >> shift & (LATE_PARTS - 1);

		parts->rows[p][parts->n[p]++] = i;
	}
}

static bool
share_out(struct grouping *g, const struct batch *batch, struct error *err)
{
	struct batch keys = { .rows = batch->rows, .n = g->n_keys, .at = batch->at };
	size_t hashes_size = batch->rows * sizeof(struct row_hash);
	size_t rows_size = batch->rows * sizeof(uint32_t);
	struct row_hash *hashes = memory_alloc_bare(hashes_size, err);
	uint32_t *rows = hashes ? memory_alloc_bare(rows_size, err) : NULL;
	bool ok = rows && rows_hash(&keys, hashes, err);
	struct parts parts;

	if (ok)
		find_parts(hashes, batch->rows, g->level, rows, &parts);
	for (size_t p = 0; ok && p < LATE_PARTS; p++) {
		struct batch *part;

		if (!parts.n[p])
			continue;
		part = batch_gather(batch, parts.rows[p], parts.n[p], err);
		ok = part && table_take(&g->late[g->open + p].table, part, err);
	}
	memory_free(hashes, hashes_size);
	memory_free(rows, rows_size);
	return ok;
}

/* All that is pending as one batch. */
static struct batch *
join_pending(struct grouping *g, struct error *err)
{
	size_t width = g->pending[0]->n;
	struct batch *all = batch_new(width, g->pending_rows, err);

	for (size_t k = 0; all && k < width; k++) {
		struct column *parts[LATE_PENDING];

		for (size_t i = 0; i < g->n_pending; i++)
			parts[i] = g->pending[i]->at[k];
		all->at[k] = column_concat(parts, g->n_pending, err);
		if (!all->at[k]) {
			batch_free(all);
			return NULL;
		}
	}
	return all;
}

/* What is pending goes to the tables that are open. */
static bool
flush(struct grouping *g, struct error *err)
{
	struct batch *all = g->n_pending ? join_pending(g, err) : NULL;
	bool ok = all && share_out(g, all, err);

	if (!g->n_pending)
		return true;
	batch_free(all);
	drop_pending(g);
	return ok;
}

bool
late_put(struct grouping *g, const struct batch *keys, struct column *const *columns,
	 const struct places *places, const uint32_t *rows, size_t n, struct error *err)
{
	struct batch *batch;

	if (!open_tables(g, err) ||
	    !(batch = late_batch(g, keys, columns, places, rows, n, err)))
		return false;
	g->pending[g->n_pending++] = batch;
	g->pending_rows += n;
	if (g->n_pending < LATE_PENDING &&
	    g->pending_rows * batch->n * sizeof(int64_t) < memory_least())
		return true;
	return flush(g, err);
}

bool
late_merge(struct grouping *g, struct grouping *from, struct error *err)
{
	if (!flush(g, err) || !flush(from, err))
		return false;
	g->mixed = g->mixed || from->mixed || g->n_late || from->n_late;
	g->open = NOT_OPEN;
	if (!from->n_late)
		return true;
	if (!need_room(g, from->n_late, err))
		return false;
	memcpy(g->late + g->n_late, from->late, from->n_late * sizeof(*g->late));
	g->n_late += from->n_late;
	from->n_late = 0;
	from->open = NOT_OPEN;
	return true;
}

static bool
add_late(struct grouping *g, struct batch *batch, struct error *err)
{
	struct batch keys = { .rows = batch->rows, .n = g->n_keys, .at = batch->at };
	struct column **columns = calloc(g->n + 1, sizeof(*columns));
	struct column **place = batch->at + g->n_keys + g->n;
	size_t size = batch->rows * sizeof(struct place);
	struct place *each = memory_alloc_bare(size, err);
	struct places places = { { 0 }, each };
	bool ok = columns && each;

	if (!columns)
		fail(err, "out of memory: the system refused %zu columns", g->n);
	for (size_t k = 0; ok && k < g->n; k++)
		if (g->aggregates[k].type)
			columns[k] = batch->at[g->n_keys + k];
	for (size_t i = 0; ok && i < batch->rows; i++)
		each[i] = (struct place){ (uint64_t)column_longs(place[0])[i],
					  (uint64_t)column_longs(place[1])[i] };
	ok = ok && grouping_add(g, &keys, columns, &places, err);
	free(columns);
	memory_free(each, size);
	return ok;
}

/* All rows of a table; those that must wait longer are put aside again. */
static bool
take_up(struct grouping *g, struct table *table, const struct call *call,
	struct error *err)
{
	bool ok = true;

	for (size_t b = 0; ok && b < table->n; b++) {
		struct batch *batch = NULL;

		if (call_is_over(call))
			ok = fail_cancelled(err);
		ok = ok && table_pull(table, b, &batch, err) && add_late(g, batch, err);
		batch_free(batch);
	}
	table_release(table);
	return ok;
}

/* All rows that wait, once: they may be of groups that are there. */
static bool
take_up_all(struct grouping *g, const struct call *call, struct error *err)
{
	struct late *late = g->late;
	size_t n = g->n_late;
	bool ok = true;

	g->late = NULL;
	g->n_late = 0;
	g->frozen = true;
	for (size_t i = 0; ok && i < n; i++)
		ok = take_up(g, &late[i].table, call, err);
	release_list(late, n);
	return ok && flush(g, err);
}

/* Table after table, while there is room for their groups. */
static bool
take_up_some(struct grouping *g, const struct call *call, struct error *err)
{
	while (g->n_late && !g->frozen) {
		struct late late = g->late[--g->n_late];

		g->level = late.level + 1 < LATE_LEVELS ? late.level + 1 : late.level;
		g->open = NOT_OPEN;
		if (!take_up(g, &late.table, call, err) || !flush(g, err))
			return false;
	}
	return true;
}

/* The groups of a round, and where the merging stands in them. */
struct round {
	struct table rows;
	struct batch *batch; /* NULL: not begun, or at the end */
	size_t next, row;    /* batch that comes, row of this one */
};

struct rounds {
	size_t n;
	struct round *at;
};

static void
rounds_release(struct rounds *rounds)
{
	for (size_t i = 0; i < rounds->n; i++) {
		batch_free(rounds->at[i].batch);
		table_release(&rounds->at[i].rows);
	}
	free(rounds->at);
}

/* What is there becomes a round, and the grouping is empty. */
static bool
end_round(struct grouping *g, struct rounds *rounds, struct error *err)
{
	struct round *at = realloc(rounds->at, (rounds->n + 1) * sizeof(*at));
	struct batch *batch;

	if (!at)
		return fail(err, "out of memory: the system refused %zu rounds",
			    rounds->n + 1);
	rounds->at = at;
	at += rounds->n++;
	*at = (struct round){ 0 };
	if (!table_may_spill(&at->rows, g->spill, err) ||
	    !(batch = grouping_rows(g, true, err)))
		return false;
	grouping_stop(g);
	return table_take_cut(&at->rows, batch, ROUND_ROWS, err);
}

static struct place
place_of(const struct round *round)
{
	struct column *const *at = round->batch->at + round->batch->n - 2;

	return (struct place){ (uint64_t)column_longs(at[0])[round->row],
			       (uint64_t)column_longs(at[1])[round->row] };
}

/* The next row of a round; batch is NULL behind the last one. A round may have no group:
 * then its only batch has no row. */
static bool
advance(struct round *round, struct error *err)
{
	if (round->batch && ++round->row < round->batch->rows)
		return true;
	round->row = 0;
	do {
		batch_free(round->batch);
		round->batch = NULL;
		if (round->next == round->rows.n)
			return true;
		if (!table_pull(&round->rows, round->next++, &round->batch, err))
			return false;
	} while (round->batch->rows == 0);
	return true;
}

/* The round whose row comes first; NULL: all are at the end. */
static struct round *
first_of(struct rounds *rounds)
{
	struct round *first = NULL;

	for (size_t i = 0; i < rounds->n; i++) {
		struct round *round = &rounds->at[i];

		if (round->batch &&
		    (!first || place_before(place_of(round), place_of(first))))
			first = round;
	}
	return first;
}

/* A batch out; NULL at the end. */
static bool
merge_batch(struct rounds *rounds, size_t width, struct batch **out, struct error *err)
{
	struct round *round = first_of(rounds);
	struct build *builds = calloc(width + 1, sizeof(*builds));
	bool ok = builds != NULL;
	size_t rows = 0;

	*out = NULL;
	if (!builds)
		fail(err, "out of memory: the system refused %zu columns", width);
	for (size_t k = 0; ok && round && k < width; k++)
		build_start(&builds[k], round->batch->at[k]->type, MERGED_ROWS);
	for (; ok && round && rows < MERGED_ROWS; round = first_of(rounds), rows++) {
		for (size_t k = 0; k < width; k++)
			build_from(&builds[k], round->batch->at[k], round->row);
		ok = advance(round, err);
	}
	if (rows)
		*out = batch_new(width, rows, err);
	ok = ok && (!rows || *out);
	for (size_t k = 0; rows && k < width; k++) {
		struct column *column =
			build_end(&builds[k], ok ? err : &(struct error){ 0 });

		ok = ok && column;
		if (ok)
			(*out)->at[k] = column;
		else
			column_drop(column);
	}
	free(builds);
	if (!ok) {
		batch_free(*out);
		*out = NULL;
	}
	return ok;
}

static bool
merge_rounds(struct rounds *rounds, size_t width, struct table *out,
	     const struct call *call, struct error *err)
{
	struct batch *batch;

	for (size_t i = 0; i < rounds->n; i++)
		if (!advance(&rounds->at[i], err))
			return false;
	for (;;) {
		if (call_is_over(call))
			return fail_cancelled(err);
		if (!merge_batch(rounds, width, &batch, err))
			return false;
		if (!batch)
			return true;
		if (!table_take(out, batch, err))
			return false;
	}
}

bool
grouping_table(struct grouping *g, struct table *out, const struct call *call,
	       struct error *err)
{
	struct rounds rounds = { 0 };
	struct batch *batch;
	bool ok = true;

	if (!g->n_late) {
		batch = grouping_rows(g, false, err);
		return batch && table_take_cut(out, batch, OUT_ROWS, err);
	}
	ok = flush(g, err) && (!g->mixed || take_up_all(g, call, err)) &&
	     end_round(g, &rounds, err);
	while (ok && g->n_late)
		ok = grouping_start(g, err) && take_up_some(g, call, err) &&
		     end_round(g, &rounds, err);
	ok = ok && merge_rounds(&rounds, g->n_keys + g->n, out, call, err);
	rounds_release(&rounds);
	return ok;
}
