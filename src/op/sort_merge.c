/*
 * sort_merge - runs as one order.
 *
 * Whose row comes next is found by a tree of losers (Knuth, TAOCP vol. 3, 5.4.1), one
 * thread at a time, and noted for a batch of rows; their cells are then picked out of
 * the pages by whoever asked for the batch, while the next thread goes on.
 */
#include <stdlib.h>

#include "data/rows.h"
#include "op/sorter_parts.h"

enum { FAN_LEAST = 4, FAN_MOST = 1000, WAITING = 64 };

/* A page of a run, while its rows are merged or picked. */
struct loaded {
	atomic_int refs;
	struct packed *page;
	struct batch *keys; /* its key columns, and the places */
	uint64_t *starts;   /* by row, by key: sort_start(), in the order wanted */
	size_t size;        /* bytes of starts */
};

struct cursor {
	const struct run *run;
	size_t next; /* page of the run */
	struct loaded *at;
	size_t row;
	size_t number;  /* of .at among the pages of the block at hand, if it is there */
	uint64_t block; /* for which that holds */
};

/* The rows of one batch that comes out. */
struct block {
	size_t i, n, n_pages, room;
	struct loaded **pages;
	struct packed_row rows[SORTER_ROWS];
	struct block *next; /* that waits as well */
};

struct merge {
	struct sorter *sorter;
	const struct run *runs;
	struct packing *packing; /* whose words dictionaries come in */
	size_t n;                /* runs */
	struct cursor *cursors;
	size_t *losers; /* [0]: the winner */
	bool consume;   /* pages are let go when they are read */
	size_t most;    /* rows of a block */
	pthread_mutex_t lock;
	size_t next;   /* block to be merged */
	uint64_t made; /* blocks, in all passes */
	struct block *waiting;
	size_t n_waiting;
};

static void
loaded_drop(struct loaded *l)
{
	if (!l || atomic_fetch_sub(&l->refs, 1) > 1)
		return;
	packed_free(l->page);
	batch_free(l->keys);
	memory_free(l->starts, l->size);
	free(l);
}

static bool
put_starts(const struct sorter *s, struct loaded *l, struct error *err)
{
	l->size = l->page->rows * s->n_keys * sizeof(*l->starts);
	l->starts = memory_alloc_bare(l->size, err);
	for (size_t k = 0; l->starts && k < s->n_keys; k++)
		for (size_t row = 0; row < l->page->rows; row++) {
			uint64_t x = sort_start(l->keys->at[s->keys[k].column], row);

			l->starts[row * s->n_keys + k] = s->keys[k].descending ? ~x : x;
		}
	return l->starts != NULL;
}

static struct loaded *
load(const struct merge *m, struct spill_piece piece, struct error *err)
{
	const struct sorter *s = m->sorter;
	struct loaded *l = calloc(1, sizeof(*l));

	if (!l) {
		fail(err, "out of memory: the system refused a page");
		return NULL;
	}
	atomic_init(&l->refs, 1);
	l->page = memory_alloc_bare(piece.size, err);
	if (l->page && !spill_get(s->spill, piece, l->page, err)) {
		memory_free(l->page, piece.size);
		l->page = NULL;
	}
	if (l->page)
		l->keys = unpack(m->packing, l->page, s->is_key, err);
	if (l->keys && put_starts(s, l, err))
		return l;
	loaded_drop(l);
	return NULL;
}

/* To the next row; at the end of its run .at is NULL. */
static bool
step(const struct merge *m, struct cursor *c, struct error *err)
{
	struct spill_piece piece;

	if (c->at && ++c->row < c->at->page->rows)
		return true;
	loaded_drop(c->at);
	c->at = NULL;
	c->row = 0;
	c->block = 0;
	if (c->next == c->run->n)
		return true;
	piece = c->run->pieces[c->next++];
	c->at = load(m, piece, err);
	if (c->at && m->consume)
		spill_free(m->sorter->spill, piece);
	return c->at != NULL;
}

/* May cells that start alike differ? */
static bool
is_vague(enum type type, uint64_t start)
{
	return type == TYPE_STRING || start == 0 || start == UINT64_MAX;
}

static bool
is_before(const struct merge *m, size_t i, size_t j)
{
	const struct cursor *a = &m->cursors[i], *b = &m->cursors[j];
	const struct sorter *s = m->sorter;
	const uint64_t *x, *y;

	if (!a->at || !b->at)
		return a->at != NULL;
	x = a->at->starts + a->row * s->n_keys;
	y = b->at->starts + b->row * s->n_keys;
	for (size_t k = 0; k < s->n_keys; k++) {
		size_t column = s->keys[k].column;
		int order;

		if (x[k] != y[k])
			return x[k] < y[k];
		if (!is_vague(s->types[k], x[k]))
			continue;
		order = cells_compare(a->at->keys->at[column], a->row,
				      b->at->keys->at[column], b->row);
		if (order)
			return (order < 0) != s->keys[k].descending;
	}
	return column_longs(a->at->keys->at[s->n_in])[a->row] <
	       column_longs(b->at->keys->at[s->n_in])[b->row];
}

