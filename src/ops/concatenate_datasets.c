/*
 * concatenate_datasets - two tables one below the other, or side by side.
 *
 *	row_wise	columns are matched by name, in any case; both tables must have
 *			the same. Types that differ become the wider one, as in Spark's
 *			union: long and float a float, anything but a truth and a string
 *			a string. A column may say which table a row is from. Of rows that
 *			are equal but for that, the first stays if apply_dedupe is set.
 *	column_wise	rows are paired by place; the shorter table is filled up with
 *			nulls. Columns keep their names, also those that both tables have.
 */
#include <stdlib.h>

#include "base/casing.h"
#include "data/cast.h"
#include "data/rows.h"
#include "op/op.h"

enum { ROW_WISE, COLUMN_WISE };
static const char *const types[] = { "row_wise", "column_wise", NULL };

struct concatenate {
	int concatenate_type;
	bool apply_dedupe;
	const char *indicator_col_name, *df1_indicator, *df2_indicator;
};

#define BY_ROWS .when = "concatenate_type=row_wise"

static const struct param params[] = {
	PARAM_CHOICE(struct concatenate, concatenate_type, "Concatenate type",
		     "rows below rows, or columns beside columns", .choices = types,
		     .preset = "row_wise"),
	PARAM_FLAG(struct concatenate, apply_dedupe, "Remove duplicates",
		   "of rows that are equal, keep the first", .preset = "false", BY_ROWS),
	PARAM_NAME(struct concatenate, indicator_col_name, "Indicator column",
		   "column that says which table a row is from", .preset = "", BY_ROWS),
	PARAM_TEXT(struct concatenate, df1_indicator, "First table",
		   "what it says of rows of the first table", .preset = "", BY_ROWS),
	PARAM_TEXT(struct concatenate, df2_indicator, "Second table",
		   "what it says of rows of the second table", .preset = "", BY_ROWS),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "", "a,b\n1,x\n++++\nb,a\ny,2\n", "a,b\n1,x\n2,y\n" },
	{ "concatenate_type=column_wise", "a\n1\n2\n++++\nb\nx\n", "a,b\n1,x\n2,\n" },
	{ 0 },
};

/* A column out, and where it stands in each table; nowhere: it is the indicator. */
struct match {
	const char *name;
	enum type type;
	int at[2];
};

struct matches {
	size_t n;
	struct match *of;
};

static bool
is_indicator(const struct concatenate *f, const char *name)
{
	return f->indicator_col_name[0] && strcmp(f->indicator_col_name, name) == 0;
}

/* What Spark's union makes of two types; 0: it refuses. */
static enum type
wider_type(enum type a, enum type b)
{
	unsigned both = (unsigned)a | (unsigned)b;

	if (a == b)
		return a;
	if (both == TYPE_NUMERIC)
		return TYPE_FLOAT;
	if (both == TYPE_TEMPORAL)
		return TYPE_DATETIME;
	if (both & TYPE_STRING && !(both & (TYPE_BOOL | TYPE_OBJECT)))
		return TYPE_STRING;
	return 0;
}

/* A column's name in lower case and its place, for looking it up. */
struct place_of {
	const char *lower;
	int at;
	bool matched;
};

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct place_of *)a)->lower,
		      ((const struct place_of *)b)->lower);
}

/* The columns of a table but for the indicator, in the order of their names. */
static bool
sort_names(const struct concatenate *f, const struct schema *in, struct place_of **out,
	   size_t *n, struct arena *arena, struct error *err)
{
	struct place_of *places = ARENA_ARRAY(arena, in->n, struct place_of);

	*out = places;
	*n = 0;
	for (size_t i = 0; i < in->n; i++) {
		const char *lower;

		if (is_indicator(f, in->at[i].name))
			continue;
		if (!(lower = casing_lower_name(in->at[i].name, arena, err)))
			return false;
		places[(*n)++] = (struct place_of){ lower, (int)i, false };
	}
	qsort(places, *n, sizeof(*places), compare);
	for (size_t i = 1; i < *n; i++)
		if (compare(&places[i - 1], &places[i]) == 0)
			return fail(
				err,
				"two columns bear the name '%s' (in any case); rename "
				"one of them",
				in->at[places[i].at].name);
	return true;
}

