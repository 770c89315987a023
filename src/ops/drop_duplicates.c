/*
 * drop_duplicates - of equal rows, the first stays.
 *
 * All columns count. Nulls are equal to each other, so are NaNs and both zeroes. The
 * order stays.
 *
 * A first pass keeps a hash of 128 bits for every row, 16 bytes. Settling goes over the
 * hashes in the order of the rows and notes who comes first, one bit a row; the second
 * pass reads the bits.
 */
#include <stdlib.h>

#include "data/rows.h"
#include "op/op.h"

/* Hashes of rows that stand one behind the other. */
struct block {
	struct block *next;
	struct place place;
	size_t n;
	struct row_hash hash[];
};

struct seen {
	struct block *blocks; /* in no order */
	size_t n, rows;
};

/* Rows one behind the other, and where their bits start. */
struct run {
	struct place place;
	size_t rows, bit;
};

struct survivors {
	struct run *runs; /* in the order of places */
	size_t n, runs_size;
	uint64_t *bits; /* set: the row stays */
	size_t bits_size;
};

static const struct op_choice choices[] = {
	{ "operator", "Drop duplicates" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "", "a,b\n1,x\n2,x\n1,x\n", "a,b\n1,x\n2,x\n" },
	{ 0 },
};

static size_t
block_size(size_t n)
{
	return sizeof(struct block) + n * sizeof(struct row_hash);
}

static void *
start(const struct call *call, struct error *err)
{
	(void)call;
	return memory_alloc(sizeof(struct seen), err);
}

static bool
observe(const struct call *call, void *state, const struct batch *batch,
	struct error *err)
{
	struct seen *seen = state;
	struct block *block;

	if (batch->rows == 0)
		return true;
	block = memory_alloc(block_size(batch->rows), err);
	if (!block)
		return false;
	if (!rows_hash(batch, block->hash, err)) {
		memory_free(block, block_size(batch->rows));
		return false;
	}
	block->place = call->place;
	block->n = batch->rows;
	block->next = seen->blocks;
	seen->blocks = block;
	seen->n++;
	seen->rows += batch->rows;
	return true;
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	struct seen *to = into, *other = from;
	struct block **last = &other->blocks;

	(void)call;
	(void)err;
	while (*last)
		last = &(*last)->next;
	*last = to->blocks;
	to->blocks = other->blocks;
	to->n += other->n;
	to->rows += other->rows;
	*other = (struct seen){ 0 };
	return true;
}

static void
discard(void *state)
{
	struct seen *seen = state;

	for (struct block *block = seen->blocks, *next; block; block = next) {
		next = block->next;
		memory_free(block, block_size(block->n));
	}
	memory_free(seen, sizeof(*seen));
}

static int
compare_places(struct place a, struct place b)
{
	if (a.chunk != b.chunk)
		return a.chunk < b.chunk ? -1 : 1;
	return (a.row > b.row) - (a.row < b.row);
}

static int
compare_blocks(const void *a, const void *b)
{
	return compare_places((*(struct block *const *)a)->place,
			      (*(struct block *const *)b)->place);
}

/* The blocks in order, and the number of the first row of each. */
struct order {
	struct block **blocks;
	uint32_t *first;
	size_t n;
};

static struct row_hash
hash_at(const struct order *order, uint32_t row)
{
	size_t low = 0, high = order->n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (order->first[middle] <= row)
			low = middle;
		else
			high = middle;
	}
	return order->blocks[low]->hash[row - order->first[low]];
}

/* An open table of row numbers + 1; 0 is free. */
struct table_of_rows {
	uint32_t *slots;
	size_t mask, size;
};

/* Is it the first row with this hash? It is noted then. */
static bool
is_first(const struct order *order, struct table_of_rows *t, struct row_hash hash,
	 uint32_t row)
{
	for (size_t slot = hash.low & t->mask;; slot = (slot + 1) & t->mask) {
		struct row_hash there;

		if (!t->slots[slot]) {
			t->slots[slot] = row + 1;
			return true;
		}
		there = hash_at(order, t->slots[slot] - 1);
		if (there.low == hash.low && there.high == hash.high)
			return false;
	}
}

