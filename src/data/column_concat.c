/* column_concat - columns of one type, one behind the other, whatever their layouts. */
#include <stdlib.h>

#include "data/column_parts.h"

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
	if (!column_need_validity(to, err))
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
			memcpy(to->values->data +
				       column_values_size(to->type, to->layout, at),
			       columns[i]->values->data,
			       column_values_size(to->type, to->layout, rows));
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
	struct column *to = column_bare(like->type, like->layout, rows, err);
	struct column **parts = calloc(n, sizeof(*parts));
	size_t used = 0;
	bool ok = to && parts && column_children_new(to, like->n_children, err) &&
		  column_names_like(to, like, err);

	/* Parts without rows may lack children: they add nothing. */
	for (size_t i = 0; ok && i < n; i++)
		if (columns[i]->rows)
			parts[used++] = columns[i];
	if (to)
		to->is_vector = like->is_vector;
	ok = ok && concat_validity(to, parts, used, err);
	if (ok && like->layout == LAYOUT_LIST) {
		to->values = buffer_new(
			column_values_size(like->type, like->layout, rows), err);
		ok = to->values != NULL;
		if (ok)
			concat_offsets(to, parts, used);
	}
	for (size_t i = 0; ok && i < like->n_children; i++)
		ok = used ? concat_child(to, parts, used, i, err)
			  : (to->children[i] = column_share(like->children[i])) != NULL;
	free(parts);
	if (!ok && to)
		return column_fail(to);
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
	to = column_bare(columns[0]->type, columns[0]->layout, rows, err);
	if (!to)
		return NULL;
	to->dictionary = column_share(columns[0]->dictionary);
	to->values = buffer_new(column_values_size(to->type, to->layout, rows), err);
	if (!to->values || !concat_validity(to, columns, n, err))
		return column_fail(to);
	if (to->type == TYPE_STRING && to->layout == LAYOUT_PLAIN)
		return concat_strings(to, columns, n, err) ? to : column_fail(to);
	concat_values(to, columns, n);
	return to;
}
