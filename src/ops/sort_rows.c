/*
 * sort_rows - rows in order of columns, the first one first.
 *
 * Ascending puts nulls first, descending last; NaN is above every number; texts are in
 * order of their bytes, which is the order of code points. Rows that are equal keep
 * their order.
 */
#include <stdlib.h>

#include "op/op.h"
#include "op/sorter.h"

enum { ASCENDING, DESCENDING };
static const char *const orders[] = { "Ascending", "Descending", NULL };

struct condition {
	int order;
	const char *sort_by;
};

struct sort_rows {
	struct list conditions;
	const char *sort_by;
	int order;
};

static const struct op_choice choices[] = {
	{ "operator", "Sort" },
	{ 0 },
};

enum { SORTABLE = TYPE_ANY & ~TYPE_OBJECT };

static const struct param rows[] = {
	PARAM_COLUMN(struct condition, sort_by, "Sort by", "column", .accepts = SORTABLE),
	PARAM_CHOICE(struct condition, order, "Order", "smallest or largest first",
		     .choices = orders, .preset = "Ascending"),
	{ 0 },
};

static const struct param params[] = {
	PARAM_LIST(struct sort_rows, conditions, "Conditions",
		   "columns and orders, the first one decides first", .rows = rows,
		   .rows_size = sizeof(struct condition), .preset = ""),
	PARAM_COLUMN(struct sort_rows, sort_by, "Sort by",
		     "column, where there are no conditions", .accepts = SORTABLE,
		     .preset = ""),
	PARAM_CHOICE(struct sort_rows, order, "Order", "smallest or largest first",
		     .choices = orders, .preset = "Ascending"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "sort_by=x", "x,y\n2,a\n,b\n1,c\n", "x,y\n,b\n1,c\n2,a\n" },
	{ "sort_by=x order=Descending", "x\n1\n2\n", "x\n2\n1\n" },
	{ 0 },
};

/* What to sort by: the conditions, else the single column. */
static size_t
conditions_of(const struct sort_rows *f, struct condition *single,
	      const struct condition **out)
{
	if (f->conditions.n) {
		*out = f->conditions.at;
		return f->conditions.n;
	}
	*single = (struct condition){ f->order, f->sort_by };
	*out = single;
	return f->sort_by[0] != 0;
}

static bool
check(const void *fields, struct error *err)
{
	const struct condition *at;
	struct condition single;
	size_t n = conditions_of(fields, &single, &at);

	if (n == 0)
		return fail(err, "sort_by: no column to sort by; give a column and an "
				 "order");
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(at[i].sort_by, at[j].sort_by) == 0)
				return fail(err,
					    "sort_by: '%s' is there twice; remove one",
					    at[i].sort_by);
	return true;
}

/* What a thread has taken; NULL: it was handed on. */
struct sorted {
	struct sorter *sorter;
};

static bool
find_keys(const struct condition *at, size_t n, const struct schema *in,
	  struct sort_key *keys, struct error *err)
{
	for (size_t i = 0; i < n; i++) {
		size_t column;

		if (!schema_need(in, "sort_by", at[i].sort_by, SORTABLE, &column, err))
			return false;
		keys[i] = (struct sort_key){ column, at[i].order == DESCENDING };
	}
	return true;
}

static void *
start(const struct call *call, struct error *err)
{
	const struct condition *at;
	struct condition single;
	size_t n = conditions_of(call->fields, &single, &at);
	struct sort_key *keys = calloc(n, sizeof(*keys));
	struct sorted *state = calloc(1, sizeof(*state));
	struct sorter_plan plan = { .keys = keys,
				    .n_keys = n,
				    .in = call->in,
				    .n_out = call->in->n,
				    .spill = call->spill,
				    .threads = call->threads,
				    .cancel = call->cancel,
				    .pause = call->pause };

	if (!keys || !state)
		fail(err, "out of memory: the system refused %zu keys", n);
	else if (find_keys(at, n, call->in, keys, err))
		state->sorter = sorter_new(&plan, err);
	free(keys);
	if (state && state->sorter)
		return state;
	free(state);
	return NULL;
}

static bool
observe(const struct call *call, void *state, const struct batch *batch,
	struct error *err)
{
	struct sorted *sorted = state;

	return sorter_take(sorted->sorter, batch, call->place, err);
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	struct sorted *to = into, *other = from;

	(void)call;
	return sorter_join(to->sorter, other->sorter, err);
}

static void
forget(void *learned)
{
	struct sorted *sorted = learned;

	sorter_free(sorted->sorter);
	sorted->sorter = NULL;
}

static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	struct sorted *from = state, *to = learned;

	(void)call, (void)arena, (void)err;
	forget(to);
	*to = *from;
	from->sorter = NULL;
	return true;
}

static void
discard(void *state)
{
	forget(state);
	free(state);
}

static bool
whole(const struct call *call, struct table *const *in, struct table *out,
      struct schema *schema, struct arena *arena, struct error *err)
{
	struct sorted *sorted = (void *)call->learned;
	struct sorter *sorter = sorted->sorter;

	(void)in, (void)schema, (void)arena;
	sorted->sorter = NULL;
	return sorter_end(sorter, out, err);
}

const struct op op_sort_rows = {
	.name = "sort_rows",
	.title = "Sort",
	.group = "Manage rows",
	.help = "Put the rows in order of columns.",
	.id = "sagemaker.spark.manage_rows_0.1",
	.choices = choices,
	.block = "sort_parameters",
	.params = params,
	.params_size = sizeof(struct sort_rows),
	.learned_size = sizeof(struct sorted),
	.examples = examples,
	.flags = OP_READS_ALL | OP_OWN_LEARNED,
	.check = check,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = discard,
	.forget = forget,
	.whole = whole,
};
