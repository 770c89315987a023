/* preview_diff - cells that differ, once columns and rows have found each other. */
#include "desk/preview_diff.h"

#include "data/cast.h"
#include "data/rows.h"

/* Two columns whose cells are compared, and room to print them. */
struct compared {
	const struct column *before, *after;
	struct buffer *a, *b;
};

static bool
texts_differ(const struct compared *c, size_t i, size_t j, bool *differ,
	     struct error *err)
{
	c->a->size = c->b->size = 0;
	if (!cell_print(c->before, i, c->a, err) || !cell_print(c->after, j, c->b, err))
		return false;
	*differ = c->a->size != c->b->size || memcmp(c->a->data, c->b->data, c->a->size);
	return true;
}

/* A long and a float: the nearest float of a long may be another number. */
static bool
numbers_differ(int64_t whole, double x)
{
	return (double)whole != x || !(x < 0x1p63) || (int64_t)x != whole;
}

/* Of two types, what is seen counts: a number that was a text has not changed. */
static bool
cells_differ(const struct compared *c, size_t i, size_t j, bool *differ,
	     struct error *err)
{
	const bool null = column_is_null(c->before, i);

	*differ = null != column_is_null(c->after, j);
	if (null || *differ)
		return true;
	if (c->before->type == c->after->type)
		*differ = cells_compare(c->before, i, c->after, j) != 0;
	else if (c->before->type == TYPE_LONG && c->after->type == TYPE_FLOAT)
		*differ = numbers_differ(column_longs(c->before)[i],
					 column_floats(c->after)[j]);
	else if (c->before->type == TYPE_FLOAT && c->after->type == TYPE_LONG)
		*differ = numbers_differ(column_longs(c->after)[j],
					 column_floats(c->before)[i]);
	else
		return texts_differ(c, i, j, differ, err);
	return true;
}

static bool
compare(struct preview *preview, struct preview_column *column,
	const struct compared *compared, struct error *err)
{
	for (size_t r = 0; r < preview->n_rows; r++) {
		struct preview_row *row = &preview->rows[r];
		bool differ;

		if (row->before == PREVIEW_NO_ROW || row->after == PREVIEW_NO_ROW)
			continue;
		if (!cells_differ(compared, row->before, row->after, &differ, err))
			return false;
		if (!differ)
			continue;
		column->changed++;
		column->change = CHANGE_CHANGED;
		row->change = CHANGE_CHANGED;
	}
	preview->changed_cells += column->changed;
	return true;
}

static size_t
missing_in(const struct column *c)
{
	size_t n = 0;

	for (size_t i = 0; c && i < c->rows; i++)
		n += column_is_missing(c, i);
	return n;
}

static size_t
bytes_of(const struct batch *batch)
{
	size_t bytes = 0;

	for (size_t i = 0; i < batch->n; i++)
		bytes += batch->at[i] ? column_bytes(batch->at[i]) : 0;
	return bytes;
}

static bool
diff_cells(struct preview *preview, const int *same, struct buffer *a, struct buffer *b,
	   struct error *err)
{
	for (size_t k = 0; k < preview->n_columns; k++) {
		struct preview_column *c = &preview->columns[k];
		struct compared compared = { NULL, NULL, a, b };

		if (c->before >= 0)
			compared.before = preview->before->at[c->before];
		if (c->after >= 0)
			compared.after = preview->after->at[c->after];
		c->missing_before = missing_in(compared.before);
		c->missing_after = missing_in(compared.after);
		if (compared.before && compared.after && same[c->after] != c->before &&
		    !compare(preview, c, &compared, err))
			return false;
	}
	return true;
}

bool
preview_diff(struct preview *preview, const struct diff_hints *hints, struct error *err)
{
	int *same = ARENA_ARRAY(&preview->arena, preview->after_schema.n + 1, int);
	struct buffer *a, *b;
	bool ok;

	preview->changed_cells = 0;
	diff_columns(preview, hints, same);
	if (!diff_rows(preview, hints, same, err))
		return false;
	preview->before_bytes = bytes_of(preview->before);
	preview->after_bytes = bytes_of(preview->after);
	a = buffer_new(0, err);
	b = a ? buffer_new(0, err) : NULL;
	ok = b && diff_cells(preview, same, a, b, err);
	buffer_drop(a);
	buffer_drop(b);
	return ok;
}

bool
preview_differs(const struct preview *preview, const struct preview_column *column,
		const struct preview_row *row)
{
	struct compared compared = { NULL };
	struct error ignored = { 0 };
	bool differ = false;

	if (!column->changed || row->change != CHANGE_CHANGED)
		return false;
	compared.before = preview->before->at[column->before];
	compared.after = preview->after->at[column->after];
	compared.a = buffer_new(0, &ignored);
	compared.b = compared.a ? buffer_new(0, &ignored) : NULL;
	if (compared.b &&
	    !cells_differ(&compared, row->before, row->after, &differ, &ignored))
		differ = false;
	buffer_drop(compared.a);
	buffer_drop(compared.b);
	return differ;
}
