/*
 * sort_items - the rows of pages in memory, in order.
 *
 * Leading numbers are sorted by their digits, from the last to the first (a radix sort,
 * which keeps the order of equal ones, and so that of places). Rows that share one are a
 * tie; ties are looked at in rounds, each with the next part of the keys, many at once,
 * until none is left or the keys are at their end.
 */
#include <stdlib.h>

#include "base/threads.h"
#include "op/sorter_parts.h"

enum { DIGIT = 11, DIGITS = 1 << DIGIT, FEW = 256, BLOCK = 4096 };

struct sort {
	struct sorter *sorter;
	const struct packed **pages;
	struct sort_item *items, *spare;
	struct sort_lead lead;
	size_t *first; /* by page: its first row among all */
};

/* By bits [shift, shift + DIGIT) of the keys. */
static void
by_digit(const struct sort_item *from, struct sort_item *to, size_t n, unsigned shift)
{
	uint32_t at[DIGITS] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		at[from[i].key >> shift & (DIGITS - 1)]++;
	for (size_t d = 0; d < DIGITS; d++) {
		uint32_t count = at[d];

		at[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[at[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

static bool
same_digits(const struct sort_item *items, size_t n, unsigned shift)
{
	for (size_t i = 1; i < n; i++)
		if (((items[i].key ^ items[0].key) >> shift & (DIGITS - 1)) != 0)
			return false;
	return true;
}

static void
radix_sort(struct sort_item *items, struct sort_item *spare, size_t n, unsigned bits)
{
	struct sort_item *from = items, *to = spare;

	for (unsigned shift = 0; shift < bits; shift += DIGIT) {
		struct sort_item *swap = from;

		if (same_digits(from, n, shift))
			continue;
		by_digit(from, to, n, shift);
		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, n * sizeof(*items));
}

/* Two sorted parts of from, one behind the other, as one. */
static void
merge_parts(const struct sort_item *a, size_t n_a, const struct sort_item *b, size_t n_b,
	    struct sort_item *to)
{
	const struct sort_item *a_end = a + n_a, *b_end = b + n_b;

	while (a < a_end && b < b_end)
		*to++ = b->key < a->key ? *b++ : *a++;
	memcpy(to, a, (size_t)(a_end - a) * sizeof(*to));
	memcpy(to + (a_end - a), b, (size_t)(b_end - b) * sizeof(*to));
}

static void
merge_sort(struct sort_item *items, struct sort_item *spare, size_t n)
{
	enum { SMALL = 12 };

	if (n <= SMALL) {
		for (size_t i = 1; i < n; i++) {
			struct sort_item x = items[i];
			size_t j = i;

			for (; j > 0 && items[j - 1].key > x.key; j--)
				items[j] = items[j - 1];
			items[j] = x;
		}
		return;
	}
	merge_sort(items, spare, n / 2);
	merge_sort(items + n / 2, spare, n - n / 2);
	memcpy(spare, items, n * sizeof(*items));
	merge_parts(spare, n / 2, spare + n / 2, n - n / 2, items);
}

static void
sort_by_key(struct sort_item *items, struct sort_item *spare, size_t n, unsigned bits)
{
	if (n <= FEW)
		merge_sort(items, spare, n);
	else
		radix_sort(items, spare, n, bits);
}

/* The items of one page, in the order of its rows. */
static bool
put_page(struct sort *s, size_t p, struct error *err)
{
	const struct packed *page = s->pages[p];
	struct sort_item *item = s->items + s->first[p];
	struct batch *keys;

	for (size_t row = 0; row < page->rows; row++)
		item[row].row = (struct packed_row){ (uint32_t)p, (uint32_t)row };
	if (page->rows == 0)
		return true;
	keys = unpack(s->sorter->pages.packing, page, s->sorter->is_key, err);
	if (!keys)
		return false;
	sort_lead_put(&s->lead, s->sorter->keys, keys, &item->key, sizeof(*item));
	batch_free(keys);
	return true;
}

/* Parts of the work on all items: a share of the pages each, in order. */
struct shares {
	struct sort *sort;
	size_t n;
	struct error *errs;
	bool *failed;
	size_t width; /* of the merge at hand, in shares */
};

static size_t
share_page(const struct shares *shares, size_t i)
{
	return shares->sort->sorter->pages.n * i / shares->n;
}

static size_t
share_row(const struct shares *shares, size_t i)
{
	return i >= shares->n ? shares->sort->sorter->pages.rows
			      : shares->sort->first[share_page(shares, i)];
}

static void
sort_share(void *context, size_t i)
{
	struct shares *shares = context;
	struct sort *s = shares->sort;
	size_t first = share_row(shares, i), n = share_row(shares, i + 1) - first;

	for (size_t p = share_page(shares, i); p < share_page(shares, i + 1); p++)
		if (sorter_is_over(s->sorter, false) ||
		    !put_page(s, p, &shares->errs[i])) {
			shares->failed[i] = true;
			return;
		}
	sort_by_key(s->items + first, s->spare + first, n, s->lead.bits);
}

/* How many of the first k items of two merged parts come from the first one. */
static size_t
split(const struct sort_item *a, size_t n_a, const struct sort_item *b, size_t n_b,
      size_t k)
{
	size_t low = k > n_b ? k - n_b : 0, high = k < n_a ? k : n_a;

	while (low < high) {
		size_t i = low + (high - low) / 2;

		/* equal ones of the first part come first */
		if (b[k - i - 1].key < a[i].key)
			high = i;
		else
			low = i + 1;
	}
	return low;
}

/* Share i's part of a merge of two neighbours, from items to spare. */
static void
merge_share(void *context, size_t i)
{
	const struct shares *shares = context;
	const struct sort *s = shares->sort;
	size_t pair = i / (2 * shares->width) * 2 * shares->width;
	size_t first = share_row(shares, pair);
	size_t middle = share_row(shares, pair + shares->width);
	size_t end = share_row(shares, pair + 2 * shares->width);
	const struct sort_item *a = s->items + first, *b = s->items + middle;
	size_t from = share_row(shares, i) - first, to = share_row(shares, i + 1) - first;
	size_t a0 = split(a, middle - first, b, end - middle, from);
	size_t a1 = split(a, middle - first, b, end - middle, to);

	merge_parts(a + a0, a1 - a0, b + (from - a0), (to - a1) - (from - a0),
		    s->spare + first + from);
}

static bool
sort_shares(struct shares *shares, struct error *err)
{
	struct sort *s = shares->sort;

	threads_run(shares->n, sort_share, shares);
	for (size_t i = 0; i < shares->n; i++)
		if (shares->failed[i]) {
			*err = shares->errs[i];
			return sorter_is_over(s->sorter, false) ? fail_cancelled(err)
								: false;
		}
	for (shares->width = 1; shares->width < shares->n; shares->width *= 2) {
		struct sort_item *swap = s->items;

		threads_run(shares->n, merge_share, shares);
		s->items = s->spare;
		s->spare = swap;
	}
	return true;
}

static bool
sort_lead(struct sort *s, struct error *err)
{
	enum { LEAST = 1 << 16 }; /* rows that are worth a thread */
	struct shares shares = { .sort = s, .n = s->sorter->threads };
	bool ok;

	if (shares.n > s->sorter->pages.rows / LEAST)
		shares.n = s->sorter->pages.rows / LEAST;
	if (shares.n < 1)
		shares.n = 1;
	shares.errs = calloc(shares.n, sizeof(*shares.errs));
	shares.failed = calloc(shares.n, sizeof(*shares.failed));
	ok = (shares.errs && shares.failed) || fail(err, "out of memory");
	ok = ok && sort_shares(&shares, err);
	free(shares.errs);
	free(shares.failed);
	return ok;
}

/* Items that are equal so far, and the part of the key to look at next. */
struct tie {
	size_t first, n;
	uint32_t key, part;
};

/* The ties left in what was one: n sorted items. Those whose key is at its end go on with
 * the next one. lead: the numbers were the leading ones. */
static bool
find_ties(const struct sort *s, struct buffer *ties, struct tie was, bool lead,
	  struct error *err)
{
	const struct sorter *sorter = s->sorter;
	const struct sort_item *items = s->items + was.first;

	for (size_t i = 0, j; i < was.n; i = j) {
		struct tie tie = { was.first + i, 0, was.key, was.part };

		for (j = i + 1; j < was.n && items[j].key == items[i].key;)
			j++;
		tie.n = j - i;
		if (lead) {
			tie.part = 0;
		} else if (sort_part_ends(sorter->types[was.key],
					  sorter->keys[was.key].descending, was.part,
					  items[i].key)) {
			tie.part = 0;
			tie.key++;
		} else {
			tie.part++;
		}
		if (tie.n > 1 && tie.key < sorter->n_keys &&
		    !buffer_append(ties, &tie, sizeof(tie), err))
			return false;
	}
	return true;
}

/* Items of several ties, whose next numbers are found at once. */
struct block {
	size_t n;
	struct packed_row rows[BLOCK];
	uint32_t key[BLOCK], part[BLOCK];
	size_t item[BLOCK];
};

static bool
flush(const struct sort *s, struct block *b, struct error *err)
{
	struct batch *keys;

	if (b->n == 0)
		return true;
	keys = unpack_rows(s->sorter->pages.packing, s->pages, b->rows, b->n,
			   s->sorter->is_key, err);
	if (!keys)
		return false;
	for (size_t i = 0; i < b->n; i++) {
		const struct sort_key *key = &s->sorter->keys[b->key[i]];

		s->items[b->item[i]].key =
			sort_part(keys->at[key->column], i, key->descending, b->part[i]);
	}
	batch_free(keys);
	b->n = 0;
	return true;
}

static bool
next_numbers(const struct sort *s, const struct tie *ties, size_t n, struct block *b,
	     struct error *err)
{
	for (size_t t = 0; t < n; t++)
		for (size_t i = 0; i < ties[t].n; i++) {
			b->rows[b->n] = s->items[ties[t].first + i].row;
			b->key[b->n] = ties[t].key;
			b->part[b->n] = ties[t].part;
			b->item[b->n++] = ties[t].first + i;
			if (b->n == BLOCK && !flush(s, b, err))
				return false;
		}
	return flush(s, b, err);
}

static bool
break_ties(const struct sort *s, struct buffer **ties, struct block *b, struct error *err)
{
	while ((*ties)->size) {
		const struct tie *at = (const struct tie *)(const void *)(*ties)->data;
		size_t n = (*ties)->size / sizeof(*at);
		struct buffer *left = buffer_new(0, err);
		bool ok = left && next_numbers(s, at, n, b, err);

		for (size_t t = 0; ok && t < n; t++) {
			if (sorter_is_over(s->sorter, false))
				ok = fail_cancelled(err);
			if (!ok)
				break;
			sort_by_key(s->items + at[t].first, s->spare, at[t].n, 64);
			ok = find_ties(s, left, at[t], false, err);
		}
		buffer_drop(*ties);
		*ties = left;
		if (!ok)
			return false;
	}
	return true;
}

/* What the leading numbers do not tell. */
static bool
sort_rest(const struct sort *s, struct error *err)
{
	struct tie all = { 0, s->sorter->pages.rows, (uint32_t)s->lead.n, 0 };
	struct buffer *ties;
	struct block *block;
	bool ok;

	if (s->lead.n == s->sorter->n_keys)
		return true;
	ties = buffer_new(0, err);
	block = ties ? memory_alloc_bare(sizeof(*block), err) : NULL;
	if (block)
		block->n = 0;
	ok = block && find_ties(s, ties, all, true, err) &&
	     break_ties(s, &ties, block, err);
	memory_free(block, sizeof(*block));
	buffer_drop(ties);
	return ok;
}

/* By key: what the words of a dictionary rank, where all pages have one. */
static bool
rank_words(struct sorter *sorter, struct buffer **ranks, struct error *err)
{
	for (size_t k = 0; k < sorter->n_keys; k++) {
		size_t column = sorter->keys[k].column, p = 0;
		struct column *words;

		if (sorter->types[k] != TYPE_STRING)
			continue;
		while (p < sorter->pages.n &&
		       packed_has_codes(sorter->pages.at[p].page, column))
			p++;
		if (p < sorter->pages.n)
			continue;
		for (size_t i = 0; i < sorter->n_packings; i++)
			if (!packing_join(sorter->pages.packing, sorter->packings[i],
					  column, err))
				return false;
		words = packing_words(sorter->pages.packing, column, err);
		ranks[k] = words ? sort_ranks(words, err) : NULL;
		column_drop(words);
		if (!ranks[k])
			return false;
	}
	return true;
}

static bool
make_lead(struct sort *s, struct error *err)
{
	struct sorter *sorter = s->sorter;
	struct buffer **ranks = calloc(sorter->n_keys, sizeof(*ranks));
	bool ok = ranks || fail(err, "out of memory");

	ok = ok && rank_words(sorter, ranks, err) &&
	     sort_lead_make(&s->lead, sorter->keys, sorter->n_keys, sorter->types,
			    sorter->stats, ranks, err);
	for (size_t k = 0; ranks && k < sorter->n_keys; k++)
		buffer_drop(ranks[k]);
	free(ranks);
	return ok;
}

static bool
list_pages(struct sort *s, struct error *err)
{
	const struct pages *pages = &s->sorter->pages;
	size_t row = 0;

	s->pages = calloc(pages->n + 1, sizeof(*s->pages));
	s->first = calloc(pages->n + 1, sizeof(*s->first));
	if (!s->pages || !s->first)
		return fail(err, "out of memory: the system refused %zu pages", pages->n);
	for (size_t p = 0; p < pages->n; p++) {
		s->pages[p] = pages->at[p].page;
		s->first[p] = row;
		row += s->pages[p]->rows;
	}
	s->first[pages->n] = row;
	return true;
}

bool
sorter_order(struct sorter *sorter, struct sort_item **items, struct error *err)
{
	struct sort s = { .sorter = sorter };
	size_t size = sorter->pages.rows * sizeof(struct sort_item);
	bool ok = list_pages(&s, err) && make_lead(&s, err) &&
		  (s.items = memory_alloc_bare(size, err)) &&
		  (s.spare = memory_alloc_bare(size, err)) && sort_lead(&s, err) &&
		  sort_rest(&s, err);

	sort_lead_release(&s.lead);
	free(s.pages);
	free(s.first);
	memory_free(s.spare, size);
	if (!ok) {
		memory_free(s.items, size);
		s.items = NULL;
	}
	*items = s.items;
	return ok;
}
