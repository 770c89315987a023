/*
 * cells - text into columns. What cast.h says is the truth; the fast ways take the plain
 * spellings only and leave the rest to it.
 */
#include "io/cells.h"

#include "data/cast.h"

/* Types whose every row is written, nulls as well. */
static bool
is_unset(enum type type)
{
	return type == TYPE_LONG || type == TYPE_FLOAT;
}

bool
cells_open(struct cells *cells, enum type type, size_t rows, size_t bytes,
	   struct dictionary *dictionary, struct error *err)
{
	const bool codes = type == TYPE_STRING && dictionary && !dictionary->off;

	*cells = (struct cells){ .dictionary = codes ? dictionary : NULL };
	/* codes are 32 bits, as dates are */
	cells->column = codes            ? column_unset(TYPE_DATE, rows, err)
			: is_unset(type) ? column_unset(type, rows, err)
					 : column_new(type, rows, err);
	if (!cells->column)
		return false;
	if (codes) {
		cells->column->type = TYPE_STRING;
		cells->column->layout = LAYOUT_DICTIONARY;
		return true;
	}
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

/* Bits of n rows from a multiple of 64 on: which are there. */
static bool
set_there(struct column *c, size_t row, const uint64_t *there, size_t n,
	  struct error *err)
{
	for (size_t i = 0; i < n; i += 64) {
		const uint64_t all =
			n - i < 64 ? (UINT64_C(1) << (n - i)) - 1 : UINT64_MAX;
		uint64_t nulls = ~there[i / 64] & all;

		if (!nulls)
			continue;
		if (!c->validity) { /* the first one makes room for all */
			const size_t first = i + (size_t)__builtin_ctzll(nulls);

			if (!column_set_null(c, row + first, err))
				return false;
			nulls &= nulls - 1;
		}
		((uint64_t *)(void *)c->validity->data)[(row + i) / 64] &= ~nulls;
		c->nulls += (size_t)__builtin_popcountll(nulls);
	}
	return true;
}

enum { WORDS = CELLS_TILE / 64 };

/* False: all of them are, and there is not set. */
static bool
some_null(const struct text *values, size_t n, uint64_t *there)
{
	bool null = false;

	for (size_t i = 0; i < n; i++)
		null |= values[i].size == 0;
	if (!null)
		return false;
	for (size_t i = 0; i < n; i += 64) {
		uint64_t bits = 0;

		for (size_t k = 0; k < 64 && i + k < n; k++)
			bits |= (uint64_t)(values[i + k].size != 0) << k;
		there[i / 64] = bits;
	}
	return true;
}

static bool
add_strings(struct cells *cells, const struct text *values, size_t n, struct error *err)
{
	struct column *c = cells->column;
	int64_t *offset = column_longs(c) + cells->rows;
	uint64_t there[WORDS];
	size_t size = 0;
	char *to;

	for (size_t i = 0; i < n; i++)
		size += values[i].size;
	if (!buffer_reserve(c->bytes, size, err))
		return false;
	to = c->bytes->data + c->bytes->size;
	for (size_t i = 0; i < n; i++) {
		offset[i] = to - c->bytes->data;
		copy(to, values[i].data, values[i].size);
		to += values[i].size;
	}
	offset[n] = to - c->bytes->data;
	c->bytes->size = (size_t)offset[n];
	return !some_null(values, n, there) || set_there(c, cells->rows, there, n, err);
}

/* The dictionary does not pay any more: texts one behind the other, from the first row
 * on. */
static bool
spell_out(struct cells *cells, struct error *err)
{
	struct column *codes = cells->column;
	struct column *c = column_new(TYPE_STRING, codes->rows, err);
	int64_t *offset = c ? column_longs(c) : NULL;
	bool ok = c != NULL;

	codes->dictionary = dictionary_column(cells->dictionary, err);
	ok = ok && codes->dictionary;
	for (size_t i = 0; ok && i < cells->rows; i++) {
		struct text t = { 0 };

		if (!column_is_null(codes, i))
			t = column_text(codes, i);
		ok = buffer_append(c->bytes, t.data, t.size, err);
		offset[i + 1] = (int64_t)c->bytes->size;
	}
	dictionary_release(cells->dictionary);
	cells->dictionary = NULL;
	if (!ok) {
		column_drop(c);
		return false;
	}
	c->validity = buffer_share(codes->validity);
	c->nulls = codes->nulls;
	column_drop(codes);
	cells->column = c;
	return true;
}

static bool
add_codes(struct cells *cells, const struct text *values, size_t n, struct error *err)
{
	struct column *c = cells->column;
	uint64_t there[WORDS];
	size_t done;

	if (!dictionary_code(cells->dictionary, values, n, column_ints(c) + cells->rows,
			     &done, err))
		return false;
	if (done < n)
		return spell_out(cells, err) && add_strings(cells, values, n, err);
	return !some_null(values, n, there) || set_there(c, cells->rows, there, n, err);
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

/* Store a value in its row, or say that it is none. */
static bool
put(struct column *c, size_t row, struct text t)
{
	switch (c->type) {
	case TYPE_LONG:
		return cast_text_to_long(t, column_longs(c) + row);
	case TYPE_FLOAT:
		return cast_text_to_float(t, column_floats(c) + row);
	case TYPE_BOOL:
		return put_bool(c, row, t);
	case TYPE_DATE:
		return cast_text_to_date(t, column_ints(c) + row);
	default:
		return cast_text_to_datetime(t, column_longs(c) + row);
	}
}

/* What a fast way left in the place of none: the column is squeezed better without. */
static void
clear(struct column *c, size_t row)
{
	if (is_unset(c->type))
		column_longs(c)[row] = 0;
}

/* Those of up to 64 values that the fast ways took. */
static uint64_t
plain_values(struct column *c, size_t row, const struct text *values, size_t n)
{
	if (c->type == TYPE_LONG)
		return cells_longs(values, n, column_longs(c) + row);
	return c->type == TYPE_FLOAT ? cells_floats(values, n, column_floats(c) + row)
				     : 0;
}

/* What is there for no number stands there again and again. */
static bool
is_word(struct text t, const char *word, size_t size)
{
	return t.size == size && memcmp(t.data, word, size) == 0;
}

static bool
add_values(struct cells *cells, const struct text *values, size_t n, struct error *err)
{
	struct column *c = cells->column;
	uint64_t there[WORDS];

	for (size_t i = 0; i < n; i += 64) {
		const size_t part = n - i < 64 ? n - i : 64;
		const uint64_t all = part < 64 ? (UINT64_C(1) << part) - 1 : UINT64_MAX;
		uint64_t left;

		there[i / 64] = plain_values(c, cells->rows + i, values + i, part);
		for (left = all & ~there[i / 64]; left; left &= left - 1) {
			const size_t k = (size_t)__builtin_ctzll(left);
			const struct text t = values[i + k];

			if (t.size && !is_word(t, "NULL", 4) &&
			    put(c, cells->rows + i + k, t))
				there[i / 64] |= UINT64_C(1) << k;
			else
				clear(c, cells->rows + i + k);
		}
	}
	return set_there(c, cells->rows, there, n, err);
}

bool
cells_add(struct cells *cells, const struct text *values, size_t n, struct error *err)
{
	bool ok;

	if (cells->dictionary)
		ok = add_codes(cells, values, n, err);
	else if (cells->column->type == TYPE_STRING)
		ok = add_strings(cells, values, n, err);
	else
		ok = add_values(cells, values, n, err);
	cells->rows += n;
	return ok;
}

struct column *
cells_take(struct cells *cells, struct error *err)
{
	struct column *c = cells->column;

	if (cells->dictionary) {
		c->dictionary = dictionary_column(cells->dictionary, err);
		if (!c->dictionary)
			return NULL;
		dictionary_judge(cells->dictionary);
	}
	cells->column = NULL;
	return c;
}
