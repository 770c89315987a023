/*
 * group_by - one row for each combination of keys, with what is known of its rows.
 *
 * A null is a key like others, and so is NaN. Groups come in the order of their first
 * rows. Without keys all rows are one group, also if there are none.
 *
 * Rows are observed as they pass; what is held grows with the number of groups (a median
 * and a count of distinct values hold values as well). Keys are compared by hashes of 128
 * bits.
 */
#include <stdlib.h>

#include "op/tally.h"

struct aggregate {
	const char *column;
	int function;
	const char *name;
};

struct group_by {
	struct names keys;
	struct list aggregates;
};

static const struct param rows[] = {
	PARAM_COLUMN(struct aggregate, column, "Column",
		     "column to look at; none: count the rows", .preset = ""),
	PARAM_CHOICE(struct aggregate, function, "Function", "what to make of its values",
		     .choices = tally_functions),
	PARAM_NAME(struct aggregate, name, "Name",
		   "column to make; preset: the function and the column", .preset = ""),
	{ 0 },
};

static const struct param params[] = {
	PARAM_COLUMNS(struct group_by, keys, "Group by",
		      "columns whose values make groups",
		      .accepts = TYPE_ANY & ~TYPE_OBJECT, .preset = ""),
	PARAM_LIST(struct group_by, aggregates, "Aggregates",
		   "columns to look at, each with a function", .rows = rows,
		   .rows_size = sizeof(struct aggregate), .preset = ""),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "keys=city aggregates=:count:,adr:mean:",
	  "city,adr\nUlm,80\nBonn,90\nUlm,100\n",
	  "city,count(1),avg(adr)\nUlm,2,90.0\nBonn,1,90.0\n" },
	{ "keys=city aggregates=adr:max:top", "city,adr\nUlm,80\n,90\nUlm,100\n",
	  "city,top\nUlm,100\n,90\n" },
	{ 0 },
};

static bool
check(const void *fields, struct error *err)
{
	const struct group_by *f = fields;
	const struct aggregate *a = f->aggregates.at;

	if (!f->keys.n && !f->aggregates.n)
		return fail(err,
			    "keys: nothing to group by and nothing to look at; give a "
			    "column");
	for (size_t i = 0; i < f->aggregates.n; i++)
		if (!a[i].column[0] && tally_needs_column(a[i].function))
			return fail(err, "aggregates[%zu].column: must be given for '%s'",
				    i, tally_functions[a[i].function]);
	return true;
}

/* The type of an aggregate's column; 0: rows are counted. */
static bool
type_of(const struct aggregate *a, const struct schema *in, enum type *type,
	struct error *err)
{
	size_t at;

	*type = 0;
	if (!a->column[0])
		return true;
	if (!schema_need(in, tally_functions[a->function], a->column,
			 tally_accepts(a->function), &at, err))
		return false;
	*type = in->at[at].type;
	return true;
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct group_by *f = fields;
	const struct aggregate *a = f->aggregates.at;
	enum type type;
	size_t at;

	(void)learned;
	for (size_t i = 0; i < f->keys.n; i++) {
		if (!schema_need(in, "keys", f->keys.at[i], 0, &at, err))
			return false;
		shape_add(out, f->keys.at[i], in->at[at].type);
	}
	for (size_t i = 0; i < f->aggregates.n; i++) {
		if (!type_of(&a[i], in, &type, err))
			return false;
		shape_add(out,
			  a[i].name[0]
				  ? a[i].name
				  : tally_name(a[i].function, a[i].column, out->arena),
			  tally_type(a[i].function, type));
	}
	return true;
}

struct group {
	struct row_hash hash;
	struct place first;
};

/* Also what is learned. A slot holds the number of a group + 1. */
struct groups {
	const struct group_by *fields;
	size_t n, room, width; /* width: bytes of a group's tallies */
	struct group *at;
	char *tallies;
	uint32_t *slots;    /* 2 * room */
	struct build *keys; /* a column a key, a row a group */
};

static size_t
rounded(size_t size)
{
	return (size + 7) / 8 * 8;
}

