/* rows - column by column, so that each loop knows its type. */
#include "data/rows.h"

#include <math.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static struct row_hash
hash_of(const void *data, size_t size, uint64_t seed)
{
	XXH128_hash_t hash = XXH3_128bits_withSeed(data, size, seed);

	return (struct row_hash){ hash.low64, hash.high64 };
}

/* Order of columns counts: the hash so far is part of the seed. */
static void
mix(struct row_hash *into, struct row_hash hash)
{
	into->low = (into->low ^ hash.low) * 0x9e3779b97f4a7c15u;
	into->low ^= into->low >> 29;
	into->high = (into->high + hash.high) * 0xd6e8feb86659fd93u;
	into->high ^= into->high >> 32;
}

static struct row_hash
hash_number(double x)
{
	uint64_t bits;

	x = isnan(x) ? NAN : x == 0 ? 0 : x;
	memcpy(&bits, &x, sizeof(bits));
	return hash_of(&bits, sizeof(bits), 1);
}

static struct row_hash
hash_cell(const struct column *c, size_t row)
{
	struct row_hash all = { 7, 11 };
	struct text text;
	int64_t value;

	if (column_is_null(c, row))
		return (struct row_hash){ 3, 5 };
	switch (c->type) {
	case TYPE_STRING:
		text = column_text(c, row);
		return hash_of(text.data, text.size, 2);
	case TYPE_FLOAT:
		return hash_number(column_floats(c)[row]);
	case TYPE_BOOL:
		value = column_bool(c, row);
		break;
	case TYPE_DATE:
		value = column_ints(c)[row];
		break;
	case TYPE_OBJECT:
		if (c->layout == LAYOUT_LIST) {
			const int64_t *offset = column_longs(c) + row;

			for (int64_t i = offset[0]; i < offset[1]; i++)
				mix(&all, hash_cell(c->children[0], (size_t)i));
		}
		for (size_t i = 0; c->layout == LAYOUT_STRUCT && i < c->n_children; i++)
			mix(&all, hash_cell(c->children[i], row));
		return all;
	default:
		value = column_longs(c)[row];
	}
	return hash_of(&value, sizeof(value), 3);
}

/* Entries of the dictionary are hashed once. */
static bool
hash_dictionary(const struct column *c, struct row_hash *out, struct error *err)
{
	size_t size = c->dictionary->rows * sizeof(struct row_hash);
	struct row_hash *known = memory_alloc(size, err);

	if (!known)
		return false;
	for (size_t i = 0; i < c->dictionary->rows; i++)
		known[i] = hash_cell(c->dictionary, i);
	for (size_t i = 0; i < c->rows; i++)
		mix(&out[i],
		    column_is_null(c, i) ? hash_cell(c, i) : known[column_ints(c)[i]]);
	memory_free(known, size);
	return true;
}

bool
rows_hash(const struct batch *batch, struct row_hash *out, struct error *err)
{
	for (size_t i = 0; i < batch->rows; i++)
		out[i] = (struct row_hash){ 0x243f6a8885a308d3u, 0x13198a2e03707344u };
	for (size_t c = 0; c < batch->n; c++) {
		const struct column *column = batch->at[c];

		if (!column)
			continue;
		if (column->layout == LAYOUT_DICTIONARY &&
		    column->dictionary->rows <= column->rows) {
			if (!hash_dictionary(column, out, err))
				return false;
			continue;
		}
		for (size_t i = 0; i < batch->rows; i++)
			mix(&out[i], hash_cell(column, i));
	}
	return true;
}

static int
compare_numbers(double x, double y)
{
	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x > y) - (x < y);
}

static int
compare_longs(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

static int
compare_lists(const struct column *a, size_t i, const struct column *b, size_t j)
{
	const int64_t *p = column_longs(a) + i, *q = column_longs(b) + j;

	for (int64_t k = 0; k < p[1] - p[0] && k < q[1] - q[0]; k++) {
		int order = cells_compare(a->children[0], (size_t)(p[0] + k),
					  b->children[0], (size_t)(q[0] + k));

		if (order)
			return order;
	}
	return compare_longs(p[1] - p[0], q[1] - q[0]);
}

int
cells_compare(const struct column *a, size_t i, const struct column *b, size_t j)
{
	int order = 0;

	if (column_is_null(a, i) || column_is_null(b, j))
		return column_is_null(b, j) - column_is_null(a, i);
	switch (a->type) {
	case TYPE_STRING:
		return text_compare(column_text(a, i), column_text(b, j));
	case TYPE_FLOAT:
		return compare_numbers(column_floats(a)[i], column_floats(b)[j]);
	case TYPE_BOOL:
		return column_bool(a, i) - column_bool(b, j);
	case TYPE_DATE:
		return compare_longs(column_ints(a)[i], column_ints(b)[j]);
	case TYPE_OBJECT:
		if (a->layout == LAYOUT_LIST)
			return compare_lists(a, i, b, j);
		for (size_t k = 0; !order && k < a->n_children; k++)
			order = cells_compare(a->children[k], i, b->children[k], j);
		return order;
	default:
		return compare_longs(column_longs(a)[i], column_longs(b)[j]);
	}
}
