/*
 * sort_rows - rows in order of columns, the first one first.
 *
 * Ascending puts nulls first, descending last; NaN is above every number; texts are in
 * order of their bytes, which is the order of code points. Rows that are equal keep
 * their order.
 */
#include <math.h>

#include "data/rows.h"
#include "op/op.h"
#include "op/reorder.h"

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

struct key {
	const struct column *column;
	bool descending;
};

/* A row with the start of its first key, as a number in the order wanted. */
struct item {
	uint64_t start;
	uint32_t row;
};

static int
compare_rows(const struct key *keys, size_t n, size_t a, size_t b)
{
	for (size_t i = 0; i < n; i++) {
		int order = cells_compare(keys[i].column, a, keys[i].column, b);

		if (order)
			return keys[i].descending ? -order : order;
	}
	return 0;
}

/* The order of doubles as that of unsigned numbers; NaN last, both zeroes equal. */
static uint64_t
float_start(double x)
{
	uint64_t bits;

	if (isnan(x))
		return UINT64_MAX;
	x += 0.0; /* -0.0 becomes 0.0 */
	memcpy(&bits, &x, sizeof(bits));
	return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static uint64_t
text_start(struct text t)
{
	uint64_t start = 0;

	for (size_t i = 0; i < 8; i++)
		start = start << 8 | (i < t.size ? (unsigned char)t.data[i] : 0);
	return start;
}

/* May be equal where the values are not, but never in the wrong order. */
static uint64_t
start_of(const struct key *key, size_t row)
{
	const struct column *c = key->column;
	uint64_t start = 0;

	if (!column_is_null(c, row)) {
		switch (c->type) {
		case TYPE_LONG:
		case TYPE_DATETIME:
			start = (uint64_t)column_longs(c)[row] ^ UINT64_C(1) << 63;
			break;
		case TYPE_FLOAT:
			start = float_start(column_floats(c)[row]);
			break;
		case TYPE_DATE:
			start = (uint64_t)((int64_t)column_ints(c)[row] + INT32_MAX) + 2;
			break;
		case TYPE_BOOL:
			start = 1 + (uint64_t)column_bool(c, row);
			break;
		case TYPE_STRING:
			start = text_start(column_text(c, row));
			break;
		case TYPE_OBJECT:
			break;
		}
	}
	return key->descending ? ~start : start;
}

struct sorter {
	const struct key *keys;
	size_t n_keys;
	const atomic_bool *cancel;
};

static bool
is_after(const struct sorter *s, const struct item *a, const struct item *b)
{
	if (a->start != b->start)
		return a->start > b->start;
	return compare_rows(s->keys, s->n_keys, a->row, b->row) > 0;
}

/* Two sorted runs, [first, middle) and [middle, end) of from, as one. */
static void
merge_runs(const struct sorter *s, const struct item *from, struct item *to, size_t first,
	   size_t middle, size_t end)
{
	size_t a = first, b = middle;

	for (size_t i = first; i < end; i++)
		if (b == end || (a < middle && !is_after(s, &from[a], &from[b])))
			to[i] = from[a++];
		else
			to[i] = from[b++];
}

/* Bottom up, between two arrays; returns the one that holds the result, or NULL. */
static struct item *
sort_items(const struct sorter *s, struct item *items, struct item *spare, size_t n,
	   struct error *err)
{
	for (size_t width = 1; width < n; width *= 2) {
		struct item *swap = items;

		for (size_t first = 0; first < n; first += 2 * width) {
			size_t middle = first + width < n ? first + width : n;
			size_t end = middle + width < n ? middle + width : n;

			if (s->cancel && atomic_load(s->cancel)) {
				fail_cancelled(err);
				return NULL;
			}
			merge_runs(s, items, spare, first, middle, end);
		}
		items = spare;
		spare = swap;
	}
	return items;
}

static bool
sort(const struct sorter *s, struct reorder *r, struct error *err)
{
	size_t size = r->n * sizeof(struct item);
	struct item *items = memory_alloc(size, err), *spare = NULL, *sorted = NULL;

	if (items)
		spare = memory_alloc(size, err);
	if (spare) {
		for (size_t i = 0; i < r->n; i++)
			items[i] = (struct item){ start_of(s->keys, i), (uint32_t)i };
		sorted = sort_items(s, items, spare, r->n, err);
	}
	for (size_t i = 0; sorted && i < r->n; i++)
		r->rows[i] = sorted[i].row;
	memory_free(items, size);
	memory_free(spare, size);
	return sorted != NULL;
}

static bool
whole(const struct call *call, struct table *const *in, struct table *out,
      struct schema *schema, struct arena *arena, struct error *err)
{
	const struct condition *at;
	struct condition single;
	size_t n = conditions_of(call->fields, &single, &at);
	struct key *keys = ARENA_ARRAY(arena, n, struct key);
	struct sorter sorter = { keys, n, call->cancel };
	struct reorder r;
	bool ok = reorder_start(&r, in[0], call->in, err);

	(void)schema;
	for (size_t i = 0; ok && i < n; i++)
		keys[i] = (struct key){ r.all->at[schema_find(call->in, at[i].sort_by)],
					at[i].order == DESCENDING };
	ok = ok && sort(&sorter, &r, err) && reorder_end(&r, out, err);
	reorder_release(&r);
	return ok;
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
	.examples = examples,
	.check = check,
	.whole = whole,
};