static void
release(struct groups *g)
{
	const struct aggregate *a = g->fields ? g->fields->aggregates.at : NULL;

	for (size_t i = 0; i < g->n; i++) {
		char *tally = g->tallies + i * g->width;

		for (size_t k = 0; k < g->fields->aggregates.n; k++) {
			tally_release(a[k].function, tally);
			tally += rounded(tally_size(a[k].function));
		}
	}
	for (size_t k = 0; g->keys && k < g->fields->keys.n; k++)
		build_discard(&g->keys[k]);
	free(g->keys);
	memory_free(g->at, g->room * sizeof(*g->at));
	memory_free(g->tallies, g->room * g->width);
	memory_free(g->slots, 2 * g->room * sizeof(*g->slots));
	*g = (struct groups){ 0 };
}

static void
discard(void *state)
{
	release(state);
	memory_free(state, sizeof(struct groups));
}

static void
put_slot(struct groups *g, size_t i)
{
	size_t mask = 2 * g->room - 1, slot = g->at[i].hash.low & mask;

	while (g->slots[slot])
		slot = (slot + 1) & mask;
	g->slots[slot] = (uint32_t)i + 1;
}

static bool
grow(struct groups *g, struct error *err)
{
	struct groups more = *g;

	more.room = g->room ? 2 * g->room : 16;
	if (more.room > UINT32_MAX / 2)
		return fail(err, "more than %u groups; group by fewer columns",
			    UINT32_MAX / 4);
	more.at = memory_alloc(more.room * sizeof(*more.at), err);
	more.tallies = more.at ? memory_alloc(more.room * more.width, err) : NULL;
	more.slots = more.tallies ? memory_alloc(2 * more.room * sizeof(*more.slots), err)
				  : NULL;
	if (!more.slots) {
		memory_free(more.at, more.room * sizeof(*more.at));
		memory_free(more.tallies, more.room * more.width);
		return false;
	}
	if (g->n) {
		memcpy(more.at, g->at, g->n * sizeof(*g->at));
		memcpy(more.tallies, g->tallies, g->n * g->width);
	}
	for (size_t i = 0; i < g->n; i++)
		put_slot(&more, i);
	memory_free(g->at, g->room * sizeof(*g->at));
	memory_free(g->tallies, g->room * g->width);
	memory_free(g->slots, 2 * g->room * sizeof(*g->slots));
	*g = more;
	return true;
}

static void *
start(const struct call *call, struct error *err)
{
	const struct group_by *f = call->fields;
	const struct aggregate *a = f->aggregates.at;
	struct groups *g = memory_alloc(sizeof(*g), err);

	if (!g)
		return NULL;
	if (!(g->keys = calloc(f->keys.n + 1, sizeof(*g->keys)))) {
		fail(err, "out of memory: the system refused %zu keys", f->keys.n);
		memory_free(g, sizeof(*g));
		return NULL;
	}
	g->fields = f;
	for (size_t k = 0; k < f->aggregates.n; k++)
		g->width += rounded(tally_size(a[k].function));
	for (size_t k = 0; k < f->keys.n; k++)
		build_start(&g->keys[k],
			    call->in->at[schema_find(call->in, f->keys.at[k])].type, 0);
	return g;
}

/* The group of a row; a new one takes its keys from there. */
static bool
find_group(struct groups *g, struct row_hash hash, struct place place,
	   const struct batch *keys, size_t row, size_t *out, struct error *err)
{
	size_t mask, slot;

	if (g->n == g->room && !grow(g, err))
		return false;
	mask = 2 * g->room - 1;
	for (slot = hash.low & mask; g->slots[slot]; slot = (slot + 1) & mask) {
		struct group *there = &g->at[g->slots[slot] - 1];

		if (there->hash.low != hash.low || there->hash.high != hash.high)
			continue;
		*out = g->slots[slot] - 1;
		if (place.chunk < there->first.chunk ||
		    (place.chunk == there->first.chunk && place.row < there->first.row))
			there->first = place;
		return true;
	}
	for (size_t k = 0; k < keys->n; k++)
		build_from(&g->keys[k], keys->at[k], row);
	g->at[g->n] = (struct group){ hash, place };
	*out = g->n++;
	g->slots[slot] = (uint32_t)g->n;
	return true;
}

/* A batch as groups see it. */
struct view {
	struct batch *keys;
	struct row_hash *hashes; /* of the keys */
	struct batch **cells;    /* by aggregate: its column, or none */
	struct row_hash **cell_hashes;
	size_t n, size; /* aggregates; bytes of hashes */
};