/* The cursor plays against the losers on its way up; the winner stands at the top. */
static void
play(struct merge *m, size_t i)
{
	for (size_t node = (i + m->n) / 2; node > 0; node /= 2)
		if (is_before(m, m->losers[node], i)) {
			size_t winner = m->losers[node];

			m->losers[node] = i;
			i = winner;
		}
	m->losers[0] = i;
}

/* All games of a new tree: nodes n to 2n - 1 are the cursors. */
static size_t
build(struct merge *m, size_t node)
{
	size_t a, b;

	if (node >= m->n)
		return node - m->n;
	a = build(m, 2 * node);
	b = build(m, 2 * node + 1);
	m->losers[node] = is_before(m, b, a) ? a : b;
	return is_before(m, b, a) ? b : a;
}

static bool
start(struct merge *m, struct error *err)
{
	for (size_t i = 0; i < m->n; i++) {
		loaded_drop(m->cursors[i].at);
		m->cursors[i] = (struct cursor){ .run = &m->runs[i] };
		if (!step(m, &m->cursors[i], err))
			return false;
	}
	m->losers[0] = m->n > 1 ? build(m, 1) : 0;
	m->next = 0;
	return true;
}

static void
block_free(struct block *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < b->n_pages; i++)
		loaded_drop(b->pages[i]);
	free(b->pages);
	memory_free(b, sizeof(*b));
}

/* The cursor's page among those of the block. */
static bool
note_page(struct merge *m, struct block *b, struct cursor *c, struct error *err)
{
	if (c->block == m->made)
		return true;
	if (b->n_pages == b->room) {
		size_t room = b->room ? 2 * b->room : 64;
		struct loaded **pages = realloc(b->pages, room * sizeof(*pages));

		if (!pages)
			return fail(err, "out of memory: the system refused %zu pages",
				    room);
		b->pages = pages;
		b->room = room;
	}
	atomic_fetch_add(&c->at->refs, 1);
	c->number = b->n_pages;
	c->block = m->made;
	b->pages[b->n_pages++] = c->at;
	return true;
}

/* Which rows make the next block; none are left: it has none. The lock is held. */
static struct block *
merge_block(struct merge *m, struct error *err)
{
	struct block *b = memory_alloc_bare(sizeof(*b), err);
	bool ok = true;

	if (!b)
		return NULL;
	b->i = m->next++;
	b->n = b->n_pages = b->room = 0;
	b->pages = NULL;
	b->next = NULL;
	m->made++;
	while (ok && b->n < m->most && m->cursors[m->losers[0]].at) {
		struct cursor *c = &m->cursors[m->losers[0]];

		if (!(ok = note_page(m, b, c, err)))
			break;
		b->rows[b->n++] =
			(struct packed_row){ (uint32_t)c->number, (uint32_t)c->row };
		ok = step(m, c, err);
		play(m, m->losers[0]);
	}
	if (ok)
		return b;
	block_free(b);
	return NULL;
}

static struct batch *
pick_block(const struct merge *m, const struct block *b, const bool *wanted,
	   struct error *err)
{
	const struct packed **pages = calloc(b->n_pages + 1, sizeof(*pages));
	struct batch *batch;

	if (!pages) {
		fail(err, "out of memory: the system refused %zu pages", b->n_pages);
		return NULL;
	}
	for (size_t i = 0; i < b->n_pages; i++)
		pages[i] = b->pages[i]->page;
	batch = unpack_rows(m->packing, pages, b->rows, b->n, wanted, err);
	free(pages);
	return batch;
}

static void
merge_free(struct merge *m)
{
	for (size_t i = 0; m->cursors && i < m->n; i++)
		loaded_drop(m->cursors[i].at);
	while (m->waiting) {
		struct block *next = m->waiting->next;

		block_free(m->waiting);
		m->waiting = next;
	}
	free(m->cursors);
	free(m->losers);
	pthread_mutex_destroy(&m->lock);
	free(m);
}

static struct merge *
merge_new(struct sorter *s, const struct run *runs, size_t n, bool consume,
	  struct error *err)
{
	struct merge *m = calloc(1, sizeof(*m));

	if (!m) {
		fail(err, "out of memory: the system refused a merge of %zu runs", n);
		return NULL;
	}
	pthread_mutex_init(&m->lock, NULL);
	m->sorter = s;
	m->runs = runs;
	m->n = n;
	m->consume = consume;
	m->most = SORTER_ROWS;
	m->packing = runs[0].packing; /* others may have no page */
	m->cursors = calloc(n + 1, sizeof(*m->cursors));
	m->losers = calloc(n + 1, sizeof(*m->losers));
	if (!m->cursors || !m->losers)
		fail(err, "out of memory: the system refused a merge of %zu runs", n);
	else if (start(m, err))
		return m;
	merge_free(m);
	return NULL;
}

