/*
 * run - a tree over a batch: every node a column, its arguments first.
 *
 * A column of one row is one value for all of them. Columns are let go as soon as they
 * are used, so no more are held than the tree is high and a function has arguments.
 */
#include "data/cast.h"
#include "expr/entries.h"
#include "expr/node.h"

/* What a node is run over: a batch, or the entries of its only column. */
struct frame {
	const struct batch *batch;
	const struct column *entries;
	size_t rows;
};

static struct column *run(const struct node *node, const struct frame *frame,
			  struct error *err);

struct column *
node_value(const struct node *node, struct error *err)
{
	struct build b;

	build_start(&b, node->type, 1);
	if (node->is_null)
		build_null(&b);
	else if (node->type == TYPE_STRING)
		build_text(&b, node->text);
	else if (node->type == TYPE_FLOAT)
		build_float(&b, node->number);
	else if (node->type == TYPE_DATE)
		build_date(&b, (int32_t)node->whole);
	else if (node->type == TYPE_BOOL)
		build_bool(&b, node->whole != 0);
	else
		build_long(&b, node->whole);
	return build_end(&b, err);
}

static void
drop_all(struct column **at, size_t n)
{
	while (n > 0)
		column_drop(at[--n]);
}

/* Where the function does not know what one row means. */
static bool
repeat_ones(struct column **at, size_t n, size_t rows, struct error *err)
{
	for (size_t i = 0; i < n; i++) {
		struct column *all;

		if (at[i]->rows == rows)
			continue;
		if (!(all = args_repeat(at[i], rows, err)))
			return false;
		column_drop(at[i]);
		at[i] = all;
	}
	return true;
}

static struct column *
call(const struct func *func, enum type type, struct column **at, size_t n, size_t rows,
     struct error *err)
{
	const struct args args = { func, type, rows, n, at };
	struct column *out = NULL;

	if (!func->ones && !repeat_ones(at, n, rows, err))
		return NULL;
	if (func->text ? args_text(&args, &out, err) : func->run(&args, &out, err))
		return out;
	return NULL;
}

/* One row, if all arguments are one value each. */
static size_t
rows_of(struct column *const *at, size_t n, const struct frame *frame)
{
	for (size_t i = 0; i < n; i++)
		if (at[i]->rows != 1)
			return frame->rows;
	return n ? 1 : frame->rows;
}

static struct column *
run_call(const struct node *node, const struct frame *frame, struct error *err)
{
	const size_t size = (node->n + 1) * sizeof(struct column *);
	struct column **at = memory_alloc(size, err), *out = NULL;
	size_t n = 0;

	if (!at)
		return NULL;
	while (n < node->n && (at[n] = run(node->args[n], frame, err)))
		n++;
	if (n == node->n)
		out = call(node->func, node->type, at, n, rows_of(at, n, frame), err);
	drop_all(at, n);
	memory_free(at, size);
	return out;
}

static struct column *
run_cast(const struct node *node, const struct frame *frame, struct error *err)
{
	struct column *in = run(node->args[0], frame, err), *out = NULL;

	if (in && !cast_column(in, node->type, &out, err))
		out = NULL;
	column_drop(in);
	return out;
}

/* One or the other, which are both dropped. */
static struct column *
either(struct column *a, struct column *b, const struct func *any,
       const struct frame *frame, struct error *err)
{
	struct column *both[] = { a, b }, *out = NULL;

	if (a && b)
		out = call(any, TYPE_BOOL, both, 2, rows_of(both, 2, frame), err);
	column_drop(a);
	column_drop(b);
	return out;
}

