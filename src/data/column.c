/*
 * column - making, sharing, copying and cutting columns.
 *
 * Every verb works for every layout; nothing here knows a file or an operator.
 */
#include "data/column.h"

#include <math.h>
#include <stdlib.h>

static size_t
bits_size(size_t rows)
{
	return (rows + 63) / 64 * 8;
}

/* Bytes of a plain or dictionary column's values. */
static size_t
values_size(enum type type, enum layout layout, size_t rows)
{
	if (layout == LAYOUT_DICTIONARY)
		return rows * sizeof(int32_t);
	switch (type) {
	case TYPE_BOOL:
		return bits_size(rows);
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
static struct column *
bare(enum type type, enum layout layout, size_t rows, struct error *err)
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

static struct column *
drop_failed(struct column *c)
{
	column_drop(c);
	return NULL;
}

struct column *
column_new(enum type type, size_t rows, struct error *err)
{
	enum layout layout = type == TYPE_OBJECT ? LAYOUT_LIST : LAYOUT_PLAIN;
	struct column *c = bare(type, layout, rows, err);

	if (!c)
		return NULL;
	c->values = buffer_new(values_size(type, layout, rows), err);
	if (!c->values)
		return drop_failed(c);
	if (type == TYPE_STRING && !(c->bytes = buffer_new(0, err)))
		return drop_failed(c);
	return c;
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

static bool
children_new(struct column *c, size_t n, struct error *err)
{
	c->children = calloc(n ? n : 1, sizeof(*c->children));
	if (!c->children)
		return fail(err, "out of memory: the system refused a column");
	c->n_children = n;
	return true;
}

/* Struct members' names: the array is the column's own, the text is shared. */
static bool
names_like(struct column *c, const struct column *from, struct error *err)
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
	struct column *c = bare(from->type, from->layout, from->rows, err);

	if (!c)
		return NULL;
	c->is_vector = from->is_vector;
	c->nulls = from->nulls;
	c->validity = buffer_share(from->validity);
	c->values = buffer_share(from->values);
	c->bytes = buffer_share(from->bytes);
	c->dictionary = column_share(from->dictionary);
	if (!children_new(c, from->n_children, err) || !names_like(c, from, err))
		return drop_failed(c);
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
	return own(&c->validity, err) && own(&c->values, err) && own(&c->bytes, err);
}

bool
column_is_missing(const struct column *c, size_t row)
{
	if (column_is_null(c, row))
		return true;
	if (c->type == TYPE_FLOAT)
		return isnan(column_floats(c)[row]);
	return c->type == TYPE_STRING && text_is_blank(column_text(c, row));
}

static bool
need_validity(struct column *c, struct error *err)
{
	if (c->validity)
		return true;
	c->validity = buffer_new(bits_size(c->rows), err);
	if (!c->validity)
		return false;
	memset(c->validity->data, 0xff, c->validity->size);
	return true;
}

bool
column_set_null(struct column *c, size_t row, struct error *err)
{
	if (!need_validity(c, err))
		return false;
	if (bit_get(c->validity->data, row)) {
		bit_clear(c->validity->data, row);
		c->nulls++;
	}
	return true;
}

static void
gather_words(void *to, const void *from, size_t width, const uint32_t *rows, size_t n)
{
	if (width == 8)
		for (size_t i = 0; i < n; i++)
			((uint64_t *)to)[i] = ((const uint64_t *)from)[rows[i]];
	else
		for (size_t i = 0; i < n; i++)
			((uint32_t *)to)[i] = ((const uint32_t *)from)[rows[i]];
}

static void
gather_bits(void *to, const void *from, const uint32_t *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bit_get(from, rows[i]))
			bit_set(to, i);
}

static bool
gather_validity(struct column *to, const struct column *from, const uint32_t *rows,
		struct error *err)
{
	size_t there = 0;

	if (!from->validity || from->nulls == 0)
		return true;
	to->validity = buffer_new(bits_size(to->rows), err);
	if (!to->validity)
		return false;
	gather_bits(to->validity->data, from->validity->data, rows, to->rows);
	for (size_t i = 0; i < to->validity->size; i += 8) {
		uint64_t word;

		memcpy(&word, to->validity->data + i, 8);
		there += (size_t)__builtin_popcountll(word);
	}
	to->nulls = to->rows - there;
	return true;
}

static bool
gather_strings(struct column *to, const struct column *from, const uint32_t *rows,
	       struct error *err)
{
	const int64_t *source = column_longs(from);
	int64_t *offset = column_longs(to), size = 0;

	for (size_t i = 0; i < to->rows; i++) {
		offset[i] = size;
		size += source[rows[i] + 1] - source[rows[i]];
	}
	offset[to->rows] = size;
	if (!(to->bytes = buffer_new((size_t)size, err)))
		return false;
	for (size_t i = 0; i < to->rows; i++)
		memcpy(to->bytes->data + offset[i], from->bytes->data + source[rows[i]],
		       (size_t)(offset[i + 1] - offset[i]));
	return true;
}

/* The rows of the child that the lists of rows hold, in order. */
static bool
gather_lists(struct column *to, const struct column *from, const uint32_t *rows,
	     struct error *err)
{
	const int64_t *source = column_longs(from);
	int64_t *offset = column_longs(to), size = 0;
	uint32_t *inner;
	size_t bytes, k = 0;

	for (size_t i = 0; i < to->rows; i++) {
		offset[i] = size;
		size += source[rows[i] + 1] - source[rows[i]];
	}
	offset[to->rows] = size;
	if (!from->n_children)
		return true;
	bytes = (size_t)size * sizeof(*inner);
	if (!(inner = memory_alloc(bytes, err)))
		return false;
	for (size_t i = 0; i < to->rows; i++)
		for (int64_t j = source[rows[i]]; j < source[rows[i] + 1]; j++)
			inner[k++] = (uint32_t)j;
	to->children[0] = column_gather(from->children[0], inner, k, err);
	memory_free(inner, bytes);
	return to->children[0] != NULL;
}

struct column *
column_gather(const struct column *c, const uint32_t *rows, size_t n, struct error *err)
{
	struct column *to = bare(c->type, c->layout, n, err);
	bool ok;

	if (!to)
		return NULL;
	to->is_vector = c->is_vector;
	to->dictionary = column_share(c->dictionary);
	if (!children_new(to, c->n_children, err) || !names_like(to, c, err) ||
	    !gather_validity(to, c, rows, err))
		return drop_failed(to);
	if (c->layout == LAYOUT_STRUCT) {
		for (size_t i = 0; i < c->n_children; i++)
			if (!(to->children[i] =
				      column_gather(c->children[i], rows, n, err)))
				return drop_failed(to);
		return to;
	}
	if (!(to->values = buffer_new(values_size(c->type, c->layout, n), err)))
		return drop_failed(to);
	ok = true;
	if (c->layout == LAYOUT_LIST)
		ok = gather_lists(to, c, rows, err);
	else if (c->layout == LAYOUT_DICTIONARY || c->type == TYPE_DATE)
		gather_words(to->values->data, c->values->data, 4, rows, n);
	else if (c->type == TYPE_STRING)
		ok = gather_strings(to, c, rows, err);
	else if (c->type == TYPE_BOOL)
		gather_bits(to->values->data, c->values->data, rows, n);
	else
		gather_words(to->values->data, c->values->data, 8, rows, n);
	return ok ? to : drop_failed(to);
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

static void
copy_bits(void *to, size_t at, const void *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bit_get(from, i))
			bit_set(to, at + i);
		else
			bit_clear(to, at + i);
}

/* Validity of several columns, one behind the other. */
static bool
concat_validity(struct column *to, struct column *const *columns, size_t n,
		struct error *err)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++)
		to->nulls += columns[i]->nulls;
	if (!to->nulls)
		return true;
	if (!need_validity(to, err))
		return false;
	for (size_t i = 0; i < n; at += columns[i++]->rows)
		if (columns[i]->validity)
			copy_bits(to->validity->data, at, columns[i]->validity->data,
				  columns[i]->rows);
	return true;
}

