/*
 * pack_object - cells of objects as bytes: a byte that says whether it is there, then
 * what it holds: a list its size and entries, a struct its members, a value its bytes.
 */
#include <stdlib.h>

#include "data/pack_parts.h"

static size_t
width_of(enum type type)
{
	return type == TYPE_BOOL ? 1 : type == TYPE_DATE ? 4 : 8;
}

size_t
object_size(const struct column *c, size_t row)
{
	size_t size = 1;

	if (column_is_null(c, row))
		return size;
	if (c->type == TYPE_STRING)
		return size + tail_size(column_text(c, row).size);
	if (c->type != TYPE_OBJECT)
		return size + width_of(c->type);
	if (c->layout == LAYOUT_LIST) {
		const int64_t *offset = column_longs(c) + row;

		size += sizeof(uint64_t);
		for (int64_t i = offset[0]; i < offset[1]; i++)
			size += object_size(c->children[0], (size_t)i);
		return size;
	}
	for (size_t i = 0; i < c->n_children; i++)
		size += object_size(c->children[i], row);
	return size;
}

static char *
put_value(const struct column *c, size_t row, char *p)
{
	size_t width = width_of(c->type);

	if (c->type == TYPE_BOOL)
		*p = column_bool(c, row);
	else
		memcpy(p, c->values->data + row * width, width);
	return p + width;
}

char *
object_put(const struct column *c, size_t row, char *p)
{
	*p++ = !column_is_null(c, row);
	if (!p[-1])
		return p;
	if (c->type == TYPE_STRING)
		return tail_put(p, column_text(c, row));
	if (c->type != TYPE_OBJECT)
		return put_value(c, row, p);
	if (c->layout == LAYOUT_LIST) {
		const int64_t *offset = column_longs(c) + row;
		uint64_t n = (uint64_t)(offset[1] - offset[0]);

		memcpy(p, &n, sizeof(n));
		p += sizeof(n);
		for (int64_t i = offset[0]; i < offset[1]; i++)
			p = object_put(c->children[0], (size_t)i, p);
		return p;
	}
	for (size_t i = 0; i < c->n_children; i++)
		p = object_put(c->children[i], row, p);
	return p;
}

/* A column like the model that grows cell by cell. */
struct growing {
	const struct column *model;
	struct build values;  /* of a value; of a list: where each one ends */
	struct build there;   /* bools: of lists and structs */
	size_t n, n_children; /* cells so far */
	struct growing *children;
};

static bool
start(struct growing *g, const struct column *model, size_t rows, struct error *err)
{
	*g = (struct growing){ .model = model };
	if (model->type != TYPE_OBJECT) {
		build_start(&g->values, model->type, rows);
		return true;
	}
	build_start(&g->there, TYPE_BOOL, rows);
	if (model->layout == LAYOUT_LIST)
		build_start(&g->values, TYPE_LONG, rows + 1);
	if (model->layout == LAYOUT_LIST)
		build_long(&g->values, 0);
	g->children = calloc(model->n_children + 1, sizeof(*g->children));
	if (!g->children)
		return fail(err, "out of memory: the system refused a column");
	for (; g->n_children < model->n_children; g->n_children++)
		if (!start(&g->children[g->n_children], model->children[g->n_children],
			   rows, err))
			return false;
	return true;
}

static void
release(struct growing *g)
{
	build_discard(&g->values);
	build_discard(&g->there);
	for (size_t i = 0; i < g->model->n_children && g->children; i++)
		if (g->children[i].model)
			release(&g->children[i]);
	free(g->children);
}

static void
add_null(struct growing *g)
{
	g->n++;
	if (g->model->type != TYPE_OBJECT) {
		build_null(&g->values);
		return;
	}
	build_bool(&g->there, false);
	if (g->model->layout == LAYOUT_LIST)
		build_long(&g->values, g->n_children ? (int64_t)g->children[0].n : 0);
	for (size_t i = 0; g->model->layout == LAYOUT_STRUCT && i < g->n_children; i++)
		add_null(&g->children[i]);
}

static const char *
add_value(struct build *b, enum type type, const char *p)
{
	int64_t whole;
	double x;
	int32_t days;

	switch (type) {
	case TYPE_STRING:
		build_text(b, tail_get(&p));
		return p;
	case TYPE_BOOL:
		build_bool(b, *p);
		break;
	case TYPE_DATE:
		memcpy(&days, p, sizeof(days));
		build_date(b, days);
		break;
	case TYPE_FLOAT:
		memcpy(&x, p, sizeof(x));
		build_float(b, x);
		break;
	default:
		memcpy(&whole, p, sizeof(whole));
		build_long(b, whole);
	}
	return p + width_of(type);
}

static const char *
add(struct growing *g, const char *p)
{
	uint64_t n;

	if (!p || !*p++) {
		add_null(g);
		return p;
	}
	g->n++;
	if (g->model->type != TYPE_OBJECT)
		return add_value(&g->values, g->model->type, p);
	build_bool(&g->there, true);
	if (g->model->layout == LAYOUT_STRUCT) {
		for (size_t i = 0; i < g->n_children; i++)
			p = add(&g->children[i], p);
		return p;
	}
	memcpy(&n, p, sizeof(n));
	p += sizeof(n);
	for (uint64_t i = 0; i < n; i++)
		p = add(&g->children[0], p);
	build_long(&g->values, g->n_children ? (int64_t)g->children[0].n : 0);
	return p;
}

/* The bools of what is there as validity. */
static bool
take_validity(struct growing *g, struct column *c, struct error *err)
{
	struct column *there = build_end(&g->there, err);

	if (!there)
		return false;
	for (size_t i = 0; i < c->rows; i++)
		c->nulls += !column_bool(there, i);
	if (c->nulls)
		c->validity = buffer_share(there->values);
	column_drop(there);
	return true;
}

static struct column *
end(struct growing *g, struct error *err)
{
	struct column *c;

	if (g->model->type != TYPE_OBJECT)
		return build_end(&g->values, err);
	c = column_bare(TYPE_OBJECT, g->model->layout, g->n, err);
	if (!c)
		return NULL;
	c->is_vector = g->model->is_vector;
	if (!column_children_new(c, g->n_children, err) ||
	    !column_names_like(c, g->model, err) || !take_validity(g, c, err))
		return column_fail(c);
	if (g->model->layout == LAYOUT_LIST) {
		struct column *ends = build_end(&g->values, err);

		if (!ends)
			return column_fail(c);
		c->values = buffer_share(ends->values);
		column_drop(ends);
	}
	for (size_t i = 0; i < g->n_children; i++)
		if (!(c->children[i] = end(&g->children[i], err)))
			return column_fail(c);
	return c;
}

struct column *
object_get(const struct column *model, const char *const *cells, size_t n,
	   struct error *err)
{
	struct growing g;
	struct column *c = NULL;
	bool ok = start(&g, model, n, err);

	for (size_t i = 0; ok && i < n; i++)
		add(&g, cells[i]);
	if (ok)
		c = end(&g, err);
	release(&g);
	return c;
}