static bool
match_one(const struct schema *in, struct place_of *first, struct place_of *second,
	  size_t n, struct match *match, struct error *err)
{
	const struct field *left = &in[0].at[first->at], *right;
	struct place_of *found = bsearch(first, second, n, sizeof(*second), compare);

	if (!found)
		return fail(err, "the second table has no column '%s'", left->name);
	found->matched = true;
	right = &in[1].at[found->at];
	*match = (struct match){ left->name,
				 wider_type(left->type, right->type),
				 { first->at, found->at } };
	if (!match->type)
		return fail(
			err,
			"'%s' is %s in the first table, but %s in the second: cast one "
			"of them",
			left->name, type_name(left->type), type_name(right->type));
	return true;
}

/* The columns out, in the order of the first table; the indicator last, or in the place
 * of a column of its name. */
static bool
match_columns(const struct concatenate *f, const struct schema *in, struct matches *out,
	      struct arena *arena, struct error *err)
{
	struct place_of *first, *second;
	size_t n_first, n;

	if (!sort_names(f, &in[0], &first, &n_first, arena, err) ||
	    !sort_names(f, &in[1], &second, &n, arena, err))
		return false;
	out->n = in[0].n + (f->indicator_col_name[0] && n_first == in[0].n);
	out->of = ARENA_ARRAY(arena, out->n, struct match);
	for (size_t i = 0; i < out->n; i++)
		out->of[i] = (struct match){ f->indicator_col_name,
					     TYPE_STRING,
					     { SCHEMA_NONE, SCHEMA_NONE } };
	for (size_t i = 0; i < n_first; i++)
		if (!match_one(in, &first[i], second, n, &out->of[first[i].at], err))
			return false;
	for (size_t i = 0; i < n; i++)
		if (!second[i].matched)
			return fail(err, "the first table has no column '%s'",
				    in[1].at[second[i].at].name);
	return true;
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct concatenate *f = fields;
	struct matches matches;

	(void)learned;
	out->schema.open = in[0].open || in[1].open;
	if (out->schema.open)
		return true;
	if (f->concatenate_type == COLUMN_WISE) {
		shape_keep_all(out, &in[0]);
		for (size_t i = 0; i < in[1].n; i++)
			shape_keep_second(out, &in[1], i, in[1].at[i].name);
		return true;
	}
	if (!match_columns(f, in, &matches, out->arena, err))
		return false;
	for (size_t i = 0; i < matches.n; i++)
		shape_add(out, matches.of[i].name, matches.of[i].type);
	return true;
}

/* The hashes of rows seen; one of zeroes is free. */
struct seen {
	struct row_hash *slots;
	size_t mask, size;
};

static bool
is_first(struct seen *seen, struct row_hash hash)
{
	size_t slot = hash.low & seen->mask;

	hash.high += !hash.low && !hash.high;
	for (;; slot = (slot + 1) & seen->mask) {
		struct row_hash *there = &seen->slots[slot];

		if (!there->low && !there->high) {
			*there = hash;
			return true;
		}
		if (there->low == hash.low && there->high == hash.high)
			return false;
	}
}

static bool
seen_start(struct seen *seen, size_t rows, struct error *err)
{
	seen->mask = 15;
	while (seen->mask < rows + rows / 2)
		seen->mask = seen->mask * 2 + 1;
	seen->size = (seen->mask + 1) * sizeof(*seen->slots);
	return (seen->slots = memory_alloc(seen->size, err)) != NULL;
}