/* Offsets shifted behind one another; returns where the last one ends. */
static int64_t
concat_offsets(struct column *to, struct column *const *columns, size_t n)
{
	int64_t *offset = column_longs(to), base = 0;
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		const int64_t *from = column_longs(columns[i]);

		for (size_t j = 0; j < columns[i]->rows; j++)
			offset[at++] = base + from[j];
		base += from[columns[i]->rows];
	}
	offset[at] = base;
	return base;
}

static bool
concat_strings(struct column *to, struct column *const *columns, size_t n,
	       struct error *err)
{
	int64_t size = concat_offsets(to, columns, n);
	char *p;

	if (!(to->bytes = buffer_new((size_t)size, err)))
		return false;
	p = to->bytes->data;
	for (size_t i = 0; i < n; i++) {
		size_t used = (size_t)column_longs(columns[i])[columns[i]->rows];

		memcpy(p, columns[i]->bytes->data, used);
		p += used;
	}
	return true;
}

static bool
concat_child(struct column *to, struct column *const *columns, size_t n, size_t child,
	     struct error *err)
{
	struct column **parts = calloc(n, sizeof(*parts));

	if (!parts)
		return fail(err, "out of memory: the system refused a column");
	for (size_t i = 0; i < n; i++)
		parts[i] = columns[i]->children[child];
	to->children[child] = column_concat(parts, n, err);
	free(parts);
	return to->children[child] != NULL;
}