static void
view_release(struct view *v)
{
	for (size_t k = 0; k < v->n; k++) {
		if (v->cells)
			batch_free(v->cells[k]);
		if (v->cell_hashes)
			memory_free(v->cell_hashes[k], v->size);
	}
	free(v->cells);
	free(v->cell_hashes);
	memory_free(v->hashes, v->size);
	batch_free(v->keys);
}

static struct batch *
columns_of(const struct call *call, const char *const *names, size_t n,
	   const struct batch *batch, struct error *err)
{
	struct batch *out = batch_new(n, batch->rows, err);

	for (size_t i = 0; out && i < n; i++)
		out->at[i] = column_share(batch->at[schema_find(call->in, names[i])]);
	return out;
}

static bool
view_make(struct view *v, const struct call *call, const struct batch *batch,
	  struct error *err)
{
	const struct group_by *f = call->fields;
	const struct aggregate *a = f->aggregates.at;

	*v = (struct view){ .n = f->aggregates.n,
			    .size = batch->rows * sizeof(*v->hashes) };
	v->keys =
		columns_of(call, (const char *const *)f->keys.at, f->keys.n, batch, err);
	v->cells = calloc(v->n + 1, sizeof(*v->cells));
	v->cell_hashes = calloc(v->n + 1, sizeof(*v->cell_hashes));
	if (!v->cells || !v->cell_hashes)
		return fail(err, "out of memory: the system refused %zu columns", v->n);
	if (!v->keys || !(v->hashes = memory_alloc(v->size, err)) ||
	    !rows_hash(v->keys, v->hashes, err))
		return false;
	for (size_t k = 0; k < v->n; k++) {
		v->cells[k] =
			columns_of(call, &a[k].column, a[k].column[0] != 0, batch, err);
		if (!v->cells[k])
			return false;
		if (!tally_needs_hash(a[k].function))
			continue;
		if (!(v->cell_hashes[k] = memory_alloc(v->size, err)) ||
		    !rows_hash(v->cells[k], v->cell_hashes[k], err))
			return false;
	}
	return true;
}

static bool
add_row(struct groups *g, const struct view *v, size_t row, struct place place,
	struct error *err)
{
	const struct aggregate *a = g->fields->aggregates.at;
	char *tally;
	size_t i;

	if (!find_group(g, v->hashes[row], place, v->keys, row, &i, err))
		return false;
	tally = g->tallies + i * g->width;
	for (size_t k = 0; k < v->n; k++) {
		const struct column *c = v->cells[k]->n ? v->cells[k]->at[0] : NULL;

		if (!tally_add(a[k].function, tally, c, row,
			       v->cell_hashes[k] ? &v->cell_hashes[k][row] : NULL, place,
			       err))
			return false;
		tally += rounded(tally_size(a[k].function));
	}
	return true;
}

static bool
observe(const struct call *call, void *state, const struct batch *batch,
	struct error *err)
{
	struct place place = call->place;
	struct view view;
	bool ok = view_make(&view, call, batch, err);

	for (size_t row = 0; ok && row < batch->rows; row++, place.row++)
		ok = add_row(state, &view, row, place, err);
	view_release(&view);
	return ok;
}

/* The key columns as they stand; the builds are at their end then. */
static struct batch *
take_keys(struct groups *g, struct error *err)
{
	size_t n = g->fields->keys.n;
	struct batch *keys = batch_new(n, g->n, err);
	bool ok = keys != NULL;

	for (size_t k = 0; ok && k < n; k++) {
		ok = (keys->at[k] = build_end(&g->keys[k], err)) != NULL;
		g->keys[k] = (struct build){ 0 };
	}
	if (ok)
		return keys;
	batch_free(keys);
	return NULL;
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	struct groups *to = into, *other = from;
	const struct aggregate *a = to->fields->aggregates.at;
	struct batch *keys = take_keys(other, err);
	bool ok = keys != NULL;

	(void)call;
	for (size_t i = 0; ok && i < other->n; i++) {
		char *theirs = other->tallies + i * other->width, *mine = NULL;
		size_t at;

		ok = find_group(to, other->at[i].hash, other->at[i].first, keys, i, &at,
				err);
		if (ok)
			mine = to->tallies + at * to->width;
		for (size_t k = 0; ok && k < to->fields->aggregates.n; k++) {
			size_t size = rounded(tally_size(a[k].function));

			ok = tally_merge(a[k].function, mine, theirs, err);
			mine += size;
			theirs += size;
		}
	}
	batch_free(keys);
	return ok;
}