/* Only rows that are new, whatever the indicator says. */
static bool
dedupe(const struct matches *matches, struct seen *seen, struct batch *batch,
       struct error *err)
{
	size_t hashes_size = batch->rows * sizeof(struct row_hash);
	size_t kept_size = bit_words(batch->rows) * sizeof(uint64_t);
	struct row_hash *hashes = memory_alloc(hashes_size, err);
	uint64_t *kept = hashes ? memory_alloc(kept_size, err) : NULL;
	struct batch *plain = kept ? batch_copy(batch, err) : NULL;
	bool ok = plain != NULL;

	for (size_t i = 0; ok && i < matches->n; i++)
		if (matches->of[i].at[0] == SCHEMA_NONE)
			batch_take(plain, i, NULL);
	ok = ok && rows_hash(plain, hashes, err);
	batch_free(plain);
	for (size_t i = 0; ok && i < batch->rows; i++)
		if (is_first(seen, hashes[i]))
			bit_set(kept, i);
	ok = ok && batch_filter(batch, kept, err);
	memory_free(hashes, hashes_size);
	memory_free(kept, kept_size);
	return ok;
}

static struct column *
repeat(const char *text, size_t rows, struct error *err)
{
	struct build b;

	build_start(&b, TYPE_STRING, rows);
	for (size_t i = 0; i < rows; i++)
		build_text(&b, text_of(text));
	return build_end(&b, err);
}

static struct batch *
arrange(const struct concatenate *f, const struct matches *matches, size_t side,
	const struct batch *in, struct error *err)
{
	struct batch *out = batch_new(matches->n, in->rows, err);
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < matches->n; i++) {
		const struct match *match = &matches->of[i];

		if (match->at[side] != SCHEMA_NONE)
			ok = cast_column(in->at[match->at[side]], match->type,
					 &out->at[i], err);
		else
			ok = (out->at[i] =
				      repeat(side ? f->df2_indicator : f->df1_indicator,
					     in->rows, err)) != NULL;
	}
	if (ok)
		return out;
	batch_free(out);
	return NULL;
}

/* Do two columns of objects hold the same kind of thing? */
static bool
is_alike(const struct column *a, const struct column *b)
{
	bool alike = a->type == b->type &&
		     (a->type != TYPE_OBJECT ||
		      (a->layout == b->layout && a->is_vector == b->is_vector &&
		       a->n_children == b->n_children));

	for (size_t i = 0; alike && i < a->n_children; i++)
		alike = is_alike(a->children[i], b->children[i]) &&
			(!a->names || !b->names || strcmp(a->names[i], b->names[i]) == 0);
	return alike;
}

/* first: the first batch, as it was taken; NULL: this is it. */
static bool
check_alike(const struct matches *matches, const struct batch *first,
	    const struct batch *batch, struct error *err)
{
	for (size_t i = 0; first && i < matches->n; i++)
		if (!is_alike(first->at[i], batch->at[i]))
			return fail(err,
				    "'%s' holds things of another kind in the second "
				    "table",
				    matches->of[i].name);
	return true;
}

static bool
append_batch(const struct concatenate *f, const struct matches *matches,
	     struct seen *seen, size_t side, const struct batch *from,
	     struct batch **first, struct table *out, struct error *err)
{
	struct batch *batch = arrange(f, matches, side, from, err);

	if (!batch)
		return false;
	if (!check_alike(matches, *first, batch, err) ||
	    (f->apply_dedupe && !dedupe(matches, seen, batch, err)) ||
	    (!*first && !(*first = batch_slice(batch, 0, batch->rows > 0, err)))) {
		batch_free(batch);
		return false;
	}
	return table_take(out, batch, err);
}

static bool
append(const struct call *call, const struct matches *matches, struct seen *seen,
       size_t side, struct table *in, struct batch **first, struct table *out,
       struct error *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < in->n; i++) {
		struct batch *batch;

		if (call_is_over(call))
			return fail_cancelled(err);
		if (!table_pull(in, i, &batch, err))
			return false;
		if (batch->rows)
			ok = append_batch(call->fields, matches, seen, side, batch, first,
					  out, err);
		batch_free(batch);
	}
	return ok;
}

