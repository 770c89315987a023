/*
 * cells - text into columns. What cast.h says is the truth; the fast ways here take the
 * plain spellings only and leave the rest to it.
 */
#include "io/cells.h"

#include "data/cast.h"

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

/* Most are short: two moves that overlap are any length up to twice theirs. */
static inline void
copy(char *to, const char *from, size_t n)
{
	if (n > 16) {
		memcpy(to, from, n);
	} else if (n >= 8) {
		memcpy(to, from, 8);
		memcpy(to + n - 8, from + n - 8, 8);
	} else if (n >= 4) {
		memcpy(to, from, 4);
		memcpy(to + n - 4, from + n - 4, 4);
	} else {
		for (size_t i = 0; i < n; i++)
			to[i] = from[i];
	}
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

static bool
is_digit(char c)
{
	return (unsigned char)(c - '0') <= 9;
}

/* Up to 18 digits, a minus before them: most numbers, and none that cast.h takes in
 * another way. */
static bool
plain_long(struct text t, int64_t *out)
{
	size_t i = t.size > 1 && t.data[0] == '-';
	int64_t value = 0;

	if (t.size - i > 18 || t.size == 0)
		return false;
	for (size_t k = i; k < t.size; k++) {
		if (!is_digit(t.data[k]))
			return false;
		value = value * 10 + (t.data[k] - '0');
	}
	*out = i ? -value : value;
	return true;
}

/* Up to 15 digits with a point among them: whole number and power of ten are exact, so
 * one division rounds as it should. */
static bool
plain_float(struct text t, double *out)
{
	static const double tens[] = { 1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
				       1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	size_t i = t.size > 1 && t.data[0] == '-', point = t.size, digits = 0;
	int64_t value = 0;

	if (t.size - i > 16)
		return false;
	for (size_t k = i; k < t.size; k++) {
		if (is_digit(t.data[k])) {
			value = value * 10 + (t.data[k] - '0');
			digits++;
		} else if (t.data[k] == '.' && point == t.size) {
			point = k;
		} else {
			return false;
		}
	}
	if (digits == 0 || digits > 15)
		return false;
	*out = (double)value / tens[point == t.size ? 0 : t.size - point - 1];
	if (i)
		*out = -*out;
	return true;
}

static bool
put_long(struct column *c, size_t row, struct text t)
{
	int64_t *to = column_longs(c) + row;

	return plain_long(t, to) || cast_text_to_long(t, to);
}

static bool
put_float(struct column *c, size_t row, struct text t)
{
	double *to = column_floats(c) + row;

	return plain_float(t, to) || cast_text_to_float(t, to);
}

static bool
put_bool(struct column *c, size_t row, struct text t)
{
	bool value;

	if (!cast_text_to_bool(t, &value))
		return false;
	if (value)
		bit_set(c->values->data, row);
	return true;
}

static bool
put_date(struct column *c, size_t row, struct text t)
{
	return cast_text_to_date(t, column_ints(c) + row);
}

static bool
put_datetime(struct column *c, size_t row, struct text t)
{
	return cast_text_to_datetime(t, column_longs(c) + row);
}

/* Store a value in its row, or say that it is none. */
typedef bool put_value(struct column *c, size_t row, struct text t);

static put_value *
put_of(enum type type)
{
	switch (type) {
	case TYPE_LONG:
		return put_long;
	case TYPE_FLOAT:
		return put_float;
	case TYPE_BOOL:
		return put_bool;
	case TYPE_DATE:
		return put_date;
	case TYPE_DATETIME:
		return put_datetime;
	default:
		return NULL;
	}
}

static bool
add_values(struct cells *cells, const struct text *values, size_t n, struct error *err)
{
	put_value *put = put_of(cells->column->type);

	for (size_t i = 0; i < n; i++)
		if (!(values[i].data && put(cells->column, cells->rows + i, values[i])) &&
		    !set_null(cells->column, cells->rows + i, err))
			return false;
	return true;
}

bool
cells_add(struct cells *cells, const struct text *values, size_t n, struct error *err)
{
	bool ok = cells->column->type == TYPE_STRING ? add_strings(cells, values, n, err)
						     : add_values(cells, values, n, err);

	cells->rows += n;
	return ok;
}
