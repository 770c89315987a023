/*
 * squeeze - numbers in tiles of 64, so that each tile is a whole number of words.
 */
#include "data/squeeze.h"

#include <math.h>
#include <stdlib.h>

#include "data/column_parts.h"

enum { TILE = 64, WIDEST = 56 }; /* a load of 8 bytes has so many bits from any bit on */

enum how { HOW_NONE, HOW_SHARED, HOW_BITS, HOW_DECIMAL };

struct part {
	enum how how;
	enum type type;
	enum layout layout;
	unsigned width, power; /* bits of a value; of ten, for decimals */
	int64_t least;
	size_t nulls;
	size_t bits, validity; /* places in data; validity 0: no null */
	struct column *shared; /* the column, or its dictionary */
};

struct squeezed {
	size_t rows, n;
	struct buffer *data;
	struct part at[];
};

static const double tens[] = { 1, 10, 100, 1000, 10000 };

void
squeezed_free(struct squeezed *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n; i++)
		column_drop(s->at[i].shared);
	buffer_drop(s->data);
	free(s);
}

static size_t
shared_bytes(const struct column *c)
{
	return (c->values ? c->values->size : 0) + (c->bytes ? c->bytes->size : 0);
}

size_t
squeezed_bytes(const struct squeezed *s)
{
	size_t bytes = s->data->capacity + sizeof(*s) + s->n * sizeof(s->at[0]);

	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].how == HOW_SHARED)
			bytes += shared_bytes(s->at[i].shared);
	return bytes;
}

static inline int64_t
nearest(double x)
{
	return (int64_t)(x < 0 ? x - 0.5 : x + 0.5);
}

/* A tile as whole numbers: the column's own, or in room. */
static const int64_t *
tile_of(const struct column *c, const struct part *part, size_t row, size_t n,
	int64_t room[TILE])
{
	if (part->how == HOW_DECIMAL)
		for (size_t i = 0; i < n; i++)
			room[i] = nearest(column_floats(c)[row + i] * tens[part->power]);
	else if (c->type == TYPE_DATE || c->layout == LAYOUT_DICTIONARY)
		for (size_t i = 0; i < n; i++)
			room[i] = column_ints(c)[row + i];
	else
		return column_longs(c) + row;
	return room;
}

/* Does every value come back from a whole number of tenths, hundredths, ...? */
static bool
is_decimal(const double *x, size_t n, double ten)
{
	for (size_t i = 0; i < n; i++) {
		const double scaled = x[i] * ten;
		double back;

		if (!(fabs(scaled) < 0x1p53))
			return false;
		back = (double)nearest(scaled) / ten;
		if (memcmp(&back, &x[i], sizeof(back)) != 0)
			return false;
	}
	return true;
}

static void
choose_how(const struct column *c, struct part *part)
{
	part->how = HOW_SHARED;
	if (c->type == TYPE_FLOAT) {
		for (unsigned power = 0; power < COUNT(tens); power++)
			if (is_decimal(column_floats(c), c->rows, tens[power])) {
				part->how = HOW_DECIMAL;
				part->power = power;
				return;
			}
	} else if (c->layout == LAYOUT_DICTIONARY ||
		   (c->type & (TYPE_LONG | TYPE_DATE | TYPE_DATETIME))) {
		part->how = HOW_BITS;
	}
}

static unsigned
bits_of(uint64_t x)
{
	return x ? 64 - (unsigned)__builtin_clzll(x) : 0;
}

/* All bits in which some value differs from the first one. */
static uint64_t
differing(const struct column *c, const struct part *part, int64_t *first)
{
	int64_t room[TILE];
	uint64_t bits = 0;

	*first = c->rows ? *tile_of(c, part, 0, 1, room) : 0;
	for (size_t row = 0; row < c->rows; row += TILE) {
		const size_t n = c->rows - row < TILE ? c->rows - row : TILE;
		const int64_t *tile = tile_of(c, part, row, n, room);

		for (size_t i = 0; i < n; i++)
			bits |= (uint64_t)(tile[i] ^ *first);
	}
	return bits;
}

/* The range, where signs or an odd start make numbers differ in more bits than it has. */
static void
choose_range(const struct column *c, struct part *part)
{
	int64_t least = INT64_MAX, most = INT64_MIN, room[TILE];

	for (size_t row = 0; row < c->rows; row += TILE) {
		const size_t n = c->rows - row < TILE ? c->rows - row : TILE;
		const int64_t *tile = tile_of(c, part, row, n, room);

		for (size_t i = 0; i < n; i++) {
			least = tile[i] < least ? tile[i] : least;
			most = tile[i] > most ? tile[i] : most;
		}
	}
	part->least = least;
	part->width = bits_of((uint64_t)most - (uint64_t)least);
}

enum { WIDE = 32 };

/* What all values begin with is their least one but for the bits in which they differ,
 * which is found faster than the least. */
static void
choose_width(const struct column *c, struct part *part)
{
	int64_t first;

	part->width = bits_of(differing(c, part, &first));
	if (part->width > WIDE)
		choose_range(c, part);
	else
		part->least = (int64_t)((uint64_t)first >> part->width << part->width);
	if (part->width > WIDEST)
		part->how = HOW_SHARED;
}

