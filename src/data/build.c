/*
 * build - a column that grows row by row.
 *
 * Room doubles; every append is a check of room and a store. Objects are copied from
 * other columns only, by gathering at the end.
 */
#include "data/column.h"

static void
broken(struct build *b)
{
	b->failed = true;
}

void
build_start(struct build *b, enum type type, size_t expected_rows)
{
	*b = (struct build){ .capacity = expected_rows ? expected_rows : 16 };
	b->column = column_new(type, b->capacity, &b->err);
	if (!b->column) {
		broken(b);
		return;
	}
	b->column->rows = 0;
}

static bool
grow(struct build *b)
{
	struct column *c = b->column;
	size_t capacity = b->capacity * 2;
	size_t size = c->type == TYPE_BOOL   ? (capacity + 63) / 64 * 8
		      : c->type == TYPE_DATE ? capacity * 4
					     : (capacity + 1) * 8;

	if (!buffer_resize(c->values, size, &b->err))
		return false;
	if (c->validity) {
		size_t before = c->validity->size;

		if (!buffer_resize(c->validity, (capacity + 63) / 64 * 8, &b->err))
			return false;
		memset(c->validity->data + before, 0xff, c->validity->size - before);
	}
	b->capacity = capacity;
	return true;
}

/* The place of a new row; false if the column is broken. */
static bool
room(struct build *b, size_t *row)
{
	if (b->failed)
		return false;
	if (b->column->rows == b->capacity && !grow(b)) {
		broken(b);
		return false;
	}
	*row = b->column->rows++;
	return true;
}

static void
end_text(struct build *b, size_t row)
{
	if (b->column->type == TYPE_STRING)
		column_longs(b->column)[row + 1] = (int64_t)b->column->bytes->size;
}

void
build_null(struct build *b)
{
	struct column *c = b->column;
	size_t row;

	if (!room(b, &row))
		return;
	end_text(b, row);
	if (!c->validity) {
		size_t rows = c->rows;
		bool ok;

		c->rows = b->capacity;
		ok = column_set_null(c, row, &b->err);
		c->rows = rows;
		if (!ok)
			broken(b);
		return;
	}
	bit_clear(c->validity->data, row);
	c->nulls++;
}

void
build_long(struct build *b, int64_t value)
{
	size_t row;

	if (room(b, &row))
		column_longs(b->column)[row] = value;
}

void
build_float(struct build *b, double value)
{
	size_t row;

	if (room(b, &row))
		column_floats(b->column)[row] = value;
}

void
build_bool(struct build *b, bool value)
{
	size_t row;

	if (!room(b, &row))
		return;
	if (value)
		bit_set(b->column->values->data, row);
	else
		bit_clear(b->column->values->data, row);
}

void
build_date(struct build *b, int32_t days)
{
	size_t row;

	if (room(b, &row))
		column_ints(b->column)[row] = days;
}

void
build_text(struct build *b, struct text text)
{
	size_t row;

	if (!room(b, &row))
		return;
	if (!buffer_append(b->column->bytes, text.data, text.size, &b->err))
		broken(b);
	end_text(b, row);
}

void
build_from(struct build *b, const struct column *c, size_t row)
{
	if (column_is_null(c, row)) {
		build_null(b);
		return;
	}
	switch (c->type) {
	case TYPE_LONG:
	case TYPE_DATETIME:
		build_long(b, column_longs(c)[row]);
		break;
	case TYPE_FLOAT:
		build_float(b, column_floats(c)[row]);
		break;
	case TYPE_BOOL:
		build_bool(b, column_bool(c, row));
		break;
	case TYPE_DATE:
		build_date(b, column_ints(c)[row]);
		break;
	case TYPE_STRING:
		build_text(b, column_text(c, row));
		break;
	case TYPE_OBJECT:
		fail(&b->err, "objects cannot be built cell by cell");
		broken(b);
		break;
	}
}

struct column *
build_end(struct build *b, struct error *err)
{
	struct column *c = b->column;

	b->column = NULL;
	if (!b->failed)
		return c;
	column_drop(c);
	*err = b->err;
	return NULL;
}

void
build_discard(struct build *b)
{
	column_drop(b->column);
	b->column = NULL;
}
