/*
 * rows - column by column, so that each loop knows its type.
 *
 * A hash is two chains of 64 bits that know nothing of each other. A cell is two words,
 * one for each; a chain takes a word by a multiplication to 128 bits, whose halves are
 * folded into one. The multipliers differ, and one chain takes words by xor, the other
 * by adding, so what happens to meet in one does not in the other.
 */
#include "data/rows.h"

#include <math.h>
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

__extension__ typedef unsigned __int128 uint128;

#define INLINE static inline __attribute__((always_inline))

/* Digits of pi, the multipliers made odd. */
#define SEED_LOW   UINT64_C(0x243f6a8885a308d3)
#define SEED_HIGH  UINT64_C(0x13198a2e03707344)
#define TIMES_LOW  UINT64_C(0xa4093822299f31d1)
#define TIMES_HIGH UINT64_C(0x082efa98ec4e6c89)
#define LAST_LOW   UINT64_C(0x452821e638d01377)
#define LAST_HIGH  UINT64_C(0xbe5466cf34e90c6d)
#define SIZE_LOW   UINT64_C(0xc0ac29b7c97c50dd)
#define SIZE_HIGH  UINT64_C(0x3f84d5b5b5470917)

enum { WORD = 8, SHORT = 16 }; /* bytes of a text that is one word, or two */

/* Two words that are no value's, as they differ. */
static const struct row_hash null_cell = { UINT64_C(0x9216d5d98979fb1b),
					   UINT64_C(0xd1310ba698dfb5ac) };

