/*
 * join - a hash table over the keys of one table, through which the other one streams.
 *
 * The table that streams gives up its batches as they are done, the other one its
 * columns as they are put together, so that little stands twice.
 */
#include "op/join.h"

#include "data/cast.h"
#include "data/rows.h"

enum kind { INNER, LEFT, RIGHT, FULL, SEMI, ANTI };
enum { OUT_ROWS = 65536 };

const char *const join_types[] = {
	"inner",      "left",        "leftouter", "left_outer", "right",
	"rightouter", "right_outer", "outer",     "full",       "fullouter",
	"full_outer", "semi",        "leftsemi",  "left_semi",  "anti",
	"leftanti",   "left_anti",   "cross",     NULL,
};

static const enum kind kinds[] = {
	INNER, LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT, FULL, FULL,
	FULL,  FULL, SEMI, SEMI, SEMI,  ANTI,  ANTI,  ANTI, INNER,
};

static bool
is_left_only(const struct join *join)
{
	return kinds[join->type] == SEMI || kinds[join->type] == ANTI;
}

bool
join_check(const struct join *join, struct error *err)
{
	if (join->left.n == 0 && strcmp(join_types[join->type], "cross") != 0)
		return fail(err, "no key to join by; give a column of each table");
	return true;
}

/* What both types are compared as; 0: nothing. */
static enum type
common_type(enum type a, enum type b)
{
	static const struct {
		unsigned both;
		enum type as;
	} pairs[] = {
		{ TYPE_LONG | TYPE_FLOAT, TYPE_FLOAT },
		{ TYPE_LONG | TYPE_BOOL, TYPE_LONG },
		{ TYPE_LONG | TYPE_STRING, TYPE_LONG },
		{ TYPE_FLOAT | TYPE_BOOL, TYPE_FLOAT },
		{ TYPE_FLOAT | TYPE_STRING, TYPE_FLOAT },
		{ TYPE_BOOL | TYPE_STRING, TYPE_BOOL },
		{ TYPE_STRING | TYPE_DATE, TYPE_DATE },
		{ TYPE_STRING | TYPE_DATETIME, TYPE_DATETIME },
		{ TYPE_DATE | TYPE_DATETIME, TYPE_DATETIME },
	};

	if (a == b)
		return a;
	for (size_t i = 0; i < COUNT(pairs); i++)
		if (pairs[i].both == ((unsigned)a | (unsigned)b))
			return pairs[i].as;
	return 0;
}

static bool
find_key(const struct schema *schema, const char *side, const char *name, size_t *at,
	 bool *known, struct error *err)
{
	*known = !schema->open || schema_find(schema, name) != SCHEMA_NONE;
	return !*known ||
	       schema_need(schema, side, name, TYPE_ANY & ~TYPE_OBJECT, at, err);
}

static bool
check_keys(const struct join *join, const struct schema *in, struct error *err)
{
	for (size_t i = 0; i < join->left.n; i++) {
		const char *left = join->left.at[i], *right = join->right.at[i];
		bool known_left, known_right;
		size_t a, b;

		if (!find_key(&in[0], "left table", left, &a, &known_left, err) ||
		    !find_key(&in[1], "right table", right, &b, &known_right, err))
			return false;
		if (!known_left || !known_right)
			continue;
		if (!common_type(in[0].at[a].type, in[1].at[b].type))
			return fail(err,
				    "'%s' is %s, but '%s' of the right table is %s: cast "
				    "one of them to compare them",
				    left, type_name(in[0].at[a].type), right,
				    type_name(in[1].at[b].type));
	}
	return true;
}

bool
join_shape(const struct join *join, const struct schema *in, struct shape *out,
	   struct error *err)
{
	size_t n_left = in[0].n, n = n_left + in[1].n;
	const char **names;

	if (!check_keys(join, in, err))
		return false;
	if (is_left_only(join)) {
		shape_keep_all(out, in);
		return true;
	}
	/* a column still unknown may take a name, and so change the others' */
	out->schema.open = in[0].open || in[1].open;
	if (out->schema.open)
		return true;
	names = ARENA_ARRAY(out->arena, n, const char *);
	for (size_t i = 0; i < n; i++)
		names[i] = i < n_left ? in[0].at[i].name : in[1].at[i - n_left].name;
	if (!join_names(names, n, out->arena, err))
		return false;
	for (size_t i = 0; i < n_left; i++)
		shape_keep_as(out, &in[0], i, names[i]);
	for (size_t i = 0; i < in[1].n; i++)
		shape_keep_second(out, &in[1], i, names[n_left + i]);
	return true;
}

/* The keys of a table as the types they are compared as. */
struct keys {
	struct batch *columns;
	struct row_hash *hashes;
	size_t size; /* bytes of hashes */
};

