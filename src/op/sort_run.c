/*
 * sort_run - rows in order, out of memory: pages of a run, each a piece of the file.
 *
 * Small pages, because a merge holds one of every run.
 */
#include <stdlib.h>

#include "op/sorter_parts.h"

enum { PAGE_BYTES = 48 << 10, PAGE_ROWS = 4096, LEAST_ROWS = 16 };

bool
sorter_add_run(struct sorter *s, struct error *err)
{
	struct run *runs = realloc(s->runs, (s->n_runs + 1) * sizeof(*runs));

	if (!runs)
		return fail(err, "out of memory: the system refused %zu runs", s->n_runs);
	s->runs = runs;
	s->runs[s->n_runs++] = (struct run){ 0 };
	return true;
}

void
run_release(struct run *run, struct spill *spill)
{
	for (size_t i = 0; i < run->n; i++)
		spill_free(spill, run->pieces[i]);
	free(run->pieces);
	*run = (struct run){ 0 };
}

bool
run_put(struct sorter *s, struct run *run, const struct batch *batch, struct error *err)
{
	struct packed *page;
	bool ok;

	if (run->n == run->room) {
		size_t room = run->room ? 2 * run->room : 16;
		struct spill_piece *pieces = realloc(run->pieces, room * sizeof(*pieces));

		if (!pieces)
			return fail(err, "out of memory: the system refused %zu pages",
				    room);
		run->pieces = pieces;
		run->room = room;
	}
	run->packing = s->packings[1];
	page = pack(run->packing, batch, err);
	ok = page && spill_put(s->spill, page, page->size, &run->pieces[run->n], err);
	packed_free(page);
	run->n += ok;
	run->rows += ok ? batch->rows : 0;
	return ok;
}

/* Where a row stands among all, as one number. */
static int64_t
place_of(const struct kept *kept, uint32_t row)
{
	return (int64_t)(kept->place.chunk << 32 | (kept->place.row + row));
}

/* Items of the pages in memory as a batch, with the place of each behind. */
static struct batch *
gather(const struct sorter *s, const struct packed **pages, const struct sort_item *items,
       size_t n, struct error *err)
{
	struct packed_row rows[PAGE_ROWS];
	struct batch *all, *batch = NULL;
	struct column *places = column_new(TYPE_LONG, n, err);

	for (size_t i = 0; i < n; i++)
		rows[i] = items[i].row;
	all = places ? unpack_rows(s->pages.packing, pages, rows, n, NULL, err) : NULL;
	batch = all ? batch_new(s->n_in + 1, n, err) : NULL;
	if (batch) {
		for (size_t i = 0; i < s->n_in; i++)
			batch->at[i] = column_share(all->at[i]);
		for (size_t i = 0; i < n; i++)
			column_longs(places)[i] =
				place_of(&s->pages.at[rows[i].page], rows[i].row);
		batch->at[s->n_in] = column_share(places);
	}
	column_drop(places);
	batch_free(all);
	return batch;
}

static size_t
rows_of_page(const struct sorter *s)
{
	size_t most = memory_least() / 4 < PAGE_BYTES ? memory_least() / 4 : PAGE_BYTES;
	size_t rows = most / (s->pages.bytes / s->pages.rows + sizeof(int64_t));

	return rows < LEAST_ROWS ? LEAST_ROWS : rows > PAGE_ROWS ? PAGE_ROWS : rows;
}

static bool
put_items(struct sorter *s, const struct packed **pages, const struct sort_item *items,
	  struct error *err)
{
	size_t step = rows_of_page(s), n = s->pages.rows;
	struct run *run = &s->runs[s->n_runs - 1];
	bool ok = true;

	for (size_t first = 0; ok && first < n; first += step) {
		size_t left = n - first;
		struct batch *batch =
			gather(s, pages, items + first, left < step ? left : step, err);

		ok = batch && run_put(s, run, batch, err);
		if (ok && sorter_is_over(s, false))
			ok = fail_cancelled(err);
		batch_free(batch);
	}
	return ok;
}

bool
sorter_spill(struct sorter *s, struct error *err)
{
	const struct packed **pages = calloc(s->pages.n + 1, sizeof(*pages));
	struct sort_item *items = NULL;
	bool ok = pages ||
		  fail(err, "out of memory: the system refused %zu pages", s->pages.n);

	sorter_settle(s);
	ok = ok && sorter_order(s, &items, err) && sorter_add_run(s, err);
	for (size_t i = 0; ok && i < s->pages.n; i++)
		pages[i] = s->pages.at[i].page;
	ok = ok && put_items(s, pages, items, err);
	memory_free(items, s->pages.rows * sizeof(*items));
	free(pages);
	pages_release(&s->pages);
	memset(s->stats, 0, s->n_keys * sizeof(*s->stats));
	return ok;
}