INLINE uint64_t
fold(uint64_t x, uint64_t times)
{
	uint128 product = (uint128)x * times;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Order of columns counts: what a cell does to a hash depends on the hash so far. */
INLINE void
mix(struct row_hash *into, struct row_hash cell)
{
	into->low = fold(into->low ^ cell.low, TIMES_LOW);
	into->high = fold(into->high + cell.high, TIMES_HIGH);
}

INLINE struct row_hash
number_cell(double x)
{
	const uint64_t nan = UINT64_C(0x7ff8000000000000);
	double plus = x + 0.0; /* -0.0 is 0.0 */
	uint64_t bits;

	memcpy(&bits, &plus, sizeof(bits));
	bits = x != x ? nan : bits;
	return (struct row_hash){ bits, bits };
}

/* Bytes at a place of which n count, from 0 to 8; 8 can be read. */
INLINE uint64_t
load(const char *data, size_t n)
{
	uint64_t word, mask = n >= 8 ? ~UINT64_C(0) : (UINT64_C(1) << 8 * n) - 1;

	memcpy(&word, data, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word & mask;
}

/* Buffers may be read a little beyond their end. */
INLINE struct row_hash
text_cell(const char *data, size_t size)
{
	uint64_t first, second, low, high;
	XXH128_hash_t hash;

	if (size > SHORT) {
		hash = XXH3_128bits(data, size);
		return (struct row_hash){ hash.low64, hash.high64 };
	}
	first = load(data, size);
	low = first ^ size * SIZE_LOW;
	high = first + size * SIZE_HIGH;
	if (size > WORD) {
		second = load(data + WORD, size - WORD);
		low = fold(low, LAST_LOW) ^ second;
		high = fold(high, LAST_HIGH) + second;
	}
	return (struct row_hash){ low, high };
}

static struct row_hash cell_of(const struct column *c, size_t row);

static struct row_hash
object_cell(const struct column *c, size_t row)
{
	struct row_hash all = { SEED_LOW, SEED_HIGH };

	if (c->layout == LAYOUT_LIST) {
		const int64_t *offset = column_longs(c) + row;

		for (int64_t i = offset[0]; i < offset[1]; i++)
			mix(&all, cell_of(c->children[0], (size_t)i));
	}
	for (size_t i = 0; c->layout == LAYOUT_STRUCT && i < c->n_children; i++)
		mix(&all, cell_of(c->children[i], row));
	return all;
}

/* The type is known where this is called, so a loop has one case only. */
INLINE struct row_hash
value_cell(const struct column *c, enum type type, size_t row)
{
	struct text text;
	uint64_t value;

	switch (type) {
	case TYPE_STRING:
		text = column_text(c, row);
		return text_cell(text.data, text.size);
	case TYPE_FLOAT:
		return number_cell(column_floats(c)[row]);
	case TYPE_BOOL:
		value = column_bool(c, row);
		break;
	case TYPE_DATE:
		value = (uint64_t)column_ints(c)[row];
		break;
	case TYPE_OBJECT:
		return object_cell(c, row);
	default:
		value = (uint64_t)column_longs(c)[row];
	}
	return (struct row_hash){ value, value };
}

static struct row_hash
cell_of(const struct column *c, size_t row)
{
	return column_is_null(c, row) ? null_cell : value_cell(c, c->type, row);
}

/* What a null's slot holds is fit to be looked at, if it is a number of some kind. */
INLINE void
mix_values(const struct column *c, enum type type, struct row_hash *out)
{
	const bool any_slot = type != TYPE_STRING && type != TYPE_OBJECT;

	if (!c->validity || !c->nulls) {
		for (size_t i = 0; i < c->rows; i++)
			mix(&out[i], value_cell(c, type, i));
		return;
	}
	for (size_t i = 0; i < c->rows; i++) {
		bool there = bit_get(c->validity->data, i);
		struct row_hash cell = null_cell;

		if (any_slot) {
			cell = value_cell(c, type, i);
			cell.low = there ? cell.low : null_cell.low;
			cell.high = there ? cell.high : null_cell.high;
		} else if (there) {
			cell = value_cell(c, type, i);
		}
		mix(&out[i], cell);
	}
}

static void
mix_column(const struct column *c, struct row_hash *out)
{
	switch (c->type) {
	case TYPE_STRING:
		mix_values(c, TYPE_STRING, out);
		break;
	case TYPE_FLOAT:
		mix_values(c, TYPE_FLOAT, out);
		break;
	case TYPE_BOOL:
		mix_values(c, TYPE_BOOL, out);
		break;
	case TYPE_DATE:
		mix_values(c, TYPE_DATE, out);
		break;
	case TYPE_OBJECT:
		mix_values(c, TYPE_OBJECT, out);
		break;
	default:
		mix_values(c, TYPE_LONG, out);
	}
}

/* Hashes of a dictionary's entries, and one more, of a null. */
struct known {
	size_t n;
	struct row_hash *at;
};

static void
known_drop(void *memory)
{
	struct known *known = memory;

	memory_free(known->at, (known->n + 1) * sizeof(*known->at));
	free(known);
}

static const char maker; /* whose memo it is */

/* They stay with the dictionary, which many batches share. */
static const struct known *
known_of(struct column *dictionary, struct error *err)
{
	struct known *known = column_memo(dictionary, &maker, dictionary->rows);

	if (known)
		return known;
	if (!(known = malloc(sizeof(*known)))) {
		fail(err, "out of memory: the system refused %zu bytes", sizeof(*known));
		return NULL;
	}
	known->n = dictionary->rows;
	known->at = memory_alloc((known->n + 1) * sizeof(*known->at), err);
	if (!known->at) {
		free(known);
		return NULL;
	}
	for (size_t i = 0; i < known->n; i++)
		known->at[i] = cell_of(dictionary, i);
	known->at[known->n] = null_cell;
	if (!column_memo_take(dictionary, &maker, dictionary->rows, known, known_drop,
			      err))
		return NULL;
	return column_memo(dictionary, &maker, dictionary->rows);
}

static bool
mix_dictionary(const struct column *c, struct row_hash *out, struct error *err)
{
	const struct known *known = known_of(c->dictionary, err);
	const int32_t *codes = column_ints(c);

	if (!known)
		return false;
	if (!c->validity || !c->nulls) {
		for (size_t i = 0; i < c->rows; i++)
			mix(&out[i], known->at[codes[i]]);
	} else {
		for (size_t i = 0; i < c->rows; i++)
			mix(&out[i],
			    known->at[bit_get(c->validity->data, i) ? (size_t)codes[i]
								    : known->n]);
	}
	return true;
}

/* A large dictionary is hashed for many rows only, or if it was already. */
static bool
is_worth_it(const struct column *c)
{
	return c->dictionary->rows <= c->rows ||
	       column_memo(c->dictionary, &maker, c->dictionary->rows);
}

bool
rows_hash(const struct batch *batch, struct row_hash *out, struct error *err)
{
	for (size_t i = 0; i < batch->rows; i++)
		out[i] = (struct row_hash){ SEED_LOW, SEED_HIGH };
	for (size_t k = 0; k < batch->n; k++) {
		const struct column *c = batch->at[k];

		if (!c)
			continue;
		if (c->layout != LAYOUT_DICTIONARY || !is_worth_it(c))
			mix_column(c, out);
		else if (!mix_dictionary(c, out, err))
			return false;
	}
	for (size_t i = 0; i < batch->rows; i++) {
		out[i].low = fold(out[i].low, LAST_LOW);
		out[i].high = fold(out[i].high, LAST_HIGH);
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
