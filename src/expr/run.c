/*
 * run - a tree over a batch: every node a column, its arguments first.
 *
 * Columns are let go as soon as they are used, so no more are held than the tree is high
 * and a function has arguments.
 */
#include "data/cast.h"
#include "expr/node.h"

static struct column *run(const struct node *node, const struct batch *batch,
			  struct error *err);

/* A dictionary of one entry, and codes that are all 0. */
static struct column *
repeat_text(struct text text, size_t rows, struct error *err)
{
	struct column *entry, *out;
	struct build b;

	build_start(&b, TYPE_STRING, 1);
	build_text(&b, text);
	if (!(entry = build_end(&b, err)))
		return NULL;
	if ((out = column_new(TYPE_STRING, 0, err))) {
		buffer_drop(out->values);
		buffer_drop(out->bytes);
		out->bytes = NULL;
		out->layout = LAYOUT_DICTIONARY;
		out->dictionary = column_share(entry);
		out->rows = rows;
		if (!(out->values = buffer_new(rows * sizeof(int32_t), err))) {
			column_drop(out);
			out = NULL;
		}
	}
	column_drop(entry);
	return out;
}

static struct column *
repeat(const struct node *node, size_t rows, struct error *err)
{
	struct column *out;

	if (node->is_null)
		return column_nulls(node->type, rows, err);
	if (node->type == TYPE_STRING)
		return repeat_text(node->text, rows, err);
	if (!(out = column_new(node->type, rows, err)))
		return NULL;
	for (size_t i = 0; i < rows; i++)
		switch (node->type) {
		case TYPE_FLOAT:
			column_floats(out)[i] = node->number;
			break;
		case TYPE_DATE:
			column_ints(out)[i] = (int32_t)node->whole;
			break;
		case TYPE_BOOL:
			if (node->whole)
				bit_set(out->values->data, i);
			break;
		default:
			column_longs(out)[i] = node->whole;
		}
	return out;
}

static struct column *
call(const struct func *func, enum type type, struct column *const *at, size_t n,
     size_t rows, struct error *err)
{
	const struct args args = { func, type, rows, n, at };
	struct column *out = NULL;

	if (func->text ? args_text(&args, &out, err) : func->run(&args, &out, err))
		return out;
	return NULL;
}

static struct column *
run_call(const struct node *node, const struct batch *batch, struct error *err)
{
	const size_t size = (node->n + 1) * sizeof(struct column *);
	struct column **at = memory_alloc(size, err), *out = NULL;
	size_t n = 0;

	if (!at)
		return NULL;
	while (n < node->n && (at[n] = run(node->args[n], batch, err)))
		n++;
	if (n == node->n)
		out = call(node->func, node->type, at, n, batch->rows, err);
	while (n > 0)
		column_drop(at[--n]);
	memory_free(at, size);
	return out;
}

static struct column *
run_cast(const struct node *node, const struct batch *batch, struct error *err)
{
	struct column *in = run(node->args[0], batch, err), *out = NULL;

	if (in && !cast_column(in, node->type, &out, err))
		out = NULL;
	column_drop(in);
	return out;
}

/* One or the other, which are both dropped. */
static struct column *
either(struct column *a, struct column *b, const struct func *any, size_t rows,
       struct error *err)
{
	struct column *both[] = { a, b }, *out = NULL;

	if (a && b)
		out = call(any, TYPE_BOOL, both, 2, rows, err);
	column_drop(a);
	column_drop(b);
	return out;
}

/* The list may be long, so its entries are there one at a time. */
static struct column *
run_in(const struct node *node, const struct batch *batch, struct error *err)
{
	const struct func *equal = func_find(text_of("="), 2, err);
	const struct func *any = func_find(text_of("or"), 2, err);
	struct column *pair[2], *met, *out = NULL;

	if (!equal || !any || !(pair[0] = run(node->args[0], batch, err)))
		return NULL;
	for (size_t i = 1; i < node->n; i++) {
		met = NULL;
		if ((pair[1] = run(node->args[i], batch, err)))
			met = call(equal, TYPE_BOOL, pair, 2, batch->rows, err);
		column_drop(pair[1]);
		out = i == 1 ? met : either(out, met, any, batch->rows, err);
		if (!out)
			break;
	}
	column_drop(pair[0]);
	return out;
}

static struct column *
run(const struct node *node, const struct batch *batch, struct error *err)
{
	switch (node->kind) {
	case NODE_VALUE:
		return repeat(node, batch->rows, err);
	case NODE_COLUMN:
		return column_share(batch->at[node->column]);
	case NODE_CAST:
		return run_cast(node, batch, err);
	case NODE_IN:
		return run_in(node, batch, err);
	default:
		return run_call(node, batch, err);
	}
}

struct column *
expr_run(const struct expr *expr, const struct batch *batch, struct error *err)
{
	return run(expr->root, batch, err);
}