/* Rows with the same key hang together in their order; a slot has the first. */
struct index {
	struct batch *all; /* every column of the table */
	struct keys keys;
	uint32_t *slots, *next;
	size_t mask;
	uint64_t *met; /* a bit a row: somebody found it */
};

struct joiner {
	const struct join *join;
	const struct call *call;
	enum kind kind;
	size_t stream; /* the input that streams; the other one is indexed */
	struct index index;
	struct batch *batch; /* that streams by */
	struct table *out;
	size_t n; /* pairs of rows found, not yet put out */
	uint32_t *streamed, *indexed;
};

static void
keys_release(struct keys *keys)
{
	batch_free(keys->columns);
	memory_free(keys->hashes, keys->size);
	*keys = (struct keys){ 0 };
}

static bool
keys_make(const struct joiner *j, size_t side, const struct batch *batch,
	  struct keys *keys, struct error *err)
{
	const struct names *names = side ? &j->join->right : &j->join->left;
	const struct schema *in = j->call->in;

	*keys = (struct keys){ .size = batch->rows * sizeof(*keys->hashes) };
	keys->columns = batch_new(names->n, batch->rows, err);
	keys->hashes = memory_alloc(keys->size, err);
	if (!keys->columns || !keys->hashes)
		return false;
	for (size_t i = 0; i < names->n; i++) {
		int a = schema_find(&in[0], j->join->left.at[i]);
		int b = schema_find(&in[1], j->join->right.at[i]);

		if (!cast_column(batch->at[side ? b : a],
				 common_type(in[0].at[a].type, in[1].at[b].type),
				 &keys->columns->at[i], err))
			return false;
	}
	return rows_hash(keys->columns, keys->hashes, err);
}

static bool
has_null(const struct keys *keys, size_t row)
{
	for (size_t i = 0; i < keys->columns->n; i++)
		if (column_is_null(keys->columns->at[i], row))
			return true;
	return false;
}

static bool
same_key(const struct keys *a, size_t i, const struct keys *b, size_t j)
{
	if (a->hashes[i].low != b->hashes[j].low ||
	    a->hashes[i].high != b->hashes[j].high)
		return false;
	for (size_t k = 0; k < a->columns->n; k++)
		if (cells_compare(a->columns->at[k], i, b->columns->at[k], j) != 0)
			return false;
	return true;
}

/* The slot of a row's key: that of equal rows, or the free one where it belongs. */
static size_t
find_slot(const struct index *x, const struct keys *keys, size_t row)
{
	size_t slot = keys->hashes[row].low & x->mask;

	while (x->slots[slot] != GATHER_NONE &&
	       !same_key(&x->keys, x->slots[slot], keys, row))
		slot = (slot + 1) & x->mask;
	return slot;
}

static void
index_release(struct index *x)
{
	size_t rows = x->all ? x->all->rows : 0;

	keys_release(&x->keys);
	memory_free(x->slots, (x->mask + 1) * sizeof(*x->slots));
	memory_free(x->next, rows * sizeof(*x->next));
	memory_free(x->met, bit_words(rows) * sizeof(*x->met));
	batch_free(x->all);
}

static bool
index_rooms(struct index *x, struct error *err)
{
	size_t rows = x->all->rows;

	x->mask = 15;
	while (x->mask < rows + rows / 2)
		x->mask = x->mask * 2 + 1;
	x->slots = memory_alloc((x->mask + 1) * sizeof(*x->slots), err);
	if (!x->slots)
		return false;
	memset(x->slots, 0xff, (x->mask + 1) * sizeof(*x->slots)); /* GATHER_NONE */
	x->next = memory_alloc(rows * sizeof(*x->next), err);
	return x->next && (x->met = memory_alloc(bit_words(rows) * sizeof(*x->met), err));
}

/* From the last row to the first, so that each hangs before those that follow. */
static bool
index_make(struct joiner *j, struct table *table, struct error *err)
{
	struct index *x = &j->index;
	size_t side = 1 - j->stream;

	if (table->rows >= UINT32_MAX)
		return fail(err, "%zu rows are too many to look up in; at most %u can be",
			    table->rows, UINT32_MAX - 1);
	x->all = table_merge(table, &j->call->in[side], err);
	if (!x->all || !keys_make(j, side, x->all, &x->keys, err) || !index_rooms(x, err))
		return false;
	for (size_t row = x->all->rows; row-- > 0;) {
		size_t slot;

		if (has_null(&x->keys, row))
			continue;
		slot = find_slot(x, &x->keys, row);
		x->next[row] = x->slots[slot];
		x->slots[slot] = (uint32_t)row;
	}
	return true;
}

/* The first row of the indexed table with the key of a row that streams by. */
static uint32_t
find_first(const struct index *x, const struct keys *keys, size_t row)
{
	return has_null(keys, row) ? GATHER_NONE : x->slots[find_slot(x, keys, row)];
}

