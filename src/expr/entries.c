/*
 * entries - dictionaries taken apart and put together.
 *
 * A row that is null has the place behind the last entry.
 */
#include "expr/entries.h"

#include "expr/func.h"

struct column *
entries_of(const struct column *codes, struct error *err)
{
	const struct column *from = codes->dictionary;
	struct column *out = column_new(TYPE_STRING, from->rows + 1, err);

	if (!out)
		return NULL;
	memcpy(out->values->data, from->values->data, (from->rows + 1) * sizeof(int64_t));
	column_longs(out)[from->rows + 1] = column_longs(from)[from->rows];
	buffer_drop(out->bytes);
	out->bytes = buffer_share(from->bytes);
	if (!column_set_null(out, from->rows, err)) {
		column_drop(out);
		return NULL;
	}
	return out;
}

/* By row its place among the entries, as a buffer. */
static struct buffer *
places(const struct column *codes, struct error *err)
{
	const uint32_t *code = (const uint32_t *)column_ints(codes);
	struct buffer *out;
	uint32_t *to;

	if (!codes->nulls)
		return buffer_share(codes->values);
	if (!(out = buffer_new(codes->rows * sizeof(*to), err)))
		return NULL;
	to = (uint32_t *)(void *)out->data;
	for (size_t i = 0; i < codes->rows; i++)
		to[i] = column_is_null(codes, i) ? (uint32_t)codes->dictionary->rows
						 : code[i];
	return out;
}

/* Bits that are looked up by place; NULL: all set. */
static void
spread_bits(const void *bits, const uint32_t *place, size_t rows, uint64_t *words)
{
	const unsigned char *from = bits;

	BITS_OF(rows, words, i, from[place[i] >> 3] >> (place[i] & 7) & 1)
}

static bool
spread_nulls(struct column *out, const struct column *made, const uint32_t *place,
	     struct error *err)
{
	if (!made->nulls || !made->validity)
		return true;
	out->validity = buffer_new(bit_words(out->rows) * sizeof(uint64_t), err);
	if (!out->validity)
		return false;
	spread_bits(made->validity->data, place, out->rows, bits_words(out->validity));
	args_count_nulls(out);
	return true;
}

static struct column *
spread_bools(const struct column *made, const uint32_t *place, size_t rows,
	     struct error *err)
{
	struct column *out = column_new(TYPE_BOOL, rows, err);

	if (out) {
		spread_bits(made->values->data, place, rows, bits_words(out->values));
		if (spread_nulls(out, made, place, err))
			return out;
	}
	column_drop(out);
	return NULL;
}

/* Texts stay entries. */
static struct column *
spread_texts(struct column *made, struct buffer *places, size_t rows, struct error *err)
{
	struct column *entries = column_share(made), *out = NULL;

	if (made->layout == LAYOUT_DICTIONARY) { /* entries of entries: as they are */
		column_drop(entries);
		return column_gather(made, (const uint32_t *)(const void *)places->data,
				     rows, err);
	}
	out = args_coded(entries, buffer_share(places), rows, err);
	if (out &&
	    !spread_nulls(out, made, (const uint32_t *)(const void *)places->data, err)) {
		column_drop(out);
		out = NULL;
	}
	return out;
}

struct column *
entries_spread(struct column *made, const struct column *codes, struct error *err)
{
	struct buffer *at = places(codes, err);
	const uint32_t *place;
	struct column *out;

	if (!at)
		return NULL;
	place = (const uint32_t *)(const void *)at->data;
	if (made->type == TYPE_BOOL)
		out = spread_bools(made, place, codes->rows, err);
	else if (made->type == TYPE_STRING)
		out = spread_texts(made, at, codes->rows, err);
	else
		out = column_gather(made, place, codes->rows, err);
	buffer_drop(at);
	return out;
}
