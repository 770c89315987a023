/*
 * column - making, sharing, copying and cutting columns.
 *
 * Every verb works for every layout; nothing here knows a file or an operator.
 */
#include "data/column_parts.h"

#include <math.h>
#include <stdlib.h>

size_t
column_bits_size(size_t rows)
{
	return (rows + 63) / 64 * 8;
}

/* Bytes of a plain or dictionary column's values. */
size_t
column_values_size(enum type type, enum layout layout, size_t rows)
{
	if (layout == LAYOUT_DICTIONARY)
		return rows * sizeof(int32_t);
	switch (type) {
	case TYPE_BOOL:
		return column_bits_size(rows);
	case TYPE_DATE:
		return rows * sizeof(int32_t);
	case TYPE_STRING:
	case TYPE_OBJECT:
		return (rows + 1) * sizeof(int64_t);
	default:
		return rows * sizeof(int64_t);
	}
}

/* No buffers yet. */
struct column *
column_bare(enum type type, enum layout layout, size_t rows, struct error *err)
{
	struct column *c = calloc(1, sizeof(*c));

	if (!c) {
		fail(err, "out of memory: the system refused a column");
		return NULL;
	}
	c->type = type;
	c->layout = layout;
	c->rows = rows;
	atomic_init(&c->refs, 1);
	return c;
}

struct column *
column_fail(struct column *c)
{
	column_drop(c);
	return NULL;
}

struct column *
column_new(enum type type, size_t rows, struct error *err)
{
	enum layout layout = type == TYPE_OBJECT ? LAYOUT_LIST : LAYOUT_PLAIN;
	struct column *c = column_bare(type, layout, rows, err);

	if (!c)
		return NULL;
	c->values = buffer_new(column_values_size(type, layout, rows), err);
	if (!c->values)
		return column_fail(c);
	if (type == TYPE_STRING && !(c->bytes = buffer_new(0, err)))
		return column_fail(c);
	return c;
}

struct column *
column_unset(enum type type, size_t rows, struct error *err)
{
	const size_t size = column_values_size(type, LAYOUT_PLAIN, rows);
	struct column *c = column_bare(type, LAYOUT_PLAIN, rows, err);

	if (!c)
		return NULL;
	c->values = buffer_new_bare(size, err);
	return c->values ? c : column_fail(c);
}

struct column *
column_share(struct column *column)
{
	if (column)
		atomic_fetch_add_explicit(&column->refs, 1, memory_order_relaxed);
	return column;
}

void
column_drop(struct column *c)
{
	if (!c || atomic_fetch_sub_explicit(&c->refs, 1, memory_order_acq_rel) > 1)
		return;
	column_memo_forget(c);
	buffer_drop(c->validity);
	buffer_drop(c->values);
	buffer_drop(c->bytes);
	buffer_drop(c->names_owner);
	column_drop(c->dictionary);
	for (size_t i = 0; i < c->n_children; i++)
		column_drop(c->children[i]);
	free(c->children);
	free(c->names);
	free(c);
}

bool
column_children_new(struct column *c, size_t n, struct error *err)
{
	c->children = calloc(n ? n : 1, sizeof(*c->children));
	if (!c->children)
		return fail(err, "out of memory: the system refused a column");
	c->n_children = n;
	return true;
}

/* Struct members' names: the array is the column's own, the text is shared. */
bool
column_names_like(struct column *c, const struct column *from, struct error *err)
{
	if (!from->names)
		return true;
	c->names = malloc(from->n_children * sizeof(*c->names) + 1);
	if (!c->names)
		return fail(err, "out of memory: the system refused a column");
	memcpy(c->names, from->names, from->n_children * sizeof(*c->names));
	c->names_owner = buffer_share(from->names_owner);
	return true;
}

/* The same values under a new header: buffers shared. */
static struct column *
header_copy(const struct column *from, struct error *err)
{
	struct column *c = column_bare(from->type, from->layout, from->rows, err);

	if (!c)
		return NULL;
	c->is_vector = from->is_vector;
	c->nulls = from->nulls;
	c->validity = buffer_share(from->validity);
	c->values = buffer_share(from->values);
	c->bytes = buffer_share(from->bytes);
	c->dictionary = column_share(from->dictionary);
	if (!column_children_new(c, from->n_children, err) ||
	    !column_names_like(c, from, err))
		return column_fail(c);
	for (size_t i = 0; i < from->n_children; i++)
		c->children[i] = column_share(from->children[i]);
	return c;
}

/* A buffer that only its holder has. */
static bool
own(struct buffer **slot, struct error *err)
{
	struct buffer *copy;

	if (!*slot || !buffer_is_shared(*slot))
		return true;
	copy = buffer_new((*slot)->size, err);
	if (!copy)
		return false;
	memcpy(copy->data, (*slot)->data, (*slot)->size);
	buffer_drop(*slot);
	*slot = copy;
	return true;
}