/* The pairs found so far as a batch. */
static bool
put_out(struct joiner *j, struct error *err)
{
	size_t n_left = j->call->in[0].n, n = n_left + j->call->in[1].n;
	struct batch *out = j->n ? batch_new(n, j->n, err) : NULL;

	if (j->n == 0)
		return true;
	if (j->call->cancel && atomic_load(j->call->cancel))
		fail_cancelled(err), batch_free(out), out = NULL;
	for (size_t i = 0; out && i < n; i++) {
		size_t side = i >= n_left, at = side ? i - n_left : i;
		bool streams = side == j->stream;
		const struct batch *from = streams ? j->batch : j->index.all;

		if (!from->at[at])
			continue;
		out->at[i] = column_gather_some(
			from->at[at], streams ? j->streamed : j->indexed, j->n, err);
		if (!out->at[i]) {
			batch_free(out);
			return false;
		}
	}
	j->n = 0;
	return out && table_take(j->out, out, err);
}

static bool
pair(struct joiner *j, uint32_t streamed, uint32_t indexed, struct error *err)
{
	j->streamed[j->n] = streamed;
	j->indexed[j->n++] = indexed;
	return j->n < OUT_ROWS || put_out(j, err);
}

/* Each row that streams by with all that have its key. */
static bool
pair_batch(struct joiner *j, const struct keys *keys, struct error *err)
{
	struct index *x = &j->index;

	for (size_t row = 0; row < j->batch->rows; row++) {
		uint32_t found = find_first(x, keys, row);

		if (found == GATHER_NONE && j->kind != INNER &&
		    !pair(j, (uint32_t)row, GATHER_NONE, err))
			return false;
		for (; found != GATHER_NONE; found = x->next[found]) {
			bit_set(x->met, found);
			if (!pair(j, (uint32_t)row, found, err))
				return false;
		}
	}
	return put_out(j, err);
}

/* Semi and anti: the rows that stay, as they are. */
static bool
pick_batch(struct joiner *j, const struct keys *keys, struct error *err)
{
	size_t size = bit_words(j->batch->rows) * sizeof(uint64_t);
	uint64_t *kept = memory_alloc(size, err);
	struct batch *out = kept ? batch_copy(j->batch, err) : NULL;
	bool ok = out != NULL;

	for (size_t row = 0; ok && row < j->batch->rows; row++)
		if ((find_first(&j->index, keys, row) == GATHER_NONE) ==
		    (j->kind == ANTI))
			bit_set(kept, row);
	ok = ok && batch_filter(out, kept, err);
	memory_free(kept, size);
	if (ok)
		return table_take(j->out, out, err);
	batch_free(out);
	return false;
}

static bool
join_batch(struct joiner *j, struct error *err)
{
	struct keys keys;
	bool ok = keys_make(j, j->stream, j->batch, &keys, err);

	if (ok)
		ok = j->kind == SEMI || j->kind == ANTI ? pick_batch(j, &keys, err)
							: pair_batch(j, &keys, err);
	keys_release(&keys);
	return ok;
}

/* A full join's rows of the indexed table that nobody found. Nothing is taken out of the
 * batch, but it says what the columns look like: the last one there was, or an empty one.
 */
static bool
pair_unmet(struct joiner *j, struct error *err)
{
	struct table none = { 0 };
	bool ok = true;

	if (!j->batch)
		j->batch = table_whole(&none, &j->call->in[j->stream], err);
	ok = j->batch != NULL;
	for (size_t row = 0; ok && row < j->index.all->rows; row++)
		if (!bit_get(j->index.met, row))
			ok = pair(j, GATHER_NONE, (uint32_t)row, err);
	return ok && put_out(j, err);
}

static bool
stream(struct joiner *j, struct table *table, struct error *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < table->n; i++) {
		batch_free(j->batch);
		j->batch = NULL;
		ok = table_pull(table, i, &j->batch, err) && join_batch(j, err);
	}
	ok = ok && (j->kind != FULL || pair_unmet(j, err));
	batch_free(j->batch);
	return ok;
}

bool
join_run(const struct join *join, const struct call *call, struct table *const *in,
	 struct table *out, struct error *err)
{
	enum kind kind = kinds[join->type];
	struct joiner j = { .join = join,
			    .call = call,
			    .kind = kind,
			    .stream = kind == RIGHT,
			    .out = out };
	size_t size = OUT_ROWS * sizeof(uint32_t);
	bool ok;

	j.streamed = memory_alloc(size, err);
	j.indexed = j.streamed ? memory_alloc(size, err) : NULL;
	ok = j.indexed && index_make(&j, in[1 - j.stream], err) &&
	     stream(&j, in[j.stream], err);
	index_release(&j.index);
	memory_free(j.streamed, size);
	memory_free(j.indexed, size);
	return ok;
}