static void
forget(void *learned)
{
	release(learned);
}

static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	struct groups *g = state, *out = learned;
	struct batch none = { 0 };
	size_t i;

	(void)call, (void)arena;
	release(out);
	if (!g->fields->keys.n && !g->n &&
	    !find_group(g, (struct row_hash){ 0 }, (struct place){ 0 }, &none, 0, &i,
			err))
		return false;
	*out = *g;
	*g = (struct groups){ 0 };
	return true;
}

struct item {
	struct place first;
	uint32_t group;
};

static int
compare(const void *a, const void *b)
{
	struct place x = ((const struct item *)a)->first;
	struct place y = ((const struct item *)b)->first;

	if (x.chunk != y.chunk)
		return x.chunk < y.chunk ? -1 : 1;
	return (x.row > y.row) - (x.row < y.row);
}

/* Groups in the order of their first rows. */
static bool
sort_groups(const struct groups *g, uint32_t *order, struct error *err)
{
	size_t size = g->n * sizeof(struct item);
	struct item *items = memory_alloc(size, err);

	if (!items)
		return false;
	for (size_t i = 0; i < g->n; i++)
		items[i] = (struct item){ g->at[i].first, (uint32_t)i };
	qsort(items, g->n, sizeof(*items), compare);
	for (size_t i = 0; i < g->n; i++)
		order[i] = items[i].group;
	memory_free(items, size);
	return true;
}

/* -0.0 and 0.0 are one group, whichever came first: Spark calls it 0.0. */
static bool
without_minus_zero(struct column **slot, struct error *err)
{
	if ((*slot)->type != TYPE_FLOAT)
		return true;
	if (!column_edit(slot, err))
		return false;
	for (size_t i = 0; i < (*slot)->rows; i++)
		column_floats(*slot)[i] += 0.0;
	return true;
}

static bool
put_keys(struct groups *g, const uint32_t *order, struct batch *out, struct error *err)
{
	struct batch *keys = take_keys(g, err);
	bool ok = keys != NULL;

	for (size_t k = 0; ok && k < keys->n; k++)
		ok = (out->at[k] = column_gather(keys->at[k], order, g->n, err)) &&
		     without_minus_zero(&out->at[k], err);
	batch_free(keys);
	return ok;
}

static bool
put_tallies(struct groups *g, const struct call *call, const uint32_t *order,
	    struct batch *out, struct error *err)
{
	const struct aggregate *a = g->fields->aggregates.at;
	size_t before = 0;

	for (size_t k = 0; k < g->fields->aggregates.n; k++) {
		size_t at = g->fields->keys.n + k;
		struct build b;
		enum type in;

		if (!type_of(&a[k], call->in, &in, err))
			return false;
		build_start(&b, call->out->at[at].type, g->n);
		for (size_t i = 0; i < g->n; i++)
			tally_put(a[k].function,
				  g->tallies + order[i] * g->width + before, in, &b);
		if (!(out->at[at] = build_end(&b, err)))
			return false;
		before += rounded(tally_size(a[k].function));
	}
	return true;
}

enum { OUT_ROWS = 65536 };

static bool
whole(const struct call *call, struct table *const *in, struct table *out,
      struct schema *schema, struct arena *arena, struct error *err)
{
	struct groups *g = (void *)call->learned;
	size_t size = g->n * sizeof(uint32_t);
	uint32_t *order = memory_alloc(size, err);
	struct batch *batch = order ? batch_new(call->out->n, g->n, err) : NULL;
	bool ok = batch && sort_groups(g, order, err) && put_keys(g, order, batch, err) &&
		  put_tallies(g, call, order, batch, err);

	(void)in, (void)schema, (void)arena;
	memory_free(order, size);
	if (ok)
		return table_take_cut(out, batch, OUT_ROWS, err);
	batch_free(batch);
	return false;
}

const struct op op_group_by = {
	.name = "group_by",
	.title = "Group by",
	.group = "Combine tables",
	.help = "Make one row of all that have the same keys.",
	.id = "lariat.group_by_0.1",
	.params = params,
	.params_size = sizeof(struct group_by),
	.learned_size = sizeof(struct groups),
	.examples = examples,
	.flags = OP_OWN_LEARNED | OP_PLACES,
	.check = check,
	.shape = shape,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = discard,
	.forget = forget,
	.whole = whole,
};
