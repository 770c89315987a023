/*
 * preview_rows - which row after is which row before.
 *
 * Rows are told by the columns that pass untouched. A step that only drops rows leaves
 * the others in order, which one pass over both tables finds; what stands in another
 * order is looked up by its hash.
 */
#include <stdlib.h>
#include <string.h>

#include "data/rows.h"
#include "desk/preview_diff.h"

struct matching {
	size_t n_before, n_after;
	struct row_hash *before, *after;
	uint32_t *to; /* by row after: its row before, or PREVIEW_NO_ROW */
	bool *stays;  /* by row before */
};

/* Those columns of one table that both have alike. */
static bool
hash_rows(const struct batch *rows, const int *places, size_t n, struct row_hash *out,
	  struct error *err)
{
	struct batch *part = batch_new(n, rows->rows, err);
	bool ok;

	if (!part)
		return false;
	for (size_t i = 0; i < n; i++)
		if (rows->at[places[i]])
			batch_take(part, i, column_share(rows->at[places[i]]));
	ok = rows_hash(part, out, err);
	batch_free(part);
	return ok;
}

static bool
is_same(const struct row_hash *a, const struct row_hash *b)
{
	return a->low == b->low && a->high == b->high;
}

/* Rows that stay in order: true if that is all of them. */
static bool
match_in_order(struct matching *m)
{
	size_t i = 0;

	for (size_t j = 0; j < m->n_after; j++, i++) {
		while (i < m->n_before && !is_same(&m->before[i], &m->after[j]))
			i++;
		if (i == m->n_before)
			return false;
		m->to[j] = (uint32_t)i;
	}
	return true;
}

/* Rows before by hash; those of one hash in their order. */
struct lookup {
	size_t mask;
	uint32_t *first, *next;
};

static void
lookup_fill(struct lookup *lookup, const struct matching *m, struct arena *arena)
{
	size_t room = 16;

	while (room < 2 * m->n_before)
		room *= 2;
	lookup->mask = room - 1;
	lookup->first = ARENA_ARRAY(arena, room, uint32_t);
	lookup->next = ARENA_ARRAY(arena, m->n_before + 1, uint32_t);
	memset(lookup->first, 0xff, room * sizeof(*lookup->first));
	for (size_t i = m->n_before; i-- > 0;) {
		uint32_t *slot = &lookup->first[m->before[i].low & lookup->mask];

		lookup->next[i] = *slot;
		*slot = (uint32_t)i;
	}
}

/* Rows that are equal to one that came out came out as well. */
static void
keep_equal(const struct lookup *lookup, struct matching *m, uint32_t at)
{
	const struct row_hash *hash = &m->before[at];

	for (; at != PREVIEW_NO_ROW; at = lookup->next[at])
		m->stays[at] = m->stays[at] || is_same(&m->before[at], hash);
}

/* The row is taken out, unless it may come again. */
static uint32_t
lookup_take(struct lookup *lookup, const struct matching *m, size_t j, bool repeats)
{
	uint32_t *at = &lookup->first[m->after[j].low & lookup->mask], found;

	while (*at != PREVIEW_NO_ROW && !is_same(&m->before[*at], &m->after[j]))
		at = &lookup->next[*at];
	found = *at;
	if (found != PREVIEW_NO_ROW && !repeats)
		*at = lookup->next[found];
	return found;
}

static void
match_by_hash(struct matching *m, bool repeats, struct arena *arena)
{
	struct lookup lookup;

	lookup_fill(&lookup, m, arena);
	for (size_t j = 0; j < m->n_after; j++) {
		m->to[j] = lookup_take(&lookup, m, j, repeats);
		if (repeats && m->to[j] != PREVIEW_NO_ROW)
			keep_equal(&lookup, m, m->to[j]);
	}
}

static bool
match(struct preview *preview, struct matching *m, const int *same, bool repeats,
      struct error *err)
{
	const size_t n = preview->after_schema.n;
	struct arena *arena = &preview->arena;
	int *before = ARENA_ARRAY(arena, n + 1, int), *after;
	size_t shared = 0;

	after = ARENA_ARRAY(arena, n + 1, int);
	for (size_t j = 0; j < n; j++)
		if (same[j] >= 0) {
			before[shared] = same[j];
			after[shared++] = (int)j;
		}
	m->before = ARENA_ARRAY(arena, m->n_before + 1, struct row_hash);
	m->after = ARENA_ARRAY(arena, m->n_after + 1, struct row_hash);
	preview->is_new_table = shared == 0;
	if (!shared)
		return true;
	if (!hash_rows(preview->before, before, shared, m->before, err) ||
	    !hash_rows(preview->after, after, shared, m->after, err))
		return false;
	if (!match_in_order(m))
		match_by_hash(m, repeats, arena);
	return true;
}

static void
put_row(struct preview *preview, enum change change, uint32_t before, uint32_t after)
{
	preview->rows[preview->n_rows++] = (struct preview_row){ change, before, after };
	preview->removed_rows += change == CHANGE_REMOVED;
	preview->added_rows += change == CHANGE_ADDED;
}

static bool
is_reordered(const struct matching *m)
{
	uint32_t last = 0;

	for (size_t j = 0; j < m->n_after; j++) {
		if (m->to[j] == PREVIEW_NO_ROW)
			continue;
		if (m->to[j] < last)
			return true;
		last = m->to[j];
	}
	return false;
}

static void
put_gone(struct preview *preview, const bool *stays, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!stays[i])
			put_row(preview, CHANGE_REMOVED, (uint32_t)i, PREVIEW_NO_ROW);
}

/* Rows after in their order; those that are gone where they were, or at the end if the
 * others stand in another order. Of a table that was cut off nobody knows what is gone
 * behind the cut. */
static void
put_rows(struct preview *preview, const struct matching *m)
{
	size_t next = 0;

	for (size_t j = 0; j < m->n_after; j++)
		if (m->to[j] != PREVIEW_NO_ROW)
			m->stays[m->to[j]] = true;
	for (uint32_t j = 0; j < m->n_after; j++) {
		const uint32_t i = m->to[j];
		const bool is_new = i == PREVIEW_NO_ROW && !preview->is_new_table;

		if (i != PREVIEW_NO_ROW && !preview->is_reordered && i >= next) {
			put_gone(preview, m->stays, next, i);
			next = (size_t)i + 1;
		}
		put_row(preview, is_new ? CHANGE_ADDED : CHANGE_NONE, i, j);
	}
	if (!preview->is_new_table && m->n_after < PREVIEW_MOST)
		put_gone(preview, m->stays, next, m->n_before);
}

bool
diff_rows(struct preview *preview, const struct diff_hints *hints, const int *same,
	  struct error *err)
{
	struct matching m = { .n_before = preview->before->rows,
			      .n_after = preview->after->rows };

	preview->n_rows = preview->added_rows = preview->removed_rows = 0;
	m.to = ARENA_ARRAY(&preview->arena, m.n_after + 1, uint32_t);
	m.stays = ARENA_ARRAY(&preview->arena, m.n_before + 1, bool);
	for (size_t j = 0; j < m.n_after; j++)
		m.to[j] = PREVIEW_NO_ROW;
	preview->rows = ARENA_ARRAY(&preview->arena, m.n_before + m.n_after + 1,
				    struct preview_row);
	if (hints->by_place && m.n_before == m.n_after) {
		for (size_t j = 0; j < m.n_after; j++)
			m.to[j] = (uint32_t)j;
	} else if (!match(preview, &m, same, hints->repeats, err)) {
		return false;
	}
	preview->is_reordered = is_reordered(&m);
	put_rows(preview, &m);
	return true;
}
