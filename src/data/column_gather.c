/*
 * column_gather - rows of a column by place, for every layout.
 *
 * some: a place may be GATHER_NONE. Buffers start zeroed then, so what is passed over is
 * there and empty. Rows that stay when few go are runs of many, which are copied whole.
 */
#include "data/column_parts.h"

enum { RUN = 32 }; /* rows that are looked at at once, whether they are a run */

/* Are the rows from i on one behind the other? */
static inline bool
is_run(const uint32_t *rows, size_t i, size_t n)
{
	if (i + RUN > n || rows[i + RUN - 1] - rows[i] != RUN - 1)
		return false;
	for (size_t k = 1; k < RUN; k++)
		if (rows[i + k] - rows[i] != k)
			return false;
	return true;
}

static void
gather_longs(uint64_t *out, const uint64_t *in, const uint32_t *rows, size_t n)
{
	for (size_t i = 0; i < n;)
		if (is_run(rows, i, n)) {
			memcpy(out + i, in + rows[i], RUN * sizeof(*out));
			i += RUN;
		} else {
			for (size_t end = i + RUN < n ? i + RUN : n; i < end; i++)
				out[i] = in[rows[i]];
		}
}

static void
gather_ints(uint32_t *out, const uint32_t *in, const uint32_t *rows, size_t n)
{
	for (size_t i = 0; i < n;)
		if (is_run(rows, i, n)) {
			memcpy(out + i, in + rows[i], RUN * sizeof(*out));
			i += RUN;
		} else {
			for (size_t end = i + RUN < n ? i + RUN : n; i < end; i++)
				out[i] = in[rows[i]];
		}
}

static void
gather_words(struct column *to, const struct column *from, size_t width,
	     const uint32_t *rows, bool some)
{
	void *out = to->values->data;
	const void *in = from->values->data;

	if (!some && width == 8)
		gather_longs(out, in, rows, to->rows);
	else if (!some)
		gather_ints(out, in, rows, to->rows);
	for (size_t i = 0; some && i < to->rows; i++) {
		if (rows[i] == GATHER_NONE)
			continue;
		if (width == 8)
			((uint64_t *)out)[i] = ((const uint64_t *)in)[rows[i]];
		else
			((uint32_t *)out)[i] = ((const uint32_t *)in)[rows[i]];
	}
}

/* from NULL: every bit is set. */
static void
gather_bits(void *to, const void *from, const uint32_t *rows, size_t n, bool some)
{
	for (size_t first = 0; first < n; first += 64) {
		size_t last = n - first < 64 ? n - first : 64;
		uint64_t word = 0;

		for (size_t i = 0; i < last; i++) {
			uint32_t row = rows[first + i];
			bool there = !(some && row == GATHER_NONE) &&
				     (!from || bit_get(from, row));

			word |= (uint64_t)there << i;
		}
		memcpy((char *)to + first / 8, &word, sizeof(word));
	}
}

static bool
gather_validity(struct column *to, const struct column *from, const uint32_t *rows,
		bool some, struct error *err)
{
	const void *bits = from->validity && from->nulls ? from->validity->data : NULL;
	size_t there = 0;

	if (!bits && !some)
		return true;
	to->validity = buffer_new_bare(column_bits_size(to->rows), err);
	if (!to->validity)
		return false;
	gather_bits(to->validity->data, bits, rows, to->rows, some);
	for (size_t i = 0; i < to->validity->size; i += 8) {
		uint64_t word;

		memcpy(&word, to->validity->data + i, 8);
		there += (size_t)__builtin_popcountll(word);
	}
	to->nulls = to->rows - there;
	return true;
}

/* Offsets of texts or lists; returns where the last one ends. */
static size_t
gather_offsets(struct column *to, const struct column *from, const uint32_t *rows,
	       bool some)
{
	const int64_t *source = column_longs(from);
	int64_t *offset = column_longs(to), size = 0;

	for (size_t i = 0; i < to->rows; i++) {
		offset[i] = size;
		if (!(some && rows[i] == GATHER_NONE))
			size += source[rows[i] + 1] - source[rows[i]];
	}
	offset[to->rows] = size;
	return (size_t)size;
}

static bool
gather_strings(struct column *to, const struct column *from, const uint32_t *rows,
	       bool some, struct error *err)
{
	const int64_t *source = column_longs(from), *offset = column_longs(to);
	size_t size = gather_offsets(to, from, rows, some);

	if (!(to->bytes = buffer_new_bare(size, err)))
		return false;
	for (size_t i = 0; i < to->rows; i++)
		if (!(some && rows[i] == GATHER_NONE))
			memcpy(to->bytes->data + offset[i],
			       from->bytes->data + source[rows[i]],
			       (size_t)(offset[i + 1] - offset[i]));
	return true;
}

/* The rows of the child that the lists of rows hold, in order. */
static bool
gather_lists(struct column *to, const struct column *from, const uint32_t *rows,
	     bool some, struct error *err)
{
	const int64_t *source = column_longs(from);
	size_t bytes = gather_offsets(to, from, rows, some) * sizeof(uint32_t), k = 0;
	uint32_t *inner;

	if (!from->n_children)
		return true;
	if (!(inner = memory_alloc(bytes, err)))
		return false;
	for (size_t i = 0; i < to->rows; i++) {
		if (some && rows[i] == GATHER_NONE)
			continue;
		for (int64_t j = source[rows[i]]; j < source[rows[i] + 1]; j++)
			inner[k++] = (uint32_t)j;
	}
	to->children[0] = column_gather(from->children[0], inner, k, err);
	memory_free(inner, bytes);
	return to->children[0] != NULL;
}

static struct column *
gather(const struct column *c, const uint32_t *rows, size_t n, bool some,
       struct error *err)
{
	struct column *to = column_bare(c->type, c->layout, n, err);
	bool ok = true;

	if (!to)
		return NULL;
	to->is_vector = c->is_vector;
	to->dictionary = column_share(c->dictionary);
	if (!column_children_new(to, c->n_children, err) ||
	    !column_names_like(to, c, err) || !gather_validity(to, c, rows, some, err))
		return column_fail(to);
	if (c->layout == LAYOUT_STRUCT) {
		for (size_t i = 0; i < c->n_children; i++)
			if (!(to->children[i] =
				      gather(c->children[i], rows, n, some, err)))
				return column_fail(to);
		return to;
	}
	to->values = (some ? buffer_new : buffer_new_bare)(
		column_values_size(c->type, c->layout, n), err);
	if (!to->values)
		return column_fail(to);
	if (c->layout == LAYOUT_LIST)
		ok = gather_lists(to, c, rows, some, err);
	else if (c->layout == LAYOUT_DICTIONARY || c->type == TYPE_DATE)
		gather_words(to, c, 4, rows, some);
	else if (c->type == TYPE_STRING)
		ok = gather_strings(to, c, rows, some, err);
	else if (c->type == TYPE_BOOL)
		gather_bits(to->values->data, c->values->data, rows, n, some);
	else
		gather_words(to, c, 8, rows, some);
	return ok ? to : column_fail(to);
}

struct column *
column_gather(const struct column *c, const uint32_t *rows, size_t n, struct error *err)
{
	return gather(c, rows, n, false, err);
}

struct column *
column_gather_some(const struct column *c, const uint32_t *rows, size_t n,
		   struct error *err)
{
	return gather(c, rows, n, true, err);
}
