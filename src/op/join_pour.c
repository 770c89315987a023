/*
 * join_pour - a table streams by, and finds its partners in the one that stands.
 *
 * First the partner of every row of the batch is looked up, by dictionary entry where
 * keys are texts that repeat; then pairs of rows are made, and the columns of pairs.
 * Where every row has one partner, the columns that stream by are taken over as they are.
 */
#include "data/rows.h"
#include "op/join.h"

enum { OUT_ROWS = 8192 };

/* What all threads share of a pass. Only a full join asks who was met. */
struct pool {
	atomic_uchar *met; /* a bit a row of the index: somebody found it */
	size_t met_size;
	_Atomic(struct batch *) like; /* no rows, but columns as they stream by */
};

struct joiner {
	struct arena arena;
	struct join join;
	enum join_kind kind;
	size_t stream; /* the input that streams; the other one is indexed */
	const struct call *call;
	struct outlet *outlet;
	/* of the batch at hand */
	struct batch *batch;
	size_t room; /* rows */
	struct row_hash *hashes;
	uint64_t *nulls;
	uint32_t *found;
	size_t n; /* pairs of rows made, not yet put out */
	uint32_t *streamed, *indexed;
};

void *
join_pool(const struct join *join, const struct call *call, struct error *err)
{
	const struct join_index *index = call->learned;
	struct pool *pool = memory_alloc(sizeof(*pool), err);

	if (!pool || join_kind(join) != JOIN_FULL)
		return pool;
	pool->met_size = bit_words(index->all->rows) * 8;
	if ((pool->met = memory_alloc(pool->met_size, err)))
		return pool;
	join_drain(pool);
	return NULL;
}

void
join_drain(void *context)
{
	struct pool *pool = context;

	memory_free(pool->met, pool->met_size);
	batch_free(pool->like);
	memory_free(pool, sizeof(*pool));
}

static void
leave_rooms(struct joiner *j)
{
	memory_free(j->hashes, j->room * sizeof(*j->hashes));
	memory_free(j->nulls, bit_words(j->room) * sizeof(*j->nulls));
	memory_free(j->found, j->room * sizeof(*j->found));
	j->hashes = NULL, j->nulls = NULL, j->found = NULL, j->room = 0;
}

static bool
make_rooms(struct joiner *j, size_t rows, struct error *err)
{
	if (j->found && rows <= j->room)
		return true;
	leave_rooms(j);
	j->room = rows;
	return (j->hashes = memory_alloc(rows * sizeof(*j->hashes), err)) &&
	       (j->nulls = memory_alloc(bit_words(rows) * sizeof(*j->nulls), err)) &&
	       (j->found = memory_alloc(rows * sizeof(*j->found), err));
}

void
join_close(void *state)
{
	struct joiner *j = state;

	batch_free(j->batch);
	leave_rooms(j);
	memory_free(j->streamed, OUT_ROWS * sizeof(*j->streamed));
	memory_free(j->indexed, OUT_ROWS * sizeof(*j->indexed));
	arena_release(&j->arena);
	memory_free(j, sizeof(*j));
}

static void
copy_names(struct names *to, const struct names *from, struct arena *arena)
{
	for (size_t i = 0; i < from->n; i++)
		names_add(to, from->at[i], arena);
}

void *
join_open(const struct join *join, struct error *err)
{
	struct joiner *j = memory_alloc(sizeof(*j), err);

	if (!j)
		return NULL;
	j->join.type = join->type;
	copy_names(&j->join.left, &join->left, &j->arena);
	copy_names(&j->join.right, &join->right, &j->arena);
	j->kind = join_kind(join);
	j->stream = join_streams(join);
	j->streamed = memory_alloc(OUT_ROWS * sizeof(*j->streamed), err);
	if (j->streamed &&
	    (j->indexed = memory_alloc(OUT_ROWS * sizeof(*j->indexed), err)))
		return j;
	join_close(j);
	return NULL;
}

/* The partners of a dictionary's entries, kept with it. */
struct partners {
	size_t size;
	uint32_t found[];
};

static void
drop_partners(void *memory)
{
	struct partners *partners = memory;

	memory_free(partners, partners->size);
}

static bool
find_partners(const struct join_index *x, struct column *dictionary,
	      struct partners *partners, struct error *err)
{
	struct batch batch = { dictionary->rows, 1, &dictionary };
	size_t size = batch.rows * sizeof(struct row_hash);
	struct row_hash *hashes = memory_alloc(size, err);
	bool ok = hashes && rows_hash(&batch, hashes, err);

