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

#include "op/groups.h"
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

/* What is seen of rows; also what is learned. */
struct state {
	size_t n; /* aggregates */
	struct groups *groups;
	struct tally **tallies; /* by aggregate; NULL: that of another does for it */
	size_t *tally_of;       /* by aggregate */
	uint32_t *numbers;      /* groups of a batch's rows */
	size_t room;            /* for them */
};

static void
release(struct state *s)
{
	groups_free(s->groups);
	for (size_t k = 0; s->tallies && k < s->n; k++)
		tally_free(s->tallies[k]);
	free(s->tallies);
	free(s->tally_of);
	memory_free(s->numbers, s->room * sizeof(*s->numbers));
	*s = (struct state){ 0 };
}

static void
discard(void *state)
{
	release(state);
	free(state);
}

/* A tally for each aggregate, but one for all of a column that it does for. */
static bool
make_tallies(struct state *s, const struct call *call, struct error *err)
{
	const struct group_by *f = call->fields;
	const struct aggregate *a = f->aggregates.at;
	enum type type;

	for (size_t k = 0; k < s->n; k++) {
		size_t same = 0;

		while (same < k &&
		       !(s->tallies[same] && strcmp(a[same].column, a[k].column) == 0 &&
			 tally_is_shared(s->tallies[same], a[k].function)))
			same++;
		s->tally_of[k] = same;
		if (same == k && (!type_of(&a[k], call->in, &type, err) ||
				  !(s->tallies[k] = tally_new(a[k].function, type, err))))
			return false;
	}
	return true;
}

static bool
make_groups(struct state *s, const struct call *call, struct error *err)
{
	const struct group_by *f = call->fields;
	enum type *types = calloc(f->keys.n + 1, sizeof(*types));

	if (!types)
		return fail(err, "out of memory: the system refused %zu keys", f->keys.n);
	for (size_t k = 0; k < f->keys.n; k++)
		types[k] = call->in->at[schema_find(call->in, f->keys.at[k])].type;
	s->groups = groups_new(types, f->keys.n, err);
	free(types);
	return s->groups != NULL;
}

static void *
start(const struct call *call, struct error *err)
{
	const struct group_by *f = call->fields;
	struct state *s = calloc(1, sizeof(*s));

	if (s) {
		s->n = f->aggregates.n;
		s->tallies = calloc(s->n + 1, sizeof(struct tally *));
		s->tally_of = calloc(s->n + 1, sizeof(*s->tally_of));
	}
	if (!s || !s->tallies || !s->tally_of)
		fail(err, "out of memory: the system refused %zu aggregates",
		     f->aggregates.n);
	else if (make_groups(s, call, err) && make_tallies(s, call, err))
		return s;
	if (s)
		discard(s);
	return NULL;
}

/* Room in all tallies for the groups that there are, and more if they are many. */
static bool
make_room(struct state *s, struct error *err)
{
	size_t groups = groups_count(s->groups), room = 1;

	while (room < groups)
		room *= 2;
	for (size_t k = 0; k < s->n; k++)
		if (s->tallies[k] && !tally_room(s->tallies[k], room, err))
			return false;
	return true;
}

static struct batch *
keys_of(const struct call *call, const struct batch *batch, struct error *err)
{
	const struct group_by *f = call->fields;
	struct batch *keys = batch_new(f->keys.n, batch->rows, err);

	for (size_t k = 0; keys && k < f->keys.n; k++)
		keys->at[k] =
			column_share(batch->at[schema_find(call->in, f->keys.at[k])]);
	return keys;
}

/* The group of each row of the batch. */
static bool
find_groups(struct state *s, const struct call *call, const struct batch *batch,
	    struct error *err)
{
	struct batch *keys;
	bool ok;

	if (s->room < batch->rows) {
		void *numbers = memory_alloc(batch->rows * sizeof(*s->numbers), err);

		if (!numbers)
			return false;
		memory_free(s->numbers, s->room * sizeof(*s->numbers));
		s->numbers = numbers;
		s->room = batch->rows;
	}
	keys = keys_of(call, batch, err);
	ok = keys && groups_find(s->groups, keys, call->place, s->numbers, err);
	batch_free(keys);
	return ok && make_room(s, err);
}

static bool
observe(const struct call *call, void *state, const struct batch *batch,
	struct error *err)
{
	const struct group_by *f = call->fields;
	const struct aggregate *a = f->aggregates.at;
	struct state *s = state;

	if (!batch->rows)
		return true;
	if (f->keys.n ? !find_groups(s, call, batch, err) : !make_room(s, err))
		return false;
	for (size_t k = 0; k < s->n; k++) {
		struct tally_rows seen = { .rows = batch->rows, .place = call->place };

		if (!s->tallies[k])
			continue;
		seen.groups = f->keys.n ? s->numbers : NULL;
		if (a[k].column[0])
			seen.column = batch->at[schema_find(call->in, a[k].column)];
		if (!tally_add(s->tallies[k], &seen, err))
			return false;
	}
	return true;
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	struct state *to = into, *other = from;
	size_t n = groups_count(other->groups), size = n * sizeof(uint32_t);
	uint32_t *map = memory_alloc(size, err);
	bool ok = map && make_room(other, err) &&
		  groups_merge(to->groups, other->groups, map, err) && make_room(to, err);

	(void)call;
	for (size_t k = 0; ok && k < to->n; k++)
		ok = !to->tallies[k] ||
		     tally_merge(to->tallies[k], other->tallies[k], map, n, err);
	memory_free(map, size);
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
	struct state *s = state, *out = learned;

	(void)call, (void)arena;
	release(out);
	if (!make_room(s, err))
		return false;
	*out = *s;
	*s = (struct state){ 0 };
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
put_keys(struct state *s, const uint32_t *order, struct batch *out, struct error *err)
{
	struct batch *keys = groups_take_keys(s->groups, err);
	bool ok = keys != NULL;

	for (size_t k = 0; ok && k < keys->n; k++)
		ok = (out->at[k] = column_gather(keys->at[k], order, keys->rows, err)) &&
		     without_minus_zero(&out->at[k], err);
	batch_free(keys);
	return ok;
}

static bool
put_tallies(struct state *s, const struct call *call, const uint32_t *order,
	    struct batch *out, struct error *err)
{
	const struct group_by *f = call->fields;
	const struct aggregate *a = f->aggregates.at;

	for (size_t k = 0; k < s->n; k++) {
		struct column **slot = &out->at[f->keys.n + k];

		*slot = tally_column(s->tallies[s->tally_of[k]], a[k].function, order,
				     out->rows, err);
		if (!*slot)
			return false;
	}
	return true;
}

enum { OUT_ROWS = 65536 };

static bool
whole(const struct call *call, struct table *const *in, struct table *out,
      struct schema *schema, struct arena *arena, struct error *err)
{
	struct state *s = (void *)call->learned;
	size_t n = groups_count(s->groups), size = n * sizeof(uint32_t);
	uint32_t *order = memory_alloc(size, err);
	struct batch *batch = order ? batch_new(call->out->n, n, err) : NULL;
	bool ok = batch && groups_order(s->groups, order, err) &&
		  put_keys(s, order, batch, err) &&
		  put_tallies(s, call, order, batch, err);

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
	.learned_size = sizeof(struct state),
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
