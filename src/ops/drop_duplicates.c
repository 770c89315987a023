/*
 * drop_duplicates - of equal rows, the first stays.
 *
 * All columns count. Nulls are equal to each other, so are NaNs and both zeroes. The
 * order stays.
 *
 * A first pass keeps a hash of 128 bits for every distinct row, and lets pass what is new
 * (op/sieve.h); then there is one bit a row that says whether it stays, which the second
 * pass reads.
 */
#include <stdlib.h>

#include "op/sieve.h"

/* One thread's. */
struct seen {
	struct sieve_hand hand;
	struct row_hash *hashes; /* of the batch at hand */
	size_t room;
	bool signs; /* a zero with a sign passed: equal to others, but not the same */
};

static const struct op_choice choices[] = {
	{ "operator", "Drop duplicates" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "", "a,b\n1,x\n2,x\n1,x\n", "a,b\n1,x\n2,x\n" },
	{ 0 },
};

static void *
pool(const struct call *call, struct error *err)
{
	return sieve_new(call->spill, err);
}

static void
drain(void *sieve)
{
	sieve_free(sieve);
}

static void *
start(const struct call *call, struct error *err)
{
	(void)call;
	return memory_alloc(sizeof(struct seen), err);
}

/* -0.0 is equal to 0.0, but prints otherwise. Also within objects. */
static bool
has_signed_zero(const struct column *c)
{
	const uint64_t sign = (uint64_t)1 << 63;
	bool any = false;

	for (size_t i = 0; !any && i < c->n_children; i++)
		any = has_signed_zero(c->children[i]);
	if (c->type == TYPE_FLOAT)
		for (size_t i = 0; i < c->rows; i++)
			any |= (uint64_t)column_longs(c)[i] == sign;
	return any;
}

static bool
hash_rows(struct seen *seen, const struct batch *batch, struct error *err)
{
	if (seen->room < batch->rows) {
		memory_free(seen->hashes, seen->room * sizeof(*seen->hashes));
		seen->room = 0;
		seen->hashes = memory_alloc(batch->rows * sizeof(*seen->hashes), err);
		if (!seen->hashes)
			return false;
		seen->room = batch->rows;
	}
	for (size_t i = 0; !seen->signs && i < batch->n; i++)
		seen->signs = batch->at[i] && has_signed_zero(batch->at[i]);
	return rows_hash(batch, seen->hashes, err);
}

static bool
sift(const struct call *call, void *state, const struct batch *batch, uint64_t *fresh,
     struct error *err)
{
	struct seen *seen = state;

	return hash_rows(seen, batch, err) &&
	       sieve_add(call->pool, &seen->hand, seen->hashes, batch->rows, call->place,
			 fresh, err);
}

static bool
observe(const struct call *call, void *state, const struct batch *batch,
	struct error *err)
{
	return sift(call, state, batch, NULL, err);
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	struct seen *to = into, *other = from;

	to->signs = to->signs || other->signs;
	return sieve_hand_merge(call->pool, &to->hand, &other->hand, err);
}

static void
discard(void *state)
{
	struct seen *seen = state;

	sieve_hand_release(&seen->hand);
	memory_free(seen->hashes, seen->room * sizeof(*seen->hashes));
	memory_free(seen, sizeof(*seen));
}

static bool
sifted(const struct call *call, const void *state)
{
	return !((const struct seen *)state)->signs && sieve_is_exact(call->pool);
}

static void
forget(void *learned)
{
	survivors_release(learned);
}

static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	struct seen *seen = state;

	(void)arena;
	forget(learned);
	return sieve_settle(call->pool, &seen->hand, call->threads, learned, err);
}

static bool
keep(const struct call *call, const struct batch *batch, uint64_t *kept,
     struct error *err)
{
	return survivors_get(call->learned, call->place, batch->rows, kept) ||
	       fail(err, "the input changed while it was read");
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
	.flags = OP_READS_ALL | OP_OWN_LEARNED | OP_PLACES | OP_READS_TO_LEARN,
	.pool = pool,
	.drain = drain,
	.start = start,
	.observe = observe,
	.sift = sift,
	.sifted = sifted,
	.merge = merge,
	.settle = settle,
	.discard = discard,
	.forget = forget,
	.keep = keep,
};