static void
put_bits(const struct column *c, const struct part *part, char *to)
{
	int64_t room[TILE];

	for (size_t row = 0; row < c->rows; row += TILE, to += part->width * 8) {
		const size_t n = c->rows - row < TILE ? c->rows - row : TILE;
		const int64_t *tile = tile_of(c, part, row, n, room);
		uint64_t word = 0;
		unsigned used = 0;
		char *at = to;

		for (size_t i = 0; i < n; i++) {
			const uint64_t x = (uint64_t)tile[i] - (uint64_t)part->least;

			word |= x << used;
			used += part->width;
			if (used >= 64) {
				memcpy(at, &word, sizeof(word));
				at += sizeof(word);
				used -= 64;
				word = used ? x >> (part->width - used) : 0;
			}
		}
		memcpy(at, &word, (used + 7) / 8);
	}
}

static size_t
bits_bytes(size_t rows, unsigned width)
{
	return (rows + TILE - 1) / TILE * width * 8;
}

static void
note(const struct column *c, struct part *part)
{
	part->type = c->type;
	part->layout = c->layout;
	part->nulls = c->nulls;
	choose_how(c, part);
	if (part->how != HOW_SHARED)
		choose_width(c, part);
	if (part->how == HOW_SHARED)
		part->shared = column_share((struct column *)c); /* only its count */
	else if (c->layout == LAYOUT_DICTIONARY)
		part->shared = column_share(c->dictionary);
}

static size_t
lay_out(struct squeezed *s, const struct batch *batch)
{
	size_t size = 8; /* a place is never 0 */

	for (size_t i = 0; i < s->n; i++) {
		struct part *part = &s->at[i];

		if (part->how != HOW_BITS && part->how != HOW_DECIMAL)
			continue;
		part->bits = size;
		size += bits_bytes(s->rows, part->width);
		if (batch->at[i]->validity) {
			part->validity = size;
			size += column_bits_size(s->rows);
		}
	}
	return size;
}

bool
squeeze(const struct batch *batch, struct squeezed **out, struct error *err)
{
	struct squeezed *s = calloc(1, sizeof(*s) + batch->n * sizeof(s->at[0]));

	*out = NULL;
	if (!s)
		return fail(err, "out of memory: the system refused a batch");
	s->rows = batch->rows;
	s->n = batch->n;
	for (size_t i = 0; i < s->n; i++)
		if (batch->at[i])
			note(batch->at[i], &s->at[i]);
	if (!(s->data = buffer_new(lay_out(s, batch), err))) {
		squeezed_free(s);
		return false;
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct part *part = &s->at[i];

		if (part->bits)
			put_bits(batch->at[i], part, s->data->data + part->bits);
		if (part->validity)
			memcpy(s->data->data + part->validity,
			       batch->at[i]->validity->data, column_bits_size(s->rows));
	}
	*out = s;
	return true;
}

/* The next tile of values. What is read behind the last bits is in the buffer's pad. */
static void
get_tile(const struct part *part, const char *from, size_t n, int64_t *out)
{
	const uint64_t mask = (UINT64_C(1) << part->width) - 1;
	size_t bit = 0;

	for (size_t i = 0; i < n; i++, bit += part->width) {
		uint64_t word;

		memcpy(&word, from + bit / 8, sizeof(word));
		out[i] = (int64_t)((word >> bit % 8 & mask) + (uint64_t)part->least);
	}
}

static void
get_bits(const struct part *part, const char *from, struct column *c)
{
	const bool narrow = c->type == TYPE_DATE || c->layout == LAYOUT_DICTIONARY;
	const bool decimal = part->how == HOW_DECIMAL;
	int64_t room[TILE];

	for (size_t row = 0; row < c->rows; row += TILE, from += part->width * 8) {
		const size_t n = c->rows - row < TILE ? c->rows - row : TILE;
		int64_t *tile = narrow || decimal ? room : column_longs(c) + row;

		get_tile(part, from, n, tile);
		for (size_t i = 0; decimal && i < n; i++)
			column_floats(c)[row + i] = (double)tile[i] / tens[part->power];
		for (size_t i = 0; narrow && i < n; i++)
			column_ints(c)[row + i] = (int32_t)tile[i];
	}
}

static struct column *
open_part(const struct squeezed *s, const struct part *part, struct error *err)
{
	const size_t size = column_values_size(part->type, part->layout, s->rows);
	const char *data = s->data->data;
	struct column *c;

	if (part->how == HOW_SHARED)
		return column_share(part->shared);
	c = column_bare(part->type, part->layout, s->rows, err);
	if (!c)
		return NULL;
	c->dictionary = column_share(part->shared);
	if (!(c->values = buffer_new_bare(size, err)))
		return column_fail(c);
	get_bits(part, data + part->bits, c);
	if (!part->validity)
		return c;
	c->nulls = part->nulls;
	c->validity = buffer_new_bare(column_bits_size(s->rows), err);
	if (!c->validity)
		return column_fail(c);
	memcpy(c->validity->data, data + part->validity, c->validity->size);
	return c;
}

bool
squeezed_open(const struct squeezed *s, const bool *wanted, struct batch **out,
	      struct error *err)
{
	struct batch *batch = batch_new(s->n, s->rows, err);

	*out = NULL;
	for (size_t i = 0; batch && i < s->n; i++) {
		if (s->at[i].how == HOW_NONE || (wanted && !wanted[i]))
			continue;
		if (!(batch->at[i] = open_part(s, &s->at[i], err))) {
			batch_free(batch);
			return false;
		}
	}
	*out = batch;
	return batch != NULL;
}