/* The list may be long, so its entries are there one at a time. */
static struct column *
run_in(const struct node *node, const struct frame *frame, struct error *err)
{
	const struct func *equal = func_find(text_of("="), 2, err);
	const struct func *any = func_find(text_of("or"), 2, err);
	struct column *pair[2], *met, *out = NULL;

	if (!equal || !any || !(pair[0] = run(node->args[0], frame, err)))
		return NULL;
	if (node->set) {
		out = set_find(node->set, pair[0], err);
		column_drop(pair[0]);
		return out;
	}
	for (size_t i = 1; i < node->n; i++) {
		met = NULL;
		if ((pair[1] = run(node->args[i], frame, err)))
			met = call(equal, TYPE_BOOL, pair, 2, rows_of(pair, 2, frame),
				   err);
		column_drop(pair[1]);
		out = i == 1 ? met : either(out, met, any, frame, err);
		if (!out)
			break;
	}
	column_drop(pair[0]);
	return out;
}

static void
drop_column(void *column)
{
	column_drop(column);
}

/* What was made of a dictionary's entries stays with it, for the batches to come. */
static const char maker;

/* The node over the entries of its only column. */
static struct column *
make_entries(const struct node *node, const struct batch *batch,
	     const struct column *codes, struct error *err)
{
	struct column *entries = entries_of(codes, err), *made = NULL;

	if (entries) {
		const struct frame within = { batch, entries, entries->rows };

		made = run(node, &within, err);
	}
	column_drop(entries);
	if (made && !column_memo_take(codes->dictionary, &maker, node->id, made,
				      drop_column, err))
		return NULL;
	return made;
}

/* From entries to rows. */
static struct column *
run_entries(const struct node *node, const struct frame *frame, struct error *err)
{
	const struct column *codes = frame->batch->at[node->of];
	struct column *made = column_memo(codes->dictionary, &maker, node->id);

	if (!made && !(made = make_entries(node, frame->batch, codes, err)))
		return NULL;
	return entries_spread(made, codes, err);
}

/* Have the entries been looked at, or are there fewer than rows? */
static bool
has_entries(const struct node *node, const struct frame *frame)
{
	const struct column *c;

	if (node->of < 0 || node->kind == NODE_COLUMN || frame->entries)
		return false;
	c = frame->batch->at[node->of];
	return c->layout == LAYOUT_DICTIONARY &&
	       (c->dictionary->rows < frame->rows ||
		column_memo(c->dictionary, &maker, node->id));
}

static struct column *
run(const struct node *node, const struct frame *frame, struct error *err)
{
	if (node->known)
		return node_value(node->known, err);
	if (has_entries(node, frame))
		return run_entries(node, frame, err);
	switch (node->kind) {
	case NODE_VALUE:
		return node_value(node, err);
	case NODE_COLUMN:
		return column_share(frame->entries ? (struct column *)frame->entries
						   : frame->batch->at[node->column]);
	case NODE_CAST:
		return run_cast(node, frame, err);
	case NODE_IN:
		return run_in(node, frame, err);
	default:
		return run_call(node, frame, err);
	}
}

struct column *
node_run(const struct node *node, struct error *err)
{
	const struct frame frame = { NULL, NULL, 1 };

	return run(node, &frame, err);
}

struct column *
expr_run(const struct expr *expr, const struct batch *batch, struct error *err)
{
	const struct frame frame = { batch, NULL, batch->rows };
	struct column *out = run(expr->root, &frame, err), *one = out;

	if (out && out->rows != batch->rows) {
		out = args_repeat(one, batch->rows, err);
		column_drop(one);
	}
	return out;
}

bool
expr_keep(const struct expr *expr, const struct batch *batch, bool met, uint64_t *kept,
	  struct error *err)
{
	struct column *c = expr_run(expr, batch, err);
	const uint64_t turn = met ? 0 : UINT64_MAX;

	if (!c)
		return false;
	args_trim(c);
	for (size_t w = 0; w < bit_words(batch->rows); w++)
		kept[w] = (bits_words(c->values)[w] &
			   (c->validity ? bits_words(c->validity)[w] : UINT64_MAX)) ^
			  turn;
	if (!met && batch->rows % 64)
		kept[batch->rows / 64] &= (UINT64_C(1) << batch->rows % 64) - 1;
	column_drop(c);
	return true;
}