bool
column_edit(struct column **slot, struct error *err)
{
	struct column *c = *slot;

	if (atomic_load_explicit(&c->refs, memory_order_acquire) > 1) {
		c = header_copy(c, err);
		if (!c)
			return false;
		column_drop(*slot);
		*slot = c;
	}
	column_memo_forget(c);
	return own(&c->validity, err) && own(&c->values, err) && own(&c->bytes, err);
}

/* Spark's trim() takes spaces off and nothing else: a tab is a value. */
static bool
is_spaces(struct text t)
{
	size_t i = 0;

	while (i < t.size && t.data[i] == ' ')
		i++;
	return i == t.size;
}

bool
column_is_missing(const struct column *c, size_t row)
{
	if (column_is_null(c, row))
		return true;
	if (c->type == TYPE_FLOAT)
		return isnan(column_floats(c)[row]);
	return c->type == TYPE_STRING && is_spaces(column_text(c, row));
}

bool
column_need_validity(struct column *c, struct error *err)
{
	if (c->validity)
		return true;
	c->validity = buffer_new(column_bits_size(c->rows), err);
	if (!c->validity)
		return false;
	memset(c->validity->data, 0xff, c->validity->size);
	return true;
}

bool
column_set_null(struct column *c, size_t row, struct error *err)
{
	if (!column_need_validity(c, err))
		return false;
	if (bit_get(c->validity->data, row)) {
		bit_clear(c->validity->data, row);
		c->nulls++;
	}
	return true;
}

struct column *
column_slice(const struct column *c, size_t first, size_t n, struct error *err)
{
	size_t size = n * sizeof(uint32_t);
	uint32_t *rows = memory_alloc(size, err);
	struct column *cut;

	if (!rows)
		return NULL;
	for (size_t i = 0; i < n; i++)
		rows[i] = (uint32_t)(first + i);
	cut = column_gather(c, rows, n, err);
	memory_free(rows, size);
	return cut;
}

struct column *
column_nulls(enum type type, size_t rows, struct error *err)
{
	struct column *c = column_new(type, rows, err);

	if (!c)
		return NULL;
	if (rows && !(c->validity = buffer_new(column_bits_size(rows), err)))
		return column_fail(c);
	c->nulls = rows;
	return c;
}

static bool lists_equal(const struct column *a, size_t i, const struct column *b,
			size_t j);

static bool
cells_equal(const struct column *a, size_t i, const struct column *b, size_t j)
{
	double x, y;

	if (column_is_null(a, i) || column_is_null(b, j))
		return column_is_null(a, i) && column_is_null(b, j);
	switch (a->type) {
	case TYPE_STRING:
		return text_equal(column_text(a, i), column_text(b, j));
	case TYPE_BOOL:
		return column_bool(a, i) == column_bool(b, j);
	case TYPE_DATE:
		return column_ints(a)[i] == column_ints(b)[j];
	case TYPE_FLOAT:
		x = column_floats(a)[i];
		y = column_floats(b)[j];
		return memcmp(&x, &y, sizeof(x)) == 0 || (isnan(x) && isnan(y));
	case TYPE_OBJECT:
		if (a->layout != b->layout || a->n_children != b->n_children)
			return false;
		if (a->layout == LAYOUT_LIST)
			return lists_equal(a, i, b, j);
		for (size_t k = 0; k < a->n_children; k++)
			if (!cells_equal(a->children[k], i, b->children[k], j))
				return false;
		return true;
	default:
		return column_longs(a)[i] == column_longs(b)[j];
	}
}

static bool
lists_equal(const struct column *a, size_t i, const struct column *b, size_t j)
{
	const int64_t *p = column_longs(a) + i, *q = column_longs(b) + j;

	if (p[1] - p[0] != q[1] - q[0])
		return false;
	for (int64_t k = 0; k < p[1] - p[0]; k++)
		if (!cells_equal(a->children[0], (size_t)(p[0] + k), b->children[0],
				 (size_t)(q[0] + k)))
			return false;
	return true;
}

bool
column_equal(const struct column *a, const struct column *b)
{
	if (a->type != b->type || a->rows != b->rows)
		return false;
	for (size_t i = 0; i < a->rows; i++)
		if (!cells_equal(a, i, b, i))
			return false;
	return true;
}

size_t
column_bytes(const struct column *c)
{
	size_t bytes = sizeof(*c);

	bytes += c->validity ? c->validity->capacity : 0;
	bytes += c->values ? c->values->capacity : 0;
	bytes += c->bytes ? c->bytes->capacity : 0;
	if (c->dictionary)
		bytes += column_bytes(c->dictionary);
	for (size_t i = 0; i < c->n_children; i++)
		bytes += column_bytes(c->children[i]);
	return bytes;
}
