/*
 * sorter - rows are packed as they come; what is in memory at the end is put in order
 * by sort_items.c, what was spilled is merged by sort_merge.c.
 */
#include "op/sorter.h"

#include <stdlib.h>

#include "base/spare.h"
#include "op/sorter_parts.h"

enum {
	SHELF = (4 << 20) - 4096, /* bytes; with what memory adds, a few large pages */
	SHELVES_ROOM = 64,        /* there is memory for so many more */
};

static bool
copy_plan(struct sorter *s, const struct sorter_plan *plan, struct error *err)
{
	s->keys = calloc(plan->n_keys + 1, sizeof(*s->keys));
	s->types = calloc(plan->n_keys + 1, sizeof(*s->types));
	s->stats = calloc(plan->n_keys + 1, sizeof(*s->stats));
	s->is_key = calloc(s->n_in + 1, sizeof(*s->is_key));
	s->packings = calloc(2, sizeof(struct packing *));
	if (!s->keys || !s->types || !s->stats || !s->is_key || !s->packings)
		return fail(err, "out of memory: the system refused %zu keys",
			    plan->n_keys);
	for (size_t k = 0; k < plan->n_keys; k++) {
		s->keys[k] = plan->keys[k];
		s->types[k] = plan->in->at[plan->keys[k].column].type;
		s->is_key[plan->keys[k].column] = true;
	}
	s->is_key[s->n_in] = true;
	for (; s->n_packings < 2; s->n_packings++)
		if (!(s->packings[s->n_packings] = packing_new(err)))
			return false;
	return true;
}

struct sorter *
sorter_new(const struct sorter_plan *plan, struct error *err)
{
	struct sorter *s = calloc(1, sizeof(*s));

	if (!s) {
		fail(err, "out of memory: the system refused a sorter");
		return NULL;
	}
	s->n_keys = plan->n_keys;
	s->n_in = plan->in->n;
	s->n_out = plan->n_out;
	s->threads = plan->threads ? plan->threads : 1;
	s->cancel = plan->cancel;
	s->pause = plan->pause;
	s->spill = spill_share(plan->spill);
	if (copy_plan(s, plan, err))
		return s;
	sorter_free(s);
	return NULL;
}

void
pages_release(struct pages *pages)
{
	for (size_t i = 0; i < pages->n; i++)
		if (!pages->at[i].shelved)
			packed_free(pages->at[i].page);
	while (pages->shelves) {
		struct shelf *next = pages->shelves->next;

		memory_free(pages->shelves, SHELF);
		pages->shelves = next;
	}
	free(pages->at);
	*pages = (struct pages){ 0 };
}

void
sorter_free(struct sorter *s)
{
	if (!s)
		return;
	pages_release(&s->pages);
	for (size_t i = 0; i < s->n_runs; i++)
		run_release(&s->runs[i], s->spill);
	for (size_t i = 0; i < s->n_packings; i++)
		packing_drop(s->packings[i]);
	spill_drop(s->spill);
	free(s->runs);
	free(s->packings);
	free(s->keys);
	free(s->types);
	free(s->stats);
	free(s->is_key);
	free(s);
}

static bool
pages_room(struct pages *pages, size_t more, struct error *err)
{
	size_t room = pages->room ? pages->room : 64;
	struct kept *at;

	while (room < pages->n + more)
		room *= 2;
	if (room == pages->room)
		return true;
	at = realloc(pages->at, room * sizeof(*at));
	if (!at)
		return fail(err, "out of memory: the system refused %zu pages", room);
	pages->at = at;
	pages->room = room;
	return true;
}

static void
pages_add(struct pages *pages, struct kept kept)
{
	pages->at[pages->n++] = kept;
	pages->rows += kept.page->rows;
	pages->bytes += kept.page->size;
}

static bool
shelf_room(struct pages *pages, size_t size, struct error *err)
{
	struct shelf *shelf = pages->shelves;

	if (shelf && size <= SHELF - shelf->used)
		return true;
	shelf = memory_alloc_bare(SHELF, err);
	if (!shelf)
		return false;
	*shelf = (struct shelf){ pages->shelves, SPARE_ALIGN };
	pages->shelves = shelf;
	return true;
}