static bool
put_below(const struct call *call, struct table *const *in, struct table *out,
	  struct arena *arena, struct error *err)
{
	const struct concatenate *f = call->fields;
	struct seen seen = { 0 };
	struct matches matches;
	struct batch *first = NULL;
	bool ok = match_columns(f, call->in, &matches, arena, err);

	if (ok && f->apply_dedupe)
		ok = seen_start(&seen, in[0]->rows + in[1]->rows, err);
	for (size_t side = 0; ok && side < 2; side++)
		ok = append(call, &matches, &seen, side, in[side], &first, out, err);
	batch_free(first);
	memory_free(seen.slots, seen.size);
	return ok;
}

enum { OUT_ROWS = 65536 };

/* Rows first, first + 1 and so on of n, and nothing behind the last. */
static void
count_up(uint32_t *rows, size_t room, size_t first, size_t n)
{
	for (size_t i = 0; i < room; i++)
		rows[i] = first + i < n ? (uint32_t)(first + i) : GATHER_NONE;
}

static bool
gather_into(struct batch *out, size_t at, const struct batch *from, const uint32_t *rows,
	    struct error *err)
{
	for (size_t i = 0; i < from->n; i++) {
		if (!from->at[i])
			continue;
		out->at[at + i] = column_gather_some(from->at[i], rows, out->rows, err);
		if (!out->at[at + i])
			return false;
	}
	return true;
}

/* Rows [first, first + n) of both tables. */
static bool
put_rows(struct batch *const all[2], size_t first, size_t n, uint32_t *rows,
	 struct table *out, struct error *err)
{
	struct batch *batch = batch_new(all[0]->n + all[1]->n, n, err);

	for (size_t side = 0; batch && side < 2; side++) {
		count_up(rows, n, first, all[side]->rows);
		if (!gather_into(batch, side ? all[0]->n : 0, all[side], rows, err)) {
			batch_free(batch);
			return false;
		}
	}
	return batch && table_take(out, batch, err);
}

static bool
put_beside(const struct call *call, struct table *const *in, struct table *out,
	   struct error *err)
{
	size_t rows = in[0]->rows > in[1]->rows ? in[0]->rows : in[1]->rows;
	size_t size = OUT_ROWS * sizeof(uint32_t);
	struct batch *all[2] = { NULL, NULL };
	uint32_t *places;
	bool ok;

	if (rows >= UINT32_MAX)
		return fail(
			err,
			"%zu rows are too many to put beside others; at most %u can be",
			rows, UINT32_MAX - 1);
	if (!(places = memory_alloc(size, err)))
		return false;
	ok = (all[0] = table_merge(in[0], &call->in[0], err)) &&
	     (all[1] = table_merge(in[1], &call->in[1], err));
	for (size_t first = 0; ok && first < rows; first += OUT_ROWS) {
		if (call_is_over(call))
			ok = fail_cancelled(err);
		ok = ok && put_rows(all, first,
				    rows - first < OUT_ROWS ? rows - first : OUT_ROWS,
				    places, out, err);
	}
	batch_free(all[0]);
	batch_free(all[1]);
	memory_free(places, size);
	return ok;
}

static bool
whole(const struct call *call, struct table *const *in, struct table *out,
      struct schema *schema, struct arena *arena, struct error *err)
{
	const struct concatenate *f = call->fields;

	(void)schema;
	if (f->concatenate_type == COLUMN_WISE)
		return put_beside(call, in, out, err);
	return put_below(call, in, out, arena, err);
}

const struct op op_concatenate_datasets = {
	.name = "concatenate_datasets",
	.title = "Concatenate",
	.group = "Combine tables",
	.help = "Put two tables one below the other, or side by side.",
	.id = "sagemaker.spark.concatenate_datasets_0.1",
	.params = params,
	.params_size = sizeof(struct concatenate),
	.examples = examples,
	.flags = OP_TWO_INPUTS,
	.shape = shape,
	.whole = whole,
};