/* A dictionary string as a plain one. */
static struct column *
plain(const struct column *c, struct error *err)
{
	struct build b;

	build_start(&b, TYPE_STRING, c->rows);
	for (size_t i = 0; i < c->rows; i++)
		build_from(&b, c, i);
	return build_end(&b, err);
}

static bool
same_dictionary(struct column *const *columns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (columns[i]->layout != LAYOUT_DICTIONARY ||
		    columns[i]->dictionary != columns[0]->dictionary)
			return false;
	return true;
}

static struct column *
concat_plain(struct column *const *columns, size_t n, struct error *err)
{
	struct column **parts = calloc(n, sizeof(*parts)), *to = NULL;
	size_t done = 0;

	if (!parts) {
		fail(err, "out of memory: the system refused a column");
		return NULL;
	}
	for (; done < n; done++) {
		parts[done] = columns[done]->layout == LAYOUT_DICTIONARY
				      ? plain(columns[done], err)
				      : column_share(columns[done]);
		if (!parts[done])
			break;
	}
	if (done == n)
		to = column_concat(parts, n, err);
	while (done > 0)
		column_drop(parts[--done]);
	free(parts);
	return to;
}

static void
concat_values(struct column *to, struct column *const *columns, size_t n)
{
	size_t at = 0;

	for (size_t i = 0; i < n; at += columns[i++]->rows) {
		size_t rows = columns[i]->rows;

		if (to->type == TYPE_BOOL && to->layout == LAYOUT_PLAIN)
			copy_bits(to->values->data, at, columns[i]->values->data, rows);
		else
			memcpy(to->values->data + values_size(to->type, to->layout, at),
			       columns[i]->values->data,
			       values_size(to->type, to->layout, rows));
	}
}

static bool
is_mixed(struct column *const *columns, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any = any || columns[i]->layout == LAYOUT_DICTIONARY;
	return any && !same_dictionary(columns, n);
}

/* An empty list column may have no child yet; the widest one is the model. */
static const struct column *
model_of(struct column *const *columns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (columns[i]->rows && columns[i]->n_children)
			return columns[i];
	return columns[0];
}

static struct column *
concat_nested(struct column *const *columns, size_t n, size_t rows, struct error *err)
{
	const struct column *like = model_of(columns, n);
	struct column *to = bare(like->type, like->layout, rows, err);
	struct column **parts = calloc(n, sizeof(*parts));
	size_t used = 0;
	bool ok = to && parts && children_new(to, like->n_children, err) &&
		  names_like(to, like, err);

	/* Parts without rows may lack children: they add nothing. */
	for (size_t i = 0; ok && i < n; i++)
		if (columns[i]->rows)
			parts[used++] = columns[i];
	if (to)
		to->is_vector = like->is_vector;
	ok = ok && concat_validity(to, parts, used, err);
	if (ok && like->layout == LAYOUT_LIST) {
		to->values = buffer_new(values_size(like->type, like->layout, rows), err);
		ok = to->values != NULL;
		if (ok)
			concat_offsets(to, parts, used);
	}
	for (size_t i = 0; ok && i < like->n_children; i++)
		ok = used ? concat_child(to, parts, used, i, err)
			  : (to->children[i] = column_share(like->children[i])) != NULL;
	free(parts);
	if (!ok && to)
		return drop_failed(to);
	return to;
}

struct column *
column_concat(struct column *const *columns, size_t n, struct error *err)
{
	struct column *to;
	size_t rows = 0;

	if (n == 1)
		return column_share(columns[0]);
	if (is_mixed(columns, n))
		return concat_plain(columns, n, err);
	for (size_t i = 0; i < n; i++)
		rows += columns[i]->rows;
	if (columns[0]->type == TYPE_OBJECT)
		return concat_nested(columns, n, rows, err);
	to = bare(columns[0]->type, columns[0]->layout, rows, err);
	if (!to)
		return NULL;
	to->dictionary = column_share(columns[0]->dictionary);
	to->values = buffer_new(values_size(to->type, to->layout, rows), err);
	if (!to->values || !concat_validity(to, columns, n, err))
		return drop_failed(to);
	if (to->type == TYPE_STRING && to->layout == LAYOUT_PLAIN)
		return concat_strings(to, columns, n, err) ? to : drop_failed(to);
	concat_values(to, columns, n);
	return to;
}

struct column *
column_nulls(enum type type, size_t rows, struct error *err)
{
	struct column *c = column_new(type, rows, err);

	if (!c)
		return NULL;
	if (rows && !(c->validity = buffer_new(bits_size(rows), err)))
		return drop_failed(c);
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