static bool
mark_first(const struct order *order, size_t rows, uint64_t *bits, struct error *err)
{
	struct table_of_rows t = { .mask = 15 };

	while (t.mask < rows + rows / 2)
		t.mask = t.mask * 2 + 1;
	t.size = (t.mask + 1) * sizeof(*t.slots);
	if (!(t.slots = memory_alloc(t.size, err)))
		return false;
	for (size_t b = 0; b < order->n; b++) {
		const struct block *block = order->blocks[b];

		for (size_t i = 0; i < block->n; i++)
			if (is_first(order, &t, block->hash[i],
				     order->first[b] + (uint32_t)i))
				bit_set(bits, order->first[b] + i);
	}
	memory_free(t.slots, t.size);
	return true;
}

/* Blocks that follow each other become one run. */
static void
note_runs(const struct order *order, struct survivors *out)
{
	for (size_t b = 0; b < order->n; b++) {
		const struct block *block = order->blocks[b];
		struct run *last = out->n ? &out->runs[out->n - 1] : NULL;

		if (last && last->place.chunk == block->place.chunk &&
		    last->place.row + last->rows == block->place.row)
			last->rows += block->n;
		else
			out->runs[out->n++] =
				(struct run){ block->place, block->n, order->first[b] };
	}
}

static void
forget(void *learned)
{
	struct survivors *s = learned;

	memory_free(s->runs, s->runs_size);
	memory_free(s->bits, s->bits_size);
	*s = (struct survivors){ 0 };
}

static bool
find_survivors(const struct order *order, size_t rows, struct survivors *out,
	       struct error *err)
{
	out->runs_size = order->n * sizeof(*out->runs);
	out->bits_size = bit_words(rows) * sizeof(*out->bits);
	out->runs = memory_alloc(out->runs_size, err);
	out->bits = memory_alloc(out->bits_size, err);
	if (!out->runs || !out->bits || !mark_first(order, rows, out->bits, err)) {
		forget(out);
		return false;
	}
	note_runs(order, out);
	return true;
}

static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	const struct seen *seen = state;
	size_t blocks_size = seen->n * sizeof(struct block *);
	size_t first_size = seen->n * sizeof(uint32_t), n = 0;
	struct order order = { .n = seen->n };
	uint32_t first = 0;
	bool ok = false;

	(void)call;
	(void)arena;
	forget(learned);
	if (seen->rows >= UINT32_MAX)
		return fail(err,
			    "%zu rows are too many to look for duplicates; at most "
			    "%u can be",
			    seen->rows, UINT32_MAX - 1);
	order.blocks = memory_alloc(blocks_size, err);
	order.first = memory_alloc(first_size, err);
	if (order.blocks && order.first) {
		for (struct block *b = seen->blocks; b; b = b->next)
			order.blocks[n++] = b;
		qsort(order.blocks, n, sizeof(*order.blocks), compare_blocks);
		for (size_t i = 0; i < n; first += (uint32_t)order.blocks[i++]->n)
			order.first[i] = first;
		ok = find_survivors(&order, seen->rows, learned, err);
	}
	memory_free(order.blocks, blocks_size);
	memory_free(order.first, first_size);
	return ok;
}

/* The run that holds a place, or NULL. */
static const struct run *
find_run(const struct survivors *s, struct place place)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_places(s->runs[middle].place, place) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || s->runs[low - 1].place.chunk != place.chunk ||
	    place.row - s->runs[low - 1].place.row >= s->runs[low - 1].rows)
		return NULL;
	return &s->runs[low - 1];
}

static bool
keep(const struct call *call, const struct batch *batch, uint64_t *kept,
     struct error *err)
{
	const struct survivors *s = call->learned;
	struct place place = call->place;

	for (size_t i = 0; i < batch->rows;) {
		const struct run *run = find_run(s, place);
		size_t bit, n;

		if (!run)
			return fail(err, "the input changed while it was read");
		bit = run->bit + (place.row - run->place.row);
		n = run->bit + run->rows - bit;
		for (size_t end = i + n; i < end && i < batch->rows; i++, place.row++)
			if (bit_get(s->bits, bit++))
				bit_set(kept, i);
	}
	return true;
}

const struct op op_drop_duplicates = {
	.name = "drop_duplicates",
	.title = "Drop duplicates",
	.group = "Manage rows",
	.help = "Of equal rows, keep the first.",
	.id = "sagemaker.spark.manage_rows_0.1",
	.choices = choices,
	.block = "drop_duplicates_parameters",
	.learned_size = sizeof(struct survivors),
	.examples = examples,
	.flags = OP_READS_ALL | OP_OWN_LEARNED,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = discard,
	.forget = forget,
	.keep = keep,
};