/* Take the block out of those that wait. */
static struct block *
take_waiting(struct merge *m, size_t i)
{
	for (struct block **at = &m->waiting; *at; at = &(*at)->next)
		if ((*at)->i == i) {
			struct block *b = *at;

			*at = b->next;
			m->n_waiting--;
			return b;
		}
	return NULL;
}

/* Blocks before the one that is asked for wait for their threads; one that nobody takes
 * is merged again if it is asked for after all. */
static void
let_wait(struct merge *m, struct block *b)
{
	struct block **last = &m->waiting;

	b->next = m->waiting;
	m->waiting = b;
	if (m->n_waiting++ < WAITING)
		return;
	while ((*last)->next)
		last = &(*last)->next;
	block_free(*last);
	*last = NULL;
	m->n_waiting--;
}

static struct block *
block_at(struct merge *m, size_t i, struct error *err)
{
	struct block *b = take_waiting(m, i);

	if (b)
		return b;
	if (i < m->next && !start(m, err))
		return NULL;
	for (;;) {
		if (sorter_is_over(m->sorter, true)) {
			fail_cancelled(err);
			return NULL;
		}
		b = merge_block(m, err);
		if (!b || b->i == i)
			return b;
		let_wait(m, b);
	}
}

static bool
make_merged(void *context, size_t i, const bool *wanted, struct batch **batch,
	    struct error *err)
{
	struct merge *m = context;
	bool *some = sorter_wanted(m->sorter, wanted, err);
	struct block *b;

	if (!some)
		return false;
	pthread_mutex_lock(&m->lock);
	b = block_at(m, i, err);
	pthread_mutex_unlock(&m->lock);
	*batch = b ? pick_block(m, b, some, err) : NULL;
	block_free(b);
	free(some);
	if (*batch)
		sorter_cut(m->sorter, *batch);
	return *batch != NULL;
}

static void
release(void *context)
{
	struct merge *m = context;
	struct sorter *s = m->sorter;

	merge_free(m);
	sorter_free(s);
}

/* How many runs can be merged at once: each has a page, its keys, and one page more in
 * the batches under way. */
static size_t
fan_in(const struct sorter *s)
{
	size_t bytes = 0, n = 0, fan;

	for (size_t r = 0; r < s->n_runs; r++)
		for (size_t i = 0; i < s->runs[r].n; i++, n++)
			bytes += s->runs[r].pieces[i].size;
	fan = memory_room() / 4 / (3 * (bytes / (n ? n : 1) + 1));
	return fan < FAN_LEAST ? FAN_LEAST : fan > FAN_MOST ? FAN_MOST : fan;
}

/* The first n runs become one, the last of all. */
static bool
merge_first(struct sorter *s, size_t n, struct error *err)
{
	struct merge *m;
	struct run run = { 0 };
	bool ok;

	m = merge_new(s, s->runs, n, true, err);
	ok = m != NULL;
	if (ok && s->runs[0].rows / s->runs[0].n < SORTER_ROWS) /* pages like those */
		m->most = s->runs[0].rows / s->runs[0].n;
	while (ok) {
		struct block *b = merge_block(m, err);
		struct batch *batch = b && b->n ? pick_block(m, b, NULL, err) : NULL;

		ok = b && (!b->n || (batch && run_put(s, &run, batch, err)));
		if (ok && sorter_is_over(s, false))
			ok = fail_cancelled(err);
		batch_free(batch);
		if (b && !b->n) {
			block_free(b);
			break;
		}
		block_free(b);
	}
	if (m)
		merge_free(m);
	if (!ok) {
		run_release(&run, s->spill);
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		s->runs[i].n = 0; /* let go as they were read */
		run_release(&s->runs[i], s->spill);
	}
	memmove(s->runs, s->runs + n, (s->n_runs - n) * sizeof(*s->runs));
	s->n_runs -= n;
	s->runs[s->n_runs++] = run;
	return true;
}

bool
sorter_merge(struct sorter *s, struct table *out, struct error *err)
{
	size_t fan = fan_in(s), rows = 0;
	struct merge *m;

	while (s->n_runs > fan)
		if (!merge_first(s, fan, err))
			return false;
	m = merge_new(s, s->runs, s->n_runs, false, err);
	if (!m)
		return false;
	for (size_t i = 0; i < s->n_runs; i++)
		rows += s->runs[i].rows;
	table_make(out, &(struct table_maker){ m, make_merged, release },
		   (rows + SORTER_ROWS - 1) / SORTER_ROWS, rows);
	return true;
}
