/*
 * group_by - one row for each combination of keys, with what is known of its rows.
 *
 * A null is a key like others, and so is NaN. Groups come in the order of their first
 * rows. Without keys all rows are one group, also if there are none.
 *
 * Rows are observed as they pass. Groups that memory has no room for wait in a file
 * (op/grouping.h); a median and a count of distinct values hold values of the groups that
 * are there. Keys are compared by hashes of 128 bits.
 */
#include <stdlib.h>

#include "op/grouping.h"
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

/* What is learned. */
struct grouped {
	struct grouping *grouping;
};

static void
forget(void *learned)
{
	struct grouped *grouped = learned;

	grouping_free(grouped->grouping);
	grouped->grouping = NULL;
}

static void
discard(void *state)
{
	grouping_free(state);
}

static bool
describe(const struct call *call, enum type *keys, struct aggregated *out,
	 struct error *err)
{
	const struct group_by *f = call->fields;
	const struct aggregate *a = f->aggregates.at;

	for (size_t k = 0; k < f->keys.n; k++)
		keys[k] = call->in->at[schema_find(call->in, f->keys.at[k])].type;
	for (size_t k = 0; k < f->aggregates.n; k++) {
		size_t same = 0;

		while (strcmp(a[same].column, a[k].column) != 0)
			same++;
		out[k] = (struct aggregated){ .function = a[k].function, .same = same };
		if (!type_of(&a[k], call->in, &out[k].type, err))
			return false;
	}
	return true;
}

static void *
start(const struct call *call, struct error *err)
{
	const struct group_by *f = call->fields;
	enum type *keys = calloc(f->keys.n + 1, sizeof(*keys));
	struct aggregated *a = calloc(f->aggregates.n + 1, sizeof(*a));
	struct grouping *grouping = NULL;

	if (!keys || !a)
		fail(err, "out of memory: the system refused %zu aggregates",
		     f->aggregates.n);
	else if (describe(call, keys, a, err))
		grouping = grouping_new(keys, f->keys.n, a, f->aggregates.n, call->spill,
					err);
	free(keys);
	free(a);
	return grouping;
}

static struct column *
column_of(const struct call *call, const struct batch *batch, const char *name)
{
	return batch->at[schema_find(call->in, name)];
}

static bool
observe(const struct call *call, void *state, const struct batch *batch,
	struct error *err)
{
	const struct group_by *f = call->fields;
	const struct aggregate *a = f->aggregates.at;
	struct column **columns = calloc(f->aggregates.n + 1, sizeof(*columns));
	struct batch *keys = batch_new(f->keys.n, batch->rows, err);
	struct places places = { .first = call->place };
	bool ok = keys && columns;

	if (!columns)
		fail(err, "out of memory: the system refused %zu columns",
		     f->aggregates.n);
	for (size_t k = 0; ok && k < f->keys.n; k++)
		keys->at[k] = column_share(column_of(call, batch, f->keys.at[k]));
	for (size_t k = 0; ok && k < f->aggregates.n; k++)
		if (a[k].column[0])
			columns[k] = column_of(call, batch, a[k].column);
	ok = ok && grouping_add(state, keys, columns, &places, err);
	batch_free(keys);
	free(columns);
	return ok;
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	(void)call;
	return grouping_merge(into, from, err);
}

/* The state is discarded after this, so what is kept is taken out of it. */
static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	struct grouped *grouped = learned;

	(void)call, (void)arena;
	forget(grouped);
	return (grouped->grouping = grouping_take(state, err)) != NULL;
}

static bool
whole(const struct call *call, struct table *const *in, struct table *out,
      struct schema *schema, struct arena *arena, struct error *err)
{
	const struct grouped *grouped = call->learned;

	(void)in, (void)schema, (void)arena;
	return grouping_table(grouped->grouping, out, call, err);
}

const struct op op_group_by = {
	.name = "group_by",
	.title = "Group by",
	.group = "Combine tables",
	.help = "Make one row of all that have the same keys.",
	.id = "lariat.group_by_0.1",
	.params = params,
	.params_size = sizeof(struct group_by),
	.learned_size = sizeof(struct grouped),
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
