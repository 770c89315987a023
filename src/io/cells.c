/*
 * cells - text into columns. What cast.h says is the truth; the fast ways here take the
 * plain spellings only and leave the rest to it.
 */
#include "io/cells.h"

bool
cells_open(struct cells *cells, enum type type, size_t rows, size_t bytes,
	   struct error *err)
{
	*cells = (struct cells){ .column = column_new(type, rows, err) };
	if (!cells->column)
		return false;
	return type != TYPE_STRING || !bytes ||
	       buffer_reserve(cells->column->bytes, bytes, err);
}

void
cells_drop(struct cells *cells)
{
	column_drop(cells->column);
	cells->column = NULL;
}

/* Short ones in one move: the buffers have 64 bytes behind their end. */
static void
copy(char *to, const char *from, size_t n)
{
	if (n <= 16)
		memcpy(to, from, 16);
	else
		memcpy(to, from, n);
}

static bool
set_null(struct column *c, size_t row, struct error *err)
{
	if (!c->validity)
		return column_set_null(c, row, err);
	bit_clear(c->validity->data, row);
	c->nulls++;
	return true;
}

static bool
add_strings(struct cells *cells, const struct text *values, size_t n, struct error *err)
{
	struct column *c = cells->column;
	int64_t *offset = column_longs(c) + cells->rows;
	size_t size = 0;
	char *to;

	for (size_t i = 0; i < n; i++)
		size += values[i].size;
	if (!buffer_reserve(c->bytes, size, err))
		return false;
	to = c->bytes->data + c->bytes->size;
	for (size_t i = 0; i < n; i++) {
		offset[i] = to - c->bytes->data;
		if (!values[i].data) {
			if (!set_null(c, cells->rows + i, err))
				return false;
			continue;
		}
		copy(to, values[i].data, values[i].size);
		to += values[i].size;
	}
	offset[n] = to - c->bytes->data;
	c->bytes->size = (size_t)offset[n];
	return true;
}

bool
cells_add(struct cells *cells, const struct text *values, size_t n, struct error *err)
{
	bool ok = add_strings(cells, values, n, err);

	cells->rows += n;
	return ok;
}