/* Rows are taken out of pages here and there, which is dear where each page stands by
 * itself: when there are many, a page is put behind those before it. Where memory is
 * short, nothing is taken in advance. */
static bool
shelve(struct pages *pages, struct kept *kept, struct error *err)
{
	const size_t size = kept->page->size;
	char *to;

	if (pages->bytes < SHELF || size > SHELF / 8 ||
	    memory_room() / SHELVES_ROOM < SHELF)
		return true;
	if (!shelf_room(pages, size, err))
		return false;
	to = (char *)pages->shelves + pages->shelves->used;
	memcpy(to, kept->page, size);
	pages->shelves->used += (size + SPARE_ALIGN - 1) / SPARE_ALIGN * SPARE_ALIGN;
	if (pages->shelves->used > SHELF)
		pages->shelves->used = SHELF;
	packed_free(kept->page);
	kept->page = (struct packed *)(void *)to;
	kept->shelved = true;
	return true;
}

/* Is there more than memory has room for, the work of ordering included? */
static bool
is_full(const struct sorter *s)
{
	size_t work = s->pages.rows * 2 * sizeof(struct sort_item);

	return s->spill && s->pages.bytes + work >= memory_least() &&
	       memory_is_short(work);
}

bool
sorter_take(struct sorter *s, const struct batch *batch, struct place place,
	    struct error *err)
{
	struct kept kept = { NULL, place, false };

	if (batch->rows == 0)
		return true;
	if (s->pages.rows + batch->rows > UINT32_MAX)
		return fail(err,
			    "%zu rows cannot be put in order in memory at once; at most "
			    "%u can; give less with --memory, so that they are put into "
			    "a file",
			    s->pages.rows + batch->rows, UINT32_MAX);
	for (size_t k = 0; k < s->n_keys; k++)
		sort_stats_add(&s->stats[k], batch->at[s->keys[k].column]);
	if (!pages_room(&s->pages, 1, err) ||
	    !(kept.page = pack(s->packings[0], batch, err)))
		return false;
	if (!shelve(&s->pages, &kept, err)) {
		packed_free(kept.page);
		return false;
	}
	pages_add(&s->pages, kept);
	return !is_full(s) || sorter_spill(s, err);
}

static bool
join_lists(struct sorter *into, struct sorter *from, struct error *err)
{
	size_t n = into->n_packings + from->n_packings, m = into->n_runs + from->n_runs;
	struct packing **packings = realloc(into->packings, n * sizeof(struct packing *));
	struct run *runs = packings ? realloc(into->runs, (m + 1) * sizeof(*runs)) : NULL;

	into->packings = packings ? packings : into->packings;
	into->runs = runs ? runs : into->runs;
	if (!runs || !pages_room(&into->pages, from->pages.n, err))
		return fail(err, "out of memory: the system refused %zu runs", m);
	memcpy(into->packings + into->n_packings, from->packings,
	       from->n_packings * sizeof(struct packing *));
	if (from->n_runs)
		memcpy(into->runs + into->n_runs, from->runs,
		       from->n_runs * sizeof(*runs));
	into->n_packings = n;
	into->n_runs = m;
	from->n_packings = from->n_runs = 0;
	return true;
}

bool
sorter_join(struct sorter *into, struct sorter *from, struct error *err)
{
	struct shelf **last = &from->pages.shelves;

	if (!join_lists(into, from, err))
		return false;
	for (size_t i = 0; i < from->pages.n; i++)
		pages_add(&into->pages, from->pages.at[i]);
	while (*last)
		last = &(*last)->next;
	*last = into->pages.shelves;
	into->pages.shelves = from->pages.shelves;
	from->pages.shelves = NULL;
	from->pages.n = from->pages.rows = from->pages.bytes = 0;
	for (size_t k = 0; k < into->n_keys; k++) {
		sort_stats_merge(&into->stats[k], &from->stats[k]);
		from->stats[k] = (struct sort_stats){ 0 };
	}
	return true;
}