	if (ok)
		join_index_find(x, hashes, batch.rows, partners->found);
	memory_free(hashes, size);
	return ok;
}

static const uint32_t *
partners_of(const struct join_index *x, struct column *dictionary, struct error *err)
{
	static const char maker;
	struct partners *partners = column_memo(dictionary, &maker, x->number);
	size_t size = sizeof(*partners) + dictionary->rows * sizeof(*partners->found);

	if (partners)
		return partners->found;
	if (!(partners = memory_alloc(size, err)))
		return NULL;
	partners->size = size;
	if (!find_partners(x, dictionary, partners, err)) {
		drop_partners(partners);
		return NULL;
	}
	if (!column_memo_take(dictionary, &maker, x->number, partners, drop_partners,
			      err))
		return NULL;
	partners = column_memo(dictionary, &maker, x->number);
	return partners->found;
}

/* The only key, where both sides have it as text and it streams by as codes; or NULL. */
static const struct column *
coded_key(const struct joiner *j)
{
	const struct names *names = j->stream ? &j->join.right : &j->join.left;
	const struct names *others = j->stream ? &j->join.left : &j->join.right;
	const struct schema *in = &j->call->in[j->stream];
	const struct schema *other = &j->call->in[1 - j->stream];
	const struct column *key;

	if (names->n != 1)
		return NULL;
	key = j->batch->at[schema_find(in, names->at[0])];
	return key->type == TYPE_STRING && key->layout == LAYOUT_DICTIONARY &&
			       other->at[schema_find(other, others->at[0])].type ==
				       TYPE_STRING
		       ? key
		       : NULL;
}

/* The partner of each row of the batch, or GATHER_NONE. */
static bool
look_up(struct joiner *j, struct error *err)
{
	const struct join_index *x = j->call->learned;
	const struct column *key = coded_key(j);
	const uint32_t *partners;
	size_t rows = j->batch->rows;

	if (!make_rooms(j, rows, err))
		return false;
	if (key) {
		if (!(partners = partners_of(x, key->dictionary, err)))
			return false;
		for (size_t i = 0; i < rows; i++)
			j->found[i] = column_is_null(key, i)
					      ? GATHER_NONE
					      : partners[column_ints(key)[i]];
		return true;
	}
	memset(j->nulls, 0, bit_words(rows) * sizeof(*j->nulls));
	if (!join_keys(&j->join, j->call->in, j->stream, j->batch, j->hashes, j->nulls,
		       err))
		return false;
	join_index_find(x, j->hashes, rows, j->found);
	for (size_t i = 0; i < rows; i++)
		if (bit_get(j->nulls, i))
			j->found[i] = GATHER_NONE;
	return true;
}

/* n pairs as a batch. streamed NULL: each row of the batch, in order. */
static bool
put_out(struct joiner *j, const uint32_t *streamed, const uint32_t *indexed, size_t n,
	struct error *err)
{
	const struct join_index *x = j->call->learned;
	size_t n_left = j->call->in[0].n, width = n_left + j->call->in[1].n;
	struct batch *out;

	if (n == 0)
		return true;
	if (call_is_over(j->call))
		return fail_cancelled(err);
	out = batch_new(width, n, err);
	for (size_t i = 0; out && i < width; i++) {
		size_t side = i >= n_left, at = side ? i - n_left : i;
		bool streams = side == j->stream;
		struct column *from = (streams ? j->batch : x->all)->at[at];

		if (!from || (j->call->wanted && !j->call->wanted[i]))
			continue;
		out->at[i] =
			streams && !streamed
				? column_share(from)
				: column_gather_some(from, streams ? streamed : indexed,
						     n, err);
		if (!out->at[i]) {
			batch_free(out);
			return false;
		}
	}
	return out && j->outlet->take(j->outlet, out, err);
}

static bool
put_pairs(struct joiner *j, struct error *err)
{
	size_t n = j->n;

	j->n = 0;
	return put_out(j, j->streamed, j->indexed, n, err);
}

static inline bool
pair(struct joiner *j, uint32_t streamed, uint32_t indexed, struct error *err)
{
	j->streamed[j->n] = streamed;
	j->indexed[j->n++] = indexed;
	return j->n < OUT_ROWS || put_pairs(j, err);
}

