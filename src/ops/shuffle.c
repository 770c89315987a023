/*
 * shuffle - rows in random order.
 *
 * The seed decides the order, so a run can be repeated; Data Wrangler has none.
 *
 * A row's new place is a key that it is sorted by, so that rows may be in a file.
 */
#include "base/random.h"
#include "op/op.h"
#include "op/sorter.h"

struct shuffle {
	int64_t seed;
};

static const struct op_choice choices[] = {
	{ "operator", "Shuffle" },
	{ 0 },
};

static const struct param params[] = {
	PARAM_INTEGER(struct shuffle, seed, "Seed", "another number, another order",
		      .preset = "838257247"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "", "x\n1\n2\n3\n", "x\n2\n3\n1\n" },
	{ 0 },
};

/* Where each row goes: a shuffle after Fisher and Yates, and then by row. */
static bool
draw(uint64_t seed, uint32_t *to, size_t n, struct error *err)
{
	uint32_t *rows = memory_alloc_bare(n * sizeof(*rows), err);

	if (!rows)
		return false;
	for (size_t i = 0; i < n; i++)
		rows[i] = (uint32_t)i;
	for (size_t left = n; left > 1; left--) {
		size_t i = random_below(&seed, left);
		uint32_t row = rows[i];

		rows[i] = rows[left - 1];
		rows[left - 1] = row;
	}
	for (size_t i = 0; i < n; i++)
		to[rows[i]] = (uint32_t)i;
	memory_free(rows, n * sizeof(*rows));
	return true;
}

/* The batch with one column more: where its rows go. */
static struct batch *
with_places(const struct batch *batch, const uint32_t *to, struct error *err)
{
	struct batch *wide = batch_new(batch->n + 1, batch->rows, err);

	if (!wide)
		return NULL;
	for (size_t i = 0; i < batch->n; i++)
		wide->at[i] = column_share(batch->at[i]);
	wide->at[batch->n] = column_new(TYPE_LONG, batch->rows, err);
	if (!wide->at[batch->n]) {
		batch_free(wide);
		return NULL;
	}
	for (size_t i = 0; i < batch->rows; i++)
		column_longs(wide->at[batch->n])[i] = to[i];
	return wide;
}

static bool
take_all(struct sorter *sorter, struct table *in, const uint32_t *to, struct error *err)
{
	struct place place = { 0 };

	for (size_t i = 0; i < in->n; i++) {
		struct batch *batch, *wide;
		bool ok;

		if (!table_pull(in, i, &batch, err))
			return false;
		wide = with_places(batch, to + place.row, err);
		ok = wide && sorter_take(sorter, wide, place, err);
		place.row += batch->rows;
		batch_free(wide);
		batch_free(batch);
		if (!ok)
			return false;
	}
	return true;
}

static struct sorter *
sorter_of_places(const struct call *call, struct arena *arena, struct error *err)
{
	size_t n = call->in->n;
	struct schema *wide = ARENA_NEW(arena, struct schema);
	struct sort_key key = { n, false };

	for (size_t i = 0; i < n; i++)
		schema_add(wide, call->in->at[i].name, call->in->at[i].type, arena);
	schema_add(wide, "", TYPE_LONG, arena);
	return sorter_new(&(struct sorter_plan){ .keys = &key,
						 .n_keys = 1,
						 .in = wide,
						 .n_out = n,
						 .spill = call->spill,
						 .threads = call->threads,
						 .cancel = call->cancel,
						 .pause = call->pause },
			  err);
}

static bool
whole(const struct call *call, struct table *const *in, struct table *out,
      struct schema *schema, struct arena *arena, struct error *err)
{
	const struct shuffle *f = call->fields;
	size_t size = in[0]->rows * sizeof(uint32_t);
	struct sorter *sorter;
	uint32_t *to;
	bool ok;

	(void)schema;
	if (in[0]->rows > UINT32_MAX)
		return fail(err, "%zu rows cannot be shuffled at once; at most %u can",
			    in[0]->rows, UINT32_MAX);
	to = memory_alloc_bare(size, err);
	sorter = to ? sorter_of_places(call, arena, err) : NULL;
	ok = sorter && draw((uint64_t)f->seed, to, in[0]->rows, err) &&
	     take_all(sorter, in[0], to, err);
	memory_free(to, size);
	if (ok)
		return sorter_end(sorter, out, err);
	sorter_free(sorter);
	return false;
}

static bool
changes_rows(const void *fields)
{
	(void)fields;
	return true;
}

const struct op op_shuffle = {
	.name = "shuffle",
	.title = "Shuffle",
	.group = "Manage rows",
	.help = "Put the rows in random order.",
	.id = "sagemaker.spark.manage_rows_0.1",
	.choices = choices,
	.block = "shuffle_parameters",
	.params = params,
	.params_size = sizeof(struct shuffle),
	.examples = examples,
	.changes_rows = changes_rows,
	.whole = whole,
};