static int
by_place(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	if (x->place.chunk != y->place.chunk)
		return x->place.chunk < y->place.chunk ? -1 : 1;
	return (x->place.row > y->place.row) - (x->place.row < y->place.row);
}

/* Pages in the order of their places, so that equal rows are where they belong. */
void
sorter_settle(struct sorter *s)
{
	if (!s->pages.n)
		return;
	qsort(s->pages.at, s->pages.n, sizeof(*s->pages.at), by_place);
	s->pages.packing = packed_packing(s->pages.at[0].page);
}

/* All in memory: the pages, and which rows of them come when. */
struct picking {
	struct sorter *sorter;
	const struct packed **pages;
	struct packed_row *rows;
	size_t n, size;
};

static void
picking_release(void *context)
{
	struct picking *p = context;

	memory_free(p->rows, p->size);
	free(p->pages);
	sorter_free(p->sorter);
	free(p);
}

bool *
sorter_wanted(const struct sorter *s, const bool *wanted, struct error *err)
{
	bool *some = calloc(s->n_in + 1, sizeof(*some));

	if (!some)
		fail(err, "out of memory: the system refused %zu columns", s->n_in);
	for (size_t i = 0; some && i < s->n_out; i++)
		some[i] = !wanted || wanted[i];
	return some;
}

void
sorter_cut(const struct sorter *s, struct batch *batch)
{
	for (size_t i = s->n_out; i < batch->n; i++)
		column_drop(batch->at[i]);
	batch->n = s->n_out;
}

static bool
make_picked(void *context, size_t i, const bool *wanted, struct batch **batch,
	    struct error *err)
{
	const struct picking *p = context;
	size_t first = i * SORTER_ROWS, left = p->n - first;
	bool *some = sorter_wanted(p->sorter, wanted, err);

	if (!some)
		return false;
	*batch = unpack_rows(p->sorter->pages.packing, p->pages, p->rows + first,
			     left < SORTER_ROWS ? left : SORTER_ROWS, some, err);
	free(some);
	if (*batch)
		sorter_cut(p->sorter, *batch);
	return *batch != NULL;
}

/* The sorter becomes the picking's if this succeeds. */
static struct picking *
picking_new(struct sorter *s, struct error *err)
{
	struct picking *p = calloc(1, sizeof(*p));
	struct sort_item *items = NULL;

	if (p)
		p->pages = calloc(s->pages.n + 1, sizeof(*p->pages));
	if (!p || !p->pages) {
		fail(err, "out of memory: the system refused %zu pages", s->pages.n);
		free(p);
		return NULL;
	}
	p->n = s->pages.rows;
	p->size = p->n * sizeof(*p->rows);
	if (sorter_order(s, &items, err))
		p->rows = memory_alloc_bare(p->size, err);
	for (size_t i = 0; p->rows && i < p->n; i++)
		p->rows[i] = items[i].row;
	memory_free(items, p->n * sizeof(*items));
	for (size_t i = 0; i < s->pages.n; i++)
		p->pages[i] = s->pages.at[i].page;
	if (p->rows) {
		p->sorter = s;
		return p;
	}
	picking_release(p);
	return NULL;
}

static bool
end_in_memory(struct sorter *s, struct table *out, struct error *err)
{
	struct picking *p;

	sorter_settle(s);
	p = s->pages.rows ? picking_new(s, err) : NULL;
	if (p)
		table_make(out, &(struct table_maker){ p, make_picked, picking_release },
			   (p->n + SORTER_ROWS - 1) / SORTER_ROWS, p->n);
	else if (s->pages.rows == 0)
		sorter_free(s);
	else
		return false;
	return true;
}

bool
sorter_end(struct sorter *s, struct table *out, struct error *err)
{
	bool ok;

	/* what is in memory may all stay there, if ordering it fits */
	if (s->n_runs || is_full(s)) {
		ok = (!s->pages.rows || sorter_spill(s, err)) &&
		     sorter_merge(s, out, err);
	} else {
		ok = end_in_memory(s, out, err);
	}
	if (!ok)
		sorter_free(s);
	return ok;
}