/* Does each row of the batch make one pair, and in its place? */
static bool
is_one_to_one(const struct joiner *j)
{
	const struct join_index *x = j->call->learned;
	uint32_t worst = 0;

	if (x->repeats)
		return false;
	for (size_t i = 0; j->kind == JOIN_INNER && i < j->batch->rows; i++)
		worst |= j->found[i] == GATHER_NONE;
	return !worst;
}

static bool
pair_batch(struct joiner *j, struct error *err)
{
	const struct join_index *x = j->call->learned;

	if (is_one_to_one(j))
		return put_out(j, NULL, j->found, j->batch->rows, err);
	for (size_t row = 0; row < j->batch->rows; row++) {
		uint32_t found = j->found[row];

		if (found == GATHER_NONE && j->kind != JOIN_INNER &&
		    !pair(j, (uint32_t)row, GATHER_NONE, err))
			return false;
		for (; found != GATHER_NONE; found = x->next[found])
			if (!pair(j, (uint32_t)row, found, err))
				return false;
	}
	return put_pairs(j, err);
}

/* Who was found is met; and what streams by is remembered as what it looks like. */
static bool
note_met(struct joiner *j, struct error *err)
{
	const struct join_index *x = j->call->learned;
	struct pool *pool = j->call->pool;
	struct batch *none = NULL, *like;

	for (size_t row = 0; row < j->batch->rows; row++)
		for (uint32_t found = j->found[row]; found != GATHER_NONE;
		     found = x->next[found]) {
			atomic_uchar *byte = &pool->met[found >> 3];
			unsigned char bit = (unsigned char)(1u << (found & 7));

			if (!(atomic_load_explicit(byte, memory_order_relaxed) & bit))
				atomic_fetch_or_explicit(byte, bit, memory_order_relaxed);
		}
	if (atomic_load(&pool->like))
		return true;
	like = batch_slice(j->batch, 0, 0, err);
	if (like && !atomic_compare_exchange_strong(&pool->like, &none, like))
		batch_free(like);
	return like != NULL;
}

/* Semi and anti: the rows that stay, as they are. */
static bool
pick_batch(struct joiner *j, struct error *err)
{
	struct batch *batch = j->batch;

	memset(j->nulls, 0, bit_words(batch->rows) * sizeof(*j->nulls));
	for (size_t row = 0; row < batch->rows; row++)
		if ((j->found[row] == GATHER_NONE) == (j->kind == JOIN_ANTI))
			bit_set(j->nulls, row);
	for (size_t i = 0; i < batch->n; i++)
		if (j->call->wanted && !j->call->wanted[i])
			batch_take(batch, i, NULL);
	if (!batch_filter(batch, j->nulls, err))
		return false;
	j->batch = NULL;
	return j->outlet->take(j->outlet, batch, err);
}

bool
join_pour(const struct call *call, void *state, struct batch *batch,
	  struct outlet *outlet, struct error *err)
{
	struct joiner *j = state;
	bool ok;

	j->call = call;
	j->outlet = outlet;
	j->batch = batch;
	ok = look_up(j, err) && (j->kind != JOIN_FULL || note_met(j, err));
	if (ok)
		ok = j->kind == JOIN_SEMI || j->kind == JOIN_ANTI ? pick_batch(j, err)
								  : pair_batch(j, err);
	batch_free(j->batch);
	j->batch = NULL;
	j->n = 0;
	return ok;
}

/* A full join's rows of the indexed table that nobody found. */
bool
join_rest(const struct call *call, void *state, struct outlet *outlet, struct error *err)
{
	const struct join_index *x = call->learned;
	struct pool *pool = call->pool;
	struct joiner *j = state;
	struct table none = { 0 };
	bool ok;

	if (j->kind != JOIN_FULL)
		return true;
	j->call = call;
	j->outlet = outlet;
	j->batch = atomic_exchange(&pool->like, NULL);
	if (!j->batch)
		j->batch = table_whole(&none, &call->in[j->stream], err);
	ok = j->batch != NULL;
	for (uint32_t row = 0; ok && row < x->all->rows; row++)
		if (!(pool->met[row >> 3] >> (row & 7) & 1))
			ok = pair(j, GATHER_NONE, row, err);
	ok = ok && put_pairs(j, err);
	batch_free(j->batch);
	j->batch = NULL;
	j->n = 0;
	return ok;
}
